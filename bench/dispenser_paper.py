"""What a ticket costs on the printer's line: its bytes, and the seconds until the last of them has arrived.

The real driver on a pty that is as slow as a serial line of that speed; the printer at its end prints at once and keeps
the centre's words, as after its first night. Time runs from the order to print, so that it holds the question how the
printer is and the making of the bytes. The baseline writes the same bytes to the same line.
"""

import os
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from appliance.runtime.errors import CannotStart
from appliance.wire.messages import TicketView, WaitRange
from bench.centre_words import DAY, site
from bench.report import Figure
from bench.timed_door import TimedDoor
from kiosk.catalogue import Catalogue
from kiosk.config import PrinterSection
from kiosk.drivers import escpos_bytes as escpos
from kiosk.drivers import nv_bytes as nv
from kiosk.drivers.code_pages import CodePage
from kiosk.drivers.compose import Mode
from kiosk.drivers.kept import Define, KeptSet
from kiosk.drivers.pictures import pictures
from kiosk.drivers.printer_escpos import EscposPrinter
from kiosk.fixed import fixed_bands
from kiosk.parts import Outcome, PrintEnded
from kiosk.ticket import Band, lay_out
from virtual_centre.printer.commands import Parser
from virtual_centre.printer.emulator import PrinterEmulator
from virtual_centre.printer.mechanism import Mechanism
from virtual_centre.printer.nv_memory import NvMemory
from virtual_centre.printer.serial_door import SerialDoor

MODES: tuple[Mode, ...] = ("raster", "hybrid", "native")
BAUDS = (9_600, 19_200, 38_400, 115_200)
DOTS = 576
TABLES: dict[CodePage, int] = {"tcvn3-lower": 30, "tcvn3-upper": 31}
MOST_BYTES, MOST_S = 1_500.0, 0.8
READY_S, PATIENCE_S, QUIET_S = 60.0, 90.0, 0.5
TICKET = TicketView(
    id="7d1f9a52-6c1e-4d1b-9f6e-3f6d6d0b2a11",
    number="A048",
    queue="a",
    service="tnmt-nop",
    status="waiting",
    issued_at=f"{DAY}T07:42:00.000+07:00",
    ahead=6,
    wait=WaitRange(low_min=15, high_min=25),
    counters=("q01", "q02"),
    code="0123456789abcdef0123",
)


def measure(say: Callable[[str], None]) -> list[Figure]:
    """All figures of the paper."""
    catalogue = Catalogue(msgspec.structs.replace(site(), public_url="https://so.trungtam.camau.example.vn"))
    moment = datetime.fromisoformat(TICKET.issued_at).astimezone(ZoneInfo(catalogue.site.timezone))
    bands, fixed = lay_out(TICKET, catalogue, "vi", moment), fixed_bands(catalogue)
    memory, figures = _filled(fixed), []
    with tempfile.TemporaryDirectory(prefix="goiso-bench-") as folder:
        for mode in MODES:
            for baud in BAUDS:
                say(f"a ticket, {mode}, {baud} baud")
                size, seconds, bare = _print(Path(folder), mode, baud, memory, bands, fixed)
                if baud == BAUDS[0]:
                    goal = MOST_BYTES if mode == "hybrid" else None
                    figures.append(Figure(name=f"bytes_{mode}_vi", value=size, at_most=goal))
                goal = MOST_S if (mode, baud) == ("hybrid", 19_200) else None
                name = f"{baud}_{mode}"
                figures.append(Figure(name=f"bare_seconds_{name}", value=bare, unit="s"))
                figures.append(
                    Figure(
                        name=f"seconds_{name}", value=seconds, unit="s", baseline=f"bare_seconds_{name}", at_most=goal
                    )
                )
    return figures


def _filled(fixed: tuple[Band, ...]) -> NvMemory:
    """The memory of a printer that was given all it is to keep."""
    kept, memory = KeptSet(pictures(fixed, DOTS)), NvMemory()
    press, listed = Mechanism(DOTS, lambda _: None, lambda _: None, memory), frozenset[nv.Key]()
    while isinstance(step := kept.next_step(listed, memory.free), Define):
        for command in Parser().feed(nv.define(step.key, step.picture)):
            press.carry_out(command)
        listed |= {step.key}
    return memory


def _print(
    folder: Path, mode: Mode, baud: int, memory: NvMemory, bands: tuple[Band, ...], fixed: tuple[Band, ...]
) -> tuple[int, float, float]:
    """Bytes of a ticket, the seconds that it took, and those of the bare line."""
    door = TimedDoor(SerialDoor(folder / "printer", baud))
    machine = PrinterEmulator(door=door, width=DOTS, memory=memory)
    machine.start()
    ended = threading.Event()
    outcomes: list[PrintEnded] = []

    def tell(event: object) -> None:
        if isinstance(event, PrintEnded):
            outcomes.append(event)
            ended.set()

    tables = TABLES if mode == "native" else {}
    section = PrinterSection(address=door.address, mode=mode, tables=tables, deadline_s=PATIENCE_S)
    printer = EscposPrinter(section, tell, folder)
    printer.keep(fixed)
    printer.start()
    try:
        door.until(nv.LIST_KEYS if mode == "hybrid" else escpos.status_request(1), 0, READY_S)
        _quiet(door)
        since, began = door.mark(), time.monotonic()
        printer.print(TICKET.id, bands)
        at, said = door.until(escpos.BARRIER, since, PATIENCE_S)
        if not ended.wait(PATIENCE_S) or outcomes[-1].outcome is not Outcome.PRINTED:
            raise CannotStart(f"the ticket was not printed: {outcomes}")
    finally:
        printer.stop()
        machine.stop()
    ticket = said[said.index(escpos.RESET) :]
    return len(ticket), at - began, _bare(folder, baud, ticket)


def _quiet(door: TimedDoor) -> None:
    """Wait until the driver has no more to ask."""
    before = -1
    while (now := door.mark()) != before:
        before = now
        time.sleep(QUIET_S)


def _bare(folder: Path, baud: int, ticket: bytes) -> float:
    """The seconds that the line alone needs for `ticket`."""
    path = folder / "bare"
    door = TimedDoor(SerialDoor(path, baud))
    door.open(lambda _: None)
    line = os.open(path, os.O_RDWR | os.O_NOCTTY)
    try:
        began = time.monotonic()
        threading.Thread(target=_write, args=(line, ticket), daemon=True).start()
        at, _ = door.until(escpos.BARRIER, 0, PATIENCE_S)
        return at - began
    finally:
        os.close(line)
        door.close()


def _write(line: int, data: bytes) -> None:
    while data:
        data = data[os.write(line, data) :]
