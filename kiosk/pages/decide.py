"""Service, priority, and the last look before a number is taken."""

from appliance.display import palette
from appliance.display.geometry import Rect
from appliance.wire.messages import WaitRange
from appliance.wire.site import ServiceWords
from kiosk import phrases, words
from kiosk.catalogue import Catalogue
from kiosk.events import AskedPriority, Declared, Event, Took, Wanted, WentBack, WentHome
from kiosk.pages.choose import GAP
from kiosk.pen import Pen
from kiosk.sight import Sight

ROW_HEIGHT = 156


def services(pen: Pen, sight: Sight, catalogue: Catalogue) -> None:
    """What can be done in a field."""
    field = catalogue.field(sight.flow.field)
    if field is None:
        _gone(pen, sight)
        return
    rest = pen.heading(sight.say(words.WHICH_SERVICE), field.name.to(sight.flow.language))
    rest = _queue_card(pen, sight, field.queue, rest)
    places = _low_rows(pen, rest, len(field.services))
    for place, service in zip(places, field.services, strict=True):
        hint = words.HINTS.get(service.type)
        _row(pen, place, service.name.to(sight.flow.language), sight.say(hint) if hint else "", Wanted(service.id))
    back, _ = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)


def priority(pen: Pen, sight: Sight, catalogue: Catalogue) -> None:
    """Which group somebody belongs to."""
    rest = pen.heading(sight.say(words.PRIORITY_WHICH))
    note = Rect(rest.x, rest.y, rest.w, pen.px(96))
    pen.label(note, sight.say(words.PRIORITY_HOW), 31, palette.INK_2, lines=2)
    rest = Rect(rest.x, note.bottom + pen.px(GAP), rest.w, rest.bottom - note.bottom - pen.px(GAP))
    for place, group in zip(_low_rows(pen, rest, len(catalogue.groups)), catalogue.groups, strict=True):
        chosen = group.id == sight.flow.group
        _row(pen, place, group.name.to(sight.flow.language), "", Declared(group.id), chosen=chosen)
    back, none = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    pen.button(none, Declared(""), sight.say(words.PRIORITY_NONE))


def review(pen: Pen, sight: Sight, catalogue: Catalogue) -> None:
    """Everything that matters before the number is taken, and the button that takes it."""
    service = catalogue.service(sight.flow.service)
    if service is None:
        _gone(pen, sight)
        return
    rest = pen.heading(sight.say(words.REVIEW))
    if catalogue.groups:
        rest = _priority_band(pen, sight, catalogue, rest)
    _summary(pen, sight, catalogue, service, rest)
    back, take = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    pen.button(take, Took(""), sight.say(words.TAKE), size=48, fill=palette.GO)


def _gone(pen: Pen, sight: Sight) -> None:
    """What was chosen is not on offer any more."""
    title, text = words.SORRY_GONE
    rest = pen.heading(sight.say(title))
    pen.label(rest, sight.say(text), 36, lines=4)
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
        title, under = text.rows((4, 3))
        pen.label(title, name, 40, bold=True, down="bottom")
        pen.label(under, hint, 29, palette.INK_2, down="middle")
    else:
        pen.label(text, name, 38, bold=True, down="middle", lines=2)
    pen.sign(sign.inset(0, (sign.h - pen.px(52)) // 2), "tick" if chosen else "more", palette.INK)
    pen.target(place, event)


def _facts(sight: Sight, queue: str) -> list[tuple[str, str]]:
    """Where, how many wait, and how long it will take where that is known."""
    said = [(sight.say(words.COUNTERS), sight.places(queue))]
    state = sight.queues.get(queue)
    if state is not None:
        said.append((sight.say(words.NOW_WAITING), phrases.people(state.waiting, sight.flow.language)))
        if isinstance(state.wait, WaitRange):
            said.append((sight.say(words.EXPECT), phrases.minutes(state.wait, sight.flow.language)))
    return said


def _queue_card(pen: Pen, sight: Sight, queue: str, rest: Rect) -> Rect:
    """The facts of a queue side by side; what is left below."""
    card = Rect(rest.x, rest.y, rest.w, pen.px(140))
    pen.box(card, palette.TINT)
    said = _facts(sight, queue)
    for place, (name, value) in zip(card.inset(pen.px(32), pen.px(18)).columns([1] * len(said)), said, strict=True):
        _fact(pen, place, name, value)
    return Rect(rest.x, card.bottom + pen.px(GAP), rest.w, rest.bottom - card.bottom - pen.px(GAP))


def _fact(pen: Pen, place: Rect, name: str, value: str, size: int = 40) -> None:
    over, under = place.rows((2, 3))
    pen.label(over, name, 27, palette.INK_2, down="middle")
    pen.label(under, value, size, bold=True, down="middle", lines=2)


def _summary(pen: Pen, sight: Sight, catalogue: Catalogue, service: ServiceWords, rest: Rect) -> None:
    language = sight.flow.language
    field = catalogue.field(service.department)
    card = Rect(rest.x, rest.y, rest.w, min(rest.h, pen.px(820)))
    pen.box(card, palette.PAPER, border=palette.LINE)
    inner = card.inset(pen.px(40), pen.px(28))
    shares = [4.0, 3.0, 3.0] if service.bring else [4.0, 3.0]
    top, middle, *low = inner.rows(shares, pen.px(16))
    over, name = top.rows((2, 3))
    pen.label(over, field.name.to(language) if field else "", 36, palette.INK_2, down="bottom")
    pen.label(name, service.name.to(language), 58, bold=True, down="middle", lines=2)
    said = _facts(sight, service.queue)
    for place, (label, value) in zip(middle.columns([1] * len(said), pen.px(16)), said, strict=True):
        _fact(pen, place, label, value, 44)
    for place in low:
        over, under = place.rows((1, 2))
        pen.label(over, sight.say(words.BRING), 27, palette.INK_2, down="middle")
        pen.label(under, service.bring, 34, lines=2)


def _priority_band(pen: Pen, sight: Sight, catalogue: Catalogue, rest: Rect) -> Rect:
    """The chosen group, or the offer to declare one; what is left above."""
    band = Rect(rest.x, rest.bottom - pen.px(128), rest.w, pen.px(128))
    chosen = catalogue.group(sight.flow.group)
    if chosen is None:
        _row(pen, band, sight.say(words.PRIORITY), sight.say(words.PRIORITY_WHO), AskedPriority())
    else:
        name = f"{sight.say(words.PRIORITY_CHOSEN)}: {chosen.name.to(sight.flow.language)}"
        _row(pen, band, name, "", AskedPriority(), chosen=True)
    return Rect(rest.x, rest.y, rest.w, rest.h - band.h - pen.px(GAP))
