"""The line played through: what it says of lines whose waits are known, and what never may happen."""

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broker import facts as f
from broker.chain import Row
from broker.experience.call_times import DRAWS, CallTimes
from broker.forecast.band import Band
from broker.forecast.drawn import HELPS_AT_ONCE, AtDesk, Waiting, band, waits
from broker.foretold import Foretold
from broker.histogram import bucket_of
from broker.invariants import Watch
from broker.model import Forecasting
from tests.hub_core import MONDAY_0800, Hall, centre

RULES = Forecasting(learned_days=5, least_days=1)
QUICK, SLOW = ("a", "quick"), ("a", "slow")


def memoryless(mean_s: float, n: int = 2000) -> dict[int, int]:
    """How often each bucket is seen of times that have no memory."""
    seen: dict[int, int] = {}
    for i in range(n):
        bucket = bucket_of(-mean_s * log(1 - (i + 0.5) / n))
        seen[bucket] = seen.get(bucket, 0) + 1
    return seen


def learned(**services: float) -> CallTimes:
    """Calls of queue a whose services have memoryless times of these means, and nothing to tidy up."""
    times = CallTimes(RULES, 70)
    for service, mean_s in services.items():
        for bucket, n in memoryless(mean_s).items():
            times.add("2026-11-20", ("a", service), "service", bucket, n)
    times.begin("2026-11-23")
    return times


TIMES = learned(quick=120, slow=600)
BUSY = AtDesk("busy", 60.0, SLOW)

desks = st.builds(
    AtDesk,
    doing=st.sampled_from(["idle", "busy", "tidying", "away"]),
    since_s=st.floats(0, 50_000),
    whose=st.sampled_from([QUICK, SLOW, ("b", "unknown")]),
)
lines = st.builds(
    Waiting,
    queue=st.sampled_from("ab"),
    ahead=st.lists(st.sampled_from(["quick", "slow", "", "unknown"]), max_size=12).map(tuple),
    desks=st.lists(desks, min_size=1, max_size=4).map(tuple),
    helpers=st.floats(0, 2.5),
    help_after_s=st.floats(0, 600),
)


def line(*ahead: str, desks: int = 1) -> Waiting:
    return Waiting(queue="a", ahead=ahead, desks=desks * (BUSY,), helpers=0.0, help_after_s=0.0)


@settings(max_examples=40)
@given(lines, st.floats(0.1, 0.95))
def test_a_band_is_in_order_and_never_below_nothing(line: Waiting, confidence: float) -> None:
    found = band(waits(line, TIMES), confidence)
    assert 0 <= found.low_s <= found.mid_s <= found.high_s < float("inf")


@settings(max_examples=40)
@given(lines, st.sampled_from(["quick", "slow", ""]))
def test_one_more_ahead_is_never_a_shorter_wait(line: Waiting, more: str) -> None:
    longer = waits(replace(line, ahead=(*line.ahead, more)), TIMES)
    assert all(after >= before for before, after in zip(waits(line, TIMES), longer, strict=True))


def test_the_same_line_is_told_the_same_after_a_restart() -> None:
    assert waits(line("quick", "slow", desks=2), TIMES) == waits(
        line("quick", "slow", desks=2), learned(slow=600, quick=120)
    )


def test_a_line_that_nobody_serves_has_no_forecast() -> None:
    with pytest.raises(ValueError, match="nobody"):
        waits(line("slow", desks=0), TIMES)


@pytest.mark.parametrize(("servers", "ahead"), [(1, 0), (1, 5), (3, 0), (3, 9)])
def test_memoryless_work_gives_the_waits_of_queueing_theory(servers: int, ahead: int) -> None:
    """The (n + 1)-th free desk of c comes Erlang-distributed: n + 1 phases of m / c. One call in 20 is in vain."""
    special = pytest.importorskip("scipy.special", reason="scipy is the oracle")
    found = band(waits(line(*["slow"] * ahead, desks=servers), TIMES), 0.8)
    for p, seconds in ((0.5, found.mid_s), (0.9, found.high_s)):
        exact = special.gammaincinv(ahead + 1, p) * 600 / servers
        assert seconds == pytest.approx(exact, rel=0.2)


def test_who_is_ahead_matters_not_only_how_many() -> None:
    assert (
        band(waits(line("quick", "quick"), TIMES), 0.8).mid_s
        < band(waits(line("slow", "slow"), TIMES), 0.8).mid_s / 1.5
    )


