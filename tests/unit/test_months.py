"""Years are read from months: no day is lost or counted twice, whatever period is asked for."""

import datetime
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker import verify
from broker.database import open_reader
from broker.figures import waits
from broker.model import Site
from broker.spans import cut
from broker.store import Store
from tests.unit.test_figures import SITE_FOLDER, load_site, visit, write

DAYS = st.dates(datetime.date(2020, 12, 1), datetime.date(2021, 6, 30))
WORKED = [f"2021-{month:02d}-{day:02d}" for month in (1, 2, 3, 4) for day in (1, 4, 15, 28)]


@given(DAYS, st.integers(0, 200), DAYS | st.none())
def test_every_day_is_in_exactly_one_piece(first: datetime.date, days: int, open_day: datetime.date | None) -> None:
    last = first + datetime.timedelta(days=days)
    pieces = cut(first.isoformat(), last.isoformat(), open_day.isoformat() if open_day else "")
    found: list[str] = []
    for start, end in pieces.days:
        at = datetime.date.fromisoformat(start)
        while at.isoformat() <= end:
            found.append(at.isoformat())
            at += datetime.timedelta(days=1)
    if pieces.months:
        at = datetime.date.fromisoformat(f"{pieces.months[0]}-01")
        while at.isoformat()[:7] <= pieces.months[1]:
            found.append(at.isoformat())
            at += datetime.timedelta(days=1)
        assert open_day is not None
        assert pieces.months[1] < open_day.isoformat()[:7], "a month that is not over"
    wanted = [(first + datetime.timedelta(days=n)).isoformat() for n in range(days + 1)]
    assert sorted(found) == wanted


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(SITE_FOLDER)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Store]:
    store, chance = Store(tmp_path_factory.mktemp("months") / "hub.sqlite", site.id, site.zone), random.Random(3)
    for day in WORKED:
        with store.transaction() as transaction:
            transaction.turn_day(day)
        for place in (("q04a", "k", "tp-nop"), ("q01a", "a", "tnmt-nop"), ("q01b", "a", "tnmt-tra")):
            write(store, day, 8, *(fact for _ in range(2) for fact in visit(*place, wait_s=chance.randrange(3000))))
    write(store, WORKED[2], 9, *visit())  # reported late, after its month was over
    yield store
    store.close()


@settings(max_examples=40, deadline=None)
@given(DAYS, st.integers(0, 200))
def test_any_period_is_the_sum_of_its_days(store: Store, site: Site, first: datetime.date, days: int) -> None:
    start, end = first.isoformat(), (first + datetime.timedelta(days=days)).isoformat()
    single = [row for day in WORKED if start <= day <= end for row in waits(store.db, site, day, day, "queue")]
    for row in waits(store.db, site, start, end, "queue"):
        own = [each for each in single if each.key == row.key]
        assert row.served == sum(each.served for each in own)
        assert row.within_15_min == sum(each.within_15_min for each in own)
        assert row.service_sum_s == sum(each.service_sum_s for each in own)
    assert {row.key for row in single} == {row.key for row in waits(store.db, site, start, end, "queue")}


def test_a_month_that_is_not_the_sum_of_its_days_is_found_and_mended(tmp_path: Path, site: Site) -> None:
    path = tmp_path / "hub.sqlite"
    store = Store(path, site.id, site.zone)
    for day in ("2021-01-04", "2021-02-01"):
        with store.transaction() as transaction:
            transaction.turn_day(day)
        write(store, day, 8, *visit())
    store.db.execute("UPDATE monthly_closed SET n = n + 1 WHERE measure = 'served' AND dimension = 'desk'")
    store.close()
    with closing(open_reader(path)) as reader:
        assert any("monthly_closed is not the sum" in complaint for complaint in verify.check(reader).complaints)
    verify.rebuild(path)
    with closing(open_reader(path)) as reader:
        assert not any("monthly" in complaint for complaint in verify.check(reader).complaints)
        (row,) = waits(reader, site, "2021-01-01", "2021-01-31", "desk")
        assert row.served == 1
