"""The bus of demo, tests and benches: the same promises from Mosquitto and from what pip installs without it."""

import os
import queue
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
import pytest

from appliance.runtime.errors import CannotStart
from tests.waiting import PATIENT_S
from virtual_centre.bus_server import BusServer, Program, mosquitto_path
from virtual_centre.ports import HOST


@pytest.fixture(params=["mosquitto", "amqtt"])
def program(request: pytest.FixtureRequest) -> Program:
    if request.param == "mosquitto" and not mosquitto_path():
        pytest.skip("Mosquitto is not installed: apt-get install mosquitto")
    chosen: Program = request.param
    return chosen


@pytest.fixture
def bus(program: Program, tmp_path: Path) -> Iterator[BusServer]:
    with BusServer(tmp_path / "bus", program=program) as bus:
        yield bus


class Client:
    """A plain client of the bus that keeps what it hears in order."""

    def __init__(self, name: str, port: int, hears: str = "", will: str = "") -> None:
        self.heard: queue.Queue[tuple[str, bytes, bool]] = queue.Queue()
        ready: queue.Queue[bool] = queue.Queue()
        self.paho = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=name)
        self.paho.on_message = lambda _c, _u, m: self.heard.put((m.topic, m.payload, m.retain))
        self.paho.on_subscribe = lambda *_: ready.put(True)
        self.paho.on_connect = lambda c, *_: c.subscribe(hears, 1) if hears else ready.put(True)
        if will:
            self.paho.will_set(will, b"offline", 1, retain=True)
        self.paho.connect(HOST, port)
        self.paho.loop_start()
        ready.get(timeout=PATIENT_S)

    def say(self, topic: str, payload: bytes, retain: bool = False) -> None:
        self.paho.publish(topic, payload, 1, retain).wait_for_publish(PATIENT_S)

    def hear(self) -> tuple[str, bytes, bool]:
        return self.heard.get(timeout=PATIENT_S)

    def vanish(self) -> None:
        """Die without a word: the last will is due."""
        sock: Any = self.paho.socket()
        self.paho.loop_stop()
        sock.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.paho.disconnect()
        self.paho.loop_stop()


def test_a_retained_state_reaches_whoever_comes_later(bus: BusServer) -> None:
    with Client("early", bus.port) as early:
        early.say("state/calls", b"1", retain=True)
    with Client("late", bus.port, hears="state/+") as late:
        assert late.hear() == ("state/calls", b"1", True)


def test_nobody_hears_what_others_subscribed_to(bus: BusServer) -> None:
    with Client("early", bus.port, hears="presence/+") as early:
        early.say("presence/hub", b"online", retain=True)
        early.hear()
        with Client("stranger", bus.port, hears="answer") as stranger:
            early.say("answer", b"42")
            assert stranger.hear() == ("answer", b"42", False)


def test_the_last_will_of_a_dead_box_is_told_and_kept(bus: BusServer) -> None:
    with Client("watcher", bus.port, hears="presence/#") as watcher:
        Client("kiosk-1", bus.port, will="presence/kiosk-1").vanish()
        assert watcher.hear()[:2] == ("presence/kiosk-1", b"offline")


def test_a_killed_bus_comes_back_on_its_port_and_remembers_nothing(bus: BusServer) -> None:
    with Client("early", bus.port) as early:
        early.say("state/calls", b"1", retain=True)
        bus.kill()
        bus.start()
    with Client("late", bus.port, hears="state/+") as late, Client("other", bus.port) as other:
        other.say("state/site", b"fresh")
        assert late.hear()[:2] == ("state/site", b"fresh")


def test_it_listens_on_loopback_only(bus: BusServer) -> None:
    own = f"{int.from_bytes(socket.inet_aton(HOST), 'little'):08X}:{bus.port:04X}"
    anywhere = f"00000000:{bus.port:04X}"
    listening = [
        line.split()[1]
        for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
        if table.exists()
        for line in table.read_text().splitlines()[1:]
        if line.split()[3] == "0A"
    ]
    assert own in listening
    assert anywhere not in listening
    assert not any(address.endswith(f":{bus.port:04X}") and address != own for address in listening)


def test_after_its_end_neither_process_nor_port_is_left(program: Program, tmp_path: Path) -> None:
    with BusServer(tmp_path, program=program) as bus:
        pid = bus.child.pid
    assert not Path(f"/proc/{pid}").exists()
    with socket.socket() as probe:
        assert probe.connect_ex((HOST, bus.port)) != 0


def test_a_taken_port_is_told_in_one_line(program: Program, tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as other, socket.socket() as silent:
        port = other.getsockname()[1]
        other.close()
        silent.bind((HOST, port))  # bound and not listening: nobody answers there
        with pytest.raises(CannotStart, match=str(port)):
            BusServer(tmp_path, port, program).start()


@pytest.mark.skipif(os.getuid() != 0, reason="only root could change its user")
def test_started_by_root_it_stays_on_its_leash(bus: BusServer) -> None:
    status = Path(f"/proc/{bus.child.pid}/status").read_text()
    uid = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1]
    assert int(uid) == os.getuid()
