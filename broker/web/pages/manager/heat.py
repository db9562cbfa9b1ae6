"""Hours by weekdays: a table whose cells say the figure and show it, darker for longer waits.

Rules: the figure stands in every cell, so colour tells nothing alone; shades are those of limits people
know, the same in every period, so that two months can be laid side by side.
"""

from bisect import bisect_right
from collections.abc import Mapping

from msgspec import Struct

from broker.web.words import words

STEPS_MIN = (2, 5, 10, 15, 20, 30)
"""Where the next darker shade begins, in minutes."""
FEW = 10
"""A cell of fewer calls says nothing of a weekday."""


class Cell(Struct, frozen=True):
    """Mean wait in minutes, None where too few were called, and the shade from 0 to 6."""

    minutes: float | None
    calls: int
    shade: int


class Heat(Struct, frozen=True, kw_only=True):
    """Rows are hours, columns weekdays; `answer` names the worst cell."""

    weekdays: tuple[str, ...]
    hours: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    answer: str


def heat(means: Mapping[tuple[str, str], tuple[float, int]], lang: str) -> Heat | None:
    """From (weekday 1 to 7, hour 00 to 23) → (mean wait in s, calls); None of fewer than two cells."""
    t = words(lang)
    cells = {place: _cell(mean_s, calls) for place, (mean_s, calls) in means.items()}
    known = {place: cell for place, cell in cells.items() if cell.minutes is not None}
    if len(known) < 2:
        return None
    weekday, hour = max(known, key=lambda place: known[place].minutes or 0)
    return Heat(
        weekdays=tuple(sorted({weekday for weekday, _ in cells})),
        hours=tuple(sorted({hour for _, hour in cells})),
        cells=cells,
        answer=t["heat_answer"].format(
            weekday=t[f"weekday_{weekday}"], hour=int(hour), minutes=round(known[weekday, hour].minutes or 0)
        ),
    )


def _cell(mean_s: float, calls: int) -> Cell:
    if calls < FEW:
        return Cell(None, calls, 0)
    return Cell(mean_s / 60, calls, bisect_right(STEPS_MIN, mean_s / 60))
