"""A key pressed at a desk, with all that it is decided on.

Rules: pure; decides nothing.
"""

from typing import Any

from msgspec import Struct

from appliance.wire.parts import ActionArgs
from broker import facts as f
from broker.lobby import Lobby, Ticket
from broker.model import Desk

Facts = tuple[f.AnyFact, ...]


class Press(Struct, frozen=True):
    """One action with all it is decided on."""

    lobby: Lobby
    desk: Desk
    args: ActionArgs
    actor: str
    now: int

    @property
    def ticket(self) -> Ticket:
        """The visit at the desk; only asked for when the desk is busy."""
        return self.lobby.tickets[self.lobby.seats[self.desk.id].ticket]

    @property
    def place(self) -> dict[str, Any]:
        """Desk, counter and actor of a fact."""
        return {"desk": self.desk.id, "counter": self.desk.counter, "actor": self.actor}

    def of(self, ticket: Ticket) -> dict[str, Any]:
        """Place and ticket of a fact."""
        return {**self.place, "ticket": ticket.id, "queue": ticket.queue, "service": ticket.service}

    @property
    def service_s(self) -> int:
        """Seconds since the visit was called to the desk."""
        return max(0, self.now - self.lobby.seats[self.desk.id].since) // 1000

    @property
    def open_s(self) -> int:
        """Seconds that the desk has been open since its last fact that told them; whole ones, so that none is lost."""
        seat = self.lobby.seats[self.desk.id]
        return max(0, self.now // 1000 - seat.since // 1000) if seat.status == "open" else 0
