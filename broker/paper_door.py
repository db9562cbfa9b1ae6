"""Papers that reception asked for, on the bus: which kiosk is told what.

Rules: a kiosk is told once it is durable, and again at each word of how it is while it has said nothing: it prints a
paper once, however often it hears of it. Told is how the visit stands then.
"""

from collections.abc import Callable

from appliance.wire.reprints import Reprint
from broker import facts as f
from broker import views
from broker.hub import Hub
from broker.lobby import Lobby, Paper
from broker.visit_facts import ReprintAsked
from broker.visits import REPRINT_S

Say = Callable[[Reprint, str], None]


class PaperDoor:
    """Between the hub's log and the kiosks; `say` sends one message to a device."""

    def __init__(self, hub: Hub, say: Say) -> None:
        self._hub = hub
        self._say = say
        hub.listen_to_facts(self._happened)

    def heard(self, device: str) -> None:
        """A device said how it is: it may have been born, and know nothing. Never waits."""
        self._hub.peek(lambda lobby, now: self._tell(lobby, now, device))

    def _happened(self, entries: list[f.Entry]) -> None:
        for entry in entries:
            for fact in entry.facts:
                if isinstance(fact, ReprintAsked):
                    self.heard(fact.device)

    def _tell(self, lobby: Lobby, now: int, device: str) -> None:
        for reprint, paper in lobby.reprints.items():
            left_s = REPRINT_S - (now - paper.asked_at) // 1000
            if paper.device == device and not paper.outcome and left_s > 0:
                self._say(self._message(lobby, now, reprint, paper, left_s), device)

    def _message(self, lobby: Lobby, now: int, reprint: str, paper: Paper, left_s: int) -> Reprint:
        ticket = lobby.tickets[paper.ticket]
        return Reprint(
            gen=self._hub.generation,
            reprint=reprint,
            ticket=views.ticket_view(lobby, ticket, now),
            lang=ticket.lang,
            at=lobby.calendar.instant(now),
            again=paper.again,
            valid_s=left_s,
        )
