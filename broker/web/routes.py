"""Every address of the hub, and who may call it.

Rules: the only place where an address is opened; a role that does not stand in a row may not call it; `EVERYBODY`, also
strangers, only where the purpose says why.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from appliance.wire.messages import Answer
from appliance.wire.parts import ActionArgs
from appliance.wire.procedures import PATH as PROCEDURES_PATH
from appliance.wire.procedures import ProcedureList
from appliance.wire.site import PATH as SITE_PATH
from appliance.wire.site import SiteDocument
from broker.devices import Device
from broker.quarantine import PutAside
from broker.report.content import Report
from broker.report.files import ReportJob
from broker.simulator.answer import Question
from broker.simulator.files import SimulationJob
from broker.staff.identity import ISSUERS, Role
from broker.web import (
    appointments,
    commands,
    integrity,
    operations,
    quarantine,
    reading,
    reports,
    simulations,
    story,
    visits,
)
from broker.web import bodies as b
from broker.web.pages import admin, board, desk, entry, frame, reception, register, report, turn
from broker.web.pages import appointments as appointments_page
from broker.web.pages import quarantine as quarantine_page
from broker.web.pages import story as story_page
from broker.web.pages.manager import forecast, now, satisfaction, waits, what_if
from broker.web.pages.manager import integrity as integrity_page
from broker.web.route import ANYONE, API, EVERYBODY, Route

Handler = Callable[..., Any]
Roles = frozenset[Role] | None


def _only(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


def _get(
    rule: str, handler: Handler, roles: Roles, purpose: str, reply: Any, query: type[Struct] | None = None
) -> Route:
    return Route(method="GET", rule=rule, handler=handler, roles=roles, purpose=purpose, reply=reply, query=query)


def _post(
    rule: str, handler: Handler, roles: Roles, purpose: str, body: type[Struct], reply: Any, status: int = 200
) -> Route:
    return Route(
        method="POST", rule=rule, handler=handler, roles=roles, purpose=purpose, body=body, reply=reply, status=status
    )


def _page(rule: str, handler: Handler, roles: Roles, purpose: str) -> Route:
    return Route(method="GET", rule=rule, handler=handler, roles=roles, purpose=purpose, kind="page")


def _regions(rule: str, handler: Handler, roles: Roles, purpose: str = "its regions") -> Route:
    return Route(method="GET", rule=rule, handler=handler, roles=roles, purpose=purpose, kind="page", in_use=False)


def _form(rule: str, handler: Handler, roles: Roles, purpose: str) -> Route:
    return Route(method="POST", rule=rule, handler=handler, roles=roles, purpose=purpose, kind="form")


CLERKS = _only("clerk", "admin")
FIGURES = _only("manager", "supervisor", "admin")
RATERS = _only("device", "admin")
ADMINS = _only("admin")
RECEPTION = _only("reception", "admin")
CORRECTORS = _only("clerk", "reception", "admin")
LOOKERS = _only("reception", "supervisor", "admin")
POST = _only("clerk", "reception", "supervisor", "admin")
COMPLAINTS = _only("clerk", "supervisor", "admin")
NOTICE = _only("manager", "admin")
SUPERVISORS = _only("supervisor")
PORTAL = _only("portal", "admin")

CHANGES = (
    _post(f"{API}/tickets", commands.issue, ISSUERS, "issue a number", b.TicketBody, b.TicketReply, 201),
    _post(
        *(f"{API}/tickets/<ticket>/priority", visits.correct_priority, CORRECTORS),
        *("correct whether a visit has priority; a clerk only of his own", visits.PriorityBody, b.TicketReply),
    ),
    _post(
        *(f"{API}/tickets/<ticket>/cancel", visits.cancel, RECEPTION, "a visit is not to be called any more"),
        *(visits.CancelBody, b.TicketReply),
    ),
    _post(
        *(f"{API}/tickets/<ticket>/restore", visits.restore, RECEPTION, "a cancelled visit is to be called after all"),
        *(visits.NothingBody, b.TicketReply),
    ),
    _post(
        *(f"{API}/tickets/<ticket>/reprint", visits.reprint, RECEPTION, "a ticket machine is to print its paper"),
        *(visits.ReprintBody, visits.ReprintReply, 202),
    ),
    _post(
        *(f"{API}/desks/<desk>/<action>", commands.press, CLERKS),
        *("press a key at a desk; the body is the action's args, and may be empty", ActionArgs, Answer),
    ),
    _post(f"{API}/ratings", commands.rate, RATERS, "a press on a rating button that speaks HTTP", b.RatingBody, Answer),
    _post(
        f"{API}/reports",
        reports.order,
        FIGURES,
        "have a report written as a file, beside the hub",
        b.ReportOrder,
        ReportJob,
        202,
    ),
    _post(
        *(f"{API}/simulations", simulations.order, FIGURES),
        *("have it worked out, beside the hub, how long people would wait if something changed", Question),
        *(SimulationJob, 202),
    ),
    _post(
        *(f"{API}/integrity/<case>", integrity.note, SUPERVISORS, "write to a case of the integrity tests"),
        *(integrity.NoteBody, b.DoneReply),
    ),
    _post(
        *(f"{API}/appointments", appointments.book, PORTAL, "the appointments of some days, in place of those before"),
        *(b.AppointmentsBody, appointments.AppointmentsReply),
    ),
    _post(f"{API}/notice", commands.set_notice, NOTICE, "change the notice on the boards", b.NoticeBody, b.DoneReply),
)

LOOKS = (
    _get(
        *(SITE_PATH, reading.site, EVERYBODY),
        "the centre in words, with an ETag; open to all, for it says no more than the signs in the hall",
        reply=SiteDocument,
    ),
    _get(f"{API}/services", reading.services, ANYONE, "what a citizen may ask for", list[b.ServiceRow]),
    _get(
        *(PROCEDURES_PATH, reading.procedures, EVERYBODY),
        "the procedures, with an ETag; open to all, for the law has them posted in the hall",
        reply=ProcedureList,
    ),
    _get(f"{API}/queues", reading.queues, ANYONE, "the queues now", list[b.QueueRow]),
    _get(f"{API}/desks", reading.desks, ANYONE, "the desks now", list[b.DeskRow]),
    _get(f"{API}/calls", reading.calls, ANYONE, "the calls that are still good, newest first", b.CallsReply),
    _get(f"{API}/tickets/<ticket>", reading.ticket, ANYONE, "one ticket of today", b.TicketReply),
    _get(
        *(f"{API}/tickets", story.find, LOOKERS, "the whole story of a visit, by its number, also of an earlier day"),
        *(story.StoryReply, story.StoryQuery),
    ),
    _get(f"{API}/tickets/<ticket>/story", story.story, LOOKERS, "the whole story of a visit", story.StoryReply),
    _get(
        f"{API}/quarantine", quarantine.quarantine, ADMINS, "what could not be taken in, newest first", list[PutAside]
    ),
    _get(f"{API}/devices", reading.devices, FIGURES, "the boxes and how they are", list[Device]),
    _get(
        *(f"{API}/ratings", reading.ratings, FIGURES, "ratings of a period, as far as they are published"),
        *(b.RatingsReply, b.FiguresQuery),
    ),
    _get(
        *(f"{API}/ratings/channels", reading.rating_channels, FIGURES),
        "button and phone side by side, and reasons: the centre, by finished months",
        *(b.ChannelsReply, b.Period),
    ),
    _get(f"{API}/waits", reading.waits, FIGURES, "visits and waits of a period", b.WaitsReply, b.FiguresQuery),
    _get(
        *(f"{API}/appointments", appointments.kept, FIGURES, "appointments of a period: kept, late, missed"),
        *(b.AppointmentsReport, b.FiguresQuery),
    ),
    _get(
        *(f"{API}/fairness", reading.fairness, FIGURES),
        "why visits were called in a period, who was passed over, the waits of each class",
        *(b.FairnessReply, b.FiguresQuery),
    ),
    _get(
        *(f"{API}/refusals", reading.refusals, FIGURES, "wishes of a period that got no number, and why"),
        *(b.RefusalsReport, b.FiguresQuery),
    ),
    _get(f"{API}/report", reports.report, FIGURES, "the centre's report of a period", Report, b.Period),
    _get(
        *(f"{API}/simulations", simulations.jobs, FIGURES),
        *("questions that were asked: being worked out, and answered", list[SimulationJob]),
    ),
    _get(f"{API}/simulations/<job>", simulations.job, FIGURES, "one of them", simulations.SimulationReply),
    _get(f"{API}/reports", reports.jobs, FIGURES, "files of reports: being written, and ready", list[ReportJob]),
    _get(f"{API}/reports/<job>", reports.job, FIGURES, "one of them", ReportJob),
    _get(f"{API}/reports/<job>/file", reports.file, FIGURES, "the file, once it is done", None),
    _get(
        *(f"{API}/integrity", integrity.integrity, SUPERVISORS, "a year's cases of the integrity tests, both series"),
        *(integrity.IntegrityReply, integrity.IntegrityQuery),
    ),
    Route(
        method="GET",
        rule=f"{API}/stream",
        handler=reading.stream,
        roles=ANYONE,
        purpose="the retained states as server-sent events; goes on after Last-Event-ID",
        query=b.StreamQuery,
        in_use=False,
    ),
    _get(
        "/openapi.json", operations.openapi, EVERYBODY, "the API for programs; open to all, for it holds no data", None
    ),
    _get(
        "/healthz",
        operations.health,
        EVERYBODY,
        "whether the hub works; open to all, so that a watcher needs no secret",
        None,
    ),
    _get(
        "/metrics", operations.metrics, EVERYBODY, "counts for Prometheus; without a token only from this machine", None
    ),
)

DOORS = (
    _page("/", entry.chooser, EVERYBODY, "where to go; open to all, for it holds no data"),
    _page("/static/<path:filename>", frame.static, EVERYBODY, "scripts, styles, fonts; the login page needs them"),
    _page("/login", entry.login_form, EVERYBODY, "the login form; open to all by its nature"),
    _form("/login", entry.log_in, EVERYBODY, "log in; open to all by its nature"),
    _form(
        "/enter", entry.enter, EVERYBODY, "the demonstration's one-click entry; refused unless switched on, on loopback"
    ),
    _form("/first", entry.first_account, EVERYBODY, "make the first administrator; open to who can read the hub's log"),
    _form("/logout", entry.log_out, ANYONE, "log out"),
)

PAGES = (
    _page("/desk", desk.pick, CLERKS, "choose a desk"),
    _page("/desk/<desk>", desk.desk, CLERKS, "the clerk's page"),
    _page("/desk/<desk>/now", desk.now, CLERKS, "its regions"),
    _regions("/desk/<desk>/number", desk.number, CLERKS, "what the desk may do with a number that is typed"),
    _page("/reception", reception.reception, RECEPTION, "reception's page"),
    _page("/ticket", story_page.story, LOOKERS, "find one number: its whole story, and what may be put right"),
    _regions("/ticket/now", story_page.now, LOOKERS),
    _page("/post", register.post, POST, "deliveries, fees and the courier's rounds of today"),
    _form("/post/delivery", register.order, POST, "write down a delivery to the home"),
    _form("/post/fee", register.fee, POST, "write down a fee"),
    _form("/post/round", register.made, POST, "tick off a round of the courier"),
    _form("/post/strike", register.strike_post, POST, "strike out a line of today"),
    _page("/complaints", register.complaints, COMPLAINTS, "complaints of today; a clerk only at the complaints desk"),
    _form("/complaints/file", register.complain, COMPLAINTS, "write down a complaint: desk and time, nothing else"),
    _form("/complaints/strike", register.strike_complaint, COMPLAINTS, "strike out a complaint of today"),
    _page("/manager", now.now, FIGURES, "the hall right now"),
    _regions("/manager/now", now.now, FIGURES),
    _page("/manager/satisfaction", satisfaction.satisfaction, FIGURES, "how satisfied people were over a period"),
    _page("/manager/waits", waits.waits, FIGURES, "how long people waited over a period, when and where"),
    _page("/manager/integrity", integrity_page.integrity, SUPERVISORS, "which desks' presses want a look, and why"),
    _form("/manager/integrity", integrity_page.note, SUPERVISORS, "write to cases what was found out"),
    _page("/manager/forecast", forecast.forecast, FIGURES, "whether the printed ranges came true over a period"),
    _page("/manager/report", report.report, FIGURES, "the centre's report of a period, to read and to print"),
    _regions("/manager/report/files", report.files, FIGURES, "files of reports: being written, and ready"),
    _page("/manager/what-if", what_if.ask, FIGURES, "ask how long people would wait if something changed"),
    _form("/manager/what-if", what_if.order, FIGURES, "have such a question worked out"),
    _page("/manager/what-if/<job>", what_if.answer, FIGURES, "how far it is, or its answer"),
    _regions("/manager/what-if/<job>/now", what_if.answer, FIGURES),
    _form("/manager/reports", report.order, FIGURES, "have a report written as a file"),
    _page("/manager/reports/<job>/file", reports.file, FIGURES, "the file, once it is done"),
    _page("/admin", admin.admin, ADMINS, "the administrator's page"),
    _regions("/admin/now", admin.now, ADMINS),
    _page("/admin/quarantine", quarantine_page.quarantine, ADMINS, "what could not be taken in, and what to do"),
    _page("/admin/appointments", appointments_page.appointments, ADMINS, "what is booked, and a portal's file"),
    _form("/admin/appointments", appointments_page.upload, ADMINS, "bring a portal's file of appointments"),
    _form("/admin/notice", admin.notice, ADMINS, "change the notice on the boards"),
    _form("/admin/account", admin.account, ADMINS, "add or change an account"),
    _form("/admin/account/<name>/<action>", admin.account_action, ADMINS, "unlock, disable or enable an account"),
    _page("/board", board.board, EVERYBODY, "a board for a smart TV; open to all, for it hangs in the hall"),
    _page("/board/stream", board.stream, EVERYBODY, "the states that it shows; open to all like the board"),
    _regions("/board/voice", board.voice, EVERYBODY, "how its calls are put together; open to all like the board"),
    _regions("/board/clips/<path:name>.wav", board.clip, EVERYBODY, "what it says; open to all like the board"),
    _page("/t/<code>", turn.turn, EVERYBODY, "a citizen's own turn; the code on the paper is the secret"),
    _page("/t/<code>/now", turn.turn_now, EVERYBODY, "its regions, with an ETag; the code is the secret"),
    _form("/t/<code>/rating", turn.rate, EVERYBODY, "rate the visit once, afterwards; the code is the secret"),
)

ROUTES: tuple[Route, ...] = (*CHANGES, *LOOKS, *DOORS, *PAGES)
