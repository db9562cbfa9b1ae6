"""A board while no number is called: it welcomes, says that the centre is closed, or that it is starting.

Rules: nothing in call yellow, because nobody is called; people who wait see their queue and its honest range.
"""

from appliance.display.canvas import Canvas
from appliance.display.fonts import Style
from appliance.display.geometry import Rect
from appliance.display.palette import NIGHT, NIGHT_LINE, NIGHT_TEXT, ON_DEEP, PAPER
from appliance.wire.site import Text
from display_board import words
from display_board.drivers.type_steps import write
from display_board.layout import Layout
from display_board.views import BoardView, Mode, QueueLine

_SAID: dict[Mode, tuple[Text, Text]] = {
    Mode.STARTING: (words.STARTING, words.ONE_MOMENT),
    Mode.WAITING: (words.WELCOME, words.TAKE_A_NUMBER),
    Mode.CALLING: (words.WELCOME, words.TAKE_A_NUMBER),
    Mode.CLOSED: (words.CLOSED, words.COME_BACK),
}
QUEUES_SHOWN = 6


def paint_calm(canvas: Canvas, layout: Layout, view: BoardView) -> None:
    """The body of a board without a call."""
    px = layout.px
    canvas.box(layout.calm, NIGHT)
    room = layout.calm.inset(px(96), px(56))
    shown = bool(view.queues) and view.mode is Mode.WAITING
    said, queues = (room, room)
    if shown and layout.portrait:
        said, queues = room.rows((42, 58), px(48))
    elif shown:
        said, queues = room.columns((56, 44), px(72))
    _paint_said(canvas, layout, said, view, 1 if shown else 2)
    if shown:
        paint_queues(canvas, layout, queues, view)


def _paint_said(canvas: Canvas, layout: Layout, room: Rect, view: BoardView, lines: int) -> None:
    px = layout.px
    head, advice = _SAID[view.mode]
    centre, first, second, foreign = room.rows((18, 34, 26, 22))
    write(canvas, centre, view.centre, Style(px(42)), NIGHT_TEXT, down="top", lines=2)
    write(canvas, first, head.vi, Style(px(104), bold=True), PAPER, lines=lines)
    write(canvas, second, advice.vi, Style(px(56)), PAPER, down="top", lines=3)
    write(canvas, foreign, f"{advice.en}\n{advice.km}", Style(px(38)), ON_DEEP, down="bottom", lines=4)


def _due(view: BoardView) -> tuple[QueueLine, ...]:
    """The queues whose turn it is."""
    pages = max(1, -(-len(view.queues) // QUEUES_SHOWN))
    first = view.turn % pages * QUEUES_SHOWN
    return view.queues[first : first + QUEUES_SHOWN]


def paint_queues(canvas: Canvas, layout: Layout, room: Rect, view: BoardView) -> None:
    """Who waits where: a row per queue, turn by turn when there are many."""
    px = layout.px
    for row, queue in zip(room.rows((1,) * QUEUES_SHOWN), _due(view), strict=False):
        canvas.box(Rect(row.x, row.y, row.w, px(2)), NIGHT_LINE)
        letter, middle = row.columns((14, 86), px(24))
        name, waits = middle.rows((50, 50))
        said = f"{queue.waiting} người chờ"
        if queue.minutes:
            said += f" · khoảng {words.minutes(*queue.minutes)}"
        write(canvas, letter, queue.letter, Style(px(84), bold=True), PAPER)
        if queue.name:
            write(canvas, name, queue.name, Style(px(46), bold=True), PAPER, down="bottom")
        write(canvas, waits if queue.name else middle, said, Style(px(36)), ON_DEEP)
