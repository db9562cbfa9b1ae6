"""The keypad's own state: what is asked, what was sent, what is said of it.

Rules: pure; `elapsed` is monotonic seconds; one press is on its way at a time, and until it is answered no other
counts; the same key again too soon is the same press; without the hub nothing is begun, and what was begun is asked
again when it is back; a second key speaks of the visit that the question was asked of, or of nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto
from typing import Any

from msgspec import UNSET, UnsetType

from appliance.wire.told import Words
from desk_keypad.events import Answered, DeskTold, Event, HubCame, HubWent, Moment, Send, SendAgain, TimeUp
from desk_keypad.keymap import Role, Struck
from desk_keypad.wishes import Offer, Wish, offered

AGAIN_S = 0.3
"""The same key again so soon is a nervous finger."""
NEXT_AGAIN_S = 1.5
"""Nobody is served within so little time: *next* again is a nervous finger for longer, once it was asked for."""
HAMMER_S = 0.5
"""Whoever strikes on after a press that did not count must pause for this long to be meant."""
ASK_S = 6.0
SAY_S = 3.0
RESEND_S = 0.7
NOTHING_OFFERED = Offer(())
GIVE_UP_S = 30.0
"""A hub that is heard but does not answer is not waited for any longer. It has been too late for the press for long."""


class State(Enum):
    """Where the keypad is."""

    AWAY = auto()
    """The hub is not heard, and nothing is on its way."""
    READY = auto()
    ASKING = auto()
    """A second key is wanted."""
    SENT = auto()
    """A press is on its way."""
    UNSURE = auto()
    """The hub was lost before it answered."""


class Say(StrEnum):
    """What is said for a while."""

    NOTHING = ""
    DONE = "done"
    NOBODY = "nobody"
    REFUSED = "refused"
    NO_CHOICE = "no_choice"
    CANCELLED = "cancelled"
    CHANGED = "changed"
    AWAY = "away"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Keypad:
    """Everything a keypad remembers. `role` asked for a second key, `offer` is what it may be, `showing` the visit
    that it was asked of; `wish` is on its way.

    `key`, `again_at`: what counted last, and when it counts again; `due`: when a press is sent again; `until`: when
    what is asked or said is over, or a press is given up.
    """

    state: State = State.AWAY
    role: Role | None = None
    offer: Offer = NOTHING_OFFERED
    showing: str | UnsetType = UNSET
    wish: Wish | None = None
    say: Say = Say.NOTHING
    number: str = ""
    words: Words | None = None
    key: str = ""
    again_at: float = float("-inf")
    due: float = 0.0
    until: float = 0.0

    def deadline(self) -> float | None:
        """When time alone changes something, in monotonic seconds."""
        if self.state is State.SENT:
            return min(self.due, self.until)
        return self.until if self.state is State.ASKING or self.say is not Say.NOTHING else None


Step = tuple[Keypad, tuple[Send | SendAgain, ...]]
Move = Callable[[Keypad, Any, Moment], Step]
"""`Any`, because each move stands in the table for one kind of event only."""


def step(keypad: Keypad, event: Event, moment: Moment) -> Step:
    """The keypad after `event`, and what is to be done."""
    if isinstance(event, Struck) and event.key == keypad.key and moment.elapsed < keypad.again_at:
        return replace(keypad, again_at=max(keypad.again_at, moment.elapsed + HAMMER_S)), ()
    move = TRANSITIONS.get((keypad.state, type(event)))
    if move is None:
        return keypad, ()
    if isinstance(event, Struck):
        keypad = replace(keypad, key=event.key, again_at=moment.elapsed + AGAIN_S)
    return move(keypad, event, moment)


# ------------------------------------------------------------------------------------------------------------ moves


def _begin(keypad: Keypad, event: Struck, moment: Moment) -> Step:
    if event.role is None:
        return keypad, ()
    offer = offered(event.role, moment.desk, moment.plan)
    if not offer.wishes:
        return _told(keypad, State.READY, Say.NO_CHOICE, moment), ()
    if not offer.ask:
        return _send(keypad, offer.wishes[0], moment.showing, moment)
    until = moment.elapsed + ASK_S
    asking = _quiet(keypad, State.ASKING)
    return replace(asking, role=event.role, offer=offer, showing=moment.showing, until=until), ()


def _choose(keypad: Keypad, event: Struck, moment: Moment) -> Step:
    """The same key again is the first choice; a digit is its own; any other key takes the question back."""
    wishes = keypad.offer.wishes
    if event.role is keypad.role:
        return _send(keypad, wishes[0], keypad.showing, moment)
    named = any(wish.name for wish in wishes)
    if named and event.digit:
        if event.digit <= len(wishes):
            return _send(keypad, wishes[event.digit - 1], keypad.showing, moment)
        return _told(keypad, State.READY, Say.NO_CHOICE, moment), ()
    return _told(keypad, State.READY, Say.CANCELLED, moment), ()


def _ask_of_nobody_else(keypad: Keypad, _event: DeskTold, moment: Moment) -> Step:
    """The visit that the question was asked of is gone, by the page or another keypad."""
    return (keypad if moment.showing == keypad.showing else _told(keypad, State.READY, Say.CHANGED, moment)), ()


def _send(keypad: Keypad, wish: Wish, showing: str | UnsetType, moment: Moment) -> Step:
    due, until = moment.elapsed + RESEND_S, moment.elapsed + GIVE_UP_S
    again_at = moment.elapsed + NEXT_AGAIN_S if wish.action == "next" else keypad.again_at
    sent = replace(_quiet(keypad, State.SENT), wish=wish, again_at=again_at, due=due, until=until)
    return sent, (Send(wish, showing, moment.call_seq),)


def _hub_is_away(keypad: Keypad, _event: Struck, moment: Moment) -> Step:
    return replace(keypad, say=Say.AWAY, until=moment.elapsed + SAY_S), ()


def _settle(keypad: Keypad, event: Answered, moment: Moment) -> Step:
    wish = keypad.wish
    nobody = wish is not None and wish.action == "next" and not event.number
    say = Say.REFUSED if not event.ok else Say.NOBODY if nobody else Say.DONE
    state = State.READY if keypad.state is State.SENT else State.AWAY
    return replace(_told(keypad, state, say, moment), wish=wish, number=event.number, words=event.words), ()


def _hub_came(keypad: Keypad, _event: HubCame, _moment: Moment) -> Step:
    """What the hub had to say just before stays to be read."""
    return (_quiet(keypad, State.READY) if keypad.say is Say.AWAY else replace(keypad, state=State.READY)), ()


def _ask_again(keypad: Keypad, _event: HubCame, moment: Moment) -> Step:
    due, until = moment.elapsed + RESEND_S, moment.elapsed + GIVE_UP_S
    return replace(keypad, state=State.SENT, say=Say.NOTHING, due=due, until=until), (SendAgain(),)


def _hub_went(keypad: Keypad, _event: HubWent, _moment: Moment) -> Step:
    return _quiet(keypad, State.AWAY), ()


def _left_alone(keypad: Keypad, _event: HubWent, _moment: Moment) -> Step:
    return replace(keypad, state=State.UNSURE, say=Say.NOTHING), ()


def _said(keypad: Keypad, _event: TimeUp, moment: Moment) -> Step:
    if keypad.say is Say.NOTHING or moment.elapsed < keypad.until:
        return keypad, ()
    return (replace(keypad, say=Say.NOTHING) if keypad.state is State.UNSURE else _quiet(keypad, keypad.state)), ()


def _ask_no_longer(keypad: Keypad, _event: TimeUp, moment: Moment) -> Step:
    return (keypad if moment.elapsed < keypad.until else _quiet(keypad, State.READY)), ()


def _wait(keypad: Keypad, _event: TimeUp, moment: Moment) -> Step:
    if moment.elapsed >= keypad.until:
        return _told(keypad, State.READY, Say.UNKNOWN, moment), ()
    if moment.elapsed >= keypad.due:
        return replace(keypad, due=moment.elapsed + RESEND_S), (SendAgain(),)
    return keypad, ()


def _quiet(keypad: Keypad, state: State) -> Keypad:
    return Keypad(state, key=keypad.key, again_at=keypad.again_at)


def _told(keypad: Keypad, state: State, say: Say, moment: Moment) -> Keypad:
    return replace(_quiet(keypad, state), say=say, until=moment.elapsed + SAY_S)


TRANSITIONS: dict[tuple[State, type], Move] = {
    (State.AWAY, Struck): _hub_is_away,
    (State.AWAY, HubCame): _hub_came,
    (State.AWAY, TimeUp): _said,
    (State.READY, Struck): _begin,
    (State.READY, HubWent): _hub_went,
    (State.READY, TimeUp): _said,
    (State.ASKING, Struck): _choose,
    (State.ASKING, HubWent): _hub_went,
    (State.ASKING, DeskTold): _ask_of_nobody_else,
    (State.ASKING, TimeUp): _ask_no_longer,
    (State.SENT, Answered): _settle,
    (State.SENT, HubWent): _left_alone,
    (State.SENT, TimeUp): _wait,
    (State.UNSURE, Struck): _hub_is_away,
    (State.UNSURE, Answered): _settle,
    (State.UNSURE, HubCame): _ask_again,
    (State.UNSURE, TimeUp): _said,
}
IGNORED: frozenset[tuple[State, type]] = frozenset(
    {
        (State.AWAY, Answered),  # nothing was asked: said again, or given up
        (State.AWAY, HubWent),
        (State.AWAY, DeskTold),
        (State.READY, Answered),
        (State.READY, HubCame),
        (State.READY, DeskTold),
        (State.ASKING, Answered),
        (State.ASKING, HubCame),
        (State.SENT, Struck),  # one press at a time
        (State.SENT, HubCame),
        (State.SENT, DeskTold),  # the hub judges by what the press says was there
        (State.UNSURE, HubWent),
        (State.UNSURE, DeskTold),
    }
)
