"""Appointments: who may have one, and what it is worth on arrival.

Who is in time stands in line by `clock0` = slot − credit, at the rate of everybody else. So he is never worse off than
who took a number then, and whoever takes a number at a moment t is overtaken only by slots before t + credit. Starving
is out of the question twice: of what the desks of a queue get done in an hour, at most the share may be promised.

Rules: pure; one number for one code; a file is judged line by line, in the order of its lines, and what it does not
name on its days is cancelled, but for what is past or has come already; a rejected line cancels nothing.
"""

import datetime
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from appliance.wire.told import Words
from broker import cards
from broker import refusals as no
from broker.appointment_facts import AppointmentFreed, AppointmentMissed, AppointmentsBooked
from broker.appointment_model import BookAppointments, Booking, Wanted
from broker.intake.lines import Rejected, RowError
from broker.lobby import Lobby, Ticket
from broker.refusals import Refusal

FURTHEST_DAYS = 92
"""An appointment further away is a slip of the pen."""
_YEARS = range(2000, 2200)
QUARTERS = 4
"""An hour's appointments are spread over its quarters."""
HOUR_MS, QUARTER_MS = 3_600_000, 900_000
Span = tuple[str, int, int]
"""Queue, start and length (ms)."""


class Arrival(Struct, frozen=True):
    """Somebody is here for `service`, at `slot` (ms) if he has an appointment; `clock0` is his place in line then.

    It is 0 for who is too late for it: he stands where he comes, as everybody.
    """

    service: str
    slot: int
    clock0: int


def arrive(lobby: Lobby, token: str, now: int) -> Arrival | Refusal:
    """What the code behind `token` is worth at `now` (Unix ms), or why it gives no number."""
    rules, booking = lobby.site.appointments, lobby.bookings.get(token)
    if not rules.on or booking is None:
        return no.NO_APPOINTMENT
    if ticket := _visit(lobby, booking):
        return replace(no.CHECKED_IN, ticket=ticket.id) if ticket.status in cards.OPEN else no.NO_APPOINTMENT
    opens = booking.slot - rules.early_s * 1000
    if now < opens:
        return _too_early(lobby, booking.slot, opens)
    in_time = now <= booking.slot + rules.late_s * 1000
    return Arrival(booking.service, booking.slot, clock0(lobby, booking.slot) if in_time else 0)


def clock0(lobby: Lobby, slot: int) -> int:
    """The place in line that an appointment at `slot` gives (both ms)."""
    return slot - lobby.site.appointments.credit_s * 1000


def _too_early(lobby: Lobby, slot: int, opens: int) -> Refusal:
    at, since = lobby.calendar.local(slot), lobby.calendar.local(opens)
    words = Words(
        vi=f"Lịch hẹn lúc {at:%H:%M} ngày {at:%d/%m}. Mã được nhận từ {since:%H:%M}.",
        en=f"The appointment is at {at:%H:%M} on {at:%d/%m}. Its code gives a number from {since:%H:%M} on.",
    )
    instant = lobby.calendar.instant
    return replace(no.TOO_EARLY, words=words, appointment=instant(slot), opens=instant(opens))


def missed(lobby: Lobby) -> tuple[AppointmentMissed, ...]:
    """The appointments of the open day for which nobody came, when it ends; none where they were turned off."""
    return tuple(
        AppointmentMissed(queue=service.queue, service=service.id, slot=booking.slot)
        for booking in lobby.bookings.values()
        if lobby.site.appointments.on
        if lobby.calendar.day(booking.slot) == lobby.day and not has_come(lobby, booking)
        if (service := lobby.site.services.get(booking.service))
    )


def freed(ticket: Ticket) -> tuple[AppointmentFreed, ...]:
    """What its being void means for the appointment that `ticket` was given for, if it was."""
    if not ticket.appointment:
        return ()
    # It was counted in the series that gave the number, at its issue.
    return (AppointmentFreed(queue=ticket.series, service=ticket.service, late=ticket.late, at=ticket.issued_at),)


def has_come(lobby: Lobby, booking: Booking) -> bool:
    """Whether somebody came for it and has, or had, a number that is not void."""
    return _visit(lobby, booking) is not None


