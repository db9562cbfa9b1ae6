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
from pathlib import Path

import pytest
import tomli_w

from tests.hub_core import SITE_FOLDER
from virtual_centre.ports import free_port

UNITS = Path(__file__).parents[2] / "systemd/etc/systemd/system"
PATIENT_S = 60
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


def asked_for(folder: Path, package: str, config: dict[str, object], **environment: str) -> set[str]:
    """The system calls that a box makes from its start until it runs, and while it ends."""
    device = {"device": {"id": "rating-q01a", "site": "ca-mau"}, "data": {"dir": str(folder)}}
    (folder / "box.toml").write_text(tomli_w.dumps(device | {"bus": {"port": free_port()}} | config))
    trace = folder / "trace"
    program = [sys.executable, "-m", package, "--config", str(folder / "box.toml")]
    command = ["strace", "-f", "-qq", "-e", "signal=none", "-o", str(trace), *program]
    surroundings = {**os.environ, **environment}
    # A session of its own, so that a signal reaches the box as well as strace, which passes nothing on.
    box = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=surroundings, start_new_session=True)
    too_long = threading.Timer(PATIENT_S, os.killpg, (box.pid, signal.SIGKILL))
    too_long.start()
    assert box.stderr is not None
    heard = []
    for line in box.stderr:
        heard.append(line)
        if "no bus at" in line:
            os.killpg(box.pid, signal.SIGTERM)
    assert box.wait(PATIENT_S) == 0, heard
    too_long.cancel()
    return set(re.findall(r"^\d+ +(\w+)\(", trace.read_text(), re.MULTILINE))


def test_the_hub_asks_for_nothing_that_is_refused(tmp_path: Path) -> None:
    site = {"site": {"folder": str(SITE_FOLDER)}, "web": {"port": free_port()}}
    assert asked_for(tmp_path, "broker", site) - allowed("hub") <= set(HARMLESS)


def test_a_board_asks_for_nothing_that_is_refused(tmp_path: Path) -> None:
    screen = {"output": [{"kind": "hdmi", "driver": "hdmi"}], "hub": {"url": f"http://127.0.0.1:{free_port()}"}}
    asked = asked_for(tmp_path, "display_board", screen, SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy")
    assert asked - allowed("board") <= set(HARMLESS | NOT_THE_HUB)


def test_a_rating_terminal_asks_for_nothing_that_is_refused(tmp_path: Path) -> None:
    panel = {"panel": {"buttons": [5, 6, 13, 19], "lamps": [12, 16, 20, 21]}}
    asked = asked_for(tmp_path, "rating_terminal", panel, GPIOZERO_PIN_FACTORY="mock")
    assert asked - allowed("rating") <= set(HARMLESS | NOT_THE_HUB)


def test_a_filter_that_is_too_tight_would_be_noticed(tmp_path: Path) -> None:
    assert "clock_adjtime" in allowed("hub")
    assert "clock_adjtime" not in allowed("led")
    assert {"mount", "ptrace", "reboot", "settimeofday"} & allowed("hub") == set()
    assert {"openat", "fdatasync", "sendto", "futex"} <= allowed("hub")
