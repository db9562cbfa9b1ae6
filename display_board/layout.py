"""Where things stand on a screen of any size: rectangles in pixels.

Rules: pure; nothing overlaps and nothing leaves the screen; every length is a share of the unit, one 1080th of the
shorter side of a 16:9 screen, so that 720p and 4K look the same.

How large digits must be follows from how far people sit. Normal sight (20/20) reads letters of 5 minutes of arc, half
of it (20/40, with which one may still drive) needs 10. At 15 m, 10 minutes are 15 m × tan(10′) = 43.6 mm. A 43-inch
screen of 16:9 is 43 × 25.4 mm × 9 / √(9² + 16²) = 535.5 mm on its shorter side, so a unit is 0.496 mm. A digit of Noto
Sans is 0.714 of its size tall: 43.6 mm need 123.2 units, and 124 is what every row of the list has (`DIGITS`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from appliance.display.geometry import Rect

DIGITS = 124
"""Units: the least size of a called number and of a counter's number, so that they are read from 15 m."""
DIGIT_HEIGHT = 0.714
"""Of the shipped Noto Sans, in parts of the size."""
ROWS = 6
"""Calls in one column of the list; a second column comes when there are more."""
COLUMNS = 2


@dataclass(frozen=True)
class Layout:
    """The parts of one picture. `banner` and `notice` are empty rectangles when there is nothing to say."""

    unit: float
    banner: Rect
    hero: Rect
    calls: Rect
    body: Rect
    notice: Rect
    footer: Rect
    portrait: bool

    def px(self, units: float) -> int:
        """`units` in pixels, at least one."""
        return max(1, round(units * self.unit))


def lay_out(width: int, height: int, banner: bool = False, notice: bool = False, calls: int | None = None) -> Layout:
    """The layout of a screen of `width` × `height` px, with or without banner and notice.

    Beside the large call stands a list of `calls` (0: of queues); None: nothing, it has the whole body.
    """
    portrait = height > width
    short, long = sorted((width, height))
    unit = min(short / 1080, long / 1920)
    heights = [150.0 if banner else 0.0, 0.0, 84.0 if notice else 0.0, 232.0 if portrait else 116.0]
    tops = [round(part * unit) for part in heights]
    body = Rect(0, tops[0], width, height - sum(tops))
    hero, called = body, Rect(body.right, body.y, 0, body.h)
    if calls is not None:
        share = 54 if calls <= ROWS else 42
        hero, called = body.rows((44, 56)) if portrait else body.columns((share, 100 - share))
    return Layout(
        unit=unit,
        banner=Rect(0, 0, width, tops[0]),
        hero=hero,
        calls=called,
        body=body,
        notice=Rect(0, body.bottom, width, tops[2]),
        footer=Rect(0, body.bottom + tops[2], width, tops[3]),
        portrait=portrait,
    )


@dataclass(frozen=True)
class Grid:
    """The list of calls on its page: a rectangle for each of `shown` (places in the list), which page of how many."""

    shown: tuple[int, ...]
    cells: tuple[Rect, ...]
    columns: int
    page: int
    pages: int


def call_grid(room: Rect, wanted: int, served: int, turn: int, gap: int) -> Grid:
    """Places in `room` for a list of `wanted` calls and then `served` ones: one column, or two `gap` px apart.

    Whoever is wanted stays where all can see him; those being served take turns in what room is left. Only when even
    the wanted ones do not fit do all take turns.
    """
    count = wanted + served
    columns = 1 if count <= ROWS else COLUMNS
    capacity = columns * ROWS
    staying = wanted if wanted < capacity else 0
    step = capacity - staying
    pages = max(1, -(-(count - staying) // step))
    page = turn % pages
    first = staying + page * step
    shown = (*range(staying), *range(first, min(count, first + step)))
    rows = ROWS if columns > 1 else max(5, count)
    cells = [cell for column in room.columns((1,) * columns, gap) for cell in column.rows((1,) * rows)]
    return Grid(shown, tuple(cells[: len(shown)]), columns, page, pages)


def card_grid(room: Rect, count: int, turn: int, capacity: int, gap: int) -> tuple[range, list[Rect]]:
    """Which of `count` desks are due on a counter's screen, and where: as square as `room` allows."""
    pages = max(1, -(-count // capacity))
    first = turn % pages * capacity
    due = range(first, min(count, first + capacity))
    across, down = _shape(len(due), room)
    cells = [cell for line in room.rows((1,) * down, gap) for cell in line.columns((1,) * across, gap)]
    return due, cells[: len(due)]


def _shape(count: int, room: Rect) -> tuple[int, int]:
    """Columns and rows for `count` cards that are as tall as they are wide, or nearly so."""
    shapes: Sequence[tuple[int, int]] = [(across, -(-count // across)) for across in range(1, count + 1)]
    return min(shapes, key=lambda shape: abs(math.log((room.w / shape[0]) / (1.3 * room.h / shape[1]))))


def arc_minutes(size: float, unit: float, shorter_side: int, inches: float = 43, metres: float = 15) -> float:
    """How large digits of `size` units are for an eye `metres` away from a 16:9 screen of `inches` diagonal, arcmin."""
    millimetres = inches * 25.4 * 9 / math.hypot(9, 16) * size * unit * DIGIT_HEIGHT / shorter_side
    return math.degrees(math.atan(millimetres / 1000 / metres)) * 60
