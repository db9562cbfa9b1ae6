"""Listens on the bus, as anybody may, for what the page tells beside the boxes' own pictures: whose call is whose."""

from collections.abc import Callable

from appliance.runtime.config import BusSection
from appliance.runtime.link import Heard, MqttLink
from appliance.wire.messages import DeskState

DEVICE = "virtual-centre"


class Watcher:
    """Calls `called(seq, desk)` for every call, on the link's thread."""

    def __init__(self, bus_port: int, site: str, called: Callable[[int, str], None]) -> None:
        self._called = called
        bus = BusSection(port=bus_port, reconnect_s=2.0)
        self._link = MqttLink(bus, site, DEVICE, [(DeskState, "+")], self._hear)

    def start(self) -> None:
        """Begin to listen."""
        self._link.start()

    def stop(self) -> None:
        """End."""
        self._link.stop()

    def _hear(self, event: object) -> None:
        match event:
            case Heard(_, desk, DeskState(call_seq=seq)) if seq:
                self._called(seq, desk)
