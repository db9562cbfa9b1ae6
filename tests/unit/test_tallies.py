"""What each fact counts, worked out by hand: nothing more, nothing less, in the place and hour where it belongs."""

import pytest

from broker import facts as f
from broker.appointment_facts import AppointmentFreed, AppointmentMissed
from broker.foretold import Foretold
from broker.histogram import bucket_of
from broker.rating_facts import RatingExplained, RatingLate, RatingOrphan, RatingSuppressed
from broker.register_facts import ComplaintFiled, DeliveryOrdered, FeeTaken, RoundMade, Struck
from broker.tallies import Sums, counts
from tests.hub_core import MONDAY_0800, Hall
from tests.written_log import (
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
    sent,
    served,
    stranded,
    undone,
    void,
)

QUEUE, DESK, CENTRE, TERMINAL = ("a", "s", "", ""), ("a", "s", "q", "one"), ("", "", "", ""), ("", "", "q", "one")
Counted = dict[tuple[str, int], int]
HOUR = 3_600_000
DELIVERY = DeliveryOrdered(actor="x", zone="z", dossiers=3, fee_vnd=25_000)


def first_call(wait_s: int, **more: object) -> f.Called:
    return called("t1", first=True, wait_s=wait_s, **more)


def waited(wait_s: int, **more: int) -> Counted:
    return {("called", 0): 1, ("wait", bucket_of(wait_s)): 1, ("wait_s", 0): wait_s} | {
        (k, 0): n for k, n in more.items()
    }


EXPLAINED = RatingExplained(
    desk="one", counter="q", voucher="v", queue="a", service="s", week=1, reasons=("slow", "rude"),
    answers={"told": True, "paid": False},
)  # fmt: skip
OF_RATING = {"desk": "one", "counter": "q", "level": 4}

