"""The rating terminal as a process: real bus, real hub, presses by a hand on the stage."""

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
from tests.waiting import eventually
from virtual_centre.bus_server import BusServer


@pytest.fixture
def terminal(tmp_path: Path, bus: BusServer, hub: HubProcess) -> Iterator[BoxProcess]:
    process = BoxProcess(
        tmp_path / "rating",
        "rating_terminal",
        "rating-q01a",
        bus.port,
        hub.clock,
        hub={"url": f"http://127.0.0.1:{hub.port}"},
        panel={"driver": "sim"},
    )
    process.start()
    yield process
    process.close()


@pytest.fixture
def clerk(bus: BusServer) -> Iterator[BusClient]:
    client = BusClient("keypad-q01a", bus.port).start()
    client.press("q01a", "open")
    yield client
    client.stop()


def counted(hub: HubProcess) -> Counter[str]:
    """What the hub's log holds of ratings, by kind."""
    with closing(sqlite3.connect(f"file:{hub.directory / 'hub.sqlite'}?mode=ro", uri=True)) as book:
        return Counter(kind for (kind,) in book.execute("SELECT kind FROM facts WHERE kind LIKE 'rat%'"))


def face(**wanted: object) -> Callable[[Frame], bool]:
    return lambda frame: frame.kind == "face" and all(frame.facts[name] == value for name, value in wanted.items())


def serve(clerk: BusClient) -> str:
    """One citizen served; the number that may be rated now."""
    number = clerk.take("tnmt-nop").ticket.number
    assert clerk.press("q01a", "next").ticket.number == number
    assert clerk.press("q01a", "finish").ok
    return number


def test_from_finished_service_to_a_counted_vote(terminal: BoxProcess, clerk: BusClient, hub: HubProcess) -> None:
    number = serve(clerk)
    asked = terminal.stage.until(face(state="open", number=number))
    assert asked.facts["lamps"] == [True] * 4
    terminal.stage.act("panel", "press", button=2)
    thanked = terminal.stage.until(face(state="thanked"))
    assert thanked.facts["lamps"] == [False, True, False, False]
    assert eventually(lambda: counted(hub) == {"rated": 1})


def test_a_second_press_corrects_and_a_press_before_is_no_vote(
    terminal: BoxProcess, clerk: BusClient, hub: HubProcess
) -> None:
    terminal.stage.act("panel", "press", button=4)
    terminal.stage.until(face(say="not_open"))
    serve(clerk)
    terminal.stage.until(face(state="open"))
    terminal.stage.act("panel", "press", button=4)
    terminal.stage.until(face(state="thanked", chosen=4))
    terminal.stage.act("panel", "press", button=1)
    terminal.stage.until(face(say="changed", chosen=1))
    assert eventually(lambda: counted(hub)["rated"] == 2)
    # so soon after its start the terminal may not have heard yet that the hub lives: then the early press is "late"
    assert counted(hub)["rating_orphan"] + counted(hub)["rating_late"] == 1


def test_pressed_while_the_hub_is_dead_and_the_terminal_killed_it_still_counts_once(
    terminal: BoxProcess, clerk: BusClient, hub: HubProcess, bus: BusServer
) -> None:
    serve(clerk)
    terminal.stage.until(face(state="open"))
    hub.kill()
    terminal.stage.act("panel", "press", button=1)
    terminal.stage.until(face(state="thanked"))
    terminal.kill()
    bus.kill()
    bus.start()
    hub.start()
    terminal.start()
    assert eventually(lambda: counted(hub) == {"rated": 1})
    terminal.stage.until(face(state="spent"))


def test_a_stuck_button_is_told_and_the_others_still_count(
    terminal: BoxProcess, clerk: BusClient, hub: HubProcess
) -> None:
    terminal.stage.act("panel", "hold", button=4)
    terminal.stage.until(face(stuck=[4]))
    serve(clerk)
    terminal.stage.until(face(state="open"))
    terminal.stage.act("panel", "press", button=1)
    terminal.stage.until(face(state="thanked", chosen=1))
    assert eventually(lambda: counted(hub)["rated"] == 1)
