"""Ratings and waits of any period, read from the read models.

What a figure means is said once, on the fields of `Ratings` and `Waits`, and printed from there. A period goes from its
first day to its last, both included. Reading costs what the period has days and keys, never what the log has facts.

Rules: only the counts of `daily` are read; no view shows the ratings of one clerk's desk before it has `SHOWN_FROM`,
whether it is asked for by its own name or by that of a queue, service or department which only this desk serves.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Protocol

from msgspec import Struct

from broker import histogram
from broker.model import Site
from broker.statistics import satisfaction

By = Literal["site", "department", "queue", "service", "counter", "desk", "hour", "weekday", "day"]

SHOWN_FROM = 30
"""A clerk's desk shows its ratings from this many on: fewer would point at single citizens, and mean little."""

NO_DEPARTMENT = "-"
"""The key of the centre's own services (fee, post, advice, complaints) where figures go by department."""


class Reader(Protocol):
    """A read connection to the hub's database, as `store` gives it."""

    def execute(self, sql: str, _parameters: tuple[object, ...], /) -> Iterable[tuple[Any, ...]]:
        """The rows of a query."""


class Ratings(Struct, frozen=True, kw_only=True):
    """The ratings of one key. Everything but `key` and `served` is null where one clerk's desk has too few to be shown.

    `satisfied` of `rated` votes, one per visit; `served` finished visits, rated or not; `percent` satisfied of rated;
    `wilson_low`, `wilson_high` its 95 % interval; `response_percent` rated of served; `bound_low`, `bound_high` between
    what percentages satisfaction lies whatever the silent think.
    """

    key: str
    satisfied: int | None
    rated: int | None
    served: int
    percent: float | None
    wilson_low: float | None
    wilson_high: float | None
    response_percent: float | None
    bound_low: float | None
    bound_high: float | None


class Waits(Struct, frozen=True, kw_only=True):
    """The visits of one key, and how long they waited and took; all times in seconds, null of nobody.

    `issued` numbers given (`priority` of them to priority groups); `called` calls, recalls not counted; `served`
    finished visits; `no_show` calls nobody answered; `void` numbers that never reached a citizen; `stranded` still
    waiting when the day ended; `transferred` sent on with the same number. A wait runs from issue to first call,
    `waited` of them: `mean_s` is exact, `p50_s`, `p90_s`, `p95_s` within 5 %, `within_15_min` and `within_30_min`
    exact counts of `waited`. `service_…`: from call to the end at that desk. `promised` of the waited were told a range
    of minutes on paper, `promise_kept` were called inside it, `promise_early` and `promise_late` beside it;
    `promise_width_s` is the mean width of the ranges, `promise_error_s` the mean distance of a wait from its middle.
    """

    key: str
    issued: int
    priority: int
    called: int
    served: int
    no_show: int
    void: int
    stranded: int
    transferred: int
    waited: int
    mean_s: float | None
    p50_s: float | None
    p90_s: float | None
    p95_s: float | None
    within_15_min: int
    within_30_min: int
    service_mean_s: float | None
    service_p50_s: float | None
    service_p90_s: float | None
    promised: int = 0
    promise_kept: int = 0
    promise_early: int = 0
    promise_late: int = 0
    promise_width_s: float | None = None
    promise_error_s: float | None = None


class Counts:
    """What was counted of one key: per measure, a number per bucket."""

    def __init__(self) -> None:
        self._of: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, measure: str, bucket: int, n: int) -> None:
        """Count `n` more."""
        self._of[measure][bucket] += n

    def histogram(self, measure: str) -> Mapping[int, int]:
        """The numbers per bucket."""
        return self._of.get(measure, {})

    def total(self, measure: str) -> int:
        """The number over all buckets."""
        return sum(self.histogram(measure).values())


def ratings(reader: Reader, site: Site, start: str, end: str, by: By) -> list[Ratings]:
    """The ratings from day `start` to day `end`, one row per key that had any visit or vote; `site` has always one row.

    Raises ValueError when a day is not `YYYY-MM-DD`.
    """
    read = _read(reader, site, start, end, by, ("rating", "served"))
    return [_ratings_row(key, counts, site.satisfied, _is_one_desk(site, by, key)) for key, counts in read.items()]


def waits(reader: Reader, site: Site, start: str, end: str, by: By) -> list[Waits]:
    """The visits and waits from day `start` to day `end`, one row per key; see `ratings`."""
    return [_waits_row(key, counts) for key, counts in _read(reader, site, start, end, by, _WAIT_MEASURES).items()]


