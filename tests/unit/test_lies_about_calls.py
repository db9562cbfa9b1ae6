"""Why a visit was called is judged by the log alone: each untrue reason is named, and no true one."""

import pytest

from broker import facts as f
from tests.written_log import (
    TUESDAY,
    called,
    cancelled,
    corrected,
    issued,
    missed,
    open_day,
    parked,
    restored,
    returned,
    said_of,
    sent,
    served,
    undone,
    void,
)


def because(why: str, ticket: str, overtook: int = 0, desk: str = "one", **more: object) -> f.Called:
    return called(ticket, desk, **{"why": why, "overtook": overtook} | more)


def other(ticket: str, **more: object) -> f.Issued:
    return issued(1, ticket, **{"queue": "b", "number": "B001"} | more)


TWO = (issued(1), issued(2))
URGENT = (issued(1), issued(2, priority=True))
LATE = (issued(1), called("t1"), missed("t1"))

TRUE = {
    "who came first": (*TWO, because("first", "t1"), because("first", "t2", desk="two")),
    "priority over one": (*URGENT, because("priority", "t2", 1, priority=True)),
    "priority, and first all the same": (issued(1, priority=True), because("first", "t1", priority=True)),
    "priority over two": (*TWO, issued(3, priority=True), because("priority", "t3", 2, priority=True)),
    "nobody of another queue is passed": (other("u1"), issued(1), because("first", "t1")),
    "who is not due yet is not passed": (issued(1, due=9000), issued(2), (8999, because("first", "t2"))),
    "who is due is passed": (
        (1000, issued(1, due=9000)),
        issued(2, priority=True),
        (9000, because("priority", "t2", 1, priority=True)),
    ),
    "called once due": (issued(1, due=5000), (5000, because("due", "t1"))),
    "due, called, missed and back: first now": (
        issued(1, due=1000),
        (5000, called("t1", why="due")),
        missed("t1"),
        returned("t1", clock0=6000),
        because("returned", "t1"),
    ),
    "who is kept for a desk is not passed": (
        *TWO,
        called("t1"),
        parked("t1"),
        returned("t1", kept=True),
        because("first", "t2", desk="two"),
    ),
    "who waits for one desk is not passed": (
        *TWO,
        called("t1"),
        sent("t1", to_queue="a", to_desk="two"),
        because("first", "t2"),
    ),
    "kept for the desk": (
        issued(1),
        called("t1"),
        parked("t1"),
        returned("t1", kept=True),
        because("kept", "t1", reason="kept"),
    ),
    "kept for the desk, and somebody came before": (
        *TWO,
        called("t2"),
        parked("t2"),
        returned("t2", kept=True),
        because("kept", "t2", 1, reason="kept"),
    ),
    "taken by hand": (*TWO, because("taken", "t2", 1, reason="taken")),
    "a late-comer back in line": (*LATE, returned("t1", clock0=9000), because("returned", "t1")),
    "a late-comer has his new place": (
        *LATE,
        issued(2),
        returned("t1", clock0=90_000),
        (91_000, because("first", "t2")),
    ),
    "a late-comer's place is never before he came": (
        issued(1),
        issued(2),
        called("t2"),
        missed("t2"),
        returned("t2", clock0=1),
        because("returned", "t2", 1),
    ),
    "moved with the time of issue": (
        issued(1),
        other("u1"),
        called("t1"),
        sent("t1", to_queue="b"),
        because("moved", "t1", desk="two"),
    ),
    "who moved here came before": (
        issued(1),
        other("u1", priority=True),
        called("t1"),
        sent("t1", to_queue="b"),
        because("priority", "u1", 1, queue="b", priority=True),
    ),
    "by appointment, before one": (
        (5000, issued(1)),
        issued(2, appointment=9000, clock0=4000),
        issued(3, priority=True),
        because("priority", "t3", 2, priority=True),
    ),
    "an appointment does not wait since before it came": (
        (5000, issued(1)),
        issued(2, appointment=9000, clock0=4000),
        because("first", "t1"),
    ),
    "an appointment passes who came before": (
        (5000, issued(1)),
        issued(2, appointment=9000, clock0=4000),
        because("appointment", "t2", 1),
    ),
    "an appointment to come stands behind": (
        (5000, issued(1, appointment=99_000, clock0=90_000)),
        issued(2),
        because("first", "t2"),
    ),
    "a lone kiosk's number came when it was issued": (
        (9000, issued(1)),
        (9500, issued(2, issued_at=5000)),
        because("first", "t2"),
    ),
    "of the same moment the first one": ((9000, issued(1)), (9000, issued(2)), because("first", "t1")),
    "priority after all": (*TWO, corrected("t2", False, True), because("priority", "t2", 1, priority=True)),
    "no priority after all": (*URGENT, corrected("t2", True, False), because("taken", "t2", 1, reason="taken")),
    "who went home is not passed": (*TWO, cancelled("t1"), because("first", "t2")),
    "who came back is passed": (
        *URGENT,
        (5000, cancelled("t1")),
        restored("t1", 5000),
        because("priority", "t2", 1, priority=True),
    ),
    "set aside, cancelled and back is still set aside": (
        issued(1),
        called("t1"),
        parked("t1"),
        (9000, cancelled("t1")),
        restored("t1", 9000),
        issued(2),
        because("first", "t2"),
    ),
    "who never had a paper is not passed": (*TWO, void("t1"), because("first", "t2")),
    "a call taken back": (
        *URGENT,
        because("priority", "t2", 1, priority=True),
        undone(because("priority", "t2", 1, priority=True)),
        because("first", "t1"),
        because("first", "t2", desk="two", priority=True),
    ),
    "a due visit's call taken back": (
        issued(1, due=1000),
        (5000, because("due", "t1")),
        undone(because("due", "t1")),
        because("due", "t1"),
    ),
    "what reception put right outlives an undo": (
        *TWO,
        because("taken", "t2", 1, reason="taken"),
        corrected("t2", False, True),
        undone(because("taken", "t2", 1, reason="taken")),
        because("priority", "t2", 1, priority=True),
    ),
    "a reason from before reasons were kept": (*TWO, called("t2")),
    "served is over": (*TWO, because("first", "t1"), served("t1"), because("first", "t2")),
}


