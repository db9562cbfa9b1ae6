"""What somebody who comes now finds in the hall: who is called before, and who is there to call."""

from broker.forecast.band import Situation
from broker.forecast.hall import PAUSE_MS, Place, situation
from broker.forecast.hours import shifts
from broker.lobby import LATEST
from tests.hub_core import Hall
from tests.unit.test_forecast import queue_of


def found(hall: Hall) -> Situation:
    """What an ordinary citizen finds now in queue A."""
    day = shifts(hall.lobby.site, hall.lobby.day)
    situated = situation(hall.lobby, day, Place("a", False, (hall.now, LATEST, "")), hall.now)
    assert situated is not None
    return situated


def test_who_comes_last_in_a_line_of_both_classes_has_everybody_before_him() -> None:
    hall = queue_of(3)
    hall.take(priority=True)
    waiting = hall.lobby.waiting("a", hall.now)
    assert found(hall.after(1)).ahead == waiting


def test_who_is_kept_for_a_desk_of_the_queue_is_before_who_comes_now() -> None:
    hall = queue_of(3)
    before = found(hall).ahead
    parked = hall.lobby.seats["q01a"].ticket
    hall.press("q01a", "park")
    hall.press("q01a", "recall", ticket=parked)
    assert found(hall).ahead == before + 1


def test_help_comes_when_the_first_has_waited_long_enough() -> None:
    hall = queue_of(1)
    after_s = hall.lobby.site.rules.backup_after_s
    assert found(hall).help_after_s == after_s - 60
    assert found(hall.after(after_s)).help_after_s == 0


def test_a_pause_of_a_quarter_of_an_hour_is_no_pause_any_more() -> None:
    hall = queue_of(1)
    hall.press("q01a", "finish")
    hall.press("q01a", "pause")
    assert found(hall.after(PAUSE_MS / 1000 - 0.001)).busy == 2
    assert found(hall.after(0.001)).busy == 1
