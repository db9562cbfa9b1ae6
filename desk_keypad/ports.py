"""What a keypad needs of its parts. Drivers tell what was pressed and light what they are told; they decide nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

Tell = Callable[[object], None]
"""Takes a `KeyDown`, an `Edge` of a button, a `KeysAre` or a `DisplayIs`, from any thread and never blocks."""


class KeyDown(NamedTuple):
    """Key `key` went down, once; it neither bounced nor repeated."""

    key: str


class KeysAre(NamedTuple):
    """The keys came (`present`) or went, or cannot be had; `detail` says why."""

    present: bool
    detail: str = ""


class DisplayIs(NamedTuple):
    """The display shows (`present`) or cannot; `detail` says why."""

    present: bool
    detail: str = ""


@dataclass(frozen=True)
class Face:
    """What is shown: `pattern` (away, ready, ask, wait, done, no) as green, yellow and red lamp, and in words.

    `said` by language; `number` is whom the desk calls or serves, `choices` what the digits mean now.
    """

    pattern: str
    lamps: tuple[bool, bool, bool]
    said: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    choices: tuple[str, ...] = ()


class Keys(Protocol):
    """A keypad, or push buttons."""

    def start(self) -> tuple[bool, ...]:
        """Open or look for it, for ever; of buttons, which are down at this moment. Raises CannotStart."""

    def stop(self) -> None:
        """Let go of it."""

    @property
    def alive(self) -> bool:
        """Whether the thread behind it does its work."""


class Confirms(Protocol):
    """Lamps or a display: whatever says what became of a press."""

    def start(self) -> None:
        """Open it. Raises CannotStart."""

    def show(self, face: Face) -> None:
        """Show `face`. Returns at once."""

    def stop(self) -> None:
        """Put it out and let go of it."""

    @property
    def alive(self) -> bool:
        """Whether the thread behind it does its work."""
