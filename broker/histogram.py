"""Histograms of seconds that merge: what a P90 over any period is read from.

A duration falls into one of about a hundred buckets; counts of days, queues or centres are added bucket by bucket, and
a percentile read from the sum is within 5 % of the true one, whatever the number of durations.

Rules: pure. Bucket numbers are stored in databases, so the table of edges below never changes. Whole limits that
managers ask for (`LIMITS`) are edges, so that "served within 15 minutes" is counted exactly.
"""

from bisect import bisect_right
from collections.abc import Mapping

LONGEST_S = 24 * 3600
"""A duration above this counts as this: a business day has no longer one."""

LIMITS = (60, 120, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200)
"""Seconds s for which `within` is exact."""


def _table() -> tuple[int, ...]:
    """Lower edges: a bucket spans at most a factor of 1.1, which bounds the error of its middle by 1/21."""
    edges, low = [], 0
    ends = iter((*(limit + 1 for limit in LIMITS), LONGEST_S + 1))
    end = next(ends)
    while low <= LONGEST_S:
        edges.append(low)
        low = min(low * 11 // 10 + 1, end)
        if low == end:
            end = next(ends, LONGEST_S + 1)
    return (*edges, LONGEST_S + 1)


_EDGES = _table()


def bucket_of(seconds: float) -> int:
    """The bucket of a duration in seconds; fractions are dropped. Raises ValueError when it is negative."""
    if seconds < 0:
        raise ValueError(f"a duration cannot be {seconds} s")
    return bisect_right(_EDGES, min(int(seconds), LONGEST_S)) - 1


def edges(bucket: int) -> tuple[int, int]:
    """The whole seconds of a bucket: from the first (included) to the second (excluded)."""
    return _EDGES[bucket], _EDGES[bucket + 1]


def middle(bucket: int) -> float:
    """The duration (s) that stands for a bucket: its relative distance to both ends is the same."""
    first, last = _EDGES[bucket], _EDGES[bucket + 1] - 1
    return 2 * first * last / (first + last) if first else 0.0


def percentile(counts: Mapping[int, int], q: float) -> float | None:
    """The duration (s) that a share `q` (0 to 1) of the counted ones does not exceed, within 5 %; None of nothing.

    The nearest-rank definition: the smallest observed duration with at least q of all at or below it.
    """
    if not 0 <= q <= 1:
        raise ValueError(f"a share lies between 0 and 1, not at {q}")
    total = sum(counts.values())
    passed = 0
    for bucket in sorted(counts):
        passed += counts[bucket]
        if passed and passed >= q * total:
            return middle(bucket)
    return None


def longest(counts: Mapping[int, int]) -> int | None:
    """What none of the counted durations exceeds (s): at most a tenth more than the longest; None of nothing."""
    return max((edges(bucket)[1] - 1 for bucket, n in counts.items() if n > 0), default=None)


def within(counts: Mapping[int, int], limit_s: int) -> int:
    """How many lasted at most `limit_s`, exactly. Raises ValueError unless it is one of `LIMITS`."""
    if limit_s not in LIMITS:
        raise ValueError(f"{limit_s} s is not an edge of the histogram")
    last = bucket_of(limit_s)
    return sum(n for bucket, n in counts.items() if bucket <= last)
