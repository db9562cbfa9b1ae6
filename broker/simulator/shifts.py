"""When a clerk comes, rests, has lunch and goes home.

Rules: pure; a break that is only known to happen comes once in each part of the day, at a drawn moment of its middle;
all times are Unix milliseconds.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from random import Random
from typing import Literal

from msgspec import Struct

from broker.simulator.visits import Span

EARLY_S = 300.0
"""Clerks are at their desks up to this much before the hour."""


class Turn(Struct, frozen=True):
    """What a clerk turns to `at` which moment: coming, a rest of `rest_ms`, the bell that ends a span."""

    at: int
    what: Literal["come", "rest", "bell"]
    rest_ms: int = 0


class Shift(Struct, frozen=True):
    """The hours of a day, from `midnight` on: `spans` of seconds after it, and the minutes of the break in each.

    After a bell clerks call those who wait, but nobody after `patience_s` more. `away`: when which desk was not there.
    """

    midnight: int
    spans: Sequence[Span]
    breaks_min: Sequence[float]
    patience_s: float = inf
    away: Mapping[str, Sequence[Span]] = {}

    def turns(self, desk: str, chance: Random) -> Iterator[Turn]:
        """The day of the clerk at `desk`."""
        away = self.away.get(desk, ())
        for place, (start, end) in enumerate(self.spans):
            early = start - chance.uniform(0, EARLY_S)
            come = max((back for gone, back in away if gone <= start < back), default=early)
            if come < end:
                yield Turn(self._ms(come), "come")
            if place < len(self.breaks_min):
                at, rest_ms = start + (end - start) * chance.uniform(0.35, 0.8), round(60_000 * self.breaks_min[place])
                if at >= come:
                    yield Turn(self._ms(at), "rest", rest_ms)
            for gone, back in away:
                if start < gone < end:
                    yield Turn(self._ms(gone), "rest", round(1000 * (back - gone)))
            yield Turn(self._ms(end), "bell")

    def rung(self, now: int) -> bool:
        """Whether a bell has rung and nobody is expected at a desk."""
        return not any(self._ms(start - EARLY_S) <= now < self._ms(end) for start, end in self.spans)

    def patient(self, now: int) -> bool:
        """Whether a clerk who is free after a bell still calls somebody."""
        rung = [end for _, end in self.spans if self._ms(end) <= now]
        return not rung or now - self.midnight < 1000 * (rung[-1] + self.patience_s)

    def over(self, now: int) -> bool:
        """Whether the last bell has rung."""
        return now >= self._ms(self.spans[-1][1])

    def _ms(self, after_s: float) -> int:
        return self.midnight + round(1000 * after_s)
