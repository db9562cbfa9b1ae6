"""How far the ends of a foretold range are moved, so that as many waits end inside it as were meant to.

Each end has a factor, on a wait counted from `OFFSET_S` before it begins. Every call moves it by a step: a wait beyond
the end pushes it outward, one inside lets it come back a little, so that in balance the share `tail` ends beyond
(conformal inference with an adaptive step: Gibbs and Candès 2021; on foretold quantiles: Romano, Patterson and Candès
2019; tracking a quantile: Angelopoulos, Candès and Tibshirani 2023). Steps add up whatever their order, so the factors
follow from three counts.

Rules: pure; whole numbers in, and no more than the newest days of them.
"""

from math import exp

from msgspec import Struct

from broker.experience.window import Window
from broker.model import Forecasting

OUTCOMES = ("foretold_early", "foretold_kept", "foretold_late")
"""The measures that are learned from."""
STEP = 0.003
"""How far a call moves an end, as a logarithm. Calls come after forecasts: larger steps run to and fro, and widen."""
DAYS = 250
"""So many days before today count: what a day moved is taken back when it is forgotten, and that must not be felt."""
OFFSET_S = 30.0
"""Where nearly nothing was foretold, some seconds are no large error."""
FARTHEST = 1.5
"""No end is moved by more than this, as a logarithm: where that is not enough, something else is wrong."""


class Stretch(Struct, frozen=True):
    """What the two ends of a range are multiplied with."""

    low: float
    high: float

    def ends(self, low_s: float, mid_s: float, high_s: float) -> tuple[float, float]:
        """Where a range (s) then ends, never beyond its own middle."""
        low, high = ((end + OFFSET_S) * factor - OFFSET_S for end, factor in ((low_s, self.low), (high_s, self.high)))
        return max(0.0, min(low, mid_s)), max(high, mid_s)


class Calibration:
    """How foretold ranges of today and of the newest days before it were kept."""

    def __init__(self, rules: Forecasting) -> None:
        self._tail = (1 - rules.confidence) / 2
        self._window: Window[str] = Window(DAYS)

    def begin(self, day: str) -> None:
        """`day` begins."""
        self._window.begin(day)

    def add(self, day: str, outcome: str, n: int) -> None:
        """Count `n` more ranges that were kept, or not, on `day`: the open one or one before it."""
        self._window.add(day, outcome, n)

    @property
    def stretch(self) -> Stretch:
        """How a range is to be stretched now."""
        early, kept, late = (self._window.all(outcome) for outcome in OUTCOMES)
        allowed = self._tail * (early + kept + late)
        return Stretch(low=exp(-_bounded(STEP * (early - allowed))), high=exp(_bounded(STEP * (late - allowed))))


def _bounded(moved: float) -> float:
    return max(-FARTHEST, min(FARTHEST, moved))