@pytest.mark.parametrize("facts", TRUE.values(), ids=TRUE)
def test_verify_says_nothing_of_a_true_reason(facts: tuple[f.AnyFact, ...]) -> None:
    assert said_of([open_day(), *facts]) == []


def not_so(ticket: str, why: str) -> str:
    return f"visit {ticket} is called as {why}, which it is not"


def passes(ticket: str, passed: int, said: int) -> str:
    return f"visit {ticket} passes {passed} who came before, the call says {said}"


LIES = {
    "first, but passing one": ((*TWO, because("first", "t2", 1)), [not_so("t2", "first")]),
    "first, and the one passed is hidden": (
        (*TWO, because("first", "t2")),
        [passes("t2", 1, 0), not_so("t2", "first")],
    ),
    "nobody was passed": ((*TWO, because("first", "t1", 1)), [passes("t1", 0, 1)]),
    "priority over nobody": (
        (issued(1, priority=True), because("priority", "t1", priority=True)),
        [not_so("t1", "priority")],
    ),
    "priority that it has not": (
        (*TWO, because("priority", "t2", 1, priority=True)),
        ["visit t2 has no priority, the call says otherwise", not_so("t2", "priority")],
    ),
    "its priority is hidden": (
        (issued(1, priority=True), because("first", "t1")),
        ["visit t1 has priority, the call says otherwise"],
    ),
    "due, and never put off": ((issued(1), because("due", "t1")), [not_so("t1", "due")]),
    "due, passing one": (
        ((1000, issued(1)), (2000, issued(2, due=3000)), (5000, because("due", "t2", 1))),
        [not_so("t2", "due")],
    ),
    "due twice": (
        (issued(1, due=1000), (5000, called("t1")), missed("t1"), returned("t1"), because("due", "t1")),
        [not_so("t1", "due")],
    ),
    "returned, and never away": ((issued(1), because("returned", "t1")), [not_so("t1", "returned")]),
    "set aside is not returned": (
        (issued(1), called("t1"), parked("t1"), returned("t1", kept=True), because("returned", "t1", reason="kept")),
        [not_so("t1", "returned")],
    ),
    "moved, and never sent on": ((issued(1), because("moved", "t1")), [not_so("t1", "moved")]),
    "moved, passing one": (
        (other("u1"), issued(1), called("t1"), sent("t1"), because("moved", "t1", 1, desk="two")),
        [not_so("t1", "moved")],
    ),
    "an appointment that there is not": ((*TWO, because("appointment", "t2", 1)), [not_so("t2", "appointment")]),
    "an appointment passing nobody": (
        ((5000, issued(1, appointment=9000, clock0=4000)), because("appointment", "t1")),
        [not_so("t1", "appointment")],
    ),
    "late for the appointment": (
        (issued(1), issued(2, appointment=1500), because("appointment", "t2", 1)),
        [not_so("t2", "appointment")],
    ),
    "the appointment ends with the call that was missed": (
        (
            issued(1),
            (5000, issued(2)),
            issued(3, appointment=9000, clock0=5500),
            called("t3"),
            missed("t3"),
            returned("t3", clock0=8000),
            because("appointment", "t3", 2),
        ),
        [not_so("t3", "appointment")],
    ),
    "taken, but the desk says its turn": ((issued(1), because("taken", "t1")), [not_so("t1", "taken")]),
    "kept, but the desk says its turn": ((issued(1), because("kept", "t1")), [not_so("t1", "kept")]),
    "kept, but taken by hand": ((issued(1), because("kept", "t1", reason="taken")), [not_so("t1", "kept")]),
    "who went home is passed": (
        (*TWO, cancelled("t1"), because("taken", "t2", 1, reason="taken")),
        [passes("t2", 0, 1)],
    ),
    "who came back is not passed": (
        (*TWO, (5000, cancelled("t1")), restored("t1", 5000), because("taken", "t2", reason="taken")),
        [passes("t2", 1, 0)],
    ),
    "who is at a desk is passed": (
        (*TWO, called("t1", "two"), because("first", "t2", 1)),
        [passes("t2", 0, 1)],
    ),
    "who is not in line passes somebody": (
        (*TWO, called("t2"), missed("t2"), because("taken", "t2", 1, reason="taken")),
        [passes("t2", 0, 1)],
    ),
    "who was sent on is not passed in the new queue": (
        (issued(1), other("u1"), called("t1"), sent("t1"), because("first", "u1", queue="b")),
        [passes("u1", 1, 0), not_so("u1", "first")],
    ),
}


@pytest.mark.parametrize(("facts", "words"), LIES.values(), ids=LIES)
def test_verify_names_the_untrue_reason_and_nothing_else(facts: tuple[f.AnyFact, ...], words: list[str]) -> None:
    assert said_of([open_day(), *facts]) == words


def test_nobody_of_yesterday_is_passed() -> None:
    found = said_of([open_day(), issued(1), open_day(TUESDAY), issued(1, "u1"), because("first", "u1")])
    assert found == ["the day before forgot 1 visit(s), such as t1"]
