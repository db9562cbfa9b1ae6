"""Where the appointments to come are kept: in a table beside the log; a day's are destroyed when it is over.

Rules: a token stands in no fact and no answer; the hub's writer alone comes here.
"""

from appliance.wire.messages import TicketRequest
from broker import facts as f
from broker.appointment_model import BookAppointments, Booking
from broker.appointments import judge
from broker.commands import Message
from broker.day_cards import Book
from broker.lobby import Lobby
from broker.reader import Reader

KEEP_SQL = """
    INSERT INTO appointments (token, day, service, slot, ticket) VALUES (?,?,?,?,?)
    ON CONFLICT DO UPDATE SET day = excluded.day, service = excluded.service, slot = excluded.slot,
    ticket = excluded.ticket"""


def load(db: Reader) -> dict[str, Booking]:
    """All that are not over, by token."""
    rows = db.execute("SELECT token, service, slot, ticket FROM appointments")
    return {token: Booking(service, slot, ticket) for token, service, slot, ticket in rows}


def keep(book: Book, lobby: Lobby, message: Message, facts: tuple[f.AnyFact, ...], now: int) -> None:
    """What a file changed, decided at `now` (ms), and the visit that an appointment became."""
    before = lobby.bookings
    if isinstance(message, BookAppointments):
        lobby.bookings = dict(judge(lobby, message.lines, message.days, now, partial=message.partial).bookings)
    elif isinstance(message, TicketRequest) and (booked := before.get(message.appointment or "")):
        issued = [fact.ticket for fact in facts if isinstance(fact, f.Issued)]
        lobby.bookings = {**before, str(message.appointment): Booking(booked.service, booked.slot, *issued)}
    after = lobby.bookings
    if after is before:
        return
    gone = [(token,) for token in before.keys() - after.keys()]
    new = [(token, each) for token, each in after.items() if before.get(token) != each]
    if gone:
        book.execute("DELETE FROM appointments WHERE token = ?", gone)
    if new:
        day = lobby.calendar.day
        book.execute(KEEP_SQL, [(token, day(one.slot), one.service, one.slot, one.ticket) for token, one in new])
