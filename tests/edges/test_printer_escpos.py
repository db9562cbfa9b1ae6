"""The real printer driver where it hurts: printers that lie, fall silent, stop half-way, answer for another job."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.runtime.errors import ConfigError
from kiosk.config import PrinterSection
from kiosk.drivers.lines import opener
from kiosk.drivers.printer_escpos import EscposPrinter
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState
from kiosk.ticket import Caption, Number, void_strip
from tests.waiting import Mailbox
from virtual_centre.printer.emulator import PrintedTicket, PrinterEmulator

BANDS = (Caption("Nộp hồ sơ"), Number("A048"))


class Bench:
    def __init__(self, folder: Path, **section: object) -> None:
        self.told, self.papers = Mailbox(), Mailbox()
        self.emulator = PrinterEmulator(on_ticket=self.papers.post)
        self.emulator.start()
        made = PrinterSection(address=self.emulator.address, **({"deadline_s": 1.5} | section))
        self.printer = EscposPrinter(made, self.told.post, folder)
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


@pytest.mark.parametrize(
    "address", ["", "http://x", "tcp://", "tcp://host:99999", "serial:", "serial:/dev/x?baud=fast", "usb:nonsense"]
)
def test_an_address_that_is_none_is_refused_by_name(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigError, match=r"printer\.address"):
        opener(address, tmp_path)


def test_a_status_question_costs_no_bytes_of_a_ticket(bench: Bench) -> None:
    sizes = []
    for job in ("one", "two", "three"):
        assert bench.print(job).outcome is Outcome.PRINTED
        sizes.append(bench.papers.next(PrintedTicket).size)
    assert sizes[1] == sizes[2], "before the first one it was asked who it is"
