"""What an output is asked to show: values that compare equal when the picture would be the same.

Rules: pure data; complete (a driver needs nothing else to draw), final (a driver chooses no words and no order).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias


class Mode(StrEnum):
    """What the screen as a whole says."""

    STARTING = "starting"
    CALLING = "calling"
    WAITING = "waiting"
    CLOSED = "closed"


class Arrow(StrEnum):
    """Which way a called citizen walks from this screen."""

    RIGHT = "right"
    LEFT = "left"
    UP = "up"
    DOWN = "down"
    NONE = "none"


Second: TypeAlias = Literal["", "en", "km"]
"""The language that stands below the Vietnamese; "" for none."""


@dataclass(frozen=True)
class CallLine:
    """One number called to one place. `place_short` stands under the word "Quầy"; `fresh` was called just now.

    `serving`: whoever was called had time to come. `place_second` is the place in the language `second`, or "".
    """

    seq: int
    times: int
    number: str
    place: str
    place_short: str
    second: Second = "en"
    place_second: str = ""
    arrow: Arrow = Arrow.RIGHT
    fresh: bool = False
    serving: bool = False


@dataclass(frozen=True)
class QueueLine:
    """A queue in which people wait: its letter, its name (may be ""), how many, and the honest range in minutes."""

    letter: str
    name: str
    waiting: int
    minutes: tuple[int, int] | None = None
    name_second: str = ""


@dataclass(frozen=True)
class BoardView:
    """One picture of a hall. `pulse` is 0 (calm) to 4 (palest); `stale` puts the banner up; `clock` may be "".

    `calls` are the others: first whom the hall still looks for, then who is being served. Where not everything fits at
    once, `turn` says which part is due: it counts up as long as the picture stands.
    """

    mode: Mode
    centre: str = ""
    hero: CallLine | None = None
    calls: tuple[CallLine, ...] = ()
    queues: tuple[QueueLine, ...] = ()
    waiting: int = 0
    clock: str = ""
    notice: str = ""
    stale: bool = False
    pulse: int = 0
    turn: int = 0
    second: Second = "en"


class DeskMode(StrEnum):
    """What one desk says."""

    CALLING = "calling"
    SERVING = "serving"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class DeskCard:
    """One desk: its place, its number ("" for none) and the next one ("" when nobody waits or nobody knows)."""

    desk: str
    place: str
    mode: DeskMode
    number: str = ""
    next: str = ""
    seq: int = 0
    times: int = 0
    second: Second = "en"
    place_second: str = ""
    pulse: int = 0
    fresh: bool = False


@dataclass(frozen=True)
class CounterView:
    """One picture for the desks of a counter. With more desks than fit, `turn` says which are due."""

    cards: tuple[DeskCard, ...]
    clock: str = ""
    stale: bool = False
    turn: int = 0
    second: Second = "en"


View: TypeAlias = BoardView | CounterView


def shown_calls(view: View) -> tuple[tuple[int, int], ...]:
    """What a picture calls in large digits, as (seq, times): a picture may be skipped for one that calls the same."""
    if isinstance(view, CounterView):
        return tuple((card.seq, card.times) for card in view.cards)
    return ((view.hero.seq, view.hero.times),) if view.hero else ()


@dataclass(frozen=True)
class PanelText:
    """What one LED panel shows: a number, "" for nothing, or `stale` when the truth is unknown."""

    address: int
    text: str = ""
    stale: bool = False


@dataclass(frozen=True)
class LedView:
    """Every panel of one line."""

    panels: tuple[PanelText, ...] = ()
