"""When a clerk comes, rests, has lunch and goes home.

Rules: pure; one break in each half of the day, at a drawn moment of its middle; all times are Unix milliseconds.
"""

from collections.abc import Iterator, Sequence
from math import inf
from random import Random
from typing import Literal

from msgspec import Struct

from broker.simulator.visits import Span

Turn = Literal["open", "rest", "bell", "back"]
EARLY_S = 300.0
"""Clerks are at their desks up to this much before the hour."""


class Shift(Struct, frozen=True):
    """The hours of a day, from `midnight` on: `spans` of seconds after it, and the minutes of the break in each.

    After a bell clerks call those who wait, but nobody after `patience_s` more.
    """

    midnight: int
    spans: Sequence[Span]
    breaks_min: Sequence[float]
    patience_s: float = inf

    def turns(self, chance: Random) -> Iterator[tuple[int, Turn]]:
        """What one clerk turns to at which moment: opening, a rest, the bell that ends a span, coming back after it."""
        for place, (start, end) in enumerate(self.spans):
            yield self._ms(start - chance.uniform(0, EARLY_S)), "back" if place else "open"
            if place < len(self.breaks_min):
                yield self._ms(start + (end - start) * chance.uniform(0.35, 0.8)), "rest"
            yield self._ms(end), "bell"

    def break_ms(self, now: int) -> int:
        """How long the break of the current half lasts."""
        place = sum(now >= self._ms(start) for start, _ in self.spans) - 1
        return round(60_000 * self.breaks_min[max(place, 0)])

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
