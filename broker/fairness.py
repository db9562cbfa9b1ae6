"""Is the calling fair? Why visits were called in a period, who was passed over, and how long each class waited.

What a figure means is said once, on the fields of `Fairness` and `ClassWaits`. The reasons are those that
`scheduling.why` gave each call.

Rules: only the counts of days are read; what undo took back is in none of them.
"""

from collections.abc import Mapping
from typing import get_args

from msgspec import Struct

from broker import figures, histogram
from broker.facts import CallWhy
from broker.grouping import By
from broker.model import Site
from broker.packed import Counts
from broker.reader import Reader

REASONS: tuple[CallWhy, ...] = tuple(why for why in get_args(CallWhy) if why)


class ClassWaits(Struct, frozen=True, kw_only=True):
    """How long one class of visits waited from issue to first call: `waited` of them, times in seconds, null of nobody.

    `mean_s` is exact, `p50_s` and `p90_s` within 5 %; none waited longer than `longest_s`, and one nearly so long: it
    is the upper end of the longest bucket, at most a tenth above the longest wait.
    """

    waited: int
    mean_s: float | None = None
    p50_s: float | None = None
    p90_s: float | None = None
    longest_s: int | None = None


class Fairness(Struct, frozen=True, kw_only=True):
    """The calls of one key (recalls not counted), and why each was made.

    `called` calls, `explained` of them with a reason: those in logs from before reasons were kept have none. `calls`
    (in the order of `REASONS`) how many of the explained had each reason, `passed` how many people who had come before
    to the same queue, and might have been called, were passed over by them. `helped` of the explained were called by a
    desk of other queues, after the time from which desks help. `ordinary` and `priority` are the two classes;
    unexplained calls are counted as ordinary.
    """

    key: str
    called: int
    explained: int
    calls: dict[str, int]
    passed: dict[str, int]
    helped: int
    ordinary: ClassWaits
    priority: ClassWaits

    def passed_per_100(self, *reasons: str) -> float | None:
        """People passed over in a hundred explained calls, for some reasons or for all; None of no call."""
        n = sum(self.passed.get(why, 0) for why in reasons or REASONS)
        return 100 * n / self.explained if self.explained else None


def fairness(reader: Reader, site: Site, start: str, end: str, by: By) -> list[Fairness]:
    """The calls from day `start` to day `end`, one row per key; `site` has always one. Raises ValueError."""
    return [_row(key, counts) for key, counts in figures.counted(reader, site, start, end, by).items()]


def _row(key: str, counts: Counts) -> Fairness:
    calls, passed = _by_reason(counts, "why"), _by_reason(counts, "overtake")
    of_all, of_priority = counts.histogram("wait"), counts.histogram("wait_priority")
    of_others = {bucket: n - of_priority.get(bucket, 0) for bucket, n in of_all.items()}
    priority_s = counts.total("wait_priority_s")
    return Fairness(
        key=key,
        called=counts.total("called"),
        explained=sum(calls.values()),
        calls=calls,
        passed=passed,
        helped=counts.total("helped"),
        ordinary=_class(of_others, counts.total("wait_s") - priority_s),
        priority=_class(of_priority, priority_s),
    )


def _by_reason(counts: Counts, measure: str) -> dict[str, int]:
    return {why: n for why in REASONS if (n := counts.total(f"{measure}_{why}"))}


def _class(waits: Mapping[int, int], total_s: int) -> ClassWaits:
    waited = sum(waits.values())
    return ClassWaits(
        waited=waited,
        mean_s=round(total_s / waited, 1) if waited else None,
        p50_s=histogram.percentile(waits, 0.5),
        p90_s=histogram.percentile(waits, 0.9),
        longest_s=histogram.longest(waits),
    )
