"""The state of the hall today: visits, lines, desks.

Rules: pure; holds nothing that cannot be rebuilt from the day's facts (`cards` and `bookings` apart, which have their
own tables, and `pressed` and `declared`, which a restart forgets); `put_ticket` alone moves a visit in or out of a
line. All times are Unix milliseconds.
"""

import bisect
from collections.abc import Iterator

from msgspec import Struct

from appliance.wire.choices import DeskStatus, TicketStatus
from broker.appointment_model import Booking
from broker.experience.experience import Experience
from broker.facts import PaperState, Undoable
from broker.foretold import Foretold
from broker.local_calendar import LocalCalendar
from broker.model import Site
from broker.register_facts import RegisterLine

LineKey = tuple[int, int, str]
"""(clock0, order of issue, ticket): what a line is sorted by."""
LATEST = 2**62
"""A moment after all others."""


class Ticket(Struct, frozen=True, kw_only=True):
    """One visit.

    `queue` is where it waits now, `series` where its number comes from; `for_desk` keeps it for one desk. Before `due`
    it is not called; `low_min` to `high_min` after its issue it was promised to be, where they are not 0, rounded from
    what was `foretold`. `been`: the desks that sent it on, and the queues it left, in order. A cancelled visit was
    `cancelled_as` before. `appointment` is the time of one (0: none); who came `late` for it stands in line like
    everybody.
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
    due: int = 0
    low_min: int = 0
    high_min: int = 0
    appointment: int = 0
    late: bool = False
    foretold: Foretold | None = None
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
    been: tuple[str, ...] = ()
    cancelled_at: int = 0
    cancelled_as: TicketStatus = "waiting"

    @property
    def line_key(self) -> LineKey:
        """Its place in a line."""
        return (self.clock0, self.order, self.id)

    @property
    def came(self) -> tuple[int, int]:
        """Since when it may say that it was there before another: its issue, or the later place of a late-comer."""
        return (max(self.clock0, self.issued_at), self.order)


class DeskSeat(Struct, frozen=True, kw_only=True):
    """A desk now: `ticket` is who it calls or serves; `freed`: it has had somebody since it was opened or resumed."""

    id: str
    status: DeskStatus = "closed"
    ticket: str = ""
    since: int = 0
    reason: str = ""
    freed: bool = False


class Undo(Struct, frozen=True, kw_only=True):
    """How to take back a desk's last action, done at `at`."""

    at: int
    facts: tuple[Undoable, ...]
    seat: DeskSeat
    tickets: tuple[Ticket, ...]
    armed: str
    after: tuple[Ticket, ...] = ()


class Vote(Struct, frozen=True, kw_only=True):
    """A visit's vote through one channel, `press` its number where the terminal numbers; see `rating_facts.Rated`."""

    level: int
    at: int
    hour: int
    press: int
    compared: bool


class Arming(Struct, frozen=True, kw_only=True):
    """A finished visit that may be rated: at its desk until `until`, or until the desk finishes another; by phone.

    `explained`: the channels that have added something to their vote.
    """

    ticket: str
    number: str
    lang: str
    desk: str
    queue: str
    service: str
    voucher: str
    start: int
    until: int
    button: Vote | None = None
    phone: Vote | None = None
    explained: tuple[str, ...] = ()


class Pressed(Struct, frozen=True):
    """A desk's last presses on the rating buttons, oldest first, and its last burst of them. Never on disk."""

    recent: tuple[int, ...] = ()
    burst: int = 0


class Paper(Struct, frozen=True, kw_only=True):
    """A paper that reception asked the kiosk `device` for at `asked_at`; `outcome` "": not heard of yet."""

    ticket: str
    device: str
    again: bool
    asked_at: int
    outcome: str = ""
    reason: str = ""


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
    """The waiting visits of one queue in classes, each first come first: priority or not, and due from when on."""

    __slots__ = ("_classes",)

    def __init__(self) -> None:
        self._classes: dict[tuple[bool, int], list[LineKey]] = {}

    def of(self, priority: bool, due: int = 0) -> list[LineKey]:
        """The sorted keys of one class."""
        return self._classes.setdefault((priority, due), [])

    def classes(self, by: int) -> list[tuple[bool, int, list[LineKey]]]:
        """Priority or not, due and keys of each class that may be called by the moment `by` and is not empty."""
        return [(priority, due, keys) for (priority, due), keys in self._classes.items() if keys and due <= by]

    def keys(self, by: int = LATEST) -> list[LineKey]:
        """All keys that may be called by the moment `by`, by clock0."""
        return sorted(key for _, _, keys in self.classes(by) for key in keys)


