"""A hub on an older copy of its data takes back in what is on paper, and gives out nothing before it has asked."""

import uuid

import pytest
from hypothesis import given as given_
from hypothesis import strategies as st

from appliance.wire.messages import Health, TicketRequest
from appliance.wire.parts import Given
from broker import facts as f
from broker import refusals as no
from broker.commands import Command
from broker.hub_jobs import Job
from broker.journals import Journals
from broker.roll_call import NO_BUS_S, SILENCE_S, TELLING_S, RollCall
from tests.kiosk_hall import DAY_S, EPOCH, KioskHall, complaints

GEN = 7


def again(hall, number, device="kiosk-1", at=None, code="c0de", **more):
    moment = {} if at is None else {"at": hall.lobby.calendar.instant(at)}
    given = Given(number=number, code=code)
    return hall.say(device, TicketRequest(id=hall.fresh_id(), service="tnmt-nop", given=given, **moment, **more))


def test_a_number_on_paper_comes_back_as_it_was_and_the_hub_goes_on_behind_it():
    hall = KioskHall()
    hall.take()
    at = hall.after(60).now
    (issued,) = again(hall.after(60), "A004", at=at, lang="km")
    ticket = hall.lobby.tickets[issued.ticket]
    assert (ticket.number, ticket.code, ticket.issued_at, ticket.lang) == ("A004", "c0de", at, "km")
    assert hall.take().number == "A005"
    assert complaints(hall) == []


@given_(st.permutations(range(1, 9)))
def test_in_whatever_order_kiosks_tell_every_number_comes_back_once(order):
    hall = KioskHall()
    for n in order:
        again(hall, f"A{n:03d}", device=f"kiosk-{n % 2}")
        assert again(hall, f"A{n:03d}") is no.NUMBER_TAKEN
    assert sorted(ticket.number for ticket in hall.lobby.tickets.values()) == [f"A{n:03d}" for n in range(1, 9)]
    assert hall.take().number == "A009"
    assert complaints(hall) == []


def test_who_took_a_number_first_is_called_first_whoever_tells_first():
    hall = KioskHall()
    start = hall.now
    hall.after(600)
    again(hall, "A002", at=start + 2_000)
    again(hall, "A001", at=start + 1_000)
    hall.press("q01a", "open")
    hall.press("q01a", "next")
    assert hall.at("q01a").number == "A001"


def test_an_afternoon_number_comes_back_as_one():
    hall = KioskHall()
    one_o_clock = "2026-11-23T13:00:00.000+07:00"
    given = Given(number="A001", code="c0de", due=one_o_clock)
    (issued,) = hall.say("kiosk-1", TicketRequest(id=hall.fresh_id(), service="tnmt-nop", given=given))
    assert hall.lobby.calendar.instant(issued.due) == one_o_clock
    hall.press("q01a", "open")
    assert hall.press("q01a", "next") == ()
    assert complaints(hall) == []


@pytest.mark.parametrize("due", ["2026-11-24T13:00:00.000+07:00", "2026-02-30T13:00:00.000+07:00"])
def test_a_moment_that_is_not_today_keeps_nobody_waiting(due):
    hall = KioskHall()
    given = Given(number="A001", due=due)
    (issued,) = hall.say("kiosk-1", TicketRequest(id=hall.fresh_id(), service="tnmt-nop", given=given))
    assert (issued.due, len(issued.code)) == (0, 32), "and who has no code on paper gets a new one"


@pytest.mark.parametrize("number", ["A000", "A1", "B001", "001", "A٠٠١", "A00²", "A-01", "A9001", "A1000000", ""])
def test_what_was_never_a_number_of_this_hub_is_refused(number):
    hall = KioskHall()
    hall.provide()
    assert again(hall, number) is no.UNKNOWN_TICKET
    assert not hall.lobby.tickets


