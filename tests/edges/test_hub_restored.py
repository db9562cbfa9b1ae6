"""A hub on restored data: it learns from its devices that they have heard a later one, and goes above it for good."""

import json
import queue

import paho.mqtt.client as mqtt
import pytest

from tests.hub_process import HubProcess
from tests.waiting import PATIENT_S
from virtual_centre.bus_server import BusServer

ROOT = "goiso/v1/ca-mau"
HEARD = 4_102_444_800_000
"""Later than any clock of this test: a hub's generation is above the millisecond in which it started."""


@pytest.fixture
def bus(tmp_path):
    with BusServer(tmp_path / "bus") as server:
        yield server


def test_a_restored_hub_goes_above_what_its_devices_have_heard(tmp_path, bus):
    hub = HubProcess(tmp_path / "hub", bus)
    told, kept = queue.SimpleQueue(), queue.SimpleQueue()
    device = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="board-1")
    device.message_callback_add(f"{ROOT}/state/hub", lambda *m: told.put(json.loads(m[2].payload)["gen"]))
    device.message_callback_add(f"{ROOT}/state/site", lambda *m: kept.put(json.loads(m[2].payload)["gen"]))
    device.on_connect = lambda client, *_: client.subscribe([(f"{ROOT}/state/hub", 1), (f"{ROOT}/state/site", 1)])
    device.connect("127.0.0.1", bus.port)
    device.loop_start()
    health = {"v": 1, "parts": {"screen": {"state": "ready"}}, "gen": HEARD}
    device.publish(f"{ROOT}/health/board-1", json.dumps(health), 1, retain=True).wait_for_publish(20)
    hub.start()
    assert _first_above(told) == _first_above(kept) == HEARD + 1
    hub.kill()
    hub.start()
    assert _first_above(told, HEARD + 1) == HEARD + 2
    hub.stop()
    device.disconnect()
    device.loop_stop()


def _first_above(generations, least=HEARD):
    """The first generation above `least`; those of before are let pass."""
    return next(gen for gen in iter(lambda: generations.get(timeout=PATIENT_S), None) if gen > least)
