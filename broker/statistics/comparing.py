"""Desks side by side, without a league table: a funnel of what chance alone explains [1], and shares pulled towards the
centre's own by as much as their numbers are small [2].

Rules: pure; a desk is judged against the centre, never against another desk; few ratings never look bad by luck.

[1] D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005).
[2] B. Efron, C. Morris, Stein's paradox in statistics, Scientific American 236 (1977); here the beta-binomial model,
    its spread found by the largest marginal likelihood.
"""

from collections.abc import Sequence
from math import exp, lgamma, log

from msgspec import Struct

from broker.statistics.binomial import beta_quantile, quantile
from broker.statistics.satisfaction import Interval

SURE, ALMOST_SURE = 0.95, 0.998
"""The two funnels of [1]: outside the inner one a desk is worth a look, outside the outer one a question."""
_WEAKEST, _STRONGEST = 1.0, 1e6
_GOLDEN = 0.6180339887498949


class Seen(Struct, frozen=True):
    """Of `rated` ratings of `key`, `satisfied` were satisfied."""

    key: str
    satisfied: int
    rated: int


class Shrunk(Struct, frozen=True):
    """What is believed of `key`: its share, and where it lies with 95 %."""

    key: str
    share: float
    interval: Interval


def funnel(rated: int, share: float, confidence: float = SURE) -> Interval:
    """Between which shares a desk with `rated` ratings stays by chance, when its true share is the centre's `share`.

    Exact: outside lies no more than (1 - confidence) / 2 on either side.
    """
    if rated == 0:
        return Interval(0.0, 1.0)
    half = (1.0 - confidence) / 2
    low = quantile(half, rated, share)
    high = quantile(1.0 - half, rated, share)
    return Interval(low / rated, high / rated)


def shrunk(seen: Sequence[Seen]) -> list[Shrunk]:
    """Every desk's share, pulled towards all desks' together; nothing of nobody."""
    rated = sum(each.rated for each in seen)
    if rated == 0:
        return []
    share = (sum(each.satisfied for each in seen) + 0.5) / (rated + 1.0)
    weight = strength(seen, share)
    return [believed(each, weight * share, weight * (1.0 - share)) for each in seen]


def believed(each: Seen, a: float, b: float) -> Shrunk:
    """What is believed of one desk by who believed beta(a, b) before."""
    good, bad = a + each.satisfied, b + each.rated - each.satisfied
    around = Interval(beta_quantile(0.025, good, bad), beta_quantile(0.975, good, bad))
    return Shrunk(each.key, good / (good + bad), around)


def strength(seen: Sequence[Seen], share: float) -> float:
    """How many ratings the `share` of all weighs: golden section on its logarithm, for the marginal likelihood."""

    def fits(weight: float) -> float:
        a, b = weight * share, weight * (1.0 - share)
        base = lgamma(a) + lgamma(b) - lgamma(weight)
        return sum(
            lgamma(a + each.satisfied) + lgamma(b + each.rated - each.satisfied) - lgamma(weight + each.rated) - base
            for each in seen
        )

    low, high = log(_WEAKEST), log(_STRONGEST)
    while high - low > 1e-4:
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if fits(exp(left)) >= fits(exp(right)):
            high = right
        else:
            low = left
    return exp((low + high) / 2)
