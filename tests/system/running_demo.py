"""`./run demo` as a person starts it: a process of its own, its pages, its bus, and everything it leaves behind.

Rules: where a day may not end under a test, the demo begins in the `morning`.
"""

import contextlib
import datetime
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.hub_core import centre
from virtual_centre.demo_files import DemoFiles
from virtual_centre.ports import HOST, free_port, is_free

UP_S = 150.0
DOWN_S = 60.0


class RunningDemo:
    """A demo on free ports; `more` are further arguments."""

    def __init__(self, *more: str) -> None:
        self.port, self.bus_port = free_port(), free_port()
        self.url = f"http://{HOST}:{self.port}"
        command = [sys.executable, "-m", "virtual_centre", "demo"]
        command += ["--port", str(self.port), "--bus-port", str(self.bus_port), *more]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0)
        self.said = b""

    def wait_until_up(self) -> None:
        """Until it prints its address."""
        assert self.process.stdout is not None
        limit = time.monotonic() + UP_S
        while f"{self.url}/virtual".encode() not in self.said:
            left = limit - time.monotonic()
            assert left > 0, self.said
            if select.select([self.process.stdout], [], [], left)[0]:
                piece = os.read(self.process.stdout.fileno(), 4096)
                assert piece, self.process.communicate()
                self.said += piece

    def interrupt(self) -> int:
        """Ctrl-C; its exit code."""
        self.process.send_signal(signal.SIGINT)
        out, _ = self.process.communicate(timeout=DOWN_S)
        self.said += out
        return self.process.returncode

    def family(self) -> list[int]:
        """The supervisor and every process below it."""
        return [self.process.pid, *_below(self.process.pid)]

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=DOWN_S) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def do(self, **deed: Any) -> None:
        """What a hand on the page does."""
        found = re.search(r'goiso-token" content="([^"]+)"', self.get("/virtual")[1])
        assert found
        headers = {"Content-Type": "application/json", "X-Goiso-Token": found[1]}
        request = urllib.request.Request(f"{self.url}/virtual/deeds", json.dumps(deed).encode(), headers)
        with urllib.request.urlopen(request, timeout=DOWN_S) as answer:
            assert answer.status == 204

    @property
    def home(self) -> Path:
        """Where it keeps its data, as it said."""
        found = re.search(rb"(\S+) \((?:kept|gone at the end)\)", self.said)
        assert found
        return Path(os.fsdecode(found[1]))

    def api(self, path: str, role: str, body: dict[str, Any] | None = None) -> Any:
        """What a program with the token of `role` is answered."""
        token = json.loads((self.home / "tokens.json").read_text())[role]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers), timeout=DOWN_S) as answer:
            return json.loads(answer.read())

    def events(self) -> Iterator[dict[str, Any]]:
        """What the page hears, from what hangs there now on. Raises AssertionError when it takes too long."""
        limit = time.monotonic() + UP_S
        with urllib.request.urlopen(f"{self.url}/virtual/events", timeout=DOWN_S) as stream:
            while time.monotonic() < limit:
                line = stream.readline()
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])
        raise AssertionError("that was never shown")

    def shows(self, device: str, part: str, kind: str, **facts: Any) -> dict[str, Any]:
        """Wait until a part shows these facts; all its facts."""
        for event in self.events():
            place = [event[name] for name in ("device", "part", "kind")]
            if place == [device, part, kind] and facts.items() <= event["facts"].items():
                told: dict[str, Any] = event["facts"]
                return told
        raise AssertionError

    def close(self) -> None:
        """Whatever a failed test left."""
        if self.process.poll() is None:
            self.interrupt()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()


def morning(home: Path) -> tuple[str, str]:
    """The arguments of a demo that keeps its data in `home`, where the next eight in the morning has just come: even
    at sixty times the pace it has a quarter of an hour to midnight."""
    now = datetime.datetime.now(ZoneInfo(centre().zone))
    eight = now.replace(hour=8, minute=0, second=0, microsecond=0)
    if eight < now:
        eight += datetime.timedelta(days=1)
    DemoFiles(home).last_time.write_text(f"{eight.timestamp()}\n")
    return "--data", str(home)


@contextlib.contextmanager
def running_demo(*more: str) -> Iterator[RunningDemo]:
    """A demo that is up."""
    demo = RunningDemo(*more)
    try:
        demo.wait_until_up()
        yield demo
    finally:
        demo.close()


@contextlib.contextmanager
def nothing_left_of(demo: RunningDemo) -> Iterator[None]:
    """What stands inside ends every process of `demo`, soon if not at once, and frees its ports."""
    watches = []
    for pid in demo.family():
        with contextlib.suppress(ProcessLookupError):  # because making the voice ends by itself
            watches.append(os.pidfd_open(pid))
    try:
        yield
        for watch in watches:
            assert select.select([watch], [], [], DOWN_S)[0], "a process still lives"
        assert is_free(demo.port)
        assert is_free(demo.bus_port)
    finally:
        for watch in watches:
            os.close(watch)


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from _below(child)
