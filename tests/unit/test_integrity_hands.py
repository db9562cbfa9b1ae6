"""What a press adds to the counts of its desk's week: a hand is not an offence because it is a child's."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.integrity.hands import BURST, marks, moment, remembered
from broker.integrity.weeks import GAPS, gap_class, monday, variation
from broker.lobby import Pressed
from broker.local_calendar import LocalCalendar
from broker.model import Hours
from broker.rating_facts import OfRating, Rated, RatingOrphan, RatingSuppressed
from tests.hub_core import MONDAY_0800

CALENDAR = LocalCalendar("Asia/Ho_Chi_Minh")
HOURS = Hours(days=(0, 1, 2, 3, 4), clerks=((7 * 60, 11 * 60), (13 * 60, 17 * 60)))
ORPHAN = RatingOrphan(desk="q01a", counter="q01", level=1)
SECOND = RatingSuppressed(desk="q01a", counter="q01", level=1)


def vote(replaces: int = 0) -> Rated:
    return Rated(
        desk="q01a", counter="q01", level=1, voucher="v", queue="a", service="s", latency=2, hour=0, replaces=replaces
    )


def counted(*presses: tuple[float, OfRating], unsure: bool = False) -> Counter[tuple[str, int]]:
    """Presses at so many seconds after Monday 08:00."""
    before, found = Pressed(), Counter()
    for after_s, fact in presses:
        now = moment(CALENDAR, MONDAY_0800 + round(after_s * 1000), unsure)
        found.update(marks(before, fact, now, HOURS))
        before = remembered(before, now)
    return found


def test_a_child_that_hammers_is_one_hand_and_one_burst():
    assert counted(*((0.5 * n, ORPHAN) for n in range(20))) == {("idle", 0): 1, ("burst", 0): 1}


def test_a_vote_with_a_slip_and_a_press_too_many_is_one_vote():
    assert counted((0, vote()), (2, vote(replaces=4)), (9, SECOND)) == {("latency", 2): 1}


def test_hammering_that_goes_on_is_a_burst_every_ten_minutes():
    presses = [(float(s), ORPHAN) for s in range(0, 1800, 10)]
    assert counted(*presses)["burst", 0] == 3


def test_four_votes_within_a_minute_are_a_burst_however_fast_visits_are_finished():
    assert counted(*((15 * n, vote()) for n in range(BURST)))["burst", 0] == 1


def test_three_presses_are_no_burst_and_a_slow_fourth_neither():
    assert counted((0, ORPHAN), (10, ORPHAN), (20, ORPHAN), (61, ORPHAN))["burst", 0] == 0


def test_lunch_is_no_gap_and_a_night_neither():
    before_lunch, after_lunch = 2.9 * 3600, 5.1 * 3600
    assert counted((before_lunch, vote()), (after_lunch, vote())) == {("latency", 2): 2}
    assert counted((before_lunch, vote()), (before_lunch + 240, vote()))["gap", 2] == 1


@pytest.mark.parametrize(
    ("hour", "out"), [(6.4, True), (6.6, False), (11.4, False), (12, True), (17.4, False), (17.6, True)]
)
def test_who_stays_a_little_longer_is_not_there_after_hours(hour, out):
    assert counted(((hour - 8) * 3600, vote()))["after_hours", 0] == out


def test_a_sunday_is_after_hours():
    assert counted((6 * 86400, ORPHAN))["after_hours", 0] == 1


def test_an_outage_makes_nobody_a_cheat():
    assert counted(*((0.1 * n, vote()) for n in range(30)), unsure=True) == {("latency", 2): 30}


def test_a_press_that_is_heard_after_a_later_one_moves_no_clock_back():
    assert counted((600, ORPHAN), (300, vote()), (900, ORPHAN)) == {("idle", 0): 2, ("latency", 2): 1, ("gap", 2): 1}


@given(st.lists(st.tuples(st.floats(0, 600), st.sampled_from([ORPHAN, SECOND, vote(), vote(2)])), max_size=40))
def test_nothing_is_counted_twice_and_little_is_remembered(steps):
    at, presses = 0.0, []
    for after_s, fact in steps:
        at += after_s
        presses.append((at, fact))
    found, facts = counted(*presses), [fact for _, fact in presses]
    assert sum(n for (measure, _), n in found.items() if measure == "latency") == facts.count(vote())
    assert found["idle", 0] <= facts.count(ORPHAN)
    assert found["burst", 0] * BURST <= max(len(facts), 0)
    before = Pressed()
    for when, _ in presses:
        before = remembered(before, moment(CALENDAR, MONDAY_0800 + round(when * 1000)))
        assert len(before.recent) <= BURST


@given(st.floats(60, 1e6))
def test_a_gap_has_a_class_as_wide_as_it_is_long(gap_s):
    low = 60 * 2 ** gap_class(gap_s)
    assert low <= gap_s
    assert gap_s < 2 * low or gap_class(gap_s) == GAPS - 1


def test_a_gap_within_one_hand_has_no_class():
    with pytest.raises(ValueError, match="one hand"):
        gap_class(59.9)


def test_a_clock_is_steady_and_chance_is_not():
    assert variation((0, 0, 0, 30, 0, 0, 0, 0)) < 0.2
    assert variation((3, 4, 5, 6, 6, 5, 3, 2)) > 0.8
    assert variation((0,) * GAPS) == 0


def test_a_week_begins_on_monday_also_in_another_year():
    assert [monday(day) for day in ("2026-11-23", "2026-11-29", "2027-01-01")] == [
        "2026-11-23",
        "2026-11-23",
        "2026-12-28",
    ]
