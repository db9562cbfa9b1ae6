"""Every address of the hub, and who may call it.

Rules: the only place where an address is opened; a role that does not stand in a row may not; everybody (`EVERYBODY`,
also strangers) only where the purpose says why.
"""

from appliance.wire.messages import ActionArgs, Answer
from appliance.wire.site import PATH as SITE_PATH
from appliance.wire.site import SiteDocument
from broker.devices import Device
from broker.staff.identity import Role
from broker.web import bodies, commands, operations, reading
from broker.web.pages import desk, entry, frame
from broker.web.route import ANYONE, EVERYBODY, Route

API = "/api/v1"


def _only(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


FIGURES = _only("manager", "supervisor", "admin")

ROUTES: tuple[Route, ...] = (
    # ------------------------------------------------------------------------------------------- the API: changes
    Route(
        method="POST",
        rule=f"{API}/tickets",
        handler=commands.issue,
        roles=_only("reception", "admin", "device"),
        purpose="issue a number",
        body=bodies.TicketBody,
        reply=bodies.TicketReply,
        status=201,
        idempotent=True,
    ),
    Route(
        method="POST",
        rule=f"{API}/desks/<desk>/<action>",
        handler=commands.press,
        roles=_only("clerk", "admin"),
        purpose="press a key at a desk; the body is the action's args",
        body=ActionArgs,
        reply=Answer,
        idempotent=True,
    ),
    Route(
        method="POST",
        rule=f"{API}/ratings",
        handler=commands.rate,
        roles=_only("device", "admin"),
        purpose="a press on a rating button that speaks HTTP",
        body=bodies.RatingBody,
        reply=Answer,
        idempotent=True,
    ),
    Route(
        method="POST",
        rule=f"{API}/notice",
        handler=commands.set_notice,
        roles=_only("manager", "admin"),
        purpose="change the notice on the boards",
        body=bodies.NoticeBody,
        reply=bodies.DoneReply,
        idempotent=True,
    ),
    # --------------------------------------------------------------------------------------------- the API: looks
    Route(
        method="GET",
        rule=SITE_PATH,
        handler=reading.site,
        roles=EVERYBODY,
        purpose="the centre in words, with an ETag; open to all, for it says no more than the signs in the hall",
        reply=SiteDocument,
    ),
    Route(
        method="GET",
        rule=f"{API}/services",
        handler=reading.services,
        roles=ANYONE,
        purpose="what a citizen may ask for",
        reply=list[bodies.ServiceRow],
    ),
    Route(
        method="GET",
        rule=f"{API}/procedures",
        handler=reading.procedures,
        roles=ANYONE,
        purpose="the administrative procedures, with an ETag",
        reply=list[bodies.ProcedureRow],
    ),
    Route(
        method="GET",
        rule=f"{API}/queues",
        handler=reading.queues,
        roles=ANYONE,
        purpose="the queues now",
        reply=list[bodies.QueueRow],
    ),
    Route(
        method="GET",
        rule=f"{API}/desks",
        handler=reading.desks,
        roles=ANYONE,
        purpose="the desks now",
        reply=list[bodies.DeskRow],
    ),
    Route(
        method="GET",
        rule=f"{API}/calls",
        handler=reading.calls,
        roles=ANYONE,
        purpose="the calls that are still good, newest first",
        reply=bodies.CallsReply,
    ),
    Route(
        method="GET",
        rule=f"{API}/tickets/<ticket>",
        handler=reading.ticket,
        roles=ANYONE,
        purpose="one ticket of today",
        reply=bodies.TicketReply,
    ),
    Route(
        method="GET",
        rule=f"{API}/devices",
        handler=reading.devices,
        roles=FIGURES,
        purpose="the boxes and how they are",
        reply=list[Device],
    ),
    Route(
        method="GET",
        rule=f"{API}/ratings",
        handler=reading.ratings,
        roles=FIGURES,
        purpose="ratings of a period; by desk for a week or longer only",
        query=bodies.FiguresQuery,
        reply=bodies.RatingsReply,
    ),
    Route(
        method="GET",
        rule=f"{API}/waits",
        handler=reading.waits,
        roles=FIGURES,
        purpose="visits and waits of a period",
        query=bodies.FiguresQuery,
        reply=bodies.WaitsReply,
    ),
    Route(
        method="GET",
        rule=f"{API}/report",
        handler=reading.report,
        roles=FIGURES,
        purpose="the whole centre over a period",
        query=bodies.Period,
        reply=bodies.ReportReply,
    ),
    Route(
        method="GET",
        rule=f"{API}/stream",
        handler=reading.stream,
        roles=ANYONE,
        purpose="the retained states as server-sent events; goes on after Last-Event-ID",
        query=bodies.StreamQuery,
    ),
    Route(
        method="GET",
        rule="/openapi.json",
        handler=operations.openapi,
        roles=EVERYBODY,
        purpose="this description for programs; open to all, for it holds no data",
    ),
    Route(
        method="GET",
        rule="/healthz",
        handler=operations.health,
        roles=EVERYBODY,
        purpose="whether the hub works; open to all, so that a supervisor needs no secret",
    ),
    Route(
        method="GET",
        rule="/metrics",
        handler=operations.metrics,
        roles=EVERYBODY,
        purpose="counts for Prometheus; without a token only from this machine",
    ),
    # --------------------------------------------------------------------------------------------------- the pages
    Route(
        method="GET",
        rule="/static/<path:filename>",
        handler=frame.static,
        roles=EVERYBODY,
        purpose="scripts, styles and fonts; open to all, for the login page needs them",
        kind="page",
    ),
    Route(
        method="GET",
        rule="/",
        handler=entry.chooser,
        roles=EVERYBODY,
        purpose="where to go; open to all, for it holds no data",
        kind="page",
    ),
    Route(
        method="GET",
        rule="/login",
        handler=entry.login_form,
        roles=EVERYBODY,
        purpose="the login form; open to all by its nature",
        kind="page",
    ),
    Route(
        method="POST",
        rule="/login",
        handler=entry.log_in,
        roles=EVERYBODY,
        purpose="log in; open to all by its nature",
        kind="form",
    ),
    Route(
        method="POST",
        rule="/enter",
        handler=entry.enter,
        roles=EVERYBODY,
        purpose="enter the demonstration without a password; refused unless it is switched on, on loopback only",
        kind="form",
    ),
    Route(
        method="POST",
        rule="/first",
        handler=entry.first_account,
        roles=EVERYBODY,
        purpose="make the first administrator; open to all who can read the hub's log",
        kind="form",
    ),
    Route(method="POST", rule="/logout", handler=entry.log_out, roles=ANYONE, purpose="log out", kind="form"),
    Route(
        method="GET",
        rule="/desk",
        handler=desk.pick,
        roles=_only("clerk", "admin"),
        purpose="choose a desk",
        kind="page",
    ),
    Route(
        method="GET",
        rule="/desk/<desk>",
        handler=desk.desk,
        roles=_only("clerk", "admin"),
        purpose="the clerk's page",
        kind="page",
    ),
    Route(
        method="GET",
        rule="/desk/<desk>/now",
        handler=desk.now,
        roles=_only("clerk", "admin"),
        purpose="the regions of the clerk's page",
        kind="page",
    ),
)
