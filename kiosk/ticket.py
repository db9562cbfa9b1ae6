"""What stands on a ticket, band by band from the top.

Rules: pure; the number is the last band, directly above the cut, so that a torn ticket carries none; no name and no
reason for priority; a wait is a range or not there; a QR code only where phones can reach its address. A ticket that
the kiosk numbered itself has no code yet, and nobody knows how many wait: it says neither.
"""

from dataclasses import dataclass
from datetime import datetime

from appliance.wire.messages import TicketView
from kiosk import phrases, words
from kiosk.catalogue import Catalogue


@dataclass(frozen=True)
class Title:
    """Centred bold words, in as many lines as they need."""

    words: str


@dataclass(frozen=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True)
class Facts:
    """Pairs of a small label and a bold value, two to a row."""

    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Note:
    """Small words from the left edge, in as many lines as they need."""

    words: str


@dataclass(frozen=True)
class Code:
    """A QR code of `content`, and what it is good for."""

    content: str
    words: str


@dataclass(frozen=True)
class Caption:
    """Centred plain words."""

    words: str


@dataclass(frozen=True)
class Number:
    """The number, at least 15 mm tall."""

    words: str


Band = Title | Rule | Facts | Note | Code | Caption | Number


def lay_out(ticket: TicketView, catalogue: Catalogue, language: str, moment: datetime | None) -> tuple[Band, ...]:
    """The bands of `ticket`. `moment` is when it was issued, None while no clock is to be trusted."""
    service = catalogue.service(ticket.service)
    bands: list[Band] = [
        Title(catalogue.site.name.to(language)),
        Rule(),
        Facts(_facts(ticket, catalogue, language, moment)),
    ]
    bands.append(Rule())
    if service is not None and service.bring:
        bands.append(Note(words.ON_PAPER_BRING.to(language).format(what=service.bring)))
    bands.append(Note(words.ON_PAPER_MISSED.to(language)))
    if catalogue.site.public_url and ticket.code:
        address = f"{catalogue.site.public_url.rstrip('/')}/t/{ticket.code}"
        bands.append(Code(address, words.ON_PAPER_CODE.to(language)))
    return (*bands, Rule(), Caption(words.ON_PAPER_NUMBER.to(language)), Number(ticket.number))


def void_strip(language: str) -> tuple[Band, ...]:
    """What is printed before the next ticket when one may stick half-printed in the printer."""
    return (Rule(), Note(words.ON_PAPER_VOID.to(language)), Rule())


def _facts(
    ticket: TicketView, catalogue: Catalogue, language: str, moment: datetime | None
) -> tuple[tuple[str, str], ...]:
    service = catalogue.service(ticket.service)
    field = catalogue.field(service.department) if service else None
    places = phrases.places(catalogue.labels(ticket.counters), language)
    cells = [
        (words.ON_PAPER_FIELD, field.name.to(language) if field else ""),
        (words.ON_PAPER_SERVICE, service.name.to(language) if service else ticket.service),
        (words.ON_PAPER_COUNTERS, places),
        (words.AHEAD, phrases.people(ticket.ahead, language) if ticket.code else ""),
        (words.EXPECT, phrases.minutes(ticket.wait, language) if ticket.wait else ""),
        (words.ON_PAPER_TAKEN, phrases.stamp(moment) if moment else ""),
    ]
    return tuple((label.to(language), value) for label, value in cells if value)
