"""What was counted, in a form that is added quickly: a histogram is one whole number with 32 bits for each bucket.

A day of one dimension is one row of `packed_days`; what has none, such as the open day, is read from `daily`, with the
same result. So a year of a million visits is read as fast as one of ten thousand.

Rules: reads only; ratings are not in here: of them only `published` may speak.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from broker.reader import Reader

DIMENSIONS = ("site", "queue", "service", "counter", "desk", "hour")
HISTOGRAMS = ("wait", "service", "wait_priority", "after_slot")
"""The measures whose buckets are asked for; of all others the sum."""
AT_ONCE = 30
"""So many days are packed in one transaction: a moment of the hub's writer."""
_BITS = 32
_DAY = datetime.timedelta(days=1)


class Packed(Struct, frozen=True, array_like=True):
    """What was counted of one key on one day: the sum of each measure, and each of `HISTOGRAMS` as a number."""

    totals: dict[str, int]
    histograms: tuple[bytes, ...]


class Counts:
    """What was counted of one key: per measure a sum, and for `HISTOGRAMS` a number per bucket."""

    def __init__(self) -> None:
        self._totals: dict[str, int] = {}
        self._histograms = dict.fromkeys(HISTOGRAMS, 0)

    def add(self, measure: str, bucket: int, n: int) -> None:
        """Count `n` more."""
        self._totals[measure] = self._totals.get(measure, 0) + n
        if measure in self._histograms:
            self._histograms[measure] += n << _BITS * bucket

    def join(self, packed: Packed) -> None:
        """Count what a day counted."""
        totals = self._totals
        for measure, n in packed.totals.items():
            totals[measure] = totals.get(measure, 0) + n
        for measure, number in zip(HISTOGRAMS, packed.histograms, strict=True):
            self._histograms[measure] += int.from_bytes(number, "little", signed=True)

    def packed(self) -> Packed:
        """All of it, to be kept."""
        numbers = tuple(
            number.to_bytes(number.bit_length() // 8 + 1, "little", signed=True) for number in self._histograms.values()
        )
        return Packed({measure: n for measure, n in self._totals.items() if n}, numbers)

    def total(self, measure: str) -> int:
        """The number over all buckets."""
        return self._totals.get(measure, 0)

    def histogram(self, measure: str) -> Mapping[int, int]:
        """The numbers per bucket, of one of `HISTOGRAMS`."""
        rest, found, bucket = max(self._histograms[measure], 0), {}, 0
        while rest:
            if n := rest & (1 << _BITS) - 1:
                found[bucket] = n
            rest >>= _BITS
            bucket += 1
        return found


_Keys = dict[str, Packed]
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Keys).decode


def days(reader: Reader, dimension: str, start: str, end: str) -> Iterator[tuple[str, Mapping[str, Packed]]]:
    """Day by day what was counted of every key; days without anything may be left out."""
    kept = []
    for day, body in reader.execute(
        "SELECT day, body FROM packed_days WHERE dimension = ? AND day BETWEEN ? AND ? ORDER BY day",
        (dimension, start, end),
    ):
        kept.append(day)
        yield day, _decode(body)
    for first, last in _gaps(kept, start, end):
        yield from _counted(reader, dimension, first, last).items()


def unpacked(reader: Reader, before: str) -> list[tuple[str, str, bytes]]:
    """Rows of `packed_days` for the first few closed days before `before` that have none."""
    have = set(reader.execute("SELECT dimension, day FROM packed_days"))
    first = next(iter(reader.execute("SELECT min(day) FROM daily_closed WHERE dimension = 'site'")))[0] or before
    rows: list[tuple[str, str, bytes]] = []
    for day in _calendar(first, before):
        rows += [
            (dimension, day, _encode(_counted(reader, dimension, day, day).get(day, {})))
            for dimension in DIMENSIONS
            if (dimension, day) not in have
        ]
        if len(rows) >= AT_ONCE * len(DIMENSIONS):
            break
    return rows


def wrong(reader: Reader) -> Iterator[tuple[str, str]]:
    """Dimension and day of each row of `packed_days` that is not what `daily` says."""
    for dimension, day, body in list(reader.execute("SELECT dimension, day, body FROM packed_days")):
        if _decode(body) != _counted(reader, dimension, day, day).get(day, {}):
            yield dimension, day


def _counted(reader: Reader, dimension: str, first: str, last: str) -> dict[str, _Keys]:
    found: defaultdict[str, defaultdict[str, Counts]] = defaultdict(lambda: defaultdict(Counts))
    for day, key, measure, bucket, n in reader.execute(
        "SELECT day, key, measure, bucket, n FROM daily"
        " WHERE dimension = ? AND day BETWEEN ? AND ? AND measure NOT LIKE 'rating%'",
        (dimension, first, last),
    ):
        found[day][key].add(measure, bucket, n)
    return {day: {key: counts.packed() for key, counts in keys.items()} for day, keys in found.items()}


def _gaps(kept: Iterable[str], start: str, end: str) -> Iterator[tuple[str, str]]:
    """The first and last day of each stretch of the period without any of the days `kept`, which are in order."""
    for day in kept:
        if start < day:
            yield start, _moved(day, -_DAY)
        start = _moved(day, _DAY)
    if start <= end:
        yield start, end


def _calendar(first: str, before: str) -> Iterator[str]:
    while first < before:
        yield first
        first = _moved(first, _DAY)


def _moved(day: str, by: datetime.timedelta) -> str:
    return (datetime.date.fromisoformat(day) + by).isoformat()
