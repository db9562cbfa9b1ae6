"""The kiosk as a process: touches and messages become events of the flow, its effects become errands and pages.

Rules: one owner thread; whatever the parts do, the screen never waits.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct

from appliance.display.touches import KEYS_SETTLE_S, SETTLE_S, Touches
from appliance.runtime.clock import instant
from appliance.runtime.errors import CannotStart
from appliance.runtime.health import HealthReport
from appliance.runtime.link import Heard, LinkDown, LinkUp, Unreadable
from appliance.runtime.outbox import NotKept
from appliance.runtime.site_words import SiteHeard
from appliance.sound.player import SoundEnded
from appliance.wire.cards import CardKey
from appliance.wire.choices import PartState
from appliance.wire.messages import Ack, Answer, Down, HubBeat, LeaseGrant, QueueState, SiteState
from appliance.wire.reprints import Reprint
from kiosk import events as e
from kiosk.alone import Alone
from kiosk.app_parts import Parts
from kiosk.catalogue import Catalogue
from kiosk.emergency import Blocks
from kiosk.errands import Errands
from kiosk.events import Event
from kiosk.fixed import fixed_bands
from kiosk.flow import step
from kiosk.guiding import Guiding
from kiosk.hub_words import ProceduresHeard
from kiosk.journal import Instant, Journal, Left
from kiosk.keys import KeyPressed, KeysAre
from kiosk.known import Known
from kiosk.offered import Accepted
from kiosk.parts import CodeScanned, PrintEnded, PrinterIs, PrinterState, ScannerIs, ScreenTouched
from kiosk.presenter import Presenter
from kiosk.scans import meaning
from kiosk.shown import ShowedAppointment
from kiosk.states import Flow, State, begin, untouched
from kiosk.ticket import void_strip

logger = logging.getLogger(__name__)

PAY_AGAIN_S = 1.0
_PRINTER_HEALTH: Mapping[PrinterState, PartState] = {PrinterState.READY: "ready", PrinterState.NEAR_END: "degraded"}


def hears(device: str) -> tuple[tuple[type, str], ...]:
    """What a kiosk listens to."""
    told = (Answer, Ack, LeaseGrant, CardKey, Reprint)
    return ((SiteState, ""), (QueueState, "+"), (HubBeat, ""), *((kind, device) for kind in told))


class KioskApp:
    """Between a screen, a printer and the hub."""

    def __init__(self, parts: Parts, versions: dict[str, str]) -> None:
        self._parts = parts
        self._flow: Flow = begin(parts.language)
        self._touches = Touches()
        self._presenter = Presenter(parts.screen, parts.clock, parts.ruler, *parts.size)
        self._journal = Journal(parts.outbox, self._instant, parts.new_id)
        blocks = Blocks(parts.outbox, parts.clock, parts.boot)
        self._alone = Alone(blocks, self._journal)
        self._known = Known(parts.monotonic(), blocks.gen)
        self._health = HealthReport(parts.link.publish, logger, versions)
        self._guiding = Guiding(
            parts.voice, self._mean, lambda: self._presenter.aloud(parts.voice.languages), parts.monotonic
        )
        self._errands = Errands(
            parts, self._known, self._journal, self._alone, self._health, feed=self._feed, flow=lambda: self._flow
        )

    # ---------------------------------------------------------------------------------------------- for the loop

    def start(self) -> None:
        """Settle what the last run left, then open screen, printer and line. Raises CannotStart."""
        left = self._recover()
        if left is not Left.NOTHING:
            logger.warning("the last run left %s; settled", left.value)
        self._parts.screen.start()
        self._parts.words.start()
        if left is Left.A_PAPER:
            self._parts.printer.clear(void_strip(self._parts.language))
        self._parts.printer.start()
        for reader in (self._parts.scanner, self._parts.keys, self._parts.voice):
            reader.start()
        self._voice_is(heard=False)
        self._settle()
        self._parts.link.start()

    def handle(self, event: object) -> None:
        """Take what screen, printer, link and words say."""
        match event:
            case ScreenTouched() | CodeScanned() | KeyPressed() | SoundEnded():
                self._attend(event)
            case PrinterIs() | ScannerIs() | KeysAre():
                self._plugged(event)
            case Heard(_, place, message):
                self._hear(message, place)
            case PrintEnded(job, outcome, detail):
                self._errands.paper_ended(job, outcome, detail)
            case SiteHeard(site):
                self._known.name(site)
                self._parts.printer.keep(fixed_bands(Catalogue(site)))
            case ProceduresHeard(procedures):
                self._known.index(procedures)
            case LinkUp():
                self._join()
            case LinkDown(reason):
                self._part_from_hub(reason)
            case Unreadable(topic, code, detail):
                logger.warning("%s carries what this kiosk cannot read: %s: %s", topic, code, detail)
        self._settle()

    def tick(self) -> None:
        """Time alone changed something."""
        if self._flow.deadline is not None and self._parts.monotonic() >= self._flow.deadline:
            self._errands.expire()
        if self._errands.owes:
            self._errands.pay()
        self._guiding.tick(self._flow)
        self._settle()

    def deadline(self) -> float | None:
        """When `tick` is wanted next."""
        now = self._parts.monotonic()
        stale = self._known.centre.stale_at()
        ends = [self._flow.deadline, self._presenter.deadline(now), stale if stale > now else None]
        ends += [self._guiding.deadline(self._flow), self._errands.waiting_until()]
        if self._parts.link.connected:
            ends.append(self._parts.outbox.next_due(now))
        if self._errands.owes:
            ends.append(now + PAY_AGAIN_S)
        return min((end for end in ends if end is not None), default=None)

    def stop(self) -> None:
        """Close everything; a ticket under way is printed to its end, and counts as uncertain at the next start."""
        for reader in (self._parts.scanner, self._parts.keys, self._parts.voice):
            reader.stop()
        self._parts.printer.stop()
        self._parts.link.stop()
        self._parts.words.stop()
        self._parts.screen.stop()
        self._parts.stage.close()
        self._parts.outbox.close()

    def _recover(self) -> Left:
        try:
            left = self._journal.recover()
            return Left.A_PAPER if self._errands.recover() else left
        except NotKept as error:
            raise CannotStart(f"the journal takes nothing: {error}; make room on the disk") from error

    # -------------------------------------------------------------------------------------- the person in front of it

    def _attend(self, event: ScreenTouched | CodeScanned | KeyPressed | SoundEnded) -> None:
        match event:
            case ScreenTouched(x, y):
                self._touch(x, y)
            case CodeScanned(data):
                self._mean(meaning(data, self._known.catalogue, self._today(), self._known.card_key))
            case KeyPressed(key):
                self._guiding.press(key)
            case SoundEnded():
                self._guiding.spoke(event)
                self._voice_is(heard=event.whole)

    def _touch(self, x: float, y: float) -> None:
        page = self._presenter.shown
        settle_s = KEYS_SETTLE_S if self._flow.state is State.SEARCH else SETTLE_S
        if page is None or not self._touches.counts(x, y, self._parts.monotonic(), settle_s):
            return
        self._guiding.leave()
        self._mean(page.meaning(x, y) or e.Stayed())

    def _mean(self, meaning: Event) -> None:
        """A hand meant `meaning`; a wish gets its fresh id here."""
        if isinstance(meaning, e.Took | Accepted | ShowedAppointment):
            meaning = replace(meaning, request=self._parts.new_id())
        self._feed(meaning)

    def _feed(self, event: Event) -> None:
        times = self._guiding.times(self._parts.times)
        self._flow, effects = step(self._flow, event, self._parts.monotonic(), times)
        if isinstance(event, e.Expired | e.WentHome) and untouched(self._flow):
            self._guiding.leave(thanks=isinstance(event, e.WentHome))
        for effect in effects:
            self._errands.run(effect)

    # -------------------------------------------------------------------------------------------------- the world

    def _plugged(self, event: PrinterIs | ScannerIs | KeysAre) -> None:
        match event:
            case PrinterIs(state, detail):
                self._known.printer = state
                self._health.part("printer", _PRINTER_HEALTH.get(state, "fault"), detail)
            case ScannerIs(present, detail):
                self._known.plug(present)
                self._health.part("scanner", "ready" if present else "fault", detail)
            case KeysAre(present, detail):
                self._health.part("keys", "ready" if present else "fault", detail)

    def _voice_is(self, heard: bool) -> None:
        fault = self._parts.voice.fault
        if fault or heard:
            self._health.part("sound", "fault" if fault else "ready", fault)

    def _hear(self, message: Struct, place: str) -> None:
        if isinstance(message, Down) and message.gen < self._known.centre.gen:
            return  # from a hub that was replaced, or that does not know yet that its data is an old copy
        match message:
            case Ack(epoch=epoch, upto=upto):
                self._parts.outbox.acknowledge(epoch, upto)
            case Answer():
                self._errands.answered(message)
            case LeaseGrant():
                self._alone.hear(message)
            case Reprint():
                self._errands.asked_again(message)
            case Down():
                self._known.hear(message, place, self._parts.monotonic())
                if isinstance(message, SiteState):
                    self._parts.words.want(message.revision)

    def _join(self) -> None:
        self._parts.outbox.forget_in_flight()
        self._health.part("link", "ready")
        self._health.send()

    def _part_from_hub(self, reason: str) -> None:
        self._parts.outbox.forget_in_flight()
        self._known.lose()
        self._health.part("link", "fault", reason)
        if self._flow.state is State.ASKING and self._alone.can:
            self._errands.expire()

    # ------------------------------------------------------------------------------------------- after each event

    def _settle(self) -> None:
        now = self._parts.monotonic()
        outage = self._known.outage(now, self._alone.can)
        if outage is not self._flow.outage:
            self._feed(e.Blocked(outage) if outage else e.Freed())
        self._errands.print_waiting(idle=untouched(self._flow) and self._guiding.focus is None)
        if self._parts.link.connected:
            for message in self._parts.outbox.due(now):
                self._parts.link.publish(message)
        self._health.journal(self._parts.outbox.epoch, self._parts.outbox.highest)
        self._health.hub(self._known.centre.gen)
        self._health.clock(self._parts.clock.quality())
        self._health.leases(self._alone.held)
        fault = self._parts.screen.fault
        self._health.part("screen", "fault" if fault else "ready", fault)
        by_ear = self._guiding.focus is not None
        self._presenter.look(self._flow, self._known.catalogue, self._known.centre, now, by_ear)
        self._guiding.follow()
        self._presenter.show(self._guiding.focus, now)

    def _instant(self) -> Instant:
        if self._parts.clock.quality() == "unset":
            return UNSET
        return instant(self._parts.clock.now(), ZoneInfo(self._known.catalogue.site.timezone))

    def _today(self) -> date | None:
        moment = self._instant()
        return datetime.fromisoformat(moment).date() if isinstance(moment, str) else None
