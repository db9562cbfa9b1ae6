"""What waits before the hub's one writer, and who is told what it did.

Rules: nothing here works by itself.
"""

import queue
import threading
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


class Unavailable(Exception):  # noqa: N818  # because it names a state of the hub, not a mistake
    """The hub could not make it durable in time: ask again with the same id."""


class Job(Struct):
    """One command on its way; `done` gets the answer, or None when nothing was made durable."""

    command: Command
    done: Done
    answer: Answer | None = None


class Look(Struct):
    """A question that is answered between two commits. A fault in it is the asker's: `done` gets the exception."""

    function: Callable[[Lobby], Any]
    done: Callable[[Any], None]

    def answer(self, lobby: Lobby) -> None:
        """Look at `lobby`. Never raises what `function` raises."""
        try:
            found = self.function(lobby)
        except Exception as error:  # noqa: BLE001  # because a fault in one page must not end the one writer
            found = error
        self.done(found)


Inbox = queue.SimpleQueue[Job | Look | None]
"""What waits; None ends the work."""


def gather(inbox: Inbox, timeout_s: float, most: int) -> list[Job | Look | None]:
    """What is in `inbox` now, at most `most` of it, up to a None; waits for the first."""
    batch: list[Job | Look | None] = []
    try:
        batch.append(inbox.get(timeout=timeout_s) if timeout_s > 0 else inbox.get_nowait())
        while batch[-1] is not None and len(batch) < most:
            batch.append(inbox.get_nowait())
    except queue.Empty:
        pass
    return batch


def wait(ask: Callable[[Callable[[Any], None]], None], timeout_s: float) -> Any:
    """What `ask` is told, from whichever thread. Raises Unavailable, or the exception that it is told."""
    answered = threading.Event()
    box: list[Any] = []

    def done(result: Any) -> None:
        box.append(result)
        answered.set()

    ask(done)
    if not answered.wait(timeout_s):
        raise Unavailable(f"no answer within {timeout_s} s")
    if isinstance(box[0], Exception):
        raise box[0]
    return box[0]
