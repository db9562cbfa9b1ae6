"""Were appointments kept, by citizens and by the centre? What a figure means is said on the fields of `Kept`.

Rules: only the counts of days are read; a day's missed ones are known when it is over.
"""

from msgspec import Struct

from broker import figures, histogram
from broker.grouping import By
from broker.model import Site
from broker.packed import Counts
from broker.reader import Reader


class Kept(Struct, frozen=True, kw_only=True):
    """The appointments of one key: `in_time` and `late` have checked in, for `missed` nobody came.

    `called` of those in time had their first call; from their slot to it took `mean_s` (exact; 0 for who was called
    before it), `p50_s` and `p90_s` (within 5 %), seconds, null of nobody.
    """

    key: str
    in_time: int
    late: int
    missed: int
    called: int
    mean_s: float | None = None
    p50_s: float | None = None
    p90_s: float | None = None

    @property
    def booked(self) -> int:
        """All of them."""
        return self.in_time + self.late + self.missed


def appointments(reader: Reader, site: Site, start: str, end: str, by: By) -> list[Kept]:
    """The appointments from day `start` to day `end`, one row per key that had any; `site` has always one.

    Raises ValueError when a day is not `YYYY-MM-DD`.
    """
    rows = [_row(key, counts) for key, counts in figures.counted(reader, site, start, end, by).items()]
    return [row for row in rows if row.booked or by == "site"]


def _row(key: str, counts: Counts) -> Kept:
    after = counts.histogram("after_slot")
    called = sum(after.values())
    return Kept(
        key=key,
        in_time=counts.total("appointment_kept"),
        late=counts.total("appointment_late"),
        missed=counts.total("appointment_missed"),
        called=called,
        mean_s=round(counts.total("after_slot_s") / called, 1) if called else None,
        p50_s=histogram.percentile(after, 0.5),
        p90_s=histogram.percentile(after, 0.9),
    )
