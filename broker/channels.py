"""Button and phone side by side, and what the unsatisfied added: the whole centre, by months that are over.

A month is told from the eighth day after its end, for reasons are booked by weeks. Only the centre as a whole is told,
so nothing here speaks of a desk; and no months are added up, so nothing can be subtracted.

Rules: reads only; both channels are told or neither, since their sum is published; a count of reasons below
`FEW` is "fewer than five".
"""

import datetime
from collections.abc import Mapping, Sequence

from msgspec import Struct

from broker.disclosure import FEW, SHOWN_FROM
from broker.model import Site
from broker.reader import Reader
from broker.statistics import satisfaction

SETTLED_DAYS = 7
Counts = Mapping[tuple[str, int], int]
"""measure, bucket: how many in the whole centre."""
_SQL = """
    SELECT measure, bucket, sum(n) FROM daily
    WHERE dimension = 'site' AND day BETWEEN ? AND ? AND measure LIKE 'rating%' GROUP BY 1, 2"""


class Side(Struct, frozen=True, kw_only=True):
    """One channel's votes of a month, whether or not they counted in the sum; what is null may not be told."""

    rated: int
    satisfied: int | None
    percent: float | None


class Added(Struct, frozen=True, kw_only=True):
    """A reason that was chosen `n` times, or a question: `yes` and `no`. Null: fewer than five, none or unused."""

    id: str
    n: int | None = None
    yes: int | None = None
    no: int | None = None


class Month(Struct, frozen=True, kw_only=True):
    """A finished month. `compared` visits rated through both channels; `explained` votes have something added.

    While either channel has fewer than 30 votes or fewer than five unsatisfied ones, `rated` is rounded down to tens.
    """

    month: str
    button: Side
    phone: Side
    compared: int
    explained: int
    reasons: tuple[Added, ...]
    questions: tuple[Added, ...]


def months(reader: Reader, site: Site, start: str, end: str, today: str) -> list[Month]:
    """The finished months that lie within `start` to `end` (days), told on the day `today`."""
    told = []
    for first, last in _finished(start, end, today):
        counts = {(measure, bucket): n for measure, bucket, n in reader.execute(_SQL, (first, last))}
        told.append(tell(first[:7], counts, site))
    return told


def tell(month: str, counts: Counts, site: Site) -> Month:
    """What is told of a month."""
    levels = [each.level for each in site.levels]
    phone = {level: counts.get(("rating_channel_phone", level), 0) for level in levels}
    second = {level: counts.get(("rating_channel_compared", level), 0) for level in levels}
    button = {level: counts.get(("rating", level), 0) + second[level] - phone[level] for level in levels}
    exact = all(_may_be_told(side, site.satisfied) for side in (button, phone))
    explained = counts.get(("rating_explained", 0), 0)

    def count(measure: str, bucket: int) -> int | None:
        n = counts.get((measure, bucket), 0)
        return n if explained >= SHOWN_FROM and n >= FEW else None

    return Month(
        month=month,
        button=_side(button, site.satisfied, exact),
        phone=_side(phone, site.satisfied, exact),
        compared=_tens(sum(second.values())),
        explained=_tens(explained),
        reasons=tuple(Added(id=each.id, n=count(f"rating_reason_{each.id}", 0)) for each in site.reasons),
        questions=tuple(
            Added(id=q.id, yes=count(f"rating_answer_{q.id}", 1), no=count(f"rating_answer_{q.id}", 0))
            for q in site.questions
        ),
    )


def _may_be_told(side: Mapping[int, int], satisfied: Sequence[int]) -> bool:
    rated = sum(side.values())
    return rated >= SHOWN_FROM and rated - sum(side[level] for level in satisfied) >= FEW


def _side(side: Mapping[int, int], satisfied: Sequence[int], exact: bool) -> Side:
    rated = sum(side.values())
    if not exact:
        return Side(rated=_tens(rated), satisfied=None, percent=None)
    pleased = sum(side[level] for level in satisfied)
    return Side(rated=rated, satisfied=pleased, percent=satisfaction.percent(pleased, rated))


def _tens(n: int) -> int:
    return n // 10 * 10


def _finished(start: str, end: str, today: str) -> list[tuple[str, str]]:
    """First and last day of each month within the days `start` to `end` that is over and settled."""
    latest = min(
        datetime.date.fromisoformat(end), datetime.date.fromisoformat(today) - datetime.timedelta(SETTLED_DAYS)
    )
    first = datetime.date.fromisoformat(start)
    if first.day > 1:
        first = _next(first)
    found = []
    while (last := _next(first) - datetime.timedelta(1)) <= latest:
        found.append((first.isoformat(), last.isoformat()))
        first = _next(first)
    return found


def _next(day: datetime.date) -> datetime.date:
    """The first day of the month after."""
    return (day.replace(day=1) + datetime.timedelta(32)).replace(day=1)
