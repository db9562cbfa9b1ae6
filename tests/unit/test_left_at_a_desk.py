"""A desk closes while somebody waits for it alone: he is called all the same, by whoever serves his queue."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broker import facts as f
from broker import refusals as no
from broker.apply import apply
from broker.lobby import Lobby
from broker.states import States
from broker.visit_commands import CancelVisit, RestoreVisit
from tests.hub_core import Hall, centre

SITE = centre()
DESKS = ("q01a", "q01b", "p01a", "p01b")


@pytest.fixture
def hall() -> Hall:
    hall = Hall(SITE)
    for desk in DESKS:
        hall.press(desk, "open")
    return hall


def kept(hall: Hall):
    """Somebody who fetched a paper, is back, and waits for q01a."""
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "park")
    hall.after(60).press("q01a", "recall", ticket=ticket.id)
    assert hall.ticket(ticket).for_desk == "q01a"
    return ticket


def test_who_waits_for_a_desk_that_closes_is_counted_and_called_next_by_another(hall):
    mine, later = kept(hall), hall.take()
    assert hall.lobby.waiting("a", hall.now) == 1
    hall.press("q01a", "close")
    assert hall.lobby.waiting("a", hall.now) == 2
    (call,) = hall.press("q01b", "next")
    assert (call.ticket, call.why) == (mine.id, "first")
    assert hall.ticket(later).status == "waiting"
    assert hall.complaints() == []


def test_boards_are_told_at_once_who_stands_in_line_again(hall):
    kept(hall)
    states = States(hall.lobby, gen=1)
    states.changed(hall.now, 0.0)
    states.touch(hall.press("q01a", "close"))
    counts = {
        told.place: told.state.waiting for told in states.changed(hall.now, 1.0) if hasattr(told.state, "waiting")
    }
    assert counts == {"a": 1}


def test_who_was_sent_to_pay_at_a_desk_that_closes_is_called_by_the_other_one_there(hall):
    mine = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "transfer", to_desk="p01a")
    hall.press("p01a", "close")
    hall.press("p01b", "next")
    assert hall.at("p01b").id == mine.id
    assert hall.complaints() == []


def test_who_waits_for_a_desk_without_a_queue_goes_back_to_his_own():
    alone = "q02"
    hall = Hall(replace(SITE, desks={**SITE.desks, alone: replace(SITE.desks[alone], skills=())}))
    mine = hall.take()
    for desk in ("q01a", "q01b", alone):
        hall.press(desk, "open")
    hall.press("q01a", "next")
    hall.press("q01a", "transfer", to_desk=alone)
    hall.press(alone, "close")
    hall.press("q01b", "next")
    assert hall.at("q01b").id == mine.id


def test_nobody_is_sent_to_a_desk_where_nobody_sits(hall):
    hall.take()
    hall.press("q01a", "next")
    hall.press("p01a", "close")
    assert hall.press("q01a", "transfer", to_desk="p01a") is no.CLOSED_THERE
    assert not hasattr(hall.press("q01a", "transfer", to_queue="f"), "words"), "its queue goes on"


def test_a_parked_citizen_who_comes_back_to_a_closed_desk_waits_for_the_one_that_sees_him(hall):
    mine = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "park")
    hall.press("q01a", "close")
    hall.press("q01b", "recall", ticket=mine.id)
    assert hall.ticket(mine).for_desk == "q01b"
    hall.press("q01b", "undo")
    assert hall.ticket(mine).status == "parked"
    assert hall.complaints() == []


def test_a_desk_that_closed_by_a_slip_has_those_again_who_wait_for_it(hall):
    mine = kept(hall)
    hall.press("q01a", "close")
    hall.press("q01a", "undo")
    assert hall.ticket(mine).for_desk == "q01a"
    hall.press("q01a", "close")
    hall.press("q01b", "next")
    assert hall.press("q01a", "undo") is no.NOTHING_TO_UNDO, "he is at another desk by now"
    assert hall.complaints() == []


def test_what_is_undone_leaves_nobody_at_a_desk_that_has_closed_since(hall):
    mine = kept(hall)
    hall.press("q01b", "take", ticket=mine.id, reason="vội")
    hall.press("q01a", "close")
    assert hall.press("q01b", "undo") is no.NOTHING_TO_UNDO
    assert hall.at("q01b").id == mine.id
    hall.press("p01b", "close")
    hall.press("p01b", "open")
    hall.press("q01b", "transfer", to_desk="p01b")
    assert hall.press("p01b", "undo") is no.NOTHING_TO_UNDO
    hall.press("p01b", "close")
    hall.press("p01a", "next")
    assert hall.at("p01a").id == mine.id


def test_who_is_brought_back_after_his_desk_closed_stands_in_line(hall):
    mine = kept(hall)
    hall.do(CancelVisit(id=hall.fresh_id(), ticket=mine.id, reason="other"))
    hall.press("q01a", "close")
    hall.do(RestoreVisit(id=hall.fresh_id(), ticket=mine.id))
    hall.press("q01b", "next")
    assert hall.at("q01b").id == mine.id
    assert hall.complaints() == []


def test_a_desk_that_lets_go_whom_it_did_not_keep_is_complained_of(hall):
    mine = kept(hall)
    hall.press("q01b", "close")
    closed = hall.entries[-1]
    (fact,) = closed.facts
    hall.entries[-1] = replace(closed, facts=(replace(fact, freed=((mine.id, "a"),)),))
    assert any("does not wait for desk q01b" in each for each in hall.complaints())


PLAY = {
    "come": lambda hall, desk, which, ticket: hall.take("fee" if which % 3 == 0 else "tnmt-nop", which % 2 == 1),
    "wait": lambda hall, desk, which, ticket: hall.after(11),
    "recall": lambda hall, desk, which, ticket: hall.press(desk, "recall", ticket=ticket),
    "take": lambda hall, desk, which, ticket: hall.press(desk, "take", ticket=ticket, reason="vội"),
    "to_desk": lambda hall, desk, which, ticket: hall.press(desk, "transfer", to_desk=DESKS[which % 4], reason="vội"),
    "to_queue": lambda hall, desk, which, ticket: hall.press(desk, "transfer", to_queue="fa"[which % 2], reason="vội"),
    "cancel": lambda hall, desk, which, ticket: hall.do(
        CancelVisit(id=hall.fresh_id(), ticket=ticket, reason="other"),
    ),
    "restore": lambda hall, desk, which, ticket: hall.do(RestoreVisit(id=hall.fresh_id(), ticket=ticket)),
}
PRESSED = ("next", "next", "park", "park", "no_show", "finish", "open", "close", "undo")
steps = st.lists(
    st.tuples(st.sampled_from((*PLAY, *PRESSED)), st.sampled_from(DESKS), st.integers(0, 7)), min_size=10, max_size=50
)


@settings(max_examples=100)
@given(steps)
def test_whatever_is_pressed_nobody_waits_for_a_closed_desk_alone(script):
    hall = Hall(SITE)
    for desk in DESKS:
        hall.press(desk, "open")
    hall.take()
    for what, desk, which in script:
        tickets = list(hall.after(1).lobby.tickets)
        if what in PLAY:
            PLAY[what](hall, desk, which, tickets[which % len(tickets)])
        else:
            hall.press(desk, what)
        for seat in hall.lobby.seats.values():
            assert seat.status != "closed" or not hall.lobby.kept[seat.id]
    assert hall.complaints() == []
    again = Lobby(SITE, day_key=b"k" * 32)
    for entry in hall.entries:
        apply(again, replace(entry, facts=tuple(f.decode(f.encode(fact)) for fact in entry.facts)))
    assert (again.tickets, again.kept, again.undo) == (hall.lobby.tickets, hall.lobby.kept, hall.lobby.undo)
