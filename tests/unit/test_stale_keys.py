"""A key means what its window shows: pressed on something else, it changes nothing."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.wire.choices import Action
from broker import refusals as no
from broker.refusals import Refusal
from tests.hub_core import Hall, centre

SITE = centre()
ACTIONS = get_args(Action)


@pytest.fixture
def hall() -> Hall:
    hall = Hall(SITE)
    for desk in ("q01a", "q01b", "q02", "p01a"):
        hall.press(desk, "open")
    return hall


def shown(hall: Hall, desk: str = "q01a") -> str:
    return hall.lobby.seats[desk].ticket


def test_next_pressed_in_two_windows_calls_one(hall):
    first, _ = hall.take(), hall.after(1).take()
    before = shown(hall)
    assert not isinstance(hall.press("q01a", "next", showing=before), Refusal)
    assert hall.press("q01a", "next", showing=before) is no.STALE
    assert hall.at("q01a").id == first.id


def test_a_window_left_open_finishes_nobody_else(hall):
    first, second = hall.take(), hall.after(1).take()
    hall.press("q01a", "next")
    stale = shown(hall)
    hall.after(60).press("q01a", "next", showing=stale)
    for action in ("finish", "no_show", "park", "next", "recall", "undo"):
        assert hall.press("q01a", action, showing=stale) is no.STALE
    assert (hall.ticket(first).status, hall.at("q01a").id) == ("served", second.id)


def call_again(hall: Hall, call_seq: int):
    return hall.after(1).press("q01a", "recall", showing=shown(hall), call_seq=call_seq)


def test_a_number_called_again_in_two_windows_is_called_once_more_and_not_twice(hall):
    hall.take()
    hall.press("q01a", "next")
    seen = hall.at("q01a").call_seq
    assert not isinstance(call_again(hall, seen), Refusal)
    assert call_again(hall, seen) is no.CALLED_AGAIN
    assert hall.at("q01a").times == 2
    assert not isinstance(call_again(hall, hall.at("q01a").call_seq), Refusal), "a second one that is meant"
    assert hall.at("q01a").times == 3


def test_a_window_of_before_the_visit_was_set_aside_does_not_call_it_again(hall):
    hall.take()
    hall.press("q01a", "next")
    seen = hall.at("q01a").call_seq
    hall.press("q01a", "park")
    hall.press("q01a", "take", ticket=next(iter(hall.lobby.tickets)))
    assert call_again(hall, seen) is no.CALLED_AGAIN


def test_after_a_call_was_taken_back_the_one_before_it_may_be_called_again(hall):
    hall.take()
    hall.press("q01a", "next")
    seen = hall.at("q01a").call_seq
    call_again(hall, seen)
    hall.press("q01a", "undo")
    assert not isinstance(call_again(hall, seen), Refusal)


def test_another_visit_is_brought_back_whatever_was_called_meanwhile(hall):
    hall.take()
    hall.press("q01a", "next")
    parked = shown(hall)
    hall.press("q01a", "park")
    hall.take()
    hall.press("q01a", "next")
    seen = hall.at("q01a").call_seq
    call_again(hall, seen)
    assert not isinstance(hall.press("q01a", "recall", ticket=parked, call_seq=seen), Refusal)


def test_a_keypad_that_shows_nothing_goes_on_working(hall):
    hall.take()
    hall.press("q01a", "next")
    assert not isinstance(hall.press("q01a", "recall"), Refusal)
    assert not isinstance(hall.press("q01a", "recall"), Refusal)
    assert not isinstance(hall.press("q01a", "finish"), Refusal)


steps = st.lists(st.tuples(st.sampled_from(("q01a", "q01b")), st.sampled_from(ACTIONS)), max_size=25)


@settings(max_examples=100)
@given(steps, st.sampled_from(ACTIONS), st.booleans())
def test_whatever_is_pressed_on_a_stale_window_changes_nothing(script, action, nobody):
    hall = Hall(SITE)
    stale = "" if nobody else hall.take().id
    for _ in range(4):
        hall.after(1).take()
    for desk, pressed in script:
        hall.after(5).press(desk, pressed)
    if shown(hall) == stale:
        return
    before = (dict(hall.lobby.tickets), dict(hall.lobby.seats), len(hall.entries))
    assert hall.press("q01a", action, showing=stale) is no.STALE
    assert (hall.lobby.tickets, hall.lobby.seats, len(hall.entries)) == before


def test_nobody_is_sent_back_and_forth_without_a_reason(hall):
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "transfer", to_queue="f")
    hall.press("p01a", "next")
    for target in ({"to_queue": "a"}, {"to_desk": "q01a"}):
        assert hall.press("p01a", "transfer", **target) is no.BEEN_THERE
        assert hall.press("p01a", "transfer", **target, reason="  ") is no.BEEN_THERE
    assert hall.at("p01a").id == ticket.id
    (sent,) = hall.press("p01a", "transfer", to_queue="a", reason="thiếu chữ ký")
    assert (sent.words, hall.ticket(ticket).been) == ("thiếu chữ ký", ("q01a", "a", "p01a", "f"))
    hall.press("q01b", "next")
    assert hall.press("q01b", "transfer", to_queue="f") is no.BEEN_THERE


def test_an_undone_transfer_leaves_no_trace(hall):
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "transfer", to_queue="f")
    hall.press("q01a", "undo")
    assert hall.ticket(ticket).been == ()


transfers = st.lists(st.tuples(st.sampled_from(("a", "f", "g", "q01a", "q02", "p01a")), st.booleans()), max_size=15)


@settings(max_examples=100)
@given(transfers)
def test_without_reasons_every_visit_runs_out_of_places_to_be_sent_to(script):
    hall = Hall(SITE)
    ticket, sent = hall.take(), []
    for place, press_as_clerk in script:
        now = hall.ticket(ticket)
        desk = now.for_desk or hall.lobby.serving[now.queue][0]
        hall.press(desk, "open")
        if press_as_clerk:
            hall.press(desk, "next")
            target = {"to_desk": place} if place in SITE.desks else {"to_queue": place}
            if not isinstance(hall.press(desk, "transfer", **target), Refusal):
                sent.append(place)
    assert len(sent) == len(set(sent))


@pytest.mark.parametrize("pace", [1.0, 12.0])
def test_undo_lasts_ten_seconds_of_a_person_however_fast_time_goes(hall, pace):
    hall.lobby.haste = pace
    hall.take()
    for late_s, done in ((9.9, True), (10.1, False)):
        hall.press("q01a", "next")
        outcome = hall.after(late_s * pace).press("q01a", "undo")
        assert (not isinstance(outcome, Refusal)) is done
