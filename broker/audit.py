"""What can be worked out of single desks by adding and subtracting published sums: an exact audit.

Ratings per desk, service, month and part of the month are unknowns, published sums are linear equations. For every desk
all others' unknowns are eliminated, exactly, modulo a prime; what is left are the sums of that desk alone which anybody
can work out. A new sum is refused if it would add one that may not be known; then all that can be worked out of a desk
are unions of sums that could be shown.

Rules: pure; who may know more about which unknowns are nought (who worked when) is not told more by that: only what
was rated is an unknown here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

Column = tuple[str, str, str, int]
"""desk, service, month and part of the month: what every published sum holds all of, or nothing of."""
_PRIME = 2**61 - 1


class Audit:
    """The equations that are known, solved for every desk so that all but what concerns this desk alone is gone.

    A known sum stands under a column of another desk that no later one needs, or, where only the desk's own columns are
    left of it, under one of those: these are what can be worked out of the desk. `may_stand` judges such a sum.
    """

    def __init__(self, may_stand: Callable[[Iterable[Column]], bool]) -> None:
        self._may_stand = may_stand
        self._solved: defaultdict[str, dict[Column, dict[Column, int]]] = defaultdict(dict)
        self._alone: defaultdict[str, set[Column]] = defaultdict(set)
        self._used: defaultdict[Column, int] = defaultdict(int)
        self._known: list[Sequence[Column]] = []

    def tell(self, columns: Sequence[Column]) -> None:
        """The sum of `columns` is known to all already."""
        self._enter(columns, self._reduced(columns))

    def admit(self, columns: Sequence[Column]) -> bool:
        """Publish the sum of `columns`, unless it tells too much of a desk: then False, and nothing has changed."""
        if len({column[0] for column in columns}) == 1 and not self._may_stand(columns):
            return False
        left = self._reduced(columns)
        if not all(self._harmless(desk, row) for desk, row in left.items()):
            return False
        self._enter(columns, left)
        return True

    def _reduced(self, columns: Sequence[Column]) -> dict[str, dict[Column, int]]:
        """What is left of the sum for every desk."""
        for desk in {column[0] for column in columns} - set(self._solved):
            self._solved[desk] = {}
            for known in self._known:
                self._keep(desk, self._left(desk, known))
        return {desk: self._left(desk, columns) for desk in self._solved}

    def _enter(self, columns: Sequence[Column], left: Mapping[str, dict[Column, int]]) -> None:
        for column in columns:
            self._used[column] += 1
        for desk, row in left.items():
            self._keep(desk, row)
        self._known.append(columns)

    def _left(self, desk: str, columns: Iterable[Column]) -> dict[Column, int]:
        row = dict.fromkeys(columns, 1)
        for pivot, known in self._solved[desk].items():
            if factor := row.get(pivot, 0):
                for column, value in known.items():
                    now = (row.get(column, 0) - factor * value) % _PRIME
                    if now:
                        row[column] = now
                    else:
                        row.pop(column, None)
        return row

    def _harmless(self, desk: str, row: Mapping[Column, int]) -> bool:
        if not row or any(column[0] != desk for column in row):
            return True
        if len(set(row.values())) > 1 or not self._alone[desk].isdisjoint(row):
            return False
        return self._may_stand(row)

    def _keep(self, desk: str, row: dict[Column, int]) -> None:
        if not row:
            return
        others = [column for column in row if column[0] != desk]
        if not others:
            self._alone[desk].update(row)
        pivot = min(others or row, key=lambda column: (self._used[column], column))
        inverse = pow(row[pivot], -1, _PRIME)
        self._solved[desk][pivot] = {column: value * inverse % _PRIME for column, value in row.items()}