COUNTED: dict[str, tuple[f.AnyFact, tuple[str, str, str, str], Counted]] = {
    "a number": (issued(1), QUEUE, {("issued", 0): 1}),
    "one with priority": (issued(1, priority=True), QUEUE, {("issued", 0): 1, ("priority", 0): 1}),
    "one for an appointment": (
        issued(1, appointment=9, clock0=8),
        QUEUE,
        {("issued", 0): 1, ("appointment_kept", 0): 1},
    ),
    "one too late for it": (issued(1, appointment=9), QUEUE, {("issued", 0): 1, ("appointment_late", 0): 1}),
    "paper": (f.PaperChanged(ticket="t1", queue="a", service="s", state="printed"), QUEUE, {("printed", 0): 1}),
    "paper under way": (f.PaperChanged(ticket="t1", queue="a", service="s", state="printing"), QUEUE, {}),
    "void": (void("t1"), QUEUE, {("void", 0): 1}),
    "stranded": (stranded("t1"), QUEUE, {("stranded", 0): 1}),
    "went home": (cancelled("t1"), QUEUE, {("cancelled", 0): 1}),
    "and came back": (restored("t1", 1), QUEUE, {("cancelled", 0): -1}),
    "priority after all": (corrected("t1", False, True), QUEUE, {("priority_corrected", 0): 1, ("priority", 0): 1}),
    "none after all": (corrected("t1", True, False), QUEUE, {("priority_corrected", 0): 1, ("priority", 0): -1}),
    "of another group": (corrected("t1", True, True), QUEUE, {("priority_corrected", 0): 1}),
    "a void number's appointment": (
        AppointmentFreed(queue="a", service="s", late=False, at=1),
        QUEUE,
        {("appointment_kept", 0): -1},
    ),
    "that of who was late": (
        AppointmentFreed(queue="a", service="s", late=True, at=1),
        QUEUE,
        {("appointment_late", 0): -1},
    ),
    "nobody came for it": (
        AppointmentMissed(queue="a", service="s", slot=1),
        QUEUE,
        {("appointment_missed", 0): 1},
    ),
    "a later call": (called("t1", wait_s=99, low_s=1, high_s=2), DESK, {("called", 0): 1}),
    "a first call": (first_call(600), DESK, waited(600)),
    "by hand, over two": (
        called("t1", reason="taken", why="taken", overtook=2),
        DESK,
        {("called", 0): 1, ("taken", 0): 1, ("overtake", 0): 2, ("why_taken", 0): 1, ("overtake_taken", 0): 2},
    ),
    "over one, from before reasons were kept": (
        called("t1", reason="backup", overtook=1),
        DESK,
        {("called", 0): 1, ("overtake", 0): 1},
    ),
    "helped": (
        called("t1", reason="backup", why="first"),
        DESK,
        {("called", 0): 1, ("why_first", 0): 1, ("helped", 0): 1},
    ),
    "a first call with priority": (
        first_call(600, priority=True),
        DESK,
        waited(600, wait_priority_s=600) | {("wait_priority", bucket_of(600)): 1},
    ),
    "after an appointment, at once": (
        called("t1", after_slot_s=0),
        DESK,
        {("called", 0): 1, ("after_slot", 0): 1, ("after_slot_s", 0): 0},
    ),
    "tidied for a minute": (
        called("t1", tidy_s=60),
        DESK,
        {("called", 0): 1, ("tidy", bucket_of(60)): 1, ("tidy_s", 0): 60},
    ),
    "called before the promise": (
        first_call(599, low_s=600, high_s=1200),
        DESK,
        waited(599, promise_early=1, promise_width_s=600, promise_error_s=301),
    ),
    "at its beginning": (
        first_call(600, low_s=600, high_s=1200),
        DESK,
        waited(600, promise_kept=1, promise_width_s=600, promise_error_s=300),
    ),
    "at its end": (
        first_call(1200, low_s=600, high_s=1200),
        DESK,
        waited(1200, promise_kept=1, promise_width_s=600, promise_error_s=300),
    ),
    "after it": (
        first_call(1201, low_s=0, high_s=1200),
        DESK,
        waited(1201, promise_late=1, promise_width_s=1200, promise_error_s=601),
    ),
    "as foretold": (
        first_call(600, foretold=Foretold(300, 500, 900, 420)),
        DESK,
        waited(600, foretold_kept=1, foretold_width_s=600, foretold_error_s=80),
    ),
    "called again": (recalled("t1"), DESK, {("recalled", 0): 1}),
    "missed": (missed("t1"), DESK, {("no_show", 0): 1}),
    "back": (returned("t1"), DESK, {("returned", 0): 1}),
    "set aside": (parked("t1"), DESK, {("parked", 0): 1, ("service", 1): 1, ("service_s", 0): 1}),
    "sent on": (sent("t1"), DESK, {("transferred", 0): 1, ("service", 1): 1, ("service_s", 0): 1}),
    "served": (served("t1"), DESK, {("served", 0): 1, ("service", 1): 1, ("service_s", 0): 1}),
    "forgotten": (
        f.Served(
            ticket="t1", desk="one", counter="q", actor="system", queue="a", service="s", service_s=7, forgotten=True
        ),
        DESK,
        {("served", 0): 1},
    ),
    "a desk opens": (f.DeskOpened(desk="one", counter="q", actor="x"), DESK, {}),
    "a vote": (rated(3), DESK, {("rating", 3): 1}),
    "a vote corrected": (rated(1, replaces=4), DESK, {("rating", 1): 1, ("rating", 4): -1}),
    "by phone": (rated(2, channel="phone"), DESK, {("rating", 2): 1, ("rating_channel_phone", 2): 1}),
    "by phone, beside the button": (
        rated(2, channel="phone", compared=True),
        DESK,
        {("rating_channel_compared", 2): 1, ("rating_channel_phone", 2): 1},
    ),
    "by phone, corrected": (
        rated(2, channel="phone", compared=True, replaces=3),
        DESK,
        {
            ("rating_channel_compared", 2): 1,
            ("rating_channel_compared", 3): -1,
            ("rating_channel_phone", 2): 1,
            ("rating_channel_phone", 3): -1,
        },
    ),
    "why": (
        EXPLAINED,
        DESK,
        {
            ("rating_explained", 0): 1,
            ("rating_reason_slow", 0): 1,
            ("rating_reason_rude", 0): 1,
            ("rating_answer_told", 1): 1,
            ("rating_answer_paid", 0): 1,
        },
    ),
    "pressed twice": (RatingSuppressed(**OF_RATING), TERMINAL, {("rating_suppressed", 4): 1}),
    "pressed by nobody": (RatingOrphan(**OF_RATING), TERMINAL, {("rating_orphan", 4): 1}),
    "pressed long ago": (RatingLate(**OF_RATING), TERMINAL, {("rating_late", 4): 1}),
    "brought home": (DELIVERY, CENTRE, {("delivery", 0): 3, ("delivery_to_z", 0): 3, ("delivery_vnd", 0): 25_000}),
    "a fee": (FeeTaken(actor="x", amount_vnd=8000), CENTRE, {("fee", 0): 1, ("fee_vnd", 0): 8000}),
    "a round": (
        RoundMade(actor="x", round="r", dossiers=9),
        CENTRE,
        {("courier_round", 0): 1, ("courier_dossiers", 0): 9},
    ),
    "a complaint": (ComplaintFiled(actor="x", about="one", start=1, end=2), CENTRE, {("complaint", 0): 1}),
    "a line struck": (
        Struck(actor="x", line="l", fact=DELIVERY),
        CENTRE,
        {("delivery", 0): -3, ("delivery_to_z", 0): -3, ("delivery_vnd", 0): -25_000},
    ),
    "taken back": (
        undone(served("t1"), called("t1")),
        DESK,
        {("served", 0): -1, ("service", 1): -1, ("service_s", 0): -1, ("called", 0): -1},
    ),
    "a day": (open_day(), CENTRE, {}),
}


