"""What stands on a ticket, band by band from the top.

Rules: pure; the number is the last band, directly above the cut, so that a torn ticket carries none; no name and no
reason for priority; a wait is a range or not there; a QR code only where phones can reach its address. A ticket that
the kiosk numbered itself has no code yet, and nobody knows how many wait: it says neither. Units stand in the labels,
so that a value is figures only and any printer can write it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from msgspec import UNSET

from appliance.wire.messages import TicketView
from kiosk import appointment_words, phrases, reprint_words, words
from kiosk.catalogue import Catalogue


@dataclass(frozen=True)
class Title:
    """Centred bold words, in as many lines as they need."""

    words: str


@dataclass(frozen=True)
class Subject:
    """What the ticket is for: large bold words from the left edge."""

    words: str


@dataclass(frozen=True)
class Errand:
    """What is to be done about it: large plain words from the left edge."""

    words: str


@dataclass(frozen=True)
class Facts:
    """A row: one or two small labels above large values; a value has figures and their signs only."""

    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Note:
    """Small words from the left edge, in as many lines as they need."""

    words: str


@dataclass(frozen=True)
class Code:
    """A QR code of `content`."""

    content: str


@dataclass(frozen=True)
class Caption:
    """Centred plain words."""

    words: str


@dataclass(frozen=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True)
class Number:
    """The number, at least 15 mm tall."""

    words: str


Words = Title | Subject | Errand | Note | Caption
"""Bands that stand on many tickets in the same words."""
Band = Words | Facts | Code | Rule | Number


def lay_out(
    ticket: TicketView,
    catalogue: Catalogue,
    language: str,
    moment: datetime | None,
    bring: str = "",
    *,
    asked: datetime | None = None,
    again: bool = False,
) -> tuple[Band, ...]:
    """The bands of `ticket`. `moment` is when it was issued, None while no clock is to be trusted.

    `bring` are the papers that the chosen procedure asks for; without them those of the service stand there. `asked` is
    when reception asked for this paper: place and range are told as of then. `again`: there may be another one already.
    """
    service = catalogue.service(ticket.service)
    field = catalogue.field(service.department) if service else None
    subject = service.name.to(language) if service else ticket.service
    bands: list[Band] = [Title(catalogue.site.name.to(language)), Rule()]
    if again:
        bands += [Title(reprint_words.TITLE.to(language)), Rule()]
    bands += [Subject(field.name.to(language)), Errand(subject)] if field else [Subject(subject)]
    bands += _facts(ticket, catalogue, language, moment, asked)
    bands.append(Rule())
    if what := bring or (service.bring if service else ""):
        bands.append(Note(words.ON_PAPER_BRING.to(language).format(what=what)))
    if ticket.late and isinstance(ticket.appointment, str):
        time = phrases.time_of_day(ticket.appointment)
        bands.append(Note(appointment_words.ON_PAPER_LATE.to(language).format(time=time)))
    bands.append(Note(words.ON_PAPER_MISSED.to(language)))
    if catalogue.site.public_url and ticket.code:
        address = f"{catalogue.site.public_url.rstrip('/')}/t/{ticket.code}"
        bands += [Code(address), Caption(words.ON_PAPER_CODE.to(language))]
    return (*bands, Rule(), Caption(words.ON_PAPER_NUMBER.to(language)), Number(ticket.number))


def void_strip(language: str) -> tuple[Band, ...]:
    """What is printed before the next ticket when one may stick half-printed in the printer."""
    return (Rule(), Note(words.ON_PAPER_VOID.to(language)), Rule())


def _facts(
    ticket: TicketView, catalogue: Catalogue, language: str, moment: datetime | None, asked: datetime | None
) -> list[Band]:
    labels = catalogue.labels(ticket.counters)
    counters = phrases.numbered(labels, language)
    stem, numbers = counters or ("", "")
    wait = ticket.wait if ticket.code else None
    slot = "" if ticket.late or ticket.appointment is UNSET else phrases.time_of_day(ticket.appointment)
    # Nobody knows who comes before a time that is still to come.
    ahead = str(ticket.ahead) if ticket.code and not (slot and wait is None) else ""
    told = asked or moment
    here = words.ON_PAPER_COUNTERS.to(language).format(place=phrases.inside(stem))
    rows = (
        ((here, numbers), (words.ON_PAPER_AHEAD.to(language), ahead)),
        (
            (words.ON_PAPER_WAIT.to(language), phrases.span(wait) if wait else ""),
            (words.ON_PAPER_CLOCK.to(language), phrases.called(told, wait) if told and wait else ""),
        ),
        *_pairs(
            (words.ON_PAPER_TAKEN.to(language), phrases.stamp(moment) if moment else ""),
            (reprint_words.ASKED.to(language), phrases.stamp(asked) if asked else ""),
            (words.ON_PAPER_DUE.to(language), "" if ticket.due is UNSET else phrases.time_of_day(ticket.due)),
            (appointment_words.SLOT.to(language), slot),
        ),
    )
    known = (tuple((label, value) for label, value in row if value) for row in rows)
    named = ", ".join(label.to(language) for label in labels) if not counters else ""
    place = [Errand(words.ON_PAPER_PLACE.to(language).format(place=named))] if named else []
    return [*place, *(Facts(row) for row in known if row)]


def _pairs(*cells: tuple[str, str]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Rows of two of the cells that have a value."""
    known = [cell for cell in cells if cell[1]]
    return (tuple(known[at : at + 2]) for at in range(0, len(known), 2))
