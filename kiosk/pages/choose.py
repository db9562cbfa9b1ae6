"""Start and list of fields: what have you come for?"""

from collections.abc import Sequence

from appliance.display.geometry import Rect
from appliance.wire.site import ServiceWords
from kiosk import appointment_words, words
from kiosk.events import AskedPriority, Looked, Sought, Wanted, WentBack
from kiosk.pages.rows import turn
from kiosk.pages.tiles import Grid, Tile, of_field, of_service
from kiosk.pen import GAP, Pen
from kiosk.sight import Sight

OWN_HEIGHT = 132
SEARCH_HEIGHT = 104
_MOST_OWN = 5
"""More services of the centre's own than this do not stand side by side."""


def start(pen: Pen, sight: Sight) -> None:
    """The first page: fields as tiles, the centre's own services, priority."""
    room = _top(pen, sight)
    _all_waiting(pen, sight)
    if _own_stand_apart(pen, sight):
        _own_services(pen, sight.catalogue.own_services)
    tiles = _tiles(pen, sight)
    shown = _shown_at_start(pen, tiles, room)
    if shown < len(tiles):
        tiles = [*tiles[:shown], _more(sight, tiles[shown:])]
    if tiles:
        Grid(pen, tiles, room).draw(0)
    main = pen.actions
    if pen.titled and len(sight.catalogue.procedures):
        main, beside = main.columns((3, 2), pen.px(GAP))
        _invitation(pen, sight, beside if sight.catalogue.groups else pen.actions)
    if sight.catalogue.groups:
        _priority(pen, sight, main)


def fields(pen: Pen, sight: Sight) -> None:
    """What the start page had no room for, in leaves."""
    tiles = _tiles(pen, sight)
    blank = pen.blank()
    hidden = tiles[_shown_at_start(blank, tiles, _top(blank, sight)) :]
    rest = pen.heading(sight.say(words.OTHERS if not any(tile.apart for tile in hidden) else words.OTHER_THINGS))
    grid = Grid(pen, hidden, rest)
    grid.draw(sight.flow.page)
    back, more = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    if grid.pages > 1:
        turn(pen, more, sight.flow.page, grid.pages)


def _tiles(pen: Pen, sight: Sight) -> list[Tile]:
    own = () if _own_stand_apart(pen, sight) else sight.catalogue.own_services
    return [
        *(of_field(sight, field, short=pen.large) for field in sight.catalogue.fields),
        *(of_service(sight, service) for service in own),
    ]


def _shown_at_start(pen: Pen, tiles: Sequence[Tile], room: Rect) -> int:
    """How many tiles the start page shows: all, or all but one of its places, which is for the others."""
    if not tiles:
        return 0
    grid = Grid(pen, tiles, room)
    return len(tiles) if grid.pages == 1 else grid.first - 1


def _more(sight: Sight, hidden: Sequence[Tile]) -> Tile:
    text = words.MORE_THINGS if any(tile.apart for tile in hidden) else words.OTHER_FIELDS
    name, where = sight.say(text).format(n=len(hidden)), sight.say(words.SEE_ALL)
    return Tile(name, Looked(), where, apart=True, leads_on=True)


# ------------------------------------------------------------------------------------------------ above the tiles


