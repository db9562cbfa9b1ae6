"""Start and list of fields: what have you come for?"""

from collections.abc import Sequence

from appliance.display import palette
from appliance.display.geometry import Rect
from appliance.wire.messages import QueueState
from appliance.wire.site import ServiceWords
from kiosk import words
from kiosk.catalogue import Field
from kiosk.events import AskedPriority, Chose, Leafed, Looked, Sought, Wanted, WentBack
from kiosk.pen import HEADING, UNDER_HEADING, Pen
from kiosk.sight import Sight

GAP = 16
TILE_HEIGHT = 158
"""The least height of a tile: two lines of name and one of figures."""
OWN_HEIGHT = 132
SEARCH_HEIGHT = 104


def start(pen: Pen, sight: Sight) -> None:
    """The first page: fields as tiles, the centre's own services, priority."""
    _question(pen, sight)
    _all_waiting(pen, sight)
    if sight.catalogue.own_services:
        _own_services(pen, sight, sight.catalogue.own_services)
    grid = _grid(pen, _room_for_fields(pen, sight), len(sight.catalogue.fields))
    if len(sight.catalogue.fields) <= len(grid):
        _tiles(pen, sight, grid, sight.catalogue.fields)
    else:
        shown = sight.catalogue.fields[: len(grid) - 1]
        _tiles(pen, sight, grid, shown)
        _more_tile(pen, sight, grid[-1], len(sight.catalogue.fields) - len(shown))
    _priority(pen, sight)


