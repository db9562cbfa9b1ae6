"""Ratings and waits of any period, read from the read models.

What a figure means is said once, on the fields of `Ratings` and `Waits`, and printed from there. A period goes from its
first day to its last, both included. Reading costs what the period has days and keys, never what the log has facts.

Rules: only the counts of days are read, and for ratings only what `disclosure` lets be told of them; which days a
row of ratings speaks of stands in it, since that may be less than was asked for.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from broker import histogram, packed, published
from broker.grouping import By, Times, grouping, place
from broker.model import Site
from broker.packed import Counts
from broker.published import Known
from broker.reader import Reader
from broker.statistics import satisfaction


class Ratings(Struct, frozen=True, kw_only=True):
    """The ratings of one key, in the days from `first` to `last`: so much of the period as is published of it.

    `satisfied` of `rated` votes, one per visit; `served` finished visits of these days, rated or not; `percent`
    satisfied of rated; `wilson_low`, `wilson_high` its 95 % interval; `response_percent` rated of served; `bound_low`,
    `bound_high` between what percentages satisfaction lies whatever the silent think.

    `told` says how much may be known: `exact`; `at_least`, where fewer than five of the newest ratings were unsatisfied
    and it is not said how many: then there were `rated` or a few more, and `satisfied`, `percent`, `response_percent`
    and the lower ends are the least that is sure; `not_yet`, where too little was rated or a neighbour would be given
    away: it joins the next months, all figures are null, no days are named, and `served` is of the whole period.
    """

    key: str
    served: int
    told: Literal["exact", "at_least", "not_yet"] = "exact"
    first: str = ""
    last: str = ""
    satisfied: int | None = None
    rated: int | None = None
    percent: float | None = None
    wilson_low: float | None = None
    wilson_high: float | None = None
    response_percent: float | None = None
    bound_low: float | None = None
    bound_high: float | None = None


class Waits(Struct, frozen=True, kw_only=True):
    """The visits of one key, and how long they waited and took; all times in seconds, null of nobody.

    `issued` numbers given (`priority` of them to priority groups); `called` calls, recalls not counted; `served`
    finished visits; `no_show` calls nobody answered; `void` numbers that never reached a citizen; `cancelled` by
    reception, `stranded` still waiting when the day ended; `transferred` sent on with the same number, `parked` kept
    with it; `overtake` how many were passed over who came before. A wait runs from issue to first call,
    `waited` of them: `mean_s` is exact, `p50_s`, `p90_s`, `p95_s` within 5 %, `within_15_min` and `within_30_min`
    exact counts of `waited`. `service_…`: from call to the end at that desk, `service_sum_s` of them all. `promised` of
    the waited were told a range of minutes on paper, `promise_kept` were called inside it, `promise_early` and
    `promise_late` beside it; `promise_width_s` is the mean width of the ranges, `promise_error_s` the mean distance of
    a wait from its middle. `foretold_…`: the same of the range before it was rounded, in seconds of work, for who found
    every desk of the queue busy; its error is the distance from its median.
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
    foretold: int = 0
    foretold_kept: int = 0
    foretold_early: int = 0
    foretold_late: int = 0
    foretold_width_s: float | None = None
    foretold_error_s: float | None = None
    parked: int = 0
    overtake: int = 0
    service_sum_s: int = 0
    cancelled: int = 0


def ratings(reader: Reader, site: Site, start: str, end: str, by: By) -> list[Ratings]:
    """The ratings from day `start` to day `end`, one row per key that had any visit or vote; `site` has always one row.

    By hour the keys are spans such as `11-13`, by day a row may be of a few days, by weekday `-` is of several.
    Raises ValueError when a day is not `YYYY-MM-DD`.
    """
    _check(start, end)
    known = _known(reader, start, end, by)
    visits = _visits(reader, site, start, end, by, known)
    keys = {"-"} if by == "site" else known.keys() | visits.keys()
    rows = [_ratings_row(key, known.get(key), visits.get(key, [])) for key in keys]
    return sorted(rows, key=lambda row: place(site, by, row.key))


def waits(reader: Reader, site: Site, start: str, end: str, by: By | Times) -> list[Waits]:
    """The visits and waits from day `start` to day `end`, one row per key; see `ratings`."""
    return [_waits_row(key, counts) for key, counts in counted(reader, site, start, end, by).items()]


