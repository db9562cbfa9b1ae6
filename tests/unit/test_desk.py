"""What a clerk can do, and what nobody can."""

from itertools import product
from typing import get_args

import pytest
from msgspec.structs import replace

from appliance.wire.choices import Action
from broker import facts as f
from broker import refusals as no
from broker.desk_actions import TRANSITIONS, SeatState
from broker.refusals import Refusal
from tests.hub_core import Hall


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    for desk in ("q01a", "q01b", "q02", "p01a"):
        hall.press(desk, "open")
    return hall


def test_every_state_and_action_is_decided_on_purpose():
    assert TRANSITIONS.keys() == set(product(get_args(SeatState), get_args(Action)))


def test_first_come_is_first_called(hall):
    tickets = [hall.after(1).take() for _ in range(3)]
    for ticket in tickets:
        hall.after(30).press("q01a", "next")
        assert hall.at("q01a").number == ticket.number


def test_next_while_serving_finishes_first(hall):
    first, second = hall.take(), hall.after(1).take()
    hall.after(1).press("q01a", "next")
    hall.after(60).press("q01a", "next")
    assert hall.ticket(first).status == "served"
    assert hall.at("q01a").id == second.id


def test_next_on_an_empty_queue_is_no_mistake(hall):
    assert hall.press("q01a", "next") == ()


def test_a_citizen_at_one_desk_cannot_be_taken_to_another(hall):
    ticket = hall.take()
    hall.press("q01a", "next")
    assert hall.press("q01b", "take", ticket=ticket.id, reason="quen") is no.AT_ANOTHER_DESK


def test_taking_out_of_order_needs_a_reason(hall):
    hall.take()
    second = hall.after(1).take()
    assert hall.press("q01a", "take", ticket=second.id) is no.REASON_NEEDED
    (called,) = hall.press("q01a", "take", ticket=second.id, reason="người khuyết tật")
    assert (called.reason, called.words, called.overtook) == ("taken", "người khuyết tật", 1)


def test_an_unserved_latecomer_comes_back_once_behind_three(hall):
    late = hall.take()
    others = [hall.after(1).take() for _ in range(4)]
    hall.press("q01a", "next")
    hall.after(70).press("q01a", "no_show")
    hall.after(60).press("q01a", "recall", ticket=late.id)
    order = []
    for _ in range(5):
        hall.after(10).press("q01a", "next")
        order.append(hall.at("q01a").id)
    assert order == [others[0].id, others[1].id, others[2].id, late.id, others[3].id]
    hall.after(10).press("q01b", "next")
    hall.press("q01a", "finish")
    assert hall.press("q01a", "recall", ticket=late.id) is no.NOT_WAITING


def test_a_latecomer_cannot_come_back_twice_or_after_half_an_hour(hall):
    late = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "no_show")
    assert hall.after(1801).press("q01a", "recall", ticket=late.id) is no.CANNOT_RETURN
    assert isinstance(hall.after(-1).press("q01a", "recall", ticket=late.id)[0], f.Returned)
    hall.press("q01a", "next")
    hall.press("q01a", "no_show")
    assert hall.press("q01a", "recall", ticket=late.id) is no.CANNOT_RETURN


def test_a_desk_brings_a_latecomer_back_although_it_serves_somebody(hall):
    late, other = hall.take(), hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "no_show")
    hall.press("q01a", "next")
    assert isinstance(hall.press("q01a", "recall", ticket=late.id)[0], f.Returned)
    assert (hall.at("q01a").id, hall.ticket(late).status) == (other.id, "waiting")


def test_a_parked_visit_keeps_its_number_and_comes_back_to_its_desk_first(hall):
    parked = hall.take()
    hall.after(1).take()
    hall.press("q01a", "next")
    hall.press("q01a", "park")
    assert hall.ticket(parked).status == "parked"
    assert hall.after(5).press("q01b", "next")[0].ticket != parked.id
    hall.press("q01a", "recall", ticket=parked.id)
    hall.after(60).take()
    hall.press("q01a", "next")
    assert hall.at("q01a").id == parked.id
    assert hall.at("q01a").number == parked.number


def test_a_second_stage_keeps_the_number_and_the_time_of_arrival(hall):
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.after(300).press("q01a", "transfer", to_queue="f")
    hall.after(10).press("p01a", "next")
    moved = hall.at("p01a")
    assert (moved.id, moved.number, moved.clock0, moved.queue, moved.series) == (
        ticket.id,
        ticket.number,
        ticket.clock0,
        "f",
        "a",
    )


def test_a_transfer_to_a_desk_waits_for_that_desk(hall):
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "transfer", to_desk="q02")
    assert hall.press("q01b", "next") == ()
    hall.press("q02", "next")
    assert hall.at("q02").id == ticket.id


