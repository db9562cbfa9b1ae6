"""The kiosk as a process: real bus, real hub, the real printer driver on a printer made of software."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from appliance.runtime.stage_frames import Frame
from tests.hub_process import HubProcess
from tests.system.dispenser import Dispenser
from tests.waiting import eventually
from virtual_centre.bus_server import BusServer
from virtual_centre.printer.emulator import PrintedTicket
from virtual_centre.printer.serial_door import SerialDoor

OF_TICKETS = ("issued", "void", "withdrawn", "paper_changed")


@pytest.fixture
def kiosk(tmp_path: Path, bus: BusServer, hub: HubProcess) -> Iterator[Dispenser]:
    dispenser = Dispenser(tmp_path / "kiosk", bus, hub).start()
    yield dispenser
    dispenser.close()


def facts(hub: HubProcess) -> list[str]:
    """What the hub's log holds of tickets: the kinds of facts, and for paper what became of it."""
    with closing(sqlite3.connect(f"file:{hub.directory / 'hub.sqlite'}?mode=ro", uri=True)) as book:
        rows = book.execute(f"SELECT kind, body FROM facts WHERE kind IN {OF_TICKETS} ORDER BY seq").fetchall()
    return [json.loads(body)["state"] if kind == "paper_changed" else kind for kind, body in rows]


def numbers(hub: HubProcess) -> set[int]:
    """The numbers that were ever given."""
    with closing(sqlite3.connect(f"file:{hub.directory / 'hub.sqlite'}?mode=ro", uri=True)) as book:
        return {n for (n,) in book.execute("SELECT n FROM numbers")}


def blocks(hub: HubProcess) -> int:
    """How many emergency blocks were ever granted."""
    with closing(sqlite3.connect(f"file:{hub.directory / 'hub.sqlite'}?mode=ro", uri=True)) as book:
        (count,) = book.execute("SELECT count(*) FROM facts WHERE kind = 'lease_granted'").fetchone()
        return int(count)


def settled(hub: HubProcess, *wanted: str) -> bool:
    """Whether it comes so; what stands there instead is told."""
    with suppress(AssertionError):
        eventually(lambda: facts(hub) == list(wanted))
    assert facts(hub) == list(wanted)
    return True


def taken_back(hub: HubProcess) -> bool:
    """Whether the only wish came to nothing, wherever it was when it was taken back."""
    return facts(hub) in (["withdrawn"], ["issued", "void"])


def test_from_three_letters_to_a_printed_ticket(kiosk: Dispenser, hub: HubProcess) -> None:
    kiosk.touch("start", "Sought")
    for letter in "ltp":
        kiosk.touch("search", f"Typed {letter}")
    kiosk.touch("search", "Picked tp-001 tp-nop")
    kiosk.touch("procedure", "Took")
    kiosk.paper.next(PrintedTicket)
    kiosk.page("take")
    assert settled(hub, "issued", "printing", "printed")


def test_from_a_touch_to_a_printed_ticket(kiosk: Dispenser, hub: HubProcess) -> None:
    kiosk.take()
    ticket = kiosk.paper.next(PrintedTicket)
    kiosk.page("take")
    assert ticket.size < 25_000
    assert settled(hub, "issued", "printing", "printed")


def test_ten_touches_give_one_ticket(kiosk: Dispenser, hub: HubProcess) -> None:
    kiosk.take()
    frame = kiosk.page("take")
    for _ in range(10):
        kiosk.box.stage.act("screen", "touch", x=0.7, y=0.885)
    kiosk.paper.next(PrintedTicket)
    assert settled(hub, "issued", "printing", "printed")
    kiosk.paper.quiet()
    assert frame.facts["page"] == "take"


def test_without_paper_no_number_is_used_up_and_the_screen_says_why(kiosk: Dispenser, hub: HubProcess) -> None:
    kiosk.page("start")
    kiosk.printer.fault("paper_out")
    kiosk.page("out")
    kiosk.printer.fault(None)
    kiosk.take()
    kiosk.paper.next(PrintedTicket)
    assert settled(hub, "issued", "printing", "printed")


def test_a_printer_that_dies_in_the_middle_leaves_a_live_number_and_a_void_strip(
    kiosk: Dispenser, hub: HubProcess
) -> None:
    kiosk.page("start")
    kiosk.printer.fault("dies", after_rows=300)
    kiosk.take()
    kiosk.page("doubt")
    assert settled(hub, "issued", "printing", "uncertain")
    kiosk.printer.fault(None)
    torn = kiosk.paper.next(PrintedTicket)
    assert torn.height > 300, "the torn ticket comes out with the strip that voids it"
    kiosk.touch("doubt", "WentHome")
    kiosk.take()
    kiosk.paper.next(PrintedTicket)
    assert settled(hub, "issued", "printing", "uncertain", "issued", "printing", "printed")


