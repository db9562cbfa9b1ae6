"""What a board shows: who is called where, and how many wait.

Rules: pure; only what hangs in the hall for everybody to see.
"""

from msgspec import Struct

from broker.lobby import Lobby, Ticket
from broker.model import Site

SHOWN = 6


class CallRow(Struct, frozen=True, kw_only=True):
    """A number and where it goes; `mark` changes with every call and recall, so that a board knows what is new."""

    number: str
    counter: str
    mark: str


class BoardView(Struct, frozen=True, kw_only=True):
    """The board at the moment `now`; the newest call first."""

    now: int
    open: bool
    notice: str
    waiting: int
    calls: tuple[CallRow, ...]


def board_view(lobby: Lobby, now: int) -> BoardView:
    """The board now."""
    newest = sorted(lobby.at_desks(), key=lambda ticket: -ticket.call_seq)[:SHOWN]
    return BoardView(
        now=now,
        open=lobby.calendar.is_open(lobby.site.hours, now),
        notice=lobby.notice,
        waiting=sum(lobby.waiting(queue, now) for queue in lobby.site.queues),
        calls=tuple(_row(lobby.site, ticket) for ticket in newest),
    )


def _row(site: Site, ticket: Ticket) -> CallRow:
    counter = site.counters[site.desks[ticket.desk].counter]
    return CallRow(number=ticket.number, counter=counter.id, mark=f"{ticket.call_seq}.{ticket.times}")
