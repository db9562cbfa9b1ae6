"""A hub that is put back on yesterday's or this morning's copy while kiosks run: no number twice, no paper unknown."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from broker import facts as f
from broker import verify
from broker.database import connect, open_reader
from broker.store import entries
from tests.bus_client import BusClient
from tests.hub_process import HubProcess
from tests.system.dispenser import Dispenser
from tests.waiting import eventually
from virtual_centre.bus_server import BusServer
from virtual_centre.printer.emulator import PrintedTicket


@pytest.fixture
def kiosks(tmp_path: Path, bus: BusServer, hub: HubProcess) -> Iterator[list[Dispenser]]:
    pair = [Dispenser(tmp_path / device, bus, hub, device) for device in ("kiosk-1", "kiosk-2")]
    for kiosk in pair:
        kiosk.start()
        kiosk.page("start")
    yield pair
    for kiosk in pair:
        kiosk.close()


def log(folder: Path) -> list[f.AnyFact]:
    with open_reader(folder / "hub.sqlite") as db:
        return [fact for entry in entries(db) for fact in entry.facts]


def printed(folder: Path) -> dict[str, str]:
    """Ticket and number of every paper, as a hub knows them."""
    facts = log(folder)
    done = {fact.ticket for fact in facts if isinstance(fact, f.PaperChanged) and fact.state == "printed"}
    return {fact.ticket: fact.number for fact in facts if isinstance(fact, f.Issued) and fact.ticket in done}


def take(kiosk: Dispenser) -> None:
    kiosk.take()
    kiosk.paper.next(PrintedTicket)
    kiosk.touch("take", "WentHome")
    kiosk.page("start")


def copy(hub: HubProcess, to: Path) -> None:
    """A backup under way of the hub's data, as any backup program would make it: by SQLite itself."""
    to.mkdir()
    source, target = connect(hub.directory / "hub.sqlite"), connect(to / "hub.sqlite")
    source.backup(target)
    source.close()
    target.close()


def put_back(hub: HubProcess, old: Path, kept: Path) -> None:
    """The hub dies, and starts again on its old copy; what it had is kept for comparison."""
    hub.kill()
    kept.mkdir()
    for path in hub.directory.glob("hub.sqlite*"):
        path.rename(kept / path.name)
    shutil.copy(old / "hub.sqlite", hub.directory)
    hub.start()


@pytest.mark.parametrize("runs_since", [0, 1], ids=["of this run", "of the run before"])
def test_a_hub_put_back_on_an_old_copy_learns_what_is_on_paper(
    tmp_path: Path, bus: BusServer, hub: HubProcess, kiosks: list[Dispenser], runs_since: int
) -> None:
    one, two = kiosks
    take(one)
    eventually(lambda: len(printed(hub.directory)) == 1 or None)
    copy(hub, tmp_path / "copy")
    for _ in range(runs_since):
        hub.kill()
        hub.start()
    for kiosk in (one, two, one, two):
        take(kiosk)
    eventually(lambda: len(printed(hub.directory)) == 5 or None)
    impatient = BusClient("keypad-1", bus.port, resend_s=0.005).start()
    with ThreadPoolExecutor(1) as pool:
        first_of_all = pool.submit(impatient.take, "tnmt-nop")
        put_back(hub, tmp_path / "copy", tmp_path / "lost")
    impatient.stop()
    on_paper = printed(tmp_path / "lost")
    assert first_of_all.result().ticket.number not in on_paper.values(), "given before the kiosks were heard"
    assert len(set(on_paper.values())) == 5
    two.take()
    two.paper.next(PrintedTicket)
    known = eventually(lambda: now if len(now := printed(hub.directory)) == 6 else None, 30.0)
    assert {ticket: known.get(ticket) for ticket in on_paper} == on_paper, "on paper, and unknown or renamed"
    assert len(set(known.values())) == 6, "a number twice"
    with open_reader(hub.directory / "hub.sqlite") as db:
        verdict = verify.check(db)
    assert verdict.sound, verdict.complaints
