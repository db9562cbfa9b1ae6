"""The bars of a board: the banner when the truth is unknown, the notice, and the foot with waiting people and clock."""

from appliance.display.geometry import Rect
from appliance.display.shapes import warning
from appliance.display.text import wrap
from display_board import colours, words
from display_board.drivers.paint_queues import paint_chips
from display_board.drivers.pen import Pen
from display_board.views import BoardView, Mode, Second


def paint_banner(pen: Pen, second: Second) -> None:
    """What is shown may be out of date: said in words, with a sign, in red."""
    px, bar = pen.px, pen.layout.banner
    pen.canvas.box(bar, colours.BANNER.ground)
    warning(pen.canvas, Rect(bar.x + px(40), bar.y, px(84), bar.h), colours.BANNER.ink)
    room = Rect(bar.x + px(156), bar.y + px(8), bar.w - px(196), bar.h - px(16))
    other = words.below(words.STALE, second)
    first, below = room.rows((60, 40)) if other else (room, room)
    pen.write(first, words.STALE.vi, pen.style(50, bold=True), colours.BANNER.ink, lines=2)
    pen.write(below, other, pen.style(34), colours.BANNER.ink, lines=2)


def paint_notice(pen: Pen, view: BoardView) -> None:
    """What the centre wants to say today: line by line when it is long."""
    if not view.notice:
        return
    px, style = pen.px, pen.style(44)
    pen.canvas.box(pen.layout.notice, colours.NOTICE.ground)
    room = pen.layout.notice.inset(px(48), px(4))
    lines = wrap(view.notice, style, room.w - px(110))
    line = view.turn % len(lines)
    if len(lines) > 1:
        pen.write(room, f"{line + 1}/{len(lines)}", pen.style(34), colours.NOTICE.ink, across="right")
    pen.write(Rect(room.x, room.y, room.w - px(110), room.h), lines[line], style, colours.NOTICE.ink)


def paint_footer(pen: Pen, view: BoardView) -> None:
    """How many wait; where the body has no room for it, in which queues and for how long; the clock."""
    px, bar = pen.px, pen.layout.footer
    pen.canvas.box(bar, colours.FOOTER.ground)
    room = bar.inset(px(48), px(5))
    first, chips = room.rows((1, 1), px(10)) if pen.layout.portrait else (room, room)
    clock_room = paint_clock(pen, first, view.clock)
    if view.mode not in (Mode.CALLING, Mode.WAITING):
        return
    said = words.waiting(view.waiting)
    other = words.below(said, view.second)
    large, small = pen.style(42, bold=True), pen.style(32)
    wide = max(pen.wide(said.vi, large), pen.wide(other, small))
    left = Rect(first.x, first.y, min(wide, first.w - clock_room), first.h)
    above, below = left.rows((52, 48)) if other else (left, left)
    pen.write(above, said.vi, large, colours.FOOTER.ink)
    pen.write(below, other, small, colours.FOOTER_SECOND.ink)
    if not pen.layout.portrait:
        chips = Rect(left.right + px(48), chips.y, room.right - clock_room - px(88) - left.right, chips.h)
    if view.calls:
        paint_chips(pen, chips, view)


def paint_clock(pen: Pen, room: Rect, clock: str) -> int:
    """The clock at the right end of `room`; how wide it is."""
    if not clock:
        return 0
    style = pen.style(72, bold=True)
    wide = pen.wide("00:00", style)
    pen.write(Rect(room.right - wide, room.y, wide, room.h), clock, style, colours.FOOTER.ink, across="right")
    return wide
