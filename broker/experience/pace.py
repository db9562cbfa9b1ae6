"""How long a call keeps a desk, queue by queue, learned from the same counts that managers read.

A call keeps a desk while the visit is served (or is waited for in vain) and until the next one is called although
somebody waits: tidying up, short errands, all that a citizen feels as waiting. Mean and variance are those of the
window; a queue with few calls borrows from the whole centre, the centre from the site's assumption, each weighing as
much as `prior_calls` calls.

Rules: pure; whole numbers only, so that what is read back from the read models is exactly what was learned live.
"""

from collections import defaultdict

from msgspec import Struct

from broker.histogram import middle
from broker.model import Forecasting

CENTRE = ""
"""The key of all queues together."""
MEASURES = ("service", "service_s", "tidy", "tidy_s", "no_show")
"""What is learned from; all of them measures of the read models."""

LEAST_CV = 0.1
"""No work is more regular than this."""


class Work(Struct, frozen=True):
    """How long one call keeps a desk: mean (s) and variation (CV); `tidy_s` of it after the visit has gone."""

    mean_s: float
    cv: float
    tidy_s: float

    @property
    def residual_s(self) -> float:
        """How much longer a desk is kept that serves somebody since nobody knows when (renewal theory)."""
        return self.mean_s * (1 + self.cv**2) / 2


class Sums(Struct):
    """Numbers, sums and sums of squares of what happened in some days."""

    served: int = 0
    served_s: int = 0
    served_s2: int = 0
    tidied: int = 0
    tidied_s: int = 0
    tidied_s2: int = 0
    missed: int = 0

    def add(self, measure: str, bucket: int, n: int) -> None:
        """Count `n` more of a measure; what is of no use here is passed over."""
        match measure:
            case "service":
                self.served += n
                self.served_s2 += n * _square(bucket)
            case "service_s":
                self.served_s += n
            case "tidy":
                self.tidied += n
                self.tidied_s2 += n * _square(bucket)
            case "tidy_s":
                self.tidied_s += n
            case "no_show":
                self.missed += n

    def merge(self, other: "Sums", sign: int) -> None:
        """Add the sums of other days, or take them away."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + sign * getattr(other, name))


_NOTHING = Sums()
_SQUARES: dict[int, int] = {}


def _square(bucket: int) -> int:
    if bucket not in _SQUARES:
        _SQUARES[bucket] = round(middle(bucket) ** 2)
    return _SQUARES[bucket]


class Pace:
    """What calls took today and in the newest days before it. `missed_s` is how long nobody is waited for."""

    def __init__(self, rules: Forecasting, missed_s: int) -> None:
        self._rules = rules
        self._missed_s = missed_s
        self._days: defaultdict[str, defaultdict[str, Sums]] = defaultdict(lambda: defaultdict(Sums))
        self._window: defaultdict[str, Sums] = defaultdict(Sums)
        self._work: dict[str, Work] = {}

    def begin(self) -> None:
        """A day begins: what is older than the window is forgotten; a day that taught nothing is none of it."""
        for idle in [day for day, queues in self._days.items() if queues[CENTRE] == _NOTHING]:
            del self._days[idle]
        for old in sorted(self._days)[: -self._rules.learned_days]:
            for queue, sums in self._days.pop(old).items():
                self._window[queue].merge(sums, -1)
        self._work.clear()

    def of(self, queue: str) -> Work:
        """How long a call of `queue` keeps a desk."""
        if queue not in self._work:
            self._work[queue] = self._estimate(queue)
        return self._work[queue]

    def add(self, day: str, queue: str, measure: str, bucket: int, n: int) -> None:
        """Count `n` more of a measure."""
        for sums in (self._days[day], self._window):
            sums[queue].add(measure, bucket, n)
            sums[CENTRE].add(measure, bucket, n)
        self._work.clear()

    def _estimate(self, queue: str) -> Work:
        rules = self._rules
        centre, own = self._window[CENTRE], self._window[queue]
        prior = (float(rules.prior_s), rules.prior_s**2 * (1 + rules.prior_cv**2))
        served, tidied = prior, (0.0, 0.0)
        for sums in (centre, own):
            served = self._shrunk(
                sums.served + sums.missed,
                sums.served_s + sums.missed * self._missed_s,
                sums.served_s2 + sums.missed * self._missed_s**2,
                served,
            )
            tidied = self._shrunk(sums.tidied, sums.tidied_s, sums.tidied_s2, tidied)
        mean = served[0] + tidied[0]
        variance = max(0.0, served[1] - served[0] ** 2 + tidied[1] - tidied[0] ** 2)
        return Work(mean, max(LEAST_CV, variance**0.5 / mean), tidied[0])

    def _shrunk(self, n: int, total: int, squares: int, prior: tuple[float, float]) -> tuple[float, float]:
        """First and second moment, pulled towards `prior`."""
        weight = self._rules.prior_calls
        return (weight * prior[0] + total) / (weight + n), (weight * prior[1] + squares) / (weight + n)
