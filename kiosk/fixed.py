"""Which bands stand on the tickets of a centre in the same words every day, the most used first.

What is fixed is found by laying out every kind of ticket there can be, so that no second list has to be kept in step
with the layout. Rules: pure; Vietnamese first; values are left out, labels stay.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import msgspec
from msgspec import UNSET, UnsetType

from appliance.wire.messages import TicketView, WaitRange
from appliance.wire.site import ServiceWords
from kiosk import phrases
from kiosk.catalogue import Catalogue
from kiosk.ticket import Band, Caption, Errand, Facts, Note, Subject, Title, lay_out, void_strip

_MORNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_TICKET = TicketView(
    id="",
    number="A001",
    queue="",
    service="",
    status="waiting",
    issued_at="",
    ahead=1,
    wait=None,
    counters=(),
    code="c",
)
_DUES: tuple[str | UnsetType, ...] = (UNSET, "2026-01-05T13:00:00.000+07:00")
_KINDS = tuple(product((WaitRange(low_min=0, high_min=5), None), (_MORNING, None), ("c", ""), _DUES))
"""What tells tickets of one service apart: the first is the usual one."""


def fixed_bands(catalogue: Catalogue) -> tuple[Band, ...]:
    """The bands with fixed words of every service in every language of the site; what comes first is used most."""
    return tuple(dict.fromkeys(_fixed(band) for band in _bands(catalogue) if not _varies(band)))


def _bands(catalogue: Catalogue) -> Iterator[Band]:
    services = catalogue.site.services
    for language in sorted(catalogue.site.languages, key=lambda language: language != "vi"):
        # What a ticket says beside its service depends on no more than how its counters are called.
        alike = {_called(service, catalogue, language): service for service in reversed(services)}
        for number, (wait, moment, code, due) in enumerate(_KINDS):
            for service in alike.values() if number else services:
                yield from lay_out(_ticket(service, catalogue, wait, code, due), catalogue, language, moment)
        yield from void_strip(language)


def _called(service: ServiceWords, catalogue: Catalogue, language: str) -> str:
    numbered = phrases.numbered(catalogue.counters(service.queue), language)
    return numbered[0] if numbered else ""


def _ticket(
    service: ServiceWords, catalogue: Catalogue, wait: WaitRange | None, code: str, due: str | UnsetType
) -> TicketView:
    counters = next((queue.counters for queue in catalogue.site.queues if queue.id == service.queue), ())
    return msgspec.structs.replace(_TICKET, service=service.id, counters=counters, wait=wait, code=code, due=due)


def _varies(band: Band) -> bool:
    return not isinstance(band, Title | Subject | Errand | Note | Caption | Facts)


def _fixed(band: Band) -> Band:
    return replace(band, cells=tuple((label, "") for label, _ in band.cells)) if isinstance(band, Facts) else band