class Lobby:
    """The hall of `site` on one business day ("" before the first).

    `haste`: how many seconds of its time pass in one of a person's; not 1 in a demonstration only, which sets it.
    """

    def __init__(self, site: Site, day_key: bytes = b"") -> None:
        self.site = site
        self.calendar = LocalCalendar(site.zone)
        self.day_key = day_key
        self.notice = ""
        self.call_seq = 0
        self.haste = 1.0
        self.withdrawn: set[str] = set()
        self.kiosks: dict[str, Kiosk] = {}
        self.bookings: dict[str, Booking] = {}  # by token
        self.experience = Experience(site)
        desks = site.desks.values()
        self.serving = {queue: [desk.id for desk in desks if queue in desk.skills] for queue in site.queues}
        self.helping = {queue: [desk.id for desk in desks if queue in desk.backups] for queue in site.queues}
        self.begin("")

    def begin(self, day: str) -> None:
        """Empty the hall for `day`; call sequence, notice, the kiosks' places and what was learned go on."""
        self.day = day
        self.experience.begin(day)
        self.tickets: dict[str, Ticket] = {}
        self.aside: dict[str, None] = {}
        self.codes: dict[str, str] = {}
        self.next_n: dict[str, int] = {}
        self.lines: dict[str, Line] = {queue: Line() for queue in self.site.queues}
        self.kept: dict[str, list[LineKey]] = {desk: [] for desk in self.site.desks}
        self.seats: dict[str, DeskSeat] = {desk: DeskSeat(id=desk) for desk in self.site.desks}
        self.undo: dict[str, Undo] = {}
        self.register: dict[str, RegisterLine] = {}  # by the command that wrote it
        self.armings: dict[str, Arming] = {}  # by voucher: all of the day
        self.armed: dict[str, str] = {}  # the voucher of whom each desk's terminal asks
        self.leases: dict[str, Lease] = {}
        self.leased: dict[str, set[int]] = {}
        self.cards: dict[tuple[str, str], list[str]] = {}
        self.reprints: dict[str, Paper] = {}  # by the command that asked
        self.pressed: dict[str, Pressed] = {}
        self.declared: dict[str, str] = {}  # the priority group of a visit, to count it off: never on disk
        self.withdrawn.clear()
        self.bookings = {each: one for each, one in self.bookings.items() if self.calendar.day(one.slot) >= day}

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
        return self.lines[ticket.queue].of(ticket.priority, ticket.due)

    def waiting(self, queue: str, now: int) -> int:
        """How many wait in a queue; who is due later only does not wait yet."""
        return sum(len(keys) for _, _, keys in self.lines[queue].classes(now))

    def longest_ms(self, queue: str, now: int) -> int:
        """For how long the first of a queue has waited; 0 when nobody waits."""
        since = now
        for _, due, keys in self.lines[queue].classes(now):
            for key in keys:
                if max(key[0], due) >= since:
                    break
                # An appointment may stand before its holder's coming; nobody has waited longer than since then.
                since = min(since, max(key[0], due, self.tickets[key[2]].issued_at))
        return now - since

    def is_closed(self, desk: str) -> bool:
        """Whether nobody sits at `desk`, "" being none."""
        return bool(desk) and self.seats[desk].status == "closed"

    def undo_until(self, undo: Undo) -> int:
        """The last moment at which `undo` may be done: hands are no faster where time is."""
        return undo.at + round(self.site.rules.undo_s * 1000 * max(1.0, self.haste))

    def at_desks(self) -> Iterator[Ticket]:
        """The visits that are called or being served."""
        return (self.tickets[seat.ticket] for seat in self.seats.values() if seat.ticket)
