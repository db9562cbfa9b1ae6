"""The board as a process: real bus, real hub, the picture as a watcher gets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.runtime.stage_frames import Frame
from tests.bus_client import BusClient
from tests.hub_process import HubProcess
from tests.system.box_process import BoxProcess
from virtual_centre.bus_server import BusServer

SERVICE = "tnmt-nop"
SCREEN = {"kind": "hdmi", "driver": "sim", "width": 640, "height": 360}
LEDS = {"kind": "led", "driver": "sim", "panels": [{"address": 1, "desks": ["q01a"]}]}


@pytest.fixture
def board(tmp_path: Path, bus: BusServer, hub: HubProcess) -> Iterator[BoxProcess]:
    process = BoxProcess(
        tmp_path / "board",
        "display_board",
        "board-1",
        bus.port,
        hub.clock,
        hub={"url": f"http://127.0.0.1:{hub.port}"},
        output=[SCREEN, LEDS],
    )
    process.start()
    yield process
    process.close()


@pytest.fixture
def clerk(bus: BusServer) -> Iterator[BusClient]:
    client = BusClient("keypad-q01a", bus.port).start()
    yield client
    client.stop()


def shows(number: str, *, stale: bool = False) -> object:
    def fits(frame: Frame) -> bool:
        return frame.kind == "picture" and frame.facts["number"] == number and frame.facts["stale"] is stale

    return fits


def call(clerk: BusClient) -> str:
    number = clerk.take(SERVICE).ticket.number
    assert clerk.press("q01a", "next").ticket.number == number
    return number


def test_a_call_is_on_the_screen_and_on_the_panel(board: BoxProcess, clerk: BusClient) -> None:
    clerk.press("q01a", "open")
    number = call(clerk)
    board.stage.until(shows(number))
    board.stage.until(
        lambda frame: frame.kind == "panels" and frame.facts["panels"] == [{"address": 1, "text": number}]
    )


def test_killed_in_the_middle_of_a_call_it_shows_it_again_and_draws_no_attention_twice(
    board: BoxProcess, clerk: BusClient
) -> None:
    clerk.press("q01a", "open")
    number = call(clerk)
    assert board.stage.until(shows(number)).facts["fresh"]
    board.kill()
    seen = len(board.stage.frames)
    board.start()
    assert not board.stage.until(shows(number), since=seen).facts["fresh"]
    assert clerk.press("q01a", "recall").ok
    board.stage.until(lambda frame: frame.facts.get("fresh", False), since=seen)


def test_without_the_hub_it_says_so_keeps_the_last_call_and_heals(
    board: BoxProcess, clerk: BusClient, hub: HubProcess
) -> None:
    clerk.press("q01a", "open")
    number = call(clerk)
    board.stage.until(shows(number))
    hub.kill()
    board.stage.until(shows(number, stale=True))
    seen = len(board.stage.frames)
    hub.start()
    board.stage.until(shows(number), since=seen)


def test_the_bus_restarted_empty_changes_nothing_on_the_board(
    board: BoxProcess, clerk: BusClient, bus: BusServer
) -> None:
    clerk.press("q01a", "open")
    first = call(clerk)
    board.stage.until(shows(first))
    bus.kill()
    bus.start()
    clerk.press("q01a", "finish")
    second = call(clerk)
    assert second != first
    board.stage.until(shows(second))
