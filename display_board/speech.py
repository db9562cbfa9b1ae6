"""Which call is spoken when: one after the other, none left out, none twice while it still waits.

A backlog is worked off by saying less of each call, never by leaving one out (`Form`). Rules: pure; what is said is
decided when it begins, since by then a call may have been repeated; quiet hours are local times of the day, up to but
without their end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import Enum

from display_board.calls import Called

MANY = 3
"""With so many calls waiting behind one, it is said briefly."""
CROWD = 8
"""With so many, nothing but its number and its place is said."""


class Form(Enum):
    """How much is said of a call. `FULL`: chime, invitation, its citizen's language and those of the site.

    `BRIEF`: invitation, in its citizen's language only. `BARE`: number and place, in that language.
    """

    FULL = "full"
    BRIEF = "brief"
    BARE = "bare"


@dataclass(frozen=True)
class Speech:
    """Calls to be spoken, the next one first, and the one that is being spoken."""

    waiting: tuple[Called, ...] = ()
    speaking: Called | None = None


def add(speech: Speech, call: Called) -> Speech:
    """`call` is to be spoken. A call of the same ticket that still waits is merged with it, and keeps its place."""
    merged = tuple(call if call.ticket and old.ticket == call.ticket else old for old in speech.waiting)
    return replace(speech, waiting=merged if call in merged else (*merged, call))


def begin(speech: Speech) -> tuple[Speech, Called | None]:
    """What to speak now: the call that waited longest, None while one is being spoken or none waits."""
    if speech.speaking is not None or not speech.waiting:
        return speech, None
    call, *rest = speech.waiting
    return Speech(tuple(rest), call), call


def ended(speech: Speech) -> Speech:
    """What was being spoken is over."""
    return replace(speech, speaking=None)


def form(speech: Speech) -> Form:
    """How much is said of what begins now."""
    waiting = len(speech.waiting)
    return Form.BARE if waiting >= CROWD else Form.BRIEF if waiting >= MANY else Form.FULL


def tongues(call: Called, always: Sequence[str], form: Form) -> tuple[str, ...]:
    """The languages of a call: the citizen's own first, then those that the site always speaks."""
    return tuple(dict.fromkeys((call.lang, *always))) if form is Form.FULL else (call.lang,)


def is_quiet(hours: Sequence[tuple[time, time]], moment: datetime) -> bool:
    """Whether `moment` lies in one of the quiet `hours` (from, to), which may pass midnight."""
    now = moment.time()
    return any(start <= now < end if start <= end else now >= start or now < end for start, end in hours)