@pytest.mark.parametrize(("fact", "place", "counted"), COUNTED.values(), ids=COUNTED)
def test_a_fact_counts_what_it_says_and_nothing_else(
    fact: f.AnyFact, place: tuple[str, str, str, str], counted: Counted
) -> None:
    found = list(counts(fact))
    assert {(measure, bucket): amount for _, measure, bucket, amount in found} == counted
    assert len(found) == len(counted), "no measure is counted twice"
    assert {where for where, *_ in found} <= {place}


def sums() -> Sums:
    return Sums(Hall().lobby.calendar)


EARLIER = MONDAY_0800 - 24 * HOUR


@pytest.mark.parametrize(
    "fact",
    [
        issued(1, issued_at=EARLIER),
        undone(called("t1"), at=EARLIER),
        restored("t1", EARLIER),
        AppointmentFreed(queue="a", service="s", late=True, at=EARLIER),
        rated(1, hour=EARLIER),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_what_speaks_of_an_earlier_moment_counts_there(fact: f.AnyFact) -> None:
    counted = sums()
    counted.add(fact, MONDAY_0800 + HOUR)
    assert {key[:2] for key in counted.tally} == {("2026-11-22", 8)}


def test_days_are_the_same_counts_by_one_dimension_at_a_time() -> None:
    counted = sums()
    for at in (MONDAY_0800, MONDAY_0800 + HOUR - 1, MONDAY_0800 + HOUR, MONDAY_0800 - 24 * HOUR):
        counted.add(recalled("t1"), at)
    counted.add(RatingLate(**OF_RATING), MONDAY_0800)
    monday = "2026-11-23"
    assert counted.daily(besides=("2026-11-22",)) == {
        ("site", monday, "-", "recalled", 0): 3,
        ("hour", monday, "08", "recalled", 0): 2,
        ("hour", monday, "09", "recalled", 0): 1,
        ("queue", monday, "a", "recalled", 0): 3,
        ("service", monday, "s", "recalled", 0): 3,
        ("counter", monday, "q", "recalled", 0): 3,
        ("desk", monday, "one", "recalled", 0): 3,
        ("site", monday, "-", "rating_late", 4): 1,
        ("hour", monday, "08", "rating_late", 4): 1,
        ("counter", monday, "q", "rating_late", 4): 1,
        ("desk", monday, "one", "rating_late", 4): 1,
    }
    assert sum(n for (dimension, *_), n in counted.daily().items() if dimension == "site") == 5
