"""The administrator's page of appointments: a portal's file in, what is booked out.

Rules: what the file holds of people is not read, and the file itself is gone when the answer is; the same door as for
programs judges every line.
"""

import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Response, request

from broker.appointments import has_come
from broker.intake.appointment_file import APPOINTMENTS
from broker.intake.lines import FileError, Line
from broker.intake.mapping import Mapping
from broker.intake.tables import read_table
from broker.lobby import Lobby
from broker.staff.identity import Identity
from broker.web.appointments import AppointmentsReply, take, wanted
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.pages.frame import language, render
from broker.web.words import STAFF_LANGUAGES

SHOWN = 100
"""So many rejected lines are shown."""
Day = tuple[str, int, int]
"""A day, how many appointments it has, and how many of them have come."""


def appointments(web: Web, who: Identity) -> Response:
    """GET /admin/appointments."""
    return _render(web, who, None, "")


def upload(web: Web, who: Identity) -> Response:
    """POST /admin/appointments: look at a file, or take it."""
    try:
        with _uploaded() as path:
            lines = list(read_table(path, APPOINTMENTS, Mapping()))
    except FileError as error:
        vi, _, en = str(error).partition("\n")
        return _render(web, who, None, en if language(STAFF_LANGUAGES) == "en" else vi)
    return _render(web, who, _taken(web, who, lines), "", wanted_written=request.form.get("what") == "write")


def _taken(web: Web, who: Identity, lines: list[Line]) -> AppointmentsReply:
    begins = web.site.appointment
    return take(
        web,
        who,
        [wanted(line.number, line.cells, begins) for line in lines if not line.wrong],
        request=str(uuid.uuid4()),
        dry_run=request.form.get("what") != "write",
        skip_rejected=request.form.get("skip") == "1",
        spoilt=[(line.number, line.wrong) for line in lines if line.wrong],
    )


@contextmanager
def _uploaded() -> Iterator[Path]:
    """The file that was sent, for as long as it is read. Raises Refusal where there is none."""
    file = request.files.get("file")
    if file is None:
        raise Refusal("malformed", "there is no file")
    with tempfile.TemporaryDirectory() as folder:
        head = file.stream.read(4)
        file.stream.seek(0)
        path = Path(folder) / ("list.xlsx" if head == b"PK\x03\x04" else "list.csv")
        file.save(path)
        yield path


def _render(
    web: Web, who: Identity, taken: AppointmentsReply | None, problem: str, wanted_written: bool = False
) -> Response:
    lang, refused = language(STAFF_LANGUAGES), wanted_written and taken is not None and not taken.written
    return render(
        web,
        who,
        "appointments.html",
        lang=lang,
        taken=taken,
        refused=refused,
        problem=problem,
        days=web.look(_days),
        shown=SHOWN,
    )


def _days(lobby: Lobby, _now: int) -> list[Day]:
    booked = Counter(lobby.calendar.day(each.slot) for each in lobby.bookings.values())
    come = Counter(lobby.calendar.day(each.slot) for each in lobby.bookings.values() if has_come(lobby, each))
    return [(day, booked[day], come[day]) for day in sorted(booked)]
