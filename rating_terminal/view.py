"""A page of a touch terminal as values: what is drawn where, and what a touch means where.

Rules: pure; marks are drawn in their order, each inside its rectangle; two equal views look the same, so an unchanged
page is never drawn again.
"""

from dataclasses import dataclass

from appliance.display.geometry import Rect
from appliance.display.marks import Across, Box, Down
from appliance.display.palette import Colour
from rating_terminal.session import Chosen
from rating_terminal.talk import Answered, LookBack, Spoken, Toggled, Went

UNITS_HIGH = 84
"""A page is laid out so many units tall; on a screen at least as many mm tall, none is below a millimetre."""
Meaning = Chosen | Spoken | LookBack | Toggled | Answered | Went
"""What a touch can mean."""


@dataclass(frozen=True)
class Label:
    """Words in at most `lines` lines, from `size` px down to `least` px: as large as they fit."""

    rect: Rect
    words: str
    size: int
    least: int
    colour: Colour
    ground: Colour
    bold: bool = False
    across: Across = "left"
    down: Down = "middle"
    lines: int = 1


@dataclass(frozen=True)
class FaceSign:
    """The face of a level, 1 the best of `levels`."""

    rect: Rect
    level: int
    levels: int
    colour: Colour


@dataclass(frozen=True)
class Tick:
    """Done."""

    rect: Rect
    colour: Colour


Mark = Box | Label | FaceSign | Tick


@dataclass(frozen=True)
class Target:
    """What a touch inside `rect` means."""

    rect: Rect
    meaning: Meaning


@dataclass(frozen=True)
class View:
    """A whole page."""

    page: str
    width: int
    height: int
    ground: Colour
    marks: tuple[Mark, ...]
    targets: tuple[Target, ...] = ()

    def target(self, x: float, y: float) -> Target | None:
        """What lies at a touch, given in fractions of width and height."""
        here = (each for each in self.targets if each.rect.contains(x * self.width, y * self.height))
        return next(here, None)
