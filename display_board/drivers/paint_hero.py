"""The number that is called now, and the plate that says where its citizen goes."""

from appliance.display.geometry import Rect
from appliance.display.palette import Colour
from appliance.display.shapes import arrow
from display_board import colours, words
from display_board.drivers.pen import Pen
from display_board.views import Arrow, CallLine

NUMBER = 640
PLACE, PLACE_NUMBER = 110, 260
SHORT_PLACE = 3
"""Signs: a place as short as "18" or "P1" is written as large digits under its word."""
_TURNS = {Arrow.RIGHT: 0, Arrow.DOWN: 90, Arrow.LEFT: 180, Arrow.UP: 270}


def paint_hero(pen: Pen, call: CallLine, pulse: int) -> None:
    """The largest thing on the board."""
    card, part, px = colours.hero(call, pulse), pen.layout.hero, pen.px
    pen.canvas.box(part, card.main.ground)
    room = part.inset(px(44), px(36))
    head, number, plate = room.rows((18, 47, 35) if pen.layout.portrait else (19, 43, 38), px(18))
    said = words.SERVING if call.serving else words.INVITE
    other = words.below(said, call.second)
    first, second = head.rows((60, 40)) if other else (head, head)
    pen.write(first, said.vi, pen.style(72, bold=True), card.main.ink)
    pen.write(second, other, pen.style(44), card.main.ink, down="top")
    pen.digits(number, call.number, pen.style(NUMBER, bold=True), card.main.ink)
    _paint_plate(pen, plate, call, card)


def _paint_plate(pen: Pen, plate: Rect, call: CallLine, card: colours.Card) -> None:
    px = pen.px
    pen.canvas.box(plate, card.plate.ground, radius=px(24))
    room = plate.inset(px(36), px(14))
    if call.arrow in _TURNS and not call.serving:
        side = min(px(170), room.h)
        paint_arrow(pen, Rect(room.x, room.y, side, room.h), call.arrow, card.sign.ink)
        room = Rect(room.x + side + px(36), room.y, room.w - side - px(36), room.h)
    if len(call.place_short) > SHORT_PLACE:
        _paint_place(pen, room, call, call.place, card)
        return
    large = pen.style(PLACE_NUMBER, bold=True)
    wide = min(pen.wide(call.place_short, large), room.w * 6 // 10)
    word = Rect(room.x, room.y, room.w - wide - px(24), room.h)
    _paint_place(pen, word, call, words.COUNTER.vi, card)
    number = Rect(room.right - wide, room.y, wide, room.h)
    pen.digits(number, call.place_short, large, card.plate.ink, across="right")


def _paint_place(pen: Pen, room: Rect, call: CallLine, place: str, card: colours.Card) -> None:
    """ "đến", the place or the word for it, and the place in the second language."""
    to = words.AT if call.serving else words.TO
    small = words.both(to, call.second) if call.place_second else to.vi
    first, middle, last = room.rows((22, 48, 30) if call.place_second else (28, 72, 0))
    pen.write(first, small, pen.style(42), card.plate.ink)
    pen.write(middle, place, pen.style(PLACE, bold=True), card.plate.ink, lines=2)
    if call.place_second:
        pen.write(last, call.place_second, pen.style(46), card.plate.ink)


def paint_arrow(pen: Pen, room: Rect, way: Arrow, colour: Colour) -> None:
    """An arrow as large as `room` allows."""
    side = min(room.w, room.h)
    arrow(pen.canvas, Rect(room.x, room.y + (room.h - side) // 2, room.w, side), colour, _TURNS[way])
