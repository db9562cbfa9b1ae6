"""A year's flags as cases, and what satisfaction is with and without the votes they are about.

A case is opened by a flag and stays: a supervisor may only add what he found out. No rating is ever taken away; both
series are told. How the votes of flagged weeks were cast is told to nobody: the difference of two exact series would be
one clerk's own ratings of a week or two, past everything that `disclosure` holds back. So the second series is an
interval, from where all of them were satisfied to where none was, which needs no level at all.

Rules: pure; the same counts give the same cases.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from broker.integrity.windows import Flag, Weeks, flags
from broker.statistics.satisfaction import Interval


class Note(Struct, frozen=True):
    """What a supervisor wrote to a case, and when (Unix ms)."""

    at: int
    actor: str
    text: str


class Case(Struct, frozen=True):
    """A flag, and what was found out about it; nobody has seen it while there are no notes."""

    id: str
    flag: Flag
    notes: tuple[Note, ...] = ()


class Review(Struct, frozen=True):
    """A year: its finished weeks (Mondays), its cases, newest first, and how many votes were cast in flagged weeks."""

    mondays: tuple[str, ...]
    cases: tuple[Case, ...]
    left_out: int


def review(weeks: Weeks, notes: Mapping[str, Sequence[Note]]) -> Review:
    """The cases of a year's weeks. A week of a desk that several flags are about is left out once."""
    raised = flags(weeks)
    suspect = {(monday, flag.window.desk) for flag in raised for monday in flag.window.mondays}
    return Review(
        mondays=tuple(sorted(weeks)),
        cases=tuple(_case(flag, notes) for flag in reversed(raised)),
        left_out=sum(weeks[monday][desk].votes for monday, desk in suspect if desk in weeks[monday]),
    )


def without(satisfied: int, rated: int, left_out: int) -> Interval:
    """Where the share of satisfied lies without `left_out` of the `rated`, whatever those said."""
    rest = rated - left_out
    if rest <= 0:
        return Interval(0.0, 1.0)
    return Interval(max(satisfied - left_out, 0) / rest, min(satisfied / rest, 1.0))


def _case(flag: Flag, notes: Mapping[str, Sequence[Note]]) -> Case:
    name = case_id(flag)
    return Case(name, flag, tuple(notes.get(name, ())))


def case_id(flag: Flag) -> str:
    """What names the case of a flag, for ever: desk, test and first week."""
    return f"{flag.window.desk}.{flag.finding.test}.{flag.window.mondays[0]}"
