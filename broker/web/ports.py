"""What the web needs of the rest of the hub.

Rules: nothing here is built by the web; each is given to it by the hub's composition root, or by a test.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from msgspec import Struct

from appliance.wire.messages import Answer
from broker.commands import Command
from broker.devices import Device
from broker.lobby import Lobby

T = TypeVar("T")


class Hub(Protocol):
    """The one writer. Everything that waits for it may raise `broker.hub_jobs.Unavailable`."""

    generation: int

    @property
    def alive(self) -> bool:
        """Whether the writer works."""

    def handle(self, command: Command) -> Answer:
        """Carry the command out and answer when it is on disk; a repeated id gets its first answer."""

    def look(self, function: Callable[[Lobby], T]) -> T:
        """What `function` finds in the lobby between two commits; it must be quick, and must not change or keep it."""

    def now(self) -> int:
        """The hub's time, Unix milliseconds."""

    def when(self, done: Callable[[int], None]) -> None:
        """Tell `done` the hub's time (Unix ms) on the writer's thread: proof that it works."""

    def listen(self, listener: Callable[[Struct, str], None]) -> None:
        """Tell `listener(state, place)` every state from now on, after its commit, on the writer's thread."""

    def repeat(self) -> None:
        """Tell the listeners every state once more."""


class Boxes(Protocol):
    """What is known of the boxes."""

    def all(self) -> list[Device]:
        """The boxes ever heard of, by id."""
