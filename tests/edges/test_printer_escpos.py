"""The real printer driver where it hurts: printers that lie, fall silent, stop half-way, answer for another job."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import PrinterSection
from kiosk.drivers.escpos_answers import Block
from kiosk.drivers.lines import opener
from kiosk.drivers.printer_escpos import LISTEN_S, UNCONFIRMING, EscposPrinter
from kiosk.drivers.printer_idle import Idle
from kiosk.drivers.printer_probe import Found
from kiosk.drivers.printer_talk import Talk
from kiosk.drivers.printer_watch import LOOK_S
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState
from kiosk.ticket import Caption, Number, void_strip
from tests.waiting import PATIENT_S, Mailbox
from virtual_centre.printer.doors import Door
from virtual_centre.printer.emulator import PrintedTicket, PrinterEmulator
from virtual_centre.printer.serial_door import SerialDoor
from virtual_centre.printer.speech import FLUENT, Speech

BANDS = (Caption("Nộp hồ sơ"), Number("A048"))


class Bench:
    def __init__(
        self,
        folder: Path,
        speech: Speech = FLUENT,
        *,
        door: Door | None = None,
        idle: Idle | None = None,
        deadline_s: float = 1.5,
    ) -> None:
        self.told, self.papers = Mailbox(), Mailbox()
        self.emulator = PrinterEmulator(on_ticket=self.papers.post, speech=speech, door=door)
        self.emulator.start()
        section = PrinterSection(address=self.emulator.address, deadline_s=deadline_s)
        self.printer = EscposPrinter(section, self.told.post, folder, idle)
        self.printer.start()
        assert self.told.next(PrinterIs).state is PrinterState.READY

    def print(self, job: str = "one") -> PrintEnded:
        self.printer.print(job, BANDS)
        return self.told.until(PrintEnded)

    def close(self) -> None:
        self.printer.stop()
        self.emulator.stop()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("fault", ["paper_out", "cover_open"])
def test_a_roll_that_ends_in_the_middle_is_told_long_before_the_deadline(tmp_path: Path, fault: str) -> None:
    bench = Bench(tmp_path, deadline_s=60.0)
    bench.emulator.fault(fault, after_rows=60)
    assert bench.print().outcome is Outcome.UNCERTAIN
    bench.emulator.fault(None)
    bench.close()


def test_what_changes_is_told_without_being_asked(tmp_path: Path) -> None:
    """This one never says by question that its paper is out."""
    bench = Bench(tmp_path, Speech(requests=(1,)))
    bench.emulator.fault("paper_out")
    assert bench.told.next(PrinterIs).state is PrinterState.PAPER_OUT
    bench.close()


def test_a_roll_that_ends_while_the_line_is_full_is_told_long_before_the_deadline(tmp_path: Path) -> None:
    bench = Bench(tmp_path, door=SerialDoor(tmp_path / "queue-printer", baud=9600), deadline_s=60.0)
    bench.emulator.fault("paper_out", after_rows=30)
    bench.printer.print("long", BANDS * 40)
    assert bench.told.until(PrintEnded) == PrintEnded("long", Outcome.UNCERTAIN, "stopped before its end")
    bench.emulator.fault(None)
    bench.close()


def test_a_printer_that_knows_half_of_the_questions_prints(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Speech(requests=(1, 4), tells=False, named=False))
    assert bench.print().outcome is Outcome.PRINTED
    bench.emulator.fault("paper_out")
    bench.told.until(PrinterIs, lambda told: told.state is PrinterState.PAPER_OUT)
    bench.close()


def test_what_a_printer_is_stands_in_the_log_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "kiosk.drivers.printer_watch")
    bench = Bench(tmp_path)
    assert bench.print().outcome is Outcome.PRINTED
    bench.emulator.fault("gone")
    bench.told.until(PrinterIs, lambda told: told.state is PrinterState.GONE)
    bench.emulator.fault(None)
    assert bench.told.next(PrinterIs) == PrinterIs(PrinterState.READY, "goiso virtual 1.0")
    bench.close()
    said = [record.getMessage() for record in caplog.records]
    assert said == ["printer: goiso virtual 1.0; answers DLE EOT 1, 2, 3, 4; tells changes by itself"]


def test_a_wrong_speed_is_told_from_a_dead_printer(bench: Bench) -> None:
    bench.emulator.fault("garbage")
    assert "nonsense" in bench.told.until(PrinterIs, lambda told: told.state is PrinterState.SILENT).detail
    bench.emulator.fault(None)
    bench.told.until(PrinterIs, lambda told: told.state is PrinterState.READY)
    bench.emulator.fault("silent")
    assert "nonsense" not in bench.told.until(PrinterIs, lambda told: told.state is PrinterState.SILENT).detail


def test_a_printer_that_never_confirms_wastes_no_paper(bench: Bench) -> None:
    bench.emulator.fault("never_confirms")
    assert bench.print().outcome is Outcome.UNCERTAIN
    assert bench.papers.next(PrintedTicket)
    bench.printer.clear(void_strip("vi"))
    told = bench.told.until(PrinterIs)
    assert (told.state, told.detail) == (PrinterState.ERROR, UNCONFIRMING)
    bench.papers.quiet(for_s=3 * LOOK_S)
    bench.told.quiet()


def test_a_serial_port_that_vanishes_in_the_middle_and_comes_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path, door=SerialDoor(tmp_path / "queue-printer", baud=19_200), deadline_s=20.0)
    bench.emulator.fault("dies")
    bench.printer.print("one", BANDS)
    assert bench.told.next(PrinterIs).state is PrinterState.GONE
    assert bench.told.next(PrintEnded).outcome is Outcome.UNCERTAIN
    out_already = bench.emulator.unfinished.height
    bench.printer.clear(void_strip("vi"))
    bench.emulator.fault(None)
    torn = bench.papers.next(PrintedTicket)
    bench.printer.clear(void_strip("vi"))
    strip = bench.papers.next(PrintedTicket)
    assert torn.height == out_already + strip.height, "the number of the old ticket did not come after all"
    assert bench.print("two").outcome is Outcome.PRINTED
    assert bench.papers.next(PrintedTicket).size > 1000
    bench.papers.quiet()
    assert bench.printer.alive
    bench.close()


def test_half_a_picture_of_a_dead_program_does_not_swallow_the_first_questions(tmp_path: Path) -> None:
    emulator, told = PrinterEmulator(), Mailbox()
    emulator.start()
    left_over = Talk(opener(emulator.address, tmp_path)(2.0))
    left_over.send(b"\x1dv0\x00\x48\x00\xff\x00" + bytes(5000), 2.0)
    left_over.close()
    printer = EscposPrinter(PrinterSection(address=emulator.address), told.post, tmp_path)
    printer.clear(void_strip("vi"))
    printer.start()
    assert told.next(PrinterIs) == PrinterIs(PrinterState.READY, "goiso virtual 1.0")
    printer.stop()
    emulator.stop()


def test_a_slow_printer_is_waited_for(tmp_path: Path) -> None:
    bench = Bench(tmp_path, deadline_s=30.0)
    bench.emulator.fault("slow")
    assert bench.print().outcome is Outcome.PRINTED
    bench.close()


class Errand:
    """Idle work in `pieces` short pieces."""

    def __init__(self, pieces: int) -> None:
        self.left, self.begun = pieces, threading.Event()

    def step(self, talk: Talk, found: Found) -> bool:
        self.begun.set()
        self.left = max(0, self.left - 1)
        talk.listen(Block, 0.02)
        return self.left > 0


def test_a_ticket_does_not_wait_for_what_can_wait(tmp_path: Path) -> None:
    errand = Errand(10**6)
    bench = Bench(tmp_path, idle=errand)
    assert errand.begun.wait(PATIENT_S)
    assert bench.print().outcome is Outcome.PRINTED
    assert errand.left > 0
    bench.close()


def test_nothing_is_done_on_the_side_with_a_printer_that_needs_hands(tmp_path: Path) -> None:
    errand = Errand(10**6)
    bench = Bench(tmp_path, idle=errand)
    bench.emulator.fault("cover_open")
    bench.told.until(PrinterIs, lambda told: told.state is PrinterState.COVER_OPEN)
    left = errand.left
    bench.told.quiet(3 * LISTEN_S)
    assert errand.left == left
    bench.close()


def test_the_old_ticket_is_not_continued_when_paper_is_back(bench: Bench) -> None:
    bench.emulator.fault("paper_out", after_rows=40)
    assert bench.print().outcome is Outcome.UNCERTAIN
    bench.printer.clear(void_strip("vi"))
    bench.emulator.fault(None)
    torn = bench.papers.next(PrintedTicket)
    assert bench.print("two").outcome is Outcome.PRINTED
    whole = bench.papers.next(PrintedTicket)
    assert torn.height < whole.height, "the number of the old ticket did not come after all"
    bench.papers.quiet()


def test_whoever_comes_first_after_a_new_roll_gets_a_ticket(bench: Bench) -> None:
    bench.emulator.fault("paper_out", after_rows=40)
    assert bench.print().outcome is Outcome.UNCERTAIN
    bench.printer.clear(void_strip("vi"))
    assert bench.told.next(PrinterIs).state is PrinterState.PAPER_OUT
    bench.emulator.fault(None)
    assert bench.told.next(PrinterIs).state is PrinterState.READY
    assert bench.print("two").outcome is Outcome.PRINTED


def test_garbage_is_no_confirmation(bench: Bench) -> None:
    bench.emulator.fault("garbage", after_rows=1)
    assert bench.print().outcome is Outcome.UNCERTAIN


def test_a_printer_that_falls_silent_in_the_middle_leaves_doubt(bench: Bench) -> None:
    bench.emulator.fault("silent", after_rows=1)
    assert bench.print().outcome is Outcome.UNCERTAIN


def test_a_confirmation_that_comes_late_does_not_confirm_the_next_ticket(tmp_path: Path) -> None:
    bench = Bench(tmp_path, deadline_s=0.4)
    bench.emulator.fault("slow")
    assert bench.print("one").outcome is Outcome.UNCERTAIN
    bench.emulator.fault("silent")
    bench.printer.print("two", BANDS)
    assert bench.told.until(PrintEnded).outcome is not Outcome.PRINTED
    bench.emulator.fault(None)
    bench.close()


def test_a_printer_that_is_switched_on_later_is_found(tmp_path: Path) -> None:
    emulator = PrinterEmulator()
    emulator.start()
    emulator.fault("gone")
    told = Mailbox()
    printer = EscposPrinter(PrinterSection(address=emulator.address), told.post, tmp_path)
    printer.start()
    assert told.next(PrinterIs).state is PrinterState.GONE
    emulator.fault(None)
    assert told.next(PrinterIs).state is PrinterState.READY
    printer.stop()
    emulator.stop()


def test_a_status_question_costs_no_bytes_of_a_ticket(bench: Bench) -> None:
    sizes = []
    for job in ("one", "two", "three"):
        assert bench.print(job).outcome is Outcome.PRINTED
        sizes.append(bench.papers.next(PrintedTicket).size)
    assert sizes[1] == sizes[2], "before the first one it was asked who it is"
