"""Choices that stand one below the other: a large name, a hint where there is room for it.

Rules: pure; hints go before words shrink, words shrink before the list is turned leaf by leaf; rows stand low.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.display.geometry import Rect
from kiosk import words
from kiosk.events import Event, Leafed
from kiosk.leaves import Block, leaves
from kiosk.pen import GAP, LEAST, Kind, Pen

TALLEST = 250
"""The greatest height of a row that is one choice."""
SHORTEST = 104
TURNER = 112
"""The height of the button that turns to the next leaf, where it stands below a list."""
_NAME, _HINT = 42, 29


@dataclass(frozen=True)
class Row:
    """One choice."""

    name: str
    event: Event
    hint: str = ""
    chosen: bool = False


def choices(pen: Pen, page: int, room: Rect, rows: Sequence[Row], *, note: str = "") -> int:
    """Draw the leaf `page` of `rows`, the first one below `note`; how many leaves there are."""
    columns = 2 if pen.lying and len(rows) > 2 else 1
    lines = _lines(pen, room, rows, columns, note)
    found = leaves([line.height for line in lines], room.h, pen.px(GAP))
    mine = [lines[index] for index in found[page % len(found)]]
    _stand_low(pen, room, mine, note and page % len(found) == 0)
    return len(found)


def turn(pen: Pen, place: Rect, page: int, pages: int, kind: Kind = "main") -> None:
    """The button to the next leaf, or from the last one to the first."""
    page %= pages
    turned = (page + 1) % pages
    said = (words.NEXT_PAGE if turned else words.FIRST_PAGE).to(pen.language)
    pen.button(place, Leafed(turned), f"{said} ({page + 1}/{pages})", kind=kind)


def row(pen: Pen, width: int, mine: Row, size: int = _NAME, hinted: bool = True) -> Block:
    """One choice as a block, `width` px wide."""
    side = pen.px(64 if pen.large else 52)
    inner = width - 2 * pen.px(32) - side - pen.px(16)  # a wider place than this leaves more room, never less
    hint = mine.hint if hinted else ""
    name = pen.measure(mine.name, size, inner, bold=True, lines=1 if hint else 2)
    under = pen.measure(hint, _HINT, inner, lines=1)
    height = max(name.height + under.height + 2 * pen.px(12), pen.px(SHORTEST))

    def draw(place: Rect) -> None:
        colours = pen.colours
        fill, ink = (colours.call, colours.on_call) if mine.chosen else (colours.paper, colours.ink)
        pen.box(place, fill, border=None if mine.chosen else colours.line)
        left, top = place.x + pen.px(32), place.y + max(0, (place.h - name.height - under.height) // 2)
        text = Rect(left, top, inner, place.bottom - top)
        used = pen.paragraph(text, mine.name, size, ink, bold=True, lines=1 if hint else 2)
        below = Rect(left, top + used, inner, place.bottom - top - used)
        pen.paragraph(below, hint, _HINT, ink if mine.chosen else colours.ink_2)
        sign = Rect(place.right - pen.px(32) - side, place.y + (place.h - side) // 2, side, side)
        pen.sign(sign, "tick" if mine.chosen else "more", ink)
        pen.target(place, mine.event, mine.name, mine.hint, words.CHOSEN.to(pen.language) if mine.chosen else "")

    return Block(height, draw)


def _lines(pen: Pen, room: Rect, rows: Sequence[Row], columns: int, note: str) -> list[Block]:
    """The rows side by side in `columns`, below `note`: in the first way that fits one leaf, or in the last."""
    above = [_note(pen, room.w, note)] if note else []
    for size, hinted in ((_NAME, True), (34, True), (_NAME, False), (34, False), (LEAST, False)):
        width = (room.w - (columns - 1) * pen.px(GAP)) // columns
        blocks = [row(pen, width, each, size, hinted) for each in rows]
        lines = [_line(pen, blocks[start : start + columns], columns) for start in range(0, len(blocks), columns)]
        if len(leaves([line.height for line in (*above, *lines)], room.h, pen.px(GAP))) == 1:
            break
    return [*above, *lines]


def _line(pen: Pen, blocks: Sequence[Block], columns: int) -> Block:
    def draw(place: Rect) -> None:
        for block, cell in zip(blocks, place.columns([1] * columns, pen.px(GAP)), strict=False):
            block.draw(cell)

    return Block(max(block.height for block in blocks), draw)


def _note(pen: Pen, width: int, note: str) -> Block:
    def draw(place: Rect) -> None:
        pen.paragraph(place, note, 31, pen.colours.ink_2, lines=2)

    return Block(pen.measure(note, 31, width, lines=2).height, draw)


def _stand_low(pen: Pen, room: Rect, lines: Sequence[Block], noted: object) -> None:
    """The lines on the lower edge of `room`, taller where there is room; a note stays at the top of it."""
    gap = pen.px(GAP)
    if noted:
        lines[0].draw(Rect(room.x, room.y, room.w, lines[0].height))
        used = lines[0].height + gap
        room, lines = Rect(room.x, room.y + used, room.w, room.h - used), lines[1:]
    if not lines:
        return
    spare = max(0, room.h - sum(line.height for line in lines) - gap * (len(lines) - 1)) // len(lines)
    heights = [max(line.height, min(line.height + spare, pen.px(TALLEST))) for line in lines]
    top = room.bottom - sum(heights) - gap * (len(lines) - 1)
    for line, height in zip(lines, heights, strict=True):
        line.draw(Rect(room.x, top, room.w, height))
        top += height + gap
