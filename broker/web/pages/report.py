"""The page of the centre's report: on the screen, on paper, and as files that are written beside the hub.

Rules: shows the document that every file is written from; looking never writes, a file is ordered by a form.
"""

import msgspec
from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from broker.report.layout import lay_out
from broker.report.periods import Days, recent
from broker.report.words import LANGUAGES
from broker.report.words import words as report_words
from broker.staff.identity import Identity
from broker.web import exchange
from broker.web.bodies import Period, ReportOrder
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.pages.frame import language, render
from broker.web.pages.manager.asked import PAGES
from broker.web.reading import period
from broker.web.reports import gather_now, order_of
from broker.web.words import STAFF_LANGUAGES

FORMS = ("pdf", "xlsx", "csv")


class _Asked(Period, kw_only=True, forbid_unknown_fields=True, frozen=True):
    lang: str = ""


def report(web: Web, who: Identity) -> Response:
    """GET /manager/report: this month where no days are given."""
    lang, today = language(STAFF_LANGUAGES), web.today()
    start, end = _days(web, today)
    found = web.figures.get(("report", start, end), lambda: gather_now(web, start, end))
    presets = recent(today)
    return render(
        web,
        who,
        "report.html",
        lang=lang,
        pages=[(address, word) for address, word, roles in PAGES if who.role in roles],
        document=lay_out(found, report_words(lang), lang),
        start=start,
        end=end,
        today=today,
        presets=presets,
        current=next((word for word, days in presets if days == Days(start, end)), ""),
        forms=FORMS,
        tongues=LANGUAGES,
        jobs=web.reports.all(),
    )


def files(web: Web, who: Identity) -> Response:
    """GET /manager/report/files: the list of files."""
    return render(web, who, "report_files.html", lang=language(STAFF_LANGUAGES), jobs=web.reports.all())


def order(web: Web, _who: Identity) -> AnyResponse:
    """POST /manager/reports: have a file written."""
    given = {name: request.form.get(name, "") for name in ("from", "to", "format", "language")}
    try:
        wanted = msgspec.convert(given, ReportOrder)
    except msgspec.ValidationError as error:
        raise Refusal("malformed", str(error)) from error
    job = order_of(web, wanted)
    return redirect(f"/manager/report?from={job.start}&to={job.end}#files", 303)


def _days(web: Web, today: str) -> tuple[str, str]:
    asked = exchange.query(_Asked)
    if "from" in request.args or "to" in request.args:
        return period(web, asked)
    month = dict(recent(today))["this_month"]
    return month.start, month.end
