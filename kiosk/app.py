"""The kiosk as a process: touches and messages become events of the flow, its effects become journal, bus and paper.

Rules: one owner thread; a step is journalled before it is done; whatever the parts do, the screen never waits.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct

from appliance.runtime.clock import instant
from appliance.runtime.errors import CannotStart
from appliance.runtime.health import HealthReport
from appliance.runtime.link import Heard, LinkDown, LinkUp, Unreadable
from appliance.runtime.outbox import NotKept
from appliance.runtime.site_words import SiteHeard
from appliance.wire.messages import Ack, Answer, Down, HubBeat, LeaseGrant, PartState, QueueState, SiteState, TicketView
from appliance.wire.site import SiteDocument
from kiosk import events as e
from kiosk.alone import Alone
from kiosk.app_parts import Parts
from kiosk.catalogue import EMPTY, NO_PROCEDURES, Catalogue
from kiosk.centre import Centre
from kiosk.emergency import Blocks
from kiosk.events import Effect, Event, Outage, Sorry
from kiosk.flow import step
from kiosk.hub_words import ProceduresHeard
from kiosk.journal import Instant, Journal, Left
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState, ScreenTouched
from kiosk.presenter import Presenter
from kiosk.states import Flow, State, begin
from kiosk.ticket import lay_out, void_strip
from kiosk.touches import KEYS_SETTLE_S, SETTLE_S, Touches

logger = logging.getLogger(__name__)

PAY_AGAIN_S = 1.0
_ENDINGS: Mapping[Outcome, Callable[[str], Event]] = {
    Outcome.PRINTED: e.Printed,
    Outcome.UNCERTAIN: e.Doubtful,
    Outcome.UNSENT: e.Unsent,
}
_PRINTER_HEALTH: Mapping[PrinterState, PartState] = {PrinterState.READY: "ready", PrinterState.NEAR_END: "degraded"}


def hears(device: str) -> tuple[tuple[type, str], ...]:
    """What a kiosk listens to."""
    return ((SiteState, ""), (QueueState, "+"), (HubBeat, ""), (Answer, device), (Ack, device), (LeaseGrant, device))


class KioskApp:
    """Between a screen, a printer and the hub."""

    def __init__(self, parts: Parts, versions: dict[str, str]) -> None:
        self._parts = parts
        self._flow: Flow = begin(parts.language)
        self._centre = Centre(since=parts.monotonic())
        self._site: SiteDocument | None = None
        self._procedures = NO_PROCEDURES
        self._catalogue = EMPTY
        self._printer_is: PrinterState | None = None
        self._touches = Touches()
        self._presenter = Presenter(parts.screen, parts.clock, *parts.size)
        self._journal = Journal(parts.outbox, self._instant, parts.new_id)
        self._alone = Alone(Blocks(parts.outbox, parts.clock, parts.boot), self._journal)
        self._health = HealthReport(parts.link.publish, logger, versions)

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
        self._settle()
        self._parts.link.start()

    def handle(self, event: object) -> None:
        """Take what screen, printer, link and words say."""
        match event:
            case ScreenTouched(x, y):
                self._touch(x, y)
            case Heard(_, place, message):
                self._hear(message, place)
            case PrintEnded(job, outcome, detail):
                self._paper_ended(job, outcome, detail)
            case PrinterIs(state, detail):
                self._printer_changed(state, detail)
            case SiteHeard(site):
                self._site = site
                self._look_up()
            case ProceduresHeard(procedures):
                self._procedures = procedures
                self._look_up()
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
            self._expire()
        if self._journal.owes:
            self._pay()
        self._settle()

    def deadline(self) -> float | None:
        """When `tick` is wanted next."""
        now = self._parts.monotonic()
        stale = self._centre.stale_at()
        ends = [self._flow.deadline, self._presenter.deadline(now), stale if stale > now else None]
        if self._parts.link.connected:
            ends.append(self._parts.outbox.next_due(now))
        if self._journal.owes:
            ends.append(now + PAY_AGAIN_S)
        return min((end for end in ends if end is not None), default=None)

    def stop(self) -> None:
        """Close everything; a ticket under way is printed to its end, and counts as uncertain at the next start."""
        self._parts.printer.stop()
        self._parts.link.stop()
        self._parts.words.stop()
        self._parts.screen.stop()
        self._parts.stage.close()
        self._parts.outbox.close()

    def _recover(self) -> Left:
        try:
            return self._journal.recover()
        except NotKept as error:
            raise CannotStart(f"the journal takes nothing: {error}; make room on the disk") from error

    # -------------------------------------------------------------------------------------------------- the flow

    def _touch(self, x: float, y: float) -> None:
        page = self._presenter.shown
        settle_s = KEYS_SETTLE_S if self._flow.state is State.SEARCH else SETTLE_S
        if page is None or not self._touches.counts(x, y, self._parts.monotonic(), settle_s):
            return
        meaning = page.meaning(x, y) or e.Stayed()
        self._feed(replace(meaning, request=self._parts.new_id()) if isinstance(meaning, e.Took) else meaning)

    def _feed(self, event: Event) -> None:
        self._flow, effects = step(self._flow, event, self._parts.monotonic(), self._parts.times)
        for effect in effects:
            self._do(effect)

    def _expire(self) -> None:
        flow = self._flow
        try:
            wish = e.Ask(flow.request, flow.service, flow.group, flow.language)
            if flow.state is State.ASKING and self._issue_alone(wish, asked=True):
                return
        except NotKept as error:
            self._health.part("journal", "fault", str(error))
        self._feed(e.Expired())

    def _issue_alone(self, wish: e.Ask, asked: bool) -> bool:
        ticket = self._alone.issue(wish, self._catalogue, asked)
        if ticket is not None:
            self._feed(e.Numbered(wish.request, ticket))
        return ticket is not None

    def _do(self, effect: Effect) -> None:
        match effect:
            case e.Ask():
                self._ask(effect)
            case e.Withdraw(request):
                self._journal.withdraw(request)
            case e.Print(ticket):
                self._print(ticket)
            case e.GiveUp(ticket_id):
                self._journal.ended(ticket_id, Outcome.UNCERTAIN, "the printer never told")

    def _ask(self, wish: e.Ask) -> None:
        try:
            if not self._centre.silent(self._parts.monotonic()) or not self._issue_alone(wish, asked=False):
                self._journal.ask(wish, self._parts.clock.quality())
            self._health.part("journal", "ready")
        except NotKept as error:
            self._health.part("journal", "fault", str(error))
            self._feed(e.Denied(wish.request, Sorry.REFUSED))

    def _print(self, ticket: TicketView) -> None:
        try:
            self._journal.printing(ticket.id)
        except NotKept as error:
            self._health.part("journal", "fault", str(error))
            self._paper_ended(ticket.id, Outcome.UNSENT, "the journal did not take it")
            return
        zone = ZoneInfo(self._catalogue.site.timezone)
        moment = datetime.fromisoformat(ticket.issued_at).astimezone(zone) if ticket.issued_at else None
        self._parts.printer.print(ticket.id, lay_out(ticket, self._catalogue, self._flow.language, moment))

    def _paper_ended(self, ticket: str, outcome: Outcome, detail: str) -> None:
        if not self._journal.ended(ticket, outcome, detail):
            return
        if outcome is Outcome.UNCERTAIN:
            self._parts.printer.clear(void_strip(self._flow.language))
        self._feed(_ENDINGS[outcome](ticket))

    def _pay(self) -> None:
        try:
            self._journal.pay()
        except NotKept as error:
            self._health.part("journal", "fault", str(error))

    # -------------------------------------------------------------------------------------------------- the world

    def _hear(self, message: Struct, place: str) -> None:
        match message:
            case Ack(epoch=epoch, upto=upto):
                self._parts.outbox.acknowledge(epoch, upto)
            case Answer():
                self._answered(message)
            case LeaseGrant():
                self._alone.hear(message)
            case Down():
                services = self._centre.site.services if self._centre.site else None
                self._centre = self._centre.hear(message, place, self._parts.monotonic())
                self._health.hub(self._centre.gen)
                if self._centre.site and self._centre.site.services != services:
                    self._look_up()
                if isinstance(message, SiteState):
                    self._parts.words.want(message.revision)

    def _answered(self, answer: Answer) -> None:
        if answer.re != self._flow.request or self._flow.state is not State.ASKING:
            return
        if answer.ok and isinstance(answer.ticket, TicketView) and answer.ticket.status != "void":
            self._feed(e.Numbered(answer.re, answer.ticket))
            return
        logger.warning("no number for %s: %s", self._flow.service, answer.error)
        self._journal.denied()
        self._feed(e.Denied(answer.re, Sorry.CLOSED if answer.error == "closed" else Sorry.REFUSED))

    def _printer_changed(self, state: PrinterState, detail: str) -> None:
        self._printer_is = state
        self._health.part("printer", _PRINTER_HEALTH.get(state, "fault"), detail)

    def _join(self) -> None:
        self._parts.outbox.forget_in_flight()
        self._health.journal(self._parts.outbox.epoch, self._parts.outbox.highest)
        self._health.part("link", "ready")
        self._health.send()

    def _part_from_hub(self, reason: str) -> None:
        self._parts.outbox.forget_in_flight()
        self._centre = self._centre.lose()
        self._health.part("link", "fault", reason)
        if self._flow.state is State.ASKING and self._alone.can:
            self._expire()

    def _look_up(self) -> None:
        offered = self._centre.site.services if self._centre.site else None
        self._catalogue = Catalogue(self._site, offered, self._procedures) if self._site else EMPTY

    # ------------------------------------------------------------------------------------------- after each event

    def _settle(self) -> None:
        now = self._parts.monotonic()
        outage = self._outage(now)
        if outage is not self._flow.outage:
            self._feed(e.Blocked(outage) if outage else e.Freed())
        if self._parts.link.connected:
            for message in self._parts.outbox.due(now):
                self._parts.link.publish(message)
        self._health.clock(self._parts.clock.quality())
        self._health.leases(self._alone.held)
        fault = self._parts.screen.fault
        self._health.part("screen", "fault" if fault else "ready", fault)
        self._presenter.present(self._flow, self._catalogue, self._centre, now)

    def _outage(self, now: float) -> Outage | None:
        outage = self._centre.outage(self._printer_is, now, self._alone.can)
        return Outage.STARTING if outage is None and self._site is None else outage

    def _instant(self) -> Instant:
        if self._parts.clock.quality() == "unset":
            return UNSET
        return instant(self._parts.clock.now(), ZoneInfo(self._catalogue.site.timezone))
