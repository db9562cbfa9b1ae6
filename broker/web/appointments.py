"""Appointments as they come from the portal: a list of them, judged line by line.

Rules: a code becomes its token here, at the door; a line that is rejected says why; whoever asks by a program has a
token of the role `portal`, which may do nothing else.
"""

import uuid
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import asdict

from appliance.wire.appointments import is_code, token
from appliance.wire.told import Words
from broker import refusals as no
from broker.appointment_figures import appointments
from broker.appointment_model import BookAppointments, Wanted
from broker.appointments import judge
from broker.staff.identity import Identity
from broker.web import exchange
from broker.web.bodies import AppointmentsBody, AppointmentsReport, FiguresQuery
from broker.web.commands import carry_out
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.guard import idempotency_key
from broker.web.reading import period


class RejectedLine(Struct, kw_only=True, frozen=True):
    """The place of a line in the list, from 1, and why it is not taken."""

    line: int
    reason: Words


class AppointmentsReply(Struct, kw_only=True, frozen=True):
    """What the list changes, or would change where nothing was `written`.

    Of a list that is `partial` (a line or its code could not be read) nothing is cancelled.
    """

    written: bool
    new: int
    changed: int
    cancelled: int
    unchanged: int
    partial: bool
    rejected: tuple[RejectedLine, ...]


def book(web: Web, who: Identity) -> AppointmentsReply:
    """POST /appointments."""
    body, begins = exchange.body(AppointmentsBody), web.site.appointment
    return take(
        web,
        who,
        [wanted(place, asdict(each), begins) for place, each in enumerate(body.appointments, start=1)],
        request=idempotency_key() or str(uuid.uuid4()),
        days=body.days,
        dry_run=body.dry_run,
        skip_rejected=body.skip_rejected,
        partial=body.partial,
    )


def kept(web: Web, _who: Identity) -> AppointmentsReport:
    """GET /appointments."""
    asked = exchange.query(FiguresQuery)
    start, end = period(web, asked)
    with web.readers.lend() as reader:
        rows = appointments(reader, web.site, start, end, asked.by)
    return AppointmentsReport(start=start, end=end, by=asked.by, rows=rows)


def wanted(line: int, cells: Mapping[str, str], begins: str) -> Wanted:
    """A line of a list, its code as a token already."""
    code = cells["code"]
    known = token(code, begins) if is_code(code, begins) else ""
    return Wanted(line, known, cells["service"], cells["day"], cells["time"])


def take(
    web: Web,
    who: Identity,
    lines: Sequence[Wanted],
    *,
    request: str,
    days: Sequence[str] = (),
    dry_run: bool,
    skip_rejected: bool,
    partial: bool = False,
    spoilt: Sequence[tuple[int, Words]] = (),
) -> AppointmentsReply:
    """Judge a list that speaks for `days` too and, unless it is a dry run, have it written. Raises Refusal.

    `request` is its id; `spoilt` are lines that could not even be read, and why.
    """
    if not web.site.appointments.on:
        raise Refusal("wrong_state", words=no.NO_APPOINTMENTS.words)
    partial = partial or bool(spoilt)
    judged = web.look(lambda lobby, now: judge(lobby, lines, days, now, partial=partial))
    rejected = [RejectedLine(line=line, reason=why) for line, why in spoilt]
    rejected += [RejectedLine(line=each.line, reason=each.reason) for each in judged.rejected]
    written = not dry_run and (skip_rejected or not rejected)
    if written:
        message = BookAppointments(
            id=request, lines=tuple(lines), days=tuple(days), skip_rejected=skip_rejected, partial=partial
        )
        carry_out(web, who, message)
    return AppointmentsReply(
        written=written,
        new=judged.new,
        changed=judged.changed,
        cancelled=judged.cancelled,
        unchanged=judged.unchanged,
        partial=judged.partial,
        rejected=tuple(sorted(rejected, key=lambda each: each.line)),
    )
