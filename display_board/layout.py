"""Where things stand on a screen of any size: rectangles in pixels.

Rules: pure; nothing overlaps and nothing leaves the screen; every length is a share of the unit, one 1080th of the
shorter side of a 16:9 screen, so that 720p and 4K look the same. The sizes of type follow from how far people sit:
the number is 330 units, so 236 units tall, which on a 43-inch screen (0.5 mm to the unit) is 117 mm: 27 minutes of arc
at 15 m, where an eye of half the normal sharpness needs 10. A list of five stands 44 mm tall: 10 minutes of arc.
"""

from dataclasses import dataclass

from appliance.display.geometry import Rect

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
    calm: Rect
    notice: Rect
    footer: Rect
    portrait: bool

    def px(self, units: float) -> int:
        """`units` in pixels, at least one."""
        return max(1, round(units * self.unit))


def lay_out(width: int, height: int, banner: bool = False, notice: bool = False, calls: int = 0) -> Layout:
    """The layout of a screen of `width` × `height` px, with or without banner and notice, beside a list of `calls`."""
    portrait = height > width
    short, long = sorted((width, height))
    unit = min(short / 1080, long / 1920)
    heights = [150.0 if banner else 0.0, 0.0, 76.0 if notice else 0.0, 208.0 if portrait else 104.0]
    tops = [round(part * unit) for part in heights]
    body = Rect(0, tops[0], width, height - sum(tops))
    share = 54 if calls <= ROWS else 46
    hero, called = body.rows((46, 54)) if portrait else body.columns((share, 100 - share))
    return Layout(
        unit=unit,
        banner=Rect(0, 0, width, tops[0]),
        hero=hero,
        calls=called,
        calm=body,
        notice=Rect(0, body.bottom, width, tops[2]),
        footer=Rect(0, body.bottom + tops[2], width, tops[3]),
        portrait=portrait,
    )


@dataclass(frozen=True)
class Grid:
    """The list of calls: a rectangle per call of the page that `turn` brings, and which calls these are."""

    first: int
    cells: tuple[Rect, ...]
    columns: int
    page: int
    pages: int


def call_grid(room: Rect, count: int, turn: int, gap: int) -> Grid:
    """Places for `count` calls in `room`: one column, or two and then turn by turn, `gap` px apart."""
    columns = 1 if count <= ROWS else COLUMNS
    capacity = columns * ROWS
    pages = max(1, -(-count // capacity))
    page = turn % pages
    shown = min(capacity, count - page * capacity)
    rows = min(ROWS, max(5, -(-count // columns)))
    cells = [cell for column in room.columns((1,) * columns, gap) for cell in column.rows((1,) * rows)]
    return Grid(page * capacity, tuple(cells[:shown]), columns, page, pages)
