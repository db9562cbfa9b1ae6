"""Kiosks whose hub comes and goes: real apps and journals, the hub's real rules, on a bus in memory."""

from pathlib import Path

from msgspec import UNSET

from appliance.runtime.clock import ManualClock
from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.outbox import Outbox
from appliance.runtime.site_words import SiteHeard
from appliance.runtime.stage import Stage
from appliance.wire.messages import Ack, Fate, Health, HubBeat, LeaseGrant, TicketRequest
from broker import leases, views
from broker.commands import Command
from broker.decide import subject
from broker.journals import Journals
from broker.refusals import Refusal
from kiosk.app import KioskApp, hears
from kiosk.app_parts import Parts
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState, ScreenTouched
from kiosk.states import Times
from kiosk.ticket import Band, Number
from kiosk.view import View
from tests.hub_core import MONDAY_0800
from tests.kiosk_hall import KioskHall
from tests.kiosk_scene import site

WISH = ("Chose(field='tnmt')", "Wanted", "Took")


class RulesHub:
    """What a hub says, straight from its rules; away while `away` is set, when nothing reaches it."""

    def __init__(self, bus: MemoryBus, clock: ManualClock) -> None:
        self.hall, self.clock, self.away = KioskHall(now=round(clock.now() * 1000)), clock, False
        self.refused: list[tuple[str, Refusal]] = []
        self._journals, self._answers, self._beats = Journals({}), {}, 0
        hears_ = [(TicketRequest, "+"), (Fate, "+"), (Health, "+")]
        self.link = MemoryLink(bus, "ca-mau", "hub", hears_, self._take)
        self.link.start()

    def beat(self) -> None:
        """Say that the hub lives, unless it does not."""
        self.hall.now = round(self.clock.now() * 1000)
        if not self.away:
            self._beats += 1
            if self._beats == 1:
                self.link.publish(views.site_state(self.hall.lobby, self.hall.now, 1, 1))
            self.link.publish(HubBeat(gen=1, at=self.hall.lobby.calendar.instant(self.hall.now)))

    def _take(self, event: object) -> None:
        if self.away or not isinstance(event, Heard):
            return
        message, device = event.message, event.place
        if isinstance(message, Health):
            self._provide(device, message)
        elif isinstance(message, TicketRequest | Fate):
            self._carry_out(device, message)

    def _provide(self, device: str, health: Health) -> None:
        if health.epoch is UNSET or "printer" not in health.parts:
            return
        self.hall.provide(device, health.epoch)
        for lease in leases.open_leases(self.hall.lobby, device):
            if lease.id not in health.leases:
                grant = LeaseGrant(
                    gen=1,
                    lease=lease.id,
                    queue=lease.queue,
                    day=self.hall.lobby.day,
                    first=lease.first,
                    last=lease.last,
                    valid_s=36_000,
                )
                self.link.publish(grant, device)

    def _carry_out(self, device: str, message: TicketRequest | Fate) -> None:
        if message.id not in self._answers:
            outcome = self.hall.say(device, message)
            if isinstance(outcome, Refusal):
                self.refused.append((device, outcome))
                self._answers[message.id] = views.refusal(message.id, outcome, 1)
            else:
                about = subject(Command(message=message, actor="test"), outcome, self.hall.lobby)
                self._answers[message.id] = views.answer(self.hall.lobby, message.id, about, self.hall.now, 1)
        self._journals.arrived(device, message.epoch, message.seq)
        for name, epoch, upto in self._journals.advanced():
            self.link.publish(Ack(gen=1, epoch=epoch, upto=upto), name)
        self.link.publish(self._answers[message.id], device)


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
    """A printer that prints at once: the numbers on paper, for ever, in the file `tape`."""

    alive = True

    def __init__(self, tape: Path, post) -> None:
        self.tape, self._post = tape, post

    def start(self) -> None: ...

    def print(self, job: str, bands: tuple[Band, ...]) -> None:
        (number,) = (band.words for band in bands if isinstance(band, Number))
        with self.tape.open("a", encoding="utf-8") as tape:
            tape.write(f"{number} {job}\n")
        self._post(PrintEnded(job, Outcome.PRINTED))

    def clear(self, bands: tuple[Band, ...]) -> None: ...

    def stop(self) -> None: ...


class Library:
    """Words that came from the disk."""

    def start(self) -> None: ...

    def want(self, revision: str) -> None: ...

    def stop(self) -> None: ...


class LoneKiosk:
    """One life of a kiosk; make another on the same folder for the next. `boot` names the run of its machine."""

    def __init__(self, bus: MemoryBus, folder: Path, clock: ManualClock, device="kiosk-1", boot="b1") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.inbox, self.glass, self.seconds = [], Glass(), 0.0
        self.press = Press(folder / "tape", self.inbox.append)
        self.outbox = Outbox(folder / "kiosk.sqlite", jitter=lambda: 0.5)
        self.link = MemoryLink(bus, "ca-mau", device, hears(device), self.inbox.append)
        parts = Parts(
            link=self.link,
            outbox=self.outbox,
            clock=clock,
            printer=self.press,
            screen=self.glass,
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

    def say(self, *events: object) -> None:
        self.inbox += events
        while self.inbox:
            self.app.handle(self.inbox.pop(0))

    def second(self, length: float = 1.0) -> None:
        """Let a second of hands pass."""
        end = self.seconds + length
        while (due := self.app.deadline()) is not None and due < end:
            self.seconds = max(due, self.seconds + 0.001)
            self.app.tick()
            self.say()
        self.seconds = end
        self.app.tick()
        self.say()

    @property
    def page(self) -> str:
        return self.glass.view.page

    def take(self) -> None:
        """All touches from the start page to a wish."""
        for meaning in WISH:
            view = self.glass.view
            rect = next(target.rect for target in view.targets if meaning in repr(target.event))
            self.say(ScreenTouched((rect.x + rect.w / 2) / view.width, (rect.y + rect.h / 2) / view.height))
            self.seconds += 0.5

    @property
    def papers(self) -> list[str]:
        """The numbers on paper, in order."""
        tape = self.press.tape
        return [line.split()[0] for line in tape.read_text("utf-8").splitlines()] if tape.exists() else []

    def power_cut(self) -> None:
        """The process is no more; its disk is."""
        self.link.stop()
        self.outbox.close()


class Centre:
    """A hub, its kiosks and one clock."""

    def __init__(self, folder: Path, kiosks: int = 1) -> None:
        self.folder, self.bus, self.clock = folder, MemoryBus(), ManualClock(MONDAY_0800 / 1000)
        self.hub = RulesHub(self.bus, self.clock)
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
                kiosk.second()
