"""Service, priority, and the last look before a number is taken."""

from appliance.display.geometry import Rect
from kiosk import words
from kiosk.events import AskedPriority, Declared, Took, Wanted, WentBack, WentHome
from kiosk.pages.card import Zone, card, facts, papers, stacked, text, told
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
    pages = choices(pen, sight.flow.page, rest, rows)
    back, more = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    if pages > 1:
        turn(pen, more, sight.flow.page, pages)


def priority(pen: Pen, sight: Sight) -> None:
    """Which group somebody belongs to."""
    rest = pen.heading(sight.say(words.PRIORITY_WHICH))
    pen.say(sight.say(words.PRIORITY_HOW))
    rows = [
        Row(group.name.to(sight.flow.language), Declared(group.id), chosen=group.id == sight.flow.group)
        for group in sight.catalogue.groups
    ]
    choices(pen, sight.flow.page, rest, rows, note=sight.say(words.PRIORITY_HOW), turned_here=True)
    back, none = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    pen.button(none, Declared(""), sight.say(words.PRIORITY_NONE))


def review(pen: Pen, sight: Sight) -> None:
    """Everything that matters before the number is taken, and the button that takes it."""
    service = sight.catalogue.service(sight.flow.service)
    if service is None:
        gone(pen, sight)
        return
    rest = pen.heading(sight.say(words.REVIEW))
    rest = priority_band(pen, sight, rest)
    field, inner = sight.catalogue.field(service.department), rest.w - 2 * pen.px(40)
    called = field.name.to(sight.flow.language) if field else ""
    zones: list[Zone] = [
        stacked(
            [
                text(pen, inner, called, 36, pen.colours.ink_2, lines=2),
                text(pen, inner, service.name.to(sight.flow.language), 64, bold=True, lines=2),
            ]
        ),
        *told(pen, inner, facts(sight, service.queue)),
        *papers(pen, inner, service.bring),
    ]
    card(pen, rest, [zones], sight.flow.page)
    take_or_back(pen, sight)


def take_or_back(pen: Pen, sight: Sight) -> None:
    """The last two choices."""
    back, take = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    pen.button(take, Took(""), sight.say(words.TAKE), size=48, kind="go")


def gone(pen: Pen, sight: Sight) -> None:
    """What was chosen is not on offer any more."""
    title, about = words.SORRY_GONE
    rest = pen.heading(sight.say(title))
    pen.label(rest, sight.say(about), 36, lines=8)
    pen.say(sight.say(about))
    pen.button(pen.actions, WentHome(), sight.say(words.TRY_AGAIN), kind="main")


def _queue_card(pen: Pen, sight: Sight, queue: str, rest: Rect) -> Rect:
    """The facts of a queue side by side; what is left below."""
    (zone,) = told(pen, rest.w - 2 * pen.px(32), facts(sight, queue), across=True)
    place = Rect(rest.x, rest.y, rest.w, zone.height + 2 * pen.px(24))
    pen.box(place, pen.colours.tint, border=pen.colours.tint_line)
    zone.draw(place.inset(pen.px(32), pen.px(24)))
    return Rect(rest.x, place.bottom + pen.px(GAP), rest.w, rest.bottom - place.bottom - pen.px(GAP))


def priority_band(pen: Pen, sight: Sight, rest: Rect) -> Rect:
    """The chosen group, or the offer to declare one, above the actions; what is left above."""
    if not sight.catalogue.groups:
        return rest
    chosen = sight.catalogue.group(sight.flow.group)
    if chosen is None:
        mine = Row(sight.say(words.PRIORITY), AskedPriority(), sight.say(words.PRIORITY_WHO))
    else:
        name = chosen.name.to(sight.flow.language)
        mine = Row(name if pen.large else f"{sight.say(words.PRIORITY_CHOSEN)}: {name}", AskedPriority(), chosen=True)
    size, hinted = (LEAST, False) if pen.large else (42, True)
    block = row(pen, rest.w, mine, size, hinted)
    band = Rect(rest.x, rest.bottom - block.height, rest.w, block.height)
    block.draw(band)
    return Rect(rest.x, rest.y, rest.w, rest.h - band.h - pen.px(GAP))
