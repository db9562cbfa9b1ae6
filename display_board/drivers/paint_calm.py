"""A board while no number is called: it welcomes, says that the centre is closed, or that it is starting.

Rules: nothing in call yellow, because nobody is called; people who wait see their queue and its honest range.
"""

from appliance.display.geometry import Rect
from appliance.wire.site import Text
from display_board import colours, words
from display_board.drivers.paint_queues import paint_queues
from display_board.drivers.pen import Pen
from display_board.views import BoardView, Mode

_SAID: dict[Mode, tuple[Text, Text]] = {
    Mode.STARTING: (words.STARTING, words.ONE_MOMENT),
    Mode.WAITING: (words.WELCOME, words.TAKE_A_NUMBER),
    Mode.CALLING: (words.WELCOME, words.TAKE_A_NUMBER),
    Mode.CLOSED: (words.CLOSED, words.COME_BACK),
}


def paint_calm(pen: Pen, view: BoardView) -> None:
    """The body of a board without a call."""
    px, body = pen.px, pen.layout.body
    pen.canvas.box(body, colours.CALM.ground)
    shown = bool(view.queues) and view.mode is Mode.WAITING
    said, queues = body, body
    if shown and pen.layout.portrait:
        said, queues = body.rows((42, 58))
    elif shown:
        said, queues = body.columns((55, 45))
    _paint_said(pen, said.inset(px(80), px(52)), view)
    if shown:
        paint_queues(pen, queues, view, px(80))


def _paint_said(pen: Pen, room: Rect, view: BoardView) -> None:
    head, advice = _SAID[view.mode]
    centre, first, second, foreign = room.rows((17, 36, 23, 24))
    pen.write(centre, view.centre, pen.style(42), colours.HEADING.ink, down="top", lines=2)
    pen.write(first, head.vi, pen.style(96, bold=True), colours.CALM.ink, lines=2)
    pen.write(second, advice.vi, pen.style(56), colours.CALM.ink, down="top", lines=3)
    for rect, language in zip(foreign.rows((1, 1)), (advice.en, advice.km), strict=True):
        pen.write(rect, language, pen.style(38), colours.CALM_SECOND.ink, lines=2)
