"""What is counted of the presses at one desk in one week: all that the integrity tests ever see.

Rules: pure; sums of a whole week, none of which knows a level, a ticket, or a time finer than its class; no sum stands
in the log, where it would stand beside the ticket.
"""

import datetime
from collections.abc import Iterable, Mapping
from math import sqrt

from msgspec import Struct

from broker.ratings import LATENCY_EDGES_S

LATENCIES = len(LATENCY_EDGES_S) + 1
SHORTEST_GAP_S = 60
"""Presses that follow each other sooner are one hand."""
GAPS = 8
"""Classes of the time between two hands: each from `SHORTEST_GAP_S` x 2^class on, twice as long as the one before."""

NO_LATENCIES = (0,) * LATENCIES
NO_GAPS = (0,) * GAPS


class Week(Struct, frozen=True, kw_only=True):
    """Counts of one desk, of one week or of several together.

    `served` finished visits; `latencies` votes by the class of the time since their visit was finished; `idle` hands
    that pressed while there was nobody to rate; `bursts` times when `BURST` presses fell into `SHORTEST_GAP_S`;
    `after_hours` votes and idle hands while the centre was closed; `gaps` the times between hands, by class.
    """

    served: int = 0
    latencies: tuple[int, ...] = NO_LATENCIES
    idle: int = 0
    bursts: int = 0
    after_hours: int = 0
    gaps: tuple[int, ...] = NO_GAPS

    @property
    def votes(self) -> int:
        """Visits that were rated on the buttons."""
        return sum(self.latencies)

    @property
    def hands(self) -> int:
        """Votes, and hands that had nobody to rate."""
        return self.votes + self.idle


def monday(day: str) -> str:
    """The first day of the week of `day`, which names the week."""
    date = datetime.date.fromisoformat(day)
    return (date - datetime.timedelta(days=date.weekday())).isoformat()


def gap_class(gap_s: float) -> int:
    """The class of a time between two hands. Raises ValueError where it is one hand."""
    if gap_s < SHORTEST_GAP_S:
        raise ValueError(f"{gap_s} s apart is one hand")
    return min(int(gap_s // SHORTEST_GAP_S).bit_length() - 1, GAPS - 1)


def week_of(counts: Mapping[tuple[str, int], int]) -> Week:
    """The counts of a week from (measure, class) -> number."""
    return Week(
        served=counts.get(("served", 0), 0),
        latencies=tuple(counts.get(("latency", index), 0) for index in range(LATENCIES)),
        idle=counts.get(("idle", 0), 0),
        bursts=counts.get(("burst", 0), 0),
        after_hours=counts.get(("after_hours", 0), 0),
        gaps=tuple(counts.get(("gap", index), 0) for index in range(GAPS)),
    )


def together(weeks: Iterable[Week]) -> Week:
    """The counts of all of them."""
    each = list(weeks)
    return Week(
        served=sum(week.served for week in each),
        latencies=_sums([week.latencies for week in each], LATENCIES),
        idle=sum(week.idle for week in each),
        bursts=sum(week.bursts for week in each),
        after_hours=sum(week.after_hours for week in each),
        gaps=_sums([week.gaps for week in each], GAPS),
    )


def variation(gaps: tuple[int, ...]) -> float:
    """The standard deviation of the gaps over their mean, each class taken as evenly filled; 0 of nothing.

    A clock that presses every ten minutes gives 0.2 (all that a class of twice its beginning leaves open), presses by
    chance about 1.
    """
    total = sum(gaps)
    if total == 0:
        return 0.0
    widths = [float(SHORTEST_GAP_S << index) for index in range(GAPS)]
    mean = sum(n * 1.5 * width for n, width in zip(gaps, widths, strict=True)) / total
    spread = sum(n * ((1.5 * width - mean) ** 2 + width**2 / 12) for n, width in zip(gaps, widths, strict=True))
    return sqrt(spread / total) / mean


def _sums(rows: list[tuple[int, ...]], length: int) -> tuple[int, ...]:
    return tuple(sum(row[index] for row in rows) for index in range(length))
