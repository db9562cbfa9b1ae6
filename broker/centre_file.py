"""What a centre's `centre.toml` may hold, table by table, and what is wrong with one.

Rules: pure; what a key means stands on the model's fields; a key that nobody reads is a mistake, since who
wrote it meant another one.
"""

from typing import Any, Literal

import msgspec
from msgspec import Struct

from appliance.runtime.mistakes import explain
from broker.appointment_model import Appointments
from broker.model import Alerting, Asked, Channels, Closing, Forecasting, Group, Policy, RatingLevel

Clocks = tuple[tuple[str, str], ...]


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
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]
    kiosk: Clocks
    clerks: Clocks = ()


class _Tickets(_Table, frozen=True, kw_only=True):
    backup_after_s: int
    recall_times: int
    recall_gap_s: int
    no_show_after_s: int
    reinstate_within_s: int
    reinstate_after: int
    undo_s: int


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
    channels: Channels = "button"
    phone_window_s: int = 0
    reasons: tuple[Asked, ...] = ()
    questions: tuple[Asked, ...] = ()


class _CentreFile(_Table, frozen=True, kw_only=True):
    centre: _Centre
    hours: _Hours
    tickets: _Tickets
    priority: _Priority
    rating: _Rating
    report: dict[str, Any] = {}
    forecasting: Forecasting = Forecasting()
    closing: Closing = Closing()
    alerts: Alerting = Alerting()
    scanner: _Scanner = _Scanner()
    appointments: Appointments = Appointments()


def mistake(centre: dict[str, Any]) -> str:
    """`table.key: what is wrong; what to do` of the first mistake in the file's tables, "" where there is none."""
    try:
        msgspec.convert(centre, _CentreFile)
    except msgspec.ValidationError as error:
        return explain(str(error), centre, _CentreFile).strip()
    return ""