@pytest.mark.parametrize(
    ("args", "refusal"),
    [
        ({}, no.TARGET_NEEDED),
        ({"to_queue": "f", "to_desk": "q02"}, no.TARGET_NEEDED),
        ({"to_queue": "zz"}, no.UNKNOWN_QUEUE),
        ({"to_desk": "zz"}, no.UNKNOWN_DESK),
        ({"to_queue": "a"}, no.SAME_PLACE),
        ({"to_desk": "q01a"}, no.SAME_PLACE),
    ],
)
def test_a_transfer_to_nowhere_changes_nothing(hall, args, refusal):
    ticket = hall.take()
    hall.press("q01a", "next")
    assert hall.press("q01a", "transfer", **args) is refusal
    assert hall.at("q01a").id == ticket.id


@pytest.mark.parametrize("action", ["next", "no_show", "finish", "park", "recall"])
def test_undo_puts_everything_back_within_ten_seconds(hall, action):
    hall.take()
    hall.after(1).take()
    hall.press("q01a", "next")
    before = (hall.lobby.tickets.copy(), hall.lobby.seats["q01a"], hall.lobby.lines["a"].keys())
    hall.after(20).press("q01a", action)
    assert isinstance(hall.after(10).press("q01a", "undo")[0], f.Undone)
    assert before == (hall.lobby.tickets, hall.lobby.seats["q01a"], hall.lobby.lines["a"].keys())
    assert hall.press("q01a", "undo") is no.NOTHING_TO_UNDO


def test_undo_comes_too_late_after_ten_seconds(hall):
    hall.take()
    hall.press("q01a", "next")
    assert hall.after(10.001).press("q01a", "undo") is no.NOTHING_TO_UNDO


def test_undo_cannot_take_a_citizen_from_the_next_desk(hall):
    hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "transfer", to_queue="f")
    hall.press("p01a", "next")
    assert hall.press("q01a", "undo") is no.NOTHING_TO_UNDO


def test_who_brings_back_another_desks_visit_takes_that_back_and_nobody_else(hall):
    hall.press("q02", "open")
    parked, second = hall.take(), hall.take()
    hall.press("q01a", "next")
    hall.after(60).press("q01a", "park")
    hall.after(60).press("q01a", "next")
    hall.after(1).press("q02", "recall", ticket=parked.id)
    assert [fact.ticket for fact in hall.after(1).press("q01a", "undo")[0].facts] == [second.id]
    assert (hall.ticket(second).status, hall.ticket(parked).status) == ("waiting", "waiting")
    (undone,) = hall.after(1).press("q02", "undo")
    assert ([f.kind(fact) for fact in undone.facts], undone.desk) == (["returned"], "q02")
    assert (hall.ticket(parked).status, hall.ticket(parked).parked_by) == ("parked", "q01a")
    assert hall.press("q02", "undo") is no.NOTHING_TO_UNDO
    assert hall.complaints() == []


def test_a_visit_parked_and_brought_back_is_at_its_desk_again_when_both_desks_undo(hall):
    hall.press("q02", "open")
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.after(1).press("q01a", "park")
    hall.after(1).press("q02", "recall", ticket=ticket.id)
    for desk in ("q02", "q01a"):
        assert isinstance(hall.after(1).press(desk, "undo")[0], f.Undone)
    assert hall.at("q01a").id == ticket.id
    hall.after(1).press("q01a", "finish")
    assert hall.complaints() == []


def test_verify_sees_a_desk_that_takes_back_what_another_one_did(hall):
    hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "undo")
    entry = hall.entries.pop()
    hall.entries.append(replace(entry, facts=tuple(replace(fact, desk="q02") for fact in entry.facts)))
    assert "desk q02 takes back what desk q01a did" in hall.complaints()


def test_undo_cannot_unsay_a_rating(hall):
    hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "finish")
    hall.rate("q01a", 1)
    assert hall.press("q01a", "undo") is no.NOTHING_TO_UNDO


def test_a_closed_desk_calls_nobody():
    hall = Hall()
    ticket = hall.take()
    assert hall.press("q01a", "next") is no.DESK_CLOSED
    assert hall.ticket(ticket).status == "waiting"


def test_a_backup_desk_helps_only_after_ten_minutes_and_when_nothing_of_its_own_waits():
    hall = Hall()
    hall.press("q11", "open")
    helped = hall.take("tnmt-nop")
    assert hall.after(599).press("q11", "next") == ()
    own = hall.after(2).take("nnptnt-nop")
    hall.press("q11", "next")
    assert hall.at("q11").id == own.id
    (_, called) = hall.press("q11", "next")
    assert (called.ticket, called.reason) == (helped.id, "backup")


def test_refusals_speak_both_languages():
    for name, value in vars(no).items():
        if isinstance(value, Refusal):
            assert value.words.vi.endswith("."), name
            assert value.words.en.endswith("."), name
