"""A view as a picture: whichever kind of view it is.

Rules: draws what the view says on any size of canvas; decides no words beyond the fixed ones of `words.py` and no
colours beyond those of `colours.py`.
"""

from appliance.display.canvas import Canvas
from display_board.drivers.paint_bars import paint_banner, paint_footer, paint_notice
from display_board.drivers.paint_calls import paint_calls
from display_board.drivers.paint_calm import paint_calm
from display_board.drivers.paint_counter import paint_counter
from display_board.drivers.paint_hero import paint_hero
from display_board.drivers.paint_queues import paint_queues
from display_board.drivers.pen import Pen, Written
from display_board.layout import lay_out
from display_board.views import BoardView, CounterView, Mode, View


def paint(canvas: Canvas, view: View) -> tuple[Written, ...]:
    """Draw the whole of `view`; what was written where."""
    if isinstance(view, CounterView):
        pen = Pen(canvas, lay_out(canvas.width, canvas.height, banner=view.stale))
        paint_counter(pen, view)
        return tuple(pen.written)
    beside = len(view.calls) if view.calls or view.queues else None
    layout = lay_out(canvas.width, canvas.height, banner=view.stale, notice=bool(view.notice), calls=beside)
    pen = Pen(canvas, layout)
    _paint_body(pen, view)
    paint_notice(pen, view)
    paint_footer(pen, view)
    if view.stale:
        paint_banner(pen, view.second)
    return tuple(pen.written)


def _paint_body(pen: Pen, view: BoardView) -> None:
    if view.mode is not Mode.CALLING or view.hero is None:
        paint_calm(pen, view)
        return
    paint_hero(pen, view.hero, view.pulse)
    if view.calls:
        paint_calls(pen, view)
    elif view.queues:
        paint_queues(pen, pen.layout.calls, view, pen.px(48))
