"""What a phone says of a turn: true, in every state, in every language, by the clock on the wall."""

from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.wire.messages import TicketView, WaitRange
from broker.web.pages.turn_states import STEP_MIN, Shown, Turn, TurnState, look, say
from broker.web.words import LANGUAGES, words
from tests.hub_core import Hall

NOON = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001  # because only its clock is shown


def view(**more: object) -> TicketView:
    given = {
        "number": "A007",
        "queue": "a",
        "service": "s",
        "status": "waiting",
        "issued_at": "",
        "ahead": 3,
        "wait": None,
    }
    return TicketView(id="", counters=("q01",), code="", **(given | more))  # type: ignore[arg-type]  # because a test chooses them


def shown(lang: str = "vi", now: datetime = NOON, state: TurnState = "waiting", **more: object) -> Shown:
    return say(Turn(ticket=view(**more), state=state, now=now, back_by=NOON), ("Quầy 1",), "Nộp phí", words(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_has_a_headline_and_leaves_no_gap_in_its_words(lang: str) -> None:
    for state in get_args(TurnState):
        said = shown(lang, state=state, wait=WaitRange(low_min=10, high_min=30))
        assert said.title, state
        assert "{" not in f"{said.title}{said.place}{said.lines}{said.facts}", state


@given(st.integers(0, 24 * 60 - 1), st.integers(0, 30).map(lambda n: n * 5), st.integers(0, 12).map(lambda n: n * 5))
def test_the_range_by_the_clock_holds_the_range_in_minutes(minute: int, low: int, width: int) -> None:
    now = NOON + timedelta(minutes=minute)
    high = low + width
    said = shown("en", now, wait=WaitRange(low_min=low, high_min=high))
    (clock,) = [figure for about, figure, _ in said.facts if about == words("en")["turn_fact_time"]]
    assert clock.startswith("before ") == (low == 0)
    for text, of, outward in zip(
        reversed(clock.removeprefix("before ").split("–")), (high, low), (1, -1), strict=False
    ):
        told = datetime.strptime(text, "%H:%M")  # noqa: DTZ007  # because only its clock is shown
        true = now + timedelta(minutes=of)
        off = (outward * ((told.hour * 60 + told.minute) - (true.hour * 60 + true.minute))) % (24 * 60)
        assert off < STEP_MIN
        assert told.minute % STEP_MIN == 0


def test_a_turn_is_told_from_the_ticket_to_the_second_chance_that_was_missed() -> None:
    hall = Hall()
    ticket = hall.take()

    def state() -> str:
        return look(hall.lobby, hall.ticket(ticket), hall.now).state

    assert state() == "waiting"
    hall.press("q01a", "open")
    assert state() == "soon"
    hall.press("q01a", "next")
    assert state() == "called"
    hall.after(75)
    assert state() == "serving"
    hall.press("q01a", "no_show")
    assert state() == "no_show"
    hall.after(31 * 60)
    assert state() == "missed"


def test_a_visit_that_goes_on_elsewhere_is_told_where() -> None:
    hall = Hall()
    hall.press("q01a", "open")
    hall.press("q02", "open")
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "transfer", to_desk="q02")
    assert look(hall.lobby, hall.ticket(ticket), hall.now).state == "kept"
    hall.press("q01a", "undo")
    hall.press("q01a", "transfer", to_queue="f")
    turn = look(hall.lobby, hall.ticket(ticket), hall.now)
    assert turn.second
    assert "Bước tiếp theo: Nộp phí. Bạn giữ nguyên số." in say(turn, ("Quầy thu phí",), "Nộp phí", words("vi")).lines


def test_who_missed_the_call_is_told_until_when_to_be_back_and_may_be_back_until_then() -> None:
    hall = Hall()
    hall.press("q01a", "open")
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "no_show")
    hall.after(hall.lobby.site.rules.reinstate_within_s)
    turn = look(hall.lobby, hall.ticket(ticket), hall.now)
    assert turn.state == "no_show"
    assert "trước 08:30" in say(turn, ("Quầy 1",), "", words("vi")).lines[0]
    assert look(hall.lobby, hall.ticket(ticket), hall.now + 1).state == "missed"


def test_soon_is_who_may_be_called_now_or_has_hardly_anybody_before() -> None:
    hall = Hall()
    hall.press("q01a", "open")
    tickets = [hall.take() for _ in range(4)]
    site = replace(hall.lobby.site, forecasting=replace(hall.lobby.site.forecasting, method="none"))

    def states() -> list[str]:
        return [look(hall.lobby, hall.ticket(one), hall.now + 1).state for one in tickets]

    hall.lobby.site = site
    assert states() == ["soon", "soon", "soon", "waiting"]
    hall.press("q01a", "pause")
    assert states() == ["waiting"] * 4, "nobody calls now"


def test_only_who_still_waits_is_told_of_a_next_step() -> None:
    def told(state: TurnState, second: bool) -> tuple[str, ...]:
        return say(Turn(ticket=view(), state=state, now=NOON, second=second), (), "Nộp phí", words("en")).lines

    next_step = words("en")["turn_second"].format(queue="Nộp phí")
    assert next_step in told("waiting", True)
    assert next_step in told("soon", True)
    assert next_step not in told("waiting", False)
    assert next_step not in told("called", True)
    assert all(line for state in get_args(TurnState) for line in told(state, False)), "an empty line"
