"""What a centre's `centre.toml` may hold, table by table, and what is wrong with one.

Rules: pure; what a key means stands on the model's fields; a key that nobody reads is a mistake, since who
wrote it meant another one.
"""

from typing import Any, Literal, get_args

from msgspec import Struct, field
from msgspec.structs import asdict

from appliance.runtime.mistakes import read_known
from broker.appointment_model import Appointments
from broker.model import (
    Alerting,
    Asked,
    Channels,
    Closing,
    Forecasting,
    Group,
    Hours,
    Names,
    Policy,
    RatingLevel,
    Rules,
    Span,
    Tickets,
    minute_of,
)

Clocks = tuple[tuple[str, str], ...]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class _Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table that knows its keys."""


class _Centre(_Table, frozen=True, kw_only=True):
    id: str
    zone: str
    languages: tuple[str, ...]
    names: dict[str, str]
    public_url: str
    online_url: str
    founded: int


class _Hours(_Table, frozen=True, kw_only=True):
    days: tuple[Weekday, ...]
    kiosk: Clocks
    clerks: Clocks | None = None

    def __post_init__(self) -> None:
        self.spans()

    def spans(self) -> Hours:
        """The same in numbers. Raises ValueError."""
        return Hours(
            days=tuple(map(get_args(Weekday).index, self.days)),
            spans=_spans(self.kiosk),
            clerks=_spans(self.kiosk if self.clerks is None else self.clerks),
        )


def _spans(clocks: Clocks) -> tuple[Span, ...]:
    return tuple((minute_of(start), minute_of(end)) for start, end in clocks)


class _Priority(_Table, frozen=True, kw_only=True):
    policy: Policy
    rate: float
    groups: tuple[Group, ...] = ()


class _Scanner(_Table, frozen=True, kw_only=True):
    appointment: str = ""
    receipts: dict[str, str] = {}


class _Rating(_Table, frozen=True, kw_only=True):
    arm_window_s: int
    correct_within_s: int
    levels: tuple[RatingLevel, ...]
    channels: Channels = Rules().channels
    phone_window_s: int = Rules().phone_window_s
    reasons: tuple[Asked, ...] = ()
    questions: tuple[Asked, ...] = ()


class Head(_Table, frozen=True, kw_only=True):
    """What stands around a report: section `[report]` of the centre's `centre.toml`.

    `authority` stands above the centre's name; `place` before the date of signing; `prepared_by` and `signed_by` over
    the two signatures. `published_from` to `published_to` is the period of the published report in `acceptance.csv`: a
    report of exactly these days is compared with it.
    """

    authority: str = ""
    place: str = ""
    prepared_by: Names = field(default_factory=lambda: {"vi": "Người lập biểu", "en": "Prepared by"})
    signed_by: Names = field(default_factory=lambda: {"vi": "Giám đốc", "en": "Director"})
    published_from: str = ""
    published_to: str = ""


class CentreFile(_Table, frozen=True, kw_only=True):
    """The whole file."""

    centre: _Centre
    hours: _Hours
    tickets: Tickets
    priority: _Priority
    rating: _Rating
    report: Head = Head()
    forecasting: Forecasting = Forecasting()
    closing: Closing = Closing()
    alerts: Alerting = Alerting()
    scanner: _Scanner = _Scanner()
    appointments: Appointments = Appointments()

    def rules(self) -> Rules:
        """What stands in several tables, as one."""
        return Rules(
            **asdict(self.tickets),
            policy=self.priority.policy,
            priority_rate=self.priority.rate,
            arm_window_s=self.rating.arm_window_s,
            correct_within_s=self.rating.correct_within_s,
            channels=self.rating.channels,
            phone_window_s=self.rating.phone_window_s,
        )


def centre_in(tables: dict[str, Any]) -> tuple[CentreFile, tuple[str, ...]]:
    """What the file's tables say, and `table.key: what is wrong; what to do` of every key that nobody reads.

    Raises ValueError with the same of what no centre can be made of.
    """
    return read_known(tables, CentreFile)
