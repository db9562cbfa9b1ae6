"""Ratings of any period, read from what was published of a real database."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from broker.figures import Ratings, ratings
from broker.grouping import By
from broker.model import Site
from broker.publishing import publish
from broker.store import Store
from tests.unit.test_figures import SITE_FOLDER, load_site, visit, vote, write

DESKS = [("q01a", "a", "tnmt-nop"), ("q01b", "a", "tnmt-nop"), ("q04a", "k", "tp-nop"), ("q09", "s", "ct-nop")]
DAYS = [f"2021-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in range(4, 29, 3)]


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(SITE_FOLDER)


def year(folder: Path, site: Site, days: list[str]) -> Store:
    """The same days again and again: 16 ratings a day, every twentieth unsatisfied; one desk of its own department."""
    store, chance = Store(folder / "hub.sqlite", site.id, site.zone), random.Random(7)
    for day in days:
        facts = []
        for place in DESKS:
            for _ in range(4):
                facts += [*visit(*place), vote(day, 8, 4 if chance.random() < 0.05 else 1, *place)]
        write(store, day, 8, *facts)
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Store]:
    store = year(tmp_path_factory.mktemp("book"), site, DAYS)
    publish(store, site, "2021-03-20")
    yield store
    store.close()


def rows(store: Store, site: Site, start: str, end: str, by: By) -> dict[str, Ratings]:
    return {row.key: row for row in ratings(store.db, site, start, end, by)}


def test_the_centre_is_exact_for_any_finished_days(store: Store, site: Site) -> None:
    row = rows(store, site, "2021-01-07", "2021-02-10", "site")["-"]
    days = [day for day in DAYS if "2021-01-07" <= day <= "2021-02-10"]
    assert (row.told, row.rated, row.served) == ("exact", 16 * len(days), 16 * len(days))
    assert (row.first, row.last) == ("2021-01-07", "2021-02-10")


def test_a_period_that_is_not_over_says_until_when_it_is_answered(store: Store, site: Site) -> None:
    row = rows(store, site, "2021-03-01", "2021-12-31", "site")["-"]
    assert (row.told, row.first, row.last) == ("exact", "2021-03-01", "2021-03-19")
    assert rows(store, site, "2021-03-20", "2021-03-20", "site")["-"].told == "not_yet"


def test_desks_are_told_by_whole_months_only_and_say_so(store: Store, site: Site) -> None:
    row = rows(store, site, "2021-01-05", "2021-03-19", "desk")["q01a"]
    assert (row.told, row.rated, row.first, row.last) == ("at_least", 30, "2021-02-01", "2021-02-28")
    assert rows(store, site, "2021-01-05", "2021-01-31", "desk")["q01a"].told == "not_yet"


def test_a_desk_with_few_unsatisfied_says_at_least(store: Store, site: Site) -> None:
    row = rows(store, site, "2021-01-01", "2021-02-28", "desk")["q09"]
    assert row.told == "at_least"
    assert (row.rated, row.satisfied) == (70, 66), "72 ratings, rounded down; fewer than five unsatisfied"
    assert row.percent == 94.29
    assert row.wilson_high is not None
    assert row.wilson_low is not None
    assert row.wilson_low < 94.29 < row.wilson_high


def test_a_department_or_queue_of_one_desk_tells_no_more_than_its_desk(store: Store, site: Site) -> None:
    desk = rows(store, site, "2021-01-01", "2021-02-28", "desk")["q09"]
    for by, key in (("counter", "q09"), ("queue", "s"), ("department", "ct"), ("service", "ct-nop")):
        row = rows(store, site, "2021-01-01", "2021-02-28", by)[key]  # type: ignore[arg-type]
        assert replace(row, key="q09") == desk


def test_a_department_of_two_desks_is_exact(store: Store, site: Site) -> None:
    row = rows(store, site, "2021-01-01", "2021-02-28", "department")["tnmt"]
    assert (row.told, row.rated, row.served) == ("exact", 144, 144)


def test_weekdays_and_days_add_up_to_the_centre(store: Store, site: Site) -> None:
    whole = rows(store, site, "2021-01-01", "2021-03-19", "site")["-"]
    for by in ("weekday", "day"):
        found = rows(store, site, "2021-01-01", "2021-03-19", by)  # type: ignore[arg-type]
        assert sum(row.rated or 0 for row in found.values()) == whole.rated
        assert sum(row.satisfied or 0 for row in found.values()) == whole.satisfied
        assert sum(row.served for row in found.values()) == whole.served


def test_days_on_which_few_desks_were_rated_wait_for_the_next(tmp_path: Path, site: Site) -> None:
    store = Store(tmp_path / "hub.sqlite", site.id, site.zone)
    write(store, "2021-01-04", 8, *(vote("2021-01-04", 8, 1, *place) for place in DESKS[:2]))
    publish(store, site, "2021-01-05")
    assert rows(store, site, "2021-01-01", "2021-01-04", "site")["-"].last == "2021-01-03"
    write(store, "2021-01-05", 8, *(vote("2021-01-05", 8, 1, *place) for place in DESKS[:3]))
    publish(store, site, "2021-01-06")
    assert rows(store, site, "2021-01-01", "2021-01-05", "site")["-"].rated == 5
    assert rows(store, site, "2021-01-05", "2021-01-05", "site")["-"].told == "not_yet"
    assert list(rows(store, site, "2021-01-04", "2021-01-05", "weekday")) == ["-"]
    store.close()


def test_published_by_the_day_or_all_at_once_it_is_the_same(tmp_path: Path, store: Store, site: Site) -> None:
    def told(book: Store) -> list[tuple[object, ...]]:
        return list(book.db.execute("SELECT * FROM published ORDER BY 1, 2, 3, 4"))

    daily = year(tmp_path, site, DAYS)
    for day in (f"2021-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in range(1, 29)):
        if day <= "2021-03-20":
            publish(daily, site, day)
    assert told(daily) == told(store)
    daily.close()


def test_a_service_that_moves_changes_nothing_that_was_told(tmp_path: Path, site: Site) -> None:
    moved = replace(site.services["tp-nop"], department="ct")
    elsewhere = replace(site, services={**site.services, "tp-nop": moved})
    book = year(tmp_path, site, DAYS)
    publish(book, site, "2021-02-01")
    before = list(book.db.execute("SELECT * FROM published"))
    publish(book, elsewhere, "2021-03-01")
    after = list(book.db.execute("SELECT * FROM published"))
    assert set(before) <= set(after)
    assert {row[0] for row in book.db.execute("SELECT department FROM published_places WHERE service = 'tp-nop'")} == {
        "tp"
    }
    book.close()
