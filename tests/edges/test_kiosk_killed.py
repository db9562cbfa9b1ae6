"""Kill −9 at every write to the disk and at every piece of paper, with the hub there and without it.

Rules: strace sends the signal before the N-th write to the journal (or to the paper) of a real process, N = 1, 2, 3 ...
until the process gets through; then hub and kiosk are started again on the same files, and the paper is held against
the log. At the write, not at the flush: what was written before the flush outlives the process.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hub_core import MONDAY_0800
from tests.lone_kiosk import Centre

MOST = 60
LATER = MONDAY_0800 + 600_000
DISK, PAPER = "pwrite64", "write"

pytestmark = [
    pytest.mark.skipif(not shutil.which("strace"), reason="Debian's package strace is not installed"),
    pytest.mark.timeout(900),  # because a process is started, traced and killed up to a hundred times
]


def take_a_ticket(folder: Path, away: bool) -> None:
    """What the process does that is killed; `away`: nobody answers at the other end of a line that is there."""
    centre = Centre(folder, now=MONDAY_0800 + 60_000)
    (kiosk,) = centre.kiosks
    centre.hub.away = away
    centre.live(6)
    kiosk.take()
    centre.live(3)
    centre.power_cut()


def killed_at(n: int, calls: str, folder: Path, away: bool) -> bool:
    """Let the process take its ticket, and die at its system call number `n` of `calls`; whether it came so far."""
    watched = [folder / "kiosk-1" / name for name in ("tape", "kiosk.sqlite", "kiosk.sqlite-wal")]
    paths = [word for path in watched for word in ("-P", str(path))]
    trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", *paths]
    inject = ["-e", f"inject={calls}:signal=KILL:when={n}"]
    program = [sys.executable, "-m", "tests.edges.test_kiosk_killed", str(folder), "away" if away else "there"]
    return subprocess.run([*trace, *inject, *program], timeout=60, check=False).returncode != 0


@pytest.mark.parametrize("away", [False, True], ids=["with the hub", "alone"])
@pytest.mark.parametrize("calls", [DISK, PAPER], ids=["at a write", "at a piece of paper"])
def test_whenever_the_kiosk_is_killed_paper_and_log_agree(tmp_path, calls, away):
    first = Centre(
        tmp_path / "first"
    )  # has its blocks and a ticket, so that every write that follows is the next one's
    first.kiosks[0].take()
    first.live(5)
    first.power_cut()
    printed_before_death = set()
    for n in range(1, MOST):
        folder = tmp_path / str(n)
        shutil.copytree(tmp_path / "first", folder)
        died = killed_at(n, calls, folder, away)
        centre = Centre(folder, now=LATER)
        (kiosk,) = centre.kiosks
        printed_before_death.add(len(kiosk.papers))
        centre.hub.away = away
        centre.live(7)
        kiosk.take()
        centre.hub.away = False
        centre.live(60)
        assert centre.wrongs() == [], f"killed at {calls} number {n}"
        assert {ticket.status for ticket in centre.hub.hall.lobby.tickets.values()} <= {"waiting", "void"}, "forgotten"
        centre.power_cut()
        if not died:
            break
    else:
        pytest.fail("the process never got through")
    assert printed_before_death == {1, 2}, "the signal hit too little"


if __name__ == "__main__":
    take_a_ticket(Path(sys.argv[1]), sys.argv[2] == "away")
