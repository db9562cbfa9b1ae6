"""Kiosks whose hub comes and goes: real apps and journals, the hub's real rules, on a bus in memory."""

from pathlib import Path

from appliance.runtime.clock import ManualClock
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.outbox import Outbox
from appliance.runtime.site_words import SiteHeard
from appliance.runtime.stage import Stage
from kiosk.app import KioskApp, hears
from kiosk.app_parts import Parts
from kiosk.config import KeysSection, ScannerSection, SoundSection
from kiosk.drivers.keys_none import NoKeys
from kiosk.drivers.ruler import FontRuler
from kiosk.drivers.scanner_none import NoScanner
from kiosk.drivers.voices import mute
from kiosk.journal import KEPT
from kiosk.parts import CodeScanned, Outcome, PrintEnded, PrinterIs, PrinterState
from kiosk.states import Times
from kiosk.ticket import Band, Number
from kiosk.view import View
from tests.driven_kiosk import DrivenKiosk
from tests.hub_core import MONDAY_0800
from tests.kiosk_hall import complaints
from tests.kiosk_scene import site
from tests.paper_check import Paper, papers, wrongs
from tests.rules_hub import RulesHub


class Glass:
    """A screen that keeps its last page."""

    fault, alive = "", True

    def __init__(self) -> None:
        self.view: View | None = None

    def start(self) -> None: ...

    def show(self, view: View) -> None:
        self.view = view

    def stop(self) -> None: ...


class Press:
    """A printer that prints at once. Its paper, for ever, is the file `tape`: head, number, cut, as they come out."""

    alive = True

    def __init__(self, tape: Path, post) -> None:
        self.tape, self._post = tape, post

    def start(self) -> None: ...

    def print(self, job: str, bands: tuple[Band, ...]) -> None:
        (number,) = (band.words for band in bands if isinstance(band, Number))
        with self.tape.open("ab", buffering=0) as tape:
            for part in (f"head {job}", f"number {number}", "cut"):
                tape.write(f"{part}\n".encode())
        self._post(PrintEnded(job, Outcome.PRINTED))

    def keep(self, bands: tuple[Band, ...]) -> None: ...

    def clear(self, bands: tuple[Band, ...]) -> None:
        with self.tape.open("ab", buffering=0) as tape:
            tape.write(b"void\ncut\n")

    def stop(self) -> None: ...


class Library:
    """Words that came from the disk."""

    def start(self) -> None: ...

    def want(self, revision: str) -> None: ...

    def stop(self) -> None: ...


class LoneKiosk(DrivenKiosk):
    """One life of a kiosk; make another on the same folder for the next. `boot` names the run of its machine."""

    def __init__(self, bus: MemoryBus, folder: Path, clock: ManualClock, device="kiosk-1", boot="b1") -> None:
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True)
        self.glass = Glass()
        self.press = Press(folder / "tape", self.inbox.append)
        self.outbox = Outbox(folder / "kiosk.sqlite", jitter=lambda: 0.5, keep=KEPT)
        self.link = MemoryLink(bus, "ca-mau", device, hears(device), self.inbox.append)
        parts = Parts(
            link=self.link,
            outbox=self.outbox,
            clock=clock,
            printer=self.press,
            screen=self.glass,
            scanner=NoScanner(ScannerSection(), self.inbox.append),
            voice=mute(SoundSection(), self.inbox.append),
            keys=NoKeys(KeysSection(), self.inbox.append),
            ruler=FontRuler(),
            stage=Stage("", device),
            words=Library(),
            size=(1080, 1920),
            language="vi",
            times=Times(take_s=2.0, sorry_s=2.0),
            monotonic=lambda: self.seconds,
            boot=boot,
        )
        self.app = KioskApp(parts, {})
        self.app.start()
        self.say(SiteHeard(site()), PrinterIs(PrinterState.READY))

    def shows(self, code: str) -> None:
        """A citizen holds a code before the scanner."""
        self.say(CodeScanned(code.encode()))

    @property
    def view(self) -> View:
        assert self.glass.view
        return self.glass.view

    @property
    def tickets(self) -> list[Paper]:
        """The whole tickets on paper, in order."""
        return papers(self.press.tape)

    @property
    def papers(self) -> list[str]:
        """Their numbers."""
        return [paper.number for paper in self.tickets]

    def power_cut(self) -> None:
        """The process is no more; its disk is."""
        self.link.stop()
        self.outbox.close()


class Centre:
    """A hub, its kiosks and one clock, from `now` (Unix ms) on; another one on the same folder goes on from there."""

    def __init__(self, folder: Path, kiosks: int = 1, now: int = MONDAY_0800) -> None:
        self.folder, self.bus, self.clock = folder, MemoryBus(), ManualClock(now / 1000)
        folder.mkdir(parents=True, exist_ok=True)
        self.book = folder / "book"
        self.hub = RulesHub(self.bus, self.clock, self.book)
        self.kiosks = [self.kiosk(n) for n in range(1, kiosks + 1)]
        self.live(6)

    def kiosk(self, n: int = 1, boot: str = "b1") -> LoneKiosk:
        return LoneKiosk(self.bus, self.folder / f"kiosk-{n}", self.clock, f"kiosk-{n}", boot)

    def live(self, seconds: int) -> None:
        """Let time pass for all."""
        for _ in range(seconds):
            self.clock.advance(1.0)
            self.hub.beat()
            for kiosk in self.kiosks:
                kiosk.say()
                kiosk.wait()

    def power_cut(self) -> None:
        """All is dark; what is on the disks stays."""
        for kiosk in self.kiosks:
            kiosk.power_cut()
        self.hub.stop()

    def wrongs(self) -> list[str]:
        """What does not agree, now that all is quiet."""
        hall = self.hub.hall
        facts = [fact for entry in hall.entries for fact in entry.facts]
        printed = [paper for kiosk in self.kiosks for paper in kiosk.tickets]
        owed = [f"{len(kiosk.outbox)} events are still to be told" for kiosk in self.kiosks if len(kiosk.outbox)]
        refused = [f"{device} was refused: {refusal.words.en}" for device, refusal in self.hub.refused]
        return wrongs(facts, printed) + complaints(hall) + owed + refused
