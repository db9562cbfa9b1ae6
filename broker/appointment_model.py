"""What appointments are: the centre's rules for them, one that was made, and a file of them.

Rules: pure; the portal's code is a token here (`appliance.wire.appointments`), a name is nowhere.
"""

from typing import Annotated

from msgspec import Meta, Struct


class Appointments(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The centre's rules. Spans in seconds.

    Who comes from `early_s` before the slot to `late_s` after it stands in line as if he had taken a number `credit_s`
    before the slot; who comes later takes an ordinary one. At most the `share` of what a queue's desks get done in an
    hour is given to appointments.
    """

    on: bool = False
    credit_s: Annotated[int, Meta(ge=0, le=3600)] = 600
    early_s: Annotated[int, Meta(ge=0, le=4 * 3600)] = 1800
    late_s: Annotated[int, Meta(ge=0, le=3600)] = 900
    share: Annotated[float, Meta(ge=0, le=1)] = 0.3


class Booking(Struct, frozen=True):
    """An appointment for `service` at `slot` (Unix ms), and the visit that it became ("" while nobody came)."""

    service: str
    slot: int
    ticket: str = ""


class Wanted(Struct, frozen=True):
    """One line of a file: the token of its code ("" where it cannot be one), and the rest as it was written."""

    line: int
    token: str
    service: str
    day: str
    time: str


class BookAppointments(Struct, frozen=True, kw_only=True):
    """A file of appointments: it speaks for the `days` and for every day that a line names.

    What it does not name there is cancelled, unless it is `partial`: lines of it could not be read. Nothing is taken
    while a line is rejected, unless `skip_rejected`.
    """

    id: str
    lines: tuple[Wanted, ...]
    days: tuple[str, ...] = ()
    skip_rejected: bool = False
    partial: bool = False
