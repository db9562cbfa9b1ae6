"""The demo comes up, says where it is, survives what its switches play, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bus_client import BusClient
from tests.system.running_demo import RunningDemo, morning, nothing_left_of, running_demo
from tests.waiting import eventually
from virtual_centre.ports import HOST, free_port

AT_MOST = 12


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    with running_demo(*morning(tmp_path_factory.mktemp("demo"))) as demo:
        yield demo


def test_it_is_up_with_at_most_a_dozen_processes_and_all_its_pages(demo: RunningDemo) -> None:
    assert len(demo.family()) <= AT_MOST
    assert demo.get("/virtual")[0] == 200
    assert demo.get("/healthz")[0] == 200
    assert demo.get("/api/v1/site")[0] == 200
    demo.shows("centre", "kiosk", "condition", condition="ready")
    demo.shows("kiosk-1", "screen", "picture", page="start")


def test_a_bare_keypad_opens_its_desk_and_says_that_its_line_is_cut(demo: RunningDemo) -> None:
    demo.shows("keypad-q01a", "lamps", "face", pattern="ready")
    demo.do(deed="press", device="keypad-q01a", key="KEY_KP7")
    assert eventually(lambda: demo.api("/api/v1/desks", "manager")[0]["status"] == "open")
    demo.do(deed="switch", fault="keypad", on=True)
    demo.shows("keypad-q01a", "lamps", "face", pattern="away")
    demo.do(deed="switch", fault="keypad", on=False)
    demo.shows("keypad-q01a", "lamps", "face", pattern="ready")


def test_a_stranger_s_client_gets_a_number_at_any_hour(demo: RunningDemo) -> None:
    stranger = BusClient("stranger-1", demo.bus_port).start()
    answer = stranger.take("gtvt-nop")
    stranger.stop()
    assert answer.ok


def test_a_hub_that_is_switched_off_is_missed_and_comes_back(demo: RunningDemo) -> None:
    demo.do(deed="switch", fault="hub", on=True)
    demo.shows("centre", "hub", "condition", condition="off")
    status, words = demo.get("/desk")
    assert (status, "Hub đang tắt" in words) == (503, True)
    assert demo.get("/virtual")[0] == 200
    demo.do(deed="switch", fault="hub", on=False)
    demo.shows("centre", "hub", "condition", condition="ready")
    assert demo.get("/healthz")[0] == 200


def test_a_box_that_dies_unasked_is_started_again(demo: RunningDemo) -> None:
    before = set(demo.family())
    (board,) = [pid for pid in before if b"board-hall.toml" in command_line(pid)]
    os.kill(board, signal.SIGKILL)
    demo.shows("centre", "board", "condition", condition="dead")
    demo.shows("centre", "board", "condition", condition="ready")
    demo.shows("board-hall", "screen", "picture")


def test_a_bus_that_is_switched_off_and_on_is_found_again_by_all(demo: RunningDemo) -> None:
    demo.do(deed="switch", fault="bus", on=True)
    demo.shows("centre", "bus", "condition", condition="off")
    demo.do(deed="switch", fault="bus", on=False)
    demo.shows("centre", "bus", "condition", condition="ready")
    stranger = BusClient("stranger-2", demo.bus_port).start()
    answer = stranger.take("gtvt-nop")
    stranger.stop()
    assert answer.ok


def test_terminals_appear_when_a_desk_is_looked_at_and_stay_few(demo: RunningDemo) -> None:
    for desk in ("q02", "q03a", "q04a"):
        demo.do(deed="terminal", desk=desk)
        demo.shows(f"rating-{desk}", "panel", "face")
    demo.shows("centre", "rating-q01a", "condition", condition="off")
    assert len(demo.family()) <= AT_MOST
    demo.do(deed="terminal", desk="q01a")
    demo.shows("centre", "rating-q01a", "condition", condition="ready")


def test_citizens_come_at_the_chosen_pace_and_go_home(demo: RunningDemo) -> None:
    demo.do(deed="pace", pace=60)
    demo.do(deed="crowd", on=True)
    assert demo.shows("centre", "clock", "facts", pace=60.0)["pace"] == 60
    demo.shows("centre", "crowd", "facts", on=True, came=8)
    assert demo.shows("centre", "stopwatch", "facts")["ms"] > 0
    demo.do(deed="crowd", on=False)
    demo.shows("centre", "crowd", "facts", on=False)
    demo.shows("centre", "clock", "facts", pace=1.0)


def test_simulated_clerks_keep_their_hands_off_a_desk_that_a_person_serves(tmp_path: Path) -> None:
    with running_demo("--speed", "60", *morning(tmp_path)) as demo:
        press(demo, "q01a", "open")
        press(demo, "q01a", "close")  # a simulated clerk would open it again within half a minute of the centre's time
        demo.do(deed="crowd", on=True)
        others = {f"keypad-{desk}" for desk in ("q01b", "q02", "q03a", "q03b", "q04a", "q04b", "q05a", "q19", "p02")}
        pressed: set[str] = set()
        for event in demo.events():
            if event["kind"] == "press":
                pressed.add(event["part"])
            if others <= pressed:
                break
        assert "keypad-q01a" not in pressed


def command_line(pid: int) -> bytes:
    """Empty where the process is gone, as the maker of the voice is sooner or later."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def press(demo: RunningDemo, desk: str, action: str) -> None:
    """A person presses a key on the clerk's page."""
    assert demo.api(f"/api/v1/desks/{desk}/{action}", "clerk", {})["ok"]


