"""What the hub could not take in and put aside, for the person who must look: what it was, whose, how often.

A row holds raw bytes of a stranger; they are read here for the number of a paper alone, and leave here never. Rows that
say the same of the same device and day are one entry.

Rules: reads only; what is told is chosen from closed sets, a device's id, a ticket's number and times, nothing else.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from appliance.wire import codec, topics
from appliance.wire.messages import Answer, DeskAction, Fate, Health, Presence, Rating, TicketRequest
from appliance.wire.reprints import ReprintFate
from broker import refusals as no
from broker.commands import NO_RULE, Message
from broker.day_cards import hidden
from broker.local_calendar import LocalCalendar
from broker.model import Site
from broker.numbering import label
from broker.reader import Reader

Kind = Literal[
    "unreadable",
    "too_large",
    "address",
    "broken",
    "paper_late",
    "paper_taken",
    "paper_block",
    "paper_service",
    "paper_void",
    "paper_other",
]
"""Why: it could not be read; it was too large; its topic is none of ours; no rule could carry it out. Or a number that
is on paper could not be taken in line: its day was over, somebody else has it, it is of none of the device's emergency
blocks, it is for a service that the centre does not have, nobody holds the paper, something else."""
About = Literal["", "ticket", "fate", "desk", "rating", "reprint", "presence", "health"]
"""What the device meant to say, by its topic; "" where that is not known."""

NO_LONGER_IN_LINE = frozenset({"paper_taken", "paper_block", "paper_service", "paper_other"})
"""Of these somebody may hold a paper in the hall, and is called by nobody."""

_OF_PAPER: dict[str, Kind] = {
    no.NUMBER_TAKEN.words.vi: "paper_taken",
    no.UNKNOWN_BLOCK.words.vi: "paper_block",
    no.LOST_BLOCK.words.vi: "paper_block",
    no.OUTSIDE_BLOCK.words.vi: "paper_block",
    no.UNKNOWN_TICKET.words.vi: "paper_block",
    no.UNKNOWN_SERVICE.words.vi: "paper_service",
    no.UNKNOWN_GROUP.words.vi: "paper_service",
    no.DAY_OVER.words.vi: "paper_late",
}
_ABOUT: dict[type, About] = {
    TicketRequest: "ticket",
    Fate: "fate",
    DeskAction: "desk",
    Rating: "rating",
    ReprintFate: "reprint",
    Presence: "presence",
    Health: "health",
}
ROWS_SQL = """
    SELECT at, source, code, detail, CASE WHEN code IN ('malformed', 'too_large') THEN x'' ELSE payload END
    FROM quarantine ORDER BY n DESC"""


class PutAside(Struct, frozen=True, kw_only=True):
    """What was put aside on one day, alike `times` times, from `first` to `last` (RFC 3339).

    `device` is its sender, "" where nobody knows. Of a paper: its `number`, and the `day` on which it was printed; ""
    where the report does not say.
    """

    kind: Kind
    about: About
    device: str
    number: str
    day: str
    times: int
    first: str
    last: str


class _Given(Struct):
    number: str = ""


class _Report(Struct):
    """As much of a report about a paper as may be told."""

    at: str = ""
    fate: str = ""
    service: str = ""
    n: int = 0
    given: _Given | None = None


_encode = msgspec.json.Encoder().encode
_report = msgspec.json.Decoder(_Report).decode


def of_paper(message: Message, answer: Answer) -> tuple[str, str, bytes]:
    """Code, detail and payload of the row for a number that is on paper and was refused by `answer`."""
    words = answer.message.vi if answer.message else ""
    return _OF_PAPER.get(words, "paper_other"), _encode(answer).decode(), hidden(_encode(message))


def put_aside(reader: Reader, site: Site) -> list[PutAside]:
    """Everything that is kept, the newest first."""
    calendar = LocalCalendar(site.zone)
    found: dict[tuple[str, ...], PutAside] = {}
    for at, source, code, detail, payload in reader.execute(ROWS_SQL, ()):
        entry = _entry(site, calendar, at, source, code, detail, payload)
        key = (calendar.day(at), entry.kind, entry.about, entry.device, entry.number, entry.day)
        newer = found.get(key)
        found[key] = replace(newer, times=newer.times + 1, first=entry.first) if newer else entry
    return list(found.values())


def of_day(entries: Iterable[PutAside], day: str) -> list[PutAside]:
    """What was put aside on the local date `day`."""
    return [entry for entry in entries if entry.last.startswith(day)]


def _entry(
    site: Site, calendar: LocalCalendar, at: int, source: str, code: str, detail: str, payload: bytes
) -> PutAside:
    device, about = _sender(source)
    kind, number, day = _why(code, detail, source), "", ""
    if kind.startswith("paper"):
        report = _read(payload)
        number, day = _number(site, report), _day(calendar, report)
        if report.fate in ("void", "withdrawn"):
            kind = "paper_void"
        elif day and day < calendar.day(at):
            kind = "paper_late"
    when = calendar.instant(at)
    return PutAside(kind=kind, about=about, device=device, number=number, day=day, times=1, first=when, last=when)


def _why(code: str, detail: str, source: str) -> Kind:
    match code:
        case "malformed" if detail == NO_RULE:
            return "broken"
        case "malformed":
            return "unreadable" if _sender(source)[0] else "address"
        case "too_large":
            return "too_large"
        case "paper_late" | "paper_taken" | "paper_block" | "paper_service":
            return code
        case _:
            return "paper_other"


def _sender(source: str) -> tuple[str, About]:
    """Device and matter of a topic; of an actor such as `device:kiosk-1` or a bare device, who that is."""
    if "/" not in source:
        name = source.rpartition(":")[2]
        return name if codec.is_device(name) else "", ""
    try:
        _, row, place = topics.parse(source)
    except LookupError:
        return "", ""
    return (place, _ABOUT.get(row.type, "")) if row.place == "device" and codec.is_device(place) else ("", "")


def _read(payload: bytes) -> _Report:
    try:
        return _report(payload)
    except ValueError:  # cut off at what is kept at most, or from a hub that kept something else
        return _Report()


def _number(site: Site, report: _Report) -> str:
    service = site.services.get(report.service)
    if service is None:
        return ""
    prefix = site.queues[service.queue].prefix
    if report.given is None:
        return label(prefix, report.n) if report.n else ""
    figures = report.given.number.removeprefix(prefix)
    return prefix + figures if figures.isascii() and figures.isdigit() else ""


def _day(calendar: LocalCalendar, report: _Report) -> str:
    try:
        return calendar.day(round(datetime.fromisoformat(report.at).timestamp() * 1000))
    except ValueError:
        return ""
