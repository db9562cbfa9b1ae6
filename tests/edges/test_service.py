"""The life of a box as a real process: its command line, its exit codes, its signals, and what systemd hears of it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.waiting import PATIENT_S

BOX = """
import sys
from appliance.runtime.config import DeviceSection, Section
from appliance.runtime.errors import CannotStart
from appliance.runtime.service import main

class Config(Section, frozen=True):
    device: DeviceSection
    fault: str = ""

class Part:
    alive = True

class App:
    def __init__(self, config, loop):
        self.config, self.loop, self.part = config, loop, Part()
        loop.watch(self.part)
        if config.fault == "busy":
            raise CannotStart("the printer is in use; stop the other program")
    def start(self):
        if self.config.fault == "error":
            self.loop.post(1 / 1)
        self.part.alive = self.config.fault != "dead"
    def handle(self, event):
        raise ZeroDivisionError("planted")
    def tick(self): pass
    def deadline(self): return None
    def stop(self): print("closed", flush=True)

sys.exit(main(sys.argv[1:], "goiso-box", Config, App))
"""
GOOD = '[device]\nid = "kiosk-1"\nsite = "ca-mau"\n'


class Box:
    def __init__(self, folder: Path) -> None:
        self.config = folder / "box.toml"
        self.config.write_text(GOOD)
        self._program = folder / "box.py"
        self._program.write_text(BOX)
        self.environment = dict(os.environ)
        self.environment.pop("NOTIFY_SOCKET", None)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, str(self._program), *(arguments or ["--config", str(self.config)])]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        with self.start(*arguments) as process:
            out, err = process.communicate(timeout=30)
        return process.returncode, out, err


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


@pytest.fixture
def systemd(tmp_path: Path, box: Box) -> Iterator[socket.socket]:
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ears:
        ears.bind(address)
        ears.settimeout(PATIENT_S)
        box.environment["NOTIFY_SOCKET"] = address
        yield ears


def heard(ears: socket.socket) -> str:
    return ears.recv(4096).decode()


def test_a_good_configuration_is_ok(box: Box) -> None:
    assert box.run("--config", str(box.config), "--check-config") == (0, "OK\n", "")


def test_a_bad_configuration_is_told_in_one_line(box: Box) -> None:
    box.config.write_text(GOOD + "fautl = 1\n")
    for more in ([], ["--check-config"], ["--dump-config"]):
        code, out, err = box.run("--config", str(box.config), *more)
        assert (code, out) == (2, "")
        assert err == f"{box.config}:device.fautl: unknown key; known here: id, site\n"


def test_the_whole_configuration_can_be_seen_and_used_again(box: Box) -> None:
    code, out, _ = box.run("--config", str(box.config), "--dump-config")
    assert code == 0
    assert 'fault = ""' in out
    box.config.write_text(out)
    assert box.run("--config", str(box.config), "--dump-config")[1] == out


@pytest.mark.parametrize("arguments", [["--conifg", "x"], ["--config"], ["--log-level", "loud"], ["stray"]])
def test_a_wrong_command_line_is_told(box: Box, arguments: list[str]) -> None:
    code, _, err = box.run(*arguments)
    assert code == 2
    assert "usage: goiso-box" in err


def test_a_box_that_cannot_start_says_why_without_a_traceback(box: Box) -> None:
    box.config.write_text('fault = "busy"\n' + GOOD)
    assert box.run()[::2] == (3, "goiso-box: the printer is in use; stop the other program\n")


def test_an_error_ends_the_box_with_its_traceback_and_everything_closed(box: Box) -> None:
    box.config.write_text('fault = "error"\n' + GOOD)
    code, out, err = box.run()
    assert (code, out) == (1, "closed\n")
    assert "ZeroDivisionError: planted" in err


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_box_that_is_told_to_end_closes_everything_and_says_so(
    box: Box, systemd: socket.socket, signum: signal.Signals
) -> None:
    with box.start() as process:
        assert heard(systemd) == "READY=1"
        process.send_signal(signum)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out) == (0, "closed\n")
        assert heard(systemd) == "STOPPING=1"
    assert re.findall(r"goiso-box (\w+)", err) == ["runs", "ended"]


def test_the_watchdog_is_fed_in_good_time(box: Box, systemd: socket.socket) -> None:
    box.environment["WATCHDOG_USEC"] = "2000000"
    with box.start() as process:
        assert heard(systemd) == "READY=1"
        systemd.settimeout(2.0)
        for _ in range(3):
            assert heard(systemd) == "WATCHDOG=1"
        process.terminate()


def test_the_watchdog_starves_when_a_part_is_dead_although_the_loop_turns(box: Box, systemd: socket.socket) -> None:
    box.environment["WATCHDOG_USEC"] = "400000"
    box.config.write_text('fault = "dead"\n' + GOOD)
    with box.start() as process:
        assert heard(systemd) == "READY=1"
        systemd.settimeout(1.5)
        with pytest.raises(TimeoutError):
            heard(systemd)
        process.terminate()


def test_lines_for_the_journal_carry_their_priority_and_no_second_clock(box: Box) -> None:
    box.environment["JOURNAL_STREAM"] = "8:12345"
    box.config.write_text('fault = "error"\n' + GOOD)
    err = box.run()[2]
    assert err.splitlines()[0] == "<6>appliance.runtime.service: goiso-box runs"
    assert all(re.match(r"<[36]>", line) for line in err.splitlines()), err
    assert "<3>ZeroDivisionError: planted" in err.splitlines()
