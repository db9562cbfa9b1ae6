"""What a clerk is told beside the number: why others stand where they stand, and how far the calls have come."""

import pytest

from broker.calling import calling
from broker.order_reasons import order_reasons
from broker.web.desk_view import desk_view
from tests import booked_hall
from tests.hub_core import Hall, centre

SITE = centre()


@pytest.fixture
def hall() -> Hall:
    hall = Hall(SITE)
    for desk in ("q01a", "q02", "p01a"):
        hall.press(desk, "open")
    return hall


def test_who_sends_on_sees_where_nobody_sits(hall):
    hall.press("q02", "pause")
    shut = desk_view(hall.lobby, "q01a", hall.now).shut
    assert {"q01b", "p02", "p"} <= set(shut), "closed desks, and a queue that no desk calls"
    assert not {"q01a", "q02", "p01a", "a", "f"} & set(shut), "who rests comes back"


def why(hall: Hall, ticket) -> tuple[str, ...]:
    return order_reasons(hall.ticket(ticket))


def test_who_waits_as_he_came_needs_no_reason(hall):
    assert why(hall, hall.take()) == ()


def test_every_other_place_in_line_has_its_reason(hall):
    urgent = hall.take(priority=True)
    assert why(hall, urgent) == ("priority",)
    hall.press("q01a", "next")
    hall.press("q01a", "park")
    hall.press("q01a", "recall", ticket=urgent.id)
    assert why(hall, urgent) == ("kept", "priority")
    hall.press("q01a", "next")
    hall.press("q01a", "transfer", to_desk="q02")
    assert why(hall, urgent) == ("sent", "priority")
    hall.press("q02", "next")
    hall.press("q02", "transfer", to_queue="f")
    assert why(hall, urgent) == ("moved", "priority")
    late = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "no_show")
    hall.press("q01a", "recall", ticket=late.id)
    assert why(hall, late) == ("returned",)


def test_an_appointment_is_a_reason_for_who_is_in_time_only():
    room = booked_hall.hall(booked_hall.NINE)
    room.book(booked_hall.NINE, booked_hall.NINE - 60 * booked_hall.MINUTE)
    assert why(room, room.come(0)) == ("appointment",)
    assert why(room, room.come(1)) == ()


def call(hall: Hall, desk: str = "q01a"):
    seat = hall.lobby.seats[desk]
    return calling(SITE.rules, hall.lobby.tickets[seat.ticket], seat.since, hall.now)


def test_three_calls_twenty_seconds_apart_and_then_a_no_show_is_due(hall):
    hall.take()
    hall.press("q01a", "next")
    start = hall.now
    assert (call(hall).times, call(hall).again_at - start, call(hall).missed_at) == (1, 20_000, 0)
    hall.after(20).press("q01a", "recall")
    assert (call(hall).times, call(hall).again_at - start) == (2, 40_000)
    hall.after(20).press("q01a", "recall")
    assert (call(hall).times, call(hall).again_at, call(hall).missed_at - start) == (3, 0, 70_000)
    assert desk_view(hall.after(40).lobby, "q01a", hall.now).calling is not None
    assert hall.at("q01a") is not None, "nobody is missed by himself"


def test_a_last_call_that_came_late_leaves_time_to_walk(hall):
    hall.take()
    hall.press("q01a", "next")
    hall.after(60).press("q01a", "recall")
    hall.after(60).press("q01a", "recall")
    assert call(hall).missed_at == hall.now + 20_000


def test_who_was_not_called_again_is_being_served(hall):
    hall.take()
    hall.press("q01a", "next")
    hall.after(70)
    assert call(hall) is None
