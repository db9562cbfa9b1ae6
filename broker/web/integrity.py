"""The integrity tests' cases over HTTP: what a supervisor reads, and what he writes to a case.

Rules: for supervisors alone; nothing here takes a rating away, and nothing says how one was cast.
"""

import datetime
import uuid
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import UNSET, Struct, UnsetType

from broker import figures
from broker.commands import NoteCase
from broker.figures import Ratings
from broker.integrity import reading
from broker.integrity.cases import Case, Raised, cases, without
from broker.integrity.evidence import Test
from broker.local_calendar import LocalCalendar
from broker.staff.identity import Identity
from broker.web import exchange
from broker.web.bodies import Day, DoneReply
from broker.web.commands import carry_out
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.guard import idempotency_key

LONGEST_NOTE = 500
EARLIEST, LATEST = 2000, 2999


class IntegrityQuery(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Which year; this one when left out."""

    year: Annotated[int, msgspec.Meta(ge=EARLIEST, le=LATEST)] | UnsetType = UNSET


class NoteBody(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """What was found out about a case."""

    note: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NOTE)]


class NoteRow(Struct, kw_only=True, frozen=True):
    """What somebody wrote to a case."""

    day: Day
    by: str
    note: str


class CaseRow(Struct, kw_only=True, frozen=True):
    """A flag: what `test` found at `desk` in its weeks; figures as in `broker.integrity.evidence.Finding`."""

    id: str
    desk: str
    test: Test
    start: Day = msgspec.field(name="from")
    end: Day = msgspec.field(name="to")
    n: int
    share: float
    usual: float
    limit: float
    p: float | None
    notes: list[NoteRow]


class IntegrityReply(Struct, kw_only=True, frozen=True):
    """A year: the ratings of its finished weeks, as far as they are published, and the cases, newest first.

    `left_out` votes were cast in flagged weeks; without them the percentage of satisfied lies between `without_low` and
    `without_high`, null where there are no ratings.
    """

    year: int
    ratings: Ratings
    left_out: int
    without_low: float | None
    without_high: float | None
    cases: list[CaseRow]


class Seen(Struct, kw_only=True, frozen=True):
    """All there is to say about a year, whose finished weeks last from `start` to `end`."""

    raised: Raised
    cases: Sequence[Case]
    ratings: Ratings
    start: str
    end: str


def integrity(web: Web, _who: Identity) -> IntegrityReply:
    """GET /integrity."""
    asked = exchange.query(IntegrityQuery).year
    year = int(web.today()[:4]) if asked is UNSET else asked
    seen = look(web, year)
    around = around_without(seen)
    return IntegrityReply(
        year=year,
        ratings=seen.ratings,
        left_out=seen.raised.left_out,
        without_low=around[0] if around else None,
        without_high=around[1] if around else None,
        cases=[_row(web, case) for case in seen.cases],
    )


def note(web: Web, who: Identity, case: str) -> DoneReply:
    """POST /integrity/<case>."""
    write(web, who, case, exchange.body(NoteBody).note)
    return DoneReply()


def write(web: Web, who: Identity, case: str, text: str) -> None:
    """Add `text` to `case`. Raises Refusal where there is no such case, or nothing was written."""
    known = {each.id for each in look(web, _year_of(case)).cases}
    if case not in known:
        raise Refusal("not_found", f"no case {case}")
    if not text.strip():
        raise Refusal("malformed", "the note is empty")
    if len(text) > LONGEST_NOTE:
        raise Refusal("too_large")
    carry_out(web, who, NoteCase(id=idempotency_key() or str(uuid.uuid4()), case=case, note=text.strip()))


def look(web: Web, year: int) -> Seen:
    """What is known of `year` now."""
    today = web.today()

    def work_out() -> tuple[Raised, Ratings, str, str]:
        with web.readers.lend() as reader:
            raised = reading.of_year(reader, year, today)
            start, end = _days(raised, year)
            return raised, figures.ratings(reader, web.site, start, end, "site")[0], start, end

    raised, ratings, start, end = web.figures.get(("integrity", year, today), work_out)
    with web.readers.lend() as reader:
        written = reading.notes(reader)
    return Seen(raised=raised, cases=cases(raised, written), ratings=ratings, start=start, end=end)


def around_without(seen: Seen) -> tuple[float, float] | None:
    """Between what percentages satisfaction lies without the votes of flagged weeks; None of no ratings."""
    if not seen.ratings.rated or seen.ratings.satisfied is None:
        return None
    around = without(seen.ratings.satisfied, seen.ratings.rated, seen.raised.left_out)
    return round(100 * around.low, 2), round(100 * around.high, 2)


def last_day(case: Case) -> str:
    """The Sunday that ends a case's weeks."""
    return (datetime.date.fromisoformat(case.flag.window.mondays[-1]) + datetime.timedelta(days=6)).isoformat()


def _days(raised: Raised, year: int) -> tuple[str, str]:
    if not raised.mondays:
        return f"{year}-01-01", f"{year}-01-01"
    end = datetime.date.fromisoformat(raised.mondays[-1]) + datetime.timedelta(days=6)
    return raised.mondays[0], end.isoformat()


def _year_of(case: str) -> int:
    year = case.rpartition(".")[2][:4]
    if not year.isdecimal() or not EARLIEST <= int(year) <= LATEST:
        raise Refusal("not_found", f"no case {case}")
    return int(year)


def _row(web: Web, case: Case) -> CaseRow:
    window, finding, calendar = case.flag.window, case.flag.finding, LocalCalendar(web.site.zone)
    return CaseRow(
        id=case.id,
        desk=window.desk,
        test=finding.test,
        start=window.mondays[0],
        end=last_day(case),
        n=finding.n,
        share=round(finding.share, 4),
        usual=round(finding.usual, 4),
        limit=round(finding.limit, 4),
        p=finding.p,
        notes=[NoteRow(day=calendar.day(each.at), by=each.actor, note=each.text) for each in case.notes],
    )
