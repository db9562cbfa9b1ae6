"""Two halls on the same days: what differs, and whether chance alone could have done it.

A difference stands with its 95 % interval: days are drawn again and again from those that were simulated, the same for
both halls (a paired bootstrap, Efron 1979), and what it varies by is what days differ by. Where many queues are looked
at their intervals are wider (Bonferroni), so that all of them together hold in 95 of 100 cases.

Rules: pure; chance is passed in; a recorded day that was simulated twice is one draw; of fewer than `FEWEST` recorded
days nothing is said to differ.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from random import Random
from statistics import NormalDist, stdev

from msgspec import Struct

from broker.simulator.what_if import SHORT_S, Outlook, SimulatedDay

FEWEST = 10
DRAWS = 200
SURE = 0.95


class Gap(Struct, frozen=True):
    """By how much the second hall differs, and the bounds of its 95 % interval; none where there were too few days."""

    change: float
    low: float | None
    high: float | None

    @property
    def sure(self) -> bool:
        """Whether there is a difference that chance does not explain."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


class QueueGap(Struct, frozen=True, kw_only=True):
    """A queue in both halls: minutes on average and for nine of ten, and how the averages differ."""

    queue: str
    mean_before: float
    mean_after: float
    nine_before: float
    nine_after: float
    gap: Gap


class Gaps(Struct, frozen=True, kw_only=True):
    """How the second hall differs: minutes on average, of half and of nine of ten, percent within 15 minutes, those who
    wait in the evening of a day; and each queue's average.
    """

    mean_min: Gap
    half_min: Gap
    nine_min: Gap
    within_15: Gap
    stranded: Gap
    queues: tuple[QueueGap, ...]


_Figure = Callable[[Sequence[int]], float]
"""A figure of a hall in which recorded day n counts so many times."""
_Parts = Callable[[SimulatedDay], tuple[float, float]]


class _Waits:
    """Waits of one hall with the recorded day that each belongs to, the longest first."""

    def __init__(self, days: Sequence[Sequence[float]], units: int) -> None:
        self.of_unit = [0] * units
        for number, waits in enumerate(days):
            self.of_unit[number % units] += len(waits)
        marked = ((wait, number % units) for number, waits in enumerate(days) for wait in waits)
        self.longest_first = sorted(marked, reverse=True)

    def minutes(self, share: float, weights: Sequence[int]) -> float:
        """What a share of the waits does not exceed, where unit n counts `weights[n]` times; 0 of nobody."""
        total = sum(n * weight for n, weight in zip(self.of_unit, weights, strict=True))
        beyond = (1 - share) * total + 1e-9
        for wait, unit in self.longest_first:
            beyond -= weights[unit]
            if beyond < 0:
                return wait / 60
        return 0.0


class _Ratio:
    """What of a hall is a part of a whole, by recorded day."""

    def __init__(self, days: Sequence[tuple[float, float]], units: int) -> None:
        self._sums = [tuple(map(sum, zip(*days[unit::units], strict=True))) for unit in range(units)]

    def of(self, weights: Sequence[int]) -> float:
        """Part over whole, where unit n counts `weights[n]` times; 0 of nothing."""
        part, whole = (sum(w * sums[n] for w, sums in zip(weights, self._sums, strict=True)) for n in (0, 1))
        return part / whole if whole else 0.0


class _Draws:
    """Days drawn again and again, the first time each of them once."""

    def __init__(self, units: int, chance: Random) -> None:
        self.units = units
        self._weights = [[1] * units]
        for _ in range(DRAWS):
            drawn = Counter(chance.choices(range(units), k=units))
            self._weights.append([drawn[unit] for unit in range(units)])

    def gap(self, before: _Figure, after: _Figure, among: int = 1) -> Gap:
        """How a figure differs, one of `among` that are looked at together."""
        change, *drawn = [after(each) - before(each) for each in self._weights]
        if self.units < FEWEST:
            return Gap(change, None, None)
        reach = NormalDist().inv_cdf(1 - (1 - SURE) / 2 / among) * stdev(drawn)
        return Gap(change, change - reach, change + reach)

    def ratio(self, halls: tuple[Outlook, Outlook], parts: _Parts, among: int = 1) -> Gap:
        """The same of a part of a whole, such as an average."""
        before, after = (_Ratio([parts(day) for day in hall.days], self.units).of for hall in halls)
        return self.gap(before, after, among)


def compare(before: Outlook, after: Outlook, units: int, chance: Random) -> Gaps:
    """How `after` differs from `before`; day n of both is recorded day n modulo `units`."""
    halls, draws = (before, after), _Draws(units, chance)
    first, second = (_Waits([day.everybody for day in hall.days], units) for hall in halls)
    queues = sorted(set(chain.from_iterable(day.waits for hall in halls for day in hall.days)))
    return Gaps(
        mean_min=draws.ratio(halls, lambda day: _mean(day.everybody)),
        half_min=draws.gap(partial(first.minutes, 0.5), partial(second.minutes, 0.5)),
        nine_min=draws.gap(partial(first.minutes, 0.9), partial(second.minutes, 0.9)),
        within_15=draws.ratio(halls, lambda day: (100 * sum(wait <= SHORT_S for wait in day.everybody), day.called)),
        stranded=draws.ratio(halls, lambda day: (day.stranded, 1)),
        queues=tuple(_queue(queue, halls, draws, len(queues)) for queue in queues),
    )


def _queue(queue: str, halls: tuple[Outlook, Outlook], draws: _Draws, among: int) -> QueueGap:
    own = tuple(Outlook(tuple(_only(day, queue) for day in hall.days)) for hall in halls)
    return QueueGap(
        queue=queue,
        mean_before=own[0].mean_min,
        mean_after=own[1].mean_min,
        nine_before=own[0].minutes(0.9),
        nine_after=own[1].minutes(0.9),
        gap=draws.ratio((own[0], own[1]), lambda day: _mean(day.everybody), among),
    )


def _only(day: SimulatedDay, queue: str) -> SimulatedDay:
    waits = day.waits.get(queue, ())
    return SimulatedDay({queue: waits}, len(waits), 0)


def _mean(waits: Sequence[float]) -> tuple[float, float]:
    return sum(waits) / 60, len(waits)
