"""A portal's file of appointments by the rules: which of its lines can be, and what becomes of those before."""

import datetime
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import UNSET

from appliance.wire.appointments import is_code, token
from appliance.wire.messages import TicketRequest
from broker import facts as f
from broker.appointment_facts import AppointmentsBooked
from broker.appointment_model import BookAppointments, Wanted
from broker.appointments import QUARTER_MS, judge, most_in_an_hour
from broker.refusals import Refusal
from tests.booked_hall import MINUTE, NINE, RULES, SITE, Booked, hall


def line(n: int, day: str = "2026-11-24", time: str = "09:00", service: str = "tnmt-nop", code: str = "") -> Wanted:
    return Wanted(n, token(code or f"code-{n}"), service, day, time)


def reasons(hall: Booked, *lines: Wanted, days: tuple[str, ...] = ()) -> dict[int, str]:
    return {bad.line: bad.reason.en for bad in judge(hall.lobby, lines, days, hall.now).rejected}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (line(1, "2026-11-23", "07:30"), "past"),
        (line(1, "2026-11-20"), "past"),
        (line(1, "2027-11-24"), "three months"),
        (line(1, "2026-11-24", "12:00"), "outside working hours"),
        (line(1, "2026-11-28"), "outside working hours"),
        (line(1, "2026-02-30"), "must be written"),
        (line(1, time="9h"), "must be written"),
        (line(1, time="25:00"), "must be written"),
        (line(1, service="bay-gio"), "unknown service"),
        (Wanted(1, "", "tnmt-nop", "2026-11-24", "09:00"), "at least 6"),
    ],
)
def test_a_line_that_cannot_be_is_rejected_with_its_reason(wrong, why):
    assert why in reasons(hall(), wrong, line(2))[1]
    assert len(reasons(hall(), wrong, line(2))) == 1


@pytest.mark.parametrize(
    ("day", "time", "taken"),
    [
        ("2026-11-23", "08:00", False),
        ("2026-11-23", "08:01", True),
        ("2026-11-24", "06:59", False),
        ("2026-11-24", "07:00", True),
        ("2026-11-24", "10:59", True),
        ("2026-11-24", "11:00", False),
        ("2027-02-23", "09:00", True),
        ("2027-02-24", "09:00", False),
    ],
)
def test_the_first_and_the_last_time_that_may_be_booked(day, time, taken):
    assert (reasons(hall(), line(1, day, time)) == {}) == taken


def test_a_code_that_stands_twice_is_taken_once():
    found = reasons(hall(), line(3, code="code-1"), line(4, code="CODE 1", time="10:00"))
    assert found == {4: "the code stands on line 3 already"}


def test_nothing_is_taken_while_a_line_is_rejected_unless_it_is_to_be_skipped():
    lobby = hall()
    lines = (line(1), line(2, "2026-11-20"))
    assert isinstance(lobby.do(BookAppointments(id=lobby.fresh_id(), lines=lines)), Refusal)
    assert lobby.lobby.bookings == {}
    lobby.do(BookAppointments(id=lobby.fresh_id(), lines=lines, skip_rejected=True))
    assert list(lobby.lobby.bookings) == [token("code-1")]


def test_the_same_file_again_changes_nothing_and_what_it_lacks_is_cancelled():
    lobby = hall()
    first = (line(1), line(2, time="10:00"), line(3, "2026-11-25"), line(4, "2026-11-26"))
    lobby.do(BookAppointments(id=lobby.fresh_id(), lines=first))
    assert lobby.do(BookAppointments(id=lobby.fresh_id(), lines=first)) == ()
    again = judge(lobby.lobby, (line(1, time="09:15"), line(5)), ("2026-11-26",), lobby.now)
    assert (again.new, again.changed, again.cancelled, again.unchanged) == (1, 1, 2, 0)
    assert set(again.bookings) == {token(f"code-{n}") for n in (1, 3, 5)}, "the 25th is another file's"


def test_a_file_of_new_appointments_is_written_down():
    lobby = hall()
    (booked,) = lobby.do(BookAppointments(id=lobby.fresh_id(), lines=(line(1), line(2, time="10:00"))), actor="portal")
    assert booked == AppointmentsBooked(new=2, changed=0, cancelled=0, actor="portal")


def test_a_full_hour_of_one_queue_leaves_the_other_queues_theirs():
    lobby = hall()
    most = most_in_an_hour(lobby.lobby, "a")
    full = [line(n, time=f"09:{n * 60 // most:02}") for n in range(most)]
    assert reasons(lobby, *full) == {}
    assert set(reasons(lobby, *full, line(90, time="09:59"), line(91, time="09:59", service="gtvt-nop"))) == {90}


def test_at_noon_todays_file_leaves_the_morning_as_it_was():
    lobby = hall(NINE)
    lobby.book(NINE, NINE - 5 * MINUTE, NINE + 30 * MINUTE)
    lobby.come(2)
    after = judge(lobby.lobby, (line(0, "2026-11-23", "09:00", code="code-0"),), (), lobby.now)
    assert (after.rejected, after.cancelled, after.unchanged) == ((), 0, 1), "past ones, and who has come, stay"
    moved = reasons(lobby, line(2, "2026-11-23", "10:30", code="code-2"))
    assert "has a number" in moved[2]


def test_whose_number_never_reached_paper_may_be_given_another_time():
    lobby = hall(NINE - 5 * MINUTE)
    lobby.book(NINE)
    lobby.fate(lobby.come().id, "void")
    moved = judge(lobby.lobby, (line(0, "2026-11-23", "10:30", code="code-0"),), (), lobby.now)
    assert (moved.rejected, moved.changed) == ((), 1)
    assert judge(lobby.lobby, (), ("2026-11-23",), lobby.now).cancelled == 1


