"""The virtual centre's programs are kept alive, and none of them outlives it, however it ends."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.waiting import PATIENT_S
from virtual_centre.child import Child
from virtual_centre.family import Condition, Family

SPEAK = """
import os, socket, sys, time
address = os.environ["NOTIFY_SOCKET"]
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"READY=1", "\\0" + address[1:])
time.sleep(60)
"""
DIE = "import sys; print('no paper'); sys.exit(3)"
PARENT = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
"""


@pytest.fixture
def family() -> Iterator[Family]:
    family = Family()
    yield family
    family.stop()


def child(tmp_path: Path, program: str, name: str = "box") -> Child:
    return Child(name, [sys.executable, "-c", program], tmp_path / f"{name}.log")


def until(family: Family, holds: Callable[[], bool]) -> None:
    assert family.run(holds, PATIENT_S)


def test_a_box_is_ready_when_it_says_so(family: Family, tmp_path: Path) -> None:
    conditions: list[Condition] = []
    box = child(tmp_path, SPEAK)
    family.add(box, conditions.append)
    family.switch("box", on=True)
    until(family, lambda: conditions == ["starting", "ready"])
    assert box.running


def test_what_dies_is_started_again(family: Family, tmp_path: Path) -> None:
    conditions: list[Condition] = []
    box = child(tmp_path, SPEAK)
    family.add(box, conditions.append)
    family.switch("box", on=True)
    until(family, lambda: conditions == ["starting", "ready"])
    first = box.pid
    os.kill(first, signal.SIGKILL)
    until(family, lambda: conditions == ["starting", "ready", "dead", "starting", "ready"])
    assert box.pid not in {0, first}


def test_what_dies_young_is_tried_again_later_each_time(family: Family, tmp_path: Path) -> None:
    conditions: list[Condition] = []
    box = child(tmp_path, DIE)
    family.add(box, conditions.append)
    family.switch("box", on=True)
    until(family, lambda: conditions.count("dead") == 3)
    assert box.last_words() == "no paper"
    assert box.ended_with == 3


def test_what_was_switched_off_stays_off_until_it_is_switched_on(family: Family, tmp_path: Path) -> None:
    conditions: list[Condition] = []
    box = child(tmp_path, SPEAK)
    family.add(box, conditions.append)
    family.switch("box", on=True)
    until(family, lambda: conditions[-1:] == ["ready"])
    family.switch("box", on=False)
    until(family, lambda: conditions[-1:] == ["off"])
    assert not family.run(lambda: box.running, within_s=1.0)
    family.switch("box", on=True)
    until(family, lambda: conditions[-1:] == ["ready"])


def test_other_threads_may_ask(family: Family, tmp_path: Path) -> None:
    ready = threading.Event()
    family.add(child(tmp_path, SPEAK), lambda condition: ready.set() if condition == "ready" else None)
    asking = threading.Thread(target=lambda: (family.switch("box", on=True), ready.wait(PATIENT_S), family.end()))
    asking.start()
    assert not family.run(within_s=PATIENT_S)
    asking.join()
    assert ready.is_set()


def test_what_a_child_started_ends_with_it(family: Family, tmp_path: Path) -> None:
    box = child(tmp_path, PARENT + SPEAK)
    conditions: list[Condition] = []
    family.add(box, conditions.append)
    family.switch("box", on=True)
    until(family, lambda: conditions[-1:] == ["ready"])
    grandchildren = Path(f"/proc/{box.pid}/task/{box.pid}/children").read_text().split()
    assert len(grandchildren) == 1
    with dies(int(grandchildren[0])):
        family.remove("box")
        until(family, lambda: conditions[-1:] == ["off"])


def test_nothing_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    program = f"""
import sys, time
from pathlib import Path
from virtual_centre.child import Child
box = Child("box", [sys.executable, "-c", "import time; time.sleep(60)"], Path({str(tmp_path / "box.log")!r}))
box.start()
print(box.pid, flush=True)
time.sleep(60)
"""
    supervisor = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    with supervisor.stdout:
        pid = int(supervisor.stdout.readline())
        with dies(pid):
            supervisor.kill()
            supervisor.wait()


@contextlib.contextmanager
def dies(pid: int) -> Iterator[None]:
    """What stands inside is the death of process `pid`, soon if not at once."""
    watch = os.pidfd_open(pid)
    try:
        yield
        assert select.select([watch], [], [], PATIENT_S)[0], f"process {pid} still lives"
    finally:
        os.close(watch)
