"""Is there time for one more: who is refused, what they are offered, and that an afternoon number keeps its place."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.wire.choices import Offer
from broker import facts as f
from broker import refusals as no
from broker.apply import apply
from broker.lobby import Lobby, Ticket
from broker.model import Closing
from broker.refusals import Refusal
from broker.scheduling import choose
from broker.views import refusal, ticket_view
from tests.closing_hall import (
    ELEVEN,
    FIVE,
    HALF_PAST_TWELVE,
    HOUR,
    MINUTE,
    ONE,
    SITE,
    afternoon,
    ask,
    before_the_break,
    busy,
    refused,
)

BOTH: tuple[Offer, ...] = ("afternoon", "anyway")


# ---------------------------------------------------------------------------------------------------- who is refused


def test_with_time_enough_everybody_gets_a_number() -> None:
    assert refused(busy(ELEVEN - 2 * HOUR, 5)) is None


def test_a_free_desk_takes_people_up_to_the_last_minute() -> None:
    hall = busy(ELEVEN - MINUTE, 0)
    hall.press("q01b", "open")
    assert refused(hall) is None


def test_a_long_line_before_the_break_is_refused_and_offered_both() -> None:
    hall = busy(ELEVEN - 20 * MINUTE, 4)
    outcome = ask(hall)
    assert isinstance(outcome, Refusal)
    assert (outcome.code, outcome.words, outcome.offers) == ("closed", no.NO_TIME_BEFORE_BREAK.words, BOTH)
    answer = refusal("x", outcome, 1)
    assert (answer.offers, answer.resumes) == (BOTH, "2026-11-23T13:00:00.000+07:00")
    assert "A007" not in {ticket.number for ticket in hall.lobby.tickets.values()}, "a refusal used up a number"


def test_in_the_evening_nothing_is_offered_unless_the_centre_wants_it() -> None:
    hall = busy(FIVE - 20 * MINUTE, 4)
    outcome = ask(hall)
    assert isinstance(outcome, Refusal)
    assert (outcome.words, refusal("x", outcome, 1).offers) == (no.NO_TIME_TODAY.words, ())
    assert refused(hall, "anyway") == ()
    hall = busy(FIVE - 20 * MINUTE, 4, replace(SITE.closing, anyway_in_the_evening=True))
    assert refused(hall) == ("anyway",)
    assert refused(hall, "afternoon") == ("anyway",)
    assert refused(hall, "anyway") is None


def test_where_nobody_serves_nothing_is_foreseen_and_nobody_refused() -> None:
    hall = busy(ELEVEN - 5 * MINUTE, 0)
    hall.press("q01a", "finish")
    hall.press("q01a", "close")
    assert refused(hall) is None


@given(st.integers(0, 8), st.integers(1, 180))
def test_who_is_refused_would_be_refused_with_one_more_ahead(waiting: int, minutes: int) -> None:
    if refused(busy(ELEVEN - minutes * MINUTE, waiting)) is not None:
        assert refused(busy(ELEVEN - minutes * MINUTE, waiting + 1)) is not None


def test_a_cut_off_knows_only_the_clock() -> None:
    rule = Closing(rule="cutoff", cutoff_s=1800)
    assert refused(busy(ELEVEN - 31 * MINUTE, 9, rule)) is None
    assert refused(busy(ELEVEN - 30 * MINUTE, 0, rule)) == BOTH
    hall = busy(ELEVEN - 31 * MINUTE, 9, rule)
    hall.now = HALF_PAST_TWELVE
    assert refused(hall) is None


def test_a_centre_may_refuse_nobody() -> None:
    assert refused(busy(ELEVEN - MINUTE, 9, Closing())) is None


def test_where_the_kiosk_never_closes_lunch_is_no_time_to_be_served() -> None:
    """At five past eleven there are four hours of work until the next bell, not six."""
    kiosk = replace(SITE.hours, spans=((0, 24 * 60),))
    hall = busy(ELEVEN - 20 * MINUTE, 26)
    hall.now = ELEVEN + 5 * MINUTE
    hall.lobby.site = replace(hall.lobby.site, hours=kiosk)
    assert refused(hall) == ()


# ------------------------------------------------------------------------------------------------------- the offers


def test_who_wants_a_number_all_the_same_stands_at_the_end_of_the_line() -> None:
    hall = before_the_break()
    ticket = ask(hall, "anyway")
    assert isinstance(ticket, Ticket)
    assert (ticket.due, hall.lobby.waiting("a", hall.now)) == (0, 5)


def test_an_afternoon_number_says_from_when_it_is_called() -> None:
    hall = before_the_break()
    ticket = afternoon(hall)
    view = ticket_view(hall.lobby, ticket, hall.now)
    assert (ticket.due, view.due, view.ahead) == (ONE, "2026-11-23T13:00:00.000+07:00", 0)
    assert view.wait is None, "what the morning leaves over, nobody knows yet"
    assert ticket_view(hall.lobby, afternoon(hall), hall.now).ahead == 1


def test_at_lunch_an_afternoon_number_can_be_foretold() -> None:
    hall = before_the_break()
    ticket = afternoon(hall)
    hall.now = HALF_PAST_TWELVE
    wait = ticket_view(hall.lobby, ticket, hall.now).wait
    assert wait is not None
    assert wait.low_min >= 30
    assert wait.high_min > 45, "five of the morning come first"


def test_an_afternoon_number_is_not_called_in_the_morning_although_a_desk_is_free() -> None:
    hall = before_the_break(waiting=4)
    ticket = afternoon(hall)
    for _ in range(5):
        hall.after(10).press("q01a", "next")
    assert hall.at("q01a") is None
    assert hall.ticket(ticket).status == "waiting"
    assert hall.lobby.waiting("a", hall.now) == 0


def test_an_afternoon_number_is_called_first_after_the_break() -> None:
    hall = before_the_break(waiting=4)
    ticket = afternoon(hall)
    for _ in range(5):
        hall.after(10).press("q01a", "next")
    hall.press("q01a", "pause")
    hall.now = HALF_PAST_TWELVE
    early = hall.take()
    hall.now = ONE
    hall.press("q01a", "resume")
    assert choose(hall.lobby, "q01a", ONE - 1).ticket == early.id  # type: ignore[union-attr]  # because early is there
    hall.press("q01a", "next")
    assert hall.at("q01a") == hall.ticket(ticket)
    hall.after(60).press("q01a", "next")
    assert hall.at("q01a") == hall.ticket(early)


def test_a_desk_next_door_helps_only_who_has_waited_since_the_break() -> None:
    hall = before_the_break(waiting=0)
    for _ in range(4):
        ask(hall, "anyway")
    ticket = afternoon(hall)
    for _ in range(5):
        hall.after(10).press("q01a", "next")
    hall.press("q11", "open")
    assert choose(hall.lobby, "q11", ONE + 9 * MINUTE) is None
    choice = choose(hall.lobby, "q11", ONE + 10 * MINUTE)
    assert choice is not None
    assert (choice.ticket, choice.reason) == (ticket.id, "backup")


def test_a_wait_that_was_agreed_on_is_no_wait_in_the_figures() -> None:
    hall = before_the_break()
    ticket = afternoon(hall)
    hall.now = ONE + 3 * MINUTE
    (called,) = hall.press("q02", "open") and hall.press("q02", "take", ticket=ticket.id, reason="đúng hẹn")
    assert isinstance(called, f.Called)
    assert called.wait_s == 180


def test_who_overtakes_an_afternoon_number_in_the_morning_overtakes_nobody() -> None:
    hall = before_the_break()
    afternoon(hall)
    ask(hall, "anyway")
    called = [fact for _ in range(5) for fact in hall.after(10).press("q01a", "next") if isinstance(fact, f.Called)]
    assert [fact.overtook for fact in called] == [0] * 5


def test_an_afternoon_number_survives_the_restart() -> None:
    hall = before_the_break()
    afternoon(hall)
    again = Lobby(hall.lobby.site, day_key=b"k" * 32)
    for entry in hall.entries:
        apply(again, f.Entry(entry.id, entry.day, entry.at, tuple(f.decode(f.encode(fact)) for fact in entry.facts)))
    assert again.tickets == hall.lobby.tickets
    for by in (hall.now, ONE):
        assert again.lines["a"].keys(by) == hall.lobby.lines["a"].keys(by)


def test_who_accepts_an_offer_when_there_is_time_again_is_called_at_once() -> None:
    hall = before_the_break()
    for desk in ("q01b", "q02"):
        hall.press(desk, "open")
        for _ in range(3):
            hall.press(desk, "next")
    assert afternoon(hall).due == 0
