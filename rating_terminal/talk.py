"""What a touch terminal says and asks around a vote: the language, a second look at the faces, reasons, questions.

Rules: pure; nothing here is a vote; what was added is told once, when the person is done, leaves, or the next
one comes; everything that is asked may be left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from rating_terminal.session import Keep, Session, State

IDLE_S = 30.0
"""Who touches nothing for so long has left."""
THANKS_S = 10.0
MOST_REASONS = 3


class Stage(StrEnum):
    """What is asked."""

    QUIET = "quiet"
    REASONS = "reasons"
    QUESTIONS = "questions"


class Offer(NamedTuple):
    """The ids of what the centre asks those who were not satisfied, and which levels that are."""

    reasons: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    negative: frozenset[int] = frozenset()


# ----------------------------------------------------------------------------------------------------------- events


class Voted(NamedTuple):
    """A vote or a correction is on disk."""

    vote: Keep


class NextVisit(NamedTuple):
    """Another visit may be rated now, or nobody's."""


class Spoken(NamedTuple):
    """Somebody chose a language."""

    lang: str


class LookBack(NamedTuple):
    """Somebody wants to see the faces again."""


class Toggled(NamedTuple):
    """A reason was chosen, or taken back."""

    reason: str


class Answered(NamedTuple):
    """A question was answered."""

    question: str
    yes: bool


class Went(NamedTuple):
    """Somebody is done with this page."""


class TimePassed(NamedTuple):
    """Perhaps nobody is there any more."""


Event = Voted | NextVisit | Spoken | LookBack | Toggled | Answered | Went | TimePassed


class Tell(NamedTuple):
    """Write to disk what was added to `vote`."""

    vote: Keep
    reasons: tuple[str, ...]
    answers: Mapping[str, bool]


@dataclass(frozen=True)
class Talk:
    """Where the conversation is. `lang` "" is the visit's own language; `back`: the faces are wanted again.

    `until` (monotonic s) is when its page goes away by itself.
    """

    stage: Stage = Stage.QUIET
    lang: str = ""
    back: bool = False
    vote: Keep | None = None
    reasons: tuple[str, ...] = ()
    answers: Mapping[str, bool] = field(default_factory=dict)
    until: float = 0.0

    def deadline(self, elapsed: float) -> float | None:
        """When its page goes away, or what is on it is told (monotonic s)."""
        return self.until if self.stage is not Stage.QUIET or elapsed < self.until else None


Step = tuple[Talk, tuple[Tell, ...]]
Move = Callable[[Talk, Any, float, Offer], Step]
"""`Any`, because each move stands in the table for one kind of event only."""


def step(talk: Talk, event: Event, elapsed: float, offer: Offer) -> Step:
    """The conversation after `event` at `elapsed` (monotonic s), and what is to be done."""
    move = TRANSITIONS.get((talk.stage, type(event)))
    return (talk, ()) if move is None else move(talk, event, elapsed, offer)


def page(session: Session, talk: Talk, elapsed: float) -> str:
    """Which page is shown: ask, reasons, questions, thanks or rest."""
    if session.state is State.OPEN or (session.state is State.THANKED and talk.back):
        return "ask"
    if talk.stage is not Stage.QUIET:
        return talk.stage.value
    return "thanks" if elapsed < talk.until else "rest"


# ------------------------------------------------------------------------------------------------------------ moves


def _voted(talk: Talk, event: Voted, elapsed: float, offer: Offer) -> Step:
    asked = event.vote.level in offer.negative
    stage = Stage.REASONS if offer.reasons else Stage.QUESTIONS if offer.questions else Stage.QUIET
    fresh = Talk(stage if asked else Stage.QUIET, talk.lang, vote=event.vote)
    return replace(fresh, until=elapsed + (THANKS_S if fresh.stage is Stage.QUIET else IDLE_S)), ()


def _next_visit(talk: Talk, _event: NextVisit, _elapsed: float, _offer: Offer) -> Step:
    return Talk(), _told(talk)


def _let_thanks_stand(talk: Talk, _event: NextVisit, _elapsed: float, _offer: Offer) -> Step:
    return Talk(until=talk.until), ()


def _speak(talk: Talk, event: Spoken, _elapsed: float, _offer: Offer) -> Step:
    return replace(talk, lang=event.lang), ()


def _look_back(talk: Talk, _event: LookBack, _elapsed: float, _offer: Offer) -> Step:
    return replace(talk, back=True), ()


def _toggle(talk: Talk, event: Toggled, elapsed: float, offer: Offer) -> Step:
    chosen = tuple(each for each in talk.reasons if each != event.reason)
    if event.reason in offer.reasons and event.reason not in talk.reasons and len(chosen) < MOST_REASONS:
        chosen = (*chosen, event.reason)
    return replace(talk, reasons=chosen, until=elapsed + IDLE_S), ()


def _answer(talk: Talk, event: Answered, elapsed: float, _offer: Offer) -> Step:
    return replace(talk, answers={**talk.answers, event.question: event.yes}, until=elapsed + IDLE_S), ()


def _on(talk: Talk, event: Went, elapsed: float, offer: Offer) -> Step:
    if offer.questions:
        return replace(talk, stage=Stage.QUESTIONS, back=False, until=elapsed + IDLE_S), ()
    return _finish(talk, event, elapsed, offer)


def _finish(talk: Talk, _event: Went, elapsed: float, _offer: Offer) -> Step:
    return Talk(lang=talk.lang, until=elapsed + THANKS_S), _told(talk)


def _leave(talk: Talk, _event: TimePassed, elapsed: float, _offer: Offer) -> Step:
    return (talk, ()) if elapsed < talk.until else (Talk(lang=talk.lang), _told(talk))


def _told(talk: Talk) -> tuple[Tell, ...]:
    added = talk.vote is not None and (talk.reasons or talk.answers)
    return (Tell(talk.vote, talk.reasons, talk.answers),) if talk.vote is not None and added else ()


TRANSITIONS: dict[tuple[Stage, type], Move] = {
    (Stage.QUIET, Voted): _voted,
    (Stage.QUIET, NextVisit): _let_thanks_stand,
    (Stage.QUIET, Spoken): _speak,
    (Stage.QUIET, LookBack): _look_back,
    (Stage.REASONS, Voted): _voted,
    (Stage.REASONS, NextVisit): _next_visit,
    (Stage.REASONS, Spoken): _speak,
    (Stage.REASONS, LookBack): _look_back,
    (Stage.REASONS, Toggled): _toggle,
    (Stage.REASONS, Went): _on,
    (Stage.REASONS, TimePassed): _leave,
    (Stage.QUESTIONS, Voted): _voted,
    (Stage.QUESTIONS, NextVisit): _next_visit,
    (Stage.QUESTIONS, Spoken): _speak,
    (Stage.QUESTIONS, LookBack): _look_back,
    (Stage.QUESTIONS, Answered): _answer,
    (Stage.QUESTIONS, Went): _finish,
    (Stage.QUESTIONS, TimePassed): _leave,
}
IGNORED: frozenset[tuple[Stage, type]] = frozenset(
    {
        (Stage.QUIET, Toggled),  # touched in the moment in which the page went away
        (Stage.QUIET, Answered),
        (Stage.QUIET, Went),
        (Stage.QUIET, TimePassed),  # thanks end by themselves
        (Stage.REASONS, Answered),
        (Stage.QUESTIONS, Toggled),
    }
)
