"""Kill −9 at every write to the disk and at every piece of paper, with the hub there and without it.

Rules: strace sends the signal before the N-th write to the journal (or to the paper) of a real process, N = 1, 2, 3 ...
until the process gets through; then hub and kiosk are started again on the same files, and the paper is held against
the log. At the write, not at the flush: what was written before the flush outlives the process.
Each process that dies is forked from one that has imported and read all it needs: a death costs what dying costs.
"""

import ctypes
import multiprocessing
import shutil
import signal
import subprocess
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from tests.hub_core import MONDAY_0800
from tests.lone_kiosk import Centre
from tests.waiting import eventually

MOST = 60
LATER = MONDAY_0800 + 600_000
DISK, PAPER = "pwrite64", "write"
WRITTEN = ("tape", "kiosk.sqlite", "kiosk.sqlite-wal")
ANYBODY_MAY_WATCH = 0x59616D61  # PR_SET_PTRACER of prctl(2): where Yama stands guard, strace may come all the same

FORK = multiprocessing.get_context("fork")

pytestmark = [
    pytest.mark.skipif(not shutil.which("strace"), reason="Debian's package strace is not installed"),
    pytest.mark.timeout(600),  # because a process is forked, traced and killed some forty times
]


@dataclass(frozen=True)
class Life:
    """A life that was to end at its system call `n`: whether it did, and how things stood after the next one."""

    n: int
    killed: bool
    printed: int
    wrongs: list[str]
    statuses: set[str]


def take_a_ticket(folder: Path, away: bool, watched: Event) -> None:
    """What the process does that is killed; `away`: nobody answers at the other end of a line that is there."""
    ctypes.CDLL(None).prctl(ANYBODY_MAY_WATCH, -1)
    watched.wait()
    centre = Centre(folder, now=MONDAY_0800 + 60_000)
    (kiosk,) = centre.kiosks
    centre.hub.away = away
    centre.live(6)
    kiosk.take()
    centre.live(3)
    centre.power_cut()


def killed_at(n: int, calls: str, folder: Path, away: bool) -> bool:
    """Let a process take its ticket, and die at its system call number `n` of `calls`; whether it came so far."""
    watched = FORK.Event()
    process = FORK.Process(target=take_a_ticket, args=(folder, away, watched))
    process.start()
    paths = [word for name in WRITTEN for word in ("-P", str(folder / "kiosk-1" / name))]
    trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", *paths]
    inject = ["-e", f"inject={calls}:signal=KILL:when={n}", "-p", str(process.pid)]
    with subprocess.Popen([*trace, *inject]):
        eventually(lambda: "TracerPid:\t0\n" not in Path(f"/proc/{process.pid}/status").read_text())
        watched.set()
        process.join()
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def lives(folder: Path, calls: str, away: bool) -> Iterator[Life]:
    """One life after the other on copies of the same files, each killed one call later, until one gets through."""
    first = Centre(folder / "first")  # has its blocks and a ticket, so that every write that follows is the next one's
    first.kiosks[0].take()
    first.live(5)
    first.power_cut()
    for n in range(1, MOST):
        copy = folder / str(n)
        shutil.copytree(folder / "first", copy)
        killed = killed_at(n, calls, copy, away)
        centre = Centre(copy, now=LATER)
        (kiosk,) = centre.kiosks
        printed = len(kiosk.papers)
        centre.hub.away = away
        centre.live(7)
        kiosk.take()
        centre.hub.away = False
        centre.live(60)
        statuses = {ticket.status for ticket in centre.hub.hall.lobby.tickets.values()}
        yield Life(n, killed, printed, centre.wrongs(), statuses)
        centre.power_cut()
        if not killed:
            return


def all_lives(folder: Path, calls: str, away: bool) -> list[Life]:
    """All of them; what goes wrong is told in words, since not every exception can travel between processes."""
    try:
        return list(lives(folder, calls, away))
    except Exception:  # noqa: BLE001  # because all of it is told
        raise AssertionError(traceback.format_exc()) from None


@pytest.mark.parametrize("away", [False, True], ids=["with the hub", "alone"])
@pytest.mark.parametrize("calls", [DISK, PAPER], ids=["at a write", "at a piece of paper"])
def test_whenever_the_kiosk_is_killed_paper_and_log_agree(tmp_path, calls, away):
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as one_without_threads:
        told = one_without_threads.submit(all_lives, tmp_path, calls, away).result()
    for life in told:
        assert life.wrongs == [], f"killed at {calls} number {life.n}"
        assert life.statuses <= {"waiting", "void"}, f"forgotten when killed at {calls} number {life.n}"
    assert not told[-1].killed, "the process never got through"
    assert {life.printed for life in told} == {1, 2}, "the signal hit too little"
