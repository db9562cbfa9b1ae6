"""A log that lies is named, each lie by its own sentence and by no other; `goiso verify` is worth what it notices."""

import pytest

from broker import facts as f
from broker.foretold import Foretold
from tests.written_log import (
    MONDAY,
    TOLD,
    TUESDAY,
    called,
    cancelled,
    corrected,
    issued,
    missed,
    open_day,
    parked,
    rated,
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

TRUE = {
    "called, called again and served": (issued(1), called("t1"), recalled("t1"), served("t1")),
    "served, then the next one": (issued(1), issued(2), called("t1"), served("t1"), called("t2")),
    "missed and back": (issued(1), called("t1"), missed("t1"), returned("t1"), called("t1")),
    "missed and taken at once": (issued(1), called("t1"), missed("t1"), called("t1")),
    "set aside and taken at once": (issued(1), called("t1"), parked("t1"), called("t1")),
    "set aside and back": (issued(1), called("t1"), parked("t1"), returned("t1", kept=True), called("t1")),
    "sent elsewhere": (issued(1), called("t1"), sent("t1"), called("t1", "two")),
    "cancelled, and back where it was": (
        *(issued(1), called("t1"), missed("t1"), (5000, cancelled("t1")), restored("t1", 5000), called("t1")),
        *(served("t1"), issued(2), corrected("t2", False, True), corrected("t2", True, False)),
    ),
    "set aside, cancelled and stranded": (
        *(issued(1), called("t1"), parked("t1"), (5000, cancelled("t1")), restored("t1", 5000), stranded("t1")),
    ),
    "a paper never came": (issued(1), void("t1")),
    "the evening came, one was set aside": (issued(1), issued(2), called("t1"), parked("t1"), stranded("t1")),
    "a call taken back": (issued(1), issued(2), called("t1"), undone(called("t1")), called("t2"), called("t1", "two")),
    "served taken back": (issued(1), called("t1"), served("t1"), undone(served("t1")), served("t1")),
    "called again taken back": (issued(1), called("t1"), recalled("t1"), undone(recalled("t1")), served("t1")),
    "called when due": (issued(1, due=5000), (5000, called("t1"))),
    "taken by hand before due": (issued(1, due=5000), called("t1", reason="taken")),
    "scored by what was told": (issued(1, foretold=TOLD), called("t1", first=True, foretold=Foretold(60, 120, 180, 7))),
    "a later call scores nothing": (issued(1, foretold=TOLD), called("t1", first=False)),
    "came for an appointment": (issued(1, appointment=7000, clock0=6000),),
    "in time to the moment": (issued(1, appointment=7000, clock0=7000),),
    "late for an appointment": ((8000, issued(1, appointment=7000)),),
    "given again out of order": (issued(3, again=True), issued(1, again=True), issued(2, again=True), issued(4)),
    "given again, and one that nobody asked for again": (issued(3, again=True), issued(1, again=True), issued(4)),
    "two queues count by themselves": (issued(1), issued(1, "u1", queue="b", number="B001")),
    "one vote, corrected": (rated(1), rated(3, replaces=1), rated(2, replaces=3)),
    "both channels": (rated(1), rated(2, channel="phone", compared=True)),
    "the phone first": (rated(2, channel="phone"), rated(1, compared=True)),
    "a press is booked to the hour that began before": (issued(1), (9000, called("t1")), (3000, rated(1))),
    "two things at once": ((9000, issued(1)), (9000, called("t1"))),
    "numbers begin anew": (issued(1), void("t1"), rated(1), open_day(TUESDAY), issued(1, "u1"), rated(2)),
    "the evening came, one was sent elsewhere": (
        issued(1),
        called("t1"),
        sent("t1"),
        stranded("t1"),
        open_day(TUESDAY),
    ),
}


@pytest.mark.parametrize("facts", TRUE.values(), ids=TRUE)
def test_verify_says_nothing_of_what_is_true(facts: tuple[f.AnyFact, ...]) -> None:
    assert said_of([open_day(), *facts]) == []


LIES = {
    "a visit that never came": ((called("t1"),), ["visit t1 is unknown and called again"]),
    "called at two desks": ((issued(1), called("t1"), called("t1", "two")), ["visit t1 is called and called again"]),
    "called after being served": (
        (issued(1), called("t1"), served("t1"), called("t1")),
        ["visit t1 is served and called again"],
    ),
    "two at one desk": (
        (issued(1), issued(2), called("t1"), called("t2")),
        ["desk one calls t2 while t1 is there"],
    ),
    "called before being due": ((issued(1, due=5000), (4999, called("t1"))), ["visit t1 is called before it is due"]),
    "helped before being due": (
        (issued(1, due=5000), (4999, called("t1", reason="backup"))),
        ["visit t1 is called before it is due"],
    ),
    "called back and again before being due": (
        (issued(1, due=9000), called("t1", reason="taken"), undone(called("t1", reason="taken")), called("t1")),
        ["visit t1 is called before it is due"],
    ),
    "scored by a better promise": (
        (issued(1, foretold=TOLD), called("t1", first=True, foretold=Foretold(0, 120, 180))),
        ["visit t1 is scored by what it was not told"],
    ),
    "not scored": (
        (issued(1, foretold=TOLD), called("t1", first=True)),
        ["visit t1 is scored by what it was not told"],
    ),
    "back in line from the line": ((issued(1), returned("t1")), ["visit t1 is waiting and put back in line"]),
    "served while waiting": ((issued(1), served("t1")), ["visit t1 is waiting, not at desk one"]),
    "served by another desk": (
        (issued(1), called("t1"), served("t1", "two")),
        ["visit t1 is called, not at desk two"],
    ),
    "another one served": (
        (issued(1), issued(2), called("t1"), called("t2", "two"), served("t2")),
        ["visit t2 is called, not at desk one"],
    ),
    "called again while waiting": ((issued(1), recalled("t1")), ["visit t1 is waiting, not at desk one"]),
    "served twice": ((issued(1), called("t1"), served("t1"), served("t1")), ["visit t1 is served, not at desk one"]),
    "served after being missed": (
        (issued(1), called("t1"), missed("t1"), served("t1")),
        ["visit t1 is no_show, not at desk one"],
    ),
    "called back but still there": (
        (issued(1), called("t1"), undone(called("t1")), served("t1")),
        ["visit t1 is waiting, not at desk one"],
    ),
    "at the desk again": (
        (issued(1), issued(2), called("t1"), served("t1"), undone(served("t1")), called("t2")),
        ["desk one calls t2 while t1 is there"],
    ),
    "set aside, not missed, before the call": (
        (issued(1), called("t1"), parked("t1"), called("t1"), undone(called("t1")), parked("t1")),
        ["visit t1 is parked, not at desk one"],
    ),
    "void while at a desk": ((issued(1), called("t1"), void("t1")), ["visit t1 is called and becomes void"]),
    "void twice": ((issued(1), void("t1"), void("t1")), ["visit t1 is void and becomes void"]),
    "stranded and never came": ((stranded("t1"),), ["visit t1 is unknown and becomes stranded"]),
    "one number, two people": (
        (issued(1), issued(1, "u1")),
        [
            "number A001 was given twice on 2026-11-23",
            "number A001 does not follow 1",
            "series a of 2026-11-23 has 2 numbers up to 1",
        ],
    ),
    "one visit, two numbers": ((issued(1), issued(2, "t1")), ["visit t1 was issued twice"]),
    "a number left out": (
        (issued(1), issued(3)),
        ["number A003 does not follow 1", "series a of 2026-11-23 has 2 numbers up to 3"],
    ),
    "an appointment that there is not": (
        (issued(1, clock0=5000),),
        ["number A001 stands in line by an appointment that there is not"],
    ),
    "two votes": ((rated(1), rated(2)), ["a visit has two votes"]),
    "corrected from what it was not": ((rated(1), rated(3, replaces=2)), ["a visit has two votes"]),
    "corrected, never said": ((rated(1, replaces=2),), ["a visit has two votes"]),
    "both channels in the sum": ((rated(1), rated(2, channel="phone")), ["a visit counts twice in the sum"]),
    "beside nothing": ((rated(2, channel="phone", compared=True),), ["a visit counts twice in the sum"]),
    "beside its own button": ((rated(2, compared=True),), ["a visit counts twice in the sum"]),
    "a priority that it has not is taken away": (
        (issued(1), corrected("t1", True, False)),
        ["visit t1 did not have the priority that is corrected"],
    ),
    "a priority that it has is given": (
        (issued(1), corrected("t1", False, True), corrected("t1", False, True)),
        ["visit t1 did not have the priority that is corrected"],
    ),
    "corrected when all is over": (
        (issued(1), void("t1"), corrected("t1", False, True)),
        ["visit t1 is void and its priority is corrected"],
    ),
    "cancelled before the eyes of a clerk": (
        (issued(1), called("t1"), cancelled("t1")),
        ["visit t1 is called and cancelled"],
    ),
    "brought back, never cancelled": (
        (issued(1), restored("t1", 0)),
        ["visit t1 is brought back from a cancellation that never was"],
    ),
    "brought back from another hour": (
        (issued(1), (5000, cancelled("t1")), restored("t1", 4000)),
        ["visit t1 is brought back from a cancellation that never was"],
    ),
    "called while cancelled": ((issued(1), cancelled("t1"), called("t1")), ["visit t1 is cancelled and called again"]),
    "time goes back": (((9000, issued(1)), (8999, called("t1"))), ["the time goes back"]),
    "the day is opened again": ((open_day(),), [f"day {MONDAY} is opened twice"]),
    "the evening forgot who waits": ((issued(1), open_day(TUESDAY)), ["the day before forgot 1 visit(s), such as t1"]),
    "the evening forgot who is at a desk": (
        (issued(1), issued(2), called("t1"), open_day(TUESDAY)),
        ["the day before forgot 2 visit(s), such as t1"],
    ),
    "what the evening forgot is said once": (
        (issued(1), called("t1"), open_day(TUESDAY), issued(1, "u1"), called("u1")),
        ["the day before forgot 1 visit(s), such as t1"],
    ),
    "yesterday again": (
        (open_day("2026-11-22"),),
        [f"the day goes back from {MONDAY} to 2026-11-22", "day 2026-11-22 is opened twice"],
    ),
    "the evening forgot who is set aside": (
        (issued(1), called("t1"), parked("t1"), open_day(TUESDAY)),
        ["the day before forgot 1 visit(s), such as t1"],
    ),
}


@pytest.mark.parametrize(("facts", "words"), LIES.values(), ids=LIES)
def test_verify_names_the_lie_and_nothing_else(facts: tuple[f.AnyFact, ...], words: list[str]) -> None:
    assert said_of([open_day(), *facts]) == words
