"""What the integrity tests find, and what they must leave alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from scipy import stats

from broker.integrity import evidence as e
from broker.integrity.weeks import Week
from broker.integrity.windows import flags, windows

ORDINARY = Week(served=200, latencies=(1, 8, 18, 7, 0), idle=1, bursts=1, gaps=(2, 3, 4, 6, 4, 2, 1, 0))
CENTRE = e.usual([ORDINARY] * 9)
counts = st.integers(0, 300)
week = st.builds(
    Week,
    served=counts,
    latencies=st.tuples(*[counts] * 5),
    idle=counts,
    bursts=counts,
    after_hours=counts,
    gaps=st.tuples(*[counts] * 8),
)


def desk(**counts) -> Week:
    usual = {"served": 60, "latencies": (0, 2, 5, 3, 0), "gaps": (0, 1, 2, 2, 1, 1, 0, 0)}
    return Week(**{**usual, **counts})


def found(own: Week) -> set[str]:
    return {test for test in e.TESTS if e.found(test, own, CENTRE)}


def test_an_ordinary_desk_is_left_alone():
    assert found(desk()) == set()


def test_a_desk_that_is_rated_half_as_often_again_is_left_alone():
    assert found(desk(latencies=(0, 3, 9, 4, 0))) == set()


@pytest.mark.parametrize(
    ("counts", "tests"),
    [
        ({"latencies": (0, 12, 30, 12, 0)}, {"response"}),
        ({"latencies": (14, 1, 0, 0, 0)}, {"latency", "hasty"}),
        ({"latencies": (9, 3, 4, 2, 0)}, {"hasty"}),
        ({"latencies": (0, 0, 0, 1, 14)}, {"latency"}),
        ({"idle": 8}, {"idle"}),
        ({"bursts": 7}, {"bursts"}),
        ({"after_hours": 6}, {"after_hours"}),
        ({"gaps": (0, 0, 0, 40, 0, 0, 0, 0)}, {"rhythm"}),
        ({"served": 400, "latencies": (0, 2, 3, 2, 0)}, {"response"}),
    ],
)
def test_each_trick_is_seen_by_the_test_that_was_made_for_it(counts, tests):
    assert found(desk(**counts)) == tests


def test_thirty_nine_visits_are_too_few_for_any_test():
    assert found(desk(served=39, latencies=(39, 0, 0, 0, 0), idle=30, bursts=9, after_hours=9)) == set()


def test_a_centre_of_three_desks_has_no_middle_to_be_held_against():
    small = e.usual([ORDINARY] * 3)
    assert e.found("response", desk(latencies=(0, 12, 30, 12, 0)), small) is None
    assert e.found("latency", desk(latencies=(14, 1, 0, 0, 0)), small) is None
    assert e.found("bursts", desk(bursts=7), small)


def test_cleaners_who_wipe_every_terminal_make_no_desk_suspicious():
    wiped = e.usual([replace(ORDINARY, idle=30, after_hours=30)] * 9)
    assert all(e.found(test, desk(idle=6, after_hours=6), wiped) is None for test in e.TESTS)


def test_one_busy_cheat_makes_no_honest_desk_suspicious():
    """Ratings of all desks together would: the honest ones would seem to be rated seldom."""
    fee_desk = Week(served=3000, latencies=(2000, 500, 300, 0, 0))
    centre = e.usual([*[ORDINARY] * 9, fee_desk])
    assert all(e.found(test, ORDINARY, centre) is None for test in e.TESTS)
    assert e.found("response", fee_desk, centre)
    assert e.found("latency", fee_desk, centre)


@given(own=week, others=st.lists(week, max_size=6))
def test_no_counts_whatever_break_a_test(own, others):
    for test in e.TESTS:
        finding = e.found(test, own, e.usual([own, *others]))
        if finding and finding.p is not None:
            assert 0 <= finding.p < e.SURE
            assert 0 <= finding.limit <= 1


@given(st.randoms(use_true_random=False), st.integers(5, 60), st.integers(30, 200), st.floats(0, 1))
def test_the_distance_of_times_agrees_with_scipy(chance, n, m, shift):
    ours, theirs = [chance.random() + shift for _ in range(n)], [chance.random() for _ in range(m)]
    exact = stats.ks_2samp(ours, theirs, method="exact")
    assert e.beyond(exact.statistic, n, m) == pytest.approx(exact.pvalue, rel=0.35, abs=0.03)


def test_distances_near_nothing_are_certain():
    """The series does not settle there: without care it says 0, and an honest desk is a cheat."""
    assert e.beyond(0.0001, 9, 500) == 1.0
    assert e.beyond(-0.1, 9, 500) == 1.0
    assert e.beyond(0.9, 60, 500) < 1e-9


def test_weeks_are_put_together_until_there_are_forty_visits():
    mondays = ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"]
    year = {monday: {"a": desk(served=25), "b": ORDINARY} for monday in mondays}
    held = [window.mondays for window in windows(year, "a", "response")]
    assert held == [tuple(mondays[:2]), tuple(mondays[1:3]), tuple(mondays[2:])]
    assert [len(window.mondays) for window in windows(year, "b", "response")] == [1, 1, 1, 1]


def test_two_weeks_of_cheating_cannot_hide_between_honest_ones():
    honest, cheat = desk(served=25, latencies=(0, 1, 2, 1, 0)), desk(served=25, latencies=(0, 6, 12, 5, 0))
    mondays = [f"2026-11-{day:02d}" for day in (2, 9, 16, 23)]
    weeks = zip(mondays, (honest, cheat, cheat, honest), strict=True)
    year = {monday: {"a": own, **dict.fromkeys("bcdef", ORDINARY)} for monday, own in weeks}
    assert tuple(mondays[1:3]) in [flag.window.mondays for flag in flags(year)]


def test_a_desk_that_rested_for_a_week_is_not_forgotten():
    year = {"2026-11-02": {"a": desk(served=30)}, "2026-11-09": {"b": ORDINARY}, "2026-11-16": {"a": desk(served=30)}}
    assert [window.mondays for window in windows(year, "a", "response")] == [tuple(year)]


def test_another_week_changes_no_flag_that_was_raised():
    cheat = desk(latencies=(0, 12, 30, 12, 0))
    others = dict.fromkeys("bcdef", ORDINARY)
    year = {f"2026-11-{day:02d}": {"a": cheat, **others} for day in (2, 9, 16)}
    raised = flags(year)
    assert [flag.window.mondays for flag in raised] == [("2026-11-02",), ("2026-11-09",), ("2026-11-16",)]
    assert flags({**year, "2026-11-23": {"a": desk(), **others}})[:3] == raised
