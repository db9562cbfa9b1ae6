"""Facts into state: the only code that changes the lobby.

Rules: pure; never refuses (what is in the log has happened); the same facts always give the same lobby.
"""

from collections.abc import Callable
from typing import Any, get_args

from msgspec.structs import replace

from broker import facts as f
from broker.apply_leases import LEASES, apply_lease, use
from broker.apply_visits import AWAY, PAPERS, apply_away, apply_reprint
from broker.appointment_facts import AppointmentFreed, AppointmentMissed, AppointmentsBooked
from broker.lobby import Arming, DeskSeat, Lobby, Ticket, Undo, Vote
from broker.rating_facts import Rated, RatingExplained, RatingLate, RatingOrphan, RatingSuppressed
from broker.ratings import voucher
from broker.refusal_facts import NumberRefused, OfferTaken
from broker.register_facts import RegisterLine, Struck

_UNDOABLE = get_args(f.Undoable)


def apply(lobby: Lobby, entry: f.Entry) -> None:
    """Let one command's facts happen."""
    before = _snapshot(lobby, entry)
    for fact in entry.facts:
        _APPLY[type(fact)](lobby, fact, entry)
        lobby.experience.learn(entry.day, fact)
    if before is not None:
        after = tuple(lobby.tickets[ticket.id] for ticket in before.tickets)
        lobby.undo[before.seat.id] = replace(before, after=after)


def _snapshot(lobby: Lobby, entry: f.Entry) -> Undo | None:
    actions: list[f.Undoable] = []
    named: dict[str, Ticket] = {}
    for fact in entry.facts:
        if not isinstance(fact, _UNDOABLE):
            return None
        actions.append(fact)
        named |= {ticket: lobby.tickets[ticket] for ticket in f.moved(fact)}
    desk = actions[0].key_of
    return Undo(
        at=entry.at,
        facts=tuple(actions),
        seat=lobby.seats[desk],
        tickets=tuple(named.values()),
        armed=lobby.armed.get(desk, ""),
    )


def _day_opened(lobby: Lobby, fact: f.DayOpened, entry: f.Entry) -> None:
    lobby.begin(fact.day)


def _nothing(lobby: Lobby, fact: f.AnyFact, entry: f.Entry) -> None:
    """A fact that counts but changes nobody's place."""


def _issued(lobby: Lobby, fact: f.Issued, entry: f.Entry) -> None:
    if fact.lease:
        use(lobby, fact.lease, fact.n)
    else:
        lobby.next_n[fact.queue] = max(lobby.next_n.get(fact.queue, 1), fact.n + 1)
    lobby.codes[fact.code] = fact.ticket
    lobby.put_ticket(
        Ticket(
            id=fact.ticket,
            number=fact.number,
            series=fact.queue,
            queue=fact.queue,
            service=fact.service,
            priority=fact.priority,
            lang=fact.lang,
            code=fact.code,
            order=len(lobby.tickets),
            issued_at=fact.issued_at or entry.at,
            clock0=fact.clock0 or fact.issued_at or entry.at,
            due=fact.due,
            low_min=fact.low_min,
            high_min=fact.high_min,
            appointment=fact.appointment,
            late=bool(fact.appointment and not fact.clock0),
            foretold=fact.foretold,
        )
    )


def _paper(lobby: Lobby, fact: f.PaperChanged, entry: f.Entry) -> None:
    lobby.put_ticket(replace(lobby.tickets[fact.ticket], paper=fact.state))


def _withdrawn(lobby: Lobby, fact: f.Withdrawn, entry: f.Entry) -> None:
    lobby.withdrawn.add(fact.request)


def _desk_opened(lobby: Lobby, fact: f.DeskOpened | f.DeskResumed, entry: f.Entry) -> None:
    lobby.seats[fact.desk] = DeskSeat(id=fact.desk, status="open", since=entry.at)


def _desk_closed(lobby: Lobby, fact: f.DeskClosed, entry: f.Entry) -> None:
    lobby.seats[fact.desk] = DeskSeat(id=fact.desk, status="closed", since=entry.at)
    for ticket, queue in fact.freed:
        lobby.put_ticket(replace(lobby.tickets[ticket], queue=queue, for_desk=""))


def _desk_paused(lobby: Lobby, fact: f.DeskPaused, entry: f.Entry) -> None:
    lobby.seats[fact.desk] = DeskSeat(id=fact.desk, status="paused", since=entry.at, reason=fact.reason)


def _called(lobby: Lobby, fact: f.Called, entry: f.Entry) -> None:
    ticket = lobby.tickets[fact.ticket]
    lobby.call_seq = max(lobby.call_seq, fact.call_seq)
    lobby.put_ticket(
        replace(
            ticket,
            status="called",
            desk=fact.desk,
            due=0,
            for_desk="",
            parked_by="",
            first_call_at=ticket.first_call_at or entry.at,
            called_at=entry.at,
            times=1,
            call_seq=fact.call_seq,
        )
    )
    lobby.seats[fact.desk] = DeskSeat(id=fact.desk, status="open", ticket=fact.ticket, since=entry.at)


def _recalled(lobby: Lobby, fact: f.Recalled, entry: f.Entry) -> None:
    lobby.call_seq = max(lobby.call_seq, fact.call_seq)
    lobby.put_ticket(replace(lobby.tickets[fact.ticket], called_at=entry.at, times=fact.times, call_seq=fact.call_seq))


