"""Has something changed? Page's cumulative sum [1] over ratings, satisfied or not [2].

Each unsatisfied rating adds log(p1/p0), each satisfied one adds log((1 - p1)/(1 - p0)), a little less than nothing; the
sum never falls below 0 and raises an alarm at `ALARM`, tuned to a share of unsatisfied that doubled. Where 125 of
11,744 are unsatisfied, one rating at a time: one false alarm in 11,200 ratings, and a doubling is seen after 665; by
days of 47 ratings one in 10,500, and 670 (exact: a test solves the equations of the chain).

Rules: pure; groups come in the order of time, and a group has no order inside: only sums that may be shown are put in
here, so that the chart tells nothing beyond them.

[1] E. S. Page, Continuous inspection schemes, Biometrika 41 (1954).
[2] M. R. Reynolds, Z. G. Stoumbos, A CUSUM chart for monitoring a proportion when inspecting continuously, Journal of
    Quality Technology 31 (1999).
"""

from collections.abc import Iterable
from math import log

from msgspec import Struct

ALARM = 3.5
WORSE = 2.0
"""The change that the sum is tuned to: twice the share of unsatisfied."""


class Steps(Struct, frozen=True):
    """What one rating adds to the sum."""

    unsatisfied: float
    satisfied: float


def steps(usual: float) -> Steps:
    """For a `usual` share of unsatisfied between 0 and 1/2. Raises ValueError outside."""
    if not 0.0 < usual < 1.0 / WORSE:
        raise ValueError(f"a usual share of {usual} cannot be doubled")
    return Steps(log(WORSE), log((1.0 - WORSE * usual) / (1.0 - usual)))


def sums(groups: Iterable[tuple[int, int]], usual: float) -> list[float]:
    """The sum after each group of (satisfied, rated) ratings; it starts anew after an alarm.

    The satisfied ones of a group count first: at the end they would wipe out what the others raised, and a group of 47
    would see a doubling 120 ratings later. Raises ValueError as `steps` does.
    """
    add, total, found = steps(usual), 0.0, []
    for satisfied, rated in groups:
        total = 0.0 if total >= ALARM else total
        total = max(0.0, total + satisfied * add.satisfied) + (rated - satisfied) * add.unsatisfied
        found.append(total)
    return found
