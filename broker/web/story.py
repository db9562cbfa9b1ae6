"""A visit's story over HTTP.

Rules: only for those who answer for the hall; what is told of a fact is what stands in `StepRow`, and nothing else.
"""

from typing import Any

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import fields

from appliance.wire.ids import Instant, QueueId, ServiceId, TicketId
from broker import facts as f
from broker.local_calendar import LocalCalendar
from broker.staff.identity import Identity
from broker.story import Step, Story, by_number, by_ticket
from broker.web import exchange
from broker.web.bodies import Day
from broker.web.context import Web
from broker.web.errors import Refusal


class StepRow(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """One step: `what` happened (a kind of fact), at whose hand (`actor`), and what else the log says of it.

    `undone`: a desk took it back later; `took_back` are the kinds of what an undo took back.
    """

    at: Instant
    what: str
    actor: str = ""
    undone: bool = False
    device: str = ""
    desk: str = ""
    counter: str = ""
    ahead: int = 0
    low_min: int = 0
    high_min: int = 0
    priority: bool = False
    state: str = ""
    reason: str = ""
    why: str = ""
    words: str = ""
    wait_s: int = 0
    overtook: int = 0
    times: int = 0
    kept: bool = False
    service_s: int = 0
    forgotten: bool = False
    to_queue: str = ""
    to_desk: str = ""
    before: bool = False
    after: bool = False
    reprint: str = ""
    again: bool = False
    outcome: str = ""
    took_back: tuple[str, ...] = ()


class StoryReply(Struct, kw_only=True, frozen=True):
    """One visit, and all that happened to it."""

    ticket: TicketId
    number: str
    day: Day
    queue: QueueId
    service: ServiceId
    steps: tuple[StepRow, ...]


class StoryQuery(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """A number as it stands on paper, and its day; today when left out."""

    number: str
    day: Day | UnsetType = UNSET


def story(web: Web, _who: Identity, ticket: str) -> StoryReply:
    """GET /tickets/<ticket>/story."""
    return told(web, found(web, ticket))


def find(web: Web, _who: Identity) -> StoryReply:
    """GET /tickets?number=&day=."""
    asked = exchange.query(StoryQuery)
    with web.readers.lend() as reader:
        visit = by_number(reader, web.site, asked.day or web.today(), asked.number)
    return told(web, visit)


def found(web: Web, ticket: str) -> Story | None:
    """The story of `ticket`; of today's also where a kiosk gave the number alone."""
    of_today = web.look(lambda lobby, _: (lobby.day, lobby.tickets[ticket]) if ticket in lobby.tickets else None)
    with web.readers.lend() as reader:
        if of_today is not None:
            return by_number(reader, web.site, of_today[0], of_today[1].number)
        return by_ticket(reader, ticket)


def told(web: Web, visit: Story | None) -> StoryReply:
    """What is told of it. Raises Refusal where there is none."""
    if visit is None:
        raise Refusal("unknown_ticket")
    calendar = LocalCalendar(web.site.zone)
    return StoryReply(
        ticket=visit.issued.ticket,
        number=visit.issued.number,
        day=visit.day,
        queue=visit.issued.queue,
        service=visit.issued.service,
        steps=tuple(_row(step, calendar) for step in visit.steps),
    )


_SAID = frozenset(field.name for field in fields(StepRow)) - {"at", "what", "undone", "took_back"}


def _row(step: Step, calendar: LocalCalendar) -> StepRow:
    fact = step.fact
    more: dict[str, Any] = {name: getattr(fact, name) for name in _SAID if hasattr(fact, name)}
    return StepRow(
        at=calendar.instant(getattr(fact, "issued_at", 0) or step.at),
        what=f.kind(fact),
        undone=step.undone,
        took_back=tuple(f.kind(taken) for taken in fact.facts) if isinstance(fact, f.Undone) else (),
        **more,
    )