def test_yesterdays_paper_gets_no_place_in_todays_line():
    hall = KioskHall()
    yesterday = hall.now
    hall.take()
    hall.after(DAY_S).take()
    assert again(hall, "A002", at=yesterday) is no.DAY_OVER


def test_a_number_of_the_old_life_counts_though_the_centre_has_closed_meanwhile():
    hall = KioskHall()
    hall.take()
    assert isinstance(again(hall, "A002")[0], f.Issued)


def wish(device="kiosk-1", seq=1, **more):
    request = TicketRequest(id=str(uuid.uuid4()), service="tnmt-nop", epoch=EPOCH, seq=seq, **more)
    return Job(Command(message=request, actor="test", device=device), lambda _: None)


def health(seq, gen=GEN):
    return Health(parts={}, epoch=EPOCH, seq=seq, gen=gen)


def test_a_hub_that_never_had_a_kiosk_lets_nobody_wait():
    job = wish()
    assert RollCall(()).admit([job], Journals({}), 0.0) == [job]


def test_nobody_gets_a_number_before_the_kiosks_were_heard_out():
    roll, journals, job = RollCall(["kiosk-1", "kiosk-2"]), Journals({}), wish("keypad-1", seq=9)
    told = wish("kiosk-2", seq=1, given=Given(number="A001"))
    roll.begin(100.0)
    assert roll.admit([job, told], journals, 100.1) == [told]
    roll.answered("kiosk-1", health(0), GEN)
    roll.answered("kiosk-2", health(2), GEN)
    journals.arrived("kiosk-2", EPOCH, 1)
    assert roll.admit([], journals, 100.2) == []
    journals.arrived("kiosk-2", EPOCH, 2)
    assert roll.admit([], journals, 100.3) == [job]
    later = wish()
    assert roll.admit([later], journals, 100.4) == [later]


def test_what_a_kiosk_said_before_this_start_is_no_answer():
    roll, job = RollCall(["kiosk-1"]), wish("keypad-1")
    roll.answered("kiosk-1", health(0, gen=GEN - 1), GEN)
    assert roll.admit([job], Journals({}), 0.0) == []


def test_a_kiosk_that_waits_itself_does_not_wait_for_itself():
    roll, job = RollCall(["kiosk-1"]), wish(seq=1)
    roll.admit([job], Journals({}), 0.0)
    roll.answered("kiosk-1", health(1), GEN)
    assert roll.admit([], Journals({}), 0.1) == [job]


@pytest.mark.parametrize(("answers", "patience_s"), [(False, SILENCE_S), (True, TELLING_S)])
def test_a_kiosk_that_is_gone_or_never_ends_does_not_close_the_hall(answers, patience_s):
    roll, job = RollCall(["kiosk-1"]), wish("keypad-1")
    roll.begin(0.0)
    if answers:
        roll.answered("kiosk-1", health(5), GEN)
    assert roll.admit([job], Journals({}), patience_s - 0.1) == []
    assert roll.admit([], Journals({}), patience_s + 0.1) == [job]


def test_a_bus_that_comes_late_is_waited_for_and_its_kiosks_still_heard_out() -> None:
    roll, journals, job = RollCall(["kiosk-1"]), Journals({}), wish("keypad-1", seq=9)
    assert roll.admit([job], journals, 100.0) == []
    assert roll.admit([], journals, 100.0 + SILENCE_S + 0.5) == []
    roll.begin(102.0)
    assert roll.admit([], journals, 102.1) == []
    roll.begin(102.9)
    assert roll.admit([], journals, 102.0 + SILENCE_S) == [job], "a line that comes and goes holds nobody up"


def test_without_a_bus_reception_goes_on() -> None:
    roll, job = RollCall(["kiosk-1"]), wish("keypad-1", seq=9)
    assert roll.admit([job], Journals({}), 100.0) == []
    assert roll.admit([], Journals({}), 100.0 + NO_BUS_S) == [job]
