"""What a manager asked for, as it stands in the address: period, comparison, grouping. And the addresses of the next
questions.

Rules: everything is in the address, so that it can be kept, sent and gone back to; without a period it is today, and
follows the day.
"""

from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from msgspec import Struct

from broker import formats
from broker.definitions import DEFINITIONS
from broker.local_calendar import LocalCalendar
from broker.model import name_in
from broker.staff.identity import Identity, Role
from broker.web import exchange
from broker.web.bodies import Period
from broker.web.context import Web
from broker.web.pages.frame import language, render
from broker.web.pages.period import Days, before, presets
from broker.web.reading import period
from broker.web.words import STAFF_LANGUAGES

PAGES: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("/manager", "tab_now", ("manager", "supervisor", "admin")),
    ("/manager/satisfaction", "tab_satisfaction", ("manager", "supervisor", "admin")),
    ("/manager/waits", "tab_waits", ("manager", "supervisor", "admin")),
    ("/manager/forecast", "tab_forecast", ("manager", "supervisor", "admin")),
    ("/manager/what-if", "tab_what_if", ("manager", "supervisor", "admin")),
    ("/manager/report", "tab_report", ("manager", "supervisor", "admin")),
    ("/manager/integrity", "tab_integrity", ("supervisor",)),
)
"""Address, word and readers of each page, in the order of the bar."""


class Question(Period, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """The query of a page; `compare` is `before` or nothing, `by` is the page's own to judge."""

    lang: str = ""
    compare: str = ""
    by: str = ""


class Asked(Struct, frozen=True, kw_only=True):
    """The question, made whole; `earlier` is what it is compared with."""

    path: str
    lang: str
    today: str
    start: str
    end: str
    earlier: Days | None
    by: str
    follows: bool

    def address(self, **other: str) -> str:
        """This page with another answer to some of the questions."""
        given = {} if self.follows else {"from": self.start, "to": self.end}
        given |= {"by": self.by, "compare": "before" if self.earlier else ""}
        told = {name: value for name, value in (given | other).items() if value}
        return f"{self.path}?{urlencode(told)}" if told else self.path


def asked(web: Web, path: str, groups: tuple[str, ...] = ("",)) -> Asked:
    """The question of this request; the first of `groups` where it names none. Raises Refusal."""
    question = exchange.query(Question)
    start, end = period(web, question)
    return Asked(
        path=path,
        lang=language(STAFF_LANGUAGES),
        today=web.today(),
        start=start,
        end=end,
        earlier=_earlier(start, end) if question.compare else None,
        by=question.by if question.by in groups else groups[0],
        follows="from" not in request.args and "to" not in request.args,
    )


def _earlier(start: str, end: str) -> Days | None:
    try:
        return before(start, end)
    except (ValueError, OverflowError):
        return None


def show(
    web: Web, who: Identity, template: str, asked: Asked, meanings: tuple[str, ...] = (), **values: Any
) -> Response:
    """A page of the manager's; `meanings` are the figures whose definitions it prints."""
    chosen = presets(asked.today)
    return render(
        web,
        who,
        template,
        lang=asked.lang,
        asked=asked,
        pages=[(address, word) for address, word, roles in PAGES if who.role in roles],
        presets=chosen,
        current=next((each.word for each in chosen if (each.start, each.end) == (asked.start, asked.end)), ""),
        meanings=[name_in(DEFINITIONS[each], asked.lang).partition(": ") for each in meanings],
        updated=formats.clock(LocalCalendar(web.site.zone).local(web.hub.now())),
        **values,
    )
