"""Fixed words in the printer's memory: written once, looked up at every meeting, never in a ticket's way."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from kiosk.catalogue import Catalogue
from kiosk.config import PrinterSection
from kiosk.drivers import nv_bytes as nv
from kiosk.drivers.compose import Way, ticket_bytes
from kiosk.drivers.kept import KeptSet
from kiosk.drivers.pictures import pictures
from kiosk.drivers.printer_escpos import EscposPrinter
from kiosk.drivers.printer_memory import PrinterMemory
from kiosk.drivers.printer_probe import Found
from kiosk.drivers.printer_talk import Talk
from kiosk.drivers.strip import Picture
from kiosk.fixed import fixed_bands
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState
from kiosk.ticket import Band, Caption, Errand, Note, Number, Subject, Title
from tests.kiosk_scene import site
from tests.paper import decoded
from tests.waiting import Mailbox, eventually
from virtual_centre.printer.commands import Parser
from virtual_centre.printer.emulator import PrintedTicket, PrinterEmulator
from virtual_centre.printer.mechanism import Mechanism
from virtual_centre.printer.nv_memory import NvMemory

WORDS: tuple[Band, ...] = (Title("Trung tâm"), Subject("Đất đai, môi trường"), Errand("Nộp hồ sơ"), Caption("SỐ"))
TICKET: tuple[Band, ...] = (*WORDS, Number("A048"))
MARKS = 4


def keys_of(words: tuple[Band, ...]) -> set[bytes]:
    """The keys of a memory that keeps all these words and nothing else."""
    kept = KeptSet(pictures(words, 576))
    return {bytes(key) for key in (*kept.marks, *kept.keys.values())}


class Site:
    """A printer with `memory`, and drivers that come and go."""

    def __init__(self, folder: Path, memory: NvMemory | None) -> None:
        self.folder, self.memory = folder, memory
        self.papers = Mailbox()
        self.emulator = PrinterEmulator(self.papers.post, memory=memory)
        self.emulator.start()
        self.drivers: list[EscposPrinter] = []

    def drive(self, words: tuple[Band, ...] = WORDS, **section: object) -> tuple[EscposPrinter, Mailbox]:
        told = Mailbox()
        made = PrinterSection(address=self.emulator.address, **({"deadline_s": 5.0} | section))
        printer = EscposPrinter(made, told.post, self.folder)
        printer.keep(words)
        printer.start()
        self.drivers.append(printer)
        assert told.next(PrinterIs).state is PrinterState.READY
        return printer, told

    def print(self, driven: tuple[EscposPrinter, Mailbox], bands: tuple[Band, ...] = TICKET) -> PrintedTicket:
        driven[0].print("one", bands)
        assert driven[1].until(PrintEnded).outcome is Outcome.PRINTED
        return self.papers.next(PrintedTicket)

    def print_when_met(self, driven: tuple[EscposPrinter, Mailbox]) -> PrintedTicket:
        """The first ticket after the printer has told what it keeps: figures are its own from then on."""
        drawn = len(ticket_bytes(TICKET, Way(576)))
        while (paper := self.print(driven)).size >= drawn:
            pass
        return paper

    def filled(self, words: tuple[Band, ...] = WORDS) -> bool:
        return self.memory is not None and {*self.memory.keys} == keys_of(words)

    def close(self) -> None:
        for printer in self.drivers:
            printer.stop()
        self.emulator.stop()


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, NvMemory())
    yield made
    made.close()


def small(paper: PrintedTicket) -> bool:
    return paper.size < 400


def test_words_are_written_once_and_printed_from_memory_by_every_later_kiosk(centre: Site) -> None:
    first = centre.drive()
    eventually(centre.filled)
    assert centre.memory
    eventually(lambda: small(centre.print(first)))
    first[0].stop()
    second = centre.drive()
    eventually(lambda: small(centre.print(second)))
    assert set(centre.memory.writes.values()) == {1}


def test_a_ticket_that_comes_before_its_words_are_kept_is_drawn(tmp_path: Path) -> None:
    centre = Site(tmp_path, NvMemory())
    driven = centre.drive(fixed_words())
    drawn = centre.print(driven)
    assert drawn.size > 2000
    centre.close()


def fixed_words() -> tuple[Band, ...]:
    return fixed_bands(Catalogue(site()))


def test_an_upload_that_was_cut_off_goes_on_and_writes_nothing_twice(tmp_path: Path) -> None:
    memory = NvMemory(path=tmp_path / "nv")
    centre = Site(tmp_path, memory)
    words = fixed_words()[:20]
    centre.drive(words)
    eventually(lambda: len(memory.keys) > MARKS + 5)
    centre.emulator.fault("dies")
    centre.emulator.fault("gone")
    centre.close()
    kept = len(memory.keys)
    again = NvMemory(path=tmp_path / "nv")
    assert len(again.keys) == kept, "a printer's memory outlives its power"
    later = Site(tmp_path, again)
    driven = later.drive(words)
    eventually(lambda: later.filled(words), 60)
    assert len(again.writes) == len(words) + MARKS - kept
    assert set((memory.writes | again.writes).values()) == {1}
    assert memory.writes.keys().isdisjoint(again.writes)
    eventually(lambda: small(later.print(driven, (*words[:3], Number("A048")))))
    later.close()


def test_a_picture_that_was_cut_off_in_its_middle_does_not_swallow_the_next_ticket(centre: Site) -> None:
    """A kiosk was killed while it wrote: the printer waits for the rest, and takes whatever comes for that."""
    picture = Picture((1,) * 600, 560)
    with socket.create_connection(("127.0.0.1", int(centre.emulator.address.rsplit(":", 1)[1]))) as line:
        line.sendall(nv.define(nv.Key(65, 66), picture)[:1000])
    heights = {len(decoded(ticket_bytes(TICKET, way), 576)) for way in (Way(576), Way(576, "hybrid"))}
    assert centre.print(centre.drive()).height in heights


def test_words_that_changed_replace_the_old_ones(centre: Site) -> None:
    centre.drive()[0].stop()
    changed = (Title("Trung tâm mới"), *WORDS[1:])
    first = centre.drive()
    eventually(centre.filled)
    first[0].keep(changed)
    driven = first
    assert centre.memory
    eventually(lambda: centre.filled(changed))
    eventually(lambda: small(centre.print(driven, (*changed, Number("A048")))))
    assert not small(centre.print(driven, TICKET)), "the old name is drawn, it is not in the memory any more"


def test_pictures_of_somebody_else_are_not_taken_for_ours(tmp_path: Path) -> None:
    memory = NvMemory()
    other = Site(tmp_path, memory)
    theirs = (Title("Trung tâm khác"), Subject("Tư pháp"), Errand("Nhận kết quả"), Note("Lời dặn"), Caption("SỐ"))
    other.drive(theirs)
    eventually(lambda: other.filled(theirs))
    other.close()
    centre = Site(tmp_path, memory)
    driven = centre.drive()
    assert not small(centre.print_when_met(driven)), "never another centre's words"
    eventually(centre.filled)
    eventually(lambda: small(centre.print(driven)))
    centre.close()


def test_a_printer_that_was_swapped_is_looked_at_again(centre: Site) -> None:
    driven = centre.drive()
    eventually(centre.filled)
    centre.emulator.fault("gone")
    driven[1].until(PrinterIs, lambda told: told.state is PrinterState.GONE)
    assert centre.memory
    centre.memory.clear()
    centre.emulator.fault(None)
    driven[1].until(PrinterIs, lambda told: told.state is PrinterState.READY)
    assert centre.print(driven).size > 2000, "what is not there is drawn"
    assert not small(centre.print_when_met(driven)), "what is not there is drawn"
    eventually(centre.filled)
    eventually(lambda: small(centre.print(driven)))


def test_a_memory_that_is_too_small_keeps_the_first_words_and_the_rest_is_drawn(tmp_path: Path) -> None:
    memory = NvMemory(capacity=9000)
    centre = Site(tmp_path, memory)
    words = fixed_words()
    driven = centre.drive(words)
    eventually(lambda: len(memory.keys) > MARKS + 1)
    eventually(lambda: small(centre.print(driven, (words[0], Number("A048")))))
    assert not small(centre.print(driven, (words[-1], Number("A048"))))
    assert len(memory.keys) < len(words)
    assert set(memory.writes.values()) == {1}, "and nobody tries again and again"
    centre.close()


def test_a_printer_without_such_a_memory_gets_everything_drawn(tmp_path: Path) -> None:
    centre = Site(tmp_path, None)
    driven = centre.drive()
    assert centre.print(driven).size > 2000
    assert centre.print(driven).size > 2000
    centre.close()


def test_in_raster_mode_nothing_is_written_to_the_memory(centre: Site) -> None:
    driven = centre.drive(mode="raster")
    assert centre.print(driven).size > 2000
    assert centre.memory
    assert not centre.memory.writes


def test_the_sign_of_the_centre_is_kept_and_stands_above_its_name(centre: Site, tmp_path: Path) -> None:
    sign = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    ImageDraw.Draw(sign).ellipse((50, 0, 350, 299), fill=(180, 20, 20, 255))
    sign.save(tmp_path / "sign.png")
    plain = centre.drive()
    eventually(centre.filled)
    bare = centre.print(plain)
    plain[0].stop()
    signed = centre.drive(logo=str(tmp_path / "sign.png"))
    assert centre.memory
    eventually(lambda: len(centre.memory.keys) == len(WORDS) + 1 + MARKS and not centre.filled())
    eventually(lambda: small(centre.print(signed)))
    assert centre.print(signed).height == bare.height + 112 + 8


def test_a_sign_that_cannot_be_read_costs_no_ticket(centre: Site, tmp_path: Path) -> None:
    (tmp_path / "sign.png").write_bytes(b"no picture")
    for name in ("sign.png", "nothing.png"):
        driven = centre.drive(logo=str(tmp_path / name))
        assert centre.print(driven).height
        driven[0].stop()


class Wire:
    """A line whose other end prints at once."""

    def __init__(self, memory: NvMemory) -> None:
        self._parser, self._said = Parser(), bytearray()
        self._press = Mechanism(576, lambda _: None, self._said.extend, memory)

    def send(self, data: bytes, timeout_s: float) -> int:
        for command in self._parser.feed(data):
            self._press.carry_out(command)
        return len(data)

    def receive(self, timeout_s: float) -> bytes:
        said = bytes(self._said)
        self._said.clear()
        return said

    def close(self) -> None: ...


def test_what_a_printer_keeps_is_unknown_until_it_was_met_and_when_it_is_met_again() -> None:
    memory, keeper, found = NvMemory(), PrinterMemory(576), Found()
    talk = Talk(Wire(memory))
    keeper.keep(WORDS)
    assert keeper.kept(found) is None
    eventually(lambda: not keeper.step(talk, found) and {*memory.keys} == keys_of(WORDS))
    kept = keeper.kept(found)
    assert kept is not None
    assert len(kept) == len(WORDS)
    assert keeper.kept(Found()) is None, "another one, however alike"
