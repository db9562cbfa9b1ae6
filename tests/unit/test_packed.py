"""Days in one row: the same figures as from the counts themselves, and never older than these."""

import datetime
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broker import facts as f
from broker import verify
from broker.database import MIGRATIONS, migrate, open_reader
from broker.figures import By, ratings, waits
from broker.grouping import Times
from broker.model import Site
from broker.packed import DIMENSIONS, HISTOGRAMS, Counts, Packed, unpacked, wrong
from broker.publishing import keep_packed
from broker.site_files import load_site
from broker.store import Store
from tests.unit.test_figures import SITE_FOLDER, visit, write

DAYS = [f"2021-01-{day:02d}" for day in (4, 5, 6, 7, 8, 11, 12)]
BY: tuple[By | Times, ...] = ("site", "department", "queue", "service", "counter", "desk", "hour", "weekday", "day",
                              "week", "month")  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(SITE_FOLDER)


@pytest.fixture
def store(tmp_path: Path, site: Site) -> Iterator[Store]:
    store, chance = Store(tmp_path / "hub.sqlite", site.id, site.zone), random.Random(4)
    for day in DAYS:
        with store.transaction() as transaction:
            transaction.turn_day(day)
        for place in [("q01a", "a", "tnmt-nop"), ("q04a", "k", "tp-nop"), ("q01b", "a", "tnmt-tra")]:
            for _ in range(chance.randint(0, 9)):
                write(store, day, chance.choice((8, 9, 14)), *visit(*place, wait_s=int(chance.expovariate(1 / 900))))
    yield store
    store.close()


def all_figures(store: Store, site: Site) -> list[object]:
    return [waits(store.db, site, "2021-01-05", "2021-01-12", by) for by in BY] + [
        ratings(store.db, site, "2021-01-01", "2021-01-31", by)
        for by in BY[:9]  # type: ignore[arg-type]
    ]


def pack(store: Store) -> int:
    rows = unpacked(store.db, store.open_day)
    keep_packed(store, rows)
    return len(rows)


def test_packed_or_not_every_figure_is_the_same(store: Store, site: Site) -> None:
    before = all_figures(store, site)
    assert pack(store) == 8 * len(DIMENSIONS), "all closed days, also those on which nobody came"
    assert all_figures(store, site) == before
    assert pack(store) == 0


def test_what_comes_late_is_in_the_figures_at_once(store: Store, site: Site) -> None:
    pack(store)
    (before,) = waits(store.db, site, "2021-01-05", "2021-01-05", "site")
    with store.transaction() as transaction:
        called, served = visit()
        transaction.append(f.Entry("late", "2021-01-05", 1_609_812_000_000, (called, served)))
    (after,) = waits(store.db, site, "2021-01-05", "2021-01-05", "site")
    assert (after.served, after.waited) == (before.served + 1, before.waited + 1)
    assert 0 < pack(store) < 8 * len(DIMENSIONS)
    assert waits(store.db, site, "2021-01-05", "2021-01-05", "site") == [after]


@given(st.lists(st.lists(st.tuples(st.sampled_from(["wait", "service", "issued"]), st.integers(0, 99),
                                   st.integers(-3, 4_000_000)), max_size=20), max_size=5))  # fmt: skip
def test_days_add_up_as_their_counts_do(days: list[list[tuple[str, int, int]]]) -> None:
    whole, joined = Counts(), Counts()
    for day in days:
        one = Counts()
        for measure, bucket, n in day:
            one.add(measure, bucket, n)
            whole.add(measure, bucket, n)
        joined.join(one.packed())
    assert joined.packed() == whole.packed()
    for measure in ("wait", "service"):
        counted = {
            bucket: sum(n for day in days for m, b, n in day if (m, b) == (measure, bucket)) for bucket in range(100)
        }
        if all(n >= 0 for n in counted.values()):
            assert joined.histogram(measure) == {bucket: n for bucket, n in counted.items() if n}


def test_nothing_is_packed_small() -> None:
    assert Counts().packed() == Packed({}, (b"\0",) * len(HISTOGRAMS))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 12), st.integers(0, 12), st.booleans())
def test_any_period_is_the_sum_of_its_days(store: Store, site: Site, first: int, days: int, kept: bool) -> None:
    if kept:
        pack(store)
    start, end = (datetime.date(2021, 1, 1 + first), datetime.date(2021, 1, 1 + first + days))
    whole = waits(store.db, site, start.isoformat(), end.isoformat(), "queue")
    single = [row for day in DAYS if str(start) <= day <= str(end) for row in waits(store.db, site, day, day, "queue")]
    assert {row.key for row in whole} == {row.key for row in single}
    for row in whole:
        own = [each for each in single if each.key == row.key]
        assert row.served == sum(each.served for each in own)
        assert row.within_15_min == sum(each.within_15_min for each in own)
        assert row.service_sum_s == sum(each.service_sum_s for each in own)


def test_a_day_packed_before_there_was_a_third_histogram_is_packed_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "hub.sqlite", isolation_level=None)) as db:
        for script in sorted(MIGRATIONS.glob("*.sql"))[:7]:
            db.executescript(script.read_text("utf-8"))
        db.execute("PRAGMA user_version = 7")
        db.execute("INSERT INTO packed_days (dimension, day, body) VALUES ('site', '2021-01-04', X'80')")
        migrate(db)
        assert db.execute("SELECT count(*) FROM packed_days").fetchone() == (0,)


def test_a_packed_day_that_is_not_what_was_counted_is_found_and_mended(tmp_path: Path, site: Site) -> None:
    path = tmp_path / "hub.sqlite"
    store = Store(path, site.id, site.zone)
    for day in ("2021-01-04", "2021-02-01"):
        with store.transaction() as transaction:
            transaction.turn_day(day)
        write(store, day, 8, *visit())
    pack(store)
    assert list(wrong(store.db)) == []
    store.db.execute("UPDATE packed_days SET body = X'80' WHERE dimension = 'site' AND day = '2021-01-04'")
    assert waits(store.db, site, "2021-01-04", "2021-01-04", "site")[0].served == 0
    store.close()
    with closing(open_reader(path)) as reader:
        assert any("packed_days is not" in complaint for complaint in verify.check(reader).complaints)
    verify.rebuild(path)
    with closing(open_reader(path)) as reader:
        assert not any("packed_days" in complaint for complaint in verify.check(reader).complaints)
        assert waits(reader, site, "2021-01-04", "2021-01-04", "site")[0].served == 1
