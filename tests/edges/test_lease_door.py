"""Emergency blocks over a real bus: a kiosk gets its numbers, and the same ones again at every birth."""

import json
import queue
import sqlite3
import uuid

import paho.mqtt.client as mqtt
import pytest

from broker import verify
from broker.database import open_reader
from tests.hub_core import centre as centre_site
from tests.hub_process import HubProcess
from tests.waiting import PATIENT_S
from virtual_centre.bus_server import BusServer

ROOT = "goiso/v1/ca-mau"


@pytest.fixture
def centre(tmp_path):
    bus = BusServer(tmp_path / "bus")
    bus.start()
    hub = HubProcess(tmp_path / "hub", bus)
    hub.start()
    yield bus, hub, tmp_path / "hub"
    hub.stop()
    bus.stop()


class Kiosk:
    """A stranger's kiosk: only what the reference says."""

    def __init__(self, port, name="kiosk-7", epoch=None, parts=("printer",)):
        self.name, self.epoch, self.parts = name, epoch or str(uuid.uuid4()), parts
        self.leases, self.answers, ready = queue.SimpleQueue(), queue.SimpleQueue(), queue.SimpleQueue()
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=name)
        self.client.message_callback_add(
            f"{ROOT}/down/{name}/lease", lambda *m: self.leases.put(json.loads(m[2].payload))
        )
        self.client.message_callback_add(
            f"{ROOT}/down/{name}/answer", lambda *m: self.answers.put(json.loads(m[2].payload))
        )
        self.client.on_subscribe = lambda *_: ready.put(True)
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()
        self.client.subscribe([(f"{ROOT}/down/{name}/lease", 1), (f"{ROOT}/down/{name}/answer", 1)])
        ready.get(timeout=PATIENT_S)

    def born(self, leases=()):
        self.client.publish(f"{ROOT}/presence/{self.name}", "online", 1, retain=True)
        self.says(leases)

    def says(self, leases=()):
        health = {"v": 1, "parts": {part: {"state": "ready"} for part in self.parts}, "epoch": self.epoch}
        self.client.publish(
            f"{ROOT}/health/{self.name}", json.dumps({**health, "leases": list(leases)}), 1, retain=True
        )

    def granted(self, count):
        got = [self.leases.get(timeout=PATIENT_S) for _ in range(count)]
        return {lease["queue"]: lease for lease in got}

    def report(self, lease, n, **more):
        fate = {"id": str(uuid.uuid4()), "fate": "printing", "lease": lease, "n": n, "service": "tnmt-nop", **more}
        self.client.publish(f"{ROOT}/up/{self.name}/fate", json.dumps(fate), 1)
        return self.answers.get(timeout=PATIENT_S)

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()


QUEUES = len(centre_site().queues)


def rows(folder, sql):
    with sqlite3.connect(folder / "hub.sqlite") as db:
        return db.execute(sql).fetchall()


def test_a_kiosk_gets_its_blocks_and_the_same_ones_at_its_next_birth(centre):
    bus, hub, folder = centre
    kiosk = Kiosk(bus.port)
    kiosk.born()
    first = kiosk.granted(QUEUES)
    assert (first["a"]["from"], first["a"]["to"]) == (9001, 9100)
    assert 0 < first["a"]["valid_s"] <= 24 * 3600
    answer = kiosk.report(first["a"]["lease"], 9001)
    assert (answer["ok"], answer["ticket"]["number"]) == (True, "A9001")
    hub.kill()
    hub.start()
    again = kiosk.granted(QUEUES)
    assert {lease["lease"] for lease in again.values()} == {lease["lease"] for lease in first.values()}
    assert kiosk.report(first["a"]["lease"], 9001)["error"] == "wrong_state"
    assert rows(folder, "SELECT count(*) FROM quarantine") == [(1,)]
    with open_reader(folder / "hub.sqlite") as db:
        assert verify.check(db).sound
    kiosk.close()


def test_what_the_kiosk_says_it_holds_is_not_told_again(centre):
    bus, _, _ = centre
    kiosk = Kiosk(bus.port)
    kiosk.born()
    held = kiosk.granted(QUEUES)
    others = [lease["lease"] for queue, lease in held.items() if queue != "a"]
    kiosk.born(others)
    assert kiosk.granted(1).keys() == {"a"}
    kiosk.says(others)  # it has not read that one yet: no reason to say it again
    kiosk.report(held["a"]["lease"], 9001)
    assert kiosk.leases.empty()
    kiosk.close()


def test_a_box_without_a_printer_gets_no_numbers(centre):
    bus, _, folder = centre
    board, kiosk = Kiosk(bus.port, "board-1", parts=("screen",)), Kiosk(bus.port)
    board.born()
    kiosk.born()
    kiosk.granted(QUEUES)
    assert rows(folder, "SELECT DISTINCT json_extract(body, '$.device') FROM facts WHERE kind = 'kiosk_known'") == [
        ("kiosk-7",)
    ]
    board.close()
    kiosk.close()
