"""One visit's vote at one terminal: pure.

Rules: the hub arms and the hub counts; this machine only knows what to say to the person who stands here. Every press
is kept, whatever the state (the hub knows an orphan when it sees one); thanks are said only when the press is on disk;
one press is the vote, another within `CORRECT_S` of the last corrects it, later ones change nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

CORRECT_S = 5.0
SAY_S = 4.0
"""How long a passing remark stands."""


class State(StrEnum):
    """What the terminal is to the person before it."""

    RESTING = "resting"
    OPEN = "open"
    THANKED = "thanked"
    SPENT = "spent"


class Say(StrEnum):
    """What stands in words."""

    NOTHING = "nothing"
    ASK = "ask"
    THANKS = "thanks"
    CHANGED = "changed"
    ALREADY = "already"
    NOT_OPEN = "not_open"
    ONE_PLEASE = "one_please"
    NOT_KEPT = "not_kept"


@dataclass(frozen=True)
class Arming:
    """The hub lets one visit be rated: its number, and until when (Unix seconds of the business clock).

    `said` is that moment as the hub wrote it, by which it knows the visit again; `lang` the visit's language.
    """

    number: str
    until: float
    said: str = ""
    lang: str = ""

    @property
    def key(self) -> str:
        """What makes it different from the next one."""
        return f"{self.number}@{self.until:.3f}"


@dataclass(frozen=True)
class Moment:
    """When: Unix seconds of the business clock and its pace, and monotonic seconds for hands and eyes."""

    now: float
    elapsed: float
    pace: float = 1.0


# ----------------------------------------------------------------------------------------------------------- events


class Armed(NamedTuple):
    """The hub says whose visit may be rated; `voted` when our journal knows that it has been."""

    arming: Arming
    voted: bool = False


class Disarmed(NamedTuple):
    """The hub says that nobody's may."""


class Chosen(NamedTuple):
    """A button was pressed."""

    level: int


class Kept(NamedTuple):
    """The press is on disk."""

    level: int


class Lost(NamedTuple):
    """The disk did not take the press."""

    level: int


class Muddled(NamedTuple):
    """Two buttons at once."""


class TimeUp(NamedTuple):
    """A deadline has come."""


Event = Armed | Disarmed | Chosen | Kept | Lost | Muddled | TimeUp


# ---------------------------------------------------------------------------------------------------------- effects


class Keep(NamedTuple):
    """Write the press of `level` to disk, then feed Kept or Lost.

    `arming` is whose rating it is, None when nobody's is open; `press` is 1 for the vote, more for its corrections, 0
    for one too many.
    """

    level: int
    arming: Arming | None = None
    press: int = 0


@dataclass(frozen=True)
class Session:
    """The terminal now. `presses` is how many counted for this visit: the vote and its corrections.

    `fresh_until` ends the time for corrections, `say_until` a remark (both monotonic).
    """

    state: State = State.RESTING
    arming: Arming | None = None
    level: int = 0
    presses: int = 0
    fresh_until: float = 0.0
    remark: Say = Say.NOTHING
    say_until: float = 0.0


Step = tuple[Session, tuple[Keep, ...]]
Move = Callable[[Session, Any, Moment], Step]
"""`Any`, because each move stands in the table for one kind of event only."""


def step(session: Session, event: Event, moment: Moment) -> Step:
    """The session after `event`, and what is to be done."""
    move = TRANSITIONS.get((session.state, type(event)))
    return (session, ()) if move is None else move(session, event, moment)


def say(session: Session) -> Say:
    """What stands in words now."""
    if session.remark is not Say.NOTHING:
        return session.remark
    return {State.OPEN: Say.ASK, State.THANKED: Say.THANKS}.get(session.state, Say.NOTHING)


def lamps(session: Session, levels: int) -> tuple[bool, ...]:
    """All lit: please choose. One lit: thank you, this was kept. Dark: there is nothing to rate."""
    if session.state is State.OPEN:
        return (True,) * levels
    return tuple(session.state is State.THANKED and level == session.level for level in range(1, levels + 1))


def deadline(session: Session, moment: Moment) -> float | None:
    """When `TimeUp` is due, in monotonic seconds."""
    ends = [session.say_until] if session.remark is not Say.NOTHING else []
    if session.state is State.THANKED:
        ends.append(session.fresh_until)
    if session.arming is not None and moment.pace > 0:
        ends.append(moment.elapsed + max(0.0, session.arming.until - moment.now) / moment.pace)
    return min(ends, default=None)


