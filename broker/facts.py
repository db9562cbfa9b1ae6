"""What happened, one struct per kind: the only content of the log.

Rules: a fact is past and final, and says by itself all that is ever counted of it (queue, service, counter, desk,
seconds); no personal data.
Times are integer milliseconds of Unix time, durations integer seconds.
"""

from typing import Literal

import msgspec
from msgspec import Struct

from broker.appointment_facts import AppointmentFact
from broker.fact import AtDesk, Fact
from broker.foretold import Foretold
from broker.lease_facts import KioskKnown, LeaseGranted, LeaseLost, LeaseReturned
from broker.rating_facts import Rated, RatingExplained, RatingLate, RatingOrphan, RatingSuppressed
from broker.refusal_facts import RefusalFact
from broker.register_facts import RegisterLine, Struck
from broker.visit_facts import VisitFact

PaperState = Literal["printing", "printed", "uncertain"]
CallReason = Literal["turn", "backup", "kept", "taken"]
CallWhy = Literal["", "first", "due", "returned", "moved", "priority", "appointment", "kept", "taken"]


class DayOpened(Fact, frozen=True, tag="day_opened"):
    """The business day `day` begins: numbering starts at 1 in every queue."""

    day: str


class DayClosed(Fact, frozen=True, tag="day_closed"):
    """The business day `day` is over."""

    day: str


class Issued(Fact, frozen=True, tag="issued"):
    """A number was given to a visit. What the citizen was told: `ahead`, and a call after `low_min` to `high_min`.

    It is not called before `due` (ms). A kiosk alone gave it from the emergency block `lease`, at `issued_at` (ms),
    while the hub was away. Or it was given `again`: it was on paper, and this log, an older copy, knew nothing of it.
    Somebody came for the `appointment` at that time (ms), and so stands in line by `clock0` (ms), 0 for who was late.
    `foretold` is what was told before it was rounded, where every desk of the queue was busy.
    """

    ticket: str
    queue: str
    n: int
    number: str
    service: str
    code: str
    lang: str
    device: str
    ahead: int
    priority: bool = False
    counter: str = ""
    lease: str = ""
    issued_at: int = 0
    again: bool = False
    due: int = 0
    low_min: int = 0
    high_min: int = 0
    appointment: int = 0
    clock0: int = 0
    foretold: Foretold | None = None


class PaperChanged(Fact, frozen=True, tag="paper_changed"):
    """What is known of a ticket's paper."""

    ticket: str
    queue: str
    service: str
    state: PaperState
    reason: str = ""


class Voided(Fact, frozen=True, tag="void"):
    """The number provably never reached paper, or its request was withdrawn."""

    ticket: str
    queue: str
    service: str
    reason: str = ""


class Withdrawn(Fact, frozen=True, tag="withdrawn"):
    """A request that had not arrived was taken back: should it come later, it gets no number."""

    request: str


class DeskOpened(AtDesk, frozen=True, tag="desk_opened"):
    """A desk begins to serve."""


class DeskClosed(AtDesk, frozen=True, tag="desk_closed"):
    """A desk stops for the day; who waited for it alone is `freed`: a visit, and the queue in whose line it is now."""

    freed: tuple[tuple[str, str], ...] = ()


class DeskPaused(AtDesk, frozen=True, tag="desk_paused"):
    """A desk pauses."""

    reason: str = ""


class DeskResumed(AtDesk, frozen=True, tag="desk_resumed"):
    """A desk goes on."""


class OfTicket(AtDesk, frozen=True, kw_only=True):
    """What a clerk did with a ticket."""

    ticket: str
    queue: str
    service: str


class Called(OfTicket, frozen=True, tag="called"):
    """A number was called.

    `first` calls carry the wait, and what was promised of it: `low_s` to `high_s`, where they are not both 0; and
    what was `foretold`, if anything was.
    `overtook` counts those of the queue who came before and still wait; `tidy_s` is what the desk needed since its
    visit before, where this one waited all that time. `reason` is where the desk looked, `why` what made it this one
    there (see `scheduling.why`; "" in logs from before it was kept); `priority` whether the visit had it.
    `after_slot_s` is the time since that of an appointment which was kept.
    """

    call_seq: int
    first: bool
    wait_s: int
    reason: CallReason
    overtook: int = 0
    words: str = ""
    low_s: int = 0
    high_s: int = 0
    tidy_s: int | None = None
    why: CallWhy = ""
    priority: bool = False
    after_slot_s: int | None = None
    foretold: Foretold | None = None


