"""What may honestly be said of k satisfied among n ratings of N finished visits.

The interval is Wilson's score interval [1], the bounds are Manski's [2]: what the share would be if all the silent were
unsatisfied, or all satisfied. Shares lie between 0 and 1; percentages are rounded half up, once, from whole numbers.

Rules: pure. A share is never printed without its numerator and denominator, and "100 %" (or "0 %") is never printed at
all: a full count says how much is at least known.

[1] E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
[2] C. F. Manski, Nonparametric bounds on treatment effects, AER 80 (1990).
"""

from math import ceil, floor, sqrt
from statistics import NormalDist

from msgspec import Struct

_Z = NormalDist().inv_cdf(0.975)
"""The two-sided 95 % quantile: every interval of the product is a 95 % interval."""


class Interval(Struct, frozen=True):
    """From `low` to `high`, both shares."""

    low: float
    high: float


class Said(Struct, frozen=True):
    """A percentage in words for people: `98,94 %` in Vietnamese, `98.94 %` in English."""

    vi: str
    en: str


def wilson(satisfied: int, rated: int) -> Interval:
    """The 95 % interval of a share, the whole range if there is no rating. Raises ValueError of impossible counts."""
    _check(satisfied, rated)
    if rated == 0:
        return Interval(0.0, 1.0)
    z2 = _Z * _Z
    centre = (satisfied + z2 / 2) / (rated + z2)
    half = _Z / (rated + z2) * sqrt(satisfied * (rated - satisfied) / rated + z2 / 4)
    low = 0.0 if satisfied == 0 else max(centre - half, 0.0)
    high = 1.0 if satisfied == rated else min(centre + half, 1.0)
    return Interval(low, high)


def response(rated: int, visits: int) -> float | None:
    """The share of finished visits that were rated; None of no visits.

    A press may count on a day whose visit finished the day before; more ratings than visits read as all of them.
    """
    return min(rated / visits, 1.0) if visits > 0 else None


def bounds(satisfied: int, rated: int, visits: int) -> Interval:
    """Where the share of satisfied visits lies whatever the silent think. Raises ValueError of impossible counts."""
    _check(satisfied, rated)
    everyone = max(visits, rated)
    if everyone == 0:
        return Interval(0.0, 1.0)
    return Interval(satisfied / everyone, (satisfied + everyone - rated) / everyone)


def percent(part: int, whole: int) -> float | None:
    """100 x part / whole to two decimals, rounded half up; None of nothing.

    What is not all never reads 100.00, what is not none never 0.00.
    """
    if whole <= 0:
        return None
    hundredths = (20_000 * part + whole) // (2 * whole)
    if 0 < part < whole:
        hundredths = min(max(hundredths, 1), 9_999)
    return hundredths / 100


def say(satisfied: int, rated: int) -> Said:
    """The percentage as it may be printed: with two decimals, or what a full or empty count is known to reach."""
    _check(satisfied, rated)
    if rated == 0:
        return Said("chưa có đánh giá", "no ratings yet")
    if satisfied == rated:
        known = floor(100 * wilson(satisfied, rated).low)
        return Said(f"ít nhất {known} %", f"at least {known} %")
    if satisfied == 0:
        known = ceil(100 * wilson(satisfied, rated).high)
        return Said(f"nhiều nhất {known} %", f"at most {known} %")
    plain = f"{percent(satisfied, rated):.2f}"
    return Said(f"{plain.replace('.', ',')} %", f"{plain} %")


def _check(satisfied: int, rated: int) -> None:
    if not 0 <= satisfied <= rated:
        raise ValueError(f"{satisfied} satisfied of {rated} ratings is impossible")
