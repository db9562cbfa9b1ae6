"""At which hours of which weekdays people wait.

Rules: means are exact; the hour is that of the first call; only the packed counts are read.
"""

import datetime
from collections import Counter

from broker import packed
from broker.reader import Reader


def mean_waits(reader: Reader, start: str, end: str) -> dict[tuple[str, str], tuple[float, int]]:
    """(Weekday `1` to `7`, hour `00` to `23`) → mean wait in seconds, and of how many calls."""
    calls: Counter[tuple[str, str]] = Counter()
    total_s: Counter[tuple[str, str]] = Counter()
    for day, hours in packed.days(reader, "hour", start, end):
        weekday = str(datetime.date.fromisoformat(day).isoweekday())
        for hour, counted in hours.items():
            calls[weekday, hour] += counted.totals.get("wait", 0)
            total_s[weekday, hour] += counted.totals.get("wait_s", 0)
    return {place: (total_s[place] / n, n) for place, n in calls.items() if n}
