"""Complaints on the bus: a camera system may want to know which desk and which minutes.

Rules: only a complaint that was filed is told, after it is durable, once; no rating ever is.
"""

from collections.abc import Callable

from appliance.wire.complaints import ComplaintFiled
from broker import facts as f
from broker.hub import Hub
from broker.register_facts import ComplaintFiled as Filed

Say = Callable[[ComplaintFiled, str], None]


class ComplaintDoor:
    """Between the hub's log and whoever listens; `say` sends one message."""

    def __init__(self, hub: Hub, say: Say) -> None:
        self._hub = hub
        self._say = say
        hub.listen_to_facts(self._happened)

    def _happened(self, entries: list[f.Entry]) -> None:
        for entry in entries:
            for fact in entry.facts:
                if isinstance(fact, Filed):
                    self._tell(entry.id, fact)

    def _tell(self, complaint: str, fact: Filed) -> None:
        def tell(instant: Callable[[int], str]) -> None:
            self._say(
                ComplaintFiled(
                    gen=self._hub.generation,
                    id=complaint,
                    desk=fact.about,
                    counter=self._hub.site.desks[fact.about].counter,
                    start=instant(fact.start),
                    end=instant(fact.end),
                ),
                "",
            )

        self._hub.peek(lambda lobby, _: tell(lobby.calendar.instant))
