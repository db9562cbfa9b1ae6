"""How long it will take: bands, and what is printed of them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.wire.messages import QueueState, WaitRange
from broker import facts as f
from broker.experience.pace import Work
from broker.forecast.band import Situation, chance_within, gamma_band
from broker.forecast.promise import for_arrival, for_ticket
from broker.states import FORETOLD_PAUSE_S, LOOK_PAUSE_S, WAIT_PAUSE_S, States
from broker.tallies import counts
from broker.views import queue_state, ticket_view
from tests.hub_core import MONDAY_0800, Hall, centre

SITE = centre(always_open=False)
SEVEN, ELEVEN = (MONDAY_0800 + hours * 3_600_000 for hours in (-1, 3))
MEMORYLESS = Work(mean_s=600, cv=1.0, tidy_s=0)

counts_of_desks = st.integers(1, 6)
situations = st.builds(
    Situation,
    ahead=st.integers(0, 60),
    idle=st.integers(0, 3),
    busy=st.integers(0, 4),
    tidying=st.integers(0, 3),
    work=st.builds(Work, mean_s=st.floats(20, 5000), cv=st.floats(0.1, 3), tidy_s=st.floats(0, 20)),
    helpers=st.floats(0, 3),
    help_after_s=st.floats(0, 600),
).filter(lambda situation: situation.desks > 0)


# ------------------------------------------------------------------------------------------------------------ bands


@given(situations)
def test_a_band_is_no_shorter_than_nothing(situation: Situation) -> None:
    band = gamma_band(situation, 0.8)
    assert 0 <= band.low_s < band.high_s


@given(situations, st.floats(0, 20_000), st.floats(0, 20_000))
def test_more_time_is_never_less_likely_to_suffice(situation: Situation, seconds: float, more: float) -> None:
    assert 0 <= chance_within(situation, seconds) <= chance_within(situation, seconds + more) <= 1


@given(situations.filter(lambda situation: situation.ahead >= situation.idle))
def test_one_more_ahead_is_never_a_shorter_wait(situation: Situation) -> None:
    alone = replace(situation, helpers=0.0)  # because help changes the mean only, and with it the form
    longer = replace(alone, ahead=alone.ahead + 1)
    assert gamma_band(longer, 0.8).high_s >= gamma_band(alone, 0.8).high_s * 0.98


@pytest.mark.parametrize(("desks", "ahead"), [(1, 0), (1, 5), (3, 0), (3, 7)])
def test_memoryless_work_gives_the_waits_of_queueing_theory(desks: int, ahead: int) -> None:
    """With exponential times the (n + 1)-th free desk of c comes Erlang-distributed: n + 1 phases of m / c."""
    special = pytest.importorskip("scipy.special", reason="scipy is the oracle")
    situation = Situation(ahead=ahead, idle=0, busy=desks, tidying=0, work=MEMORYLESS)
    for p, seconds in zip(
        (0.1, 0.9), (gamma_band(situation, 0.8).low_s, gamma_band(situation, 0.8).high_s), strict=True
    ):
        exact = special.gammaincinv(ahead + 1, p) * 600 / desks
        assert seconds == pytest.approx(exact, rel=0.1)


def test_who_finds_a_desk_free_is_called_at_once() -> None:
    assert gamma_band(Situation(ahead=1, idle=2, busy=3, tidying=0, work=MEMORYLESS), 0.8).high_s == 60


def test_helpers_shorten_only_the_wait_after_their_time() -> None:
    alone = Situation(ahead=6, idle=0, busy=1, tidying=0, work=MEMORYLESS, helpers=0, help_after_s=600)
    helped = replace(alone, helpers=1)
    assert gamma_band(helped, 0.8).high_s < gamma_band(alone, 0.8).high_s
    soon = replace(alone, ahead=0, work=replace(MEMORYLESS, mean_s=60.0))
    assert gamma_band(replace(soon, helpers=1), 0.8) == gamma_band(soon, 0.8)


def test_a_line_that_nobody_serves_has_no_forecast() -> None:
    with pytest.raises(ValueError, match="nobody"):
        gamma_band(Situation(ahead=0, idle=0, busy=0, tidying=0, work=MEMORYLESS), 0.8)


# --------------------------------------------------------------------------------------------------------- promises


def queue_of(waiting: int, now: int = MONDAY_0800, desks: tuple[str, ...] = ("q01a", "q01b")) -> Hall:
    """`desks` busy, `waiting` in line A."""
    hall = Hall(replace(SITE, closing=replace(SITE.closing, rule="none")), now - 60_000)
    for desk in desks:
        hall.press(desk, "open")
        hall.take()
        hall.press(desk, "next")
    for _ in range(waiting):
        hall.take()
    hall.now = now
    return hall


def promised(hall: Hall) -> WaitRange | None:
    return for_arrival(hall.lobby, "a", hall.now)


def local(at: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(at / 1000, ZoneInfo(SITE.zone))


def test_before_any_desk_has_opened_nobody_is_promised_anything() -> None:
    hall = Hall(SITE)
    ticket = hall.take()
    assert (ticket.low_min, ticket.high_min) == (0, 0)
    assert ticket_view(hall.lobby, ticket, hall.now).wait is None


def test_before_the_doors_all_desks_count_as_coming() -> None:
    hall = Hall(SITE, SEVEN - 10 * 60_000)
    ticket = hall.take()
    assert (ticket.low_min, ticket.high_min) == (10, 15)


def test_a_desk_that_pauses_for_long_is_not_counted_on() -> None:
    hall = queue_of(2, desks=("q01a",))
    hall.press("q01a", "finish")
    hall.press("q01a", "pause")
    assert promised(hall) is not None
    assert promised(hall.after(16 * 60)) is None


@given(st.integers(0, 14))
def test_what_is_printed_is_rounded_outward_to_five_minutes_or_not_printed(waiting: int) -> None:
    hall = queue_of(waiting)
    told = promised(hall)
    if told is not None:
        assert told.low_min % 5 == told.high_min % 5 == 0
        assert 0 <= told.low_min < told.high_min <= told.low_min + 60


def test_a_range_too_wide_to_be_of_use_is_not_printed() -> None:
    assert promised(queue_of(3)) is not None
    assert promised(queue_of(40)) is None


def test_a_range_just_as_wide_as_allowed_is_told() -> None:
    hall = queue_of(4)
    told = promised(hall)
    assert told is not None
    wide = told.high_min - told.low_min
    for widest_min, expected in ((wide, told), (wide - 1, None)):
        forecasting = replace(hall.lobby.site.forecasting, widest_min=widest_min)
        hall.lobby.site = replace(hall.lobby.site, forecasting=forecasting)
        assert promised(hall) == expected


def test_a_range_by_the_clock_holds_the_break() -> None:
    """Five people, two desks, five minutes to go: the turn comes after one o'clock, and the paper must say so."""
    hall = queue_of(12, ELEVEN - 5 * 60_000)
    told = promised(hall)
    assert told is not None
    low, high = (local(hall.now + minutes * 60_000) for minutes in (told.low_min, told.high_min))
    assert (low.hour, high.hour) >= (12, 13)


