"""What the centre offers, as tiles in a grid: a name, where it is, how many wait and for how long.

Rules: pure; a row is as tall as its longest name needs; what has no room on a page is on a later leaf of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.display.geometry import Rect
from appliance.wire.messages import QueueState, WaitRange
from appliance.wire.site import ServiceWords
from kiosk import phrases
from kiosk.catalogue import Field
from kiosk.events import Chose, Event, Wanted
from kiosk.leaves import leaves
from kiosk.pen import GAP, LEAST, Pen
from kiosk.sight import Sight

HEIGHT, LARGE_HEIGHT = 158, 240
"""The least height of a tile: two lines of name and one of figures."""
_NAMES = (36, 33, 30, 27)
"""How large the names may be: the first of these that shows as many tiles as the last one would."""
_MOST = 1.25
"""How much taller than needed a tile may be."""


@dataclass(frozen=True)
class Tile:
    """One thing on offer. `free`: nobody waits; `apart`: it is none of the departments'."""

    name: str
    event: Event
    where: str = ""
    figures: str = ""
    free: bool = False
    apart: bool = False
    leads_on: bool = False


def of_field(sight: Sight, field: Field, short: bool) -> Tile:
    """A department by the name that citizens know; `short`: of its queue the most telling figure only."""
    only = field.services[0].id if len(field.services) == 1 else ""
    return Tile(
        field.name.to(sight.flow.language),
        Wanted(only) if only else Chose(field.id),
        "" if short else sight.places(field.queue),
        _short(sight, field.queue) if short else sight.waiting(field.queue),
        free=_is_free(sight.queues.get(field.queue)),
    )


def of_service(sight: Sight, service: ServiceWords) -> Tile:
    """A service of the centre itself."""
    return Tile(
        service.name.to(sight.flow.language),
        Wanted(service.id),
        figures=_short(sight, service.queue),
        free=_is_free(sight.queues.get(service.queue)),
        apart=True,
    )


def _short(sight: Sight, queue: str) -> str:
    state = sight.queues.get(queue)
    if state is not None and state.waiting and isinstance(state.wait, WaitRange):
        return phrases.minutes(state.wait, sight.flow.language)
    return sight.waiting(queue)


def _is_free(queue: QueueState | None) -> bool:
    return queue is not None and queue.waiting == 0


class Grid:
    """`tiles` in rows of as many columns as the page is wide, leaf by leaf in `room`."""

    def __init__(self, pen: Pen, tiles: Sequence[Tile], room: Rect) -> None:
        self._pen, self._room = pen, room
        self._columns = (3 if pen.large else 4) if pen.lying else 2
        self._width = (room.w - (self._columns - 1) * pen.px(GAP)) // self._columns
        self._rows = [tiles[start : start + self._columns] for start in range(0, len(tiles), self._columns)]
        fewest = len(self._laid(_NAMES[-1])[1][0])
        self._size = next(size for size in _NAMES if len(self._laid(size)[1][0]) >= fewest)
        self._heights, self._leaves = self._laid(self._size)

    def _laid(self, size: int) -> tuple[list[int], list[range]]:
        """How tall the rows are with names of `size`, and which of them stand on which leaf."""
        heights = [max(self._needed(tile, size) for tile in row) for row in self._rows]
        return heights, leaves(heights, self._room.h, self._pen.px(GAP))

    @property
    def pages(self) -> int:
        """How many leaves there are."""
        return len(self._leaves)

    @property
    def first(self) -> int:
        """How many places the first leaf has."""
        return len(self._leaves[0]) * self._columns

    def draw(self, page: int) -> None:
        """Draw one leaf."""
        mine, gap = self._leaves[page % self.pages], self._pen.px(GAP)
        heights = [self._heights[index] for index in mine]
        spare = max(0, self._room.h - sum(heights) - gap * (len(heights) - 1)) // max(1, len(heights))
        top = self._room.y
        for index, height in zip(mine, heights, strict=True):
            high = min(height + spare, round(_MOST * height))
            row = Rect(self._room.x, top, self._room.w, high)
            for place, tile in zip(row.columns([1] * self._columns, gap), self._rows[index], strict=False):
                _draw(self._pen, place, tile, self._size)
            top += high + gap

    def _needed(self, tile: Tile, size: int) -> int:
        pen = self._pen
        inner = self._width - 2 * pen.px(22)
        name = pen.measure(tile.name, size, inner - _sign(pen, tile), bold=True, lines=2).height
        foot = len(_foot(pen, tile, inner)) * pen.line(LEAST)
        return max(pen.px(LARGE_HEIGHT if pen.large else HEIGHT), name + foot + pen.px(6) + 2 * pen.px(14))


def _foot(pen: Pen, tile: Tile, width: int) -> list[tuple[str, str]]:
    """The lines below the name, each with a left and a right part; a place too long for them is told later."""
    if tile.where and tile.figures and pen.side_by_side(tile.where, tile.figures, width):
        return [(tile.where, tile.figures)]
    where = tile.where if pen.wide(tile.where, LEAST) <= width - _sign(pen, tile) else ""
    return [line for line in ((where, ""), ("", tile.figures)) if any(line)]


def _sign(pen: Pen, tile: Tile) -> int:
    return pen.px(56) if tile.leads_on else 0


def _draw(pen: Pen, place: Rect, tile: Tile, size: int) -> None:
    colours = pen.colours
    fill, border = (colours.tint, colours.tint_line) if tile.apart else (colours.paper, colours.line)
    pen.box(place, fill, border=border)
    inner = place.inset(pen.px(22), pen.px(14))
    side = _sign(pen, tile)
    foot, low = _foot(pen, tile, inner.w), pen.line(LEAST)
    name = pen.measure(tile.name, size, inner.w - side, bold=True, lines=2)
    over = Rect(inner.x, inner.y, inner.w - side, inner.h - len(foot) * low - pen.px(6))
    pen.label(over, tile.name, size, bold=True, lines=name.lines)
    if side:
        pen.sign(Rect(inner.right - side, place.y + (place.h - side) // 2, side, side), "more", colours.ink)
    for index, (where, figures) in enumerate(foot):
        line = Rect(inner.x, inner.bottom - (len(foot) - index) * low, inner.w - side, low)
        pen.pair(line, (where, colours.ink_2), (figures, colours.go if tile.free else colours.ink))
    pen.target(place, tile.event, tile.name, tile.where, tile.figures)
