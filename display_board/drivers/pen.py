"""What the painters of a board write with: words in the largest of a few sizes, and a record of what was written.

A font kept open costs memory and, when new, several milliseconds; a board repaints within one frame and lives for
months. So what varies in length here (numbers, places) steps through a handful of sizes instead of trying every one.
"""

from dataclasses import dataclass, field

from appliance.display.canvas import Canvas
from appliance.display.fonts import Style
from appliance.display.geometry import Rect
from appliance.display.marks import Across, Down, before
from appliance.display.palette import Colour
from appliance.display.text import fit, width
from display_board.layout import Layout

STEPS = (1.0, 0.9, 0.76, 0.68, 0.6, 0.53, 0.46, 0.41, 0.35, 0.27)
"""Parts of the largest size."""
_DIGITS = str.maketrans("123456789", "000000000")
"""All digits are as wide as a nought: what fits one number fits the next, and no size is opened just to measure it."""
CAPITALS = 0.73
"""How tall digits and capitals are, with their round edges, in parts of the size."""


@dataclass(frozen=True)
class Written:
    """One text on the picture: where its letters stand, how large and in which ink, and whether all of it is there."""

    words: str
    place: Rect
    size: int
    ink: Colour
    whole: bool


@dataclass
class Pen:
    """A canvas, its layout, and what was written so far."""

    canvas: Canvas
    layout: Layout
    written: list[Written] = field(default_factory=list)

    def px(self, units: float) -> int:
        """`units` of the layout in pixels."""
        return self.layout.px(units)

    def style(self, units: float, bold: bool = False) -> Style:
        """A style whose size is `units` of the layout."""
        return Style(self.px(units), bold)

    def write(
        self,
        rect: Rect,
        words: str,
        style: Style,
        colour: Colour,
        *,
        across: Across = "left",
        down: Down = "middle",
        lines: int = 1,
    ) -> None:
        """`words` inside `rect` in at most `lines` lines, in one of the steps of `style`."""
        if not words:
            return
        chosen = _stepped(rect, words, style, lines)
        least = chosen.size
        setting = self.canvas.text(rect, words, chosen, colour, across=across, down=down, lines=lines, least=least)
        left, top = before(rect.w - setting.width, across), before(rect.h - setting.height, down)
        place = Rect(rect.x + left, rect.y + top, setting.width, setting.height)
        self.written.append(Written(words, place, chosen.size, colour, setting.whole))

    def digits(self, rect: Rect, words: str, style: Style, colour: Colour, *, across: Across = "left") -> None:
        """Digits and capitals, which use only a part of their line box: the rest of it may stand out of `rect`."""
        if not words:
            return
        sizes = [style.scaled(size) for size in _sizes(style)]
        alike = words.translate(_DIGITS)
        fitting = (s for s in sizes if CAPITALS * s.size <= rect.h and width(alike, s) <= rect.w)
        chosen = next(fitting, sizes[-1])
        if width(words, chosen) > rect.w:
            self.write(rect, words, chosen, colour, across=across)
            return
        tall, wide = round(CAPITALS * chosen.size), width(words, chosen)
        left = rect.x + before(rect.w - wide, across)
        base = rect.y + (rect.h + tall) // 2
        self.canvas.line(left, base, words, chosen, colour)
        self.written.append(Written(words, Rect(left, base - tall, wide, tall), chosen.size, colour, whole=True))

    def wide(self, words: str, style: Style) -> int:
        """How wide one line of `words` is, px."""
        return width(words, style)


def _stepped(rect: Rect, words: str, style: Style, lines: int) -> Style:
    """`style` in the largest size of which `words` stand in `rect` whole, else in the smallest."""
    sizes = [style.scaled(size) for size in _sizes(style)]
    return next((size for size in sizes if fit(words, size, (rect.w, rect.h), lines, size.size).whole), sizes[-1])


def _sizes(style: Style) -> list[int]:
    return [max(1, round(style.size * step)) for step in STEPS]
