"""What is known of ratings in a period: the published sums that lie inside it, and nothing else.

A period is answered with the days that whole sums cover: every row says which.

Rules: no rating is counted here, only the table `published` is read (and which days wait to be in it); who asks for two
periods gets no more than sums of the very same numbers.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from broker.disclosure import CENTRE, FEW
from broker.reader import Reader

UNTIL = "published"
"""The name under which the database remembers the first day that nothing was published of."""
_DAY = datetime.timedelta(days=1)


class Known(Struct, frozen=True):
    """Of a row in the days from `first` to `last`: `satisfied` of `rated`.

    Where it is not `exact`, there were `rated` or a few more, and no more than `rated` - `satisfied` were unsatisfied;
    `unsatisfied` were for sure.
    """

    first: str
    last: str
    rated: int
    satisfied: int
    exact: bool
    unsatisfied: int


class _Sum(Struct, frozen=True):
    first: str
    last: str
    rated: int
    satisfied: int | None


def until(reader: Reader) -> str:
    """The first day that nothing was published of yet; "" when nothing ever was."""
    return value(reader, "SELECT value FROM meta WHERE key = ?", UNTIL)


def last_of_centre(reader: Reader) -> str:
    """The last day that is in a sum of the whole centre, "" of none; what was left over since is still to be told."""
    return value(reader, "SELECT max(last) FROM published WHERE dimension = ? AND key = ?", *CENTRE)


def value(reader: Reader, sql: str, *parameters: str) -> str:
    """The one text that a query finds, or ""."""
    return next((row[0] for row in reader.execute(sql, parameters)), None) or ""


def centre(reader: Reader, start: str, end: str) -> Known | None:
    """The whole centre: all finished days of the period, but for some that wait for the next or stand in one sum."""
    start, end = _covered(reader, start, end)
    if start > end:
        return None
    return _together(start, end, _sums(reader, *CENTRE, start, end))


def by_day(reader: Reader, start: str, end: str) -> dict[str, Known]:
    """The centre by its first day: one row for each day that has its own sum, or for a few days together."""
    return {each.first: _together(each.first, each.last, [each]) for each in _sums(reader, *CENTRE, start, end)}


def by_weekday(reader: Reader, start: str, end: str) -> dict[str, Known]:
    """The centre by weekdays, `1` is Monday; several days in one sum stand under `-`."""
    days: defaultdict[str, list[_Sum]] = defaultdict(list)
    for each in _sums(reader, *CENTRE, start, end):
        days[weekday(each.first, each.last)].append(each)
    return {key: _together(sums[0].first, sums[-1].last, sums) for key, sums in days.items()}


def weekday(first: str, last: str) -> str:
    """The weekday of a day, `1` is Monday, or `-` of several."""
    return str(datetime.date.fromisoformat(first).isoweekday()) if first == last else "-"


def by_hour(reader: Reader, start: str, end: str) -> dict[str, Known]:
    """The centre by hours of the day, such as `08-08`: as fine as every month of the period tells them."""
    sums = _by_key(reader, "hour", start, end)
    spans: list[tuple[int, int, list[_Sum]]] = []
    for key, found in sorted(sums.items()):
        low, high = (int(part) for part in key.split("-"))
        if spans and low <= spans[-1][1]:
            before = spans.pop()
            spans.append((before[0], max(before[1], high), before[2] + found))
        else:
            spans.append((low, high, found))
    told = [each for found in sums.values() for each in found]
    first, last = min((each.first for each in told), default=""), max((each.last for each in told), default="")
    return {f"{low:02d}-{high:02d}": _together(first, last, found) for low, high, found in spans}


def by_key(reader: Reader, dimension: str, start: str, end: str) -> dict[str, Known]:
    """Every row of a dimension below the centre: its blocks, and what is told of the one that is still collected."""
    return {key: _row(found) for key, found in _by_key(reader, dimension, start, end).items()}


def _row(found: Sequence[_Sum]) -> Known:
    """From the newest sum backwards, each time the longest that is exact, else the longest, until there is a gap.

    What is told in tens always ends a month before an exact sum begins anew: no chain has two times `FEW`.
    """
    chain: list[_Sum] = []
    edge = max(each.last for each in found)
    while ending := [each for each in found if each.last == edge]:
        chain.insert(0, min(ending, key=lambda each: (each.satisfied is None, each.first)))
        edge = _before(chain[0].first)
    return _together(chain[0].first, chain[-1].last, chain)


def _together(first: str, last: str, sums: Sequence[_Sum]) -> Known:
    rated = sum(each.rated for each in sums)
    unsatisfied = sum(each.rated - each.satisfied for each in sums if each.satisfied is not None)
    exact = all(each.satisfied is not None for each in sums)
    satisfied = rated - unsatisfied - (0 if exact else FEW - 1)
    return Known(first, last, rated, satisfied, exact, unsatisfied)


def _covered(reader: Reader, start: str, end: str) -> tuple[str, str]:
    """The days of a period that whole sums cover: days without ratings, too, but none that is not over."""
    open_from, last = until(reader), last_of_centre(reader)
    waiting = value(
        reader,
        "SELECT min(day) FROM daily WHERE dimension = 'site' AND measure = 'rating' AND day > ? AND day < ?",
        *(last, open_from),
    )
    ends = [end, *(_before(day) for day in (open_from, waiting) if day)] if open_from else [""]
    for first, last in reader.execute(
        "SELECT first, last FROM published WHERE dimension = ? AND key = ? AND"
        " (first < ? AND last >= ? OR first <= ? AND last > ?)",
        (*CENTRE, start, start, end, end),
    ):
        if first < start:
            start = (datetime.date.fromisoformat(last) + _DAY).isoformat()
        else:
            ends.append(_before(first))
    return start, min(ends)


def _before(day: str) -> str:
    return (datetime.date.fromisoformat(day) - _DAY).isoformat()


def _sums(reader: Reader, dimension: str, key: str, start: str, end: str) -> list[_Sum]:
    return _by_key(reader, dimension, start, end).get(key, [])


def _by_key(reader: Reader, dimension: str, start: str, end: str) -> dict[str, list[_Sum]]:
    """The sums that lie in a period, in order."""
    sums: defaultdict[str, list[_Sum]] = defaultdict(list)
    for key, *values in reader.execute(
        "SELECT key, first, last, rated, satisfied FROM published WHERE dimension = ? AND first >= ? AND last <= ?"
        " ORDER BY first, last",
        (dimension, start, end),
    ):
        sums[key].append(_Sum(*values))
    return dict(sums)