def test_a_taken_port_is_told_in_one_line_with_the_option_that_helps() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = str(other.getsockname()[1])
        for option, ports in (("--port", [port]), ("--bus-port", [port, "--port", str(free_port())])):
            command = [sys.executable, "-m", "virtual_centre", "demo", option, *ports]
            ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
            assert ended.returncode == 1
            (line,) = ended.stderr.strip().splitlines()
            assert re.search(rf"port {port} is taken .*{option} N", line)


def test_a_second_demo_on_the_same_data_is_refused_in_one_line(demo: RunningDemo) -> None:
    second = RunningDemo("--data", str(demo.home))
    _, told = second.process.communicate(timeout=60)
    assert second.process.returncode == 1
    assert "another" in told.decode().splitlines()[-1]
    second.close()
    assert demo.get("/healthz")[0] == 200


def test_ctrl_c_leaves_no_process_no_port_and_no_file() -> None:
    with running_demo() as demo:
        home = demo.home
        assert home.is_dir()
        with nothing_left_of(demo):
            assert demo.interrupt() == 0
        assert not home.exists()


def test_a_killed_supervisor_leaves_nothing_running() -> None:
    with running_demo() as demo, nothing_left_of(demo):
        demo.process.kill()
        demo.process.wait()


def test_without_mosquitto_the_pip_installed_bus_does_and_the_data_is_kept(tmp_path: Path) -> None:
    with running_demo("--bus", "amqtt", "--speed", "60", *morning(tmp_path)) as demo:
        assert b"(amqtt)" in demo.said
        stranger = BusClient("stranger-1", demo.bus_port).start()
        first = stranger.take("tp-nop")
        stranger.stop()
        demo.shows("board-hall", "screen", "picture")
        assert demo.interrupt() == 0
    assert (tmp_path / "hub.sqlite").exists()
    assert (tmp_path / "tokens.json").exists()
    with running_demo("--data", str(tmp_path)) as demo:
        stranger = BusClient("stranger-1", demo.bus_port).start()
        second = stranger.take("tp-nop")
        stranger.stop()
        assert eventually(lambda: demo.get("/healthz")[0] == 200)
    assert first.ticket
    assert second.ticket
    assert (first.ticket.number, second.ticket.number) == ("K001", "K002")
