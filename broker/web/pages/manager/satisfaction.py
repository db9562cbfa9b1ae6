"""`/manager/satisfaction`: how satisfied, how sure that is, how many stayed silent; whether something has changed, and
whether desks differ by more than chance.

Rules: a share is printed with its numerator and denominator, its interval, the response, the bounds, and which levels
count; a row says which days it speaks of; nobody is ranked.
"""

import math

from flask import Response
from msgspec import Struct

from broker import figures, formats
from broker.figures import Ratings
from broker.grouping import By
from broker.model import name_in
from broker.staff.identity import Identity
from broker.statistics import satisfaction as arithmetic
from broker.web.context import Web
from broker.web.pages.manager.asked import Asked, asked, show
from broker.web.pages.manager.judged import changes, differences, year_before
from broker.web.pages.manager.titles import title
from broker.web.words import words

GROUPS: tuple[By, ...] = ("department", "counter", "service", "hour", "weekday")

MEANINGS = (*("percent", "wilson", "response_percent", "bounds", "served"),)


class _Found(Struct, frozen=True, kw_only=True):
    whole: Ratings
    earlier: Ratings | None
    usual: Ratings
    rows: list[Ratings]
    desks: list[Ratings]
    days: list[Ratings]


def satisfaction(web: Web, who: Identity) -> Response:
    """GET /manager/satisfaction."""
    question = asked(web, "/manager/satisfaction", GROUPS)
    by = next(group for group in GROUPS if group == question.by)
    lang = question.lang
    found = web.figures.get(
        ("satisfaction", question.start, question.end, question.earlier, by), lambda: _work_out(web, question, by)
    )
    return show(
        web,
        who,
        "manager_satisfaction.html",
        question,
        MEANINGS,
        found=found,
        groups=GROUPS,
        title=lambda key: title(web.site, by, key, lang),
        say=lambda row: say(row, lang),
        changes=changes(found.days, found.usual, found.whole, lang),
        differences=differences(found.desks, found.whole, lambda key: title(web.site, "desk", key, lang), lang),
        satisfied=", ".join(f"“{name_in(each.names, lang).lower()}”" for each in web.site.levels if each.satisfied),
    )


def _work_out(web: Web, question: Asked, by: By) -> _Found:
    start, end, earlier, site = question.start, question.end, question.earlier, web.site
    with web.readers.lend() as reader:
        return _Found(
            whole=figures.ratings(reader, site, start, end, "site")[0],
            earlier=figures.ratings(reader, site, earlier.start, earlier.end, "site")[0] if earlier else None,
            usual=figures.ratings(reader, site, *year_before(start), "site")[0],
            rows=figures.ratings(reader, site, start, end, by),
            desks=figures.ratings(reader, site, start, end, "desk"),
            days=figures.ratings(reader, site, start, end, "day"),
        )


def say(row: Ratings, lang: str) -> str:
    """A percentage as it may be printed: with what is known at least where all or none were satisfied."""
    t = words(lang)
    if row.rated is None or row.satisfied is None:
        return t["manager_not_yet"]
    if not row.rated:
        return t["manager_none"]
    if row.told == "at_least":
        return t["manager_at_least"].format(low=formats.number(row.percent or 0.0, lang, 1))
    interval = arithmetic.wilson(row.satisfied, row.rated)
    if row.satisfied == row.rated:
        return t["manager_at_least"].format(low=math.floor(100 * interval.low))
    if row.satisfied == 0:
        return t["manager_at_most"].format(high=math.ceil(100 * interval.high))
    return formats.percent(row.percent, lang)
