"""Service, priority, and the last look before a number is taken."""

from collections.abc import Sequence

from appliance.display.geometry import Rect
from kiosk import words
from kiosk.events import AskedPriority, Declared, Took, Wanted, WentBack, WentHome
from kiosk.leaves import Block
from kiosk.pages.card import Zone, card, facts, pages, papers, stacked, text, told
from kiosk.pages.rows import Row, choices, row, turn
from kiosk.pen import GAP, LEAST, Pen
from kiosk.sight import Sight


def services(pen: Pen, sight: Sight) -> None:
    """What can be done in a field."""
    field = sight.catalogue.field(sight.flow.field)
    if field is None:
        gone(pen, sight)
        return
    name = field.name.to(sight.flow.language)
    rest = pen.heading(sight.say(words.WHICH_SERVICE), name)
    pen.say(name)
    if not pen.large:  # in large words the facts stand on the next page, where one decides
        rest = _queue_card(pen, sight, field.queue, rest)
    rows = [
        Row(service.name.to(sight.flow.language), Wanted(service.id), sight.say(words.HINTS[service.type]))
        if service.type in words.HINTS
        else Row(service.name.to(sight.flow.language), Wanted(service.id))
        for service in field.services
    ]
    count = choices(pen, sight.flow.page, rest, rows)
    back, more = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    if count > 1:
        turn(pen, more, sight.flow.page, count)


def priority(pen: Pen, sight: Sight) -> None:
    """Which group somebody belongs to."""
    rest = pen.heading(sight.say(words.PRIORITY_WHICH))
    pen.say(sight.say(words.PRIORITY_HOW))
    rows = [
        Row(group.name.to(sight.flow.language), Declared(group.id), chosen=group.id == sight.flow.group)
        for group in sight.catalogue.groups
    ]
    long = pen.large or choices(pen.blank(), 0, rest, rows, note=sight.say(words.PRIORITY_HOW)) > 1
    if long:  # where the list goes on over leaves, the button that turns them has the main place
        rows.append(Row(sight.say(words.PRIORITY_NONE), Declared("")))
    count = choices(pen, sight.flow.page, rest, rows, note=sight.say(words.PRIORITY_HOW))
    back, main = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    if not long:
        pen.button(main, Declared(""), sight.say(words.PRIORITY_NONE))
    elif count > 1:
        turn(pen, main, sight.flow.page, count)


def review(pen: Pen, sight: Sight) -> None:
    """Everything that matters before the number is taken, and the button that takes it."""
    service = sight.catalogue.service(sight.flow.service)
    if service is None:
        gone(pen, sight)
        return
    rest = pen.heading(sight.say(words.REVIEW))
    field, inner = sight.catalogue.field(service.department), rest.w - 2 * pen.px(40)
    called = field.name.to(sight.flow.language) if field else ""

    def told_in(size: int, value: int) -> list[list[Zone]]:
        over = text(pen, inner, called, 36, pen.colours.ink_2, lines=2)
        name = text(pen, inner, service.name.to(sight.flow.language), size, bold=True, lines=2)
        queue = told(pen, inner, facts(sight, service.queue), size=value)
        return [[stacked([over, name]), *queue, *papers(pen, inner, service.bring)]]

    last_look(pen, sight, rest, [told_in(42, 50)] if pen.titled else [told_in(64, 50), told_in(42, 38)])


def last_look(pen: Pen, sight: Sight, room: Rect, ways: Sequence[Sequence[Sequence[Zone]]]) -> None:
    """What is told, in the first of `ways` that fits one leaf, the offer of priority below it, the last two choices."""
    band = _priority_band(pen, sight, room.w) if sight.catalogue.groups else None
    low = band.height if band else 0
    over = Rect(room.x, room.y, room.w, room.h - low - pen.px(GAP) if band else room.h)
    columns = next((each for each in ways if pages(pen, over, each) == 1), ways[0])
    if band is None:
        card(pen, over, columns, sight.flow.page)
    else:
        place = Rect(room.x, room.bottom - low, room.w, low)
        beside = place.columns((3, 2), pen.px(GAP)) if pen.titled else None
        count = card(pen, over, columns, sight.flow.page, turner=beside[1] if beside else None)
        band.draw(beside[0] if beside and count > 1 else place)
    back, take = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    pen.button(take, Took(""), sight.say(words.TAKE), size=48, kind="go")


def gone(pen: Pen, sight: Sight) -> None:
    """What was chosen is not on offer any more."""
    title, about = words.SORRY_GONE
    rest = pen.heading(sight.say(title))
    pen.filled(rest, sight.say(about), 36)
    pen.say(sight.say(about))
    pen.button(pen.actions, WentHome(), sight.say(words.TRY_AGAIN), kind="main")


def _queue_card(pen: Pen, sight: Sight, queue: str, rest: Rect) -> Rect:
    """The facts of a queue side by side; what is left below."""
    (zone,) = told(pen, rest.w - 2 * pen.px(32), facts(sight, queue), across=True)
    place = Rect(rest.x, rest.y, rest.w, zone.height + 2 * pen.px(24))
    pen.box(place, pen.colours.tint, border=pen.colours.tint_line)
    zone.draw(place.inset(pen.px(32), pen.px(24)))
    return Rect(rest.x, place.bottom + pen.px(GAP), rest.w, rest.bottom - place.bottom - pen.px(GAP))


def _priority_band(pen: Pen, sight: Sight, width: int) -> Block:
    """The chosen group, or the offer to declare one."""
    chosen = sight.catalogue.group(sight.flow.group)
    if chosen is None:
        mine = Row(sight.say(words.PRIORITY), AskedPriority(), sight.say(words.PRIORITY_WHO))
    else:
        name = chosen.name.to(sight.flow.language)
        mine = Row(name if pen.large else f"{sight.say(words.PRIORITY_CHOSEN)}: {name}", AskedPriority(), chosen=True)
    size, hinted = (LEAST, False) if pen.large else (42, True)
    return row(pen, width * 3 // 5 if pen.titled else width, mine, size, hinted)
