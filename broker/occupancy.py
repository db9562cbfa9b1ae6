"""How much of the clerks' hours somebody was being served.

Rules: the hours are those of the centre's file, for each desk on the days on which it called anybody: a desk that
stayed closed is not idle.
"""

from collections import Counter

from broker import packed
from broker.model import Site
from broker.reader import Reader


def desk_days(reader: Reader, start: str, end: str) -> dict[str, int]:
    """On how many days from `start` to `end` each desk called somebody."""
    days: Counter[str] = Counter()
    for _, desks in packed.days(reader, "desk", start, end):
        days.update(desk for desk, counted in desks.items() if counted.totals.get("called", 0) > 0)
    return dict(days)


def occupancy(site: Site, service_s: int, days: int) -> float | None:
    """Percent: `service_s` seconds of service in so many desk-days of scheduled hours; None of no day."""
    hours_s = sum(end - start for start, end in site.hours.clerks) * 60 * days
    return min(100 * service_s / hours_s, 99.9) if hours_s else None
