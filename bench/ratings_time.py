"""Percentages and P90 of any period: a year with 1,000,000 ratings beside the published year with 11,744.

Both are written through the log, fact by fact, with its chain and its read models, and published by the hub's own
rules. The same days, desks and services in both; in the small one 67,669 visits, of which 11,744 rated, in the large
one every one of 1,000,000 visits. The questions are those of the pages: five periods by every grouping.
"""

import datetime
import random
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from bench.report import Figure
from bench.stand import SITE
from broker import facts as f
from broker.database import open_reader
from broker.figures import By, ratings, waits
from broker.model import Site
from broker.packed import unpacked
from broker.publishing import keep_packed, publish
from broker.rating_facts import Rated
from broker.reader import Reader
from broker.site_files import load_site
from broker.store import Store

SMALL, SMALL_VISITS, LARGE = 11_744, 67_669, 1_000_000
ROUNDS = 15
DAYS = [day for n in range(365) if (day := datetime.date(2021, 1, 1) + datetime.timedelta(n)).weekday() < 5]
PERIODS = [("2021-05-10", "2021-05-10"), ("2021-05-10", "2021-05-16"), ("2021-05-01", "2021-05-31"),
           ("2021-04-01", "2021-06-30"), ("2021-01-01", "2021-12-31")]  # fmt: skip
GROUPINGS: tuple[By, ...] = ("site", "department", "counter", "desk", "queue", "service", "hour", "weekday")


def run(say: Callable[[str], None]) -> list[Figure]:
    """Both times, and the one over the other."""
    site = load_site(SITE)
    with tempfile.TemporaryDirectory(prefix="goiso-bench-") as folder:
        small, large = Path(folder, "small.sqlite"), Path(folder, "large.sqlite")
        say(f"writing {SMALL_VISITS:,} visits with {SMALL:,} ratings")
        write(small, site, SMALL_VISITS, SMALL)
        say(f"writing {LARGE:,} visits with as many ratings, which takes a few minutes")
        began = time.monotonic()
        write(large, site, LARGE, LARGE)
        took = time.monotonic() - began
        with closing(open_reader(small)) as few, closing(open_reader(large)) as many:
            times = [(ask(few, site), ask(many, site)) for _ in range(ROUNDS)]
    one, million = (1000 * median(side) for side in zip(*times, strict=True))
    over = median(second / first for first, second in times)
    return [
        Figure(name="ratings_written_per_s", value=LARGE / took, unit="1/s"),
        Figure(name="time_11744_ms", value=one, unit="ms"),
        Figure(name="time_1m_ms", value=million, unit="ms"),
        Figure(name="time_1m_over_time_11744", value=over, at_most=1.2),
    ]


def ask(reader: Reader, site: Site) -> float:
    """Seconds for all questions: every period by every grouping, percentages and waits."""
    began = time.perf_counter()
    for start, end in PERIODS:
        for by in GROUPINGS:
            ratings(reader, site, start, end, by)
            waits(reader, site, start, end, by)
    return time.perf_counter() - began


def write(path: Path, site: Site, visits: int, rated: int) -> None:
    """A year of `visits`, of which `rated` voted, day by day through the log."""
    chance = random.Random(2021)
    store = Store(path, site.id, site.zone)
    votes = [True] * rated + [False] * (visits - rated)
    chance.shuffle(votes)
    places = _places(site)
    for n, day in enumerate(DAYS):
        with store.transaction() as transaction:
            transaction.turn_day(day.isoformat())
            for vote in votes[n :: len(DAYS)]:
                at, facts = _visit(site, day, vote, chance, places)
                transaction.append(f.Entry(str(uuid.UUID(int=chance.getrandbits(128))), day.isoformat(), at, facts))
    with store.transaction() as transaction:
        transaction.turn_day("2022-01-01")
    publish(store, site, "2022-01-01")
    while rows := unpacked(store.db, "2022-01-01"):
        keep_packed(store, rows)
    store.close()


def _places(site: Site) -> list[tuple[str, str, str, str]]:
    def all_places() -> Iterator[tuple[str, str, str, str]]:
        for desk in site.desks.values():
            for service in site.services.values():
                if service.queue in desk.skills:
                    yield desk.id, desk.counter, service.queue, service.id

    return list(all_places())


def _visit(
    site: Site, day: datetime.date, vote: bool, chance: random.Random, places: list[tuple[str, str, str, str]]
) -> tuple[int, tuple[f.AnyFact, ...]]:
    desk, counter, queue, service = chance.choice(places)
    hour = chance.choice((7, 7, 8, 8, 9, 9, 10, 13, 13, 14, 15, 16))
    start = datetime.datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(site.zone))
    at = int(start.timestamp() * 1000)
    place = {"ticket": "", "queue": queue, "service": service, "desk": desk, "counter": counter, "actor": "clerk"}
    wait_s, service_s = int(chance.lognormvariate(6.5, 0.8)), int(chance.lognormvariate(5.7, 0.7))
    facts: list[f.AnyFact] = [
        f.Called(**place, call_seq=1, first=True, wait_s=wait_s, reason="turn"),
        f.Served(**place, service_s=service_s, forgotten=False),
    ]
    if vote:
        facts.append(
            Rated(
                desk=desk,
                counter=counter,
                level=chance.choices((1, 2, 3, 4), (700, 289, 7, 4))[0],
                voucher=f"{chance.getrandbits(128):032x}",
                queue=queue,
                service=service,
                latency=1,
                hour=at,
            )
        )
    return at, tuple(facts)
