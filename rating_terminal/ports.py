"""What a terminal needs of its panel. A driver tells edges and lights lamps; it knows nothing of votes or time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from appliance.wire.choices import PartState
from rating_terminal.view import Meaning

Report = Callable[[PartState, str], None]
"""How a part tells that it is ready, degraded or at fault, and why; may be called from any thread."""


class Touched(NamedTuple):
    """A finger on what means `meaning` at `x`, `y` as fractions of the screen."""

    meaning: Meaning
    x: float
    y: float


Tell = Callable[[object], None]
"""Takes an `Edge` of a button, or a `Touched` of a screen, from any thread and never blocks."""


@dataclass(frozen=True)
class Asked:
    """A reason to choose, or a question of yes or no; `names` by language."""

    id: str
    names: Mapping[str, str]
    chosen: bool = False
    answer: bool | None = None


@dataclass(frozen=True)
class Face:
    """What the panel shows: a lamp per level; `said` and `names` by language, for a panel that can show words.

    `until` is when rating ends (Unix seconds of the business clock, 0: not open), `number` whose visit it is.
    A panel with a screen shows `page` (ask, reasons, questions, thanks, rest) in `lang`; `left_s` counts in tens,
    `place` is the counter, `change`: another face may still be chosen.
    """

    state: str
    lamps: tuple[bool, ...]
    number: str = ""
    until: float = 0.0
    chosen: int = 0
    say: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    names: tuple[Mapping[str, str], ...] = ()
    privacy: Mapping[str, str] = field(default_factory=dict)
    stuck: tuple[int, ...] = ()
    page: str = "rest"
    lang: str = "vi"
    left_s: int = 0
    place: Mapping[str, str] = field(default_factory=dict)
    change: bool = False
    reasons: tuple[Asked, ...] = ()
    questions: tuple[Asked, ...] = ()


class Panel(Protocol):
    """Buttons with lamps, or a screen."""

    def start(self) -> tuple[bool, ...]:
        """Open it and begin to tell edges; which buttons are down at this moment. Raises CannotStart."""

    def show(self, face: Face) -> None:
        """Light the lamps of `face`. Returns at once."""

    def stop(self) -> None:
        """Put the lamps out and close it."""
