"""The state of the hall today: visits, lines, desks.

Rules: pure; holds nothing that cannot be rebuilt from the day's facts (`cards` apart, which have their own table);
`put_ticket` alone moves a visit in or out of a line. All times are Unix milliseconds.
"""

import bisect
from collections.abc import Iterator

from msgspec import Struct

from appliance.wire.messages import DeskStatus, TicketStatus
from broker.facts import PaperState, Undoable
from broker.model import LocalCalendar, Site

LineKey = tuple[int, int, str]
"""(clock0, order of issue, ticket): what a line is sorted by."""


class Ticket(Struct, frozen=True, kw_only=True):
    """One visit.

    `queue` is where it waits now, `series` where its number comes from; `for_desk` keeps it for one desk.
    """

    id: str
    number: str
    series: str
    queue: str
    service: str
    priority: bool
    lang: str
    code: str
    order: int
    issued_at: int
    clock0: int
    status: TicketStatus = "waiting"
    paper: PaperState | str = "issued"
    desk: str = ""
    for_desk: str = ""
    first_call_at: int = 0
    called_at: int = 0
    times: int = 0
    call_seq: int = 0
    missed_at: int = 0
    returns: int = 0
    parked_by: str = ""

    @property
    def line_key(self) -> LineKey:
        """Its place in a line."""
        return (self.clock0, self.order, self.id)


class DeskSeat(Struct, frozen=True, kw_only=True):
    """A desk now: `ticket` is who it calls or serves."""

    id: str
    status: DeskStatus = "closed"
    ticket: str = ""
    since: int = 0
    reason: str = ""


class Undo(Struct, frozen=True, kw_only=True):
    """How to take back a desk's last action until `until`."""

    at: int
    until: int
    facts: tuple[Undoable, ...]
    seat: DeskSeat
    tickets: tuple[Ticket, ...]
    arming: "Arming | None"
    after: tuple[Ticket, ...] = ()


class Arming(Struct, frozen=True, kw_only=True):
    """A rating terminal is open for one finished visit; `vote` 0 means none yet."""

    ticket: str
    number: str
    queue: str
    service: str
    voucher: str
    start: int
    until: int
    vote: int = 0
    voted_at: int = 0
    vote_hour: int = 0


class Kiosk(Struct, frozen=True):
    """A kiosk's place among the kiosks, and the journal it writes."""

    place: int
    epoch: str


class Lease(Struct, frozen=True, kw_only=True):
    """An emergency block of today. `lost`: its kiosk began a new journal."""

    id: str
    device: str
    epoch: str
    queue: str
    first: int
    last: int
    granted_at: int
    used: int = 0
    lost: bool = False

    @property
    def left(self) -> int:
        """How many of its numbers are not known to be issued."""
        return self.last - self.first + 1 - self.used


class Line:
    """The waiting visits of one queue, ordinary and priority apart, each first come first."""

    __slots__ = ("ordinary", "priority")

    def __init__(self) -> None:
        self.ordinary: list[LineKey] = []
        self.priority: list[LineKey] = []

    def of(self, priority: bool) -> list[LineKey]:
        """The sorted keys of one class."""
        return self.priority if priority else self.ordinary

    def __len__(self) -> int:
        return len(self.ordinary) + len(self.priority)

    def keys(self) -> list[LineKey]:
        """All keys, by clock0."""
        return sorted(self.ordinary + self.priority)


class Lobby:
    """The hall of `site` on one business day ("" before the first)."""

    def __init__(self, site: Site, day_key: bytes = b"") -> None:
        self.site = site
        self.calendar = LocalCalendar(site.zone)
        self.day_key = day_key
        self.notice = ""
        self.call_seq = 0
        self.withdrawn: set[str] = set()
        self.kiosks: dict[str, Kiosk] = {}
        self.begin("")

    def begin(self, day: str) -> None:
        """Empty the hall for `day`; call sequence, notice and the kiosks' places go on."""
        self.day = day
        self.tickets: dict[str, Ticket] = {}
        self.aside: dict[str, None] = {}
        self.codes: dict[str, str] = {}
        self.next_n: dict[str, int] = {}
        self.lines: dict[str, Line] = {queue: Line() for queue in self.site.queues}
        self.kept: dict[str, list[LineKey]] = {desk: [] for desk in self.site.desks}
        self.seats: dict[str, DeskSeat] = {desk: DeskSeat(id=desk) for desk in self.site.desks}
        self.undo: dict[str, Undo] = {}
        self.armings: dict[str, Arming] = {}
        self.leases: dict[str, Lease] = {}
        self.leased: dict[str, set[int]] = {}
        self.cards: dict[tuple[str, str], str] = {}
        self.withdrawn.clear()

    def put_ticket(self, ticket: Ticket) -> None:
        """Store a visit's new state, and keep the lines and those set aside (parked, missed) true to it."""
        old = self.tickets.get(ticket.id)
        if old is not None and old.status == "waiting":
            line = self._line_of(old)
            del line[bisect.bisect_left(line, old.line_key)]
        self.tickets[ticket.id] = ticket
        if ticket.status == "waiting":
            bisect.insort(self._line_of(ticket), ticket.line_key)
        if ticket.status in ("parked", "no_show"):
            self.aside[ticket.id] = None
        else:
            self.aside.pop(ticket.id, None)

    def _line_of(self, ticket: Ticket) -> list[LineKey]:
        if ticket.for_desk:
            return self.kept[ticket.for_desk]
        return self.lines[ticket.queue].of(ticket.priority)

    def waiting(self, queue: str) -> int:
        """How many wait in a queue."""
        return len(self.lines[queue])

    def longest_ms(self, queue: str, now: int) -> int:
        """For how long the first of a queue has waited; 0 when nobody waits."""
        heads = [line[0][0] for line in (self.lines[queue].ordinary, self.lines[queue].priority) if line]
        return max(0, now - min(heads)) if heads else 0

    def at_desks(self) -> Iterator[Ticket]:
        """The visits that are called or being served."""
        return (self.tickets[seat.ticket] for seat in self.seats.values() if seat.ticket)
