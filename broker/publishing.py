"""The sums of ratings that are published: worked out from the counts when days are over, kept in a table of their own.

What is told when is the business of `disclosure`; here it is fed with the finished days, and what it tells is written
down once. A database from before gets all its years at the first time.

Rules: only what is finished is looked at; what was published is never changed, whatever the site's files say later.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from broker import published
from broker.disclosure import CENTRE, Cell, Place, Told, Vote, of_days, of_months
from broker.grouping import NO_DEPARTMENT
from broker.model import Site
from broker.reader import Reader
from broker.store import Store

_VOTES_SQL = """
    SELECT day, hour, desk, service, min(queue), min(counter), sum(n), sum(CASE WHEN bucket IN ({}) THEN n ELSE 0 END)
    FROM tally WHERE day > ? AND day < ? AND measure = 'rating' GROUP BY 1, 2, 3, 4 HAVING sum(n) > 0"""


class Batch(Struct, frozen=True):
    """What is new of all days before `before`: rows of the tables `published` and `published_places`."""

    before: str
    told: Sequence[Told]
    places: Sequence[tuple[str, str, str, str, str, str]]


def publish(store: Store, site: Site, before: str) -> None:
    """Publish what the days before `before` allow."""
    keep(store, work_out(store.db, site, before))


def work_out(reader: Reader, site: Site, before: str) -> Batch:
    """What is to be published of the days before `before` and was not yet. A year takes about a second."""
    since = published.until(reader)
    if before <= since:
        return Batch(since, [], [])
    first = published.value(reader, "SELECT min(day) FROM tally WHERE measure = 'rating'") or before
    told: list[Told] = []
    places: list[tuple[str, str, str, str, str, str]] = []
    for year in range(int(max(since, first)[:4]), int(before[:4]) + 1):
        start, end = max(since, f"{year}-01-01"), min(before, f"{year + 1}-01-01")
        if start[:7] < end[:7]:
            months = list(_votes(reader, site, f"{year - 1}-12-31", f"{end[:7]}-01"))
            here = _places(reader, site, str(year), months)
            places += [(str(year), *place, *cells) for place, cells in here.items()]
            blocks = of_months((vote for vote, _ in months), {place: _cells(place, here[place]) for place in here})
            told += [each for each in blocks if each.last[:7] >= start[:7]]
        last = max((each.last for each in told if each.cell == CENTRE), default=published.last_of_centre(reader))
        recent = _votes(reader, site, max(last, f"{year - 1}-12-31"), end)
        told += of_days(vote for vote, _ in recent)
    return Batch(before, told, places)


def keep(store: Store, batch: Batch) -> None:
    """Write it down, all or nothing."""
    rows = [(*each.cell, each.first, each.last, each.rated, each.satisfied) for each in batch.told]
    with store.transaction() as transaction:
        transaction.execute("INSERT OR IGNORE INTO published VALUES (?,?,?,?,?,?)", rows)
        transaction.execute("INSERT OR IGNORE INTO published_places VALUES (?,?,?,?,?,?)", batch.places)
        transaction.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?,?)", [(published.UNTIL, batch.before)])


def keep_packed(store: Store, rows: Iterable[tuple[str, str, bytes]]) -> None:
    """Write down what `packed.unpacked` gave."""
    with store.transaction() as transaction:
        transaction.execute("INSERT OR REPLACE INTO packed_days VALUES (?,?,?)", rows)


def _votes(reader: Reader, site: Site, after: str, before: str) -> Iterator[tuple[Vote, tuple[str, str]]]:
    """The votes of the days between two days, and each one's queue and counter."""
    sql = _VOTES_SQL.format(",".join("?" * len(site.satisfied)))
    rows: Iterable[Any] = reader.execute(sql, (*site.satisfied, after, before))
    for day, hour, desk, service, queue, counter, rated, satisfied in rows:
        yield Vote(day, hour, desk, service, rated, satisfied), (queue, counter)


def _places(
    reader: Reader, site: Site, year: str, votes: Iterable[tuple[Vote, tuple[str, str]]]
) -> dict[Place, tuple[str, str, str]]:
    """Department, queue and counter of every desk's service in `year`: what was kept first, else as it is now."""
    sql = "SELECT desk, service, department, queue, counter FROM published_places WHERE year = ?"
    places = {(desk, service): tuple(cells) for desk, service, *cells in reader.execute(sql, (year,))}
    for vote, (queue, counter) in votes:
        service = site.services.get(vote.service)
        department = service.department if service and service.department else NO_DEPARTMENT
        places.setdefault((vote.desk, vote.service), (department, queue, counter))
    return places


def _cells(place: Place, cells: tuple[str, str, str]) -> tuple[Cell, ...]:
    desk, service = place
    dimensions = ("department", "queue", "counter", "desk", "service")
    return tuple(zip(dimensions, (*cells, desk, service), strict=True))