def test_a_serial_port_that_vanishes_under_a_ticket_costs_no_number_twice(
    tmp_path: Path, bus: BusServer, hub: HubProcess
) -> None:
    kiosk = Dispenser(tmp_path / "kiosk", bus, hub, door=SerialDoor(tmp_path / "queue-printer", baud=115_200)).start()
    kiosk.page("start")
    kiosk.printer.fault("dies", after_rows=100)
    kiosk.take()
    kiosk.page("doubt")
    assert settled(hub, "issued", "printing", "uncertain")
    kiosk.touch("doubt", "WentHome")
    kiosk.page("out")
    kiosk.printer.fault(None)
    kiosk.take()
    for _torn_then_whole in range(2):
        kiosk.paper.next(PrintedTicket)
    assert settled(hub, "issued", "printing", "uncertain", "issued", "printing", "printed")
    assert numbers(hub) == {1, 2}
    kiosk.paper.quiet()
    kiosk.close()


def test_a_printer_that_talks_nonsense_costs_no_number(kiosk: Dispenser, hub: HubProcess) -> None:
    kiosk.page("start")
    kiosk.printer.fault("garbage")
    kiosk.page("out")
    kiosk.printer.fault(None)
    kiosk.take()
    kiosk.paper.next(PrintedTicket)
    assert settled(hub, "issued", "printing", "printed")
    kiosk.paper.quiet()


def test_a_printer_that_never_confirms_costs_one_ticket_and_no_more_paper(
    tmp_path: Path, bus: BusServer, hub: HubProcess
) -> None:
    with closing(Dispenser(tmp_path / "kiosk", bus, hub, deadline_s=2.0).start()) as kiosk:
        kiosk.page("start")
        kiosk.printer.fault("never_confirms")
        kiosk.take()
        kiosk.page("doubt")
        kiosk.paper.next(PrintedTicket)
        kiosk.touch("doubt", "WentHome")
        kiosk.page("out")
        assert settled(hub, "issued", "printing", "uncertain")
        kiosk.paper.quiet()


def test_killed_while_printing_the_ticket_is_uncertain_and_never_printed_again(
    kiosk: Dispenser, hub: HubProcess
) -> None:
    kiosk.page("start")
    kiosk.printer.fault("slow")
    kiosk.take()
    kiosk.page("printing")
    eventually(lambda: kiosk.printer.unfinished.height > 100)
    kiosk.box.kill()
    kiosk.printer.fault(None)
    kiosk.start()
    assert settled(hub, "issued", "printing", "uncertain")
    kiosk.paper.next(PrintedTicket)
    kiosk.page("start")
    kiosk.take()
    kiosk.paper.next(PrintedTicket)
    assert settled(hub, "issued", "printing", "uncertain", "issued", "printing", "printed")


def test_a_hub_that_dies_is_not_missed_and_hears_of_the_ticket_when_it_is_back(
    kiosk: Dispenser, hub: HubProcess
) -> None:
    kiosk.page("start")
    eventually(lambda: blocks(hub))
    hub.kill()
    kiosk.take()
    kiosk.paper.next(PrintedTicket)
    kiosk.page("take")
    hub.start()
    eventually(lambda: "printed" in facts(hub))
    assert numbers(hub) - {1} == {9001}, "1, if the wish that got no answer arrived before it was taken back"
    kiosk.touch("take", "WentHome")
    kiosk.page("start")
    assert kiosk.box.child.running
    kiosk.paper.quiet()


def test_killed_while_asking_the_wish_is_withdrawn_at_the_next_start(kiosk: Dispenser, hub: HubProcess) -> None:
    kiosk.page("start")
    hub.kill()
    kiosk.take()
    kiosk.page("asking")
    kiosk.box.kill()
    kiosk.start()
    hub.start()
    kiosk.page("start")
    eventually(lambda: taken_back(hub))
    kiosk.take()
    kiosk.paper.next(PrintedTicket)
    assert eventually(lambda: facts(hub)[-3:] == ["issued", "printing", "printed"])


def test_a_kiosk_without_a_hub_starts_and_says_so_in_the_words_of_the_centre(kiosk: Dispenser, hub: HubProcess) -> None:
    kiosk.page("start")
    hub.kill()
    kiosk.box.kill()
    seen = len(kiosk.box.stage.frames)
    kiosk.start()
    kiosk.box.stage.until(lambda frame: frame.facts.get("page") == "out" and speaks_khmer(frame), seen)


def speaks_khmer(frame: Frame) -> bool:
    """Whether the page has the centre's words: only they say that there is a Khmer page."""
    return any(name == "Spoke km" for name, _, _ in frame.facts["targets"])
