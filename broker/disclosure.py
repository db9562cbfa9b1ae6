"""What may be told of ratings without telling on one clerk: which sums are published, and nothing else.

The centre as a whole goes by days; days on which fewer than `TOGETHER` desks were rated wait for the next one. All
below it (department, queue, counter, desk, service) goes by finished months: those of a row are collected until the row
can stand; then that block is closed for ever, and the next begins. It stands from `SHOWN_FROM` ratings on, and if the
audit finds that no sum of one desk can be worked out with it that has fewer, or fewer than `FEW` unsatisfied ones. A
row that waits for nothing but its fifth unsatisfied rating says so: so many tens of ratings, fewer than five
unsatisfied. Nobody unsatisfied reads the same: a row that showed itself whenever nobody was, and hid when somebody was,
would look better than it is. Hours are told all together, or not at all; no year is tied to another.

Rules: pure; the same counts give the same publication, and later days never change what is out; who asks for another
period or grouping gets the very same sums.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from broker.audit import Audit, Column

SHOWN_FROM = 30
"""A row shows its ratings from this many on: fewer would point at single citizens, and mean little."""
FEW = 5
"""One clerk's unsatisfied ratings are told from this many on; fewer, or none, are "fewer than five"."""
TOGETHER = 3
"""So many desks hide each other in the centre's figures of a day."""

Place = tuple[str, str]
"""A desk and a service."""
Cell = tuple[str, str]
"""A dimension, such as `department`, and a key of it."""
CENTRE: Cell = ("site", "-")
EVERY_HOUR: Cell = ("hour", "-")
_REST = -1
"""The part of a month that the days' own figures left out."""


class Vote(NamedTuple):
    """So many ratings, and satisfied ones, of one day and hour."""

    day: str
    hour: int
    desk: str
    service: str
    rated: int
    satisfied: int


class Told(Struct, frozen=True):
    """A published sum of the days from `first` to `last`, both included.

    Where `satisfied` is None, `rated` is rounded down to tens, and all such sums of a row that follow each other
    without a gap have fewer than `FEW` unsatisfied ones together.
    """

    cell: Cell
    first: str
    last: str
    rated: int
    satisfied: int | None


ORDER = ("hour", "desk", "department", "queue", "counter", "service")
"""Which rows come first in doubt: a desk that shows itself may leave its neighbour at the same counter in the dark."""


def of_days(votes: Iterable[Vote]) -> list[Told]:
    """What is told of the centre by days; `votes` of one year, all since it was told of last."""
    told: list[Told] = []
    run: list[Vote] = []
    for cast in _by_month(votes).values():
        runs, run = together(cast, run)
        told += [_sum(CENTRE, each, each[0].day, each[-1].day) for each in runs]
    return told


def of_months(votes: Iterable[Vote], cells_of: Mapping[Place, Sequence[Cell]]) -> list[Told]:
    """All that is told of a year's finished months, of which these are the `votes`.

    `cells_of` gives the rows that a desk's ratings of a service belong to.
    """
    ledger, rest = _Ledger(cells_of), list[Vote]()
    for month, cast in _by_month(votes).items():
        runs, rest = together(cast, rest)
        ledger.told += [_sum(CENTRE, each, each[0].day, each[-1].day) for each in runs]
        rest = ledger.close(month, runs, rest)
    return ledger.told


def _by_month(votes: Iterable[Vote]) -> dict[str, list[Vote]]:
    months: defaultdict[str, list[Vote]] = defaultdict(list)
    for vote in sorted(votes):
        months[vote.day[:7]].append(vote)
    return months


