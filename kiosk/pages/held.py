"""A card that has an open number of this queue already, or an appointment that has one: which, where, what to do."""

from appliance.display.geometry import Rect
from appliance.wire.messages import TicketView
from kiosk import appointment_words, code_words, phrases, words
from kiosk.events import WentHome
from kiosk.pages.card import told
from kiosk.pages.ending import card, number, say_number
from kiosk.pen import GAP, Pen
from kiosk.sight import Sight


def held(pen: Pen, sight: Sight) -> None:
    """The number that is there already. Nothing is printed."""
    ticket = sight.flow.ticket
    if ticket is None:
        return
    head, low = card(pen, pen.heading(sight.say(code_words.HELD)))
    number(pen, sight, ticket, head)
    say_number(pen, sight, ticket)
    top, gap = low.y, pen.px(GAP)
    for zone in told(pen, low.w, _facts(sight, ticket)):
        zone.draw(Rect(low.x, top, low.w, zone.height))
        top += zone.height + gap
    said = _what_now(sight, ticket)
    pen.say(said)
    rest = Rect(low.x, top, low.w, low.bottom - top)
    pen.label(rest, said, 40, across="middle", down="middle", lines=6)
    pen.button(pen.actions, WentHome(), sight.say(words.DONE), size=44, kind="main")


def _places(sight: Sight, ticket: TicketView) -> str:
    return phrases.places(sight.catalogue.labels(ticket.counters), sight.flow.language)


def _facts(sight: Sight, ticket: TicketView) -> list[tuple[str, str]]:
    """Where, and how many come before; before who is called comes nobody."""
    facts = [(sight.say(words.COUNTERS), _places(sight, ticket))]
    if ticket.status == "waiting":
        facts.append((sight.say(words.AHEAD), phrases.people(ticket.ahead, sight.flow.language)))
    return facts


def _what_now(sight: Sight, ticket: TicketView) -> str:
    if ticket.status == "called":
        return sight.say(code_words.HELD_CALLED).format(place=phrases.inside(_places(sight, ticket)))
    return sight.say(appointment_words.HELD if sight.flow.appointment else code_words.HELD_WHY)
