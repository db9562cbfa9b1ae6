"""Why this one, although others came before: the reason in the log is true, and counted."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.wire.messages import TicketRequest
from broker import facts as f
from broker.lobby import Ticket
from broker.model import Closing
from tests.hub_core import MONDAY_0800, Hall, centre

MINUTE_MS = 60_000


def hall() -> Hall:
    hall = Hall()
    for desk in ("q01a", "q01b", "q02", "p01a"):
        hall.press(desk, "open")
    return hall


def called(outcome: object) -> tuple[str, str, int]:
    assert isinstance(outcome, tuple)
    (call,) = (fact for fact in outcome if isinstance(fact, f.Called))
    return call.reason, call.why, call.overtook


def returned(hall: Hall) -> Ticket:
    late = hall.take()
    hall.after(1).press("q01a", "next")
    hall.after(70).press("q01a", "no_show")
    hall.press("q01a", "recall", ticket=late.id)
    return late


def second_stage(hall: Hall) -> Ticket:
    one = hall.take()
    hall.after(1).take("fee")
    hall.press("q01a", "next")
    hall.after(60).press("q01a", "transfer", to_queue="f")
    return one


def parked(hall: Hall) -> Ticket:
    one = hall.take()
    hall.press("q01a", "next")
    hall.after(60).press("q01a", "park")
    hall.press("q01a", "recall", ticket=one.id)
    return one


def urgent(hall: Hall) -> Ticket:
    hall.take()
    one = hall.after(60).take(priority=True)
    hall.after(60)
    return one


@pytest.mark.parametrize(
    ("arrange", "desk", "reason", "why", "overtook"),
    [
        (lambda hall: hall.take(), "q01a", "turn", "first", 0),
        (urgent, "q01a", "turn", "priority", 1),
        (lambda hall: hall.take(priority=True), "q01a", "turn", "first", 0),
        (returned, "q01a", "turn", "returned", 0),
        (second_stage, "p01a", "turn", "moved", 0),
        (parked, "q01a", "kept", "kept", 0),
    ],
)
def test_a_call_says_why_it_is_this_one(
    arrange: Callable[[Hall], Ticket], desk: str, reason: str, why: str, overtook: int
) -> None:
    today = hall()
    one = arrange(today)
    assert called(today.after(1).press(desk, "next")) == (reason, why, overtook)
    assert today.at(desk) == today.ticket(one)
    assert today.complaints() == []


def test_who_takes_a_number_out_of_order_leaves_his_words_and_how_many_were_passed_over() -> None:
    today = hall()
    today.take()
    second = today.after(1).take()
    assert called(today.press("q01a", "take", ticket=second.id, reason="x")) == ("taken", "taken", 1)
    assert today.counts()["overtake_taken", 0] == today.counts()["why_taken", 0] == 1


def test_what_was_undone_passed_nobody() -> None:
    today = hall()
    urgent(today)
    before = today.counts()
    today.press("q01a", "next")
    assert today.counts()["why_priority", 0] == today.counts()["overtake_priority", 0] == 1
    assert any(measure == "wait_priority" for measure, _ in today.counts())
    today.after(5).press("q01a", "undo")
    assert today.counts() == before


def test_who_helps_after_the_break_passes_nobody_who_was_put_off_until_then() -> None:
    noon = Hall(replace(centre(always_open=False), closing=Closing(rule="cutoff")), MONDAY_0800 + 175 * MINUTE_MS)
    wish = TicketRequest(id=noon.fresh_id(), service="xd-nop", accept="afternoon")
    noon.do(wish)
    noon.now = MONDAY_0800 + 275 * MINUTE_MS
    noon.take("xd-nop")
    noon.now = MONDAY_0800 + 301 * MINUTE_MS
    noon.press("q01a", "open")
    outcome = noon.press("q01a", "next")
    assert called(outcome) == ("backup", "due", 0)
    assert noon.at("q01a").id == wish.id
    assert noon.complaints() == []


def test_a_call_from_before_reasons_were_kept_counts_as_it_did() -> None:
    old = b"""{"kind":"called","desk":"q01a","counter":"q01","actor":"x","ticket":"t","queue":"a","service":"s",
    "call_seq":1,"first":true,"wait_s":60,"reason":"turn","overtook":2}"""
    today = hall()
    today.entries[-1] = replace(today.entries[-1], facts=(f.decode(old),))
    assert {key[0] for key in today.counts()} == {"called", "overtake", "wait", "wait_s"}


DESKS = st.sampled_from(("q01a", "q01b", "q02", "p01a"))
PLACES = st.integers(0, 20)
busy_morning = st.lists(
    st.one_of(
        st.tuples(st.just("come"), st.sampled_from(("tnmt-nop", "tnmt-nop", "nnptnt-nop", "fee")), st.booleans()),
        st.tuples(st.just("wait"), st.sampled_from((1, 30, 61, 200, 700)), st.none()),
        st.tuples(st.just("next"), DESKS, st.none()),
        st.tuples(st.sampled_from(("no_show", "park", "undo")), DESKS, st.none()),
        st.tuples(st.just("send"), DESKS, st.sampled_from(({"to_queue": "f"}, {"to_queue": "a"}, {"to_desk": "q01b"}))),
        st.tuples(st.sampled_from(("recall", "take")), DESKS, PLACES),
    ),
    min_size=20,
    max_size=60,
)


@settings(max_examples=200)
@given(busy_morning)
def test_whatever_is_pressed_the_reason_in_the_log_is_true(script: list[tuple[str, object, object]]) -> None:
    today = hall()
    for what, who, how in script:
        tickets = list(today.lobby.tickets)
        match what:
            case "come":
                today.take(who, how)  # type: ignore[arg-type]  # because the strategy above draws services
            case "wait":
                today.after(who)  # type: ignore[arg-type]  # because the strategy above draws seconds
            case "send":
                today.press(who, "transfer", **how)  # type: ignore[arg-type]  # because the strategy above draws targets
            case "recall" | "take" if tickets:
                today.press(who, what, ticket=tickets[how % len(tickets)], reason="x")  # type: ignore[arg-type, operator]  # because the strategy above draws places
            case _:
                today.press(who, what)  # type: ignore[arg-type]  # because the strategy above draws actions
    assert today.complaints() == []


@pytest.mark.parametrize("lie", [{"why": "moved"}, {"overtook": 1}, {"priority": True}, {"why": "due"}])
def test_verify_notices_a_reason_that_is_not_true(lie: dict[str, object]) -> None:
    today = hall()
    today.take()
    today.press("q01a", "next")
    entry = today.entries[-1]
    today.entries[-1] = replace(entry, facts=tuple(replace(fact, **lie) for fact in entry.facts))
    (only,) = today.complaints()
    assert entry.facts[0].ticket in only  # type: ignore[union-attr]  # because the last entry is a call
