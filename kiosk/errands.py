"""What the flow wants done, done: effects become journal, bus and paper, and what comes of them becomes events again.

Rules: a step is journalled before it is done; a step that the journal does not take is not done.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import UNSET

from appliance.runtime.health import HealthReport
from appliance.runtime.outbox import NotKept
from appliance.wire.messages import Answer, TicketView
from appliance.wire.reprints import Reprint
from kiosk import events as e
from kiosk.alone import Alone
from kiosk.app_parts import Parts
from kiosk.events import Effect, Event, Sorry
from kiosk.journal import Journal
from kiosk.known import Known
from kiosk.offered import Offered
from kiosk.parts import Outcome
from kiosk.reprints import Reprints
from kiosk.states import Flow, State
from kiosk.ticket import lay_out, void_strip

logger = logging.getLogger(__name__)

_ENDINGS: Mapping[Outcome, Callable[[str], Event]] = {
    Outcome.PRINTED: e.Printed,
    Outcome.UNCERTAIN: e.Doubtful,
    Outcome.UNSENT: e.Unsent,
}


class Errands:
    """Runs the errands of one kiosk. `feed` takes an event of the flow, `flow` gives where the citizen is."""

    def __init__(
        self,
        parts: Parts,
        known: Known,
        journal: Journal,
        alone: Alone,
        health: HealthReport,
        *,
        feed: Callable[[Event], None],
        flow: Callable[[], Flow],
    ) -> None:
        self._parts = parts
        self._known = known
        self._journal = journal
        self._alone = alone
        self._health = health
        self._feed = feed
        self._flow = flow
        self._reprints = Reprints(parts.outbox, journal.now, parts.new_id, self._print_again)

    def run(self, effect: Effect) -> None:
        """Do what the flow wants."""
        match effect:
            case e.Ask():
                self._ask(effect)
            case e.Withdraw(request):
                self._journal.withdraw(request)
            case e.Print(ticket):
                self._print(ticket)
            case e.GiveUp(ticket_id):
                self._journal.ended(ticket_id, Outcome.UNCERTAIN, "the printer never told")

    def answered(self, answer: Answer) -> None:
        """The hub answered a wish."""
        flow = self._flow()
        if answer.re != flow.request or flow.state is not State.ASKING:
            return
        if answer.ok and isinstance(answer.ticket, TicketView) and answer.ticket.status != "void":
            self._feed(e.Numbered(answer.re, answer.ticket))
            return
        self._journal.withdraw(answer.re)
        if isinstance(answer.ticket, TicketView) and answer.error == "wrong_state":
            self._feed(e.Held(answer.re, answer.ticket))
            return
        if answer.error == "too_early":
            self._feed(e.Denied(answer.re, Sorry.EARLY, answer.appointment or "", answer.opens or ""))
            return
        if answer.error == "unknown_appointment":
            self._feed(e.Denied(answer.re, Sorry.NO_APPOINTMENT))
            return
        if answer.offers:
            self._feed(Offered(answer.re, answer.offers, answer.resumes or ""))
            return
        logger.warning("no number for %s: %s", flow.service, answer.error)
        closed = Sorry.CLOSED if answer.offers is UNSET else Sorry.NO_TIME
        self._feed(e.Denied(answer.re, closed if answer.error == "closed" else Sorry.REFUSED))

    def paper_ended(self, ticket: str, outcome: Outcome, detail: str) -> None:
        """The printer told what became of a paper."""
        again = self._reprints.ended(ticket, outcome, detail)
        if not again and not self._journal.ended(ticket, outcome, detail):
            return
        if outcome is Outcome.UNCERTAIN:
            self._parts.printer.clear(void_strip(self._flow().language))
        if not again:
            self._feed(_ENDINGS[outcome](ticket))

    def recover(self) -> bool:
        """Settle what the last run left of reception's papers; whether one may be half printed. Raises NotKept."""
        return self._reprints.recover()

    def asked_again(self, request: Reprint) -> None:
        """Reception asks for a paper."""
        self._reprints.hear(request, self._parts.monotonic())

    def print_waiting(self, idle: bool) -> None:
        """Print what reception asked for, if nobody uses the screen."""
        self._reprints.look(self._parts.monotonic(), idle, self._known.printer)

    def waiting_until(self) -> float | None:
        """When `print_waiting` is wanted, if nothing else happens."""
        return self._reprints.deadline()

    @property
    def owes(self) -> bool:
        """Whether the disk still refuses something."""
        return self._journal.owes or self._reprints.owes

    def expire(self) -> None:
        """The page has stood long enough; a wish without an answer becomes a number of this kiosk's own."""
        flow = self._flow()
        try:
            wish = e.Ask(flow.request, flow.service, flow.group, flow.language)
            if flow.state is State.ASKING and self._issue_alone(wish, asked=True):
                return
        except NotKept as error:
            self._refused(error)
        self._feed(e.Expired())

    def pay(self) -> None:
        """Write down what the disk refused before."""
        try:
            self._journal.pay()
            self._reprints.pay()
        except NotKept as error:
            self._refused(error)

    def _ask(self, wish: e.Ask) -> None:
        silent = self._known.centre.silent(self._parts.monotonic())
        if silent and wish.appointment:  # nobody else knows of it, and the number by hand is one touch away
            self._feed(e.Denied(wish.request, Sorry.UNCHECKED))
            return
        try:
            if not silent or not self._issue_alone(wish, asked=False):
                self._journal.ask(wish, self._parts.clock.quality())
            self._health.part("journal", "ready")
        except NotKept as error:
            self._refused(error)
            self._feed(e.Denied(wish.request, Sorry.REFUSED))

    def _issue_alone(self, wish: e.Ask, asked: bool) -> bool:
        ticket = self._alone.issue(wish, self._known.catalogue, asked)
        if ticket is not None:
            self._feed(e.Numbered(wish.request, ticket))
        return ticket is not None

    def _print(self, ticket: TicketView) -> None:
        try:
            self._journal.printing(ticket)
        except NotKept as error:
            self._refused(error)
            self.paper_ended(ticket.id, Outcome.UNSENT, "the journal did not take it")
            return
        catalogue, flow = self._known.catalogue, self._flow()
        moment = self._local(ticket.issued_at)
        chosen = catalogue.procedures.procedure(flow.procedure)
        bring = chosen.bring if chosen and catalogue.submission(chosen.department) == ticket.service else ""
        self._parts.printer.print(ticket.id, lay_out(ticket, catalogue, flow.language, moment, bring))

    def _print_again(self, request: Reprint) -> None:
        ticket = request.ticket
        issued, asked = self._local(ticket.issued_at), self._local(request.at)
        paper = lay_out(ticket, self._known.catalogue, request.lang, issued, asked=asked, again=request.again)
        self._parts.printer.print(request.reprint, paper)

    def _local(self, instant: str) -> datetime | None:
        zone = ZoneInfo(self._known.catalogue.site.timezone)
        return datetime.fromisoformat(instant).astimezone(zone) if instant else None

    def _refused(self, error: NotKept) -> None:
        self._health.part("journal", "fault", str(error))
