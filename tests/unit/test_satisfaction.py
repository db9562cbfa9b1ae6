"""Percentages against published worked values, scipy, and the ways a percentage misleads."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from broker.statistics.satisfaction import Interval, Said, bounds, percent, response, say, wilson

counts = st.integers(0, 50_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_values(k: int, n: int, low: float, high: float) -> None:
    interval = wilson(k, n)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(counts)
def test_wilson_agrees_with_scipy(k_n: tuple[int, int]) -> None:
    k, n = k_n
    if n == 0:
        assert wilson(0, 0) == Interval(0, 1)
        return
    oracle = binomtest(k, n).proportion_ci(0.95, method="wilson")
    assert math.isclose(wilson(k, n).low, oracle.low, abs_tol=1e-9)
    assert math.isclose(wilson(k, n).high, oracle.high, abs_tol=1e-9)


def test_the_report_s_satisfaction_with_all_that_belongs_beside_it() -> None:
    interval = wilson(11_619, 11_744)
    assert percent(11_619, 11_744) == 98.94
    assert say(11_619, 11_744) == Said("98,94 %", "98.94 %")
    assert (round(100 * interval.low, 2), round(100 * interval.high, 2)) == (98.73, 99.11)
    of_dossiers = bounds(11_619, 11_744, 48_895)
    assert (round(100 * of_dossiers.low, 1), round(100 * of_dossiers.high, 1)) == (23.8, 99.7)
    assert round(100 * (response(11_744, 48_895) or 0), 1) == 24.0


def test_the_bounds_of_the_published_example() -> None:
    # C. F. Manski, Identification Problems in the Social Sciences (1995), 2.1: of 137 homeless men 64 were found
    # again, 21 of them with a home: between 0.15 and 0.69
    around = bounds(21, 64, 137)
    assert (round(around.low, 2), round(around.high, 2)) == (0.15, 0.69)


def test_only_two_counts_of_satisfied_fit_the_report() -> None:
    assert [k for k in range(11_500, 11_745) if percent(k, 11_744) == 98.94] == [11_619, 11_620]


def test_lateness_is_a_share_of_the_resolved() -> None:
    assert percent(46_758, 46_860) == 99.78
    assert percent(102, 46_860) == 0.22
    assert percent(10_615, 48_895) == 21.71


def test_everybody_satisfied_is_never_printed_as_one_hundred() -> None:
    assert say(47, 47) == Said("ít nhất 92 %", "at least 92 %")
    assert say(1, 1).en == "at least 20 %"


def test_nobody_satisfied_is_never_printed_as_zero() -> None:
    assert say(0, 47) == Said("nhiều nhất 8 %", "at most 8 %")


def test_one_of_very_many_is_never_printed_as_nought() -> None:
    assert (percent(1, 46_860), percent(0, 46_860), percent(46_859, 46_860)) == (0.01, 0.0, 99.99)
    assert (percent(1, 1), percent(0, 1)) == (100.0, 0.0)


def test_nobody_asked_is_not_nought_percent() -> None:
    assert say(0, 0).en == "no ratings yet"
    assert percent(0, 0) is None
    assert response(0, 0) is None
    assert bounds(0, 0, 0) == Interval(0, 1)


@given(counts)
def test_what_is_not_all_never_rounds_to_all(k_n: tuple[int, int]) -> None:
    k, n = k_n
    said = say(k, n)
    assert not said.en.startswith(("100", "0.00"))
    assert "100" not in said.vi


def test_one_unsatisfied_of_a_million_still_shows() -> None:
    assert say(999_999, 1_000_000).vi == "99,99 %"


@given(counts, st.integers(0, 100_000))
def test_the_silent_can_only_widen_what_is_known(k_n: tuple[int, int], silent: int) -> None:
    k, n = k_n
    wide = bounds(k, n, n + silent)
    assert 0 <= wide.low <= wide.high <= 1
    if n:
        assert wide.low <= k / n <= wide.high


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3)])
def test_impossible_counts_are_refused(k: int, n: int) -> None:
    for function in (wilson, say, lambda k, n: bounds(k, n, n)):
        with pytest.raises(ValueError, match="impossible"):
            function(k, n)
