"""Business days, hours and instants of a centre.

Rules: pure; local, never UTC; a day is `YYYY-MM-DD`, a moment Unix milliseconds.
"""

import datetime
from zoneinfo import ZoneInfo

from broker.model import Hours


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

    def week_start(self, at_ms: int) -> int:
        """The start of the local Monday of its week, Unix milliseconds."""
        local = self.local(at_ms).date()
        monday = local - datetime.timedelta(days=local.weekday())
        return round(datetime.datetime.combine(monday, datetime.time(), self._zone).timestamp() * 1000)

    def moment(self, day: datetime.date, time: datetime.time) -> int:
        """A local date and time, Unix milliseconds."""
        return round(datetime.datetime.combine(day, time, self._zone).timestamp() * 1000)

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
