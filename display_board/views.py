"""What an output is asked to show: values that compare equal when the picture would be the same.

Rules: pure data; complete (a driver needs nothing else to draw), final (a driver chooses no words and no order).
"""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True)
class CallLine:
    """One number called to one place. `place_short` stands under the word "Quầy"; `fresh` was called just now.

    `place_second` is the place in the citizen's own language `second` ("en" for a Vietnamese one), or "".
    """

    seq: int
    times: int
    number: str
    place: str
    place_short: str
    second: str = "en"
    place_second: str = ""
    arrow: Arrow = Arrow.RIGHT
    fresh: bool = False


@dataclass(frozen=True)
class QueueLine:
    """A queue in which people wait: its letter, its name (may be ""), how many, and the honest range in minutes."""

    letter: str
    name: str
    waiting: int
    minutes: tuple[int, int] | None = None


@dataclass(frozen=True)
class BoardView:
    """One picture of a screen. `pulse` is 0 (calm) to 4 (palest); `stale` puts the banner up; `clock` may be "".

    Where not everything fits at once, `turn` says which part is due: it counts up as long as the picture stands.
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
