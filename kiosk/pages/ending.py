"""What follows the touch on "take a number": progress, the paper, or what went wrong."""

from appliance.display import palette
from appliance.display.geometry import Rect
from appliance.sound.numbers import spelled
from appliance.wire.messages import TicketView, WaitRange
from appliance.wire.site import Text
from kiosk import phrases, words
from kiosk.events import WentHome
from kiosk.pages.choose import GAP
from kiosk.pen import Pen
from kiosk.sight import Sight

STEPS = 5


def progress(pen: Pen, sight: Sight) -> None:
    """A number is asked for, or its paper is coming."""
    ticket = sight.flow.ticket
    head, low = _card(pen, pen.heading(sight.say(words.PRINTING if ticket else words.ASKING)))
    if ticket is not None:
        _number(pen, sight, ticket, head)
    else:
        _wish(pen, sight, head)
    line = Rect(low.x, low.y, low.w, pen.line(40))
    pen.label(line, sight.say(words.WAIT_A_MOMENT), 40, across="middle")
    bar = Rect(low.x + pen.px(80), line.bottom + pen.px(64), low.w - pen.px(160), pen.px(28))
    for index, place in enumerate(bar.columns([1] * STEPS, pen.px(16))):
        here = index == sight.stride % STEPS
        pen.box(place, palette.DEEP_2 if here else palette.TINT_LINE, radius=14)


def take(pen: Pen, sight: Sight) -> None:
    """The paper is out."""
    ticket = sight.flow.ticket
    if ticket is None:
        return
    head, low = _card(pen, pen.heading(sight.say(words.TAKE_PAPER)))
    _number(pen, sight, ticket, head)
    _say_number(pen, sight, ticket)
    facts, arrow = low.rows((5, 2), pen.px(GAP))
    _what_next(pen, sight, ticket, facts)
    pen.sign(arrow, "down", palette.DEEP_2)
    pen.button(pen.actions, WentHome(), sight.say(words.DONE), size=44, fill=palette.DEEP)


def doubt(pen: Pen, sight: Sight) -> None:
    """The number is valid, the paper is doubtful."""
    ticket = sight.flow.ticket
    if ticket is None:
        return
    head, low = _card(pen, pen.heading(sight.say(words.DOUBT)))
    _number(pen, sight, ticket, head)
    _say_number(pen, sight, ticket)
    pen.label(low, sight.say(words.DOUBT_WHAT), 42, across="middle", lines=4)
    pen.say(sight.say(words.DOUBT_WHAT))
    pen.button(pen.actions, WentHome(), sight.say(words.DONE), size=44, fill=palette.DEEP)


def sorry(pen: Pen, sight: Sight) -> None:
    """No ticket, and why."""
    _trouble(pen, sight, words.SORRY[sight.flow.sorry])
    pen.button(pen.actions, WentHome(), sight.say(words.TRY_AGAIN), size=40, fill=palette.DEEP)


def out(pen: Pen, sight: Sight) -> None:
    """No numbers for anybody, and why."""
    if sight.flow.outage is not None:
        _trouble(pen, sight, words.OUTAGES[sight.flow.outage])


def _trouble(pen: Pen, sight: Sight, said: tuple[Text, Text]) -> None:
    pen.box(pen.body, palette.PAPER, border=palette.LINE)
    sign, title, text = pen.body.inset(pen.px(64), pen.px(56)).rows((4, 3, 5), pen.px(16))
    pen.sign(sign.inset(0, max(0, (sign.h - pen.px(220)) // 2)), "warning", palette.STOP)
    pen.label(title, sight.say(said[0]), 64, bold=True, across="middle", down="middle", lines=2)
    pen.say(*map(sight.say, said), sight.notice)
    about = "\n".join(filter(None, (sight.say(said[1]), sight.notice)))
    pen.label(text, about, 42, palette.INK, across="middle", lines=6)


def _card(pen: Pen, room: Rect) -> tuple[Rect, Rect]:
    """One card for all that follows; where the number stands on every page of it, and what is below."""
    pen.box(room, palette.PAPER, border=palette.LINE)
    if pen.lying:
        head, low = room.inset(pen.px(32), pen.px(24)).columns((1, 1), pen.px(32))
        return head, low.inset(0, pen.px(40))
    head, low = room.rows((5, 4))
    return head.inset(pen.px(32), pen.px(24)), low.inset(pen.px(48), pen.px(24))


def _number(pen: Pen, sight: Sight, ticket: TicketView, room: Rect) -> None:
    over = Rect(room.x, room.y, room.w, pen.line(40))
    number = Rect(room.x, over.bottom, room.w, room.bottom - over.bottom)
    pen.label(over, sight.say(words.YOUR_NUMBER), 40, palette.INK_2, across="middle")
    pen.label(number, ticket.number, 350, bold=True, across="middle", down="middle")


def _say_number(pen: Pen, sight: Sight, ticket: TicketView) -> None:
    """Aloud, sign by sign."""
    pen.say(sight.say(words.YOUR_NUMBER), spelled(ticket.number, pen.language))


def _wish(pen: Pen, sight: Sight, room: Rect) -> None:
    """What a number is being asked for."""
    service = sight.catalogue.service(sight.flow.service)
    if service is None:
        return
    said = service.name.to(sight.flow.language)
    pen.label(room, said, 64, bold=True, across="middle", down="middle", lines=3)


def _what_next(pen: Pen, sight: Sight, ticket: TicketView, room: Rect) -> None:
    language = sight.flow.language
    labels = sight.catalogue.labels(ticket.counters)
    facts = [(sight.say(words.AHEAD), phrases.people(ticket.ahead, language))] if ticket.code else []
    if isinstance(ticket.wait, WaitRange):
        facts.append((sight.say(words.EXPECT), phrases.minutes(ticket.wait, language)))
    high = pen.line(29) + pen.line(50) if facts else 0
    line, text = Rect(room.x, room.y, room.w, high), Rect(room.x, room.y + high, room.w, room.h - high)
    places = line.columns([1] * len(facts), pen.px(16)) if facts else []
    for place, (name, value) in zip(places, facts, strict=True):
        pen.label(place, name, 29, palette.INK_2, across="middle")
        pen.label(place, value, 50, bold=True, across="middle", down="bottom")
    said = sight.say(words.THEN_WATCH).format(place=phrases.inside(phrases.places(labels, language)))
    pen.say(*(f"{name}: {value}" for name, value in facts), said)
    pen.label(text, said, 40, across="middle", down="middle", lines=3)
