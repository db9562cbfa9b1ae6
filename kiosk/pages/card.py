"""One card that tells what matters, zone below zone, and goes on over leaves where it is long.

Rules: pure; a zone is measured before it is drawn; what is told on a leaf is said aloud with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from appliance.display.geometry import Rect
from appliance.display.palette import Colour
from appliance.sound.said import Said
from appliance.wire.messages import WaitRange
from kiosk import phrases, words
from kiosk.leaves import leaves
from kiosk.pages.rows import TURNER, turn
from kiosk.pen import GAP, Pen
from kiosk.sight import Sight

_ACROSS, _DOWN = 40, 16
_AIR = 14
"""What a zone keeps free above and below its words."""
_MOST_AIR = 88


@dataclass(frozen=True)
class Zone:
    """Words `height` px tall. `begins`: a line parts it from what stands above.

    `parts` are what it may be taken apart into where no leaf has room for all of it.
    """

    height: int
    draw: Callable[[Rect], None]
    begins: bool = True
    parts: tuple["Zone", ...] = ()


def card(pen: Pen, room: Rect, columns: Sequence[Sequence[Zone]], page: int, *, turner: Rect | None = None) -> int:
    """A card with `columns` of zones side by side, each leaf by leaf; how many leaves there are.

    The button that turns them stands at `turner`, or takes its room from the card.
    """
    columns = _apart(pen, room.h - pen.px(TURNER + GAP), columns)
    found = _leaved(pen, room.h, columns)
    count = max(map(len, found))
    if count > 1:
        place = turner or Rect(room.x, room.bottom - pen.px(TURNER), room.w, pen.px(TURNER))
        room = room if turner else Rect(room.x, room.y, room.w, room.h - place.h - pen.px(GAP))
        found = _leaved(pen, room.h, columns)
        count = max(map(len, found))
        turn(pen, place, page, count, kind="soft")
    pen.card(room)
    inner = room.inset(pen.px(_ACROSS), pen.px(_DOWN))
    parts = inner.columns((8, 5) if len(columns) > 1 else (1,), pen.px(64))
    for index, (zones, runs, part) in enumerate(zip(columns, found, parts, strict=True)):
        if index:
            pen.rule(Rect(part.x - pen.px(32), part.y, pen.px(2), part.h))
        mine = [zones[each] for each in runs[page % count]] if page % count < len(runs) else []
        _draw(pen, mine, part)
    return count


def pages(pen: Pen, room: Rect, columns: Sequence[Sequence[Zone]]) -> int:
    """How many leaves a card of `columns` has."""
    return max(map(len, _leaved(pen, room.h, _apart(pen, room.h - pen.px(TURNER + GAP), columns))))


def _apart(pen: Pen, high: int, columns: Sequence[Sequence[Zone]]) -> list[list[Zone]]:
    """The columns with every zone that is too tall for a leaf of `high` px taken apart."""
    most = high - 2 * pen.px(_DOWN + _AIR)
    return [[part for zone in column for part in (zone.parts if zone.height > most else (zone,)) or (zone,)]
            for column in columns]  # fmt: skip


def _leaved(pen: Pen, high: int, columns: Sequence[Sequence[Zone]]) -> list[list[range]]:
    heights = [[zone.height + 2 * pen.px(_AIR) for zone in column] for column in columns]
    return [leaves(column, high - 2 * pen.px(_DOWN), 0) for column in heights]


def _draw(pen: Pen, zones: Sequence[Zone], room: Rect) -> None:
    air = pen.px(_AIR)
    spare = room.h - sum(zone.height + 2 * air for zone in zones)
    more = min(max(0, spare) // max(1, 2 * len(zones)), pen.px(_MOST_AIR))
    top = room.y
    for index, zone in enumerate(zones):
        around = air + more
        if index and zone.begins:
            pen.rule(Rect(room.x, top, room.w, pen.px(2)))
        zone.draw(Rect(room.x, top + around, room.w, zone.height))
        top += zone.height + 2 * around


def text(
    pen: Pen,
    width: int,
    said: str,
    size: int,
    colour: Colour | None = None,
    *,
    bold: bool = False,
    lines: int = 3,
    begins: bool = False,
    aloud: Said | None = None,
) -> Zone:
    """Words, `width` px wide."""

    def draw(place: Rect) -> None:
        pen.say(aloud or said)
        pen.paragraph(place, said, size, colour, bold=bold, lines=lines, even=bold)

    return Zone(pen.measure(said, size, width, bold=bold, lines=lines).height, draw, begins)


def stacked(zones: Sequence[Zone], gap: int = 0) -> Zone:
    """Several zones as one that stays together."""
    mine = [zone for zone in zones if zone.height]

    def draw(place: Rect) -> None:
        top = place.y
        for zone in mine:
            zone.draw(Rect(place.x, top, place.w, zone.height))
            top += zone.height + gap

    return Zone(sum(zone.height for zone in mine) + gap * max(0, len(mine) - 1), draw, parts=tuple(mine))


# ------------------------------------------------------------------------------------------- the facts of a queue


def facts(sight: Sight, queue: str) -> list[tuple[str, str]]:
    """Where, how many wait, and how long it will take where that is known."""
    said = [(sight.say(words.COUNTERS), sight.places(queue))]
    state = sight.queues.get(queue)
    if state is not None:
        said.append((sight.say(words.NOW_WAITING), phrases.people(state.waiting, sight.flow.language)))
        if isinstance(state.wait, WaitRange):
            said.append((sight.say(words.EXPECT), phrases.minutes(state.wait, sight.flow.language)))
    return [(name, value) for name, value in said if value]


def told(
    pen: Pen, width: int, said: Sequence[tuple[str, str]], *, size: int = 50, across: bool | None = None
) -> list[Zone]:
    """Facts as zones, with values of `size`: side by side, or in large words one below the other."""
    across = pen.lying or not pen.large if across is None else across
    return [_columns(pen, width, said, 36 if pen.titled else size)] if across else _below(pen, width, said)


def _columns(pen: Pen, width: int, said: Sequence[tuple[str, str]], size: int) -> Zone:
    """A small name above a large value, one fact beside the other, each as wide as it needs where there is room."""
    gap = pen.px(GAP)
    room = width - gap * (len(said) - 1)

    def needed(size: int) -> list[int]:
        return [max(pen.wide(name, 27), pen.wide(value, size, bold=True)) for name, value in said]

    size = next((each for each in (size, 42, 36) if each <= size and sum(needed(each)) <= room), size)
    spare = (room - sum(needed(size))) / len(said)
    shares = [each + spare for each in needed(size)] if spare >= 0 else [1.0] * len(said)
    cells = Rect(0, 0, width, 0).columns(shares, gap)
    told = list(zip(cells, said, strict=True))
    over = max(pen.measure(name, 27, cell.w, lines=2).height for cell, (name, _) in told)
    under = max(pen.measure(value, size, cell.w, bold=True, lines=2).height for cell, (_, value) in told)

    def draw(place: Rect) -> None:
        _say(pen, said)
        for cell, (name, value) in told:
            left = place.x + cell.x
            pen.paragraph(Rect(left, place.y, cell.w, over), name, 27, pen.colours.ink_2, lines=2)
            pen.paragraph(Rect(left, place.y + over, cell.w, under), value, size, bold=True, lines=2)

    return Zone(over + under, draw)


def _below(pen: Pen, width: int, said: Sequence[tuple[str, str]]) -> list[Zone]:
    zones = []
    for index, (name, value) in enumerate(said):
        zones.append(_fact(pen, width, name, value, index == 0))
    return zones


def _fact(pen: Pen, width: int, name: str, value: str, begins: bool) -> Zone:
    beside = pen.side_by_side(name, value, width)
    over = pen.line(27) if beside else pen.measure(name, 27, width, lines=2).height
    under = 0 if beside else pen.measure(value, 36, width, bold=True, lines=2).height

    def draw(place: Rect) -> None:
        _say(pen, [(name, value)])
        line = Rect(place.x, place.y, place.w, over)
        if beside:
            pen.pair(line, (name, pen.colours.ink_2), (value, pen.colours.ink))
            return
        pen.paragraph(line, name, 27, pen.colours.ink_2, lines=2)
        pen.paragraph(Rect(place.x, line.bottom, place.w, under), value, 36, bold=True, lines=2)

    return Zone(over + under, draw, begins)


def _say(pen: Pen, said: Sequence[tuple[str, str]]) -> None:
    pen.say(*(f"{name}: {value}" for name, value in said))


# ---------------------------------------------------------------------------------------------- what to have ready


def papers(pen: Pen, width: int, bring: str, size: int = 34) -> list[Zone]:
    """What to bring, one paper to a line; the papers are separated by `;`."""
    listed = [paper.strip() for paper in bring.split(";") if paper.strip()]
    if not listed:
        return []
    head = text(pen, width, words.BRING.to(pen.language), 27, pen.colours.ink_2)
    mark = "• " if len(listed) > 1 else ""
    lines = [
        text(pen, width, f"{mark}{paper[:1].upper()}{paper[1:]}", size, aloud=Said(paper, "vi")) for paper in listed
    ]
    if not pen.large:
        return [stacked([head, *lines])]
    first = stacked([head, lines[0]])
    return [first, *lines[1:]]
