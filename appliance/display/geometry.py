"""Rectangles in pixels, and how to cut them into others. Pure: a view model is computed without a screen."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle: left, top, width, height, in pixels."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.h

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def inset(self, across: int, down: int | None = None) -> "Rect":
        """The rectangle inside it, `across` px from left and right and `down` px from top and bottom."""
        down = across if down is None else down
        return Rect(self.x + across, self.y + down, max(0, self.w - 2 * across), max(0, self.h - 2 * down))

    def overlaps(self, other: "Rect") -> bool:
        """Whether they share a pixel."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def columns(self, shares: Sequence[float], gap: int = 0) -> list["Rect"]:
        """It cut from left to right into parts as wide as `shares`, `gap` px apart; the parts fill it exactly."""
        return [Rect(self.x + start, self.y, size, self.h) for start, size in _cut(self.w, shares, gap)]

    def rows(self, shares: Sequence[float], gap: int = 0) -> list["Rect"]:
        """The same from top to bottom."""
        return [Rect(self.x, self.y + start, self.w, size) for start, size in _cut(self.h, shares, gap)]


def _cut(length: int, shares: Sequence[float], gap: int) -> list[tuple[int, int]]:
    room = length - gap * (len(shares) - 1)
    total = sum(shares)
    edges = [round(room * done / total) for done in accumulate(shares, initial=0.0)]
    return [(edges[i] + i * gap, edges[i + 1] - edges[i]) for i in range(len(shares))]
