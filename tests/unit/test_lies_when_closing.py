"""Whom a closing desk lets go is in line again, and nobody else is; a log that says otherwise is named."""

import pytest

from broker import facts as f
from tests.written_log import called, cancelled, issued, open_day, said_of, sent, undone


def closed(*freed: tuple[str, str], desk: str = "two") -> f.DeskClosed:
    return f.DeskClosed(desk=desk, counter="q", actor="x", freed=freed)


def first(ticket: str, overtook: int = 0, queue: str = "a") -> f.Called:
    return called(ticket, "three", why="first", overtook=overtook, queue=queue)


KEPT_FOR_TWO = (issued(1), issued(2), called("t1"), sent("t1", to_queue="a", to_desk="two"))


@pytest.mark.parametrize(
    "facts",
    [
        (*KEPT_FOR_TWO, closed(), first("t2")),
        (*KEPT_FOR_TWO, closed(("t1", "a")), first("t1")),
        (*KEPT_FOR_TWO, closed(("t1", "b")), called("t1", "three", why="moved", queue="b")),
        (*KEPT_FOR_TWO, closed(("t1", "a")), undone(closed(("t1", "a")), desk="two"), first("t2")),
    ],
)
def test_who_is_let_go_stands_in_line_with_the_time_of_issue(facts: tuple[f.AnyFact, ...]) -> None:
    assert said_of([open_day(), *facts]) == []


def test_who_is_let_go_is_passed_like_everybody() -> None:
    (passes, reason) = said_of([open_day(), *KEPT_FOR_TWO, closed(("t1", "a")), first("t2")])
    assert passes == "visit t2 passes 1 who came before, the call says 0"
    assert reason == "visit t2 is called as first, which it is not"


@pytest.mark.parametrize(
    "facts",
    [
        (closed(("t1", "a")),),
        (issued(1), closed(("t1", "a"))),
        (*KEPT_FOR_TWO, closed(("t1", "a"), desk="three")),
        (*KEPT_FOR_TWO, closed(("t1", "a")), closed(("t1", "a"))),
        (*KEPT_FOR_TWO, cancelled("t1"), closed(("t1", "a"))),
    ],
)
def test_a_desk_lets_go_only_who_waits_for_it(facts: tuple[f.AnyFact, ...]) -> None:
    desk = next(fact.desk for fact in reversed(facts) if isinstance(fact, f.DeskClosed))
    assert said_of([open_day(), *facts]) == [f"visit t1 does not wait for desk {desk}, which lets it go"]
