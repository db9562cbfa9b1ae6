"""The centre's report over HTTP: at once as JSON, or ordered as a file that a process of its own writes.

Rules: what a file says is what the JSON says; a file is for those who may see the figures, and is never cached.
"""

from flask import Response, send_file

from broker.beside.jobs import FullError
from broker.report.content import Report
from broker.report.files import ReportJob, report_job
from broker.report.formats import MIMETYPES
from broker.report.gather import gather
from broker.staff.identity import Identity
from broker.web import exchange
from broker.web.bodies import Period, ReportOrder
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.reading import period


def report(web: Web, _who: Identity) -> Report:
    """GET /report."""
    return gather_now(web, *period(web, exchange.query(Period)))


def gather_now(web: Web, start: str, end: str) -> Report:
    """The report of these days, as they are known now."""
    now = web.hub.now()
    made = web.look(lambda lobby, _now: lobby.calendar.instant(now))
    with web.readers.lend() as reader:
        return gather(reader, web.site, web.site_folder, (start, end), made)


def order(web: Web, _who: Identity) -> ReportJob:
    """POST /reports."""
    return order_of(web, exchange.body(ReportOrder, when_empty=b"{}"))


def order_of(web: Web, wanted: ReportOrder) -> ReportJob:
    """Have it written. Raises Refusal when too many wait already."""
    start, end = period(web, Period(start=wanted.start, end=wanted.end))
    try:
        return web.reports.start(report_job(start, end, wanted.lang, wanted.form))
    except FullError:
        raise Refusal("busy", "too many reports are waiting to be written") from None


def jobs(web: Web, _who: Identity) -> list[ReportJob]:
    """GET /reports."""
    return web.reports.all()


def job(web: Web, _who: Identity, job: str) -> ReportJob:
    """GET /reports/<job>."""
    found = web.reports.find(job)
    if found is None:
        raise Refusal("not_found")
    return found


def file(web: Web, _who: Identity, job: str) -> Response:
    """GET /reports/<job>/file."""
    found = web.reports.find(job)
    if found is None or found.state != "done":
        raise Refusal("not_found")
    path = web.reports.path(found)
    if not path.is_file():  # deleted in this moment, to make room
        raise Refusal("not_found")
    response = send_file(
        path.resolve(),
        mimetype=MIMETYPES[found.form],
        as_attachment=True,
        download_name=f"goiso-{web.site.id}-{found.start}-{found.end}-{found.lang}.{found.form}",
    )
    response.headers["Cache-Control"] = "no-store"
    return response
