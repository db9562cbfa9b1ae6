"""A clerk types a number: what is found, and what is offered with it."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.wire.choices import TicketStatus
from broker.refusals import Refusal
from broker.web.desk_found import found
from broker.web.words import STAFF_LANGUAGES, words
from tests.hub_core import Hall, centre

SITE = centre()


def look(hall: Hall, typed: str, desk: str = "q01a"):
    return found(hall.lobby, desk, typed, hall.now)


@pytest.fixture
def hall() -> Hall:
    hall = Hall(SITE)
    hall.press("q01a", "open")
    hall.press("q02", "open")
    return hall


@pytest.mark.parametrize("typed", ["A002", "a2", " A 002 ", "a-02", "A0002"])
def test_a_number_is_found_however_it_is_written(hall, typed):
    _, second = hall.take(), hall.take()
    assert look(hall, typed).id == second.id


@pytest.mark.parametrize("typed", ["", "A", "A003", "B1", "1", "A001A", "²", "'; --", "A" * 16])
def test_what_is_no_number_of_today_finds_nobody(hall, typed):
    hall.take()
    hall.take()
    assert look(hall, typed) is None


def test_nothing_is_offered_that_the_hub_would_refuse(hall):
    at_desk, parked = hall.take(), hall.take()
    missed, waits = hall.take(), hall.take()
    hall.press("q02", "next")
    for action in ("park", "no_show"):
        hall.press("q01a", "next")
        hall.press("q01a", action)
    offered = {
        ticket.id: (seen.call, seen.reason, seen.back, seen.at)
        for ticket in (at_desk, parked, missed, waits)
        if (seen := look(hall, ticket.number))
    }
    assert offered == {
        at_desk.id: (False, True, False, "q02"),
        parked.id: (True, False, True, "q01a"),
        missed.id: (True, True, True, ""),
        waits.id: (True, True, False, ""),
    }


steps = st.lists(
    st.tuples(
        st.sampled_from(("q01a", "q02")), st.sampled_from(("next", "no_show", "park", "finish", "pause", "close"))
    ),
    max_size=12,
)


@settings(max_examples=100)
@given(steps, st.integers(1, 4), st.booleans())
def test_what_is_offered_with_a_number_is_what_the_hub_carries_out(script, n, back):
    hall = Hall(SITE)
    hall.press("q01a", "open")
    hall.press("q02", "open")
    for _ in range(4):
        hall.after(1).take()
    for desk, action in script:
        hall.after(5).press(desk, action)
    seen = look(hall, f"A{n}")
    if back:
        assert seen.back is not isinstance(hall.press("q01a", "recall", ticket=seen.id), Refusal)
    else:
        args = {"reason": "có lý do"} if seen.reason else {}
        assert seen.call is not isinstance(hall.press("q01a", "take", ticket=seen.id, **args), Refusal)


@pytest.mark.parametrize("language", STAFF_LANGUAGES)
@pytest.mark.parametrize("status", get_args(TicketStatus))
def test_whatever_became_of_a_number_there_is_a_word_for_it(status, language):
    assert words(language)[f"number_{status}"]
    assert words(language)[f"story_{status}"]
