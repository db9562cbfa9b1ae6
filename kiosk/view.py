"""A page as values: what is drawn where, and what a touch means where.

Rules: pure; marks are drawn in their order, each inside its rectangle; a touch means the last target that holds it. Two
equal views look the same, so an unchanged page is never drawn again.
"""

from dataclasses import dataclass
from typing import Literal

from appliance.display.geometry import Rect
from appliance.display.marks import Across, Box, Down
from appliance.display.palette import Colour
from appliance.sound.said import Said
from kiosk.events import Event

SignName = Literal["more", "back", "tick", "warning", "down", "lens", "larger", "contrast"]


@dataclass(frozen=True)
class Label:
    """Words in at most `lines` lines, from `size` px down to `least` px: as large as they fit."""

    rect: Rect
    words: str
    size: int
    colour: Colour
    bold: bool = False
    across: Across = "left"
    down: Down = "top"
    lines: int = 1
    least: int = 27


@dataclass(frozen=True)
class Pair:
    """Two labels on one line, left and right; the right one gets the room it needs first."""

    rect: Rect
    left: Label
    right: Label


@dataclass(frozen=True)
class Sign:
    """A small drawing."""

    rect: Rect
    name: SignName
    colour: Colour


@dataclass(frozen=True)
class Ring:
    """A band of `width` px inside the edge of `rect`, with round corners."""

    rect: Rect
    colour: Colour
    width: int
    radius: int


@dataclass(frozen=True)
class Code:
    """A QR code of `address`, black on white with its quiet zone, whatever the colours around it."""

    rect: Rect
    address: str


Mark = Box | Label | Pair | Sign | Ring | Code


@dataclass(frozen=True)
class Target:
    """Where a touch means `event`. Took carries no request yet: whoever hears the touch makes a fresh one.

    `said` is what a person hears who cannot see it.
    """

    rect: Rect
    event: Event
    said: tuple[Said, ...]


@dataclass(frozen=True)
class View:
    """One page. `said` is what it tells before its choices, to a person who cannot see it."""

    page: str
    width: int
    height: int
    ground: Colour
    marks: tuple[Mark, ...]
    targets: tuple[Target, ...]
    said: tuple[Said, ...] = ()

    def target(self, x: float, y: float) -> Target | None:
        """What a touch at these fractions of width and height hits."""
        at = (x * self.width, y * self.height)
        return next((target for target in reversed(self.targets) if target.rect.contains(*at)), None)

    def meaning(self, x: float, y: float) -> Event | None:
        """What such a touch means."""
        target = self.target(x, y)
        return target.event if target else None
