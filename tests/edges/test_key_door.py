"""The key of the day over a real bus: to devices with a scanner, at every birth, and to nobody else."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.runtime.config import BusSection
from appliance.runtime.link import Heard, LinkUp, MqttLink
from appliance.wire.cards import CardKey
from appliance.wire.messages import Health
from appliance.wire.told import Part
from broker import cards
from tests.bus_client import BusClient
from tests.hub_process import HubProcess
from tests.waiting import PATIENT_S, Mailbox
from virtual_centre.bus_server import BusServer


class Device:
    """Something on the bus that has `parts`."""

    def __init__(self, name: str, port: int, *parts: str) -> None:
        self.keys, self._parts = Mailbox(), parts
        self._up: queue.SimpleQueue[bool] = queue.SimpleQueue()
        bus = BusSection(port=port, reconnect_s=0.3)
        self.link = MqttLink(bus, "ca-mau", name, [(CardKey, name)], self._hear)
        self.link.start()
        self._up.get(timeout=PATIENT_S)
        self.says()

    def _hear(self, event: object) -> None:
        if isinstance(event, LinkUp):
            self._up.put(True)
        elif isinstance(event, Heard):
            self.keys.post(event.message)

    def says(self) -> None:
        self.link.publish(Health(parts={part: Part(state="ready") for part in self._parts}))


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[tuple[BusServer, HubProcess]]:
    bus = BusServer(tmp_path / "bus")
    bus.start()
    hub = HubProcess(tmp_path / "hub", bus)
    hub.start()
    yield bus, hub
    hub.stop()
    bus.stop()


def test_the_key_goes_to_scanners_only_and_again_after_every_birth(centre: tuple[BusServer, HubProcess]) -> None:
    bus, hub = centre
    kiosk, deaf = Device("kiosk-7", bus.port, "printer", "scanner"), Device("kiosk-8", bus.port, "printer")
    citizen = BusClient("stranger-1", bus.port).start()
    citizen.take("tnmt-nop")
    citizen.stop()
    key = kiosk.keys.next(CardKey)
    kiosk.says()
    kiosk.keys.quiet()
    hub.kill()
    hub.start()
    again = kiosk.keys.next(CardKey)
    assert (again.day, again.key) == (key.day, key.key), "one key a day, also for a hub that was killed"
    assert again.gen > key.gen
    kiosk.link.stop()
    reborn = Device("kiosk-7", bus.port, "printer", "scanner")
    assert reborn.keys.next(CardKey).key == key.key
    deaf.keys.quiet()
    for device in (reborn, deaf):
        device.link.stop()


def test_who_has_the_kiosks_key_cannot_find_the_hubs() -> None:
    assert cards.key(b"k" * 32) != b"k" * 32
    assert cards.key(b"k" * 32) != cards.key(b"l" * 32)