def test_the_promise_in_the_log_is_what_the_citizen_reads_and_outlives_the_restart() -> None:
    hall = queue_of(4)
    ticket = hall.take()
    told = ticket_view(hall.lobby, ticket, hall.now).wait
    issued = hall.entries[-1].facts[0]
    assert isinstance(issued, f.Issued)
    assert told == WaitRange(low_min=issued.low_min, high_min=issued.high_min)
    assert f.decode(f.encode(issued)) == issued
    assert (ticket.low_min, ticket.high_min) == (issued.low_min, issued.high_min)


def test_priority_is_promised_less_when_it_waits_less() -> None:
    hall = queue_of(9)
    ordinary, urgent = hall.take(), hall.take(priority=True)
    assert urgent.high_min < ordinary.high_min


def test_what_a_queue_tells_is_what_its_next_citizen_is_promised() -> None:
    hall = queue_of(5)
    told = queue_state(hall.lobby, "a", hall.now, 0, 0).wait
    ticket = hall.take()
    assert told == WaitRange(low_min=ticket.low_min, high_min=ticket.high_min)


def test_who_is_called_or_kept_for_a_desk_waits_for_no_range() -> None:
    hall = queue_of(1)
    called = hall.at("q01a")
    assert called is not None
    assert for_ticket(hall.lobby, called, hall.now) is None