def _known(reader: Reader, start: str, end: str, by: By) -> dict[str, Known]:
    match by:
        case "site":
            centre = published.centre(reader, start, end)
            return {"-": centre} if centre else {}
        case "day":
            return published.by_day(reader, start, end)
        case "weekday":
            return published.by_weekday(reader, start, end)
        case "hour":
            return published.by_hour(reader, start, end)
        case _:
            return published.by_key(reader, by, start, end)


def _visits(
    reader: Reader, site: Site, start: str, end: str, by: By, known: Mapping[str, Known]
) -> dict[str, list[tuple[str, int]]]:
    """Day and number of the finished visits of every key, under the keys that ratings have."""
    dimension, fold = grouping(site, by)
    visits: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for day, keys in packed.days(reader, dimension, start, end):
        for key, counted in keys.items():
            if n := counted.totals.get("served", 0):
                own = fold(day, key)
                if by == "hour":
                    own = next((span for span in known if span[:2] <= key <= span[-2:]), f"{key}-{key}")
                visits[own].append((day, n))
    return visits


def _ratings_row(key: str, known: Known | None, visits: Sequence[tuple[str, int]]) -> Ratings:
    if known is None:
        return Ratings(key=key, told="not_yet", served=sum(n for _, n in visits))
    served = sum(n for day, n in visits if known.first <= day <= known.last)
    satisfied, rated, at_best = known.satisfied, known.rated, known.rated - known.unsatisfied
    return Ratings(
        key=key,
        told="exact" if known.exact else "at_least",
        first=known.first,
        last=known.last,
        served=served,
        satisfied=satisfied,
        rated=rated,
        percent=satisfaction.percent(satisfied, rated),
        wilson_low=round(100 * satisfaction.wilson(satisfied, rated).low, 2),
        wilson_high=round(100 * satisfaction.wilson(at_best, rated).high, 2),
        response_percent=satisfaction.percent(min(rated, served), served),
        bound_low=round(100 * satisfaction.bounds(satisfied, rated, served).low, 2),
        bound_high=round(100 * satisfaction.bounds(at_best, rated, served).high, 2),
    )


_COUNTED = (
    "issued",
    "priority",
    "called",
    "served",
    "no_show",
    "void",
    "stranded",
    "cancelled",
    "transferred",
    "parked",
    "overtake",
)
_OUTCOMES = ("promise_kept", "promise_early", "promise_late")
_FORETOLD = ("foretold_kept", "foretold_early", "foretold_late")


def _waits_row(key: str, counts: Counts) -> Waits:
    wait, service = counts.histogram("wait"), counts.histogram("service")
    promised, foretold = (sum(counts.total(outcome) for outcome in those) for those in (_OUTCOMES, _FORETOLD))
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
        service_sum_s=counts.total("service_s"),
        promised=promised,
        **{outcome: counts.total(outcome) for outcome in _OUTCOMES},
        promise_width_s=_share(counts.total("promise_width_s"), promised),
        promise_error_s=_share(counts.total("promise_error_s"), promised),
        foretold=foretold,
        **{outcome: counts.total(outcome) for outcome in _FORETOLD},
        foretold_width_s=_share(counts.total("foretold_width_s"), foretold),
        foretold_error_s=_share(counts.total("foretold_error_s"), foretold),
    )


def _mean(counts: Counts, measure: str) -> float | None:
    return _share(counts.total(f"{measure}_s"), counts.total(measure))


def _share(total_s: int, n: int) -> float | None:
    return round(total_s / n, 1) if n else None


def _check(*days: str) -> None:
    for day in days:
        datetime.date.fromisoformat(day)


def counted(reader: Reader, site: Site, start: str, end: str, by: By | Times) -> dict[str, Counts]:
    """What was counted of each key from day `start` to day `end`; `site` has always one. Raises ValueError."""
    _check(start, end)
    dimension, fold = grouping(site, by)
    read: defaultdict[str, Counts] = defaultdict(Counts)
    if by == "site":
        read["-"] = Counts()
    for day, keys in packed.days(reader, dimension, start, end):
        for key, packed_day in keys.items():
            if packed_day.totals:
                read[fold(day, key)].join(packed_day)
    return dict(sorted(read.items(), key=lambda item: place(site, by, item[0])))