def _visit(lobby: Lobby, booking: Booking) -> Ticket | None:
    ticket = lobby.tickets.get(booking.ticket)
    return None if ticket is None or ticket.status == "void" else ticket


def most_in_an_hour(lobby: Lobby, queue: str) -> int:
    """As many appointments a queue may have in a clock hour: the share of what its desks get done in one.

    A desk that serves several queues counts for each of them in parts.
    """
    desks = sum(1 / len(lobby.site.desks[desk].skills) for desk in lobby.serving[queue])
    return math.floor(lobby.site.appointments.share * desks * 3600 / lobby.experience.pace.of(queue).mean_s)


# --------------------------------------------------------------------------------------------------------- a file


class Judged(Struct, frozen=True):
    """What a file makes of the appointments, and what it cannot: all that there are then, by token.

    Of a file that is `partial` nobody knows whom it does not name, so nothing is cancelled.
    """

    bookings: Mapping[str, Booking]
    partial: bool
    new: int
    changed: int
    cancelled: int
    unchanged: int
    rejected: tuple[Rejected, ...]


def book(lobby: Lobby, actor: str, message: BookAppointments, now: int) -> tuple[AppointmentsBooked, ...] | Refusal:
    """The fact of a file that is taken, or why it is not."""
    if not lobby.site.appointments.on:
        return no.NO_APPOINTMENTS
    judged = judge(lobby, message.lines, message.days, now, partial=message.partial)
    if judged.rejected and not message.skip_rejected:
        return no.LINES_REJECTED
    counted = AppointmentsBooked(new=judged.new, changed=judged.changed, cancelled=judged.cancelled, actor=actor)
    return (counted,) if judged.new or judged.changed or judged.cancelled else ()


def judge(lobby: Lobby, lines: Sequence[Wanted], days: Collection[str], now: int, *, partial: bool = False) -> Judged:
    """What a file that speaks for `days`, and for those in its lines, makes of the appointments at `now` (Unix ms).

    It is `partial` where lines of it could not be read, or where the code of one cannot.
    """
    known, rejected = lobby.bookings, []
    wanted: dict[str, tuple[int, Booking]] = {}
    for line in lines:
        try:
            booking = _read(lobby, line)
            if line.token in wanted:
                first = wanted[line.token][0]
                raise RowError(f"mã này đã có ở dòng {first}", f"the code stands on line {first} already")
            wanted[line.token] = line.line, booking
        except RowError as bad:
            rejected.append(Rejected(line.line, bad.words))
    kept = {line.token for line in lines} - wanted.keys()
    partial = partial or "" in kept
    named = set() if partial else {*days, *(line.day for line in lines)}
    while True:
        bookings, refused = _place(lobby, wanted, named, kept, now)
        stuck = refused.keys() & known.keys()
        if not stuck:
            break
        # Who cannot be moved keeps his place, which another may have been given: all are judged again without it.
        rejected += [refused[token] for token in stuck]
        kept |= stuck
        wanted = {token: line for token, line in wanted.items() if token not in stuck}
    rejected += refused.values()
    added = bookings.keys() - known.keys()
    return Judged(
        bookings=bookings,
        partial=partial,
        new=len(added),
        changed=sum(not _alike(known[token], bookings[token]) for token in bookings.keys() - added),
        cancelled=len(known.keys() - bookings.keys()),
        unchanged=sum(token in known and _alike(known[token], booking) for token, (_, booking) in wanted.items()),
        rejected=tuple(sorted(rejected, key=lambda each: each.line)),
    )


