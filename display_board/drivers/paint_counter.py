"""A counter's own screen: for each desk its place, what it does, its number, and whom it calls next."""

from appliance.display.geometry import Rect
from appliance.display.marks import Across
from appliance.display.shapes import warning
from appliance.wire.site import Text
from display_board import colours, words
from display_board.counter import CARDS_THAT_FIT
from display_board.drivers.paint_bars import paint_banner, paint_clock
from display_board.drivers.pen import Pen
from display_board.layout import card_grid
from display_board.views import CounterView, DeskCard, DeskMode

_SAID: dict[DeskMode, tuple[Text, Text]] = {
    DeskMode.CALLING: (words.COME_IN, words.COME_IN),
    DeskMode.SERVING: (words.BEING_SERVED, words.BEING_SERVED),
    DeskMode.OPEN: (words.OPEN, words.WAIT_FOR_NUMBER),
    DeskMode.PAUSED: (words.PAUSED, words.BACK_SOON),
    DeskMode.CLOSED: (words.DESK_CLOSED, words.LOOK_AT_HALL_BOARD),
    DeskMode.UNKNOWN: (words.UNKNOWN_DESK, words.ASK_STAFF),
}
"""What a desk says in one or two words, and what a citizen does then."""
LONG_PLACE = 16
"""Signs: a longer name of a place needs all the room; its translation stands on the hall's board."""


def paint_counter(pen: Pen, view: CounterView) -> None:
    """All cards whose turn it is, and the banner."""
    layout, px = pen.layout, pen.px
    room = Rect(0, layout.banner.bottom, pen.canvas.width, pen.canvas.height - layout.banner.bottom)
    pen.canvas.box(room, colours.FOOTER.ground)
    due, cells = card_grid(room, len(view.cards), view.turn, CARDS_THAT_FIT, px(12))
    for place, (index, cell) in enumerate(zip(due, cells, strict=True)):
        _paint_card(pen, cell, view.cards[index], view.clock if place == _last_above(len(due), cells) else "")
    if view.stale:
        paint_banner(pen, view.second)


def _last_above(count: int, cells: list[Rect]) -> int:
    """The card in the upper right corner: the clock stands there."""
    return max(range(count), key=lambda place: (-cells[place].y, cells[place].x))


def _paint_card(pen: Pen, cell: Rect, card: DeskCard, clock: str) -> None:
    px, look = pen.px, colours.card(card)
    pen.canvas.box(cell, look.main.ground)
    top, body, foot = cell.rows((13, 70, 17))
    _paint_top(pen, top, card, clock)
    room = body.inset(px(56), px(16))
    if card.number:
        said, number = room.rows((24, 76))
        _paint_said(pen, said, card, look)
        pen.digits(number, card.number, pen.style(560, bold=True), look.main.ink, across="middle")
    else:
        head, advice = room.rows((58, 42))
        _paint_words(pen, head, advice, card, look)
    _paint_next(pen, foot, card, look)


def _paint_top(pen: Pen, bar: Rect, card: DeskCard, clock: str) -> None:
    px = pen.px
    pen.canvas.box(bar, colours.FOOTER.ground)
    room = bar.inset(px(56), px(8))
    clock_room = paint_clock(pen, room, clock)
    room = Rect(room.x, room.y, room.w - clock_room - px(24), room.h)
    beside = card.place_second and len(card.place) <= LONG_PLACE and room.w > px(440)
    if not beside:
        pen.write(room, card.place, pen.style(84, bold=True), colours.FOOTER.ink, lines=2)
        return
    tall = bar.h > px(200)
    place, second = room.rows((60, 40)) if tall else room.columns((62, 38), px(24))
    pen.write(place, card.place, pen.style(84, bold=True), colours.FOOTER.ink)
    across: Across = "left" if tall else "right"
    pen.write(second, card.place_second, pen.style(52), colours.FOOTER_SECOND.ink, across=across)


def _paint_said(pen: Pen, room: Rect, card: DeskCard, look: colours.Card) -> None:
    """What is going on, in one line of both languages: "Mời vào" is what a citizen who cannot hear looks for."""
    said, _ = _SAID[card.mode]
    ink = look.main.ink if card.mode is DeskMode.CALLING else look.sign.ink
    other = words.below(said, card.second)
    first, second = room.columns((58, 42), pen.px(24)) if other else (room, room)
    pen.write(first, said.vi, pen.style(104, bold=True), ink)
    pen.write(second, other, pen.style(60), ink, across="right", lines=2)


def _paint_words(pen: Pen, head: Rect, advice: Rect, card: DeskCard, look: colours.Card) -> None:
    said, then = _SAID[card.mode]
    if card.mode is DeskMode.UNKNOWN and head.w > pen.px(700):
        side = min(head.h, pen.px(150))
        warning(pen.canvas, Rect(head.x, head.y + (head.h - side) // 2, side, side), look.main.ink)
        head = Rect(head.x + side + pen.px(40), head.y, head.w - side - pen.px(40), head.h)
    other, below = words.below(said, card.second), words.below(then, card.second)
    first, second = head.rows((66, 34)) if other else (head, head)
    pen.write(first, said.vi, pen.style(190, bold=True), look.main.ink, down="bottom", lines=2)
    pen.write(second, other, pen.style(72), look.main.ink)
    third, fourth = advice.rows((56, 44)) if below else (advice, advice)
    pen.write(third, then.vi, pen.style(62), look.main.ink, lines=2)
    pen.write(fourth, below, pen.style(46), look.main.ink, down="top", lines=2)


def _paint_next(pen: Pen, bar: Rect, card: DeskCard, look: colours.Card) -> None:
    pen.canvas.box(bar, look.plate.ground)
    if card.mode in (DeskMode.PAUSED, DeskMode.CLOSED, DeskMode.UNKNOWN):
        return
    px = pen.px
    room = bar.inset(px(56), px(10))
    heading = words.NEXT if card.next else words.NO_NEXT
    label, number = room.columns((56, 44), px(24)) if card.next else (room, room)
    other = words.below(heading, card.second)
    first, second = label.rows((56, 44)) if other else (label, label)
    pen.write(first, heading.vi, pen.style(54, bold=True), look.plate.ink)
    pen.write(second, other, pen.style(40), look.plate.ink)
    if card.next:
        pen.digits(number, card.next, pen.style(150, bold=True), look.plate.ink, across="right")
