"""What follows the touch on "take a number": progress, the paper, or what went wrong."""

from appliance.display import palette
from appliance.display.geometry import Rect
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
    rest = pen.heading(sight.say(words.PRINTING if ticket else words.ASKING), sight.say(words.WAIT_A_MOMENT))
    card = _card(pen, rest)
    if ticket is not None:
        _number(pen, sight, ticket, Rect(card.x, card.y, card.w, card.h - pen.px(160)))
    bar = Rect(card.x + pen.px(80), card.bottom - pen.px(130), card.w - pen.px(160), pen.px(28))
    for index, place in enumerate(bar.columns([1] * STEPS, pen.px(16))):
        here = index == sight.stride % STEPS
        pen.box(place, palette.DEEP_2 if here else palette.TINT_LINE, radius=14)


def take(pen: Pen, sight: Sight) -> None:
    """The paper is out."""
    ticket = sight.flow.ticket
    if ticket is None:
        return
    rest = pen.heading(sight.say(words.TAKE_PAPER))
    high = pen.px(150)
    arrow = Rect(rest.x, rest.bottom - high, rest.w, high)
    card = _card(pen, Rect(rest.x, rest.y, rest.w, rest.h - high - pen.px(GAP)))
    head, low = card.rows((7, 5))
    _number(pen, sight, ticket, head)
    _what_next(pen, sight, ticket, low.inset(pen.px(48), pen.px(16)))
    pen.sign(arrow, "down", palette.DEEP_2)
    pen.button(pen.actions, WentHome(), sight.say(words.DONE), size=44, fill=palette.DEEP)


def doubt(pen: Pen, sight: Sight) -> None:
    """The number is valid, the paper is doubtful."""
    ticket = sight.flow.ticket
    if ticket is None:
        return
    rest = pen.heading(sight.say(words.DOUBT))
    card = _card(pen, rest)
    head, low = card.rows((3, 2))
    _number(pen, sight, ticket, head)
    pen.label(low.inset(pen.px(56), pen.px(8)), sight.say(words.DOUBT_WHAT), 42, across="middle", lines=4)
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
    card = _card(pen, pen.body)
    sign, title, text = card.inset(pen.px(64), pen.px(56)).rows((4, 3, 5), pen.px(16))
    pen.sign(sign.inset(0, max(0, (sign.h - pen.px(220)) // 2)), "warning", palette.STOP)
    pen.label(title, sight.say(said[0]), 64, bold=True, across="middle", down="middle", lines=2)
    about = "\n".join(filter(None, (sight.say(said[1]), sight.notice)))
    pen.label(text, about, 42, palette.INK, across="middle", lines=6)


def _card(pen: Pen, room: Rect) -> Rect:
    pen.box(room, palette.PAPER, border=palette.LINE)
    return room


def _number(pen: Pen, sight: Sight, ticket: TicketView, room: Rect) -> None:
    over, number = room.inset(pen.px(32), pen.px(24)).rows((1, 6))
    pen.label(over, sight.say(words.YOUR_NUMBER), 40, palette.INK_2, across="middle", down="middle")
    pen.label(number, ticket.number, 330, bold=True, across="middle", down="middle")


def _what_next(pen: Pen, sight: Sight, ticket: TicketView, room: Rect) -> None:
    language = sight.flow.language
    labels = sight.catalogue.labels(ticket.counters) if sight.catalogue else ()
    facts = [(sight.say(words.AHEAD), phrases.people(ticket.ahead, language))]
    if isinstance(ticket.wait, WaitRange):
        facts.append((sight.say(words.EXPECT), phrases.minutes(ticket.wait, language)))
    line, text = room.rows((2, 3), pen.px(16))
    for place, (name, value) in zip(line.columns([1] * len(facts), pen.px(16)), facts, strict=True):
        over, under = place.rows((2, 3))
        pen.label(over, name, 29, palette.INK_2, across="middle", down="middle")
        pen.label(under, value, 44, bold=True, across="middle", down="middle")
    said = sight.say(words.THEN_WATCH).format(place=phrases.places(labels, language))
    pen.label(text, said, 40, across="middle", down="middle", lines=3)
