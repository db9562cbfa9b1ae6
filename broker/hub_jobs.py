"""What waits before the hub's one writer, and who is told what it did.

Rules: nothing here works by itself.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from appliance.wire.messages import Ack, Answer, State
from broker.commands import Command
from broker.facts import Entry
from broker.lobby import Lobby

Done = Callable[[Answer | None], None]
Listener = Callable[[State, str], None]
"""Is told a state and the queue or desk it speaks of."""
AckListener = Callable[[Ack, str], None]
"""Is told an acknowledgement and the device it is for."""
FactListener = Callable[[list[Entry]], None]
"""Is told what the commands of one commit did."""


class Job(Struct):
    """One command on its way; `done` gets the answer, or None when nothing was made durable."""

    command: Command
    done: Done
    answer: Answer | None = None


class Look(Struct):
    """A question that is answered between two commits."""

    function: Callable[[Lobby], Any]
    done: Callable[[Any], None]