def test_a_helper_shortens_the_wait_and_only_after_his_time() -> None:
    alone = line("slow", "slow", "slow")
    helped = replace(alone, helpers=1.0, help_after_s=300.0)
    assert band(waits(helped, TIMES), 0.8).mid_s < band(waits(alone, TIMES), 0.8).mid_s
    assert waits(replace(alone, helpers=2.0, help_after_s=1e6), TIMES) == waits(alone, TIMES)


def test_a_band_is_cut_off_evenly_at_both_ends() -> None:
    found = [float(n) for n in range(DRAWS)]
    assert band(found, 0.8) == Band(12.0, 64.0, 115.0)
    assert band(found, 1.0) == Band(0.0, 64.0, 127.0)


def test_who_helps_in_a_quarter_of_cases_helps_in_a_quarter_of_draws() -> None:
    alone = replace(line(), desks=(AtDesk("busy", 1e6, QUICK),))
    assert min(waits(alone, TIMES)) > 1e5
    helped = waits(replace(alone, helpers=0.25, help_after_s=300.0), TIMES)
    assert len(helped) == DRAWS
    assert sum(wait < 1e5 for wait in helped) == DRAWS / 4
    assert sum(wait == 300.0 for wait in helped) == round(DRAWS / 4 * HELPS_AT_ONCE)
    assert max(waits(replace(alone, helpers=1.25, help_after_s=300.0), TIMES)) < 1e5


def test_a_visit_that_lasts_longer_than_any_before_is_not_over_at_once() -> None:
    endless = replace(line(), desks=(AtDesk("busy", 30_000.0, QUICK),))
    assert waits(endless, TIMES)[0] > 1000
    assert len(waits(endless, TIMES)) == DRAWS


# ------------------------------------------------------------------------------------------------------- in the hall


def taught(method: str, days: int) -> Hall:
    """A hall after some days of a queue with quick and slow services, then two desks busy."""
    site = centre()
    forecasting = replace(site.forecasting, method=method, least_days=3, learned_days=5)
    hall = Hall(replace(site, forecasting=forecasting), MONDAY_0800 - days * 86_400_000)
    for _ in range(days):
        hall.press("q01a", "open")
        for minutes in 2 * (2, 25, 4, 30, 2, 22, 3, 24, 3, 26, 2, 20):
            hall.take("tnmt-tra" if minutes < 10 else "tnmt-nop")
            hall.press("q01a", "next")
            hall.after(60 * minutes).press("q01a", "finish")
        hall.now = hall.lobby.calendar.day_end(hall.lobby.day) + 8 * 3_600_000
    for desk in ("q01a", "q01b"):
        hall.press(desk, "open")
        hall.take()
        hall.press(desk, "next")
    return hall


def test_three_short_errands_ahead_are_told_a_shorter_wait_than_three_long_ones() -> None:
    short, long = taught("drawn", 4), taught("drawn", 4)
    for _ in range(3):
        short.take("tnmt-tra")
        long.take("tnmt-nop")
    one, other = short.take(), long.take()
    assert one.foretold is not None
    assert other.foretold is not None
    assert one.foretold.mid_s < other.foretold.mid_s / 1.3
    assert one.high_min <= other.high_min


def test_until_enough_days_are_learned_the_length_of_the_line_decides() -> None:
    few, gamma = taught("drawn", 2), taught("gamma", 2)
    enough, still = taught("drawn", 4), taught("gamma", 4)
    for hall in (few, gamma, enough, still):
        hall.take()
    assert few.take().foretold == gamma.take().foretold
    assert enough.take().foretold != still.take().foretold


def test_who_finds_a_desk_free_is_not_scored() -> None:
    hall = Hall()
    hall.press("q01a", "open")
    assert hall.take().foretold is None


def test_a_call_that_is_scored_by_what_nobody_was_told_is_found() -> None:
    hall = taught("drawn", 0)
    ticket = hall.take()
    hall.after(60).press("q01a", "finish")
    hall.press("q01a", "next")
    watch, found = Watch(), []
    for number, entry in enumerate(hall.entries):
        for fact in entry.facts:
            if isinstance(fact, f.Called) and fact.ticket == ticket.id:
                seen: f.AnyFact = replace(fact, foretold=Foretold(0, 1, 100_000))
            else:
                seen = fact
            found += watch.see(Row(number, entry.id, "x", entry.day, entry.at, f.kind(fact), ""), seen)
    assert found == [f"visit {ticket.id} is scored by what it was not told"]
