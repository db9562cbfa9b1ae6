"""Words in the largest of a few sizes.

A font kept open costs memory and, when new, several milliseconds; a board repaints within one frame and lives for
months. So what varies in length here (numbers, places) steps through a handful of sizes instead of trying every one.
"""

from appliance.display.canvas import Across, Canvas, Down
from appliance.display.fonts import Style
from appliance.display.geometry import Rect
from appliance.display.palette import Colour
from appliance.display.text import fit

STEPS = (1.0, 0.9, 0.76, 0.6, 0.46, 0.35, 0.27)
"""Parts of the largest size."""


def stepped(rect: Rect, words: str, style: Style, lines: int) -> Style:
    """`style` in the largest size of which `words` stand in `rect` whole, else in the smallest."""
    sizes = [style.scaled(max(1, round(style.size * step))) for step in STEPS]
    return next((size for size in sizes if fit(words, size, (rect.w, rect.h), lines, size.size).whole), sizes[-1])


def write(
    canvas: Canvas,
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
    chosen = stepped(rect, words, style, lines)
    canvas.text(rect, words, chosen, colour, across=across, down=down, lines=lines, least=chosen.size)
