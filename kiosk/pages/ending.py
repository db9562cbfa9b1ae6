"""What follows the touch on "take a number": progress, the paper, or what went wrong."""

from appliance.display.geometry import Rect
from appliance.sound.numbers import spelled
from appliance.wire.messages import TicketView, WaitRange
from kiosk import appointment_words, offer_words, phrases, words
from kiosk.events import WentHome
from kiosk.pages.card import told
from kiosk.pen import GAP, LEAST, Pen
from kiosk.sight import Sight

STEPS = 5


def progress(pen: Pen, sight: Sight) -> None:
    """A number is asked for, or its paper is coming."""
    ticket = sight.flow.ticket
    asking = appointment_words.CHECKING if sight.flow.appointment else words.ASKING
    head, low = card(pen, pen.heading(sight.say(words.PRINTING if ticket else asking)))
    if ticket is not None:
        number(pen, sight, ticket, head)
    else:
        _wish(pen, sight, head)
    line = Rect(low.x, low.y, low.w, pen.line(40))
    pen.label(line, sight.say(words.WAIT_A_MOMENT), 40, across="middle")
    bar = Rect(low.x + pen.px(80), line.bottom + pen.px(64), low.w - pen.px(160), pen.px(28))
    for index, place in enumerate(bar.columns([1] * STEPS, pen.px(16))):
        here = index == sight.stride % STEPS
        pen.box(place, pen.colours.accent if here else pen.colours.ground, radius=14, border=pen.colours.tint_line)


def take(pen: Pen, sight: Sight) -> None:
    """The paper is out."""
    ticket = sight.flow.ticket
    if ticket is None:
        return
    head, low = card(pen, pen.heading(sight.say(words.TAKE_PAPER)))
    number(pen, sight, ticket, head)
    say_number(pen, sight, ticket)
    free = _what_next(pen, sight, ticket, low)
    if free.h >= pen.px(_ARROW):
        side = min(free.h, pen.px(2 * _ARROW))
        pen.sign(Rect(free.x, free.bottom - side, free.w, side), "down", pen.colours.accent)
    pen.button(pen.actions, WentHome(), sight.say(words.DONE), size=44, kind="main")


def doubt(pen: Pen, sight: Sight) -> None:
    """The number is valid, the paper is doubtful."""
    ticket = sight.flow.ticket
    if ticket is None:
        return
    head, low = card(pen, pen.heading(sight.say(words.DOUBT)))
    number(pen, sight, ticket, head)
    say_number(pen, sight, ticket)
    pen.filled(low, sight.say(words.DOUBT_WHAT), 42, across="middle")
    pen.say(sight.say(words.DOUBT_WHAT))
    pen.button(pen.actions, WentHome(), sight.say(words.DONE), size=44, kind="main")


def sorry(pen: Pen, sight: Sight) -> None:
    """No ticket, and why."""
    flow = sight.flow
    of_appointment = appointment_words.SORRY.get(flow.sorry)
    title, about = map(sight.say, of_appointment or words.SORRY[flow.sorry])
    if flow.slot and flow.opens:
        about = about.format(slot=phrases.meeting(flow.slot, sight.moment), opens=phrases.time_of_day(flow.opens))
    _trouble(pen, sight, title, about)
    ordinary = appointment_words.ORDINARY if of_appointment else words.TRY_AGAIN
    pen.button(pen.actions, WentHome(), sight.say(ordinary), size=40, kind="main")


def out(pen: Pen, sight: Sight) -> None:
    """No numbers for anybody, and why."""
    if sight.flow.outage is not None:
        _trouble(pen, sight, *map(sight.say, words.OUTAGES[sight.flow.outage]))