def together(cast: Sequence[Vote], before: Sequence[Vote] = ()) -> tuple[list[list[Vote]], list[Vote]]:
    """A month's votes in runs of whole days, each of `TOGETHER` desks or more, and what is left at the end.

    The first run takes along what was left `before`; only this month's desks hide it: the last one's rows are out.
    """
    by_day: defaultdict[str, list[Vote]] = defaultdict(list)
    for vote in cast:
        by_day[vote.day].append(vote)
    runs: list[list[Vote]] = []
    run, desks = list(before), set[str]()
    for day in sorted(by_day):
        run = run + by_day[day]
        desks |= {vote.desk for vote in by_day[day]}
        if len(desks) >= TOGETHER:
            runs.append(run)
            run, desks = [], set()
    return runs, run


def linked(parts: Sequence[Collection[tuple[str, ...]]]) -> list[int]:
    """A number per part, the same where two desks did the same work in both: no sum of one desk tells them apart.

    A part is a set of tuples that begin with the desk.
    """
    numbers = list(range(len(parts)))
    unions = [set(part) for part in parts]
    i = 1
    while i < len(unions):
        mate = next((j for j in range(i) if len({place[0] for place in unions[i] & unions[j]}) > 1), None)
        if mate is None:
            i += 1
            continue
        unions[mate] |= unions.pop(i)
        numbers = [mate if number == i else number - (number > i) for number in numbers]
        i = 1
    return numbers


class _Collected(Struct):
    """What of a row waits to be told since the month `since`; `piece` of it was not counted in tens yet."""

    since: str
    piece_since: str
    columns: list[Column] = []
    piece: list[Column] = []