class Recalled(OfTicket, frozen=True, tag="recalled"):
    """The same number was called again."""

    call_seq: int
    times: int


class Missed(OfTicket, frozen=True, tag="no_show"):
    """Nobody came."""


class Returned(OfTicket, frozen=True, tag="returned"):
    """A late-comer or a parked visit is back in the line, its place given by `clock0`; `kept` waits for this desk.

    Logs from before it was kept do not say `by` which desk a parked visit was brought back to another one.
    """

    clock0: int
    kept: bool = False


class Parked(OfTicket, frozen=True, tag="parked"):
    """The visit waits for something; it keeps its number and its desk."""

    service_s: int


class Transferred(OfTicket, frozen=True, tag="transferred"):
    """The visit goes on elsewhere with the same number: to a queue, or to a desk; `words` say why, if it goes back."""

    service_s: int
    to_queue: str
    to_desk: str = ""
    words: str = ""


class Served(OfTicket, frozen=True, tag="served"):
    """The visit is finished. `forgotten`: closed by the end of the day, so its service time says nothing."""

    service_s: int
    forgotten: bool = False


class Stranded(Fact, frozen=True, tag="stranded"):
    """The day ended before the visit's turn."""

    ticket: str
    queue: str
    service: str


class NoticeSet(Fact, frozen=True, tag="notice_set"):
    """The notice on the boards changed."""

    text: str
    actor: str


class CaseNoted(Fact, frozen=True, tag="case_noted"):
    """A supervisor looked into a case of the integrity tests; `case` is its name."""

    case: str
    note: str
    actor: str


class LedgerImported(Fact, frozen=True, tag="ledger_imported"):
    """Dossiers came from the one-stop software: `sha256` of the file, rows taken."""

    sha256: str
    rows: int
    actor: str


OfSeat = DeskOpened | DeskClosed | DeskPaused | DeskResumed
Undoable = Called | Recalled | Missed | Returned | Parked | Transferred | Served | OfSeat


class Undone(AtDesk, frozen=True, tag="undone"):
    """The desk took back its last action, done at `at`: what those facts counted then is counted off.

    The rules allowed it `until` (ms, 0: in logs from before it was kept).
    """

    at: int
    facts: tuple[Undoable, ...]
    until: int = 0


AnyFact = (
    DayOpened
    | DayClosed
    | Issued
    | PaperChanged
    | Voided
    | Withdrawn
    | KioskKnown
    | LeaseGranted
    | LeaseLost
    | LeaseReturned
    | Undoable
    | Stranded
    | VisitFact
    | AppointmentFact
    | RefusalFact
    | Rated
    | RatingSuppressed
    | RatingOrphan
    | RatingLate
    | RatingExplained
    | NoticeSet
    | RegisterLine
    | Struck
    | CaseNoted
    | LedgerImported
    | Undone
)


def moved(fact: AnyFact) -> tuple[str, ...]:
    """The visits whose place a clerk changed."""
    match fact:
        case OfTicket(ticket=ticket):
            return (ticket,)
        case DeskClosed(freed=freed):
            return tuple(ticket for ticket, _ in freed)
        case _:
            return ()


encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(AnyFact).decode


def decode(body: bytes | str) -> AnyFact:
    """The fact of a log row's body. Raises msgspec.DecodeError when it is none."""
    fact: AnyFact = _decode(body)
    return fact


def kind(fact: Fact) -> str:
    """The fact's kind, as in the log's column."""
    return str(fact.__struct_config__.tag)


class Entry(Struct, frozen=True):
    """What one command did: its id (a UUID), the time it was decided (ms) and its facts, together or not at all."""

    id: str
    day: str
    at: int
    facts: tuple[AnyFact, ...]
