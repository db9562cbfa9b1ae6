"""An undo takes back what its desk did last, in time, and nothing that went on since; a log that lies is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broker import facts as f
from tests.unit.test_hall_always import play, steps
from tests.written_log import (
    TUESDAY,
    Written,
    called,
    cancelled,
    corrected,
    did,
    issued,
    missed,
    open_day,
    parked,
    recalled,
    restored,
    returned,
    said_of,
    sent,
    served,
    stranded,
    undone,
    void,
)


def opened(desk: str = "one") -> f.DeskOpened:
    return f.DeskOpened(desk=desk, counter="q", actor="x")


def paused(desk: str = "one") -> f.DeskPaused:
    return f.DeskPaused(desk=desk, counter="q", actor="x")


def closed(*freed: tuple[str, str], desk: str = "one") -> f.DeskClosed:
    return f.DeskClosed(desk=desk, counter="q", actor="x", freed=freed)


TWO = (issued(1), issued(2))
AT_ONE = (issued(1), called("t1"))
DONE = (*AT_ONE, served("t1"))
NEXT = [served("t1"), called("t2")]
SENT_TO_TWO = sent("t1", to_queue="a", to_desk="two")
TAKEN = called("t1", reason="taken")
BY_THREE = returned("t1", kept=True, desk="one", by="three")


def back_in_its_place(first: Written, clock0: int) -> tuple[Written, ...]:
    """Sent on by one desk; two missed it and put it back where it stood."""
    seen_by_two = (
        called("t1", "two", queue="b"),
        did(f.Missed, "t1", "two"),
        returned("t1", desk="two", clock0=clock0),
    )
    return (first, (9000, called("t1")), sent("t1"), *seen_by_two, undone(sent("t1")), served("t1"))


TRUE: dict[str, tuple[Written, ...]] = {
    "it stands again by its issue": back_in_its_place((2000, issued(1)), 2000),
    "it stands again by what a lone kiosk says": back_in_its_place((2000, issued(1, issued_at=1500)), 1500),
    "it stands again by its appointment": back_in_its_place((2000, issued(1, appointment=7000, clock0=6000)), 6000),
    "a call": (*AT_ONE, undone(called("t1")), called("t1", "two")),
    "at the last moment": (issued(1), (2000, called("t1")), (12_000, undone(called("t1"), until=12_000))),
    "an hour later, from before that was kept": (issued(1), (2000, called("t1")), (3_602_000, undone(called("t1")))),
    "two things that one key did": (*TWO, called("t1"), NEXT, undone(*NEXT), NEXT),
    "what was done again": (*AT_ONE, undone(called("t1")), called("t1"), undone(called("t1")), called("t1", "two")),
    "a desk's pause": (opened(), paused(), undone(paused()), paused()),
    "a desk's opening": (opened(), undone(opened(), until=99_000), opened()),
    "a desk's close": (
        opened("two"),
        *AT_ONE,
        SENT_TO_TWO,
        closed(("t1", "a"), desk="two"),
        undone(closed(("t1", "a"), desk="two"), desk="two", until=99_000),
        called("t1", "two", reason="kept"),
    ),
    "other desks have gone on": (*TWO, called("t1"), called("t2", "two"), undone(called("t1")), served("t2", "two")),
    "another desk thought better of it, too": (
        *AT_ONE,
        sent("t1"),
        called("t1", "two", queue="b"),
        undone(called("t1", "two", queue="b"), desk="two"),
        undone(sent("t1")),
        served("t1"),
    ),
    "cancelled and back meanwhile": (
        *AT_ONE,
        parked("t1"),
        (9000, cancelled("t1")),
        restored("t1", 9000),
        undone(parked("t1")),
        served("t1"),
    ),
    "its priority was corrected meanwhile": (*AT_ONE, corrected("t1", False, True), undone(called("t1"))),
    "what a desk did with another's key": (
        *AT_ONE,
        parked("t1"),
        BY_THREE,
        undone(BY_THREE, desk="three"),
        undone(parked("t1")),
        served("t1"),
    ),
    "called again": (*AT_ONE, recalled("t1"), undone(recalled("t1")), served("t1")),
    "the desk it waited for is still there": (opened("two"), *AT_ONE, SENT_TO_TWO, TAKEN, undone(TAKEN, until=99_000)),
    "whom another desk's close freed is called, and that alone taken back": (
        *(*AT_ONE, SENT_TO_TWO, closed(("t1", "a"), desk="two"), TAKEN, undone(TAKEN, until=99_000)),
    ),
    "somebody is left to a closed desk, from before that was seen to": (*AT_ONE, SENT_TO_TWO, TAKEN, undone(TAKEN)),
}


@pytest.mark.parametrize("facts", TRUE.values(), ids=TRUE)
def test_verify_says_nothing_of_an_undo_that_may_be(facts: tuple[Written, ...]) -> None:
    assert said_of([open_day(), *facts]) == []


NOT_LAST = "desk one takes back what it did not do last"
GONE_ON = "visit t1 has gone on since desk one did what it takes back"
ANOTHER_MOMENT = "desk one takes back what it did at another moment"


def left_to(desk: str) -> str:
    return f"visit t1 is left to wait for desk {desk}, which is closed"


LIES: dict[str, tuple[tuple[Written, ...], list[str]]] = {
    "nothing was done": ((issued(1), undone(called("t1"))), [NOT_LAST]),
    "twice": ((*AT_ONE, undone(called("t1")), undone(called("t1"))), [NOT_LAST]),
    "not the last": ((*DONE, undone(called("t1"))), [NOT_LAST]),
    "the one before, when the last is taken back": (
        (*AT_ONE, recalled("t1"), undone(recalled("t1")), undone(called("t1"))),
        [NOT_LAST],
    ),
    "half of what one key did": ((*TWO, called("t1"), NEXT, undone(called("t2"))), [NOT_LAST]),
    "the other half": ((*TWO, called("t1"), NEXT, undone(served("t1"))), [NOT_LAST]),
    "in another order": ((*TWO, called("t1"), NEXT, undone(*reversed(NEXT))), [NOT_LAST]),
    "two keys at once": ((*DONE, undone(called("t1"), served("t1"))), [NOT_LAST]),
    "something like it": ((*AT_ONE, undone(called("t1", wait_s=7))), [NOT_LAST]),
    "another visit": ((*AT_ONE, undone(called("t9"))), [NOT_LAST]),
    "a pause in between": ((opened(), *AT_ONE, served("t1"), paused(), undone(served("t1"))), [NOT_LAST]),
    "a pause that was none": ((opened(), undone(paused())), [NOT_LAST]),
    "yesterday's": ((*AT_ONE, served("t1"), open_day(TUESDAY), undone(served("t1"), at=4000)), [NOT_LAST]),
    "what the evening did": ((*AT_ONE, [served("t1"), f.DayClosed(day="x")], undone(served("t1"))), [NOT_LAST]),
    "another desk's": ((*AT_ONE, undone(called("t1"), desk="two")), ["desk two takes back what desk one did"]),
    "what another desk's key did": (
        (*AT_ONE, parked("t1"), BY_THREE, undone(BY_THREE)),
        ["desk one takes back what desk three did", GONE_ON],
    ),
    "as if earlier": ((*AT_ONE, undone(called("t1"), at=2999)), [ANOTHER_MOMENT]),
    "as if the first of two": (
        (*AT_ONE, missed("t1"), called("t1"), undone(called("t1"), at=3000)),
        [ANOTHER_MOMENT],
    ),
    "too late": (
        (issued(1), (2000, called("t1")), (12_001, undone(called("t1"), until=12_000))),
        ["desk one takes back what it might take back until 1 ms before"],
    ),
    "another desk has called": (
        (*AT_ONE, sent("t1"), called("t1", "two", queue="b"), undone(sent("t1"))),
        [GONE_ON],
    ),
    "another desk has put him back in line": (
        (*AT_ONE, missed("t1"), returned("t1", desk="two"), undone(missed("t1"))),
        [GONE_ON],
    ),
    "another desk has put him in another place": (
        back_in_its_place((2000, issued(1)), 2001),
        [GONE_ON],
    ),
    "another desk has sent him on": (
        (*AT_ONE, sent("t1"), called("t1", "two", queue="b"), sent("t1", desk="two", to_queue="a"), undone(sent("t1"))),
        [GONE_ON],
    ),
    "he went home": ((*AT_ONE, parked("t1"), cancelled("t1"), undone(parked("t1"))), [GONE_ON]),
    "the paper never was": ((*AT_ONE, sent("t1"), void("t1"), undone(sent("t1"))), [GONE_ON]),
    "the evening came": ((*AT_ONE, parked("t1"), stranded("t1"), undone(parked("t1")), served("t1")), [GONE_ON]),
    "the desk he was sent to has let him go": (
        (opened("two"), *AT_ONE, SENT_TO_TWO, closed(("t1", "a"), desk="two"), undone(SENT_TO_TWO)),
        [GONE_ON],
    ),
    "back from home, but in the line": (
        (*AT_ONE, SENT_TO_TWO, (9000, cancelled("t1")), restored("t1", 9000), undone(SENT_TO_TWO)),
        [GONE_ON],
    ),
    "to a desk that closed meanwhile": (
        (opened("two"), *AT_ONE, SENT_TO_TWO, TAKEN, closed(desk="two"), undone(TAKEN, until=99_000)),
        [left_to("two")],
    ),
    "to a desk that was open yesterday": (
        (opened("two"), open_day(TUESDAY), *AT_ONE, SENT_TO_TWO, TAKEN, undone(TAKEN, until=99_000)),
        [left_to("two")],
    ),
    "to a desk whose opening was taken back": (
        (opened("two"), *AT_ONE, SENT_TO_TWO, undone(opened("two"), desk="two", until=99_000)),
        [left_to("two")],
    ),
    "to a desk whose close was only just": (
        (
            opened("two"),
            closed(desk="two"),
            undone(closed(desk="two"), desk="two"),
            *AT_ONE,
            SENT_TO_TWO,
            closed(("t1", "a"), desk="two"),
            opened("two"),
            undone(opened("two"), desk="two", until=99_000),
            TAKEN,
            SENT_TO_TWO,
            TAKEN,
            undone(TAKEN, until=99_000),
        ),
        [left_to("two")],
    ),
}


@pytest.mark.parametrize(("facts", "words"), LIES.values(), ids=LIES)
def test_verify_names_an_undo_that_may_not_be_and_nothing_else(facts: tuple[Written, ...], words: list[str]) -> None:
    assert said_of([open_day(), *facts]) == words


CHANGES = {
    "half of it": lambda fact, at: replace(fact, facts=fact.facts[1:]),
    "more than it": lambda fact, at: replace(fact, facts=fact.facts * 2),
    "at another moment": lambda fact, at: replace(fact, at=fact.at - 1),
    "at another desk": lambda fact, at: replace(fact, desk="q02"),
    "after its time": lambda fact, at: replace(fact, until=at - 1),
}


@settings(max_examples=30)
@given(st.lists(steps, min_size=5, max_size=40), st.sampled_from(sorted(CHANGES)))
def test_whatever_was_pressed_before_an_undo_that_lies_is_named(script, change):
    hall = play(script)
    for action in ("open", "pause", "finish", "undo"):
        hall.press("q01a", action)
    assert hall.complaints() == []
    honest = hall.entries.pop()
    (fact,) = honest.facts
    hall.entries.append(replace(honest, facts=(CHANGES[change](fact, honest.at),)))
    assert any(words.startswith(f"desk {hall.entries[-1].facts[0].desk} takes back") for words in hall.complaints())
    hall.entries[-1:] = [honest, replace(honest, id="again")]
    assert "desk q01a takes back what it did not do last" in hall.complaints()
