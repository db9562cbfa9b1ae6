"""Figures of a period, read from a real database that a few facts were written to."""

import datetime
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from broker import facts as f
from broker import rating_facts as r
from broker.figures import ratings, waits
from broker.foretold import Foretold
from broker.grouping import NO_DEPARTMENT
from broker.model import Site
from broker.publishing import publish
from broker.site_files import load_site
from broker.store import Store

SITE_FOLDER = Path(__file__).parents[2] / "firmware_configs" / "site" / "ca-mau"
MONDAY, TUESDAY = "2021-01-04", "2021-01-05"


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(SITE_FOLDER)


@pytest.fixture
def store(tmp_path: Path, site: Site) -> Iterator[Store]:
    store = Store(tmp_path / "hub.sqlite", site.id, site.zone)
    yield store
    store.close()


def moment(day: str, hour: int) -> int:
    zone = datetime.timezone(datetime.timedelta(hours=7))
    start = datetime.datetime.fromisoformat(day).replace(tzinfo=zone)
    return int((start + datetime.timedelta(hours=hour)).timestamp() * 1000)


def write(store: Store, day: str, hour: int, *facts: f.AnyFact) -> None:
    with store.transaction() as transaction:
        transaction.append(f.Entry(str(uuid.uuid4()), day, moment(day, hour), facts))


def visit(desk: str = "q04a", queue: str = "k", service: str = "tp-nop", wait_s: int = 600) -> tuple[f.AnyFact, ...]:
    ticket = str(uuid.uuid4())
    place = {"desk": desk, "counter": desk[:3], "actor": "clerk", "ticket": ticket, "queue": queue, "service": service}
    return (
        f.Called(**place, call_seq=1, first=True, wait_s=wait_s, reason="turn"),
        f.Served(**place, service_s=300, forgotten=False),
    )


def vote(
    day: str, hour: int, level: int, desk: str = "q04a", queue: str = "k", service: str = "tp-nop", replaces: int = 0
) -> r.Rated:
    return r.Rated(
        desk=desk,
        counter=desk[:3],
        level=level,
        voucher=uuid.uuid4().hex,
        queue=queue,
        service=service,
        latency=1,
        hour=moment(day, hour),
        replaces=replaces,
    )


def test_an_empty_period_has_one_row_that_claims_nothing(store: Store, site: Site) -> None:
    (row,) = ratings(store.db, site, MONDAY, TUESDAY, "site")
    assert (row.told, row.rated, row.served, row.percent) == ("not_yet", None, 0, None)
    publish(store, site, "2021-01-06")
    (row,) = ratings(store.db, site, MONDAY, TUESDAY, "site")
    assert (row.rated, row.served, row.percent, row.wilson_low, row.wilson_high) == (0, 0, None, 0, 100)
    assert (row.first, row.last) == (MONDAY, TUESDAY)
    (row,) = waits(store.db, site, MONDAY, TUESDAY, "site")
    assert (row.served, row.mean_s, row.p90_s) == (0, None, None)


def test_every_promise_on_paper_is_scored(store: Store, site: Site) -> None:
    for wait_s in (300, 1200, 1500, 2400):
        called, served = visit(wait_s=wait_s)
        write(store, MONDAY, 8, replace(called, low_s=900, high_s=1500), served)
    write(store, MONDAY, 8, *visit())
    (row,) = waits(store.db, site, MONDAY, MONDAY, "queue")
    assert (row.waited, row.promised) == (5, 4)
    assert (row.promise_kept, row.promise_early, row.promise_late) == (2, 1, 1)
    assert (row.promise_width_s, row.promise_error_s) == (600, 600)


def test_every_forecast_is_scored_before_it_is_rounded(store: Store, site: Site) -> None:
    for worked_s in (899, 900, 1499, 1500):
        called, served = visit()
        write(store, MONDAY, 8, replace(called, foretold=Foretold(900, 1200, 1500, worked_s)), served)
    write(store, MONDAY, 8, *visit())
    (row,) = waits(store.db, site, MONDAY, MONDAY, "queue")
    assert (row.waited, row.foretold) == (5, 4)
    assert (row.foretold_kept, row.foretold_early, row.foretold_late) == (2, 1, 1)
    assert (row.foretold_width_s, row.foretold_error_s) == (600, 300)


