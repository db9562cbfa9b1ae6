"""The kiosk's app over a bus in memory and a journal on disk: one wish, one number, one paper, all accounted for."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from appliance.runtime.clock import ManualClock
from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.outbox import Outbox
from appliance.runtime.site_words import SiteHeard
from appliance.runtime.stage import Stage
from appliance.wire.messages import (
    Ack,
    Answer,
    Fate,
    Health,
    HubBeat,
    QueueState,
    SiteState,
    TicketRequest,
    TicketView,
)
from kiosk.app import KioskApp, Parts, hears
from kiosk.flow import Times
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState, ScreenTouched
from kiosk.ticket import Band
from kiosk.view import View
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
        self.cleared = 0
        self.journal_when_printing: list[int] = []
        self.outbox: Outbox | None = None

    def start(self) -> None: ...

    def print(self, job: str, bands: tuple[Band, ...]) -> None:
        assert bands
        assert self.outbox is not None
        self.jobs.append(job)
        self.journal_when_printing.append(self.outbox.highest)

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

    def refuse(self, request: TicketRequest, error: str) -> None:
        self.link.publish(Answer(gen=1, re=request.id, ok=False, error=error), DEVICE)  # type: ignore[arg-type]

    def told(self) -> list[str]:
        return [fate.fate for fate in self.fates]


class Kiosk:
    """One life of the process; make another on the same folder for the next."""

    def __init__(self, bus: MemoryBus, folder: Path) -> None:
        self.seconds = 1000.0
        self.inbox: list[object] = []
        self.glass, self.press, self.library = Glass(), Press(), Library()
        self.path = folder / "kiosk.sqlite"
        self.outbox = self.press.outbox = Outbox(self.path, jitter=lambda: 0.5)
        self.link = MemoryLink(bus, "ca-mau", DEVICE, hears(DEVICE), self.inbox.append)
        self.app = KioskApp(
            Parts(
                link=self.link,
                outbox=self.outbox,
                clock=ManualClock(),
                printer=self.press,
                screen=self.glass,
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

    def say(self, *events: object) -> None:
        """Let events in, and all that they lead to."""
        self.inbox += events
        while self.inbox:
            self.app.handle(self.inbox.pop(0))

    def live(self, seconds: int, hub: "Hub") -> None:
        """Let time pass while the hub's heart beats."""
        for _ in range(seconds):
            self.wait(1.0)
            hub.beat()
            self.say()

    def wait(self, seconds: float) -> None:
        """Let time pass in silence, ticking whenever the app wants."""
        end = self.seconds + seconds
        while (due := self.app.deadline()) is not None and due < end:
            self.seconds = max(due, self.seconds + 0.001)
            self.app.tick()
            self.say()
        self.seconds = end
        self.app.tick()
        self.say()

    @property
    def page(self) -> str:
        return self.glass.views[-1].page

    def touch(self, meaning: str) -> None:
        """Put a finger on the target that means so (its event's name, and perhaps more)."""
        view = self.glass.views[-1]
        target = next(target for target in view.targets if meaning in repr(target.event))
        rect = target.rect
        self.say(ScreenTouched((rect.x + rect.w / 2) / view.width, (rect.y + rect.h / 2) / view.height))
        self.seconds += 1.0

    def take(self) -> None:
        """All touches from the start page to a wish."""
        for meaning in ("Chose(field='tnmt')", "Wanted", "Took"):
            self.touch(meaning)

    def power_cut(self) -> None:
        """The process is no more; its disk is."""
        self.outbox.close()


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


@pytest.fixture
def hub(bus: MemoryBus) -> Hub:
    return Hub(bus)


@pytest.fixture
def kiosk(bus: MemoryBus, hub: Hub, tmp_path: Path) -> Iterator[Kiosk]:
    made = Kiosk(bus, tmp_path)
    hub.open()
    made.say()
    assert made.page == "start"
    yield made
    made.outbox.close()


