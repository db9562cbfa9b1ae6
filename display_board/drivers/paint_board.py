"""A board's view as a picture: the called number large, the list of calls beside or below it.

Rules: draws what the view says on any size of canvas; decides no words beyond the fixed ones of `words.py`; call yellow
is for the number that is called now, and for a row as long as it is new.
"""

from appliance.display.canvas import Canvas
from appliance.display.fonts import Style
from appliance.display.geometry import Rect
from appliance.display.palette import (
    CALL,
    INK,
    NIGHT,
    NIGHT_LINE,
    NIGHT_NUMBER,
    NIGHT_TEXT,
    PAPER,
    Colour,
)
from appliance.display.shapes import arrow
from display_board import words
from display_board.announce import SOFTEST
from display_board.drivers.paint_bars import paint_banner, paint_footer, paint_notice
from display_board.drivers.paint_calm import paint_calm, paint_queues
from display_board.drivers.type_steps import write
from display_board.layout import Grid, Layout, call_grid, lay_out
from display_board.views import Arrow, BoardView, CallLine, Mode

PALEST = 0.62
"""How much of white the softest moment of a pulse mixes into call yellow."""
_TURNS = {Arrow.RIGHT: 0, Arrow.DOWN: 90, Arrow.LEFT: 180, Arrow.UP: 270}


def paint(canvas: Canvas, view: BoardView) -> None:
    """Draw the whole of `view`."""
    layout = lay_out(canvas.width, canvas.height, banner=view.stale, notice=bool(view.notice), calls=len(view.calls))
    if view.mode is Mode.CALLING and view.hero is not None:
        paint_hero(canvas, layout, view.hero, view.pulse)
        if view.calls or not view.queues:
            paint_calls(canvas, layout, view)
        else:
            canvas.box(layout.calls, NIGHT)
            paint_queues(canvas, layout, layout.calls.inset(layout.px(40), layout.px(20)), view)
    else:
        paint_calm(canvas, layout, view)
    paint_notice(canvas, layout, view.notice)
    paint_footer(canvas, layout, view)
    if view.stale:
        paint_banner(canvas, layout)


def paint_hero(canvas: Canvas, layout: Layout, call: CallLine, pulse: int) -> None:
    """The number that is called now, and where its citizen goes."""
    px = layout.px
    canvas.box(layout.hero, _softened(CALL, pulse))
    room = layout.hero.inset(px(64), px(40))
    head, number, place = room.rows((20, 49, 31) if layout.portrait else (24, 44, 32))
    first, second = head.rows((58, 42))
    write(canvas, first, words.INVITE.vi, Style(px(66), bold=True), INK, down="bottom")
    write(canvas, second, words.INVITE.to(call.second), Style(px(38)), INK, down="top")
    size = round(min(px(420), number.h * 0.98))
    write(canvas, _tall(number, size), call.number, Style(size, bold=True), INK)
    _paint_place(canvas, layout, place, call)


def _tall(room: Rect, size: int) -> Rect:
    """Room for digits, which use only the middle of their line box: the box may overhang above and below."""
    extra = max(0, round(size * 1.3) - room.h + 2)
    return Rect(room.x, room.y - extra // 2, room.w, room.h + extra)


def _paint_place(canvas: Canvas, layout: Layout, room: Rect, call: CallLine) -> None:
    px = layout.px
    if call.arrow in _TURNS:
        sign = Rect(room.x, room.y, px(150), room.h)
        arrow(canvas, Rect(sign.x, room.y + (room.h - px(150)) // 2, px(150), px(150)), INK, _TURNS[call.arrow])
        room = Rect(sign.right + px(40), room.y, room.w - sign.w - px(40), room.h)
    to, place, second = room.rows((22, 56, 22) if call.place_second else (24, 64, 12))
    write(canvas, to, words.TO.vi, Style(px(48)), INK, down="bottom")
    write(canvas, place, call.place, Style(px(124), bold=True), INK, lines=2)
    if call.place_second:
        write(canvas, second, call.place_second, Style(px(40)), INK, down="top")


def paint_calls(canvas: Canvas, layout: Layout, view: BoardView) -> None:
    """The calls before it, which stay until they are done."""
    px = layout.px
    canvas.box(layout.calls, NIGHT)
    room = layout.calls.inset(px(40), px(20))
    head = Rect(room.x, room.y, room.w, px(64))
    grid = call_grid(Rect(room.x, head.bottom, room.w, room.bottom - head.bottom), len(view.calls), view.turn, px(40))
    for column in head.columns((1,) * grid.columns, px(40)):
        number, place = _split(column)
        write(canvas, number, words.NUMBER.vi, Style(px(34)), NIGHT_TEXT)
        write(canvas, place, words.COUNTER.vi, Style(px(34)), NIGHT_TEXT)
    _paint_dots(canvas, layout, head, grid)
    for cell, call in zip(grid.cells, view.calls[grid.first :], strict=False):
        _paint_row(canvas, layout, cell, call, grid.columns)


def _paint_dots(canvas: Canvas, layout: Layout, room: Rect, grid: Grid) -> None:
    """Which page of the list this is: a dot per page, the bright one is shown."""
    side, step = layout.px(16), layout.px(28)
    for page in range(grid.pages if grid.pages > 1 else 0):
        left = room.right - (grid.pages - page) * step
        dot = Rect(left, room.y + (room.h - side) // 2, side, side)
        canvas.box(dot, PAPER if page == grid.page else NIGHT_LINE, radius=side // 2)


def _paint_row(canvas: Canvas, layout: Layout, cell: Rect, call: CallLine, columns: int) -> None:
    px = layout.px
    canvas.box(Rect(cell.x, cell.y, cell.w, px(2)), NIGHT_LINE)
    if call.fresh:
        canvas.box(cell.inset(-px(16), px(6)), CALL, radius=px(16))
    number, place = _split(cell)
    size = min(px(124 if columns == 1 else 84), round(cell.h * 0.9))
    large = Style(size, bold=True)
    ink, colour = (INK, INK) if call.fresh else (PAPER, NIGHT_NUMBER)
    write(canvas, _tall(number, size), call.number, large, ink)
    if len(call.place_short) <= 3:
        write(canvas, _tall(place, size), call.place_short, large, colour)
    else:
        small = Style(px(56), bold=True)
        write(canvas, place.inset(0, px(8)), call.place_short, small, colour, lines=3)


def _split(cell: Rect) -> tuple[Rect, Rect]:
    """Where the number and where the place stands in a row."""
    number, place = cell.columns((58, 42), cell.w // 40)
    return number, place


def _softened(colour: Colour, pulse: int) -> Colour:
    share = PALEST * pulse / SOFTEST
    red, green, blue = (round(part + (255 - part) * share) for part in colour)
    return red, green, blue
