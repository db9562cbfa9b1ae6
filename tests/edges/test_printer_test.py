"""`goiso printer-test` in a technician's hands: what is wrong is said, with what to do; paper proves the rest."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kiosk.drivers.code_pages import CANDIDATES
from kiosk.drivers.proof_page import CODE
from kiosk.printer_test.__main__ import main
from tests.waiting import Mailbox
from virtual_centre.printer.emulator import PrintedTicket, PrinterEmulator
from virtual_centre.printer.serial_door import SerialDoor
from virtual_centre.printer.speech import Speech


class Bench:
    """A printer, and what the technician reads."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys = capsys
        self.papers = Mailbox()
        self.port = folder / "queue-printer"
        self.emulator: PrinterEmulator

    def plug(self, *, serial: bool = False, speech: Speech | None = None, width: int = 576) -> None:
        door = SerialDoor(self.port, baud=115_200) if serial else None
        self.emulator = PrinterEmulator(on_ticket=self.papers.post, door=door, width=width, speech=speech or Speech())
        self.emulator.start()

    def run(self, *more: str) -> tuple[int, str]:
        code = main(["--address", self.emulator.address, *more])
        return code, self._capsys.readouterr().out


@pytest.fixture
def bench(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Bench]:
    made = Bench(capsys, tmp_path)
    yield made
    made.emulator.stop()


def codes_on(paper: PrintedTicket) -> list[str]:
    picture = np.array(Image.open(io.BytesIO(paper.png)).convert("L"))
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("serial", [False, True])
@pytest.mark.parametrize("dots", [576, 384])
def test_a_page_proves_what_the_printer_can(bench: Bench, serial: bool, dots: int) -> None:
    bench.plug(serial=serial, width=dots)
    code, said = bench.run("--dots", str(dots), "--numbers", "16-18")
    assert code == 0
    assert "goiso virtual 1.0" in said
    assert f'address = "{bench.emulator.address}"' in said
    assert f"dots = {dots}" in said
    assert codes_on(bench.papers.next(PrintedTicket)) == [CODE, CODE], "the printer's own and the drawn one"
    bench.papers.quiet()


def test_every_known_table_is_asked_for(bench: Bench) -> None:
    bench.plug()
    assert bench.run()[0] == 0
    size = bench.papers.next(PrintedTicket).size
    assert bench.run("--numbers", ",".join(str(each.number) for each in CANDIDATES))[0] == 0
    assert bench.papers.next(PrintedTicket).size > size


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("paper_out", "Out of paper"),
        ("cover_open", "The cover is open"),
        ("error", "cutter jammed"),
        ("hot", "recovers by itself"),
        ("silent", "No answer"),
        ("garbage", "makes no sense"),
        ("gone", "its port is closed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_printed(bench: Bench, fault: str, words: str) -> None:
    bench.plug()
    bench.emulator.fault(fault)  # type: ignore[arg-type]
    code, said = bench.run()
    assert code == 1
    assert words in said
    assert "[printer]" not in said
    bench.papers.quiet()


@pytest.mark.parametrize("fault", ["garbage", "silent"])
def test_a_serial_printer_that_is_not_understood_may_have_another_speed(bench: Bench, fault: str) -> None:
    bench.plug(serial=True)
    bench.emulator.fault(fault)  # type: ignore[arg-type]
    code, said = bench.run()
    assert code == 1
    assert f'goiso printer-test --address "serial:{bench.port}?baud=19200"' in said
    assert f'--address "serial:{bench.port}?baud=115200"' not in said, "that one was tried"


def test_a_port_that_is_not_there_is_called_so(bench: Bench) -> None:
    bench.plug(serial=True)
    bench.emulator.fault("gone")
    code, said = bench.run()
    assert code == 1
    assert "There is no such port" in said


@pytest.mark.parametrize("serial", [False, True])
def test_a_printer_that_dies_under_the_page_is_told(bench: Bench, serial: bool) -> None:
    bench.plug(serial=serial)
    bench.emulator.fault("dies")
    code, said = bench.run()
    assert code == 1
    assert "The line to the printer was lost" in said


def test_a_cover_that_is_opened_under_the_page_is_told(bench: Bench) -> None:
    bench.plug()
    bench.emulator.fault("cover_open", after_rows=300)
    code, said = bench.run()
    assert code == 1
    assert "did not confirm" in said
    assert "The cover is open" in said


def test_a_printer_that_never_confirms_is_not_recommended(bench: Bench) -> None:
    bench.plug()
    bench.emulator.fault("never_confirms")
    code, said = bench.run()
    assert code == 1
    assert "every ticket would count as unsure" in said
    assert "--confirm process-id" in said
    assert codes_on(bench.papers.next(PrintedTicket)), "the page is printed all the same"


def test_a_printer_that_tells_nothing_of_itself_prints_the_page(bench: Bench) -> None:
    bench.plug(speech=Speech(requests=(1, 4), tells=False, named=False))
    code, said = bench.run()
    assert code == 0
    assert "does not say who made it" in said
    assert "asked every second" in said


KIOSK = """
[device]
id = "kiosk-1"
site = "ca-mau"
[data]
dir = "{folder}"
[hub]
url = "http://127.0.0.1:8080"
[printer]
{printer}
"""


def configured(folder: Path, printer: str) -> list[str]:
    file = folder / "kiosk.toml"
    file.write_text(KIOSK.format(folder=folder, printer=printer), encoding="utf-8")
    return ["--config", str(file)]


def test_the_printer_of_a_kiosk_is_tried_as_the_kiosk_would(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.plug()
    line = f'address = "{bench.emulator.address}"\nconfirm = "process-id"'
    assert main(configured(tmp_path, line)) == 0
    assert 'confirm = "process-id"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("printer", "words"),
    [
        ('driver = "sim"', "simulated printer"),
        ('driver = "star"', "printer.driver"),
        ('address = "ftp://printer"', "begins with none of tcp:, serial:, usb:"),
        ('address = "tcp://10.0.0.1"\nprofile = "TM-T20"', "printer.profile"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], printer: str, words: str
) -> None:
    assert main(configured(tmp_path, printer)) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "more", [[], ["--address", "tcp://x", "--config", "y"], ["--address", "tcp://x", "--numbers", "999"]]
)
def test_a_command_line_that_is_wrong_is_refused(more: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(more)
    assert left.value.code == 2
