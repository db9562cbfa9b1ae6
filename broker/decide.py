"""A command in, facts or a refusal out: every rule of the hub passes here.

Rules: pure; changes nothing (`apply` does); what is illegal is refused with words, never half done.
"""

from collections.abc import Callable, Iterator
from typing import Any, get_args

from msgspec import UNSET, Struct
from msgspec.structs import replace

from appliance.wire.choices import RatingResult
from appliance.wire.messages import DeskAction, Fate, Rating, TicketRequest
from appliance.wire.reprints import ReprintFate
from broker import appointments, cards, closing, leases, offline, ratings, register, visits
from broker import facts as f
from broker import refusals as no
from broker.appointment_model import BookAppointments
from broker.commands import Command, NoteCase, PhoneVote, Provide, RegisterMessage, SetNotice
from broker.forecast.hall import Place
from broker.forecast.promise import promise
from broker.lobby import Lobby, Ticket
from broker.numbering import label, next_number
from broker.presses import press
from broker.rating_facts import Rated, RatingLate, RatingOrphan, RatingSuppressed
from broker.refusals import Refusal
from broker.scheduling import ahead_when_due
from broker.visit_commands import VisitMessage

Outcome = tuple[f.AnyFact, ...] | Refusal

_RESULTS: dict[type, RatingResult] = {RatingSuppressed: "suppressed", RatingOrphan: "orphan", RatingLate: "late"}


class Subject(Struct, frozen=True):
    """What an answer speaks of: a ticket ("" for nobody, None when not said), a desk, a rating's result."""

    ticket: str | None = None
    desk: str = ""
    result: RatingResult | None = None


def decide(lobby: Lobby, command: Command, now: int) -> Outcome:
    """The facts that `command` makes at `now` (Unix ms), or why not. An empty tuple: well, but nothing to do."""
    return _DECIDE[type(command.message)](lobby, command, command.message, now)


def turn_of_day(lobby: Lobby, now: int) -> Iterator[tuple[str, int, tuple[f.AnyFact, ...]]]:
    """Day, time (ms) and facts of what turns the day, where it is to be turned at `now`.

    First what ends the day that is over, booked to its last moment, then what opens the new one; each is to be applied
    before the next is asked for.
    """
    today = lobby.calendar.day(now)
    if lobby.day and lobby.day != today:
        yield lobby.day, lobby.calendar.day_end(lobby.day), _closing(lobby)
    if lobby.day != today:
        yield today, now, (f.DayOpened(day=today),)


def _closing(lobby: Lobby) -> tuple[f.AnyFact, ...]:
    ends = (*_leftovers(lobby), *appointments.missed(lobby), *leases.returned(lobby))
    return (*ends, f.DayClosed(day=lobby.day))


def _leftovers(lobby: Lobby) -> Iterator[f.AnyFact]:
    for ticket in lobby.tickets.values():
        if ticket.status == "called":
            desk = lobby.site.desks[ticket.desk]
            yield f.Served(
                ticket=ticket.id,
                queue=ticket.queue,
                service=ticket.service,
                desk=desk.id,
                counter=desk.counter,
                actor="system",
                service_s=0,
                forgotten=True,
            )
        elif ticket.status in ("waiting", "parked"):
            yield f.Stranded(ticket=ticket.id, queue=ticket.queue, service=ticket.service)


def subject(command: Command, facts: tuple[f.AnyFact, ...], lobby: Lobby) -> Subject:
    """What the answer to a carried-out command speaks of; `lobby` is the state after its facts."""
    message = command.message
    if isinstance(message, TicketRequest):
        return Subject(ticket=message.id)
    if isinstance(message, DeskAction):
        return Subject(ticket=lobby.seats[message.desk].ticket, desk=message.desk)
    if isinstance(message, Rating | PhoneVote):
        fact = facts[0] if facts else None
        corrected = isinstance(fact, Rated) and fact.replaces
        return Subject(result="corrected" if corrected else _RESULTS.get(type(fact), "accepted"))
    if isinstance(message, Fate):
        return Subject(ticket=offline.ticket_of(message) or None)
    if isinstance(message, VisitMessage):
        return Subject(ticket=message.ticket)
    return Subject()


def _issue(lobby: Lobby, command: Command, message: TicketRequest, now: int) -> Outcome:
    wish = _wish(lobby, message, now)
    if isinstance(wish, Refusal):
        return wish
    service = lobby.site.services.get(wish.service)
    if service is None:
        return no.UNKNOWN_SERVICE
    if message.priority is not UNSET and message.priority not in lobby.site.groups:
        return no.UNKNOWN_GROUP
    if message.id in lobby.withdrawn:
        return no.WITHDRAWN
    if message.given is not UNSET:
        again = offline.give_again(lobby, command, message, message.given, now)
        return again if isinstance(again, Refusal) else (again,)
    if not lobby.calendar.is_open(lobby.site.hours, now):
        return no.CENTRE_CLOSED
    queue = lobby.site.queues[service.queue]
    if message.card is not UNSET and (held := cards.held(lobby, message.card, queue.id)):
        return replace(no.NUMBER_HELD, ticket=held.id)
    n = next_number(lobby, queue.id)
    priority = message.priority is not UNSET
    key = (wish.clock0 or now, len(lobby.tickets), message.id)
    # A time that was promised is kept, however short the time before the bell is.
    due = 0 if wish.clock0 else closing.due(lobby, Place(queue.id, priority, key), now, message.accept)
    if isinstance(due, Refusal):
        return due
    promised = promise(lobby, Place(queue.id, priority, key, due), now)
    low_min, high_min = promised.minutes
    return (
        f.Issued(
            ticket=message.id,
            queue=queue.id,
            n=n,
            number=label(queue.prefix, n),
            service=service.id,
            code=command.code,
            lang=message.lang,
            device=command.device or command.actor,
            ahead=ahead_when_due(lobby.site.rules, lobby.lines[queue.id], priority, key, now, due),
            priority=priority,
            due=due,
            low_min=low_min,
            high_min=high_min,
            foretold=promised.foretold,
            appointment=wish.slot,
            clock0=wish.clock0,
        ),
    )


