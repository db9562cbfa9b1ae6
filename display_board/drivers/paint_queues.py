"""Who waits in which queue and for how long: rows where there is room, small fields at the foot where there is none.

Rules: figures and a sign for people, which every language reads; names and units in both languages; no field changes
its size with the language.
"""

from collections.abc import Sequence

from appliance.display.geometry import Rect
from appliance.display.shapes import person
from display_board import colours, words
from display_board.drivers.pen import Pen
from display_board.views import BoardView, QueueLine, Second

ROWS = 4
LETTER, PEOPLE, MINUTES = 56, 38, 30
"""Sizes in a small field."""


def paint_queues(pen: Pen, part: Rect, view: BoardView, margin: int) -> None:
    """A row per queue, turn by turn when there are many."""
    px = pen.px
    pen.canvas.box(part, colours.CALM.ground)
    room = part.inset(margin, px(24))
    for row, queue in zip(room.rows((1,) * ROWS), _due(view), strict=False):
        pen.canvas.box(Rect(row.x, row.y, row.w, px(2)), colours.LINE)
        letter, said = row.inset(0, px(8)).columns((15, 85), px(16))
        pen.digits(letter, queue.letter, pen.style(124, bold=True), colours.CALM.ink)
        names = [(queue.name, 54, True), (queue.name_second, 40, False)]
        names = [name for name in names if name[0]]
        *above, waits = said.rows((*(35, 30)[: len(names)], 35)) if names else (said,)
        for (name, size, bold), place in zip(names, above, strict=True):
            ink = colours.CALM.ink if bold else colours.CALM_SECOND.ink
            pen.write(place, name, pen.style(size, bold=bold), ink)
        _paint_waits(pen, waits, queue, view.second)


def _due(view: BoardView) -> tuple[QueueLine, ...]:
    """The queues whose turn it is."""
    pages = max(1, -(-len(view.queues) // ROWS))
    first = view.turn % pages * ROWS
    return view.queues[first : first + ROWS]


def _paint_waits(pen: Pen, room: Rect, queue: QueueLine, second: Second) -> None:
    """The people, and from the same place in every row on, the minutes."""
    people, minutes = room.columns((26, 74))
    _paint_people(pen, people, queue, 48)
    if queue.minutes:
        pen.write(minutes, words.minutes(*queue.minutes, second), pen.style(46), colours.CALM.ink)


def paint_chips(pen: Pen, room: Rect, view: BoardView) -> None:
    """As many small fields as fit, turn by turn."""
    gap = pen.px(20)
    left = room.x
    wide = [(queue, _chip_width(pen, queue, view.second)) for queue in view.queues]
    for queue, chip in _page([(queue, chip) for queue, chip in wide if chip <= room.w], room.w, gap, view.turn):
        _paint_chip(pen, Rect(left, room.y, chip, room.h), queue, view.second)
        left += chip + gap


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


def _chip_width(pen: Pen, queue: QueueLine, second: Second) -> int:
    people = pen.px(PEOPLE + 10) + pen.wide(str(queue.waiting), pen.style(PEOPLE, bold=True))
    minutes = pen.wide(words.minutes(*queue.minutes, second), pen.style(MINUTES)) if queue.minutes else 0
    return pen.px(20) + pen.wide(queue.letter, pen.style(LETTER, bold=True)) + pen.px(44) + max(people, minutes)


def _paint_chip(pen: Pen, rect: Rect, queue: QueueLine, second: Second) -> None:
    px, large = pen.px, pen.style(LETTER, bold=True)
    pen.canvas.box(rect, colours.CHIP.ground, radius=px(16))
    letter = pen.wide(queue.letter, large)
    pen.digits(Rect(rect.x + px(20), rect.y, letter, rect.h), queue.letter, large, colours.CHIP.ink)
    left = rect.x + px(40) + letter
    room = Rect(left, rect.y + px(4), rect.right - left, rect.h - px(8))
    above, below = room.rows((44, 56)) if queue.minutes else (room, room)
    _paint_people(pen, above, queue, PEOPLE)
    if queue.minutes:
        pen.write(below, words.minutes(*queue.minutes, second), pen.style(MINUTES), colours.CHIP.ink)


def _paint_people(pen: Pen, room: Rect, queue: QueueLine, size: int) -> None:
    side = pen.px(size)
    person(pen.canvas, Rect(room.x, room.y + (room.h - side) // 2, side, side), colours.CHIP.ink)
    count = Rect(room.x + side + pen.px(10), room.y, room.w - side - pen.px(10), room.h)
    pen.digits(count, str(queue.waiting), pen.style(size, bold=True), colours.CHIP.ink)
