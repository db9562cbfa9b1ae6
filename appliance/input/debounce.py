"""From the raw edges of push buttons to presses: pure, exact, the same for every wiring and every library.

Rules: time is an argument and edges carry their own, so a late reader sees what happened, not when it looked; a contact
counts when it has been closed for `SETTLE_S` without a break, and again only after it was open as long; one press at a
time: who presses two buttons together is asked to press one; a button that was down when we started, or stays down for
`STUCK_S`, is no press and never hinders the others.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import NamedTuple

SETTLE_S = 0.030
STUCK_S = 10.0


class Edge(NamedTuple):
    """The contact of button `number` closed (`down`) or opened at monotonic second `at`."""

    number: int
    down: bool
    at: float


class Pressed(NamedTuple):
    """Somebody pressed button `number`; the contact closed for good at `at`."""

    number: int
    at: float


class Together(NamedTuple):
    """Two buttons were pressed at once: nobody knows which was meant."""


class Stuck(NamedTuple):
    """Button `number` does not come up again."""

    number: int


class Freed(NamedTuple):
    """Button `number` came up after all."""

    number: int


News = Pressed | Together | Stuck | Freed


class Contact(Enum):
    """Where a button is between two presses."""

    OPEN = auto()
    CLOSING = auto()
    """Closed, perhaps bouncing."""
    HELD = auto()
    """Closed and judged: pressed, refused, or down from the start."""
    OPENING = auto()
    """Open again, perhaps bouncing."""
    STUCK = auto()
    FREEING = auto()
    """Open after having been stuck, perhaps bouncing."""


class Signal(Enum):
    """What can happen to a button."""

    DOWN = auto()
    UP = auto()
    TIME = auto()
    """Its own deadline has come."""


@dataclass(frozen=True)
class Button:
    """One button. `due` is its deadline, `since` when it began what it does, `stuck_at` when it counts as stuck."""

    contact: Contact = Contact.OPEN
    since: float = 0.0
    due: float | None = None
    stuck_at: float = 0.0


@dataclass(frozen=True)
class Buttons:
    """All buttons of a panel, numbered from 1."""

    all: tuple[Button, ...]

    def deadline(self) -> float | None:
        """When time alone changes something, in monotonic seconds."""
        return min((button.due for button in self.all if button.due is not None), default=None)

    def stuck(self) -> tuple[int, ...]:
        """The numbers of the buttons that are stuck."""
        lost = (Contact.STUCK, Contact.FREEING)
        return tuple(number for number, button in enumerate(self.all, 1) if button.contact in lost)


Step = tuple[Button, tuple[News, ...]]
Move = Callable[[Buttons, int, float], Step]


def at_rest(down: tuple[bool, ...], now: float) -> Buttons:
    """The panel as it is found at start: a button that is down already has not been pressed by anybody."""
    held = Button(Contact.HELD, now, now + STUCK_S, now + STUCK_S)
    return Buttons(tuple(held if closed else Button() for closed in down))


def feel(buttons: Buttons, edge: Edge) -> tuple[Buttons, tuple[News, ...]]:
    """The buttons after `edge`, and what that and the time before it mean. No button of ours: nothing."""
    if not 1 <= edge.number <= len(buttons.all):
        return buttons, ()
    buttons, before = pass_time(buttons, edge.at)
    buttons, after = _step(buttons, edge.number, Signal.DOWN if edge.down else Signal.UP, edge.at)
    return buttons, before + after


def pass_time(buttons: Buttons, now: float) -> tuple[Buttons, tuple[News, ...]]:
    """The buttons at `now`, and what became certain until then, in the order in which it did."""
    news: tuple[News, ...] = ()
    while (due := buttons.deadline()) is not None and due <= now:
        number = next(number for number, button in enumerate(buttons.all, 1) if button.due == due)
        buttons, more = _step(buttons, number, Signal.TIME, due)
        news += more
    return buttons, news


def _step(buttons: Buttons, number: int, signal: Signal, at: float) -> tuple[Buttons, tuple[News, ...]]:
    move = TRANSITIONS.get((buttons.all[number - 1].contact, signal))
    if move is None:
        return buttons, ()
    button, news = move(buttons, number, at)
    return Buttons((*buttons.all[: number - 1], button, *buttons.all[number:])), news


# ------------------------------------------------------------------------------------------------------------ moves


def _closes(_buttons: Buttons, _number: int, at: float) -> Step:
    return Button(Contact.CLOSING, at, at + SETTLE_S), ()


def _bounces_open(_buttons: Buttons, _number: int, _at: float) -> Step:
    return Button(), ()


def _is_pressed(buttons: Buttons, number: int, _at: float) -> Step:
    since = buttons.all[number - 1].since
    held = Button(Contact.HELD, since, since + STUCK_S, since + STUCK_S)
    others = [other.contact for place, other in enumerate(buttons.all, 1) if place != number]
    if any(contact in (Contact.CLOSING, Contact.HELD) for contact in others):
        return held, (Together(),)
    return held, (Pressed(number, since),)


def _lets_go(buttons: Buttons, number: int, at: float) -> Step:
    return replace(buttons.all[number - 1], contact=Contact.OPENING, due=at + SETTLE_S), ()


def _bounces_shut(buttons: Buttons, number: int, _at: float) -> Step:
    button = buttons.all[number - 1]
    return replace(button, contact=Contact.HELD, due=button.stuck_at), ()


def _is_open(_buttons: Buttons, _number: int, _at: float) -> Step:
    return Button(), ()


def _sticks(_buttons: Buttons, number: int, at: float) -> Step:
    return Button(Contact.STUCK, at), (Stuck(number),)


def _comes_up(_buttons: Buttons, _number: int, at: float) -> Step:
    return Button(Contact.FREEING, at, at + SETTLE_S), ()


def _sticks_again(_buttons: Buttons, _number: int, at: float) -> Step:
    return Button(Contact.STUCK, at), ()


def _is_freed(_buttons: Buttons, number: int, _at: float) -> Step:
    return Button(), (Freed(number),)


TRANSITIONS: dict[tuple[Contact, Signal], Move] = {
    (Contact.OPEN, Signal.DOWN): _closes,
    (Contact.CLOSING, Signal.DOWN): _closes,  # an edge was lost: wait anew
    (Contact.CLOSING, Signal.UP): _bounces_open,
    (Contact.CLOSING, Signal.TIME): _is_pressed,
    (Contact.HELD, Signal.UP): _lets_go,
    (Contact.HELD, Signal.TIME): _sticks,
    (Contact.OPENING, Signal.DOWN): _bounces_shut,
    (Contact.OPENING, Signal.UP): _lets_go,
    (Contact.OPENING, Signal.TIME): _is_open,
    (Contact.STUCK, Signal.UP): _comes_up,
    (Contact.FREEING, Signal.DOWN): _sticks_again,
    (Contact.FREEING, Signal.UP): _comes_up,
    (Contact.FREEING, Signal.TIME): _is_freed,
}
IGNORED: frozenset[tuple[Contact, Signal]] = frozenset(
    {
        (Contact.OPEN, Signal.UP),  # the end of a bounce
        (Contact.OPEN, Signal.TIME),  # has no deadline
        (Contact.HELD, Signal.DOWN),  # an edge was lost; the contact is where it was
        (Contact.STUCK, Signal.DOWN),
        (Contact.STUCK, Signal.TIME),
    }
)