class _Ledger:
    """What was told, and what is still collected."""

    def __init__(self, cells_of: Mapping[Place, Sequence[Cell]]) -> None:
        self.told: list[Told] = []
        self._cells_of = cells_of
        self._counts: defaultdict[Column, list[int]] = defaultdict(lambda: [0, 0])
        self._open: dict[Cell, _Collected] = {}
        self._audit = Audit(self._may_stand)
        self._hours = _Hours()

    def close(self, month: str, runs: Sequence[Sequence[Vote]], rest: list[Vote]) -> list[Vote]:
        """End `month`: the days' figures are out already, then come those rows that can stand.

        Gives back what of `rest` still waits: of a centre so small that no day was told, its months are.
        """
        parts = linked([{(vote.desk, vote.service) for vote in run if vote.day[:7] == month} for run in runs])
        equations: defaultdict[int, set[Column]] = defaultdict(set)
        fresh: set[Column] = set()
        for part, run in (*zip(parts, runs, strict=True), (_REST, rest)):
            for vote in run:
                own = vote.day[:7] == month
                column = (vote.desk, vote.service, vote.day[:7], part if own else _REST)
                equations[part].add(column)
                if own:
                    fresh.add(column)
                    self._counts[column][0] += vote.rated
                    self._counts[column][1] += vote.satisfied
                    self._hours.collect(vote, part)
        for part in sorted(set(parts)):
            self._audit.tell(sorted(equations[part]))
        for column in sorted(fresh):
            for cell in (EVERY_HOUR, *self._cells_of[column[:2]]):
                row = self._open.setdefault(cell, _Collected(month, month))
                row.columns.append(column)
                row.piece.append(column)
        if rest and not runs and self._offer_sum(CENTRE, sorted(equations[_REST]), rest[0].day[:7], month):
            rest = []
        for cell, row in sorted(self._open.items(), key=lambda item: (ORDER.index(item[0][0]), item[0])):
            self._offer(cell, row, month)
        return rest

    def _offer(self, cell: Cell, row: _Collected, month: str) -> None:
        if cell == EVERY_HOUR:
            done = bool(spans := self._hours.spans()) and self._audit.admit(row.columns)
            self.told += self._hours.tell(spans, row.since, month) if done else []
        else:
            done = self._offer_sum(cell, row.columns, row.since, month)
        rated, satisfied = self._total(row.columns)
        if done:
            self._open[cell] = _Collected(_next(month), _next(month))
        elif cell != EVERY_HOUR and rated >= SHOWN_FROM and rated - satisfied < FEW:
            self._tell_tens(cell, row, month)

    def _tell_tens(self, cell: Cell, row: _Collected, month: str) -> None:
        """All of the row, and its newest months by themselves once they are enough, for who asks for these only."""
        last, (rated, _) = _last_day(month), self._total(row.columns)
        self.told.append(Told(cell, _first_day(row.since), last, rated // 10 * 10, None))
        newest, _ = self._total(row.piece)
        if newest >= SHOWN_FROM:
            if row.piece_since > row.since:
                self.told.append(Told(cell, _first_day(row.piece_since), last, newest // 10 * 10, None))
            row.piece, row.piece_since = [], _next(month)

    def _offer_sum(self, cell: Cell, columns: Sequence[Column], since: str, month: str) -> bool:
        rated, satisfied = self._total(columns)
        if rated < SHOWN_FROM or not self._audit.admit(columns):
            return False
        self.told.append(Told(cell, _first_day(since), _last_day(month), rated, satisfied))
        return True

    def _total(self, columns: Iterable[Column]) -> tuple[int, int]:
        counts = [self._counts[column] for column in columns]
        return sum(rated for rated, _ in counts), sum(satisfied for _, satisfied in counts)

    def _may_stand(self, columns: Iterable[Column]) -> bool:
        rated, satisfied = self._total(columns)
        return rated >= SHOWN_FROM and rated - satisfied >= FEW


class _Hours:
    """Hours of the day: told all together, once two desks did the same work in any of them and in the others.

    Nobody can then give one hour another weight than the others without two desks showing through: beside the centre's
    sum, which is known, hours tell nothing of one desk. An hour with few ratings is told with its neighbour.
    """

    def __init__(self) -> None:
        self._votes: defaultdict[int, list[Vote]] = defaultdict(list)
        self._parts: dict[Vote, int] = {}

    def collect(self, vote: Vote, part: int) -> None:
        """Count `vote`, which the days' figures have in `part` of its month."""
        self._votes[vote.hour].append(vote)
        self._parts[vote] = part

    def spans(self) -> list[list[int]]:
        """The hours, large ones alone and small ones together; none while they can be told apart by one desk."""
        spans = self._large()
        places = [
            {
                (vote.desk, vote.service, vote.day[:7], str(self._parts[vote]))
                for hour in span
                for vote in self._votes[hour]
            }
            for span in spans
        ]
        return spans if len(set(linked(places))) == 1 else []

    def tell(self, spans: Sequence[Sequence[int]], since: str, month: str) -> list[Told]:
        """The sums of all `spans`; collecting begins anew."""
        told = [
            _sum(
                ("hour", f"{span[0]:02d}-{span[-1]:02d}"),
                [vote for hour in span for vote in self._votes[hour]],
                _first_day(since),
                _last_day(month),
            )
            for span in spans
        ]
        self._votes.clear()
        self._parts.clear()
        return told

    def _large(self) -> list[list[int]]:
        """The hours in order, each with `SHOWN_FROM` ratings, or together with the ones after it or before."""
        spans: list[list[int]] = []
        span: list[int] = []
        rated = 0
        for hour, votes in sorted(self._votes.items()):
            span.append(hour)
            rated += sum(vote.rated for vote in votes)
            if rated >= SHOWN_FROM:
                spans.append(span)
                span, rated = [], 0
        if spans:
            spans[-1] += span
        return spans


def _sum(cell: Cell, votes: Sequence[Vote], first: str, last: str) -> Told:
    return Told(cell, first, last, sum(vote.rated for vote in votes), sum(vote.satisfied for vote in votes))


def _first_day(month: str) -> str:
    return f"{month}-01"


def _next(month: str) -> str:
    return f"{int(month[:4]) + month.endswith('12')}-{int(month[5:]) % 12 + 1:02d}"


def _last_day(month: str) -> str:
    return f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]}"
