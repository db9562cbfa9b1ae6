"""Who is drawn attention to: every call and recall once, nothing twice, not even after a restart."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from display_board.announce import (
    PULSE_S,
    PULSES,
    REMEMBERED,
    SOFTEST,
    Announcer,
    announce,
    name_of,
    newest_pulsing,
    next_step_at,
    pulse_level,
    pulsing_since,
)
from tests.unit import board_words as w

END = PULSES * PULSE_S


def restarted(announcer: Announcer) -> Announcer:
    """As the journal brings it back: what was announced, but nothing that was under way."""
    return Announcer(known=announcer.known)


def test_a_new_call_is_news_once() -> None:
    announcer, fresh = announce(Announcer(known=()), [w.called(1)], 0.0)
    assert [call.seq for call in fresh] == [1]
    _, again = announce(announcer, [w.called(1)], 1.0)
    assert again == ()


def test_the_first_calls_a_new_board_ever_hears_are_history() -> None:
    announcer, fresh = announce(Announcer(), [w.called(2), w.called(1)], 0.0)
    assert fresh == ()
    assert announcer.known == (name_of(w.called(1)), name_of(w.called(2)))


def test_a_restart_announces_nothing_again_but_what_came_meanwhile() -> None:
    announcer, _ = announce(Announcer(known=()), [w.called(2), w.called(1)], 0.0)
    _, fresh = announce(restarted(announcer), [w.called(3), w.called(2), w.called(1)], 9.0)
    assert [call.seq for call in fresh] == [3]


def test_a_recall_is_news_and_comes_first_again() -> None:
    announcer, _ = announce(Announcer(known=()), [w.called(2), w.called(1)], 0.0)
    announcer, fresh = announce(announcer, [w.called(2), w.called(1, times=2)], 1.0)
    assert [(call.seq, call.times) for call in fresh] == [(1, 2)]
    assert newest_pulsing(announcer, 1.5)[0] == 1


def test_undone_and_called_back_is_no_news() -> None:
    announcer, _ = announce(Announcer(known=()), [w.called(1)], 0.0)
    announcer, _ = announce(announcer, [], 1.0)
    _, fresh = announce(announcer, [w.called(1)], 2.0)
    assert fresh == ()


def test_a_hub_that_starts_again_from_nothing_is_heard() -> None:
    """Its sequence begins at 1 again, but its visits are others."""
    announcer, _ = announce(Announcer(known=()), [w.called(1)], 0.0)
    stranger = replace(w.called(1), ticket="f" * 36)
    _, fresh = announce(announcer, [stranger], 1.0)
    assert len(fresh) == 1


def test_a_burst_is_announced_in_the_order_of_the_calls() -> None:
    _, fresh = announce(Announcer(known=()), [w.called(seq) for seq in range(200, 0, -1)], 0.0)
    assert [call.seq for call in fresh] == list(range(1, 201))


@given(st.lists(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 3)), max_size=6, unique=True), max_size=15))
def test_whatever_is_listed_however_often_each_call_is_announced_once(lists: list[list[tuple[int, int]]]) -> None:
    announcer = Announcer(known=())
    told: list[str] = []
    for index, listed in enumerate(lists):
        calls = [w.called(seq, times=times) for seq, times in listed]
        announcer, fresh = announce(announcer if index % 3 else restarted(announcer), calls, float(index))
        told += [name_of(call) for call in fresh]
    assert len(told) == len(set(told))
    assert set(told) == {name_of(w.called(seq, times=times)) for listed in lists for seq, times in listed}


def test_three_soft_pulses_in_three_seconds_and_then_calm() -> None:
    levels = [pulse_level(0.0, step / 8) for step in range(40)]
    peaks = [i for i in range(1, 39) if levels[i] == SOFTEST and levels[i - 1] < SOFTEST]
    assert len(peaks) == PULSES
    assert levels[0] == 0
    assert set(levels[24:]) == {0}


def test_every_step_of_a_pulse_is_asked_for_and_the_last_one_ends_it() -> None:
    announcer, _ = announce(Announcer(known=()), [w.called(1)], 0.0)
    now, steps = 0.0, 0
    while (due := next_step_at(announcer, now)) is not None:
        assert due > now
        now, steps = due, steps + 1
    assert now == END
    assert steps == 24
    assert pulsing_since(announcer, 1, now) is None


def test_a_visit_that_lasts_all_morning_is_not_called_anew() -> None:
    long = w.called(1)
    announcer, _ = announce(Announcer(known=()), [long], 0.0)
    for seq in range(2, 3 * REMEMBERED):
        announcer, fresh = announce(announcer, [w.called(seq), long], float(seq))
        assert [call.seq for call in fresh] == [seq]


def test_what_only_a_desk_tells_a_newborn_board_is_history_too() -> None:
    announcer, _ = announce(Announcer(), [w.called(20)], 0.0)
    announcer, fresh = announce(announcer, [w.called(20), w.called(3, listed=False)], 0.1)
    assert fresh == ()
    _, fresh = announce(restarted(announcer), [w.called(20), w.called(3, listed=False)], 0.2)
    assert fresh == ()


def test_a_call_that_only_its_desk_tells_is_news_when_the_desk_says_which_call_it_is() -> None:
    told, untold = w.called(21, listed=False), w.called(22, times=0, listed=False)
    announcer, _ = announce(Announcer(), [w.called(20)], 0.0)
    _, fresh = announce(announcer, [untold, told, w.called(20)], 1.0)
    assert [call.seq for call in fresh] == [21]
