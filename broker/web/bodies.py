"""Bodies of the HTTP API that the bus does not have.

Rules: what comes in is strict; ids are those of the bus; a time is RFC 3339 with offset, a span is in the unit its name
says.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from appliance.wire.choices import ClockQuality, DeskPhase, DeskStatus, Offer, Version
from appliance.wire.ids import CounterId, DeskId, GroupId, Instant, Language, QueueId, RequestId, ServiceId, TicketId
from appliance.wire.messages import TicketView, WaitRange
from appliance.wire.site import Text
from appliance.wire.told import Call
from broker.appointment_figures import Kept
from broker.channels import Month
from broker.fairness import Fairness
from broker.figures import Ratings, Waits
from broker.grouping import By
from broker.refused_figures import Refused

Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$", description="a local date, such as 2026-11-23")]


class TicketBody(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Ask for a number: the bus body without what the header `Idempotency-Key` says already.

    Who has an `appointment` needs no `service`: the code stands for both.
    """

    service: ServiceId | UnsetType = UNSET
    v: Version = 1
    id: RequestId | UnsetType = UNSET
    at: Instant | UnsetType = UNSET
    appointment: Annotated[str, msgspec.Meta(max_length=200, description="its code, as the portal gave it")] = ""
    priority: GroupId | UnsetType = UNSET
    lang: Language = "vi"
    clock: ClockQuality = "unset"
    accept: Offer | UnsetType = UNSET


class TicketReply(Struct, kw_only=True, frozen=True):
    """The ticket that was issued, or the one that this request got the first time."""

    ticket: TicketView


class RatingBody(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """A press on a rating button at `desk`."""

    desk: DeskId
    level: Annotated[int, msgspec.Meta(ge=1, le=5, description="1 is best")]
    v: Version = 1
    id: RequestId | UnsetType = UNSET
    at: Instant | UnsetType = UNSET


class ServiceRow(Struct, kw_only=True, frozen=True):
    """What a citizen may ask for."""

    id: ServiceId
    queue: QueueId
    department: str
    type: str
    name: Text


class QueueRow(Struct, kw_only=True, frozen=True):
    """A queue now."""

    id: QueueId
    prefix: str
    name: Text
    counters: tuple[CounterId, ...]
    waiting: int
    longest_s: int
    wait: WaitRange | None


class DeskRow(Struct, kw_only=True, frozen=True):
    """A desk now."""

    id: DeskId
    counter: CounterId
    label: str
    queues: tuple[QueueId, ...]
    backup_queues: tuple[QueueId, ...]
    status: DeskStatus
    reason: str
    number: str | None
    ticket: TicketId | None
    phase: DeskPhase | None


class CallsReply(Struct, kw_only=True, frozen=True):
    """The calls that are still good, newest first."""

    calls: tuple[Call, ...]


class Period(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """From day `from` to day `to`, both included; today when left out."""

    start: Day | UnsetType = msgspec.field(name="from", default=UNSET)
    end: Day | UnsetType = msgspec.field(name="to", default=UNSET)


class FiguresQuery(Period, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """A period, and what the rows stand for."""

    by: By = "site"


class StreamQuery(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Which states: the first parts of topics, separated by commas, such as `state/desk/q01a,state/calls`."""

    topics: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class LevelRow(Struct, kw_only=True, frozen=True):
    """A rating level and whether it counts as satisfied."""

    level: int
    name: Text
    satisfied: bool


class RatingsReply(Struct, kw_only=True, frozen=True):
    """Ratings of a period; what each figure means stands at `broker.figures.Ratings`."""

    start: Day = msgspec.field(name="from")
    end: Day = msgspec.field(name="to")
    by: By
    levels: tuple[LevelRow, ...]
    rows: list[Ratings]


class ChannelsReply(Struct, kw_only=True, frozen=True):
    """Button and phone side by side, by finished months; what each figure means stands at `broker.channels.Month`."""

    start: Day = msgspec.field(name="from")
    end: Day = msgspec.field(name="to")
    levels: tuple[LevelRow, ...]
    rows: list[Month]


class WaitsReply(Struct, kw_only=True, frozen=True):
    """Visits and waits of a period; what each figure means stands at `broker.figures.Waits`."""

    start: Day = msgspec.field(name="from")
    end: Day = msgspec.field(name="to")
    by: By
    rows: list[Waits]


class FairnessReply(Struct, kw_only=True, frozen=True):
    """Calls and their reasons; what each figure means stands at `broker.fairness.Fairness`."""

    start: Day = msgspec.field(name="from")
    end: Day = msgspec.field(name="to")
    by: By
    rows: list[Fairness]


class AppointmentsReport(Struct, kw_only=True, frozen=True):
    """Appointments of a period; what each figure means stands at `broker.appointment_figures.Kept`."""

    start: Day = msgspec.field(name="from")
    end: Day = msgspec.field(name="to")
    by: By
    rows: list[Kept]


class RefusalsReport(Struct, kw_only=True, frozen=True):
    """Refused wishes of a period; what each figure means stands at `broker.refused_figures.Refused`."""

    start: Day = msgspec.field(name="from")
    end: Day = msgspec.field(name="to")
    by: By
    rows: list[Refused]


class ReportOrder(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Have a report written, from day `from` to day `to`, both included; today when left out."""

    start: Day | UnsetType = msgspec.field(name="from", default=UNSET)
    end: Day | UnsetType = msgspec.field(name="to", default=UNSET)
    form: Literal["pdf", "xlsx", "csv", "json", "text"] = msgspec.field(name="format", default="pdf")
    lang: Literal["vi", "en", "km"] = msgspec.field(name="language", default="vi")


class NoticeBody(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """The notice on the boards; empty takes it away."""

    text: Annotated[str, msgspec.Meta(max_length=200)]


class AppointmentLine(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """An appointment: nothing of the person, only the portal's code. `time` is local, such as 09:15."""

    code: Annotated[str, msgspec.Meta(max_length=200)]
    service: Annotated[str, msgspec.Meta(max_length=64)]
    day: Annotated[str, msgspec.Meta(max_length=32, description="a local date, such as 2026-11-24")]
    time: Annotated[str, msgspec.Meta(max_length=32)]


class AppointmentsBody(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """All appointments of the days that stand in it, and of `days`: what is not named there is cancelled.

    Nothing is written while a line is rejected, unless `skip_rejected`; `dry_run` writes nothing at all. Where
    lines are missing (`partial`) or a code cannot be read, nothing is cancelled.
    """

    appointments: tuple[AppointmentLine, ...]
    days: tuple[Day, ...] = ()
    dry_run: bool = False
    skip_rejected: bool = False
    partial: bool = False


class DoneReply(Struct, kw_only=True, frozen=True):
    """It is done."""

    ok: Literal[True] = True