# ------------------------------------------------------------------------------------------------------------ moves


def _arm(session: Session, event: Armed, moment: Moment) -> Step:
    if event.arming == session.arming:
        return session, ()
    if event.arming.until <= moment.now:
        return _disarm(session, Disarmed(), moment)
    return Session(State.SPENT if event.voted else State.OPEN, event.arming), ()


def _disarm(session: Session, _event: Disarmed, _moment: Moment) -> Step:
    return Session(remark=session.remark, say_until=session.say_until), ()


def _keep_vote(session: Session, event: Chosen, _moment: Moment) -> Step:
    return session, (Keep(event.level, session.arming, session.presses + 1),)


def _keep_correction(session: Session, event: Chosen, moment: Moment) -> Step:
    if moment.elapsed < session.fresh_until:
        return _keep_vote(session, event, moment)
    return _keep(replace(session, state=State.SPENT), event, moment)


def _keep(session: Session, event: Chosen, _moment: Moment) -> Step:
    return session, (Keep(event.level, session.arming),)


def _thank(session: Session, event: Kept, moment: Moment) -> Step:
    return Session(State.THANKED, session.arming, event.level, 1, moment.elapsed + CORRECT_S), ()


def _correct(session: Session, event: Kept, moment: Moment) -> Step:
    fresh_until = moment.elapsed + CORRECT_S
    corrected = replace(session, level=event.level, presses=session.presses + 1, fresh_until=fresh_until)
    return _remark(corrected, Say.CHANGED, moment)


def _already(session: Session, _event: Kept, moment: Moment) -> Step:
    return _remark(session, Say.ALREADY, moment)


def _not_open(session: Session, _event: Kept, moment: Moment) -> Step:
    return _remark(session, Say.NOT_OPEN, moment)


def _sorry(session: Session, _event: Lost, moment: Moment) -> Step:
    return _remark(session, Say.NOT_KEPT, moment)


def _one_please(session: Session, _event: Muddled, moment: Moment) -> Step:
    return _remark(session, Say.ONE_PLEASE, moment)


def _remark(session: Session, remark: Say, moment: Moment) -> Step:
    return replace(session, remark=remark, say_until=moment.elapsed + SAY_S), ()


def _time_up(session: Session, _event: TimeUp, moment: Moment) -> Step:
    if session.remark is not Say.NOTHING and moment.elapsed >= session.say_until:
        session = replace(session, remark=Say.NOTHING)
    if session.arming is not None and moment.now >= session.arming.until:
        return _disarm(session, Disarmed(), moment)
    if session.state is State.THANKED and moment.elapsed >= session.fresh_until:
        session = replace(session, state=State.SPENT)
    return session, ()


TRANSITIONS: dict[tuple[State, type], Move] = {
    (State.RESTING, Armed): _arm,
    (State.RESTING, Chosen): _keep,
    (State.RESTING, Kept): _not_open,
    (State.RESTING, Lost): _sorry,
    (State.RESTING, TimeUp): _time_up,
    (State.OPEN, Armed): _arm,
    (State.OPEN, Disarmed): _disarm,
    (State.OPEN, Chosen): _keep_vote,
    (State.OPEN, Kept): _thank,
    (State.OPEN, Lost): _sorry,
    (State.OPEN, Muddled): _one_please,
    (State.OPEN, TimeUp): _time_up,
    (State.THANKED, Armed): _arm,
    (State.THANKED, Disarmed): _disarm,
    (State.THANKED, Chosen): _keep_correction,
    (State.THANKED, Kept): _correct,
    (State.THANKED, Lost): _sorry,
    (State.THANKED, Muddled): _one_please,
    (State.THANKED, TimeUp): _time_up,
    (State.SPENT, Armed): _arm,
    (State.SPENT, Disarmed): _disarm,
    (State.SPENT, Chosen): _keep,
    (State.SPENT, Kept): _already,
    (State.SPENT, Lost): _sorry,
    (State.SPENT, TimeUp): _time_up,
}
IGNORED: frozenset[tuple[State, type]] = frozenset(
    {
        (State.RESTING, Disarmed),
        (State.RESTING, Muddled),  # nobody is asked anything
        (State.SPENT, Muddled),
    }
)
