"""Steps of a simulated day over a real bus to a real hub, each answer compared with the expected one.

Rules: many are under way at once, on one connection, so that the hub hears them in their order; an answer that differs
or does not come ends the replay: a year with a doubt in it is worth nothing.
"""

import queue
import time

from appliance.runtime.config import BusSection
from appliance.runtime.link import Heard, LinkDown, MqttLink, Unreadable
from appliance.wire.messages import Answer, HubBeat, TicketView
from virtual_centre.twin import Step

WINDOW = 512
"""Steps that may be unanswered at once."""
PATIENCE_S = 30.0


class ReplayError(Exception):
    """The hub did not do what it must; the text says at which step."""


class Replay:
    """A line to the hub of `site` on `bus`."""

    def __init__(self, bus: BusSection, site: str) -> None:
        self._events: queue.SimpleQueue[object] = queue.SimpleQueue()
        hears = [(Answer, "+"), (HubBeat, "")]
        self._link = MqttLink(bus, site, "year", hears, self._events.put, window=WINDOW)
        self._waiting: dict[str, Step] = {}
        self.answered = 0

    def start(self) -> None:
        """Connect, and wait until the hub is heard. Raises ReplayError."""
        self._link.start()
        end = time.monotonic() + PATIENCE_S
        while not self._hear(end - time.monotonic(), "the hub's heartbeat"):
            pass

    def play(self, step: Step) -> None:
        """Say a step, after waiting for older ones when too many are under way. Raises ReplayError."""
        while len(self._waiting) >= WINDOW:
            self._hear(PATIENCE_S, "answers")
        self._waiting[step.message.id] = step
        if not self._link.publish(step.message, step.device):
            raise ReplayError("the bus was lost")
        while not self._events.empty():
            self._hear(PATIENCE_S, "answers")

    def drain(self) -> None:
        """Wait until every step is answered. Raises ReplayError."""
        while self._waiting:
            self._hear(PATIENCE_S, f"{len(self._waiting)} answers")

    def stop(self) -> None:
        """Hang up."""
        self._link.stop()

    def _hear(self, patience_s: float, what: str) -> bool:
        """Take one event; True for a heartbeat."""
        try:
            event = self._events.get(timeout=max(patience_s, 0.001))
        except queue.Empty:
            raise ReplayError(f"{what} did not come within {PATIENCE_S:.0f} s") from None
        match event:
            case Heard(_, _, Answer() as answer):
                self._compare(answer)
            case Heard(_, _, HubBeat()):
                return True
            case LinkDown(reason):
                raise ReplayError(f"the bus was lost: {reason}")
            case Unreadable(topic, _, detail):
                raise ReplayError(f"unreadable on {topic}: {detail}")
            case _:
                pass
        return False

    def _compare(self, answer: Answer) -> None:
        step = self._waiting.pop(answer.re, None)
        if step is None:
            raise ReplayError(f"an answer to nothing that was asked: {answer}")
        if _gist(answer) != _gist(step.expected):
            raise ReplayError(f"{step.device} said {step.message}; the hub answered {answer}, not {step.expected}")
        self.answered += 1


def _gist(answer: Answer) -> tuple[object, ...]:
    """What must be the same: all but the hub's generation and the ticket's secret."""
    ticket = answer.ticket
    if isinstance(ticket, TicketView):
        place = (ticket.queue, ticket.status, ticket.ahead, ticket.wait)
        ticket_gist: object = (ticket.id, ticket.number, *place, ticket.issued_at)
    else:
        ticket_gist = ticket
    return (answer.ok, answer.error, ticket_gist, answer.desk, answer.status, answer.result)
