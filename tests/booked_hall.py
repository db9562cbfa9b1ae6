"""A hall with appointments: what the hub's table would keep is kept."""

from msgspec.structs import replace

from appliance.wire.appointments import token
from appliance.wire.messages import TicketRequest
from broker import day_appointments
from broker import facts as f
from broker.appointment_facts import AppointmentsBooked
from broker.appointment_model import Appointments, Booking
from broker.lobby import Ticket
from broker.refusals import Refusal
from broker.scheduling import choose
from tests.hub_core import MONDAY_0800, Hall, centre

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
NINE = MONDAY_0800 + 60 * MINUTE
SITE = replace(centre(always_open=False), appointments=Appointments(on=True))
RULES = SITE.appointments


class NoBook:
    """The store of a hall in memory."""

    def execute(self, sql, rows): ...

    def count_group(self, day, group, n=1): ...


def book(hall: Hall, codes: dict[str, Booking]) -> None:
    """A portal's appointments, by their codes."""
    made = AppointmentsBooked(new=len(codes), changed=0, cancelled=0, actor="test")
    hall.happen(f.Entry(hall.fresh_id(), hall.lobby.calendar.day(hall.now), hall.now, (made,)))
    hall.lobby.bookings = {token(code): booking for code, booking in codes.items()}


class Booked(Hall):
    """A hall with appointments: what the hub's table would keep is kept."""

    def do(self, message, actor="test"):
        outcome = super().do(message, actor)
        if not isinstance(outcome, Refusal):
            day_appointments.keep(NoBook(), self.lobby, message, outcome, self.now)
        return outcome

    def book(self, *slots: int, service: str = "tnmt-nop") -> None:
        """Appointments with the codes code-0, code-1, ..., whatever the file's rules say."""
        book(self, {f"code-{n}": Booking(service, slot) for n, slot in enumerate(slots)})

    def come(self, n: int = 0, at: int | None = None, **more) -> Ticket | Refusal:
        self.now = self.now if at is None else at
        request = TicketRequest(id=self.fresh_id(), appointment=token(f"code-{n}"), **more)
        outcome = self.do(request)
        return outcome if isinstance(outcome, Refusal) else self.lobby.tickets[request.id]

    def calls(self, desk: str = "q01a") -> list[str]:
        """Whom a desk calls, one after the other, until nobody waits."""
        numbers = []
        while choose(self.lobby, desk, self.now):
            self.press(desk, "next")
            numbers.append(self.at(desk).id)
        return numbers


def hall(now: int = MONDAY_0800, site=SITE) -> Booked:
    return Booked(site, now)