@pytest.mark.parametrize(("minutes", "outcome"), [(4, "early"), (20, "kept"), (90, "late")])
def test_every_promise_is_scored_when_its_number_is_called(minutes: float, outcome: str) -> None:
    hall = queue_of(2)
    ticket = hall.take()
    assert (ticket.low_min, ticket.high_min) == (5, 25)
    (called,) = hall.after(60 * minutes).press("q02", "open") and hall.press(
        "q02", "take", ticket=ticket.id, reason="x"
    )
    assert isinstance(called, f.Called)
    counted = {measure: n for _, measure, _, n in counts(called) if measure.startswith("promise")}
    error_s = abs(60 * minutes - (5 + 25) * 30)
    assert counted == {f"promise_{outcome}": 1, "promise_width_s": 20 * 60, "promise_error_s": error_s}


def test_who_was_promised_nothing_breaks_no_promise() -> None:
    hall = Hall(SITE)
    hall.take()
    hall.press("q01a", "open")
    (called,) = hall.after(3000).press("q01a", "next")
    assert not [measure for _, measure, _, _ in counts(called) if measure.startswith("promise")]


@pytest.mark.parametrize(
    ("wait_s", "outcome", "error_s"), [(299, "early", 301), (300, "kept", 300), (900, "kept", 300), (901, "late", 301)]
)
def test_both_ends_of_a_promise_belong_to_it(wait_s: int, outcome: str, error_s: int) -> None:
    hall = queue_of(1)
    called = next(fact for entry in hall.entries for fact in entry.facts if isinstance(fact, f.Called))
    scored = counts(replace(called, wait_s=wait_s, low_s=300, high_s=900, foretold=None, reason="taken"))
    found = {measure: n for _, measure, _, n in scored}
    assert (found[f"promise_{outcome}"], found["promise_width_s"], found["promise_error_s"]) == (1, 600, error_s)
    assert sum(measure in found for measure in ("promise_early", "promise_kept", "promise_late")) == 1
    assert (found["taken"], found["called"]) == (1, 1)


def test_a_range_that_moves_to_and_fro_does_not_flood_the_bus() -> None:
    hall = queue_of(5)
    states = States(hall.lobby, 1)

    def told(elapsed: float) -> list[QueueState]:
        states.touch_all()
        changed = states.changed(hall.now, elapsed)
        return [state for state, place in changed if place == "a" and isinstance(state, QueueState)]

    assert len(told(2.0 - LOOK_PAUSE_S)) == 1
    hall.press("q02", "open")
    assert told(1.0) == [], "a range is not looked for all the time"
    assert len(told(2.0)) == 1, "the first change is told as soon as it is seen"
    hall.press("q02", "close")
    assert told(2.0 + WAIT_PAUSE_S / 2) == [], "so soon again only the range has changed"
    hall.take()
    (state,) = told(2.0 + WAIT_PAUSE_S - 1.0)
    assert state.waiting == 6, "one more waits: that is told at once, with the range as it is"


def test_a_crowd_is_not_foretold_again_at_every_number_but_soon_after() -> None:
    hall = queue_of(5)
    states = States(hall.lobby, 1)

    def told(elapsed: float) -> list[QueueState]:
        states.touch_all()
        changed = states.changed(hall.now, elapsed)
        return [state for state, place in changed if place == "a" and isinstance(state, QueueState)]

    told(1.0)
    hall.press("q02", "open")
    (before,) = told(1.0 + LOOK_PAUSE_S)
    for _ in range(9):
        hall.take()
    (crowd,) = told(1.2 + LOOK_PAUSE_S)
    assert (crowd.waiting, crowd.wait) == (14, before.wait), "counts at once, with the range of a moment ago"
    (after,) = told(1.0 + LOOK_PAUSE_S + FORETOLD_PAUSE_S)
    assert isinstance(after.wait, WaitRange)
    assert isinstance(before.wait, WaitRange)
    assert after.wait.high_min > before.wait.high_min
