"""How busy desks are: nobody is told idle while he paused, nor a day that the log does not know."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broker import facts as f
from broker.fact import AtDesk
from broker.occupancy import Occupancy, occupancy
from broker.packed import unpacked
from broker.publishing import keep_packed
from broker.refusals import Refusal
from broker.site_files import load_site
from broker.store import Store
from tests.hub_core import Hall, centre
from tests.unit.test_figures import MONDAY, SITE_FOLDER, TUESDAY, visit, write

SITE = centre()
MINUTE = 60


@pytest.fixture
def hall() -> Hall:
    return Hall(SITE)


def minutes(hall: Hall) -> tuple[float, float]:
    """Minutes busy, and minutes open, as they would be counted."""
    counts = hall.counts()
    return counts.get(("busy_s", 0), 0) / MINUTE, counts.get(("open_s", 0), 0) / MINUTE


def press(hall: Hall, *steps: int | str) -> None:
    """Keys of one desk, and how many minutes pass between them."""
    for step in steps:
        if isinstance(step, int):
            hall.after(step * MINUTE)
        else:
            hall.press("q01a", step)


DAYS = {
    "idle, then one visit": (("open", 10, "next", 20, "finish", 5, "close"), (20, 35)),
    "one visit after the other": (("open", "next", 20, "next", 10, "finish"), (30, 30)),
    "a pause is not open": (("open", 10, "pause", 30, "resume", 5, "close"), (0, 15)),
    "gone home from a pause": (("open", 10, "pause", 30, "close"), (0, 10)),
    "next out of a pause": (("open", "pause", 30, "next", 5, "finish"), (5, 5)),
    "open again out of a pause": (("open", "pause", 30, "open", 4, "close"), (0, 4)),
    "closed over noon": (("open", 10, "close", 90, "open", 10, "close"), (0, 20)),
    "nobody came": (("open", "next", 3, "no_show", 1, "next", 5, "finish"), (5, 9)),
    "called twice": (("open", "next", 2, "recall", 5, "finish"), (7, 7)),
    "somebody fetches a paper": (("open", "next", 7, "park", 2, "next", 5, "finish"), (12, 14)),
    "nobody pressed close": (("open", 5, "next", 7, "finish", 300), (7, 12)),
    "nobody did anything": (("open", 480), (0, 0)),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_desk_is_open_from_key_to_key(hall, name):
    keys, expected = DAYS[name]
    hall.take(), hall.take()
    press(hall, *keys)
    assert minutes(hall) == expected
    assert hall.complaints() == []


def test_who_is_sent_on_was_served_here(hall):
    hall.take()
    press(hall, "open", 2, "next", 6)
    hall.press("q01a", "transfer", to_queue="f")
    assert minutes(hall) == (6, 8)


@pytest.mark.parametrize("slip", ["pause", "close"])
def test_what_was_pressed_by_a_slip_ends_nothing(hall, slip):
    press(hall, "open", 10, slip)
    hall.after(8).press("q01a", "undo")
    press(hall, 5, "close")
    assert hall.counts()["open_s", 0] == 15 * MINUTE + 8
    assert hall.complaints() == []


def test_a_visit_that_was_finished_by_a_slip_is_counted_once(hall):
    hall.take()
    press(hall, "open", "next", 10, "finish")
    hall.after(8).press("q01a", "undo")
    press(hall, 5, "finish", 1, "close")
    counts = hall.counts()
    assert (counts["busy_s", 0], counts["open_s", 0]) == (15 * MINUTE + 8, 16 * MINUTE + 8)
    assert hall.complaints() == []


def test_who_brings_back_another_desk_s_visit_leaves_both_their_time(hall):
    mine = hall.take()
    press(hall, "open", "next", 5, "park")
    hall.press("q01b", "open")
    hall.after(2 * MINUTE).press("q01b", "recall", ticket=mine.id)
    hall.after(3).press("q01b", "undo")
    for desk in ("q01a", "q01b"):
        hall.after(57).press(desk, "close")
    assert hall.counts()["open_s", 0] == 2 * (8 * MINUTE) - 5 * MINUTE + 57
    assert hall.complaints() == []


def test_a_desk_left_open_over_night_is_closed_in_the_morning(hall):
    press(hall, "open", 60, "pause", "resume")
    press(hall, 24 * 60, "open", 30, "close")
    assert minutes(hall) == (0, 90)
    assert hall.complaints() == []


def test_no_second_is_lost_between_short_visits(hall):
    hall.press("q01a", "open")
    for _ in range(10):
        hall.take()
        hall.press("q01a", "next")
        hall.after(1.5).press("q01a", "finish")
        hall.after(1.25)
    hall.press("q01a", "close")
    counts = hall.counts()
    assert counts["open_s", 0] == 27, "ten times 2.75 s, in whole seconds"
    assert 14 <= counts["busy_s", 0] <= 16
    assert hall.complaints() == []


def test_who_says_that_he_sat_there_since_yesterday_is_found(hall):
    press(hall, "open", 24 * 60)
    hall.take()
    place = {"desk": "q01a", "counter": "q01", "actor": "x"}
    hall.happen(f.Entry("x", hall.lobby.day, hall.now, (f.DeskClosed(**place, open_s=24 * 60 * MINUTE),)))
    assert len(hall.complaints()) == 1


keys = st.lists(
    st.tuples(
        st.sampled_from(("q01a", "q01b")),
        st.sampled_from(("open", "close", "pause", "resume", "next", "next", "finish", "no_show", "park", "recall")),
        st.booleans(),
        st.integers(0, 900),
    ),
    max_size=40,
)


@settings(max_examples=100)
@given(keys, st.integers(0, 999))
def test_whatever_is_pressed_the_open_time_is_what_a_clock_beside_the_desk_shows(script, ms):
    hall, shown = Hall(SITE), Counter()
    hall.now += ms
    for desk, action, undo, seconds in script:
        hall.take()
        done = hall.press(desk, action)
        if undo and done and not isinstance(done, Refusal):
            hall.press(desk, "undo")
        hall.after(seconds)
        shown.update({seat.id: seconds for seat in hall.lobby.seats.values() if seat.status == "open"})
    for desk in ("q01a", "q01b"):
        hall.press(desk, "finish")
        hall.press(desk, "close")
    counts = hall.counts()
    assert counts.get(("open_s", 0), 0) == sum(shown.values())
    assert counts.get(("busy_s", 0), 0) <= counts.get(("open_s", 0), 0)
    assert hall.complaints() == []


def told(hall: Hall) -> Iterator[tuple[int, int, AtDesk]]:
    """Where in the log a fact says how long its desk was open."""
    for n, entry in enumerate(hall.entries):
        for place, fact in enumerate(entry.facts):
            if isinstance(fact, AtDesk) and fact.open_s is not None:
                yield n, place, fact


def lie(hall: Hall, n: int, place: int, fact: f.AnyFact) -> list[str]:
    """What verify says where the log had this fact there."""
    entry = hall.entries[n]
    hall.entries[n] = replace(entry, facts=(*entry.facts[:place], fact, *entry.facts[place + 1 :]))
    found = hall.complaints()
    hall.entries[n] = entry
    return found


@pytest.fixture
def full(hall) -> Hall:
    """A day with one of each fact that says how long its desk was open."""
    for _ in range(5):
        hall.take()
    press(hall, "open", 1, "next", 2, "finish", 3, "next", 4, "no_show", "next", 5, "park", "next", 6, "next", 1)
    hall.press("q01a", "transfer", to_queue="f")
    press(hall, 2, "pause", 7, "resume", 8, "close")
    return hall


def test_one_second_too_many_or_too_few_is_found_in_every_fact(full):
    kinds = set()
    for n, place, fact in list(told(full)):
        kinds.add(type(fact))
        for wrong in (fact.open_s - 1, fact.open_s + 1):
            assert [each for each in lie(full, n, place, replace(fact, open_s=wrong)) if "was open for" in each]
    assert kinds == {f.Called, f.Served, f.Missed, f.Parked, f.Transferred, f.DeskPaused, f.DeskClosed}


def test_service_that_took_another_time_than_the_visit_was_there_is_found(full):
    for n, place, fact in list(told(full)):
        if isinstance(fact, f.Served | f.Parked | f.Transferred):
            for wrong in (fact.open_s - 2, fact.open_s + 1):
                assert len(lie(full, n, place, replace(fact, service_s=wrong))) == 1


def test_a_log_from_before_it_was_kept_is_sound_and_says_nothing(full):
    for n, place, fact in list(told(full)):
        entry = full.entries[n]
        older = replace(fact, open_s=None)
        full.entries[n] = replace(entry, facts=(*entry.facts[:place], older, *entry.facts[place + 1 :]))
    assert full.complaints() == []
    assert minutes(full) == (0, 0)
    assert b"open_s" not in b"".join(f.encode(fact) for entry in full.entries for fact in entry.facts)


def test_days_are_counted_apart_from_those_that_do_not_tell_and_packed_alike(tmp_path: Path):
    site = load_site(SITE_FOLDER)
    store = Store(tmp_path / "hub.sqlite", site.id, site.zone)
    called, served = visit()
    with store.transaction() as transaction:
        transaction.turn_day(MONDAY)
    write(store, MONDAY, 8, called, served)
    with store.transaction() as transaction:
        transaction.turn_day(TUESDAY)
    write(store, TUESDAY, 8, replace(called, open_s=100), replace(served, open_s=300))
    whole = {"-": Occupancy(busy_s=300, open_s=400, days=2, told=1)}
    assert occupancy(store.db, MONDAY, TUESDAY, "site") == whole
    assert whole["-"].percent == 75
    assert occupancy(store.db, MONDAY, MONDAY, "site")["-"].percent is None
    with store.transaction() as transaction:
        transaction.turn_day("2021-01-06")
    keep_packed(store, unpacked(store.db, store.open_day))
    assert occupancy(store.db, MONDAY, TUESDAY, "site") == whole
    assert occupancy(store.db, MONDAY, TUESDAY, "counter") == {"q04": whole["-"]}
    store.close()
