"""Numbers never repeat, never skip, never wrap; a day is a local day."""

import datetime

from appliance.wire.messages import TicketRequest
from broker import facts as f
from broker import refusals as no
from broker.commands import SetNotice
from broker.numbering import label
from broker.scheduling import ahead
from tests.hub_core import Hall, centre

HOUR = 3600


def test_numbers_grow_past_999_and_never_enter_another_series():
    assert [label("A", n) for n in (1, 99, 999, 1000, 12345)] == ["A001", "A099", "A999", "A1000", "A12345"]


def test_each_queue_has_its_own_series():
    hall = Hall()
    numbers = [hall.take(service).number for service in ("tnmt-nop", "tp-nop", "tnmt-tra", "tp-hoi")]
    assert numbers == ["A001", "K001", "A002", "K002"]


def test_utc_midnight_at_seven_in_the_morning_is_not_a_new_day():
    hall = Hall()
    hall.after(-2 * HOUR + 30 * 60)  # 06:30 local, the day before in UTC
    assert hall.take().number == "A001"
    assert hall.after(HOUR).take().number == "A002"  # 07:30 local


def test_local_midnight_begins_a_new_day_and_forgets_nobody():
    hall = Hall()
    hall.press("q01a", "open")
    served, waiting = hall.take(), hall.after(1).take()
    hall.press("q01a", "next")
    hall.after(24 * HOUR)
    assert hall.take().number == "A001"
    closing = hall.entries[-3].facts
    assert [(type(fact), getattr(fact, "ticket", "")) for fact in closing] == [
        (f.Served, served.id),
        (f.Stranded, waiting.id),
        (f.DayClosed, ""),
    ]
    assert hall.entries[-3].day == "2026-11-23"  # booked to the day that is over
    assert closing[0].forgotten
    assert hall.lobby.seats["q01a"].status == "closed"


def test_outside_opening_hours_no_number_is_used_up():
    hall = Hall(centre(always_open=False))
    hall.take()
    hall.after(4 * HOUR)  # 12:00, lunch
    assert hall.do(_request(hall)) is no.CENTRE_CLOSED
    hall.after(HOUR)
    assert hall.take().number == "A002"


def test_a_withdrawn_request_that_comes_late_gets_no_number():
    hall = Hall()
    request = _request(hall)
    hall.fate(request.id, "withdrawn", request=request.id)
    assert hall.do(request) is no.WITHDRAWN
    assert hall.take().number == "A001"


def test_a_number_that_may_be_on_paper_is_never_voided():
    hall = Hall()
    for state in ("uncertain", "printed"):
        ticket = hall.take()
        hall.fate(ticket.id, "printing")
        hall.fate(ticket.id, state)
        assert hall.fate(ticket.id, "void") is no.PAPER_SETTLED
        assert hall.ticket(ticket).status == "waiting"


def test_reports_of_paper_may_come_in_any_order():
    hall = Hall()
    ticket = hall.take()
    hall.fate(ticket.id, "printed")
    assert hall.fate(ticket.id, "printing") == ()
    assert hall.ticket(ticket).paper == "printed"


def test_a_void_number_is_not_called_and_not_given_again():
    hall = Hall()
    hall.press("q01a", "open")
    ticket = hall.take()
    hall.fate(ticket.id, "void")
    assert hall.fate(ticket.id, "void") == (), "a kiosk says it again until it is heard"
    assert hall.press("q01a", "next") == ()
    assert hall.take().number == "A002"


def test_a_number_that_is_called_or_on_paper_is_void_no_more():
    hall = Hall()
    hall.press("q01a", "open")
    called, printed = hall.take(), hall.take()
    hall.press("q01a", "next")
    hall.fate(printed.id, "printed")
    for ticket in (called, printed):
        assert hall.fate(ticket.id, "void") is no.PAPER_SETTLED


def test_a_notice_is_written_down_when_it_changes():
    hall = Hall()
    told = [hall.do(SetNotice(id=hall.fresh_id(), text=text), actor="clerk") for text in ("x", "x", "")]
    assert told == [(f.NoticeSet(text="x", actor="clerk"),), (), (f.NoticeSet(text="", actor="clerk"),)]


def test_people_ahead_count_those_who_will_be_called_before():
    hall = Hall()
    first = hall.take()
    hall.after(600).take(priority=True)
    last = hall.after(60).take()
    line, rules = hall.lobby.lines["a"], hall.lobby.site.rules
    assert ahead(rules, line, False, hall.ticket(first).line_key, hall.now) == 0
    assert ahead(rules, line, False, hall.ticket(last).line_key, hall.now) == 2
    hall.after(3600)  # four times as fast, priority has overtaken the first by now
    assert ahead(rules, line, False, hall.ticket(first).line_key, hall.now) == 1


def test_the_calendar_is_local_for_every_hour_of_a_year():
    hall = Hall()
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    for step in range(24 * 366):
        moment = start + datetime.timedelta(hours=step, minutes=step % 60)
        local = moment + datetime.timedelta(hours=7)
        at = int(moment.timestamp() * 1000)
        assert (hall.lobby.calendar.day(at), hall.lobby.calendar.hour(at)) == (local.date().isoformat(), local.hour)


def _request(hall):
    return TicketRequest(id=hall.fresh_id(), service="tnmt-nop")
