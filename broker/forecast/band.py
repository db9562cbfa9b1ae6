"""From a situation to a band: the queue-length forecast, which needs no history but what a call takes.

The k-th next free desk of c busy ones comes after about residual + (k - 1) · m / c; the sum is taken as gamma
distributed with the mean and the variance of that sum (method of moments).

Rules: pure; working seconds only, the clock comes later; another forecast is another function of the same two types.
"""

from math import exp, log

from msgspec import Struct

from broker.experience.pace import Work
from broker.forecast import gamma

UNSEEN_CV = 0.1
"""What no line shows: rests, late-comers, who overtakes by priority, helpers who come or go."""
SHAPE_STEP = 0.02
"""The logarithms of shapes are rounded to this, so that their quantiles are remembered."""


class Situation(Struct, frozen=True):
    """What a new arrival finds.

    `ahead` people who are called before; `idle` desks that wait for somebody, `busy` ones that serve, `tidying` ones
    that have let somebody go and will call the next. `helpers` more desks help from `help_after_s` on.
    """

    ahead: int
    idle: int
    busy: int
    tidying: int
    work: Work
    helpers: float = 0.0
    help_after_s: float = 0.0

    @property
    def desks(self) -> int:
        """How many desks take from the line."""
        return self.idle + self.busy + self.tidying


class Band(Struct, frozen=True):
    """A wait in working seconds: at least `low_s`, at most `high_s`; as probably below `mid_s` as above it."""

    low_s: float
    mid_s: float
    high_s: float


AT_ONCE = Band(0.0, 10.0, 60.0)
"""Of who finds a desk free."""


def gamma_band(situation: Situation, confidence: float) -> Band:
    """The middle `confidence` of the waits that this situation leads to. Raises ValueError without a desk."""
    tail = (1 - confidence) / 2
    shape, scale = _gamma(situation)
    if not shape:
        return AT_ONCE
    low_s, mid_s, high_s = (scale * gamma.quantile(shape, p) for p in (tail, 0.5, 1 - tail))
    # A desk that tidies up may be done already, and nobody would know before it calls.
    return Band(0.0 if situation.tidying and not situation.ahead else low_s, mid_s, high_s)


def chance_within(situation: Situation, seconds: float) -> float:
    """How probable it is that the wait is at most `seconds` of work. Raises ValueError without a desk."""
    shape, scale = _gamma(situation)
    if not shape:
        return float(seconds >= 0)
    return gamma.probability(shape, seconds / scale)


def _gamma(situation: Situation) -> tuple[float, float]:
    """Shape and scale (s); shape 0 for who is called at once."""
    work, desks = situation.work, situation.desks
    if not desks:
        raise ValueError("nobody serves this queue")
    before = situation.ahead - situation.idle
    if before < 0:
        return 0.0, 1.0
    # Desks that were idle begin with those ahead: as good as busy, from the beginning.
    ends = [work.mean_s] * situation.idle + [work.residual_s] * situation.busy + [work.tidy_s / 2] * situation.tidying
    first = 1 / sum(1 / max(end, 1.0) for end in ends)
    step = work.mean_s / desks
    mean = first + before * step
    variance = first**2 + before * (work.cv * step) ** 2 + (UNSEEN_CV * mean) ** 2
    mean = _helped(situation, mean)
    shape = exp(round(log(mean**2 / variance) / SHAPE_STEP) * SHAPE_STEP)
    return shape, mean / shape


def _helped(situation: Situation, mean: float) -> float:
    """What is left of the wait when others help after a while."""
    alone = min(mean, situation.help_after_s)
    return alone + (mean - alone) * situation.desks / (situation.desks + situation.helpers)
