"""The exact binomial law against Newcombe's published table and scipy."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from broker.statistics.binomial import at_least, at_most, clopper_pearson, quantile

counts = st.integers(1, 50_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
shares = st.floats(0.0001, 0.9999)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 5
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0000, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_the_exact_interval_has_the_published_values(k: int, n: int, low: float, high: float) -> None:
    interval = clopper_pearson(k, n)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_the_exact_interval_of_the_report() -> None:
    interval = clopper_pearson(11_619, 11_744)
    assert (round(100 * interval.low, 4), round(100 * interval.high, 4)) == (98.7331, 99.1133)


@settings(max_examples=60)
@given(counts)
def test_the_exact_interval_is_scipy_s(k_n: tuple[int, int]) -> None:
    k, n = k_n
    oracle = stats.binomtest(k, n).proportion_ci(0.95, method="exact")
    interval = clopper_pearson(k, n)
    assert math.isclose(interval.low, oracle.low, abs_tol=1e-9)
    assert math.isclose(interval.high, oracle.high, abs_tol=1e-9)


@settings(max_examples=60)
@given(counts, shares)
def test_tails_and_quantiles_are_scipy_s(k_n: tuple[int, int], share: float) -> None:
    k, n = k_n
    assert math.isclose(at_most(k, n, share), stats.binom.cdf(k, n, share), rel_tol=1e-6, abs_tol=1e-12)
    assert math.isclose(at_least(k, n, share), stats.binom.sf(k - 1, n, share), rel_tol=1e-6, abs_tol=1e-12)
    for probability in (0.001, 0.025, 0.5, 0.975, 0.999):
        found, theirs = quantile(probability, n, share), stats.binom.ppf(probability, n, share)
        tie = math.isclose(stats.binom.cdf(min(found, theirs), n, share), probability, rel_tol=1e-9)
        assert found == theirs or (tie and abs(found - theirs) == 1)


@given(counts, shares)
def test_nothing_is_counted_twice_or_left_out(k_n: tuple[int, int], share: float) -> None:
    k, n = k_n
    assert math.isclose(at_most(k, n, share) + at_least(k + 1, n, share), 1.0, abs_tol=1e-9)
    assert at_most(-1, n, share) == at_least(n + 1, n, share) == 0.0
