"""A manager's question and its answer: what was recorded, the same days simulated as they were, and with the change.

Rules: pure; an answer carries its own question and its own validity; the same question has the same answer.
"""

import datetime
from collections.abc import Callable
from random import Random
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

from broker.histogram import within
from broker.model import Site
from broker.simulator.change import Change
from broker.simulator.comparing import Gap, Gaps, compare
from broker.simulator.learned import Learned
from broker.simulator.what_if import SHORT_S, Outlook, minutes, simulate

AT_LEAST = 40
"""Each recorded day is simulated so often that there are at least so many days."""
FAR_OFF = 0.15
SAME_MIN = 1.0
"""Times that differ by less than a minute are the same to whoever waits."""


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What would have been in `month` (the newest that is over where empty) with `change`?

    `days` is how many days are simulated; 0: each recorded one equally often, at least 40 together. Another `seed`
    gives other days of the same kind.
    """

    month: Annotated[str, Meta(pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")] = ""
    change: Change = Change()
    days: Annotated[int, Meta(ge=0, le=250)] = 0
    seed: int = 1


class Column(Struct, frozen=True, kw_only=True):
    """One kind of day: visits, the minutes on average, of half and of nine of ten, percent within 15 minutes, and how
    many wait in the evening. Recorded minutes of half and of nine of ten are read from a histogram, within 5 %.
    """

    visits: float
    mean_min: float
    half_min: float
    nine_min: float
    within_15: float
    stranded: float


class Figure(NamedTuple):
    """A row of the answer's table: the field of its columns, digits after the point, the columns' values, the gap."""

    name: str
    digits: int
    values: tuple[float, float, float]
    gap: Gap | None


_DIGITS = {"visits": 0, "mean_min": 1, "half_min": 1, "nine_min": 1, "within_15": 1, "stranded": 1}


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to `question`; `recorded_days` are the days of the month with visits."""

    question: Question
    recorded_days: int
    simulated_days: int
    recorded: Column
    as_was: Column
    other: Column
    gaps: Gaps

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The table, in the order in which it is read: recorded, simulated as it was, with the change."""

        def values(name: str) -> tuple[float, float, float]:
            return getattr(self.recorded, name), getattr(self.as_was, name), getattr(self.other, name)

        return tuple(
            Figure(name, digits, values(name), getattr(self.gaps, name, None)) for name, digits in _DIGITS.items()
        )

    @property
    def doubted(self) -> Literal["half_min", "nine_min"]:
        """The figure that the simulation repeats worse: nine of ten, unless that holds and half does not."""
        return "half_min" if self._repeats("nine_min") and not self._repeats("half_min") else "nine_min"

    @property
    def off(self) -> float:
        """How far that figure, simulated as it was, is off what was recorded, as a share of it."""
        simulated, recorded = (getattr(column, self.doubted) for column in (self.as_was, self.recorded))
        return float(abs(simulated - recorded) / max(recorded, SAME_MIN))

    @property
    def believable(self) -> bool:
        """Whether the simulation repeats what was recorded, for half of all and for nine of ten."""
        return self._repeats(self.doubted)

    def _repeats(self, figure: str) -> bool:
        simulated, recorded = (getattr(column, figure) for column in (self.as_was, self.recorded))
        return bool(abs(simulated - recorded) < SAME_MIN or abs(simulated - recorded) <= FAR_OFF * recorded)


def days_of(month: str) -> tuple[str, str]:
    """The first and the last day of `YYYY-MM`. Raises ValueError."""
    first = datetime.date.fromisoformat(f"{month}-01")
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    return first.isoformat(), last.isoformat()


def days_to_simulate(question: Question, learned: Learned) -> int:
    """How many days each of both halls takes."""
    recorded = len(learned.days)
    return question.days or recorded * -(-AT_LEAST // recorded)


def answer(site: Site, learned: Learned, question: Question, tell: Callable[[int], None]) -> Answer:
    """The answer to `question` about a month of which this was `learned`. Raises ImpossibleError.

    `tell` hears how many of twice `days_to_simulate` days are done.
    """
    days, (_, last) = days_to_simulate(question, learned), days_of(question.month)

    def chance(purpose: str) -> Random:
        return Random(f"{question.seed} {purpose}")  # noqa: S311  # because a day must be repeatable, not secret

    def outlook(change: Change, before: int) -> Outlook:
        return simulate(
            site, learned, change, day=last, days=days, chance=chance, tell=lambda done: tell(before + done)
        )

    as_was = outlook(Change(breaks_min=question.change.breaks_min), 0)
    other = outlook(question.change, days)
    return Answer(
        question=question,
        recorded_days=len(learned.days),
        simulated_days=days,
        recorded=_recorded(learned),
        as_was=_simulated(as_was),
        other=_simulated(other),
        gaps=compare(as_was, other, min(days, len(learned.days)), chance("drawn days")),
    )


def _recorded(learned: Learned) -> Column:
    waits = learned.waits
    return Column(
        visits=learned.visits,
        mean_min=learned.mean_min,
        half_min=minutes(waits, 0.5),
        nine_min=minutes(waits, 0.9),
        within_15=100 * within(waits, SHORT_S) / max(1, sum(waits.values())),
        stranded=learned.stranded / len(learned.days),
    )


def _simulated(outlook: Outlook) -> Column:
    return Column(
        visits=outlook.visits,
        mean_min=outlook.mean_min,
        half_min=outlook.minutes(0.5),
        nine_min=outlook.minutes(0.9),
        within_15=100 * outlook.within_15_min,
        stranded=outlook.stranded,
    )
