"""What a terminal needs of its panel. A driver tells edges and lights lamps; it knows nothing of votes or time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from appliance.wire.choices import PartState
from rating_terminal.debounce import Edge

Report = Callable[[PartState, str], None]
"""How a part tells that it is ready, degraded or at fault, and why; may be called from any thread."""
Tell = Callable[[Edge], None]
"""Takes an edge from any thread and never blocks."""


@dataclass(frozen=True)
class Face:
    """What the panel shows: a lamp per level; `said` and `names` by language, for a panel that can show words.

    `until` is when rating ends (Unix seconds of the business clock, 0: not open), `number` whose visit it is.
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


class Panel(Protocol):
    """Buttons with lamps."""

    def start(self) -> tuple[bool, ...]:
        """Open it and begin to tell edges; which buttons are down at this moment. Raises CannotStart."""

    def show(self, face: Face) -> None:
        """Light the lamps of `face`. Returns at once."""

    def stop(self) -> None:
        """Put the lamps out and close it."""
