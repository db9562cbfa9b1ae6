"""A box needs no system call that its unit refuses: each is run under strace, and what it asked the kernel is compared.

Rules: the filter is read from the units and from this machine's systemd; real drivers where a machine without the parts
can run them (SDL's dummy screen, gpiozero's mock pins).
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tomli_w

from tests.bus_client import BusClient
from tests.hub_core import SITE_FOLDER
from virtual_centre.bus_server import BusServer
from virtual_centre.ports import free_port

UNITS = Path(__file__).parents[2] / "systemd/etc/systemd/system"
PATIENT_S = 60
NOWHERE = {"url": "http://127.0.0.1:1"}
WITHOUT_PARTS = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "GPIOZERO_PIN_FACTORY": "mock"}
KEYPAD = {
    "keys": {"driver": "gpio", "names": {"next": ["GPIO5"]}},
    "lamps": {"driver": "gpio", "pins": [16, 20, 21]},
}
HARMLESS = {
    "fchown": "SQLite keeps the owner of a journal, and only when it runs as root, which no unit does",
}
NOT_THE_HUB = {
    "clock_adjtime": "a box also knows from the mark of systemd-timesyncd that its clock is right",
}

pytestmark = pytest.mark.skipif(
    not (shutil.which("strace") and shutil.which("systemd-analyze")),
    reason="Debian's packages strace and systemd are not installed",
)


def allowed(box: str) -> set[str]:
    """The system calls that the filter of a unit lets through."""
    found = known_sets()["@default"].copy()
    for file in ("goiso-.service.d/10-harden.conf", f"goiso-{box}.service.d/20-needs.conf"):
        for line in re.findall(r"^SystemCallFilter=(.*)$", (UNITS / file).read_text(), re.MULTILINE):
            named = set().union(*(known_sets().get(name, {name}) for name in line.lstrip("~").split()))
            found = found - named if line.startswith("~") else found | named
    return found


def known_sets() -> dict[str, set[str]]:
    """systemd's names for groups of system calls, each with all it holds."""
    told = subprocess.run(
        ["systemd-analyze", "--no-pager", "syscall-filter"], capture_output=True, text=True, check=True, timeout=30
    ).stdout
    direct: dict[str, list[str]] = {}
    for line in told.splitlines():
        if line.startswith("@"):
            current = direct.setdefault(line.strip(), [])
        elif line.strip() and not line.strip().startswith("#"):
            current.append(line.strip())

    def whole(name: str) -> set[str]:
        return set().union(*(whole(part) if part.startswith("@") else {part} for part in direct[name]))

    return {name: whole(name) for name in direct}


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[BusServer]:
    with BusServer(tmp_path / "bus") as running:
        yield running


class Traced:
    """A box under strace, in a session of its own: a signal must reach the box, and strace passes nothing on."""

    def __init__(self, folder: Path, bus: BusServer, package: str, **sections: object) -> None:
        config = {
            "device": {"id": "rating-q01a", "site": "ca-mau"},
            "data": {"dir": str(folder)},
            "bus": {"port": bus.port},
            **sections,
        }
        config = {section: settings for section, settings in config.items() if settings is not None}
        (folder / "box.toml").write_text(tomli_w.dumps(config))
        self._trace = folder / "trace"
        program = [sys.executable, "-m", package, "--config", str(folder / "box.toml")]
        self._box = subprocess.Popen(
            ["strace", "-f", "-qq", "-e", "signal=none", "-o", str(self._trace), *program],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **WITHOUT_PARTS},
            start_new_session=True,
        )
        self._too_long = threading.Timer(PATIENT_S, os.killpg, (self._box.pid, signal.SIGKILL))
        self._too_long.start()

    def asked_for(self, meanwhile: Callable[[], object] = lambda: None) -> set[str]:
        """The system calls from its start until it is on the bus, during `meanwhile`, and while it ends."""
        assert self._box.stderr is not None
        heard = []
        for line in self._box.stderr:
            heard.append(line)
            if "connected to the bus" in line:
                meanwhile()
                os.killpg(self._box.pid, signal.SIGTERM)
        assert self._box.wait(PATIENT_S) == 0, heard
        self._too_long.cancel()
        return set(re.findall(r"^\d+ +(\w+)\(", self._trace.read_text(), re.MULTILINE))


def test_the_hub_asks_for_nothing_that_is_refused(tmp_path: Path, bus: BusServer) -> None:
    def ask_for_a_number() -> None:
        kiosk = BusClient("kiosk-1", bus.port).start()
        kiosk.take("tnmt-nop")
        kiosk.stop()

    hub = Traced(tmp_path, bus, "broker", site={"folder": str(SITE_FOLDER)}, web={"port": free_port()})
    asked = hub.asked_for(ask_for_a_number)
    assert "clock_adjtime" in asked
    assert asked - allowed("hub") <= set(HARMLESS)


@pytest.mark.parametrize(
    ("unit", "package", "sections"),
    [
        ("board", "display_board", {"output": [{"kind": "hdmi"}], "hub": NOWHERE}),
        ("rating", "rating_terminal", {"panel": {"buttons": [5, 6, 13, 19], "lamps": [12, 16, 20, 21]}}),
        ("keypad", "desk_keypad", {"data": None, "keypad": {"desk": "q01a"}, **KEYPAD}),
        ("kiosk", "kiosk", {"hub": NOWHERE, "printer": {"address": "tcp://127.0.0.1:1"}}),
    ],
)
def test_a_box_asks_for_nothing_that_is_refused(
    tmp_path: Path, bus: BusServer, unit: str, package: str, sections: dict[str, object]
) -> None:
    asked = Traced(tmp_path, bus, package, **sections).asked_for()
    assert asked - allowed(unit) <= set(HARMLESS | NOT_THE_HUB)


def test_a_filter_that_is_too_tight_would_be_noticed(tmp_path: Path) -> None:
    assert "clock_adjtime" in allowed("hub")
    assert "clock_adjtime" not in allowed("led")
    assert {"mount", "ptrace", "reboot", "settimeofday"} & allowed("hub") == set()
    assert {"openat", "fdatasync", "sendto", "futex"} <= allowed("hub")