def _top(pen: Pen, sight: Sight) -> Rect:
    """What have you come for? And the box that opens the search: below, or beside on a lying screen. What is left.

    In large words on a lying screen that box stands low, beside the priority.
    """
    pen.say(sight.notice)
    has_search = len(sight.catalogue.procedures) > 0
    how = sight.say(words.TOUCH_OR_TYPE if has_search else words.TOUCH_FIELD)
    under = sight.notice or ("" if pen.large else how)
    gap, high = pen.px(GAP), pen.px(SEARCH_HEIGHT)
    if not has_search or pen.titled:
        rest = pen.heading(sight.say(words.WHAT), under)
    elif pen.lying:
        left, right = pen.body.columns((1, 1), gap)
        rest = pen.heading(sight.say(words.WHAT), under, left.w)
        top = right.y + max(0, (rest.y - right.y - pen.px(20) - high) // 2)
        _invitation(pen, sight, Rect(right.x, top, right.w, high))
        rest = pen.below(max(rest.y, top + high + gap) - pen.body.y)
    else:
        rest = pen.heading(sight.say(words.WHAT), under)
        _invitation(pen, sight, Rect(rest.x, rest.y, rest.w, high))
        rest = Rect(rest.x, rest.y + high + gap, rest.w, rest.h - high - gap)
    low = pen.px(OWN_HEIGHT + GAP) if _own_stand_apart(pen, sight) else 0
    return Rect(rest.x, rest.y, rest.w, rest.h - low)


def _invitation(pen: Pen, sight: Sight, place: Rect) -> None:
    inner = search_frame(pen, place)
    said = sight.say(words.SEARCH_BOX)
    if pen.measure(said, 34, inner.w).lines > 1:
        said = sight.say(words.SEARCH_SHORT)
    pen.label(inner, said, 34, pen.colours.ink_2, down="middle")
    pen.target(place, Sought(), sight.say(words.SEARCH_ALOUD))


def search_frame(pen: Pen, place: Rect) -> Rect:
    """The box of the search with its lens; where the words stand in it."""
    pen.box(place, pen.colours.paper, border=pen.colours.accent)
    inner = place.inset(pen.px(28), pen.px(8))
    side = pen.px(64 if pen.large else 48)
    pen.sign(Rect(inner.x, place.y + (place.h - side) // 2, side, side), "lens", pen.colours.accent)
    return Rect(inner.x + side + pen.px(24), inner.y, inner.w - side - pen.px(24), inner.h)


# ------------------------------------------------------------------------------------------------ below the tiles


def _own_stand_apart(pen: Pen, sight: Sight) -> bool:
    """Whether the centre's own services fit a row of their own: in large words they go on after the fields."""
    return not pen.large and 0 < len(sight.catalogue.own_services) <= _MOST_OWN and _fits_row(pen, sight)


def _fits_row(pen: Pen, sight: Sight) -> bool:
    services = sight.catalogue.own_services
    wide = (pen.body.w - (len(services) - 1) * pen.px(GAP)) // len(services) - 2 * pen.px(12)
    high = pen.px(OWN_HEIGHT) - 2 * pen.px(6)
    names = (service.name.to(sight.flow.language) for service in services)
    return all(pen.measure(name, 29, wide, bold=True, lines=3).height <= high for name in names)


def _own_services(pen: Pen, services: Sequence[ServiceWords]) -> None:
    """A row above the footer for what belongs to no department."""
    high = pen.px(OWN_HEIGHT)
    row = Rect(pen.body.x, pen.body.bottom - high, pen.body.w, high)
    for place, service in zip(row.columns([1] * len(services), pen.px(GAP)), services, strict=True):
        pen.box(place, pen.colours.tint, border=pen.colours.tint_line)
        name = service.name.to(pen.language)
        pen.label(place.inset(pen.px(12), pen.px(6)), name, 29, bold=True, down="middle", lines=3)
        pen.target(place, Wanted(service.id), name)


def _all_waiting(pen: Pen, sight: Sight) -> None:
    """How full the hall is; or, where the scanner takes appointments, what to do with one."""
    if sight.left_s is not None or sight.flow.remark or pen.large:
        return
    total = sum(state.waiting for state in sight.queues.values())
    said = sight.say(words.ALL_WAITING).format(n=total) if sight.queues else ""
    if sight.catalogue.checks_in:
        said = sight.say(appointment_words.HINT)
    pen.label(pen.status, said, 29, pen.colours.ink_2, across="middle", down="middle")


def _priority(pen: Pen, sight: Sight, place: Rect) -> None:
    """The way to the priority groups, or the one that was chosen."""
    chosen, ink = sight.catalogue.group(sight.flow.group), pen.colours.on_call
    pen.box(place, pen.colours.call)
    inner = place.inset(pen.px(24), pen.px(10))
    sign, text = inner.columns((1, 14), pen.px(16)) if chosen else (inner, inner)
    if chosen:
        pen.sign(sign.inset(0, (sign.h - pen.px(52)) // 2), "tick", ink)
    said = chosen.name.to(sight.flow.language) if chosen else sight.say(words.PRIORITY_WHO)
    head = sight.say(words.PRIORITY_CHOSEN if chosen else words.PRIORITY)
    if pen.large:
        pen.label(text, said if chosen else head, 36, ink, bold=True, down="middle", lines=2)
    else:
        low = pen.line(27)
        pen.label(Rect(text.x, text.y, text.w, text.h - low), head, 36, ink, bold=True, down="middle")
        pen.label(Rect(text.x, text.bottom - low, text.w, low), said, 27, ink, down="middle")
    pen.target(place, AskedPriority(), head, said)
