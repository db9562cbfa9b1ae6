"""What the hall learns: the same live as read back, nothing of what was undone, and ranges that come to be kept."""

from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broker import facts as f
from broker.experience.calibration import FARTHEST, OUTCOMES, Calibration, Stretch
from broker.experience.call_times import DRAWS, LEAST, CallTimes, order
from broker.experience.experience import MEASURES, Experience
from broker.experience.window import Window
from broker.foretold import Foretold
from broker.histogram import bucket_of, middle
from broker.model import Forecasting
from broker.tallies import Sums
from tests.hub_core import Hall, centre

RULES = Forecasting(learned_days=3, least_days=2)
SITE = replace(centre(), forecasting=RULES)


# ---------------------------------------------------------------------------------------------------------- windows


def test_days_on_which_nothing_happened_push_no_other_out() -> None:
    window: Window[str] = Window(2)
    for day, n in (("2026-11-16", 5), ("2026-11-17", 7), ("2026-11-18", 0), ("2026-11-19", 0)):
        window.begin(day)
        window.add(day, "a", n)
    window.begin("2026-11-20")
    assert (window.all("a"), window.days) == (12, 2)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(-3, 9), st.booleans()), max_size=40))
def test_a_window_holds_what_its_days_hold(steps: list[tuple[str, int, bool]]) -> None:
    window, names = Window[str](3), count()
    days: list[dict[str, int]] = [{}]
    for key, n, turn in steps:
        if turn:
            window.begin(f"{next(names):02d}")
            days.append({})
        window.add(window.day, key, n)
        days[-1][key] = days[-1].get(key, 0) + n
    kept = [day for day in days[:-1] if any(day.values())][-3:] + days[-1:]
    if len(days) > 1:  # what a window forgets, it forgets when a day begins
        assert {key: window.all(key) for key in "ab"} == {key: sum(day.get(key, 0) for day in kept) for key in "ab"}


# ------------------------------------------------------------------------------------------------------ calibration


def stretched(early: int, kept: int, late: int) -> Stretch:
    calibration = Calibration(RULES)
    for outcome, n in zip(OUTCOMES, (early, kept, late), strict=True):
        calibration.add("", outcome, n)
    return calibration.stretch


def test_ranges_that_are_kept_as_often_as_meant_stay_as_they_are() -> None:
    assert stretched(10, 80, 10).ends(100, 200, 300) == pytest.approx((100, 300))


def test_waits_that_come_late_push_the_end_outward_and_early_ones_the_beginning() -> None:
    assert stretched(10, 60, 30).ends(100, 200, 300)[1] > 310
    assert stretched(30, 60, 10).ends(100, 200, 300)[0] < 95


def test_ranges_that_are_always_kept_grow_narrower() -> None:
    low, high = stretched(0, 100, 0).ends(100, 200, 300)
    assert low > 102
    assert high < 295


@given(
    *(st.integers(0, 5000) for _ in range(3)),
    st.tuples(*(st.floats(0, 20_000) for _ in range(3))).map(sorted),
)
def test_a_stretched_range_is_still_one(early: int, kept: int, late: int, ends: list[float]) -> None:
    stretch = stretched(early, kept, late)
    assert min(stretch.low, stretch.high) >= -FARTHEST
    low, high = stretch.ends(*ends)
    assert 0 <= low <= ends[1] <= high


@pytest.mark.parametrize("slower", [0.6, 1.0, 1.7])
def test_whatever_the_waits_are_the_range_comes_to_hold_four_in_five(slower: float) -> None:
    """Forecasts say 300 to 900 s of waits that last 0.6 to 1.7 times as long as they should."""
    calibration, chance, kept = Calibration(RULES), Random(7), []
    for _ in range(6000):
        low, high = calibration.stretch.ends(300, 600, 900)
        wait_s = round(slower * chance.lognormvariate(6.4, 0.7))
        outcome = Foretold(round(low), 600, round(high), wait_s).outcome
        calibration.add("", f"foretold_{outcome}", 1)
        kept.append(outcome == "kept")
    assert 0.77 < sum(kept[3000:]) / 3000 < 0.83


# ------------------------------------------------------------------------------------------------------- call times


def times(**minutes: dict[int, int]) -> CallTimes:
    """Of each service of queue a: how many visits took how many minutes, on each of two days."""
    found = CallTimes(RULES, 70)
    for day in ("2026-11-18", "2026-11-19"):
        for service, seen in minutes.items():
            for took, n in seen.items():
                found.add(day, ("a", service), "service", bucket_of(60 * took), n)
    found.begin("2026-11-20")
    return found


def test_with_fewer_days_than_it_needs_nothing_is_drawn() -> None:
    assert times(long={20: 100}).ready
    few = CallTimes(RULES, 70)
    few.add("2026-11-19", ("a", "long"), "service", bucket_of(1200), 500)
    few.begin("2026-11-20")
    assert not few.ready


def test_what_is_seen_today_is_drawn_from_tomorrow_on() -> None:
    found = times(long={20: 100})
    before = found.served(("a", "long"))
    found.add("2026-11-20", ("a", "long"), "service", bucket_of(60), 5000)
    assert found.served(("a", "long")) == before
    found.begin("2026-11-21")
    assert found.served(("a", "long"))[0] == pytest.approx(60, rel=0.1)


def test_a_service_hardly_seen_borrows_from_its_queue_and_a_queue_from_the_centre() -> None:
    found = times(long={20: 100}, short={2: 100}, rare={90: 1})
    assert found.served(("a", "rare")) == found.served(("a", "")) == found.served(("b", "new"))
    assert found.served(("a", "long"))[0] > found.served(("a", "short"))[-1]


