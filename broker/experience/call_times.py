"""How the times that calls take are spread, as `DRAWS` values for each service at each queue.

What has been seen too seldom borrows: a service from its queue, a queue from the centre. Only finished days are learned
from, so that the values hold for a day.

Rules: pure; no chance: values are the quantiles of what was counted, in an order that looks drawn and is always the
same.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from broker.experience.window import Window
from broker.histogram import middle
from broker.model import Forecasting

DRAWS = 128
"""So many times a line is played through."""
LEAST = 30
"""So many must have been seen of a service at a queue, or of a queue."""
VAIN, OF_CALLS = 1, 20
"""Of so many calls so many are taken to have been in vain, beside those that were seen."""
MEASURES = ("service", "tidy", "no_show")

Place = tuple[str, str]
"""queue and service; "" of all of them."""


class CallTimes:
    """What calls took on the newest finished days. `missed_s` is how long nobody is waited for."""

    def __init__(self, rules: Forecasting, missed_s: int) -> None:
        self._least_days = rules.least_days
        self._missed_s = float(missed_s)
        self._window: Window[tuple[str, str, str, int]] = Window(rules.learned_days)
        self._seen: dict[tuple[str, Place], Counter[int]] = {}
        self._made: dict[tuple[str, Place], list[float]] = {}

    def begin(self, day: str) -> None:
        """`day` begins: what was learned holds for all of it."""
        self._window.begin(day)
        self._made.clear()
        self._seen.clear()

    def add(self, day: str, place: Place, measure: str, bucket: int, n: int) -> None:
        """Count `n` more of a measure; `day` is the open one or one before it."""
        self._window.add(day, (measure, *place, bucket), n)
        if day != self._window.day:
            self._made.clear()
            self._seen.clear()

    @property
    def ready(self) -> bool:
        """Whether there are days enough to draw from."""
        return self._window.days >= self._least_days and self._counted("service", ("", "")).total() >= LEAST

    def served(self, place: Place) -> list[float]:
        """How long a visit stays at its desk (s), in order."""
        return self._once("service", place, lambda: self._values("service", place))

    def tidied(self, queue: str) -> list[float]:
        """How long a desk needs from a farewell to the next call (s), in order."""
        return self._once("tidy", (queue, ""), lambda: self._values("tidy", (queue, "")))

    def calls(self, place: Place) -> list[float]:
        """How long a call keeps a desk until the next one (s), as drawn; some are in vain.

        All of them twice: any `DRAWS` in a row are all of them.
        """
        return self._once("calls", place, lambda: self._calls(place))

    def tidying(self, queue: str) -> list[float]:
        """The pauses of `tidied` as drawn, twice."""
        return self._once("tidying", (queue, ""), lambda: 2 * drawn(self.tidied(queue), 1))

    def _calls(self, place: Place) -> list[float]:
        served, missed = (self._counted(measure, (place[0], "")).total() for measure in ("service", "no_show"))
        vain = round(DRAWS * (VAIN + missed) / (OF_CALLS + missed + served))
        stays = resized(self.served(place), DRAWS - vain) + [self._missed_s] * vain
        return 2 * [stay + tidy for stay, tidy in zip(drawn(stays, 2), self.tidying(place[0]), strict=False)]

    def _values(self, measure: str, place: Place) -> list[float]:
        """The quantiles of the smallest place around `place` that enough is known of."""
        queue, _ = place
        for larger in (place, (queue, ""), ("", "")):
            if (counted := self._counted(measure, larger)).total() >= LEAST:
                break
        seconds = [middle(bucket) for bucket in sorted(counted) for _ in range(counted[bucket])]
        return resized(seconds or [0.0], DRAWS)

    def _counted(self, measure: str, place: Place) -> Counter[int]:
        if not self._seen:
            for (what, queue, service, bucket), n in self._window.finished():
                for larger in ((queue, service), (queue, ""), ("", "")):
                    self._seen.setdefault((what, larger), Counter())[bucket] += n
        return self._seen.get((measure, place), Counter())

    def _once(self, what: str, place: Place, make: Callable[[], list[float]]) -> list[float]:
        key = (what, place)
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def resized(values: Sequence[float], n: int) -> list[float]:
    """The `n` quantiles that stand for values in order."""
    return [values[(2 * i + 1) * len(values) // (2 * n)] for i in range(n)]


def drawn(values: Sequence[float], seed: int) -> list[float]:
    """The values in an order that looks drawn."""
    return [values[i] for i in order(len(values), seed)]


@lru_cache(maxsize=512)
def order(n: int, seed: int) -> list[int]:
    """The numbers below `n` in an order of no pattern (by a linear congruential generator: Knuth's MMIX)."""
    state, keys = seed, []
    for _ in range(n):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        keys.append(state >> 32)
    return sorted(range(n), key=keys.__getitem__)
