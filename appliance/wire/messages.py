"""Every message on the bus, as a struct; the same structs are the bodies over HTTP.

Rules: what goes up is strict (an unknown field is an error that the sender hears of); what comes down is tolerant, so
that an older box lives with a newer hub. A field that may be left out is `UNSET` then; `None` is a value (`null`).
`id` makes a request idempotent; `(device, epoch, seq)` makes an event of a journal count once, for ever.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from appliance.wire.choices import (
    Action,
    ClockQuality,
    DeskPhase,
    DeskStatus,
    ErrorCode,
    FateKind,
    Offer,
    RatingResult,
    Reason,
    TicketStatus,
    Version,
)
from appliance.wire.ids import (
    AppointmentToken,
    CardToken,
    CounterId,
    DeskId,
    Epoch,
    GroupId,
    Instant,
    Language,
    Level,
    QueueId,
    RequestId,
    Sequence,
    ServiceId,
    TicketId,
)
from appliance.wire.parts import ActionArgs, Answers, Given, Opening, Reasons
from appliance.wire.told import Call, Parked, Part, Words

# ------------------------------------------------------------------------------------------------------------- up


class Up(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """What a device says to the hub. `epoch` and `seq` come from its journal; a plain third-party device has none."""

    v: Version = 1
    id: RequestId
    epoch: Epoch | UnsetType = UNSET
    seq: Sequence | UnsetType = UNSET
    at: Instant | UnsetType = UNSET


class TicketRequest(Up, frozen=True):
    """A kiosk asks for a number. `card`: one open number of a queue each. `accept`: an offer of the refusal before.

    Who shows an `appointment` gets the service that it was made for; without one, `service` must be there. `given`
    stands in a request that was answered before and is said again, since the hub lost what it had.
    """

    service: ServiceId | UnsetType = UNSET
    appointment: AppointmentToken | UnsetType = UNSET
    priority: GroupId | UnsetType = UNSET
    card: CardToken | UnsetType = UNSET
    accept: Offer | UnsetType = UNSET
    given: Given | UnsetType = UNSET
    lang: Language = "vi"
    clock: ClockQuality = "unset"


class Fate(Up, frozen=True):
    """What became of a ticket's paper. `withdrawn` takes back the request `request` that got no answer.

    A ticket issued from the emergency block while the hub was away carries `lease`, `n`, `service` and `lang` too.
    """

    fate: FateKind
    ticket: TicketId | UnsetType = UNSET
    request: RequestId | UnsetType = UNSET
    lease: RequestId | UnsetType = UNSET
    n: Annotated[int, msgspec.Meta(ge=1, le=999_999)] | UnsetType = UNSET
    service: ServiceId | UnsetType = UNSET
    priority: GroupId | UnsetType = UNSET
    lang: Language = "vi"
    reason: Reason = ""


class DeskAction(Up, frozen=True):
    """A key at a desk. `next` while serving finishes first; on an empty queue the answer is ok with `ticket: null`.

    `until` (the hub's time, as its heartbeat tells it): whenever the hub hears of it later, it does not carry it out.
    """

    desk: DeskId
    action: Action
    args: ActionArgs = ActionArgs()
    until: Instant | UnsetType = UNSET


class Rating(Up, frozen=True):
    """A press on a rating button. A terminal is bound to its desk by configuration; a plain device may add `desk`.

    `opening` says which visit's rating it answers, null that none was open. `blind`: the terminal had no word of the
    hub. `reasons` and `answers` (question, yes or no) add to the vote of the same level, which they may come with.
    """

    level: Level
    desk: DeskId | UnsetType = UNSET
    opening: Opening | UnsetType | None = UNSET
    blind: bool | UnsetType = UNSET
    reasons: Reasons | UnsetType = UNSET
    answers: Answers | UnsetType = UNSET


# ----------------------------------------------------------------------------------------------------------- down


class Down(Struct, kw_only=True, frozen=True):
    """What the hub says. `gen` is the hub's generation: a device ignores what carries a lower one than it has seen."""

    v: Version = 1
    gen: int = 0


class WaitRange(Struct, kw_only=True, frozen=True):
    """An honest wait: from `low_min` to `high_min` minutes from now by the clock, the break included if it lies in."""

    low_min: int
    high_min: int


class TicketView(Struct, kw_only=True, frozen=True):
    """A ticket as others may see it: no name, no priority reason. `due`: it is not called before that moment.

    `appointment` is the time somebody had who made one; `late`: it was over, so the number is an ordinary one.
    """

    id: TicketId
    number: str
    queue: QueueId
    service: ServiceId
    status: TicketStatus
    issued_at: Instant
    ahead: int
    wait: WaitRange | None
    counters: tuple[CounterId, ...]
    code: str
    due: Instant | UnsetType = UNSET
    appointment: Instant | UnsetType = UNSET
    late: bool | UnsetType = UNSET


class Answer(Down, frozen=True):
    """The answer to the request `re`: `ok` with its result, or `error` with words that say what to do, and `offers`.

    Of who is too early for an `appointment`, `opens` is from when on its code gives a number.
    """

    re: RequestId
    ok: bool
    error: ErrorCode | UnsetType = UNSET
    message: Words | UnsetType = UNSET
    offers: tuple[Offer, ...] | UnsetType = UNSET
    resumes: Instant | UnsetType = UNSET  # after the break, for who accepts "afternoon"
    appointment: Instant | UnsetType = UNSET
    opens: Instant | UnsetType = UNSET
    ticket: TicketView | UnsetType | None = UNSET
    desk: DeskId | UnsetType = UNSET
    status: DeskStatus | UnsetType = UNSET
    result: RatingResult | UnsetType = UNSET


class Ack(Down, frozen=True):
    """Everything of journal `epoch` up to `upto` is on the hub's disk: the device may forget it."""

    epoch: Epoch
    upto: int


class LeaseGrant(Down, frozen=True):
    """An emergency block: the kiosk may issue `from` .. `to` of `queue` on `day` while the hub is silent."""

    lease: RequestId
    queue: QueueId
    day: str
    first: int = msgspec.field(name="from")
    last: int = msgspec.field(name="to")
    valid_s: int = 0


class State(Down, frozen=True):
    """A retained state. Only a higher (gen, rev) than the last one counts; anything else is stale and ignored."""

    rev: int


class SiteState(State, frozen=True):
    """What the centre offers now. Ids only; names and texts come from GET /api/v1/site."""

    open: bool
    notice: str
    services: tuple[ServiceId, ...]
    queues: tuple[QueueId, ...]
    desks: tuple[DeskId, ...]
    languages: tuple[Language, ...]
    levels: int
    revision: str


class QueueState(State, frozen=True):
    """How many wait in a queue, for how long the first of them has (s), and what a new arrival may expect."""

    waiting: int
    longest_s: int
    wait: WaitRange | UnsetType = UNSET


class DeskState(State, frozen=True):
    """A desk: its status, the number it calls or serves, and until when its rating terminal is armed.

    `times` and `lang` are those of its call (0: not told). `next` is whom it would call if it called now: a later
    ticket with priority may still come first. `parked` waits for this desk alone, the first one first.
    """

    counter: CounterId
    label: str
    status: DeskStatus
    ticket: TicketId | UnsetType = UNSET
    number: str | UnsetType = UNSET
    phase: DeskPhase | UnsetType = UNSET
    call_seq: int = 0
    times: int = 0
    lang: Language | UnsetType = UNSET
    next: str | UnsetType = UNSET
    armed_until: Instant | UnsetType = UNSET
    armed_ticket: str | UnsetType = UNSET
    armed_lang: Language | UnsetType = UNSET
    parked: tuple[Parked, ...] | UnsetType = UNSET


class CallsState(State, frozen=True):
    """The calls that are still good, newest first."""

    calls: tuple[Call, ...]


class HubBeat(Down, frozen=True):
    """The hub's heartbeat, every 2 s. Nothing heard for 5 s: what is shown is stale, and every box says so."""

    at: Instant


# --------------------------------------------------------------------------------------------------------- device


class Health(Struct, kw_only=True, frozen=True):
    """What a device is made of and how it is: sent at birth and at each change."""

    v: Version = 1
    parts: dict[str, Part]
    clock: ClockQuality = "unset"
    versions: dict[str, str] = {}
    epoch: Epoch | UnsetType = UNSET
    seq: int = 0
    gen: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)] = 0
    leases: tuple[RequestId, ...] = ()


class Presence(Struct, kw_only=True, frozen=True):
    """Plain text on the wire: `online`, or `offline` as the last will."""

    state: Literal["online", "offline"]