def test_from_a_touch_to_a_settled_ticket(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    (request,) = hub.asked
    ticket = hub.answer(request)
    kiosk.say()
    assert (kiosk.page, kiosk.press.jobs) == ("printing", [ticket.id])
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert kiosk.page == "take"
    assert hub.told() == ["printing", "printed"]
    kiosk.live(12, hub)
    assert kiosk.page == "start"


def test_that_printing_begins_is_on_disk_before_the_printer_hears_of_it(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.answer(hub.asked[0])
    kiosk.say()
    assert kiosk.press.journal_when_printing == [2], "the wish and the word that printing begins"


def test_without_an_answer_the_wish_is_taken_back_and_a_late_number_never_printed(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    kiosk.wait(3.5)
    assert kiosk.page == "sorry"
    hub.answer(hub.asked[0])
    kiosk.say()
    assert hub.told() == ["withdrawn"]
    assert hub.fates[0].request == hub.asked[0].id
    assert kiosk.press.jobs == []


def test_a_number_that_is_void_already_is_not_printed(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.answer(hub.asked[0], status="void")
    kiosk.say()
    assert (kiosk.page, kiosk.press.jobs) == ("sorry", [])


def test_closed_in_the_last_moment_is_told_as_such(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    hub.refuse(hub.asked[0], "closed")
    kiosk.say()
    said = [mark.words for mark in kiosk.glass.views[-1].marks if hasattr(mark, "words")]
    assert "Hiện chưa cấp số" in said
    assert hub.told() == []


def test_what_never_reached_the_printer_is_void_and_its_citizen_told(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say(PrintEnded(ticket.id, Outcome.UNSENT, "printer gone"))
    assert kiosk.page == "sorry"
    assert hub.told() == ["printing", "void"]
    assert kiosk.press.cleared == 0


def test_what_may_be_on_paper_stays_alive_and_the_printer_is_cleared(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say(PrintEnded(ticket.id, Outcome.UNCERTAIN, "not confirmed"))
    assert kiosk.page == "doubt"
    assert hub.told() == ["printing", "uncertain"]
    assert kiosk.press.cleared == 1


def test_a_printer_thread_that_never_tells_leaves_the_ticket_uncertain_for_ever(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say()
    kiosk.wait(Times().print_s + 1)
    assert kiosk.page == "doubt"
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert hub.told() == ["printing", "uncertain"]


@pytest.mark.parametrize(("answered", "fate"), [(False, "withdrawn"), (True, "uncertain")])
def test_a_power_cut_is_settled_at_the_next_start(
    bus: MemoryBus, kiosk: Kiosk, hub: Hub, tmp_path: Path, answered: bool, fate: str
) -> None:
    kiosk.take()
    if answered:
        hub.answer(hub.asked[0])
        kiosk.say()
    kiosk.power_cut()
    again = Kiosk(bus, tmp_path)
    assert hub.told()[-1] == fate
    assert again.press.cleared == (1 if answered else 0)
    assert again.press.jobs == []
    hub.open()
    again.say()
    assert again.page == "start"
    again.power_cut()


def test_a_settled_ticket_is_not_settled_again_at_the_next_start(
    bus: MemoryBus, kiosk: Kiosk, hub: Hub, tmp_path: Path
) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    kiosk.power_cut()
    Kiosk(bus, tmp_path).power_cut()
    assert hub.told() == ["printing", "printed"]


def test_what_was_journalled_is_said_until_the_hub_has_it(kiosk: Kiosk, hub: Hub, bus: MemoryBus) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say()
    bus.cut(DEVICE)
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert (kiosk.page, hub.told()) == ("take", ["printing"])
    bus.join(kiosk.link)
    kiosk.say()
    assert hub.told() == ["printing", "printed"]
    hub.link.publish(Ack(gen=1, epoch=kiosk.outbox.epoch, upto=3), DEVICE)
    kiosk.say()
    assert len(kiosk.outbox) == 0


def disk(kiosk: Kiosk, *, full: bool) -> None:
    """A disk that takes no more events, or takes them again."""
    refuse = "CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    with closing(sqlite3.connect(kiosk.path)) as other:
        other.execute(refuse if full else "DROP TRIGGER full")
        other.commit()


def test_a_full_disk_gives_no_number_and_recovers(kiosk: Kiosk, hub: Hub) -> None:
    disk(kiosk, full=True)
    kiosk.take()
    assert (kiosk.page, hub.asked) == ("sorry", [])
    assert hub.health[-1].parts["journal"].state == "fault"
    disk(kiosk, full=False)
    kiosk.touch("WentHome")
    kiosk.live(1, hub)
    kiosk.take()
    assert len(hub.asked) == 1


def test_a_disk_that_fills_up_before_printing_prints_nothing_and_settles_later(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    disk(kiosk, full=True)
    hub.answer(hub.asked[0])
    kiosk.say()
    assert (kiosk.page, kiosk.press.jobs, hub.told()) == ("sorry", [], [])
    disk(kiosk, full=False)
    kiosk.wait(3.0)
    assert hub.told() == ["void"]


def test_a_disk_that_fills_up_while_printing_does_not_lose_what_became_of_the_paper(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.take()
    ticket = hub.answer(hub.asked[0])
    kiosk.say()
    disk(kiosk, full=True)
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert (kiosk.page, hub.told()) == ("take", ["printing"])
    disk(kiosk, full=False)
    kiosk.wait(3.0)
    assert hub.told() == ["printing", "printed"]


@pytest.mark.parametrize(
    ("state", "health"),
    [(PrinterState.PAPER_OUT, "fault"), (PrinterState.COVER_OPEN, "fault"), (PrinterState.GONE, "fault")],
)
def test_a_printer_that_cannot_print_closes_the_kiosk_and_is_told(
    kiosk: Kiosk, hub: Hub, state: PrinterState, health: str
) -> None:
    kiosk.touch("Chose(field='tnmt')")
    kiosk.say(PrinterIs(state, "why"))
    assert kiosk.page == "out"
    assert hub.health[-1].parts["printer"] == msgspec.convert(
        {"state": health, "reason": "why"}, type(hub.health[-1].parts["printer"])
    )
    kiosk.say(PrinterIs(PrinterState.READY))
    assert kiosk.page == "start"


def test_a_silent_hub_closes_the_kiosk_within_five_seconds(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.wait(6.0)
    assert kiosk.page == "out"
    hub.beat()
    kiosk.say()
    assert kiosk.page == "start"


def test_a_closed_centre_gives_no_numbers(kiosk: Kiosk, hub: Hub) -> None:
    hub.open(is_open=False)
    kiosk.say()
    assert kiosk.page == "out"


def test_an_unchanged_page_is_never_drawn_again(kiosk: Kiosk, hub: Hub) -> None:
    drawn = len(kiosk.glass.views)
    for _ in range(50):
        hub.beat()
        kiosk.say()
    assert len(kiosk.glass.views) == drawn


def test_a_hall_in_motion_does_not_make_the_screen_flicker(kiosk: Kiosk, hub: Hub) -> None:
    drawn = len(kiosk.glass.views)
    for rev in range(100):
        kiosk.seconds += 0.01
        hub.link.publish(QueueState(gen=1, rev=rev + 2, waiting=rev, longest_s=0), "a")
        kiosk.say()
    kiosk.wait(0.5)
    assert len(kiosk.glass.views) - drawn <= 4
    assert "99 chờ" in str(kiosk.glass.views[-1])


def test_nobody_there_leads_back_to_the_start_with_a_countdown(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.touch("Spoke(language='en')")
    kiosk.touch("Chose(field='tnmt')")
    kiosk.live(50, hub)
    counted = [str(view) for view in kiosk.glass.views if view.page == "services"]
    assert sum("seconds" in page for page in counted) == 15
    assert kiosk.page == "start"
    assert "Bạn cần giải quyết việc gì?" in str(kiosk.glass.views[-1])