def test_every_slice_adds_up_to_the_same_total(store: Store, site: Site) -> None:
    for day, hour, level, desk, queue, service in [
        (MONDAY, 8, 1, "q04a", "k", "tp-nop"),
        (MONDAY, 9, 2, "q04b", "k", "tp-tra"),
        (TUESDAY, 8, 3, "q01a", "a", "tnmt-nop"),
        (TUESDAY, 15, 4, "p01a", "f", "fee"),
    ]:
        write(store, day, hour, *visit(desk, queue, service), vote(day, hour, level, desk, queue, service))
    for by in ("site", "department", "queue", "service", "counter", "desk", "hour", "weekday", "day"):
        rows = waits(store.db, site, MONDAY, TUESDAY, by)  # type: ignore[arg-type]
        assert sum(row.served for row in rows) == 4, by
        assert sum(row.called for row in rows) == 4, by
    publish(store, site, "2021-01-06")
    for by in ("site", "department", "queue", "service", "counter", "desk", "hour", "weekday", "day"):
        rated = ratings(store.db, site, MONDAY, TUESDAY, by)  # type: ignore[arg-type]
        assert sum(row.served for row in rated) == 4, by


def test_a_period_has_both_its_ends_and_nothing_else(store: Store, site: Site) -> None:
    for day in ("2021-01-03", MONDAY, TUESDAY, "2021-01-06"):
        write(store, day, 8, *visit())
    assert waits(store.db, site, MONDAY, TUESDAY, "site")[0].served == 2


def test_fee_and_post_belong_to_no_department(store: Store, site: Site) -> None:
    write(store, MONDAY, 8, *visit(), *visit("p04", "w", "adv"))
    rows = waits(store.db, site, MONDAY, MONDAY, "department")
    assert [(row.key, row.served) for row in rows] == [("tp", 1), (NO_DEPARTMENT, 1)]


def test_weekdays_are_counted_from_monday_as_1(store: Store, site: Site) -> None:
    for day in (MONDAY, TUESDAY, "2021-01-11"):
        write(store, day, 8, *visit())
    rows = waits(store.db, site, MONDAY, "2021-01-31", "weekday")
    assert [(row.key, row.served) for row in rows] == [("1", 2), ("2", 1)]


def test_rows_come_in_the_order_of_the_centre_s_own_list(store: Store, site: Site) -> None:
    write(store, MONDAY, 8, *visit("q04a", "k", "tp-nop"), *visit("q01a", "a", "tnmt-nop"))
    write(store, MONDAY, 10, *visit("q19", "c", "ngv-nop"))
    assert [row.key for row in waits(store.db, site, MONDAY, MONDAY, "department")] == ["tnmt", "tp", "ngv"]
    assert [row.key for row in waits(store.db, site, MONDAY, MONDAY, "hour")] == ["08", "10"]


def test_a_corrected_vote_counts_once_with_its_last_level(store: Store, site: Site) -> None:
    write(store, MONDAY, 8, *visit(), vote(MONDAY, 8, 4))
    write(store, MONDAY, 8, vote(MONDAY, 8, 1, replaces=4))
    write(store, MONDAY, 8, vote(MONDAY, 8, 4, "q01a", "a", "tnmt-nop"), vote(MONDAY, 8, 1, "p01a", "f", "fee"))
    publish(store, site, TUESDAY)
    (row,) = ratings(store.db, site, MONDAY, MONDAY, "site")
    assert (row.satisfied, row.rated) == (2, 3)


def test_waits_are_exact_where_they_say_so(store: Store, site: Site) -> None:
    for wait_s in (0, 900, 901, 1800, 1801):
        write(store, MONDAY, 8, *visit(wait_s=wait_s))
    (row,) = waits(store.db, site, MONDAY, MONDAY, "site")
    assert (row.waited, row.within_15_min, row.within_30_min, row.mean_s) == (5, 2, 4, 1080.4)
    assert row.p50_s == pytest.approx(901, rel=0.05)


def test_a_day_that_is_none_is_refused_before_the_database_is_asked(store: Store, site: Site) -> None:
    with pytest.raises(ValueError, match="isoformat"):
        ratings(store.db, site, "yesterday", TUESDAY, "site")
