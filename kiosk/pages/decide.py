"""Service, priority, and the last look before a number is taken."""

from collections.abc import Sequence

from appliance.display import palette
from appliance.display.geometry import Rect
from appliance.sound.said import Said
from appliance.wire.messages import WaitRange
from appliance.wire.site import ServiceWords
from kiosk import phrases, words
from kiosk.events import AskedPriority, Declared, Event, Took, Wanted, WentBack, WentHome
from kiosk.pages.choose import GAP
from kiosk.pen import Pen
from kiosk.sight import Sight

ROW_HEIGHT = 250
"""The greatest height of a row that is one choice."""


def services(pen: Pen, sight: Sight) -> None:
    """What can be done in a field."""
    field = sight.catalogue.field(sight.flow.field)
    if field is None:
        gone(pen, sight)
        return
    name = field.name.to(sight.flow.language)
    rest = pen.heading(sight.say(words.WHICH_SERVICE), name)
    pen.say(name)
    rest = _queue_card(pen, sight, field.queue, rest)
    places = _low_rows(pen, rest, len(field.services))
    for place, service in zip(places, field.services, strict=True):
        hint = words.HINTS.get(service.type)
        _row(pen, place, service.name.to(sight.flow.language), sight.say(hint) if hint else "", Wanted(service.id))
    back, _ = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)


def priority(pen: Pen, sight: Sight) -> None:
    """Which group somebody belongs to."""
    rest = pen.heading(sight.say(words.PRIORITY_WHICH))
    note = Rect(rest.x, rest.y, rest.w, 2 * pen.line(31))
    pen.label(note, sight.say(words.PRIORITY_HOW), 31, palette.INK_2, lines=2)
    pen.say(sight.say(words.PRIORITY_HOW))
    rest = Rect(rest.x, note.bottom + pen.px(GAP), rest.w, rest.bottom - note.bottom - pen.px(GAP))
    for place, group in zip(_low_rows(pen, rest, len(sight.catalogue.groups)), sight.catalogue.groups, strict=True):
        chosen = group.id == sight.flow.group
        _row(pen, place, group.name.to(sight.flow.language), "", Declared(group.id), chosen=chosen)
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
    if sight.catalogue.groups:
        rest = priority_band(pen, sight, rest)
    _summary(pen, sight, service, rest)
    back, take = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    pen.button(take, Took(""), sight.say(words.TAKE), size=48, fill=palette.GO)


def gone(pen: Pen, sight: Sight) -> None:
    """What was chosen is not on offer any more."""
    title, text = words.SORRY_GONE
    rest = pen.heading(sight.say(title))
    pen.label(rest, sight.say(text), 36, lines=4)
    pen.say(sight.say(text))
    pen.button(pen.actions, WentHome(), sight.say(words.TRY_AGAIN), fill=palette.DEEP)


