"""One suite for every printer: the simulated one, and the real driver on a printer made of software, by both ways."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from appliance.runtime.stage import Stage
from kiosk.config import PrinterSection
from kiosk.drivers.printer_escpos import EscposPrinter
from kiosk.drivers.printer_sim import SimPrinter
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState
from kiosk.ports import Printer
from kiosk.ticket import Band, Caption, Number, Rule, void_strip
from tests.waiting import Mailbox
from virtual_centre.printer.emulator import PrinterEmulator
from virtual_centre.printer.serial_door import SerialDoor
from virtual_centre.printer.speech import Speech

BANDS: tuple[Band, ...] = (Caption("Đất đai, môi trường"), Rule(), Number("A048"))


class Rig(Protocol):
    """A printer on the bench: what it tells, and how to hurt it."""

    printer: Printer
    told: Mailbox

    def fault(self, name: str | None) -> None: ...

    def stop(self) -> None: ...


class SimRig:
    def __init__(self, folder: Path) -> None:
        self.told = Mailbox()
        self._sim = SimPrinter(PrinterSection(driver="sim"), self.told.post, folder, Stage("", "kiosk-1"))
        self.printer: Printer = self._sim
        self.printer.start()

    def fault(self, name: str | None) -> None:
        self._sim.play(name)

    def stop(self) -> None:
        self.printer.stop()


class EscposRig:
    def __init__(self, folder: Path, kind: str) -> None:
        self.told = Mailbox()
        door = SerialDoor(folder / "queue-printer", baud=115_200) if kind == "serial" else None
        speech = Speech(tells=False, named=False) if kind == "plain" else Speech()
        self.emulator = PrinterEmulator(door=door, speech=speech)
        self.emulator.start()
        section = PrinterSection(
            address=self.emulator.address,
            confirm="process-id" if kind == "process-id" else "barrier",
            deadline_s=3.0,
        )
        self.printer: Printer = EscposPrinter(section, self.told.post, folder)
        self.printer.start()

    def fault(self, name: str | None) -> None:
        self.emulator.fault(name)  # type: ignore[arg-type]

    def stop(self) -> None:
        self.printer.stop()
        self.emulator.stop()


@pytest.fixture(params=["sim", "barrier", "process-id", "plain", "serial"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """A simulated printer, then the real driver: each way to confirm, a printer that tells nothing unasked, a pty."""
    made: Rig = SimRig(tmp_path) if request.param == "sim" else EscposRig(tmp_path, request.param)
    assert made.told.next(PrinterIs).state is PrinterState.READY
    yield made
    made.stop()


each_way_of_telling = pytest.mark.parametrize("rig", ["sim", "barrier", "plain"], indirect=True)
"""How a state is learned does not depend on the cable or on how paper is confirmed."""


def ended(rig: Rig) -> PrintEnded:
    return rig.told.until(PrintEnded)


def becomes(rig: Rig, state: PrinterState) -> None:
    rig.told.until(PrinterIs, lambda told: told.state is state)


def test_a_printer_that_is_well_prints_and_says_so(rig: Rig) -> None:
    rig.printer.print("one", BANDS)
    assert ended(rig) == PrintEnded("one", Outcome.PRINTED)


def test_jobs_come_out_in_their_order_each_told_once(rig: Rig) -> None:
    for job in ("one", "two", "three"):
        rig.printer.print(job, BANDS)
    assert [ended(rig).job for _ in range(3)] == ["one", "two", "three"]
    rig.told.quiet()


@each_way_of_telling
@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("paper_out", PrinterState.PAPER_OUT),
        ("cover_open", PrinterState.COVER_OPEN),
        ("error", PrinterState.ERROR),
        ("hot", PrinterState.ERROR),
        ("garbage", PrinterState.SILENT),
        ("silent", PrinterState.SILENT),
        ("gone", PrinterState.GONE),
    ],
)
def test_a_printer_that_cannot_print_says_why_takes_nothing_and_recovers(
    rig: Rig, fault: str, state: PrinterState
) -> None:
    rig.fault(fault)
    becomes(rig, state)
    rig.printer.print("one", BANDS)
    assert ended(rig).outcome is Outcome.UNSENT
    rig.fault(None)
    becomes(rig, PrinterState.READY)
    rig.printer.print("two", BANDS)
    assert ended(rig) == PrintEnded("two", Outcome.PRINTED)


def test_paper_that_is_nearly_used_up_still_prints(rig: Rig) -> None:
    rig.fault("near_end")
    becomes(rig, PrinterState.NEAR_END)
    rig.printer.print("one", BANDS)
    assert ended(rig).outcome is Outcome.PRINTED


def test_a_printer_that_forgets_its_buffer_leaves_doubt_and_goes_on(rig: Rig) -> None:
    rig.fault("forgets")
    rig.printer.print("one", BANDS)
    assert ended(rig).outcome is Outcome.UNCERTAIN
    rig.fault(None)
    rig.printer.clear(void_strip("vi"))
    rig.printer.print("two", BANDS)
    assert ended(rig) == PrintEnded("two", Outcome.PRINTED)


@each_way_of_telling
def test_a_printer_that_never_confirms_is_no_printer_until_it_was_off(rig: Rig) -> None:
    rig.fault("never_confirms")
    rig.printer.print("one", BANDS)
    assert ended(rig).outcome is Outcome.UNCERTAIN
    rig.printer.clear(void_strip("vi"))
    becomes(rig, PrinterState.ERROR)
    rig.printer.print("two", BANDS)
    assert ended(rig).outcome is Outcome.UNSENT
    rig.fault("gone")
    becomes(rig, PrinterState.GONE)
    rig.fault(None)
    becomes(rig, PrinterState.READY)
    rig.printer.print("three", BANDS)
    assert ended(rig) == PrintEnded("three", Outcome.PRINTED)


def test_a_printer_that_dies_in_the_middle_leaves_doubt_and_comes_back(rig: Rig) -> None:
    rig.fault("dies")
    rig.printer.print("one", BANDS)
    assert ended(rig).outcome is Outcome.UNCERTAIN
    rig.printer.clear(void_strip("vi"))
    rig.fault(None)
    becomes(rig, PrinterState.READY)
    rig.printer.print("two", BANDS)
    assert ended(rig) == PrintEnded("two", Outcome.PRINTED)
