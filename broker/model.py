"""The centre as configured: what is offered, by whom, under which rules.

Rules: pure and frozen; everything here comes from the site's data files (`site_files`), nothing is a constant of one
centre.
"""

import datetime
from collections.abc import Mapping
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

Names = Mapping[str, str]
"""What something is called, per language: `{"vi": ..., "en": ..., "km": ...}`; Vietnamese is always there."""

Policy = Literal["fifo", "apq", "strict"]


class Department(Struct, frozen=True, kw_only=True):
    """An office whose procedures the centre receives."""

    id: str
    names: Names
    field: Names
    queue: str
    delegated: bool


class Service(Struct, frozen=True, kw_only=True):
    """What a citizen asks for; `department` is empty for the centre's own services (fee, post, advice, complaint)."""

    id: str
    queue: str
    department: str
    type: str
    names: Names


class Queue(Struct, frozen=True, kw_only=True):
    """One number series of a day, such as A001, A002, ..."""

    id: str
    prefix: str
    names: Names
    counters: tuple[str, ...]
    departments: tuple[str, ...]


class Desk(Struct, frozen=True, kw_only=True):
    """A clerk's seat: `skills` are the queues it serves, `backups` those it helps when nothing of its own waits."""

    id: str
    counter: str
    label: str
    skills: tuple[str, ...]
    backups: tuple[str, ...]


class Counter(Struct, frozen=True, kw_only=True):
    """A numbered place in the hall; `way`: where it lies seen from the main board (left, right, up, down), or ""."""

    id: str
    names: Names
    kind: str
    owner: str
    serves: Names
    desks: tuple[str, ...]
    queue: str
    way: str = ""


class RatingLevel(Struct, frozen=True, kw_only=True):
    """One button: 1 is best; `satisfied` says whether it counts as satisfied."""

    level: int
    code: str
    names: Names
    satisfied: bool


class Group(Struct, frozen=True, kw_only=True):
    """A priority group, as signed off by the director."""

    id: str
    names: Names


class Rules(Struct, frozen=True, kw_only=True):
    """The centre's rules. All spans in seconds."""

    policy: Policy = "apq"
    priority_rate: float = 4.0
    backup_after_s: int = 600
    recall_times: int = 3
    recall_gap_s: int = 20
    no_show_after_s: int = 70
    reinstate_within_s: int = 1800
    reinstate_after: int = 3
    undo_s: int = 10
    arm_window_s: int = 180
    correct_within_s: int = 5


class Hours(Struct, frozen=True, kw_only=True):
    """When numbers are issued: weekdays (0 is Monday), spans of local minutes after midnight, ends excluded."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    spans: tuple[tuple[int, int], ...] = ((0, 24 * 60),)


class Site(Struct, frozen=True, kw_only=True):
    """A centre. `revision` changes whenever anything in it does."""

    id: str
    names: Names
    zone: str
    languages: tuple[str, ...]
    departments: Mapping[str, Department]
    services: Mapping[str, Service]
    queues: Mapping[str, Queue]
    counters: Mapping[str, Counter]
    desks: Mapping[str, Desk]
    levels: tuple[RatingLevel, ...]
    groups: Mapping[str, Group]
    rules: Rules
    hours: Hours
    revision: str
    public_url: str = ""
    bring: Mapping[str, str] = {}

    @property
    def satisfied(self) -> tuple[int, ...]:
        """The levels that count as satisfied."""
        return tuple(level.level for level in self.levels if level.satisfied)


class LocalCalendar:
    """Business days, hours and instants of a centre: local, never UTC.

    Remembers the current hour so that the usual question costs a comparison.
    """

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self._zone = ZoneInfo(zone)
        self._from_ms = self._to_ms = 0
        self._day = ""
        self._hour = 0
        self._offset = datetime.UTC

    def _settle(self, at_ms: int) -> None:
        local = datetime.datetime.fromtimestamp(at_ms / 1000, self._zone)
        into_hour_ms = (local.minute * 60 + local.second) * 1000 + at_ms % 1000
        self._from_ms, self._to_ms = at_ms - into_hour_ms, at_ms - into_hour_ms + 3_600_000
        self._day, self._hour = local.date().isoformat(), local.hour
        self._offset = datetime.timezone(local.utcoffset() or datetime.timedelta())

    def day(self, at_ms: int) -> str:
        """The local date `YYYY-MM-DD` of a Unix time in milliseconds."""
        if not self._from_ms <= at_ms < self._to_ms:
            self._settle(at_ms)
        return self._day

    def hour(self, at_ms: int) -> int:
        """The local hour, 0 to 23."""
        if not self._from_ms <= at_ms < self._to_ms:
            self._settle(at_ms)
        return self._hour

    def hour_start(self, at_ms: int) -> int:
        """The start of the local hour, Unix milliseconds."""
        if not self._from_ms <= at_ms < self._to_ms:
            self._settle(at_ms)
        return self._from_ms

    def day_end(self, day: str) -> int:
        """The last millisecond of the local date `day`."""
        midnight = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(), self._zone)
        return round((midnight + datetime.timedelta(days=1)).timestamp() * 1000) - 1

    def local(self, at_ms: int) -> datetime.datetime:
        """The local date and time."""
        return datetime.datetime.fromtimestamp(at_ms / 1000, self._zone)

    def instant(self, at_ms: int) -> str:
        """RFC 3339 with the local offset, to the millisecond."""
        if not self._from_ms <= at_ms < self._to_ms:
            self._settle(at_ms)
        return datetime.datetime.fromtimestamp(at_ms / 1000, self._offset).isoformat(timespec="milliseconds")

    def is_open(self, hours: Hours, at_ms: int) -> bool:
        """Whether numbers are issued at that moment."""
        local = self.local(at_ms)
        minute = local.hour * 60 + local.minute
        return local.weekday() in hours.days and any(start <= minute < end for start, end in hours.spans)
