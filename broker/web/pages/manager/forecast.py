"""`/manager/forecast`: whether the ranges printed on tickets came true, day by day and queue by queue.

Rules: every printed range is scored when its number is first called; what was printed without a range is told too.
"""

from flask import Response
from msgspec import Struct

from broker import figures, formats
from broker.figures import Waits
from broker.grouping import By, Times
from broker.model import Site
from broker.staff.identity import Identity
from broker.statistics.satisfaction import wilson
from broker.web.context import Web
from broker.web.pages.manager.asked import Asked, asked, show
from broker.web.pages.manager.charts import Chart, Limit, Series, Table, over_time, ranges
from broker.web.pages.manager.titles import title
from broker.web.pages.manager.waits import time_steps
from broker.web.words import words

GROUPS: tuple[By, ...] = ("queue", "department", "hour", "weekday")
FEW = 10
"""A row with fewer scored ranges is in the table only."""

MEANINGS = ("promise", "foretold", "wait")


class _Found(Struct, frozen=True, kw_only=True):
    whole: Waits
    earlier: Waits | None
    trend: list[Waits]
    rows: list[Waits]


def forecast(web: Web, who: Identity) -> Response:
    """GET /manager/forecast."""
    question = asked(web, "/manager/forecast", GROUPS)
    by = next(group for group in GROUPS if group == question.by)
    steps = time_steps(question.start, question.end)
    found = web.figures.get(
        ("forecast", question.start, question.end, question.earlier, by), lambda: _work_out(web, question, by, steps)
    )
    return show(
        web,
        who,
        "manager_forecast.html",
        question,
        MEANINGS,
        found=found,
        groups=GROUPS,
        called=lambda row: title(web.site, by, row.key, question.lang),
        target=100 * web.site.forecasting.confidence,
        least=100 * web.site.alerting.coverage,
        trend=_trend(web.site, question, found.trend, steps),
        spread=_spread(web.site, question, [row for row in found.rows if row.promised >= FEW]),
    )


def _work_out(web: Web, question: Asked, by: By, steps: By | Times) -> _Found:
    earlier = question.earlier
    with web.readers.lend() as reader:
        return _Found(
            whole=figures.waits(reader, web.site, question.start, question.end, "site")[0],
            earlier=figures.waits(reader, web.site, earlier.start, earlier.end, "site")[0] if earlier else None,
            trend=figures.waits(reader, web.site, question.start, question.end, steps),
            rows=figures.waits(reader, web.site, question.start, question.end, by),
        )


def coverage(row: Waits) -> float | None:
    """Percent of the printed ranges that came true."""
    return round(100 * row.promise_kept / row.promised, 1) if row.promised else None


def _trend(site: Site, question: Asked, rows: list[Waits], steps: By | Times) -> Chart | None:
    t, lang = words(question.lang), question.lang
    rows = [row for row in rows if row.promised]
    if len(rows) < 2:
        return None
    least = 100 * site.alerting.coverage
    low = [row for row in rows if (coverage(row) or 0) < least and row.promised >= site.alerting.ranges_at_least]
    answer = t["forecast_trend_low" if low else "forecast_trend_well"].format(
        n=len(low), of=len(rows), least=formats.number(least, lang), step=t[f"forecast_{steps}"]
    )
    return Chart(
        title=t["forecast_trend"],
        answer=answer,
        figure=over_time(
            [f"{row.key}-01" if steps == "month" else row.key for row in rows],
            [Series(t["forecast_kept"], [coverage(row) for row in rows])],
            "%",
            lang,
            [Limit(t["forecast_least"].format(least=formats.number(least, lang)), least)],
            top=85,
        ),
        table=_table(site, lang, str(steps), rows),
    )


def _spread(site: Site, question: Asked, rows: list[Waits]) -> Chart | None:
    """The 95 % interval of each row's coverage: what chance leaves open."""
    t, lang = words(question.lang), question.lang
    if len(rows) < 2:
        return None
    rows = sorted(rows, key=lambda row: coverage(row) or 0)[:20]
    sure = [wilson(row.promise_kept, row.promised) for row in rows]
    names = [title(site, question.by, row.key, lang) for row in rows]
    least = 100 * site.alerting.coverage
    return Chart(
        title=t["forecast_where"],
        answer=t["forecast_where_answer"].format(
            name=names[0], share=formats.share(rows[0].promise_kept, rows[0].promised, lang)
        ),
        figure=ranges(
            names,
            Series(t["forecast_from"], [round(100 * each.low, 1) for each in sure]),
            Series(t["forecast_to"], [round(100 * each.high, 1) for each in sure]),
            "%",
            lang,
            [Limit(f"{formats.number(least, lang)} %", least)],
            top=94,
        ),
        table=_table(site, lang, question.by, rows),
    )


def _table(site: Site, lang: str, by: str, rows: list[Waits]) -> Table:
    t = words(lang)
    return Table(
        (t[f"by_{by}"], t["forecast_kept"], t["forecast_told"], t["forecast_width"], t["forecast_error"]),
        tuple(
            (
                title(site, by, row.key, lang),
                formats.share(row.promise_kept, row.promised, lang),
                formats.number(row.promised, lang),
                formats.span(row.promise_width_s, t["minute"]),
                formats.span(row.promise_error_s, t["minute"]),
            )
            for row in rows
        ),
    )
