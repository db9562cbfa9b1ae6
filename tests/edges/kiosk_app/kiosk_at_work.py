"""A whole kiosk but for glass and printer: its app, a bus in memory, a journal on disk, and a hub that says little."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from appliance.runtime.clock import ManualClock
from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.outbox import Outbox
from appliance.runtime.site_words import SiteHeard
from appliance.runtime.stage import Stage
from appliance.sound.player import SoundEnded
from appliance.sound.said import Said
from appliance.wire.messages import (
    Answer,
    Fate,
    Health,
    HubBeat,
    SiteState,
    TicketRequest,
    TicketView,
)
from kiosk.app import KioskApp, Parts, hears
from kiosk.config import KeysSection, ScannerSection
from kiosk.drivers.keys_none import NoKeys
from kiosk.drivers.ruler import FontRuler
from kiosk.drivers.scanner_none import NoScanner
from kiosk.journal import KEPT
from kiosk.parts import PrinterIs, PrinterState
from kiosk.states import Times
from kiosk.ticket import Band
from kiosk.view import View
from tests.driven_kiosk import DrivenKiosk
from tests.kiosk_scene import TICKET, site

DEVICE = "kiosk-1"
TAKEN = ("Chose", "Wanted", "Took")


class Glass:
    """A screen that remembers its pages."""

    fault = ""
    alive = True

    def __init__(self) -> None:
        self.views: list[View] = []

    def start(self) -> None: ...

    def show(self, view: View) -> None:
        self.views.append(view)

    def stop(self) -> None: ...


class Press:
    """A printer that prints when it is told to."""

    alive = True

    def __init__(self) -> None:
        self.jobs: list[str] = []
        self.papers: list[tuple[Band, ...]] = []
        self.words: tuple[Band, ...] = ()
        self.cleared = 0
        self.journal_when_printing: list[int] = []
        self.outbox: Outbox | None = None

    def start(self) -> None: ...

    def print(self, job: str, bands: tuple[Band, ...]) -> None:
        assert bands
        assert self.outbox is not None
        self.jobs.append(job)
        self.papers.append(bands)
        self.journal_when_printing.append(self.outbox.highest)

    def keep(self, bands: tuple[Band, ...]) -> None:
        self.words = bands

    def clear(self, bands: tuple[Band, ...]) -> None:
        assert bands
        self.cleared += 1

    def stop(self) -> None: ...


class Library:
    """Words that are there from the start."""

    def __init__(self) -> None:
        self.wanted: list[str] = []

    def start(self) -> None: ...

    def want(self, revision: str) -> None:
        self.wanted.append(revision)

    def stop(self) -> None: ...


class Throat:
    """A voice that says everything, is over when it is told so, and keeps what it said."""

    fault = ""
    alive = True
    languages = frozenset({"vi", "en"})

    def __init__(self, tell: Callable[[object], None]) -> None:
        self._tell = tell
        self._job = ""
        self.said: list[list[str]] = []
        self.tongues: set[str] = set()

    def start(self) -> None: ...

    def say(self, job: str, said: Sequence[Said]) -> None:
        self.hush()
        self._job = job
        self.said.append([piece.words for piece in said])
        self.tongues |= {piece.language for piece in said}

    def hush(self) -> None:
        if self._job:
            self._tell(SoundEnded(self._job, whole=False))
        self._job = ""

    def finish(self) -> None:
        """The words are over."""
        job, self._job = self._job, ""
        if job:
            self._tell(SoundEnded(job, whole=True))

    def stop(self) -> None: ...


class Hub:
    """The hub's end: opens, counts, answers when told to."""

    def __init__(self, bus: MemoryBus) -> None:
        self.asked: list[TicketRequest] = []
        self.fates: list[Fate] = []
        self.health: list[Health] = []
        self._beats = 0
        hears = [(TicketRequest, "+"), (Fate, "+"), (Health, "+")]
        self.link = MemoryLink(bus, "ca-mau", "hub", hears, self._take)
        self.link.start()

    def _take(self, event: object) -> None:
        message = event.message if isinstance(event, Heard) else None
        if isinstance(message, TicketRequest) and message.id not in [request.id for request in self.asked]:
            self.asked.append(message)
        if isinstance(message, Fate) and message.id not in [fate.id for fate in self.fates]:
            self.fates.append(message)
        if isinstance(message, Health):
            self.health.append(message)

    def open(self, is_open: bool = True) -> None:
        words = site()
        self._beats += 1
        services = tuple(service.id for service in words.services)
        state = SiteState(
            gen=1,
            rev=self._beats,
            open=is_open,
            notice="",
            services=services,
            queues=(),
            desks=(),
            languages=("vi",),
            levels=4,
            revision=words.revision,
        )
        self.link.publish(state)
        self.beat()
        self.beat()

    def beat(self) -> None:
        self._beats += 1
        self.link.publish(HubBeat(gen=1, at=f"2026-11-23T07:{self._beats // 60:02}:{self._beats % 60:02}+07:00"))

    def answer(self, request: TicketRequest, **changed: object) -> TicketView:
        ticket = msgspec.structs.replace(TICKET, id=request.id, **changed)
        self.link.publish(Answer(gen=1, re=request.id, ok=True, ticket=ticket), DEVICE)
        return ticket

    def refuse(self, request: TicketRequest, error: str, **more: object) -> None:
        self.link.publish(Answer(gen=1, re=request.id, ok=False, error=error, **more), DEVICE)  # type: ignore[arg-type]

    def told(self) -> list[str]:
        return [fate.fate for fate in self.fates]


class Kiosk(DrivenKiosk):
    """One life of the process; make another on the same folder for the next."""

    def __init__(self, bus: MemoryBus, folder: Path) -> None:
        super().__init__()
        self.glass, self.press, self.library = Glass(), Press(), Library()
        self.throat = Throat(self.inbox.append)
        self.path = folder / "kiosk.sqlite"
        self.outbox = self.press.outbox = Outbox(self.path, jitter=lambda: 0.5, keep=KEPT)
        self.link = MemoryLink(bus, "ca-mau", DEVICE, hears(DEVICE), self.inbox.append)
        self.app = KioskApp(
            Parts(
                link=self.link,
                outbox=self.outbox,
                clock=ManualClock(),
                printer=self.press,
                screen=self.glass,
                scanner=NoScanner(ScannerSection(), self.inbox.append),
                voice=self.throat,
                keys=NoKeys(KeysSection(), self.inbox.append),
                ruler=FontRuler(),
                stage=Stage("", DEVICE),
                words=self.library,
                size=(1080, 1920),
                language="vi",
                times=Times(),
                monotonic=lambda: self.seconds,
            ),
            {},
        )
        self.app.start()
        self.say(SiteHeard(site()), PrinterIs(PrinterState.READY))

    def live(self, seconds: int, hub: "Hub") -> None:
        """Let time pass while the hub's heart beats."""
        for _ in range(seconds):
            self.wait(1.0)
            hub.beat()
            self.say()

    @property
    def view(self) -> View:
        return self.glass.views[-1]

    def power_cut(self) -> None:
        """The process is no more; its disk is."""
        self.outbox.close()