def _place(
    lobby: Lobby,
    wanted: Mapping[str, tuple[int, Booking]],
    named: Collection[str],
    kept: Collection[str],
    now: int,
) -> tuple[dict[str, Booking], dict[str, Rejected]]:
    """All appointments if the wanted ones are had and the `kept` ones stay, and those that cannot be had, by token."""
    known = lobby.bookings

    def stays(token: str, booking: Booking) -> bool:
        """Whether the file has no say in it: what is past or has come, and what it does not speak of."""
        if token in kept or has_come(lobby, booking) or booking.slot <= now:
            return True
        return token not in wanted and lobby.calendar.day(booking.slot) not in named

    bookings = {token: booking for token, booking in known.items() if stays(token, booking)}
    same = {token for token, (_, booking) in wanted.items() if token in known and _alike(known[token], booking)}
    bookings |= {token: known[token] for token in same}
    taken = Counter(span for booking in bookings.values() for span in _spans(lobby, booking))
    refused: dict[str, Rejected] = {}
    for token, (number, booking) in wanted.items():
        try:
            if token not in same:
                _check(lobby, booking, known.get(token), taken, now)
                bookings[token] = booking
                taken.update(_spans(lobby, booking))
        except RowError as bad:
            refused[token] = Rejected(number, bad.words)
    return bookings, refused


def _alike(old: Booking, new: Booking) -> bool:
    return (old.service, old.slot) == (new.service, new.slot)


def _spans(lobby: Lobby, booking: Booking) -> tuple[Span, Span]:
    """The hour of its queue that an appointment takes part of, and the quarter."""
    queue = lobby.site.services[booking.service].queue if booking.service in lobby.site.services else ""
    hour = lobby.calendar.hour_start(booking.slot)
    return (queue, hour, HOUR_MS), (queue, booking.slot - (booking.slot - hour) % QUARTER_MS, QUARTER_MS)


def _read(lobby: Lobby, line: Wanted) -> Booking:
    """The appointment in a line. Raises RowError."""
    if not line.token:
        raise RowError("mã hẹn phải có từ 6 chữ hoặc số", "a code has at least 6 letters or digits")
    service = line.service.strip().lower()
    if service not in lobby.site.services:
        raise RowError(f"không có dịch vụ {service or '(trống)'}", f"unknown service {service or '(empty)'}")
    try:
        day = datetime.date.fromisoformat(line.day)
        hour, minute = (int(part) for part in line.time.split(":")[:2])
        if day.year not in _YEARS:
            raise ValueError
        return Booking(service, lobby.calendar.moment(day, datetime.time(hour, minute)))
    except ValueError:
        raise RowError(
            f"không đọc được ngày giờ “{line.day} {line.time}”; hãy viết như 2026-11-24 và 09:30",
            f"day and time “{line.day} {line.time}” must be written as 2026-11-24 and 09:30",
        ) from None


def _check(lobby: Lobby, booking: Booking, old: Booking | None, taken: Counter[Span], now: int) -> None:
    """Whether an appointment that is new or another than before can be had. Raises RowError."""
    at, queue = lobby.calendar.local(booking.slot), lobby.site.services[booking.service].queue
    if old is not None and has_come(lobby, old):
        raise RowError("người có mã này đã đến và có số", "who has this code has come and has a number")
    if booking.slot <= now:
        raise RowError(f"giờ hẹn {at:%H:%M %d/%m/%Y} đã qua", f"the slot {at:%H:%M %d/%m/%Y} is past")
    if (at.date() - lobby.calendar.local(now).date()).days > FURTHEST_DAYS:
        raise RowError(f"ngày {at:%d/%m/%Y} còn hơn 3 tháng nữa", f"{at:%d/%m/%Y} is more than three months away")
    hours, minute = lobby.site.hours, at.hour * 60 + at.minute
    if at.weekday() not in hours.days or not any(start <= minute < end for start, end in hours.clerks):
        raise RowError(f"{at:%H:%M %d/%m/%Y} ngoài giờ làm việc", f"{at:%H:%M %d/%m/%Y} is outside working hours")
    most = most_in_an_hour(lobby, queue)
    in_hour, in_quarter = _spans(lobby, booking)
    if taken[in_hour] >= most or taken[in_quarter] >= math.ceil(most / QUARTERS):
        name = queue.upper()
        raise RowError(
            f"hàng {name} lúc {at:%H:%M} đã đủ phần dành cho lịch hẹn"
            f" (nhiều nhất {most} hẹn mỗi giờ, {math.ceil(most / QUARTERS)} mỗi 15 phút)",
            f"queue {name} has all its appointments at {at:%H:%M}"
            f" (at most {most} an hour, {math.ceil(most / QUARTERS)} in a quarter of it)",
        )
