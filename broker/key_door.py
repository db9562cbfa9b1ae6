"""The key of the day's card tokens on the bus: which device is told it.

Rules: a device with a part `scanner` in its health gets the key, once at each of its births and of each day; a key
leaves only while its day is the calendar's.
"""

from collections.abc import Callable

from appliance.wire.cards import CardKey
from broker import cards
from broker import facts as f
from broker.devices import Devices
from broker.hub import Hub
from broker.lobby import Lobby

Say = Callable[[CardKey, str], None]
SCANNER = "scanner"


class KeyDoor:
    """Between the devices and the hub's key of the day; `say` sends it to a device."""

    def __init__(self, hub: Hub, devices: Devices, say: Say) -> None:
        self._hub = hub
        self._devices = devices
        self._say = say
        self._told: dict[str, str] = {}
        hub.listen_to_facts(self._happened)

    def came(self, device: str) -> None:
        """A device was born, or is gone: whatever it was told may be lost. Never waits."""
        self._hub.peek(lambda *_: self._told.update({device: ""}))
        self.heard(device)

    def heard(self, device: str) -> None:
        """A device said how it is. Never waits."""
        row = self._devices.get(device)
        if row is not None and row.online and row.health is not None and SCANNER in row.health.parts:
            self._hub.peek(lambda lobby, now: self._give(lobby, now, device))

    def _give(self, lobby: Lobby, now: int, device: str) -> None:
        today = lobby.calendar.day(now)
        if lobby.day == today and self._told.get(device) != today:
            self._told[device] = today
            key = cards.key(lobby.day_key).hex()
            self._say(CardKey(gen=self._hub.generation, day=today, key=key), device)

    def _happened(self, entries: list[f.Entry]) -> None:
        if any(isinstance(fact, f.DayOpened) for entry in entries for fact in entry.facts):
            for row in self._devices.all():
                self.heard(row.id)
