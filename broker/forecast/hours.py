"""Working time: when clerks serve, and what the clock says after so many seconds of work.

Rules: pure; Unix milliseconds; after the bell a clerk still calls for `grace`, which counts as work; then nothing
happens until the next span.
"""

import datetime
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from broker.model import Hours, Site


class Shifts(Struct, frozen=True):
    """One day: when clerks begin and when the bell rings, in order."""

    spans: tuple[tuple[int, int], ...]
    grace: int

    def resumes(self, at: int) -> int | None:
        """The first working moment from `at` on; None when the day is over."""
        return next((max(at, start) for start, bell in self.spans if at < bell + self.grace), None)

    def span(self, at: int) -> tuple[int, int] | None:
        """Beginning and bell of the span with the next bell; None when the last has rung."""
        return next((span for span in self.spans if at < span[1]), None)

    def after_the_break(self, at: int) -> int | None:
        """When the span after the one with the next bell begins; None where there is none."""
        coming = [start for start, bell in self.spans if at < bell]
        return coming[1] if len(coming) > 1 else None

    def clock(self, at: int, work_ms: float) -> int | None:
        """The moment at which `work_ms` of work are done from `at` on; None when that is not today any more."""
        for start, bell in self.spans:
            begin, end = max(at, start), bell + self.grace
            if begin < end:
                if work_ms < end - begin:
                    return begin + round(work_ms)
                work_ms -= end - begin
        return None

    def worked(self, at: int, until: int) -> int:
        """How much work (ms) is done from `at` to `until`."""
        return sum(max(0, min(until, bell + self.grace) - max(at, start)) for start, bell in self.spans)


def shifts(site: Site, day: str) -> Shifts:
    """The shifts of the local date `day`."""
    return _shifts(site.zone, day, site.hours, site.closing.grace_s)


@lru_cache(maxsize=64)
def _shifts(zone: str, day: str, hours: Hours, grace_s: int) -> Shifts:
    date = datetime.date.fromisoformat(day)
    spans: Sequence[tuple[int, int]] = hours.clerks if date.weekday() in hours.days else ()
    midnight = datetime.datetime.combine(date, datetime.time(), ZoneInfo(zone))

    def moment(minute: int) -> int:
        return round((midnight + datetime.timedelta(minutes=minute)).timestamp() * 1000)

    return Shifts(tuple((moment(start), moment(end)) for start, end in spans), grace_s * 1000)
