"""What happens to a visit that is at no desk, into state; a part of `broker.apply`, with its rules.

Rules: pure; never refuses.
"""

from typing import get_args

from msgspec.structs import replace

from broker.facts import Entry, Stranded, Voided
from broker.lobby import Lobby, Paper, Ticket
from broker.visit_facts import Cancelled, PriorityCorrected, ReprintAsked, Reprinted, Restored

Away = Voided | Stranded | PriorityCorrected | Cancelled | Restored
AWAY: tuple[type, ...] = get_args(Away)
PAPERS: tuple[type, ...] = (ReprintAsked, Reprinted)


def apply_away(lobby: Lobby, fact: Away, entry: Entry) -> None:
    """Let it happen."""
    lobby.put_ticket(_after(lobby.tickets[fact.ticket], fact, entry.at))


def apply_reprint(lobby: Lobby, fact: ReprintAsked | Reprinted, entry: Entry) -> None:
    """Let it happen; the visit's first paper keeps its own fate."""
    if isinstance(fact, ReprintAsked):
        asked = Paper(ticket=fact.ticket, device=fact.device, again=fact.again, asked_at=entry.at)
        lobby.reprints[fact.reprint] = asked
    else:
        told = replace(lobby.reprints[fact.reprint], outcome=fact.outcome, reason=fact.reason)
        lobby.reprints[fact.reprint] = told


def _after(ticket: Ticket, fact: Away, at: int) -> Ticket:
    match fact:
        case Voided():
            return replace(ticket, status="void", paper="void", desk="", for_desk="")
        case Stranded():
            return replace(ticket, status="stranded", desk="", for_desk="")
        case PriorityCorrected(after=after):
            return replace(ticket, priority=after)
        case Cancelled():
            return replace(ticket, status="cancelled", cancelled_at=at, cancelled_as=ticket.status)
        case Restored(desk=desk):
            return replace(ticket, status=ticket.cancelled_as, for_desk=desk, cancelled_at=0, cancelled_as="waiting")