def _ratings_row(key: str, counts: Counts, satisfied_levels: tuple[int, ...], one_desk: bool) -> Ratings:
    levels = counts.histogram("rating")
    rated, served = sum(levels.values()), counts.total("served")
    if one_desk and rated < SHOWN_FROM:
        return Ratings(key=key, served=served, **dict.fromkeys(_HIDDEN))
    satisfied = sum(n for level, n in levels.items() if level in satisfied_levels)
    interval, around = satisfaction.wilson(satisfied, rated), satisfaction.bounds(satisfied, rated, served)
    return Ratings(
        key=key,
        satisfied=satisfied,
        rated=rated,
        served=served,
        percent=satisfaction.percent(satisfied, rated),
        wilson_low=round(100 * interval.low, 2),
        wilson_high=round(100 * interval.high, 2),
        response_percent=satisfaction.percent(min(rated, served), served),
        bound_low=round(100 * around.low, 2),
        bound_high=round(100 * around.high, 2),
    )


_HIDDEN = tuple(name for name in Ratings.__struct_fields__ if name not in ("key", "served"))
_COUNTED = ("issued", "priority", "called", "served", "no_show", "void", "stranded", "transferred")
_OUTCOMES = ("promise_kept", "promise_early", "promise_late")
_WAIT_MEASURES = (
    *(*_COUNTED, "wait", "wait_s", "service", "service_s"),
    *(*_OUTCOMES, "promise_width_s", "promise_error_s"),
)


def _waits_row(key: str, counts: Counts) -> Waits:
    wait, service = counts.histogram("wait"), counts.histogram("service")
    promised = sum(counts.total(outcome) for outcome in _OUTCOMES)
    return Waits(
        key=key,
        **{measure: counts.total(measure) for measure in _COUNTED},
        waited=counts.total("wait"),
        mean_s=_mean(counts, "wait"),
        p50_s=histogram.percentile(wait, 0.5),
        p90_s=histogram.percentile(wait, 0.9),
        p95_s=histogram.percentile(wait, 0.95),
        within_15_min=histogram.within(wait, 900),
        within_30_min=histogram.within(wait, 1800),
        service_mean_s=_mean(counts, "service"),
        service_p50_s=histogram.percentile(service, 0.5),
        service_p90_s=histogram.percentile(service, 0.9),
        promised=promised,
        **{outcome: counts.total(outcome) for outcome in _OUTCOMES},
        promise_width_s=_share(counts.total("promise_width_s"), promised),
        promise_error_s=_share(counts.total("promise_error_s"), promised),
    )


def _mean(counts: Counts, measure: str) -> float | None:
    return _share(counts.total(f"{measure}_s"), counts.total(measure))


def _share(total_s: int, n: int) -> float | None:
    return round(total_s / n, 1) if n else None


def _is_one_desk(site: Site, by: By, key: str) -> bool:
    """Whether a row is the work of one clerk's seat, or of one that the centre no longer has."""
    if by == "counter":
        return key in site.counters and len(site.counters[key].desks) == 1
    if by not in ("queue", "service", "department"):
        return by == "desk"
    queues = {
        service.queue
        for service in site.services.values()
        if key == {"queue": service.queue, "service": service.id, "department": service.department or NO_DEPARTMENT}[by]
    }
    return sum(not queues.isdisjoint(desk.skills) for desk in site.desks.values()) == 1


def _read(reader: Reader, site: Site, start: str, end: str, by: By, measures: tuple[str, ...]) -> dict[str, Counts]:
    for day in (start, end):
        datetime.date.fromisoformat(day)
    dimension, column, fold = _grouping(site, by)
    marks = ",".join("?" * len(measures))
    rows = reader.execute(
        f"SELECT {column}, measure, bucket, sum(n) FROM daily"  # noqa: S608  # because only our own column names enter
        f" WHERE dimension = ? AND day BETWEEN ? AND ? AND measure IN ({marks}) GROUP BY 1, 2, 3 HAVING sum(n) <> 0",
        (dimension, start, end, *measures),
    )
    read: defaultdict[str, Counts] = defaultdict(Counts)
    if by == "site":
        read["-"] = Counts()
    for key, measure, bucket, n in rows:
        read[fold(key)].add(measure, bucket, n)
    return dict(sorted(read.items(), key=lambda item: _place(site, by, item[0])))


def _grouping(site: Site, by: By) -> tuple[str, str, Callable[[str], str]]:
    """Which dimension of `daily` is read, by which column it is grouped, and the key that each group falls under."""
    if by == "day":
        return "site", "day", str
    if by == "weekday":
        return "site", "day", lambda day: str(datetime.date.fromisoformat(day).isoweekday())
    if by == "department":
        departments = {service.id: service.department or NO_DEPARTMENT for service in site.services.values()}
        return "service", "key", lambda service: departments.get(service, NO_DEPARTMENT)
    return by, "key", str


def _place(site: Site, by: By, key: str) -> tuple[int, str]:
    """Rows come in the order of the centre's own lists, what the centre no longer has last, times in theirs."""
    lists: dict[By, Iterable[str]] = {
        "department": site.departments,
        "queue": site.queues,
        "service": site.services,
        "counter": site.counters,
        "desk": site.desks,
    }
    known = list(lists.get(by, ()))
    return (known.index(key) if key in known else len(known), key)
