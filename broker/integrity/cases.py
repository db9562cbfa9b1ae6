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


class Raised(Struct, frozen=True):
    """A year's finished weeks (Mondays), its flags, oldest first, and how many votes were cast in flagged weeks."""

    mondays: tuple[str, ...]
    flags: tuple[Flag, ...]
    left_out: int


def raised(weeks: Weeks) -> Raised:
    """The flags of a year's weeks. A week of a desk that several flags are about is left out once."""
    found = flags(weeks)
    suspect = {(monday, flag.window.desk) for flag in found for monday in flag.window.mondays}
    left_out = sum(weeks[monday][desk].votes for monday, desk in suspect if desk in weeks[monday])
    return Raised(tuple(sorted(weeks)), tuple(found), left_out)


def cases(raised: Raised, notes: Mapping[str, Sequence[Note]]) -> list[Case]:
    """A case for each flag, newest first."""
    return [Case(case_id(flag), flag, tuple(notes.get(case_id(flag), ()))) for flag in reversed(raised.flags)]


def without(satisfied: int, rated: int, left_out: int) -> Interval:
    """Where the share of satisfied lies without `left_out` of the `rated`, whatever those said."""
    rest = rated - left_out
    if rest <= 0:
        return Interval(0.0, 1.0)
    return Interval(max(satisfied - left_out, 0) / rest, min(satisfied / rest, 1.0))


def case_id(flag: Flag) -> str:
    """What names the case of a flag, for ever: desk, test and last week."""
    return f"{flag.window.desk}.{flag.finding.test}.{flag.window.mondays[-1]}"
