"""Puts a view on a canvas: the only place where pages become pixels."""

from functools import lru_cache

import segno

from appliance.display import palette, shapes
from appliance.display.canvas import Canvas
from appliance.display.fonts import Style
from appliance.display.geometry import Rect
from appliance.display.marks import Box
from appliance.display.text import Setting, width
from kiosk.view import Code, Label, Mark, Pair, Ring, Sign, View

QUIET = 4
"""Modules that stay white around a QR code, as its standard wants."""
MOST_OF_A_PAIR = 0.72
"""How much of the line the right half of a pair may take where the left one needs the rest."""


def paint(canvas: Canvas, view: View) -> list[Label]:
    """Draw `view`; the labels that had to be cut short."""
    canvas.fill(view.ground)
    return [label for mark in view.marks for label in _paint(canvas, mark)]


def _paint(canvas: Canvas, mark: Mark) -> list[Label]:
    match mark:
        case Box():
            canvas.put(mark)
        case Label():
            return [] if _write(canvas, mark, mark.rect).whole else [mark]
        case Pair():
            return _paint_pair(canvas, mark)
        case Sign():
            _sign(canvas, mark)
        case Code():
            _code(canvas, mark)
        case Ring():
            canvas.ring(mark.rect, mark.colour, mark.width, mark.radius)
    return []


def _paint_pair(canvas: Canvas, pair: Pair) -> list[Label]:
    return [label for label, place in halves(pair) if label.words and not _write(canvas, label, place).whole]


def halves(pair: Pair) -> list[tuple[Label, Rect]]:
    """Where the two halves of a pair stand: the right one has what it needs, the left one what is left."""
    wanted = width(pair.right.words, Style(pair.right.size, pair.right.bold)) + pair.right.size // 2
    free = pair.rect.w - width(pair.left.words, Style(pair.left.size, pair.left.bold))
    most = max(round(pair.rect.w * MOST_OF_A_PAIR), free)
    room = min(wanted, most) if pair.right.words else 0
    left = Rect(pair.rect.x, pair.rect.y, pair.rect.w - room, pair.rect.h)
    return [(pair.left, left), (pair.right, Rect(left.right, pair.rect.y, room, pair.rect.h))]


def _write(canvas: Canvas, label: Label, rect: Rect) -> Setting:
    style = Style(label.size, label.bold)
    return canvas.text(
        rect,
        label.words,
        style,
        label.colour,
        across=label.across,
        down=label.down,
        lines=label.lines,
        least=label.least,
    )


def _code(canvas: Canvas, code: Code) -> None:
    rows = _modules(code.address)
    module = max(1, min(code.rect.w, code.rect.h) // (len(rows) + 2 * QUIET))
    canvas.box(code.rect, palette.PAPER)
    left = code.rect.x + (code.rect.w - module * len(rows)) // 2
    top = code.rect.y + (code.rect.h - module * len(rows)) // 2
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                canvas.box(Rect(left + across * module, top + down * module, module, module), palette.INK)


@lru_cache(maxsize=8)
def _modules(address: str) -> tuple[tuple[bool, ...], ...]:
    made = segno.make(address, error="m", micro=False)
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


def _sign(canvas: Canvas, sign: Sign) -> None:
    match sign.name:
        case "more":
            shapes.chevron(canvas, sign.rect, sign.colour)
        case "back":
            shapes.chevron(canvas, sign.rect, sign.colour, 180)
        case "down":
            shapes.arrow(canvas, sign.rect, sign.colour, 90)
        case "tick":
            shapes.tick(canvas, sign.rect, sign.colour)
        case "lens":
            shapes.lens(canvas, sign.rect, sign.colour)
        case "warning":
            shapes.warning(canvas, sign.rect, sign.colour)
        case "larger":
            shapes.larger(canvas, sign.rect, sign.colour)
        case "contrast":
            shapes.contrast(canvas, sign.rect, sign.colour)
