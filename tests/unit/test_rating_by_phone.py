"""The citizen's own phone: one vote of a visit in the sum, the two channels side by side."""

import pytest
from msgspec.structs import replace

from broker import rating_facts as r
from broker import refusals as no
from broker.model import Channels
from broker.views import desk_state
from tests.hub_core import Hall, centre


def hall_with(channels: Channels = "either") -> tuple[Hall, object]:
    site = centre()
    hall = Hall(replace(site, rules=replace(site.rules, channels=channels)))
    hall.press("q01a", "open")
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.after(60).press("q01a", "finish")
    return hall, ticket


def votes(hall: Hall) -> dict[tuple[str, int], int]:
    return {key: n for key, n in hall.counts().items() if key[0].startswith("rating")}


def test_a_phone_rates_once_long_after_the_button_was_dark():
    hall, ticket = hall_with()
    (fact,) = hall.after(3600).phone(ticket, 2)
    assert (type(fact), fact.channel, fact.latency) == (r.Rated, "phone", 4)
    assert hall.phone(ticket, 1) is no.ALREADY_RATED
    assert votes(hall) == {("rating", 2): 1, ("rating_channel_phone", 2): 1}


def test_who_pressed_the_button_is_not_asked_again_by_phone():
    hall, ticket = hall_with()
    hall.rate("q01a", 1)
    assert hall.phone(ticket, 4) is no.ALREADY_RATED


def test_who_rated_by_phone_finds_the_terminal_dark_and_a_press_all_the_same_counts_nothing():
    hall, ticket = hall_with()
    assert desk_state(hall.lobby, "q01a", hall.now, 1, 1).armed_until
    hall.phone(ticket, 2)
    assert not desk_state(hall.lobby, "q01a", hall.now, 1, 1).armed_until
    assert type(hall.rate("q01a", 1)[0]) is r.RatingSuppressed


@pytest.mark.parametrize("phone_first", [True, False])
def test_both_channels_compared_count_one_vote_in_the_sum(phone_first):
    hall, ticket = hall_with("both")
    press = [lambda: hall.rate("q01a", 1), lambda: hall.phone(ticket, 4)]
    for do in reversed(press) if phone_first else press:
        do()
    first, second = (4, 1) if phone_first else (1, 4)
    assert votes(hall) == {("rating", first): 1, ("rating_channel_compared", second): 1, ("rating_channel_phone", 4): 1}


def test_a_corrected_second_vote_stays_beside_the_sum():
    hall, ticket = hall_with("both")
    hall.phone(ticket, 4)
    hall.rate("q01a", 3)
    hall.rate("q01a", 1)
    assert votes(hall)["rating_channel_compared", 1] == 1
    assert votes(hall)["rating", 4] == 1
    assert ("rating_channel_compared", 3) not in votes(hall)


def test_a_visit_that_is_not_finished_or_was_long_ago_is_refused_in_words():
    hall, ticket = hall_with()
    waiting = hall.take()
    assert hall.phone(waiting, 1) is no.NOT_TO_BE_RATED
    assert hall.after(8 * 3600 + 1).phone(ticket, 1) is no.TOO_LATE_TO_RATE
    assert hall_with("button")[0].phone(ticket, 1) is no.NOT_TO_BE_RATED


def test_reasons_come_after_the_vote_once():
    hall, ticket = hall_with()
    hall.phone(ticket, 4)
    (fact,) = hall.phone(ticket, 4, reasons=("khac",), answers={"thai-do": True})
    assert (type(fact), fact.channel) == (r.RatingExplained, "phone")
    assert hall.phone(ticket, 4, reasons=("khac",)) is no.ALREADY_RATED
    assert votes(hall)["rating_answer_thai-do", 1] == 1


def test_a_finish_that_was_rated_by_phone_cannot_be_taken_back():
    hall, ticket = hall_with()
    hall.phone(ticket, 2)
    assert hall.press("q01a", "undo") is no.NOTHING_TO_UNDO