def fields(pen: Pen, sight: Sight) -> None:
    """The fields that the start page had no room for, in pages."""
    rest = pen.heading(sight.say(words.OTHERS), sight.say(words.TOUCH_FIELD))
    hidden = sight.catalogue.fields[_room_at_start(pen, sight) :]
    per_page = max(1, len(_grid(pen, rest, len(hidden))))
    pages = max(1, -(-len(hidden) // per_page))
    page = sight.flow.page % pages
    mine = hidden[page * per_page : (page + 1) * per_page]
    _tiles(pen, sight, _grid(pen, rest, len(mine)), mine)
    back, more = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    if pages > 1:
        turned = (page + 1) % pages
        said = words.NEXT_PAGE if turned else words.FIRST_PAGE
        pen.button(more, Leafed(turned), f"{sight.say(said)} ({page + 1}/{pages})", fill=palette.DEEP)


def _room_at_start(pen: Pen, sight: Sight) -> int:
    """How many fields the start page shows beside the tile for the others."""
    return len(_grid(pen, _room_for_fields(pen, sight), len(sight.catalogue.fields))) - 1


def _room_for_fields(pen: Pen, sight: Sight) -> Rect:
    """What heading, search box and the centre's own services leave of the start page."""
    has_search = len(sight.catalogue.procedures) > 0
    over = HEADING + UNDER_HEADING + 20 + (SEARCH_HEIGHT + GAP if has_search and not pen.lying else 0)
    under = OWN_HEIGHT + GAP if sight.catalogue.own_services else 0
    rest = pen.below(pen.px(over))
    return Rect(rest.x, rest.y, rest.w, rest.h - pen.px(under))


def _question(pen: Pen, sight: Sight) -> None:
    """What have you come for? And the box that opens the search: below, or beside it on a lying screen."""
    pen.say(sight.notice)
    if not len(sight.catalogue.procedures):
        pen.heading(sight.say(words.WHAT), sight.notice or sight.say(words.TOUCH_FIELD))
        return
    under, high = sight.notice or sight.say(words.TOUCH_OR_TYPE), pen.px(SEARCH_HEIGHT)
    if pen.lying:
        left, right = pen.body.columns((1, 1), pen.px(GAP))
        pen.heading(sight.say(words.WHAT), under, left.w)
        _invitation(pen, sight, Rect(right.x, right.y + pen.px(GAP), right.w, high))
    else:
        rest = pen.heading(sight.say(words.WHAT), under)
        _invitation(pen, sight, Rect(rest.x, rest.y, rest.w, high))


def _invitation(pen: Pen, sight: Sight, place: Rect) -> None:
    pen.label(search_frame(pen, place), sight.say(words.SEARCH_BOX), 34, palette.INK_2, down="middle")
    pen.target(place, Sought(), sight.say(words.SEARCH_ALOUD))


def search_frame(pen: Pen, place: Rect) -> Rect:
    """The box of the search with its lens; where the words stand in it."""
    pen.box(place, palette.PAPER, border=palette.DEEP_2, border_width=3)
    inner = place.inset(pen.px(28), pen.px(8))
    side = pen.px(48)
    pen.sign(Rect(inner.x, place.y + (place.h - side) // 2, side, side), "lens", palette.DEEP_2)
    return Rect(inner.x + side + pen.px(24), inner.y, inner.w - side - pen.px(24), inner.h)


def _grid(pen: Pen, room: Rect, count: int) -> list[Rect]:
    """Places for up to `count` tiles, as tall as the room allows, in reading order."""
    columns = 4 if pen.lying else 2
    fitting = max(1, (room.h + pen.px(GAP)) // pen.px(TILE_HEIGHT + GAP))
    rows = min(fitting, max(1, -(-count // columns)))
    high = min((room.h - (rows - 1) * pen.px(GAP)) // rows, pen.px(1.25 * TILE_HEIGHT))
    used = Rect(room.x, room.y, room.w, rows * high + (rows - 1) * pen.px(GAP))
    return [place for row in used.rows([1] * rows, pen.px(GAP)) for place in row.columns([1] * columns, pen.px(GAP))]


def _tiles(pen: Pen, sight: Sight, places: Sequence[Rect], shown: Sequence[Field]) -> None:
    for place, field in zip(places, shown, strict=False):
        figures = sight.waiting(field.queue)
        free = _is_free(sight.queues.get(field.queue))
        ink = palette.GO if free else palette.INK
        name, where = field.name.to(sight.flow.language), sight.places(field.queue)
        _tile(pen, place, name, (where, palette.INK_2), (figures, ink))
        only = field.services[0].id if len(field.services) == 1 else ""
        pen.target(place, Wanted(only) if only else Chose(field.id), name, where, figures)


def _is_free(queue: QueueState | None) -> bool:
    return queue is not None and queue.waiting == 0


def _tile(
    pen: Pen,
    place: Rect,
    name: str,
    left: tuple[str, palette.Colour],
    right: tuple[str, palette.Colour],
    fill: palette.Colour = palette.PAPER,
) -> None:
    pen.box(place, fill, border=palette.TINT_LINE if fill == palette.TINT else palette.LINE)
    inner = place.inset(pen.px(22), pen.px(14))
    foot = pen.line(27)
    pen.label(Rect(inner.x, inner.y, inner.w, inner.h - foot - pen.px(6)), name, 36, bold=True, lines=2)
    pen.pair(Rect(inner.x, inner.bottom - foot, inner.w, foot), left, right)


def _more_tile(pen: Pen, sight: Sight, place: Rect, count: int) -> None:
    name = sight.say(words.OTHER_FIELDS).format(n=count)
    _tile(pen, place, name, (sight.say(words.SEE_ALL), palette.INK), ("", palette.INK), palette.TINT)
    side = pen.px(56)
    pen.sign(Rect(place.right - side - pen.px(18), place.y + (place.h - side) // 2, side, side), "more", palette.INK)
    pen.target(place, Looked(), name)


def _own_services(pen: Pen, sight: Sight, services: Sequence[ServiceWords]) -> None:
    """A row above the footer for what belongs to no department."""
    high = pen.px(OWN_HEIGHT)
    row = Rect(pen.body.x, pen.body.bottom - high, pen.body.w, high)
    for place, service in zip(row.columns([1] * len(services), pen.px(GAP)), services, strict=True):
        pen.box(place, palette.TINT, border=palette.TINT_LINE)
        name = service.name.to(sight.flow.language)
        pen.label(place.inset(pen.px(12), pen.px(6)), name, 29, bold=True, down="middle", lines=3)
        pen.target(place, Wanted(service.id), name)


def _all_waiting(pen: Pen, sight: Sight) -> None:
    if not sight.queues or sight.left_s is not None:
        return
    total = sum(state.waiting for state in sight.queues.values())
    said = sight.say(words.ALL_WAITING).format(n=total)
    pen.label(pen.status, said, 29, palette.INK_2, across="middle", down="middle")


def _priority(pen: Pen, sight: Sight) -> None:
    if not sight.catalogue.groups:
        return
    chosen = sight.catalogue.group(sight.flow.group)
    pen.box(pen.actions, palette.CALL)
    inner = pen.actions.inset(pen.px(32), pen.px(10))
    sign, text = inner.columns((1, 14), pen.px(16)) if chosen else (inner, inner)
    low = pen.line(27)
    title, under = Rect(text.x, text.y, text.w, text.h - low), Rect(text.x, text.bottom - low, text.w, low)
    if chosen:
        pen.sign(sign.inset(0, (sign.h - pen.px(52)) // 2), "tick", palette.INK)
    said = chosen.name.to(sight.flow.language) if chosen else sight.say(words.PRIORITY_WHO)
    head = words.PRIORITY_CHOSEN if chosen else words.PRIORITY
    pen.label(title, sight.say(head), 36, bold=True, down="middle")
    pen.label(under, said, 27, down="middle")
    pen.target(pen.actions, AskedPriority(), sight.say(head), said)