def _wish(lobby: Lobby, message: TicketRequest, now: int) -> appointments.Arrival | Refusal:
    """What is asked for: with an appointment what that is for, else an ordinary number of a service."""
    if message.appointment is not UNSET and message.given is UNSET:
        return appointments.arrive(lobby, message.appointment, now)
    return no.SERVICE_NEEDED if message.service is UNSET else appointments.Arrival(message.service, 0, 0)


def _fate(lobby: Lobby, command: Command, message: Fate, now: int) -> Outcome:
    if message.fate == "withdrawn":
        return _withdraw(lobby, message)
    ticket = lobby.tickets.get(offline.ticket_of(message))
    if ticket is None:
        return no.UNKNOWN_TICKET if message.lease is UNSET else offline.accept(lobby, command, message, now)
    if message.fate == "void":
        return _void(ticket, message.reason)
    if _PAPER_RANK[message.fate] <= _PAPER_RANK[ticket.paper]:
        return ()
    return (
        f.PaperChanged(
            ticket=ticket.id, queue=ticket.queue, service=ticket.service, state=message.fate, reason=message.reason
        ),
    )


# A paper's state only moves up, whatever the order in which its reports arrive.
_PAPER_RANK = {"issued": 0, "printing": 1, "uncertain": 2, "printed": 3, "void": 4}


def _withdraw(lobby: Lobby, message: Fate) -> Outcome:
    if message.request is UNSET:
        return no.UNKNOWN_TICKET
    ticket = lobby.tickets.get(message.request)
    if ticket is not None:
        return _void(ticket, message.reason)
    return () if message.request in lobby.withdrawn else (f.Withdrawn(request=message.request),)


def _void(ticket: Ticket, reason: str) -> Outcome:
    if ticket.status == "void":
        return ()
    if ticket.status != "waiting" or ticket.paper in ("uncertain", "printed"):
        return no.PAPER_SETTLED
    voided = f.Voided(ticket=ticket.id, queue=ticket.queue, service=ticket.service, reason=reason)
    return (voided, *appointments.freed(ticket))


def _rate(lobby: Lobby, command: Command, message: Rating, now: int) -> Outcome:
    desk = lobby.site.desks.get(command.desk or (message.desk if message.desk is not UNSET else ""))
    if desk is None:
        return no.UNKNOWN_DESK
    return ratings.at_terminal(lobby, desk, message, now)


def _phone(lobby: Lobby, command: Command, message: PhoneVote, now: int) -> Outcome:
    return ratings.by_phone(lobby, message, now)


def _notice(lobby: Lobby, command: Command, message: SetNotice, now: int) -> Outcome:
    return () if message.text == lobby.notice else (f.NoticeSet(text=message.text, actor=command.actor),)


def _note_case(lobby: Lobby, command: Command, message: NoteCase, now: int) -> Outcome:
    return (f.CaseNoted(case=message.case, note=message.note, actor=command.actor),)


def _write(lobby: Lobby, command: Command, message: RegisterMessage, now: int) -> Outcome:
    return register.write(lobby, command.actor, message, now)


def _put_right(lobby: Lobby, command: Command, message: VisitMessage, now: int) -> Outcome:
    return visits.put_right(lobby, command.actor, message, now)


def _paper_told(lobby: Lobby, command: Command, message: ReprintFate, now: int) -> Outcome:
    return visits.paper_told(lobby, command.device, message)


def _book(lobby: Lobby, command: Command, message: BookAppointments, now: int) -> Outcome:
    return appointments.book(lobby, command.actor, message, now)


def _provide(lobby: Lobby, command: Command, message: Provide, now: int) -> Outcome:
    return tuple(leases.provide(lobby, command.device, message.epoch))


_DECIDE: dict[type, Callable[[Lobby, Command, Any, int], Outcome]] = {
    TicketRequest: _issue,
    Fate: _fate,
    DeskAction: press,
    Rating: _rate,
    PhoneVote: _phone,
    SetNotice: _notice,
    NoteCase: _note_case,
    Provide: _provide,
    BookAppointments: _book,
    **dict.fromkeys(get_args(RegisterMessage), _write),
    **dict.fromkeys(get_args(VisitMessage), _put_right),
    ReprintFate: _paper_told,
}