def test_what_was_seen_thirty_times_is_known_well_enough() -> None:
    found = times(long={20: 100}, known={2: LEAST // 2}, rare={90: LEAST // 2 - 1})
    assert set(found.served(("a", "known"))) == {middle(bucket_of(120))}
    assert found.served(("a", "rare")) == found.served(("a", ""))


def test_a_call_keeps_its_desk_for_the_tidying_of_its_queue_too() -> None:
    found = times(short={2: 100})
    for queue, seconds in (("a", 30), ("b", 300)):
        found.add("2026-11-19", (queue, "short"), "tidy", bucket_of(seconds), 100)
    found.begin("2026-11-20")
    stays, tidies = middle(bucket_of(120)), middle(bucket_of(30))
    assert {round(took) for took in found.calls(("a", "short"))} == {round(stays + tidies), round(70 + tidies)}


def test_drawn_times_are_the_times_that_were_seen() -> None:
    found = times(mixed={2: 70, 10: 30})
    assert sorted(found.served(("a", "mixed"))) == found.served(("a", "mixed"))
    drawn = found.calls(("a", "mixed"))
    assert len(drawn) == 2 * DRAWS
    assert drawn[:DRAWS] == drawn[DRAWS:]
    assert sum(took > 300 for took in drawn[:DRAWS]) == pytest.approx(0.3 * DRAWS, abs=2)


@given(st.integers(1, 200), st.integers(0, 50))
def test_the_order_of_draws_is_an_order(n: int, seed: int) -> None:
    assert sorted(order(n, seed)) == list(range(n))


def test_two_orders_of_draws_have_nothing_in_common() -> None:
    def alike(one: list[int], other: list[int]) -> float:
        middle = (DRAWS - 1) / 2
        return sum((a - middle) * (b - middle) for a, b in zip(one, other, strict=True)) / (DRAWS**3 / 12)

    orders = [order(DRAWS, seed) for seed in range(40)]
    assert max(abs(alike(one, other)) for one in orders for other in orders if one is not other) < 0.4
    assert max(abs(alike(one, one[turn:] + one[:turn])) for one in orders[:4] for turn in range(1, DRAWS)) < 0.4


# -------------------------------------------------------------------------------------------------- live and restart

days = st.lists(
    st.tuples(st.integers(0, 8), st.floats(0.1, 60), st.integers(0, 600), st.booleans()), min_size=1, max_size=6
)


def serve(hall: Hall, minutes: float, tidy_s: float) -> None:
    hall.press("q01a", "next")
    hall.after(60 * minutes).press("q01a", "finish")
    hall.after(tidy_s)


def learned(found: Experience) -> list[object]:
    """All that a forecast asks experience for."""
    places = [("a", "tnmt-nop"), ("a", "tnmt-tra"), ("f", "tnmt-nop"), ("h", "gtvt-nop")]
    known: list[object] = [found.pace.of(queue) for queue in SITE.queues]
    known += [(found.times.served(place), found.times.calls(place)) for place in places]
    known += [found.times.tidied(queue) for queue in SITE.queues]
    return [*known, found.times.ready, found.calibration.stretch]


@settings(max_examples=12)
@given(days)
def test_read_back_from_the_read_models_it_is_exactly_what_was_learned_live(
    drawn: list[tuple[int, float, int, bool]],
) -> None:
    hall = Hall(SITE)
    for visits, minutes, tidy_s, undone in drawn:
        hall.after(24 * 3600).press("q01a", "open")
        hall.take()
        for _ in range(visits):
            hall.take("tnmt-tra")
            hall.take()
            serve(hall, minutes, tidy_s)
        if undone:
            hall.press("q01a", "next")
            hall.press("q01a", "undo")
    again, sums = Experience(SITE), Sums(hall.lobby.calendar)
    today = hall.lobby.day
    for entry in hall.entries:
        for fact in entry.facts:
            if entry.day < today:
                sums.add(fact, entry.at)
    rows = [
        (day, queue, service, measure, bucket, n)
        for (day, _, queue, service, _, _, measure, bucket), n in sums.tally.items()
    ]
    newest = sorted({row[0] for row in rows if row[3] in MEASURES})[-RULES.learned_days :]
    again.recall(row for row in rows if (row[0] in newest and row[3] in MEASURES) or row[3] in OUTCOMES)
    again.begin(today)
    for entry in hall.entries:
        if entry.day == today:
            for fact in entry.facts:
                again.learn(entry.day, fact)
    assert learned(again) == learned(hall.lobby.experience)


def test_what_was_foretold_is_scored_once_and_an_undone_call_is_not() -> None:
    hall = Hall(SITE)
    hall.press("q01a", "open")
    hall.take()
    hall.press("q01a", "next")
    for _ in range(40):
        ticket = hall.take()
    assert ticket.foretold is not None
    before = hall.lobby.experience.calibration.stretch
    hall.after(60).press("q02", "open")
    (called,) = hall.press("q02", "take", ticket=ticket.id, reason="x")  # type: ignore[misc]  # because it is not refused
    assert isinstance(called, f.Called)
    assert called.foretold == replace(ticket.foretold, worked_s=60)
    assert hall.lobby.experience.calibration.stretch.low < before.low
    hall.press("q02", "undo")
    assert hall.lobby.experience.calibration.stretch == before
    hall.press("q02", "take", ticket=ticket.id, reason="x")
    hall.press("q02", "park")
    scored = hall.lobby.experience.calibration.stretch
    assert scored.low < before.low
    hall.press("q02", "recall", ticket=ticket.id)
    (again,) = hall.press("q02", "next")  # type: ignore[misc]  # because it is not refused
    assert isinstance(again, f.Called)
    assert (again.ticket, again.foretold) == (ticket.id, None)
    assert hall.lobby.experience.calibration.stretch == scored