def _trouble(pen: Pen, sight: Sight, headline: str, what_now: str) -> None:
    """A sign, what happened, what to do now; the words get the room they need, the sign what is left."""
    pen.card(pen.body)
    inner = pen.body.inset(pen.px(48), pen.px(40))
    about = "\n".join(filter(None, (what_now, sight.notice)))
    title = pen.measure(headline, 64, inner.w, bold=True, lines=2).height
    gap, size, text, side = pen.px(32), 0, 0, 0
    for size in (42, 36, LEAST):
        text = pen.measure(about, size, inner.w, lines=20).height
        side = min(pen.px(220), inner.h - title - text - 2 * gap)
        if side >= pen.px(_SIGN):
            break
    side = max(0, side)
    top = inner.y + max(0, (inner.h - side - title - text - 2 * gap) // 3)
    if side:
        pen.sign(Rect(inner.x, top, inner.w, side), "warning", pen.colours.stop)
    line = Rect(inner.x, top + side + gap, inner.w, title)
    pen.paragraph(line, headline, 64, bold=True, across="middle", lines=2, even=True)
    rest = Rect(inner.x, line.bottom + gap, inner.w, inner.bottom - line.bottom - gap)
    pen.filled(rest, about, size, across="middle")
    pen.say(headline, what_now, sight.notice)


_ARROW, _SIGN = 100, 120
"""The least sides of the arrow to the paper and of the warning: smaller ones say little."""


def card(pen: Pen, room: Rect) -> tuple[Rect, Rect]:
    """One card for all that follows; where the number stands on every page of it, and what is below."""
    pen.card(room)
    if pen.lying:
        head, low = room.inset(pen.px(32), pen.px(24)).columns((1, 1), pen.px(32))
        return head, low.inset(0, pen.px(8 if pen.large else 40))
    head, low = room.rows((5, 4))
    return head.inset(pen.px(32), pen.px(24)), low.inset(pen.px(24 if pen.large else 48), pen.px(24))


def number(pen: Pen, sight: Sight, ticket: TicketView, room: Rect) -> None:
    """The number, as large as it can be."""
    over = Rect(room.x, room.y, room.w, pen.line(40))
    below = Rect(room.x, over.bottom, room.w, room.bottom - over.bottom)
    pen.label(over, sight.say(words.YOUR_NUMBER), 40, pen.colours.ink_2, across="middle")
    pen.label(below, ticket.number, 350, bold=True, across="middle", down="middle")


def say_number(pen: Pen, sight: Sight, ticket: TicketView) -> None:
    """Aloud, sign by sign."""
    pen.say(sight.say(words.YOUR_NUMBER), spelled(ticket.number, pen.language))


def _wish(pen: Pen, sight: Sight, room: Rect) -> None:
    """What a number is being asked for."""
    service = sight.catalogue.service(sight.flow.service)
    if service is None:
        return
    said = service.name.to(sight.flow.language)
    pen.filled(room, said, 64, bold=True, across="middle", down="middle")


def _what_next(pen: Pen, sight: Sight, ticket: TicketView, room: Rect) -> Rect:
    """How long it will take, and what to do meanwhile; what is left of `room`."""
    language = sight.flow.language
    labels = sight.catalogue.labels(ticket.counters)
    slot = phrases.time_of_day(ticket.appointment) if isinstance(ticket.appointment, str) else ""
    facts = []
    if slot and not ticket.late:
        facts.append((sight.say(appointment_words.SLOT), slot))
    elif ticket.code:
        facts.append((sight.say(words.AHEAD), phrases.people(ticket.ahead, language)))
    if isinstance(ticket.due, str):
        facts.append((sight.say(offer_words.CALLED_FROM), phrases.time_of_day(ticket.due)))
    elif isinstance(ticket.wait, WaitRange):
        facts.append((sight.say(words.EXPECT), phrases.minutes(ticket.wait, language)))
    top, gap = room.y, pen.px(GAP)
    for zone in told(pen, room.w, facts) if facts else []:
        zone.draw(Rect(room.x, top, room.w, zone.height))
        top += zone.height + gap
    said = sight.say(words.THEN_WATCH).format(place=phrases.inside(phrases.places(labels, language)))
    if ticket.late:
        said = f"{sight.say(appointment_words.LATE).format(time=slot)}\n{said}"
    pen.say(said)
    rest = Rect(room.x, top, room.w, room.bottom - top)
    fitted = pen.measure(said, 40, room.w, lines=4 if ticket.late else 2)
    place = Rect(rest.x, rest.y, rest.w, min(rest.h, max(fitted.height, pen.px(120))))
    pen.filled(place, said, 40, across="middle", down="middle")
    return Rect(rest.x, place.bottom + gap, rest.w, max(0, rest.bottom - place.bottom - gap))
