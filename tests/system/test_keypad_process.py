"""The keypad as a process: real bus, real hub, keys pressed by a hand on the stage."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.runtime.stage_frames import Frame
from tests.bus_client import BusClient
from tests.hub_process import HubProcess
from tests.system.box_process import BoxProcess
from virtual_centre.bus_server import BusServer

ENTER, PLUS, PARK = "KEY_KPENTER", "KEY_KPPLUS", "KEY_KPASTERISK"
DOOR, UNDO = "KEY_KP7", "KEY_KP9"


@pytest.fixture
def citizen(bus: BusServer, hub: HubProcess) -> Iterator[BusClient]:
    client = BusClient("kiosk-1", bus.port).start()
    client.take("tnmt-nop")
    client.take("tnmt-nop")
    yield client
    client.stop()


@pytest.fixture
def keypad(tmp_path: Path, bus: BusServer, hub: HubProcess) -> Iterator[BoxProcess]:
    process = BoxProcess(
        tmp_path / "keypad", "desk_keypad", "keypad-q01a", bus.port, hub.clock,
        data=None, keys={"driver": "sim"}, lamps={"driver": "sim"},
    )  # fmt: skip
    process.start()
    process.stage.until(face("ready"))
    yield process
    process.close()


def face(pattern: str, **wanted: object) -> Callable[[Frame], bool]:
    def fits(frame: Frame) -> bool:
        facts = frame.facts
        return frame.kind == "face" and facts["pattern"] == pattern and wanted.items() <= facts.items()

    return fits


def press(keypad: BoxProcess, key: str, pattern: str, **wanted: object) -> Frame:
    """Press it; what is shown afterwards with this pattern."""
    since = len(keypad.stage.frames)
    keypad.stage.act("keys", "press", key=key)
    return keypad.stage.until(face(pattern, **wanted), since)


def happened(hub: HubProcess) -> Counter[str]:
    """What the hub's log holds, by kind."""
    with closing(sqlite3.connect(f"file:{hub.directory / 'hub.sqlite'}?mode=ro", uri=True)) as book:
        return Counter(kind for (kind,) in book.execute("SELECT kind FROM facts"))


def test_a_desk_is_run_with_a_bare_keypad(keypad: BoxProcess, hub: HubProcess, citizen: BusClient) -> None:
    refused = press(keypad, ENTER, "no")
    assert refused.facts["said"] == {"vi": "Bàn chưa mở. Hãy mở bàn trước.", "en": "The desk is closed. Open it first."}
    press(keypad, DOOR, "done")
    press(keypad, ENTER, "done", number="A001")
    press(keypad, PARK, "done", number="")
    press(keypad, PLUS, "no")  # nobody is here to be called again
    assert press(keypad, PARK, "ask").facts["choices"] == ["1 A001"]
    press(keypad, "KEY_KP1", "done", number="A001")
    press(keypad, UNDO, "done", number="")
    assert happened(hub) >= Counter(desk_opened=1, called=2, parked=1, undone=1)


def test_pressed_while_the_hub_is_dead_it_is_done_once_or_not_at_all_and_never_later(
    keypad: BoxProcess, hub: HubProcess, citizen: BusClient
) -> None:
    press(keypad, DOOR, "done")
    hub.kill()
    press(keypad, ENTER, "wait")  # it is on its way when nobody is there
    since = len(keypad.stage.frames)
    keypad.stage.until(face("away"), since)  # the heartbeat is missed: more time is over than the press has
    hub.start()
    refused = keypad.stage.until(face("no"), since)
    assert "quá muộn" in refused.facts["said"]["vi"]
    assert happened(hub)["called"] == 0
    press(keypad, ENTER, "done", number="A001")
    assert happened(hub)["called"] == 1
