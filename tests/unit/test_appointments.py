"""Appointments by the rules: what a code is worth on arrival."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.wire.appointments import token
from appliance.wire.messages import TicketRequest
from appliance.wire.parts import Given
from broker import facts as f
from broker.appointment_facts import AppointmentMissed
from broker.appointment_model import Appointments
from broker.lobby import Ticket
from broker.tallies import Sums
from tests.booked_hall import DAY, MINUTE, NINE, RULES, SITE, hall
from tests.kiosk_hall import complaints


def test_in_time_one_stands_where_a_number_taken_then_would_stand():
    lobby = hall()
    lobby.book(NINE)
    lobby.press("q01a", "open")
    before = lobby.take()
    lobby.now = NINE - 5 * MINUTE
    later = lobby.take()
    mine = lobby.come(at=NINE + 10 * MINUTE)
    assert (mine.number, mine.clock0, mine.appointment) == ("A003", NINE - RULES.credit_s * 1000, NINE)
    assert lobby.calls() == [before.id, mine.id, later.id]
    calls = [fact for entry in lobby.entries for fact in entry.facts if isinstance(fact, f.Called)]
    assert [(call.why, call.overtook) for call in calls] == [("first", 0), ("appointment", 1), ("first", 0)]
    assert complaints(lobby) == []


def test_who_is_early_with_nobody_waiting_is_not_kept_waiting():
    lobby = hall()
    lobby.book(NINE)
    lobby.press("q01a", "open")
    mine = lobby.come(at=NINE - 25 * MINUTE)
    assert (mine.low_min, mine.high_min) == (0, 0), "how many come before the slot nobody can foretell"
    assert lobby.calls() == [mine.id]


def test_too_early_is_told_from_when_and_too_late_gets_an_ordinary_number():
    lobby = hall()
    lobby.book(NINE, NINE)
    refused = lobby.come(at=NINE - RULES.early_s * 1000 - 1)
    assert refused.code == "too_early"
    assert "08:30" in refused.words.vi
    assert refused.opens.startswith("2026-11-23T08:30:00")
    late = lobby.come(at=NINE + RULES.late_s * 1000 + 1)
    assert (late.late, late.clock0, late.appointment) == (True, lobby.now, NINE)
    on_time = lobby.come(1, at=NINE + RULES.late_s * 1000 + 1)
    assert on_time.late
    assert lobby.counts()["appointment_late", 0] == 2


def test_the_first_and_the_last_moment_of_a_code_are_in_time():
    lobby = hall()
    lobby.book(NINE, NINE)
    assert not lobby.come(0, at=NINE - RULES.early_s * 1000).late
    assert not lobby.come(1, at=NINE + RULES.late_s * 1000).late


def test_one_code_is_one_number_until_its_paper_never_came():
    lobby = hall(NINE)
    lobby.book(NINE)
    mine = lobby.come()
    again = lobby.come()
    assert (again.code, again.ticket) == ("wrong_state", mine.id)
    lobby.fate(mine.id, "void")
    assert lobby.come().number == "A002"
    lobby.press("q01a", "open")
    lobby.press("q01a", "next")
    lobby.press("q01a", "finish")
    assert lobby.come().code == "unknown_appointment", "a visit that is over does not begin again"


def test_a_number_that_never_reached_paper_is_no_appointment_kept():
    lobby = hall(NINE - 2 * MINUTE)
    lobby.book(NINE, NINE, NINE - 30 * MINUTE)
    first, other, late = lobby.come(0), lobby.come(1), lobby.come(2)
    assert lobby.counts()["appointment_late", 0] == 1
    lobby.after(3 * 60)
    for ticket in (first, other, late):
        lobby.fate(ticket.id, "void")
    assert not [key for key in lobby.counts() if key[0].startswith("appointment")]
    hours = Sums(lobby.lobby.calendar)
    for entry in lobby.entries:
        for fact in entry.facts:
            hours.add(fact, entry.at)
    assert not [key for key, n in hours.tally.items() if key[6].startswith("appointment") and n], "in the same hour"
    lobby.come(0)
    lobby.after(24 * 3600).take()
    assert lobby.counts()["appointment_kept", 0] == 1
    assert lobby.counts()["appointment_missed", 0] == 2
    assert complaints(lobby) == []


def test_who_came_early_missed_his_call_and_is_back_has_the_place_of_a_latecomer():
    room = hall()
    room.book(NINE)
    early = room.come(at=NINE - 30 * MINUTE)
    room.press("q01a", "open")
    room.press("q01a", "next")
    room.after(120).press("q01a", "no_show")
    room.after(60).press("q01a", "recall", ticket=early.id)
    room.after(120).take("tnmt-nop")
    room.after(10).press("q01a", "next")
    assert room.at("q01a").id == early.id
    assert room.complaints() == []


def test_a_latecomer_is_not_put_behind_people_who_are_still_to_come():
    room = hall()
    room.book(NINE)
    room.now = NINE - 31 * MINUTE
    late = room.take("tnmt-nop")
    room.press("q01a", "open")
    room.press("q01a", "next")
    room.after(80).press("q01a", "no_show")
    room.come()
    (back,) = room.press("q01a", "recall", ticket=late.id)
    assert back.clock0 <= room.now


def test_an_unknown_code_and_a_centre_without_appointments_give_no_number():
    lobby = hall(NINE)
    lobby.book(NINE)
    assert lobby.come(7).code == "unknown_appointment"
    off = hall(NINE, replace(SITE, appointments=Appointments()))
    off.book(NINE)
    assert off.come().code == "unknown_appointment"


def test_a_promised_time_is_kept_although_nobody_gets_a_number_any_more():
    site = replace(SITE, closing=replace(SITE.closing, rule="cutoff", cutoff_s=4 * 3600))
    lobby = hall(NINE, site)
    lobby.book(NINE, NINE - 60 * MINUTE)
    assert isinstance(lobby.come(), Ticket)
    assert lobby.come(1).offers == ("afternoon", "anyway"), "who is late is offered what everybody is offered"
    assert lobby.come(1, accept="anyway").late


def test_the_day_ends_and_who_did_not_come_is_counted_once_and_forgotten():
    lobby = hall(NINE)
    lobby.book(NINE, NINE, NINE + DAY, NINE)
    lobby.come(0)
    void = lobby.come(3)
    lobby.fate(void.id, "void")
    lobby.after(24 * 3600).take()
    missed = [fact for entry in lobby.entries for fact in entry.facts if isinstance(fact, AppointmentMissed)]
    assert missed == [AppointmentMissed(queue="a", service="tnmt-nop", slot=NINE)] * 2
    assert list(lobby.lobby.bookings) == [token("code-2")]
    assert complaints(lobby) == []


def test_the_wait_after_the_slot_is_counted_of_who_was_in_time_and_counted_off_by_undo():
    lobby = hall(NINE)
    lobby.book(NINE, NINE - 60 * MINUTE)
    lobby.come(0)
    lobby.come(1)
    lobby.press("q01a", "open")
    lobby.now = NINE + 7 * MINUTE
    lobby.press("q01a", "next")
    assert lobby.counts()["after_slot_s", 0] == 7 * 60
    lobby.press("q01a", "undo")
    assert ("after_slot_s", 0) not in lobby.counts()
    lobby.press("q01a", "next")
    lobby.press("q01a", "next")
    assert lobby.counts()["after_slot_s", 0] == 7 * 60, "who was late has no slot any more"


def test_nobody_has_waited_since_before_coming():
    lobby = hall()
    lobby.book(NINE)
    lobby.come(at=NINE + 5 * MINUTE)
    lobby.after(60)
    assert lobby.lobby.longest_ms("a", lobby.now) == 60_000
    lobby.now = NINE - 5 * MINUTE
    lobby.take()
    assert lobby.lobby.longest_ms("a", NINE + 6 * MINUTE) == 11 * MINUTE, "behind the appointment"


def test_a_hub_on_an_old_copy_puts_an_appointment_back_in_its_place():
    lobby = hall(NINE)
    paper = Given(number="A001", code="x", appointment=lobby.lobby.calendar.instant(NINE))
    request = TicketRequest(id=lobby.fresh_id(), service="tnmt-nop", given=paper)
    lobby.do(request)
    again = lobby.lobby.tickets[request.id]
    assert (again.appointment, again.clock0) == (NINE, NINE - RULES.credit_s * 1000)


ARRIVALS = st.lists(st.tuples(st.integers(0, 50), st.booleans(), st.integers(-29, 40)), min_size=1, max_size=12)


@given(ARRIVALS)
def test_never_worse_off_than_a_number_taken_at_slot_less_credit_and_nobody_is_overtaken_by_a_later_slot(arrivals):
    """(minute, appointment?, how many minutes before or after the slot): all come, then one desk calls all."""
    lobby = hall(NINE - 60 * MINUTE)
    lobby.book(*(NINE + minute * MINUTE for minute, _, _ in arrivals))
    coming = sorted((minute + (off if booked else 0), n) for n, (minute, booked, off) in enumerate(arrivals))
    tickets = {}
    for minute, n in coming:
        lobby.now = NINE + minute * MINUTE
        tickets[n] = lobby.come(n) if arrivals[n][1] else lobby.take()
    lobby.now = NINE + 100 * MINUTE
    lobby.press("q01a", "open")
    order = {ticket: place for place, ticket in enumerate(lobby.calls())}
    assert len(order) == len(arrivals), "nobody starves"
    assert complaints(lobby) == []
    for mine in tickets.values():
        for other in tickets.values():
            ahead = order[other.id] < order[mine.id]
            if mine.appointment and not mine.late and not other.appointment and ahead:
                assert other.issued_at <= mine.appointment - RULES.credit_s * 1000
            if not mine.appointment and ahead and other.issued_at > mine.issued_at:
                assert other.appointment - RULES.credit_s * 1000 <= mine.issued_at <= other.issued_at
                assert other.issued_at <= other.appointment + RULES.late_s * 1000
