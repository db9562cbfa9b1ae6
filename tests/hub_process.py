"""A real hub process on a real bus, for tests: started, killed and started again.

Rules: it begins on a Monday at eight, whenever the test runs: no midnight closes its day between two questions. Whoever
is to agree with it about the day is given its `clock`. It has started when it hears the bus: what is said there from
then on is not lost, also what nobody says again.
"""

import json
import queue
import select
import sys
import time
from pathlib import Path

import paho.mqtt.client as mqtt
import tomli_w

from appliance.runtime.shared_clock import write_shared_clock
from tests.hub_core import MONDAY_0800, SITE_FOLDER
from virtual_centre.bus_server import BusServer
from virtual_centre.child import Child
from virtual_centre.ports import free_port

READY_S = 60.0


class HubProcess:
    """`python -m broker` in `directory`, on `bus`; its pages are at `port`, `clock` is the section of its clock."""

    def __init__(self, directory: Path, bus: BusServer, **sections: dict) -> None:
        self.directory, self.port = directory, free_port()
        self._bus_port, self._generations = bus.port, set[int]()
        directory.mkdir(parents=True, exist_ok=True)
        write_shared_clock(directory / "clock", MONDAY_0800 / 1000, 1.0)
        self.clock = {"driver": "shared", "path": str(directory / "clock")}
        config = {
            "device": {"id": "hub", "site": "ca-mau"},
            "data": {"dir": str(directory)},
            "site": {"folder": str(SITE_FOLDER), "always_open": True},
            "bus": {"port": bus.port, "reconnect_s": 0.5},
            "clock": self.clock,
            "limits": {"messages_per_s": 0.0},
            "web": {"port": self.port, "one_click_roles": True},
            "keypad_desks": {"stranger-1": ["*"], "keypad-1": ["*"]},
        } | sections
        path = directory / "hub.toml"
        path.write_text(tomli_w.dumps(config), encoding="utf-8")
        self._child = Child("hub", [sys.executable, "-m", "broker", "--config", str(path)], directory / "hub.log")

    def start(self) -> None:
        """Start it and return when its pages and the bus reach it."""
        self._child.start()
        limit = time.monotonic() + READY_S
        while not self._child.is_ready():
            assert self._child.running, self._child.last_words()
            assert time.monotonic() < limit, "the hub does not become ready"
            select.select([self._child.notices, self._child.exit_pipe], [], [], 1.0)
        self._hear()

    def _hear(self) -> None:
        """Until it says its states: it has subscribed before. Those of earlier runs hang on the bus."""
        told: queue.SimpleQueue[int] = queue.SimpleQueue()
        watcher = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="watches-hub")
        watcher.on_message = lambda *heard: told.put(json.loads(heard[2].payload)["gen"])
        watcher.on_connect = lambda *_: watcher.subscribe("goiso/v1/ca-mau/state/site", 1)
        watcher.connect("127.0.0.1", self._bus_port)
        watcher.loop_start()
        while (generation := told.get(timeout=READY_S)) in self._generations:
            pass
        self._generations.add(generation)
        watcher.disconnect()
        watcher.loop_stop()

    def kill(self) -> None:
        self._child.kill()

    def stop(self) -> None:
        self._child.stop()