def _low_rows(pen: Pen, room: Rect, count: int) -> list[Rect]:
    """`count` rows as tall as the room allows, standing on its lower edge; two columns on a lying screen."""
    columns = 2 if pen.lying and count > 2 else 1
    rows = max(1, -(-count // columns))
    high = min(pen.px(ROW_HEIGHT), (room.h - (rows - 1) * pen.px(GAP)) // rows)
    used = rows * high + (rows - 1) * pen.px(GAP)
    block = Rect(room.x, room.bottom - used, room.w, used)
    places = [place for row in block.rows([1] * rows, pen.px(GAP)) for place in row.columns([1] * columns, pen.px(GAP))]
    return places[:count]


def _row(pen: Pen, place: Rect, name: str, hint: str, event: Event, chosen: bool = False) -> None:
    pen.box(place, palette.CALL if chosen else palette.PAPER, border=None if chosen else palette.LINE)
    inner = place.inset(pen.px(32), pen.px(12))
    text, sign = inner.columns((12, 1), pen.px(16))
    if hint:
        under = pen.line(29)
        block = text.inset(0, max(0, (text.h - pen.line(42) - under) // 2))
        pen.label(Rect(block.x, block.y, block.w, block.h - under), name, 42, bold=True, down="middle")
        pen.label(Rect(block.x, block.bottom - under, block.w, under), hint, 29, palette.INK_2, down="middle")
    else:
        pen.label(text, name, 40, bold=True, down="middle", lines=2)
    pen.sign(sign.inset(0, (sign.h - pen.px(52)) // 2), "tick" if chosen else "more", palette.INK)
    pen.target(place, event, name, hint, words.CHOSEN.to(pen.language) if chosen else "")


def facts(sight: Sight, queue: str) -> list[tuple[str, str]]:
    """Where, how many wait, and how long it will take where that is known."""
    said = [(sight.say(words.COUNTERS), sight.places(queue))]
    state = sight.queues.get(queue)
    if state is not None:
        said.append((sight.say(words.NOW_WAITING), phrases.people(state.waiting, sight.flow.language)))
        if isinstance(state.wait, WaitRange):
            said.append((sight.say(words.EXPECT), phrases.minutes(state.wait, sight.flow.language)))
    return said


def say_facts(pen: Pen, said: Sequence[tuple[str, str]]) -> None:
    """The same aloud."""
    pen.say(*(f"{name}: {value}" for name, value in said))


def _queue_card(pen: Pen, sight: Sight, queue: str, rest: Rect) -> Rect:
    """The facts of a queue side by side; what is left below."""
    card = Rect(rest.x, rest.y, rest.w, pen.line(27) + pen.line(50) + pen.px(64))
    pen.box(card, palette.TINT)
    said = facts(sight, queue)
    say_facts(pen, said)
    for place, (name, value) in zip(card.inset(pen.px(32), pen.px(16)).columns([1] * len(said)), said, strict=True):
        fact(pen, place, name, value)
    return Rect(rest.x, card.bottom + pen.px(GAP), rest.w, rest.bottom - card.bottom - pen.px(GAP))


def fact(pen: Pen, place: Rect, name: str, value: str) -> None:
    """A small name directly above a large value, in the middle of `place`."""
    over, under = pen.line(27), pen.line(50)
    top = place.y + max(0, (place.h - over - under) // 2)
    pen.label(Rect(place.x, top, place.w, over), name, 27, palette.INK_2)
    room = Rect(place.x, top + over, place.w, place.bottom - top - over)
    pen.label(room, value, 50, bold=True, lines=2)


def _summary(pen: Pen, sight: Sight, service: ServiceWords, rest: Rect) -> None:
    language = sight.flow.language
    field = sight.catalogue.field(service.department)
    pen.box(rest, palette.PAPER, border=palette.LINE)
    zones = rest.inset(pen.px(40), pen.px(20)).rows((5, 4, 4) if service.bring else (5, 4))
    for zone in zones[1:]:
        pen.box(Rect(zone.x, zone.y, zone.w, pen.px(2)), palette.LINE, radius=0)
    over = pen.line(36) if field else 0
    name = zones[0].inset(0, max(0, (zones[0].h - over - 2 * pen.line(64)) // 2))
    if field:
        pen.label(Rect(name.x, name.y, name.w, over), field.name.to(language), 36, palette.INK_2)
    below = Rect(name.x, name.y + over, name.w, name.h - over)
    pen.label(below, service.name.to(language), 64, bold=True, lines=2)
    pen.say(field.name.to(language) if field else "", service.name.to(language))
    said = facts(sight, service.queue)
    say_facts(pen, said)
    for place, (label, value) in zip(zones[1].columns([1] * len(said), pen.px(16)), said, strict=True):
        fact(pen, place, label, value)
    for zone in zones[2:]:
        top = pen.line(27)
        block = zone.inset(0, max(0, (zone.h - top - 2 * pen.line(34)) // 2))
        pen.label(Rect(block.x, block.y, block.w, top), sight.say(words.BRING), 27, palette.INK_2)
        pen.label(Rect(block.x, block.y + top, block.w, block.h - top), service.bring, 34, lines=2)
        pen.say(sight.say(words.BRING), Said(service.bring, "vi"))


def priority_band(pen: Pen, sight: Sight, rest: Rect) -> Rect:
    """The chosen group, or the offer to declare one; what is left above."""
    band = Rect(rest.x, rest.bottom - pen.px(128), rest.w, pen.px(128))
    chosen = sight.catalogue.group(sight.flow.group)
    if chosen is None:
        _row(pen, band, sight.say(words.PRIORITY), sight.say(words.PRIORITY_WHO), AskedPriority())
    else:
        name = f"{sight.say(words.PRIORITY_CHOSEN)}: {chosen.name.to(sight.flow.language)}"
        _row(pen, band, name, "", AskedPriority(), chosen=True)
    return Rect(rest.x, rest.y, rest.w, rest.h - band.h - pen.px(GAP))
