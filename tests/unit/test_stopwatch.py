"""What the page says of the time from press to picture is never another desk's time."""

from virtual_centre.by_hand import KEEP_S, ByHand
from virtual_centre.stopwatch import LONGEST_S, Stopwatch


def test_a_picture_is_timed_from_the_press_at_its_own_desk() -> None:
    watch = Stopwatch()
    watch.press("q01a", 10.0)
    watch.press("q02", 10.5)
    assert watch.call(7, "q01a") is None
    assert watch.picture(7, 11.0) == 1.0


def test_a_picture_that_is_there_before_its_call_is_told_is_timed_too() -> None:
    watch = Stopwatch()
    watch.press("q01a", 10.0)
    assert watch.picture(7, 10.25) is None
    assert watch.call(7, "q01a") == 0.25


def test_one_press_is_timed_once_however_often_the_picture_is_drawn() -> None:
    watch = Stopwatch()
    watch.press("q01a", 10.0)
    watch.call(7, "q01a")
    assert watch.picture(7, 10.5) == 0.5
    assert watch.picture(7, 10.7) is None
    assert watch.call(7, "q01a") is None


def test_a_press_that_called_nobody_lends_its_time_to_nobody() -> None:
    watch = Stopwatch()
    watch.press("q01a", 10.0)
    watch.call(7, "q02")
    assert watch.picture(7, 10.1) is None
    watch.call(8, "q01a")
    assert watch.picture(8, 10.0 + LONGEST_S + 1) is None


def test_a_desk_belongs_to_a_person_until_it_was_left_for_long() -> None:
    hands = ByHand()
    assert hands.press("q01a", 0.0)
    assert not hands.press("q01a", 100.0)
    assert hands.press("q02", 50.0)
    assert not hands.give_back(KEEP_S)
    assert hands.give_back(KEEP_S + 51)
    assert hands.desks == ["q01a"]
