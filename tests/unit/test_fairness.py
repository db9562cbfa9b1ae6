"""Whether figures of fairness are those of the calls in the log."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from broker import facts as f
from broker.fairness import REASONS, fairness
from broker.figures import waits
from broker.packed import unpacked
from broker.report.words import words as report_words
from broker.store import Store
from broker.web.words import STAFF_LANGUAGES, words
from tests.hub_core import Hall, centre
from tests.unit.test_figures import MONDAY, visit, write

SITE = centre()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "hub.sqlite", SITE.id, SITE.zone)
    yield store
    store.close()


def test_each_class_has_its_own_waits_and_each_reason_its_overtakes(store: Store) -> None:
    calls: list[dict[str, object]] = [
        {"wait_s": 600, "why": "first", "reason": "backup"},
        {"wait_s": 60, "why": "priority", "priority": True, "overtook": 3},
        {"wait_s": 1200, "why": "first"},
        {"wait_s": 300, "why": "taken", "reason": "taken", "overtook": 1},
        {"wait_s": 2400, "overtook": 2},  # of a log from before reasons were kept
    ]
    for call in calls:
        called, served = visit()
        write(store, MONDAY, 8, replace(called, **call), served)
    (row,) = fairness(store.db, SITE, MONDAY, MONDAY, "queue")
    assert (row.called, row.explained, row.helped) == (5, 4, 1)
    assert row.calls == {"first": 2, "priority": 1, "taken": 1}
    assert row.passed == {"priority": 3, "taken": 1}
    assert (row.passed_per_100(), row.passed_per_100("priority"), row.passed_per_100("first")) == (100, 75, 0)
    assert (row.priority.waited, row.priority.mean_s) == (1, 60)
    assert (row.ordinary.waited, row.ordinary.mean_s) == (4, 1125)
    assert (row.ordinary.p50_s, row.ordinary.p90_s) == (pytest.approx(600, rel=0.05), pytest.approx(2400, rel=0.05))
    assert (row.priority.p50_s, row.priority.p90_s) == (pytest.approx(60, rel=0.05), pytest.approx(60, rel=0.05))
    assert 2400 <= (row.ordinary.longest_s or 0) <= 2640
    assert 60 <= (row.priority.longest_s or 0) <= 66


def test_every_reason_has_its_words_on_pages_and_in_reports() -> None:
    for why in REASONS:
        assert all(f"why_{why}" in report_words(lang) for lang in ("vi", "en", "km")), why
        assert all(f"why_{why}" in words(lang) and f"step_why_{why}" in words(lang) for lang in STAFF_LANGUAGES), why


def test_nobody_called_is_no_claim_of_fairness(store: Store) -> None:
    (row,) = fairness(store.db, SITE, MONDAY, MONDAY, "site")
    assert (row.passed_per_100(), row.ordinary.longest_s, row.priority.mean_s) == (None, None, None)


def test_a_real_morning_adds_up_also_once_its_day_is_packed(store: Store) -> None:
    hall = Hall(SITE)
    for desk in ("q01a", "q01b", "p01a"):
        hall.press(desk, "open")
    for n in range(12):
        hall.after(20).take(priority=n % 4 == 3)
    for n in range(6):
        hall.after(120).press("q01a", "next")
        hall.after(30).press("q01b", "next")
        hall.press("q01b", ("transfer", "finish", "undo")[n % 3], **({"to_queue": "f"} if n % 3 == 0 else {}))
        hall.after(20).press("p01a", "next")
    hall.after(86_400).take()
    with store.transaction() as transaction:
        for entry in hall.entries:
            transaction.append(entry)
            if any(isinstance(fact, f.DayOpened) for fact in entry.facts):
                transaction.turn_day(entry.day)
    day = hall.entries[0].day
    (open_row,) = fairness(store.db, SITE, day, day, "site")
    store.db.executemany(
        "INSERT INTO packed_days (dimension, day, body) VALUES (?, ?, ?)", unpacked(store.db, hall.entries[-1].day)
    )
    assert fairness(store.db, SITE, day, day, "site") == [open_row]
    facts = [fact for entry in hall.entries for fact in entry.facts]
    undone = [taken for fact in facts if isinstance(fact, f.Undone) for taken in fact.facts]
    calls = [fact for fact in facts if isinstance(fact, f.Called)]
    kept = [call for call in calls if call not in undone]
    assert len(kept) < len(calls)
    assert sum(open_row.calls.values()) == open_row.called == len(kept)
    assert sum(open_row.passed.values()) == sum(call.overtook for call in kept) > 0
    (whole,) = waits(store.db, SITE, day, day, "site")
    assert open_row.ordinary.waited + open_row.priority.waited == whole.waited
