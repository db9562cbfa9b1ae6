"""Kill −9 at every durable write of tickets issued alone: no number twice on paper, none that the hub never hears of.

Rules: strace sends the signal at the N-th write to the disk of a real process, N = 1, 2, 3 ... until the process gets
through; then the kiosk is started again on the same files, and the hub comes back.
"""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from appliance.runtime.clock import ManualClock
from appliance.runtime.memory_link import MemoryBus
from tests.hub_core import MONDAY_0800
from tests.kiosk_hall import complaints
from tests.lone_kiosk import Centre, LoneKiosk

TICKETS = 3
MOST_WRITES = 40
SETTLED = {"printed", "uncertain"}

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="Debian's package strace is not installed")


def take_alone(folder: Path) -> None:
    """What the process does that is killed: some tickets without any hub, on a line that is there."""
    clock = ManualClock(MONDAY_0800 / 1000)
    kiosk = LoneKiosk(MemoryBus(), folder, clock)
    for _ in range(6):
        kiosk.second()
    for _ in range(TICKETS):
        kiosk.take()
        for _ in range(3):
            kiosk.second()
    kiosk.power_cut()


def killed_at(write: int, folder: Path) -> bool:
    """Let the process take its tickets, and die at its durable write number `write`; whether it came so far."""
    trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync"]
    inject = ["-e", f"inject=fdatasync,fsync:signal=KILL:when={write}"]
    program = [sys.executable, "-m", "tests.edges.test_kiosk_killed_alone", str(folder)]
    return subprocess.run([*trace, *inject, *program], timeout=60, check=False).returncode != 0


def test_whenever_the_kiosk_is_killed_every_paper_is_known_once(tmp_path):
    printed_before_death = set()
    for write in range(1, MOST_WRITES):
        centre = Centre(tmp_path / str(write))
        centre.kiosks.pop().power_cut()
        died = killed_at(write, centre.folder / "kiosk-1")
        kiosk = centre.kiosk()
        centre.kiosks = [kiosk]
        printed_before_death.add(len(kiosk.papers))
        centre.hub.away = True
        centre.live(7)
        kiosk.take()
        centre.hub.away = False
        centre.live(60)
        tickets = {ticket.number: ticket for ticket in centre.hub.hall.lobby.tickets.values()}
        assert all(count == 1 for count in Counter(kiosk.papers).values()), f"write {write}: {kiosk.papers}"
        assert set(kiosk.papers) <= tickets.keys(), f"write {write}: a paper that the hub does not know"
        assert {ticket.paper for ticket in tickets.values()} <= SETTLED, f"write {write}: a number without an end"
        assert (complaints(centre.hub.hall), centre.hub.refused, len(kiosk.outbox)) == ([], [], 0)
        kiosk.power_cut()
        if not died:
            break
    else:
        pytest.fail("the process never got through")
    assert printed_before_death == set(range(TICKETS + 1)), "the signal hit too little"


if __name__ == "__main__":
    take_alone(Path(sys.argv[1]))
