"""How figures are grouped: which dimension of the counts is read for it, and which key a count falls under.

Rules: pure; rows come in the order of the centre's own lists.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import Literal

from broker.model import Site

By = Literal["site", "department", "queue", "service", "counter", "desk", "hour", "weekday", "day"]
Times = Literal["week", "month"]
"""How waits may be grouped besides: by the Monday of a week, and the month `YYYY-MM`."""

NO_DEPARTMENT = "-"
"""The key of the centre's own services (fee, post, advice, complaints) where figures go by department."""


def grouping(site: Site, by: By | Times) -> tuple[str, Callable[[str, str], str]]:
    """Which dimension of the counts is read, and the key that a day's count of a key of it falls under."""
    if by in ("day", "weekday", "week", "month"):
        return "site", _of_days[by]
    if by == "department":
        departments = {service.id: service.department or NO_DEPARTMENT for service in site.services.values()}
        return "service", lambda _day, service: departments.get(service, NO_DEPARTMENT)
    return by, lambda _day, key: key


def _monday(day: str) -> str:
    date = datetime.date.fromisoformat(day)
    return (date - datetime.timedelta(days=date.weekday())).isoformat()


_of_days: dict[By | Times, Callable[[str, str], str]] = {
    "day": lambda day, _: day,
    "weekday": lambda day, _: str(datetime.date.fromisoformat(day).isoweekday()),
    "week": lambda day, _: _monday(day),
    "month": lambda day, _: day[:7],
}


def place(site: Site, by: By | Times, key: str) -> tuple[int, str]:
    """Rows come in the order of the centre's own lists, what the centre no longer has last, times in theirs."""
    lists: dict[By | Times, Iterable[str]] = {
        "department": site.departments,
        "queue": site.queues,
        "service": site.services,
        "counter": site.counters,
        "desk": site.desks,
    }
    known = list(lists.get(by, ()))
    return (known.index(key) if key in known else len(known), key)
