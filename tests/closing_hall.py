"""A hall shortly before a bell, for tests of who still gets a number."""

from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.choices import Offer
from appliance.wire.messages import TicketRequest
from broker.lobby import Ticket
from broker.model import Closing
from broker.refusals import Refusal
from tests.hub_core import MONDAY_0800, Hall, centre

SITE = centre(always_open=False)
HOUR, MINUTE = 3_600_000, 60_000
ELEVEN, HALF_PAST_TWELVE, ONE, FIVE = (MONDAY_0800 + round(hours * HOUR) for hours in (3, 4.5, 5, 9))


def busy(now: int, waiting: int, closing: Closing = SITE.closing, desk: str = "q01a") -> Hall:
    """One desk of queue A, busy, and `waiting` in its line, all of whom came in time."""
    hall = Hall(replace(SITE, closing=Closing()), now - 60 * MINUTE)
    hall.press(desk, "open")
    for place in range(waiting + 1):
        hall.take()
        if not place:
            hall.press(desk, "next")
    hall.now, hall.lobby.site = now, replace(SITE, closing=closing)
    return hall


def ask(hall: Hall, accept: Offer | None = None, priority: bool = False) -> Ticket | Refusal:
    group = next(iter(SITE.groups)) if priority else UNSET
    request = TicketRequest(id=hall.fresh_id(), service="tnmt-nop", accept=accept or UNSET, priority=group)
    outcome = hall.do(request)
    return outcome if isinstance(outcome, Refusal) else hall.lobby.tickets[request.id]


def refused(hall: Hall, accept: Offer | None = None) -> tuple[Offer, ...] | None:
    outcome = ask(hall, accept)
    return outcome.offers if isinstance(outcome, Refusal) else None


def before_the_break(waiting: int = 4) -> Hall:
    return busy(ELEVEN - 20 * MINUTE, waiting)


def afternoon(hall: Hall, priority: bool = False) -> Ticket:
    ticket = ask(hall, "afternoon", priority)
    assert isinstance(ticket, Ticket)
    return ticket
