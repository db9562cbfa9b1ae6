"""`/manager/satisfaction`: how satisfied, how sure that is, and how many stayed silent.

Rules: a share is printed with its numerator and denominator, its interval, the response, the bounds, and which levels
count; what may not be shown says why it is not.
"""

import math

from flask import Response
from msgspec import Struct

from broker import figures, formats
from broker.figures import Ratings
from broker.staff.identity import Identity
from broker.statistics import satisfaction as arithmetic
from broker.web.context import Web
from broker.web.pages.frame import name
from broker.web.pages.manager.asked import asked, show
from broker.web.pages.manager.titles import title
from broker.web.words import words


class _Found(Struct, frozen=True, kw_only=True):
    whole: Ratings
    earlier: Ratings | None
    rows: list[Ratings]


def satisfaction(web: Web, who: Identity) -> Response:
    """GET /manager/satisfaction."""
    question = asked(web, "/manager/satisfaction")
    lang, earlier = question.lang, question.earlier

    def work_out() -> _Found:
        with web.readers.lend() as reader:
            return _Found(
                whole=figures.ratings(reader, web.site, question.start, question.end, "site")[0],
                earlier=figures.ratings(reader, web.site, earlier.start, earlier.end, "site")[0] if earlier else None,
                rows=figures.ratings(reader, web.site, question.start, question.end, "department"),
            )

    return show(
        web,
        who,
        "manager_satisfaction.html",
        question,
        found=web.figures.get(("satisfaction", question.start, question.end, earlier), work_out),
        title=lambda key: title(web.site, "department", key, lang),
        say=lambda row: say(row, lang),
        satisfied=", ".join(f"“{name(each.names, lang).lower()}”" for each in web.site.levels if each.satisfied),
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