def _free(lobby: Lobby, desk: str, at: int) -> None:
    if lobby.seats[desk].ticket:
        lobby.seats[desk] = DeskSeat(id=desk, status="open", since=at, freed=True)


def _missed(lobby: Lobby, fact: f.Missed, entry: f.Entry) -> None:
    lobby.put_ticket(replace(lobby.tickets[fact.ticket], status="no_show", desk="", missed_at=entry.at))
    _free(lobby, fact.desk, entry.at)


def _returned(lobby: Lobby, fact: f.Returned, entry: f.Entry) -> None:
    ticket = lobby.tickets[fact.ticket]
    lobby.put_ticket(
        replace(
            ticket,
            status="waiting",
            clock0=fact.clock0,
            for_desk=fact.desk if fact.kept else "",
            returns=ticket.returns + (0 if fact.kept else 1),
        )
    )


def _parked(lobby: Lobby, fact: f.Parked, entry: f.Entry) -> None:
    lobby.put_ticket(replace(lobby.tickets[fact.ticket], status="parked", desk="", parked_by=fact.desk))
    _free(lobby, fact.desk, entry.at)


def _transferred(lobby: Lobby, fact: f.Transferred, entry: f.Entry) -> None:
    ticket = lobby.tickets[fact.ticket]
    left = (fact.desk,) if fact.to_queue == ticket.queue else (fact.desk, ticket.queue)
    lobby.put_ticket(
        replace(
            ticket,
            status="waiting",
            queue=fact.to_queue,
            for_desk=fact.to_desk,
            desk="",
            been=tuple(dict.fromkeys((*ticket.been, *left))),
        )
    )
    _free(lobby, fact.desk, entry.at)


def _served(lobby: Lobby, fact: f.Served, entry: f.Entry) -> None:
    ticket = lobby.tickets[fact.ticket]
    lobby.put_ticket(replace(ticket, status="served", desk=""))
    _free(lobby, fact.desk, entry.at)
    if not fact.forgotten:
        own = voucher(lobby.day_key, ticket.id)
        lobby.armed[fact.desk] = own
        lobby.armings[own] = Arming(
            ticket=ticket.id,
            number=ticket.number,
            lang=ticket.lang,
            desk=fact.desk,
            queue=fact.queue,
            service=fact.service,
            voucher=own,
            start=entry.at,
            until=entry.at + lobby.site.rules.arm_window_s * 1000,
        )


def _rated(lobby: Lobby, fact: Rated, entry: f.Entry) -> None:
    vote = Vote(level=fact.level, at=entry.at, hour=fact.hour, press=fact.press, compared=fact.compared)
    if (arming := lobby.armings.get(fact.voucher)) is not None:
        lobby.armings[fact.voucher] = replace(arming, **{fact.channel: vote})


def _explained(lobby: Lobby, fact: RatingExplained, entry: f.Entry) -> None:
    if (arming := lobby.armings.get(fact.voucher)) is not None:
        lobby.armings[fact.voucher] = replace(arming, explained=(*arming.explained, fact.channel))


def _notice(lobby: Lobby, fact: f.NoticeSet, entry: f.Entry) -> None:
    lobby.notice = fact.text


def _written(lobby: Lobby, fact: RegisterLine, entry: f.Entry) -> None:
    lobby.register[entry.id] = fact


def _struck(lobby: Lobby, fact: Struck, entry: f.Entry) -> None:
    lobby.register.pop(fact.line, None)


def _undone(lobby: Lobby, fact: f.Undone, entry: f.Entry) -> None:
    undo = lobby.undo.pop(fact.desk)
    for ticket in undo.tickets:
        known = lobby.tickets[ticket.id]
        lobby.put_ticket(replace(ticket, paper=known.paper, priority=known.priority))
    lobby.seats[fact.desk] = undo.seat
    for taken_back in fact.facts:
        if isinstance(taken_back, f.Served):
            lobby.armings.pop(voucher(lobby.day_key, taken_back.ticket), None)
    lobby.armed[fact.desk] = undo.armed


_APPLY: dict[type, Callable[[Lobby, Any, f.Entry], None]] = {
    **dict.fromkeys(get_args(RegisterLine), _written),
    Struck: _struck,
    f.DayOpened: _day_opened,
    f.DayClosed: _nothing,
    f.Issued: _issued,
    f.PaperChanged: _paper,
    f.Withdrawn: _withdrawn,
    **dict.fromkeys(LEASES, apply_lease),
    f.DeskOpened: _desk_opened,
    f.DeskClosed: _desk_closed,
    f.DeskPaused: _desk_paused,
    f.DeskResumed: _desk_opened,
    f.Called: _called,
    f.Recalled: _recalled,
    f.Missed: _missed,
    f.Returned: _returned,
    f.Parked: _parked,
    f.Transferred: _transferred,
    f.Served: _served,
    **dict.fromkeys(AWAY, apply_away),
    **dict.fromkeys(PAPERS, apply_reprint),
    AppointmentsBooked: _nothing,
    AppointmentFreed: _nothing,
    AppointmentMissed: _nothing,
    NumberRefused: _nothing,
    OfferTaken: _nothing,
    Rated: _rated,
    RatingSuppressed: _nothing,
    RatingOrphan: _nothing,
    RatingLate: _nothing,
    RatingExplained: _explained,
    f.NoticeSet: _notice,
    f.CaseNoted: _nothing,
    f.LedgerImported: _nothing,
    f.Undone: _undone,
}
