"""`/manager/waits`: how long people waited, when and where, and how long they were served.

Rules: means are exact, percentiles within 5 %; an hour is the hour of the call; a finer grouping of time is chosen by
the length of the period, so that a chart has at most some sixty points.
"""

import datetime

from flask import Response
from msgspec import Struct

from broker import figures, formats
from broker.appointment_figures import Kept, appointments
from broker.fairness import Fairness, fairness
from broker.figures import Waits
from broker.grouping import By, Times
from broker.occupancy import Occupancy, occupancy
from broker.reader import Reader
from broker.refused_figures import REASONS, Refused, refused
from broker.rush import mean_waits
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.pages.manager.asked import Asked, asked, show
from broker.web.pages.manager.charts import Chart, Series, Table, over_time, ranges
from broker.web.pages.manager.heat import heat
from broker.web.pages.manager.titles import title
from broker.web.words import words

GROUPS: tuple[By, ...] = ("department", "queue", "service", "counter", "hour", "weekday")

MEANINGS = (
    *("wait", "p90", "service", "occupancy", "issued", "priority", "served", "no_show"),
    *("transferred", "parked", "why", "overtake", "longest", "void", "cancelled", "stranded"),
)


class _Found(Struct, frozen=True, kw_only=True):
    whole: Waits
    earlier: Waits | None
    trend: list[Waits]
    week: dict[tuple[str, str], tuple[float, int]]
    rows: list[Waits]
    busy: Occupancy
    busy_earlier: Occupancy
    busy_counters: dict[str, Occupancy]
    fair: Fairness
    fair_queues: list[Fairness]
    appointments: Kept
    appointment_queues: list[Kept]
    refused: Refused
    refused_hours: list[Refused]


def waits(web: Web, who: Identity) -> Response:
    """GET /manager/waits."""
    question = asked(web, "/manager/waits", GROUPS)
    by = next(group for group in GROUPS if group == question.by)
    steps = time_steps(question.start, question.end)
    found = web.figures.get(
        ("waits", question.start, question.end, question.earlier, by), lambda: _work_out(web, question, by, steps)
    )
    lang = question.lang

    def called(row: Waits) -> str:
        return title(web.site, by, row.key, lang)

    return show(
        web,
        who,
        "manager_waits.html",
        question,
        MEANINGS,
        found=found,
        groups=GROUPS,
        called=called,
        queue_called=lambda key: title(web.site, "queue", key, lang),
        busy=found.busy_counters if by == "counter" else {},
        trend=_trend(web, question, found.trend, steps),
        heat=heat(found.week, lang),
        refused_answer=_refused_answer(found.refused_hours, found.refused, lang),
        refused_reasons=REASONS,
        spread=_spread([(called(row), row) for row in found.rows if row.waited], question),
    )


def time_steps(start: str, end: str) -> By | Times:
    """How a period is cut for a chart over time."""
    days = (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days + 1
    return "day" if days <= 62 else "week" if days <= 400 else "month"


def _work_out(web: Web, question: Asked, by: By, steps: By | Times) -> _Found:
    start, end, site = question.start, question.end, web.site
    with web.readers.lend() as reader:
        earlier = question.earlier
        return _Found(
            whole=figures.waits(reader, site, start, end, "site")[0],
            earlier=figures.waits(reader, site, earlier.start, earlier.end, "site")[0] if earlier else None,
            trend=figures.waits(reader, site, start, end, steps),
            week=mean_waits(reader, start, end),
            rows=figures.waits(reader, site, start, end, by),
            busy=_busy(reader, start, end),
            busy_earlier=_busy(reader, earlier.start, earlier.end) if earlier else Occupancy(),
            busy_counters=occupancy(reader, start, end, "counter"),
            fair=fairness(reader, site, start, end, "site")[0],
            fair_queues=fairness(reader, site, start, end, "queue"),
            appointments=appointments(reader, site, start, end, "site")[0],
            appointment_queues=appointments(reader, site, start, end, "queue"),
            refused=refused(reader, site, start, end, "site")[0],
            refused_hours=refused(reader, site, start, end, "hour"),
        )


def _busy(reader: Reader, start: str, end: str) -> Occupancy:
    return occupancy(reader, start, end, "site").get("-", Occupancy())


def _refused_answer(hours: list[Refused], whole: Refused, lang: str) -> str:
    worst = max(hours, key=lambda row: row.refused, default=whole)
    return words(lang)["refused_answer"].format(
        n=formats.number(whole.refused, lang), hour=worst.key, most=formats.number(worst.refused, lang)
    )


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)


def _trend(web: Web, question: Asked, rows: list[Waits], steps: By | Times) -> Chart | None:
    lang, t = question.lang, words(question.lang)
    rows = [row for row in rows if row.waited]
    if len(rows) < 2:
        return None
    days = [f"{row.key}-01" if steps == "month" else row.key for row in rows]
    worst = max(rows, key=lambda row: row.p90_s or 0)
    table = Table(
        (t[f"by_{steps}"], t["manager_wait_median"], t["manager_wait_p90"], t["waits_called"]),
        tuple(
            (
                title(web.site, steps, row.key, lang),
                formats.span(row.p50_s, t["minute"]),
                formats.span(row.p90_s, t["minute"]),
                formats.number(row.waited, lang),
            )
            for row in rows
        ),
    )
    lines = (
        Series(t["waits_p90"], [_minutes(row.p90_s) for row in rows]),
        Series(t["waits_median"], [_minutes(row.p50_s) for row in rows]),
    )
    return Chart(
        title=t["waits_trend"],
        answer=t[f"waits_trend_{steps}"].format(
            when=title(web.site, steps, worst.key, lang), minutes=formats.span(worst.p90_s, t["minute"])
        ),
        figure=over_time(days, lines, t["minute"], lang),
        table=table,
    )


def _spread(rows: list[tuple[str, Waits]], question: Asked) -> Chart | None:
    """From the median to what 9 of 10 did not exceed, for each row that has enough calls to say so."""
    t, lang = words(question.lang), question.lang
    shown = sorted((each for each in rows if each[1].waited >= 10), key=lambda each: -(each[1].p90_s or 0))[:20]
    if len(shown) < 2:
        return None
    names = [name for name, _ in shown]
    low = Series(t["waits_median"], [_minutes(row.p50_s) for _, row in shown])
    high = Series(t["waits_p90"], [_minutes(row.p90_s) for _, row in shown])
    return Chart(
        title=t[f"waits_where_{question.by}"],
        answer=t["waits_where"].format(name=names[0], minutes=formats.span(shown[0][1].p90_s, t["minute"])),
        figure=ranges(names, low, high, t["minute"], lang),
        table=Table(
            (t[f"by_{question.by}"], t["manager_wait_median"], t["manager_wait_p90"]),
            tuple(
                (name, formats.span(row.p50_s, t["minute"]), formats.span(row.p90_s, t["minute"]))
                for name, row in shown
            ),
        ),
    )
