"""The list of calls: whom the hall looks for first and bright, then, calmer, who is being served."""

from appliance.display.geometry import Rect
from appliance.display.marks import Across
from display_board import colours, words
from display_board.drivers.paint_hero import SHORT_PLACE, paint_arrow
from display_board.drivers.pen import Pen
from display_board.layout import DIGITS, ROWS, Grid, call_grid
from display_board.views import Arrow, BoardView, CallLine


def paint_calls(pen: Pen, view: BoardView) -> None:
    """The calls beside the large one."""
    px, part = pen.px, pen.layout.calls
    pen.canvas.box(part, colours.CALM.ground)
    room = part.inset(px(40 if len(view.calls) <= ROWS else 24), px(16))
    head = Rect(room.x, room.y, room.w, px(60))
    served = sum(call.serving for call in view.calls)
    cells = Rect(room.x, head.bottom, room.w, room.bottom - head.bottom)
    grid = call_grid(cells, len(view.calls) - served, served, view.turn, px(40))
    second = view.second if grid.columns == 1 else ""
    dots = px(28) * grid.pages if grid.pages > 1 else 0
    for column in head.columns((1,) * grid.columns, px(40)):
        number, place = _split(column, grid.columns)
        place = Rect(place.x, place.y, min(place.w, head.right - dots - place.x), place.h)
        pen.write(number, words.both(words.NUMBER, second), pen.style(36), colours.HEADING.ink)
        pen.write(place, words.both(words.COUNTER, second), pen.style(36), colours.HEADING.ink)
    if grid.columns > 1:
        between = (grid.columns - 1) * cells.w // grid.columns
        pen.canvas.box(Rect(room.x + between - px(1), head.y, px(2), part.bottom - head.y), colours.LINE)
    _paint_dots(pen, head, grid)
    for cell, index in zip(grid.cells, grid.shown, strict=True):
        _paint_row(pen, cell, view.calls[index], grid.columns)


def _paint_dots(pen: Pen, room: Rect, grid: Grid) -> None:
    """Which page of the list this is: a dot per page, the bright one is shown."""
    side, step = pen.px(16), pen.px(28)
    for page in range(grid.pages if grid.pages > 1 else 0):
        left = room.right - (grid.pages - page) * step
        dot = Rect(left, room.y + (room.h - side) // 2, side, side)
        pen.canvas.box(dot, colours.CALM.ink if page == grid.page else colours.LINE, radius=side // 2)


def _paint_row(pen: Pen, cell: Rect, call: CallLine, columns: int) -> None:
    px = pen.px
    of_number, of_place = colours.row(call)
    pen.canvas.box(Rect(cell.x, cell.y, cell.w, px(2)), colours.LINE)
    if call.fresh:
        pen.canvas.box(cell.inset(-px(16), px(5)), of_number.ground, radius=px(16))
    number, place = _split(cell, columns)
    large = pen.style(DIGITS, bold=not call.serving)
    pen.digits(number, call.number, large, of_number.ink)
    pen.canvas.box(place.inset(0, px(10)), of_place.ground, radius=px(16))
    place = place.inset(px(6 if columns > 1 else 24), px(10))
    if columns == 1 and call.arrow is not Arrow.NONE and not call.serving:
        side = px(80)
        paint_arrow(pen, Rect(place.right - side, place.y, side, place.h), call.arrow, of_place.ink)
        place = Rect(place.x, place.y, place.w - side - px(16), place.h)
    if len(call.place_short) <= SHORT_PLACE:
        across: Across = "left" if columns == 1 else "middle"
        pen.digits(place, call.place_short, large, of_place.ink, across=across)
    else:
        small = pen.style(56, bold=not call.serving)
        pen.write(place.inset(0, px(6)), call.place_short, small, of_place.ink, lines=3)


def _split(cell: Rect, columns: int) -> tuple[Rect, Rect]:
    """Where the number and where the place stands in a row: beside each other they need every pixel."""
    number, place = cell.columns((62, 38), cell.w // 40) if columns == 1 else cell.columns((68, 32), cell.w // 62)
    return number, place
