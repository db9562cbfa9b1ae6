"""Appointments as they come from the portal: a list of them, judged line by line.

Rules: a code becomes its token here, at the door; a line that is rejected says why; whoever asks by a program has a
token of the role `portal`, which may do nothing else.
"""

import uuid
from collections.abc import Sequence

from msgspec import Struct

from appliance.wire.appointments import is_code, token
from appliance.wire.told import Words
from broker import refusals as no
from broker.appointment_model import BookAppointments, Wanted
from broker.appointments import judge
from broker.intake.lines import Rejected
from broker.staff.identity import Identity
from broker.web import exchange
from broker.web.bodies import AppointmentLine, AppointmentsBody
from broker.web.commands import carry_out
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.guard import idempotency_key


class RejectedLine(Struct, kw_only=True, frozen=True):
    """The place of a line in the list, from 1, and why it is not taken."""

    line: int
    reason: Words


class AppointmentsReply(Struct, kw_only=True, frozen=True):
    """What the list changes, or would change where nothing was `written`."""

    written: bool
    new: int
    changed: int
    cancelled: int
    unchanged: int
    rejected: tuple[RejectedLine, ...]


def book(web: Web, who: Identity) -> AppointmentsReply:
    """POST /appointments."""
    body = exchange.body(AppointmentsBody)
    return take(web, who, body, idempotency_key() or str(uuid.uuid4()))


def take(
    web: Web, who: Identity, body: AppointmentsBody, request: str, spoilt: Sequence[Rejected] = ()
) -> AppointmentsReply:
    """Judge the list and, unless it is a dry run, have it written. Raises Refusal.

    `spoilt` are lines that were rejected before.
    """
    if not web.site.appointments.on:
        raise Refusal("wrong_state", words=no.NO_APPOINTMENTS.words)
    lines = tuple(_wanted(place, each, web.site.appointment) for place, each in enumerate(body.appointments, start=1))
    judged = web.look(lambda lobby, now: judge(lobby, lines, body.days, now))
    rejected = sorted((*spoilt, *judged.rejected), key=lambda each: each.line)
    written = not body.dry_run and (body.skip_rejected or not rejected)
    if written:
        carry_out(web, who, BookAppointments(id=request, lines=lines, days=body.days, skip_rejected=body.skip_rejected))
    return AppointmentsReply(
        written=written,
        new=judged.new,
        changed=judged.changed,
        cancelled=judged.cancelled,
        unchanged=judged.unchanged,
        rejected=tuple(RejectedLine(line=each.line, reason=each.reason) for each in rejected),
    )


def _wanted(place: int, line: AppointmentLine, begins: str) -> Wanted:
    known = token(line.code, begins) if is_code(line.code, begins) else ""
    return Wanted(place, known, line.service, line.day, line.time)
