"""How much of the time for which desks were open somebody was being served.

Rules: only the counts of days are read; both times are those of the log, where each thing a clerk does at a desk tells
how long it has been open since the one before: pauses are left out, and so is what comes after the last of them at a
desk that nobody closed. Days logged before this was kept say nothing.
"""

from collections import defaultdict
from typing import Literal

from msgspec import Struct

from broker import packed
from broker.reader import Reader


class Occupancy(Struct, frozen=True, kw_only=True):
    """How busy the desks of one key were: `busy_s` of the `open_s` seconds for which they were open, pauses left out.

    `busy_s` is the time from a call to the end of that service, calls that nobody answered left out. On `days` days
    somebody was called, and of `told` of them the log says for how long desks were open; the others are in neither sum.
    """

    busy_s: int = 0
    open_s: int = 0
    days: int = 0
    told: int = 0

    @property
    def percent(self) -> float | None:
        """Busy of open; None where nothing is known."""
        return 100 * self.busy_s / self.open_s if self.open_s else None


def occupancy(reader: Reader, start: str, end: str, by: Literal["site", "counter"]) -> dict[str, Occupancy]:
    """From day `start` to day `end`; the key of the whole centre is `-`."""
    found: defaultdict[str, Occupancy] = defaultdict(Occupancy)
    for _, keys in packed.days(reader, by, start, end):
        for key, counted in keys.items():
            found[key] = _joined(found[key], counted.totals)
    return dict(found)


def _joined(known: Occupancy, day: dict[str, int]) -> Occupancy:
    open_s = day.get("open_s", 0)
    return Occupancy(
        busy_s=known.busy_s + day.get("busy_s", 0),
        open_s=known.open_s + open_s,
        days=known.days + (day.get("called", 0) > 0),
        told=known.told + (day.get("called", 0) > 0 and open_s > 0),
    )
