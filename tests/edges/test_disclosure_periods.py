"""Half a year asked for by any period and grouping: what an attacker gets by adding and subtracting all the answers."""

import datetime
import itertools
import random
from collections.abc import Iterator

import pytest

from broker.figures import By, Ratings, ratings
from broker.model import Site
from broker.publishing import publish
from broker.site_files import load_site
from broker.store import Store
from tests.disclosure_attack import Atom, Counts, betrayed
from tests.unit.test_figures import SITE_FOLDER, vote, write

PLACES = {
    "q01a": [("a", "tnmt-nop"), ("a", "tnmt-tra")],
    "q01b": [("a", "tnmt-nop"), ("a", "tnmt-tra")],
    "q04a": [("k", "tp-nop")],
    "q04b": [("k", "tp-nop"), ("a", "tnmt-nop")],
    "q09": [("s", "ct-nop")],
}
BY: tuple[By, ...] = ("site", "department", "queue", "service", "counter", "desk", "hour", "weekday", "day")
LAST = datetime.date(2021, 6, 30)


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(SITE_FOLDER)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Store]:
    store, chance = Store(tmp_path_factory.mktemp("book") / "hub.sqlite", site.id, site.zone), random.Random(11)
    day = datetime.date(2021, 1, 4)
    while day <= LAST:
        for hour in (8, 14) if day.weekday() < 5 else (8,) if day.weekday() == 5 else ():
            at = [desk for desk in PLACES if day.weekday() < 5 or desk == "q01a"]
            votes = [
                vote(day.isoformat(), hour, 4 if chance.random() < 0.06 else 1, desk, *chance.choice(PLACES[desk]))
                for desk in at
                for _ in range(chance.choice((0, 1, 2)))
            ]
            write(store, day.isoformat(), hour, *votes)
        day += datetime.timedelta(days=1)
    publish(store, site, "2021-07-01")
    yield store
    store.close()


@pytest.fixture(scope="module")
def counts(store: Store, site: Site) -> Counts:
    rows = store.db.execute(
        "SELECT day, hour, desk, service, sum(n), sum(n * (bucket <= 2)) FROM tally WHERE measure = 'rating'"
        " GROUP BY 1, 2, 3, 4"
    )
    return {Atom(*place): (rated, satisfied) for *place, rated, satisfied in rows}


def periods() -> Iterator[tuple[str, str]]:
    """Every day by itself, every fortnight's beginning to every other one, and a few days more or less than all."""
    days = [(datetime.date(2021, 1, 1) + datetime.timedelta(days=n)).isoformat() for n in range(181)]
    yield from ((day, day) for day in days[::2])
    yield from itertools.combinations(days[::14], 2)
    yield from ((days[0], day) for day in days[::5])
    yield from ((day, days[-1]) for day in days[::5])
    yield from (("2021-01-01", end) for end in ("2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30", "2021-05-31"))


def meant(site: Site, by: By, row: Ratings, counts: Counts) -> frozenset[Atom]:
    """What a row is the sum of, as its own words say."""
    days = (atom for atom in counts if row.first <= atom.day <= row.last)
    return frozenset(atom for atom in days if by in ("site", "day") or _key(site, by, atom, row.key))


def _key(site: Site, by: By, atom: Atom, key: str) -> bool:
    service = site.services[atom.service]
    if by == "hour":
        return int(key[:2]) <= atom.hour <= int(key[-2:])
    if by == "weekday":
        weekday = datetime.date.fromisoformat(atom.day).isoweekday()
        return weekday == int(key) and weekday < 6 if key != "-" else False
    keys = {"department": service.department, "queue": service.queue, "service": service.id, "desk": atom.desk}
    return key == keys.get(by, site.desks[atom.desk].counter)


def test_all_answers_together_give_no_desk_away(store: Store, site: Site, counts: Counts) -> None:
    sums: dict[tuple[str, ...], frozenset[Atom]] = {}
    asked = 0
    for start, end in periods():
        for by in BY:
            asked += 1
            for row in ratings(store.db, site, start, end, by):
                if row.told != "exact" or (by == "weekday" and row.key in "16-"):
                    continue  # a Saturday's single desk joins Monday's sum: these two are no equations of weekdays
                if (by, row.key, row.first, row.last) in sums:
                    continue
                found = sums[by, row.key, row.first, row.last] = meant(site, by, row, counts)
                assert row.rated == sum(counts[atom][0] for atom in found), (by, row)
                assert row.satisfied == sum(counts[atom][1] for atom in found), (by, row)
    assert asked > 2_000
    assert len(sums) > 300
    assert betrayed(counts, set(sums.values()), list(PLACES)) == []


def test_the_week_of_a_desk_that_could_be_asked_for_once_would_be_found(
    store: Store, site: Site, counts: Counts
) -> None:
    sums = {meant(site, "site", row, counts) for row in ratings(store.db, site, "2021-03-01", "2021-03-31", "site")}
    week = frozenset(atom for atom in counts if atom.desk == "q09" and "2021-03-08" <= atom.day <= "2021-03-14")
    assert betrayed(counts, sums, ["q09"]) == []
    assert len(betrayed(counts, sums | {week}, ["q09"])) == 1
