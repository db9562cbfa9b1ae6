"""Weeks put together until a test has enough to go by, and what the tests find in them.

Every week ends a window of its own, so that what somebody did for two weeks is looked at in those two weeks.

Rules: pure; finished weeks of one year only, from its first Monday on; the window that a week ends never changes, so
that a case is the same tomorrow.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from broker.integrity.evidence import TESTS, Finding, Test, Usual, enough, found, usual
from broker.integrity.weeks import Week, together

Weeks = Mapping[str, Mapping[str, Week]]
"""Monday -> desk -> what was counted."""


class Window(Struct, frozen=True):
    """The weeks (their Mondays) of a desk that one test looks at together, and what they hold."""

    desk: str
    mondays: tuple[str, ...]
    counts: Week


class Flag(Struct, frozen=True):
    """A test found something in a window."""

    window: Window
    finding: Finding


def flags(weeks: Weeks, whose: Iterable[str] = ()) -> list[Flag]:
    """What all tests find at all desks (or those of `whose`), oldest first."""
    centres = _Centres(weeks)
    raised = [
        Flag(window, finding)
        for desk in sorted(whose or {desk for desks in weeks.values() for desk in desks})
        for test in TESTS
        for window in windows(weeks, desk, test)
        if (finding := found(test, window.counts, centres.in_weeks(window.mondays)))
    ]
    return sorted(raised, key=lambda flag: (flag.window.mondays[-1], flag.window.desk))


class _Centres:
    """The middle desk of the centre in any weeks, worked out once."""

    def __init__(self, weeks: Weeks) -> None:
        self._weeks = weeks
        self._known: dict[tuple[str, ...], Usual] = {}

    def in_weeks(self, mondays: tuple[str, ...]) -> Usual:
        if mondays not in self._known:
            desks = {desk for monday in mondays for desk in self._weeks[monday]}
            self._known[mondays] = usual(
                together(self._weeks[monday].get(desk, Week()) for monday in mondays) for desk in desks
            )
        return self._known[mondays]


def windows(weeks: Weeks, desk: str, test: Test) -> Iterator[Window]:
    """For each week in which the desk worked the fewest weeks up to it that are enough for `test`, oldest first."""
    mondays = sorted(weeks)
    for last, monday in enumerate(mondays):
        if desk not in weeks[monday]:
            continue
        held: list[Week] = []
        for first in range(last, -1, -1):
            held.append(weeks[mondays[first]].get(desk, Week()))
            counts = together(held)
            if enough(test, counts):
                yield Window(desk, tuple(mondays[first : last + 1]), counts)
                break