@pytest.mark.parametrize("spoilt", [{"time": "9h"}, {"service": "bay-gio"}, {"time": "12:00"}, {"day": "2026-11-20"}])
def test_a_line_that_is_skipped_does_not_cancel_the_appointment_its_citizen_has(spoilt):
    lobby = hall()
    lobby.do(BookAppointments(id=lobby.fresh_id(), lines=(line(1), line(2, time="10:00"), line(3, time="10:30"))))
    again = (line(1, **spoilt), line(2, time="10:15"))
    lobby.do(BookAppointments(id=lobby.fresh_id(), lines=again, skip_rejected=True))
    slots = {code: lobby.lobby.calendar.instant(each.slot)[11:16] for code, each in lobby.lobby.bookings.items()}
    assert slots == {token("code-1"): "09:00", token("code-2"): "10:15"}, "the third alone is not named"


def test_where_a_code_or_a_whole_line_cannot_be_read_nobody_is_cancelled():
    lobby = hall()
    lobby.do(BookAppointments(id=lobby.fresh_id(), lines=(line(1), line(2, time="10:00"))))
    unread = judge(lobby.lobby, (Wanted(1, "", "tnmt-nop", "2026-11-24", "09:00"), line(3)), (), lobby.now)
    assert (unread.partial, unread.cancelled, unread.new) == (True, 0, 1)
    lobby.do(BookAppointments(id=lobby.fresh_id(), lines=(line(3),), partial=True))
    assert lobby.lobby.bookings.keys() == {token(f"code-{n}") for n in (1, 2, 3)}


PLACES = st.lists(st.tuples(st.integers(0, 12), st.sampled_from([0, 1, 15, 30, 45])), max_size=14)


@given(PLACES, PLACES)
def test_who_cannot_be_moved_keeps_his_place_and_no_quarter_has_too_many(before, after):
    lobby = hall()

    def bring(wanted):
        lines = tuple(line(place, time=f"09:{at:02}", code=f"code-{who}") for place, (who, at) in enumerate(wanted))
        lobby.do(BookAppointments(id=lobby.fresh_id(), lines=lines, skip_rejected=True))
        return {each.token for each in lines}

    bring(before)
    known = set(lobby.lobby.bookings)
    named = bring(after)
    assert known & named <= lobby.lobby.bookings.keys()
    quarters = Counter(booking.slot // QUARTER_MS for booking in lobby.lobby.bookings.values())
    most = most_in_an_hour(lobby.lobby, "a")
    assert all(n <= -(-most // 4) for n in quarters.values())
    assert sum(quarters.values()) <= most


@given(st.lists(st.tuples(st.sampled_from(["tnmt-nop", "tnmt-tra", "gtvt-nop"]), st.integers(0, 59)), max_size=60))
def test_no_hour_promises_more_than_the_share_of_what_its_desks_get_done(wanted):
    lobby = hall()
    lines = [line(n, time=f"09:{minute:02}", service=service) for n, (service, minute) in enumerate(wanted)]
    judged = judge(lobby.lobby, lines, (), lobby.now)
    hours = Counter(SITE.services[booking.service].queue for booking in judged.bookings.values())
    quarters = Counter((SITE.services[one.service].queue, one.slot // QUARTER_MS) for one in judged.bookings.values())
    for queue, count in hours.items():
        most = most_in_an_hour(lobby.lobby, queue)
        desks = sum(1 / len(SITE.desks[desk].skills) for desk in lobby.lobby.serving[queue])
        assert count <= most <= RULES.share * desks * 3600 / lobby.lobby.experience.pace.of(queue).mean_s
        assert all(n <= -(-most // 4) for (whose, _), n in quarters.items() if whose == queue)
    assert len(judged.bookings) + len(judged.rejected) == len(wanted)


NEAR = st.dates(datetime.date(2026, 11, 20), datetime.date(2026, 12, 4)).map(str)
DAYS = st.one_of(NEAR, st.text(max_size=12), st.dates().map(str))
QUARTERS = st.sampled_from([f"{hour:02}:{minute:02}" for hour in range(7, 17) for minute in (0, 15, 30, 45)])
TIMES = st.one_of(QUARTERS, st.text(max_size=9), st.times().map(str))
SERVICES = st.sampled_from(["TNMT-NOP", "tnmt-nop", "gtvt-nop", "", "bay-gio"])


@example([("a", "0001-01-01", "00:00", "tnmt-nop")])
@example([("a", "2026-11-24", "09:00", "tnmt-nop"), ("b", "2026-11-23", "07:30", "tnmt-nop")])
@given(st.lists(st.tuples(st.text(max_size=9), DAYS, TIMES, SERVICES), max_size=6))
def test_whatever_stands_in_a_file_each_line_is_taken_or_told_why_not(lines):
    lobby = hall()
    judged = judge(lobby.lobby, [line(n, *each[1:], code=each[0]) for n, each in enumerate(lines)], (), lobby.now)
    assert judged.new + len(judged.rejected) == len(lines)
    assert judged.new == len(judged.bookings)
    assert all(booking.slot > lobby.now for booking in judged.bookings.values())


@given(st.text(), st.text(max_size=5))
def test_any_text_is_a_code_or_is_none(text, begins):
    assert len(token(text, begins)) == 32
    assert token(f"  {text} ") == token(text)
    assert [is_code(code) for code in ("", "a-b-1", "DVC 8F3K-22")] == [False, False, True]


def test_a_request_for_nothing_is_told_to_choose():
    lobby = hall()
    outcome = lobby.do(TicketRequest(id=lobby.fresh_id(), priority=UNSET))
    assert outcome.code == "malformed"
    assert [type(fact) for entry in lobby.entries for fact in entry.facts] == [f.DayOpened]
