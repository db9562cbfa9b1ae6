"""The bars of a board: the banner when the truth is unknown, the notice, and the foot with waiting people and clock."""

from collections.abc import Sequence

from appliance.display.canvas import Canvas
from appliance.display.fonts import Style
from appliance.display.geometry import Rect
from appliance.display.palette import DEEP, DEEP_2, INK, PAPER, STOP, TINT
from appliance.display.shapes import warning
from appliance.display.text import width
from display_board import words
from display_board.drivers.type_steps import write
from display_board.layout import Layout
from display_board.views import BoardView, Mode, QueueLine


def paint_banner(canvas: Canvas, layout: Layout) -> None:
    """What is shown may be out of date: said in words, with a sign, in red."""
    px, bar = layout.px, layout.banner
    canvas.box(bar, STOP)
    warning(canvas, Rect(bar.x + px(40), bar.y, px(84), bar.h), PAPER)
    room = Rect(bar.x + px(156), bar.y + px(8), bar.w - px(196), bar.h - px(16))
    first, second = room.rows((60, 40))
    said = f"{words.STALE.vi}. {words.LISTEN.vi}"
    write(canvas, first, said, Style(px(50), bold=True), PAPER, lines=2)
    write(canvas, second, words.STALE.en, Style(px(34)), PAPER, lines=2)


def paint_notice(canvas: Canvas, layout: Layout, notice: str) -> None:
    """What the centre wants to say today, if anything."""
    if notice:
        canvas.box(layout.notice, TINT)
        room = layout.notice.inset(layout.px(48), layout.px(6))
        canvas.text(room, notice, Style(layout.px(40)), INK, down="middle", lines=2, least=layout.px(26))


def paint_footer(canvas: Canvas, layout: Layout, view: BoardView) -> None:
    """How many wait, in which queues and for how long; the clock."""
    px, bar = layout.px, layout.footer
    canvas.box(bar, DEEP)
    room = bar.inset(px(48), px(14))
    first, second = room.rows((1, 1), px(8)) if layout.portrait else (room, room)
    clock = Style(px(64), bold=True)
    clock_room = width("00:00", clock) if view.clock else 0
    write(
        canvas,
        Rect(first.right - clock_room, first.y, clock_room, first.h),
        view.clock,
        clock,
        PAPER,
        across="right",
        down="middle",
    )
    if view.mode in (Mode.CALLING, Mode.WAITING):
        said = f"{words.WAITING.vi} {view.waiting} người" if view.waiting else words.NOBODY_WAITS.vi
        style = Style(px(44), bold=True)
        write(canvas, first, said, style, PAPER)
        if not layout.portrait:
            after = width(said, style) + px(40)
            second = Rect(second.x + after, second.y, second.w - after - clock_room - px(40), second.h)
        _paint_waiting(canvas, layout, second, view)


def _paint_waiting(canvas: Canvas, layout: Layout, room: Rect, view: BoardView) -> None:
    px = layout.px
    left = room.x
    chips = [(queue, _chip_width(queue, layout)) for queue in view.queues]
    for queue, wide in _page(chips, room.w, px(20), view.turn):
        _paint_chip(canvas, layout, Rect(left, room.y + (room.h - px(72)) // 2, wide, px(72)), queue)
        left += wide + px(20)


def _page(chips: Sequence[tuple[QueueLine, int]], room: int, gap: int, turn: int) -> list[tuple[QueueLine, int]]:
    """The chips whose turn it is: as many as fit beside each other make one page."""
    pages: list[list[tuple[QueueLine, int]]] = [[]]
    used = 0
    for chip in chips:
        if pages[-1] and used + chip[1] > room:
            pages.append([])
            used = 0
        pages[-1].append(chip)
        used += chip[1] + gap
    return pages[turn % len(pages)]


def _chip_width(queue: QueueLine, layout: Layout) -> int:
    letter, rest = _chip_words(queue)
    return width(letter, Style(layout.px(40), bold=True)) + width(rest, Style(layout.px(36))) + layout.px(20 + 20 + 20)


def _chip_words(queue: QueueLine) -> tuple[str, str]:
    waits = f" · {words.minutes(*queue.minutes)}" if queue.minutes else ""
    return queue.letter, f"{queue.waiting} người{waits}"


def _paint_chip(canvas: Canvas, layout: Layout, rect: Rect, queue: QueueLine) -> None:
    px = layout.px
    letter, rest = _chip_words(queue)
    bold = Style(px(40), bold=True)
    canvas.box(rect, DEEP_2, radius=px(16))
    write(canvas, rect.inset(px(20), 0), letter, bold, PAPER)
    after = width(letter, bold) + px(20)
    room = Rect(rect.x + px(20) + after, rect.y, rect.w - px(40) - after, rect.h)
    write(canvas, room, rest, Style(px(36)), PAPER)
