"""Desks side by side: a published worked value, scipy, and the ways a league table does wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from broker.statistics.comparing import ALMOST_SURE, SURE, Seen, believed, funnel, shrunk, strength
from broker.statistics.satisfaction import Interval


def desks(rated: int = 2_000) -> st.SearchStrategy[list[Seen]]:
    one = st.integers(0, rated).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    return st.lists(one, max_size=12).map(lambda rows: [Seen(str(i), k, n) for i, (k, n) in enumerate(rows)])


@pytest.mark.parametrize("confidence", [SURE, ALMOST_SURE])
@given(rated=st.integers(1, 20_000), share=st.floats(0.001, 0.999))
@settings(max_examples=40)
def test_no_honest_desk_leaves_the_funnel_more_often_than_promised(confidence: float, rated: int, share: float) -> None:
    limits = funnel(rated, share, confidence)
    half = (1.0 - confidence) / 2
    assert stats.binom.cdf(round(limits.low * rated) - 1, rated, share) <= half
    assert stats.binom.sf(round(limits.high * rated), rated, share) <= half * (1 + 1e-9)
    assert limits == Interval(
        stats.binom.ppf(half, rated, share) / rated, stats.binom.ppf(1 - half, rated, share) / rated
    )


def test_who_has_no_rating_is_inside_every_funnel() -> None:
    assert funnel(0, 0.98) == Interval(0.0, 1.0)


def test_a_belief_is_moved_as_in_the_textbook() -> None:
    # A. Gelman and others, Bayesian Data Analysis, 3rd edition, 5.1: 4 of 14 rats, before that beta(1.4, 8.6)
    rats = believed(Seen("71", 4, 14), 1.4, 8.6)
    assert round(rats.share, 3) == 0.225  # 5.4 / 24; the book prints 0.223 from unrounded parameters
    posterior = stats.beta(5.4, 18.6)
    assert rats.interval.low == pytest.approx(posterior.ppf(0.025), abs=1e-9)
    assert rats.interval.high == pytest.approx(posterior.ppf(0.975), abs=1e-9)


@settings(max_examples=25)
@given(desks())
def test_the_pull_is_the_one_that_fits_best(seen: list[Seen]) -> None:
    share = (sum(each.satisfied for each in seen) + 0.5) / (sum(each.rated for each in seen) + 1)

    def unlikely(weight: float) -> float:
        a, b = weight * share, weight * (1 - share)
        return -sum(float(stats.betabinom.logpmf(each.satisfied, each.rated, a, b)) for each in seen)

    best = min(
        optimize.minimize_scalar(lambda x: unlikely(10**x), bounds=(low, low + 2), method="bounded").fun
        for low in (0, 2, 4)
    )
    assert unlikely(strength(seen, share)) <= best + 0.01


@settings(max_examples=25)
@given(desks())
def test_a_desk_is_pulled_towards_the_centre_and_never_past_it(seen: list[Seen]) -> None:
    rated = sum(each.rated for each in seen)
    share = (sum(each.satisfied for each in seen) + 0.5) / (rated + 1)
    for each, back in zip(seen, shrunk(seen), strict=bool(rated)):
        own = each.satisfied / each.rated if each.rated else share
        assert min(own, share) - 1e-9 <= back.share <= max(own, share) + 1e-9
        assert back.interval.low <= back.interval.high
