"""`goiso verify`: is the log whole, does it hold what must hold, and do the counts agree with it?

Rules: reads only (unless told to rebuild); names the first bad fact; never stops at a doubt, but says it.
"""

import argparse
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from broker import facts as f
from broker import packed
from broker.appointment_watch import Come
from broker.chain import GENESIS, Row, seal
from broker.database import StoreError, open_reader, open_writer
from broker.invariants import Watch
from broker.local_calendar import LocalCalendar
from broker.reader import one_moment
from broker.store import DAILY_SQL, TALLY_SQL
from broker.tallies import DailyKey, Sums, TallyKey

OK, BAD, UNUSABLE = 0, 1, 2
T = TypeVar("T", bound=tuple[object, ...])


class Verdict(msgspec.Struct):
    """What the check found."""

    facts: int = 0
    first_bad: int | None = None
    complaints: list[str] = msgspec.field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything holds."""
        return not self.complaints


def check(db: sqlite3.Connection) -> Verdict:
    """Walk the whole log once: chain, invariants, read models. A hub may go on working on it."""
    with one_moment(db):
        return _check(db)


def _check(db: sqlite3.Connection) -> Verdict:
    verdict = Verdict()
    zone = db.execute("SELECT value FROM meta WHERE key = 'zone'").fetchone()
    sums, watch = Sums(LocalCalendar(zone[0] if zone else "Asia/Ho_Chi_Minh")), Watch()
    for seq, complaint in _walk(db, sums, watch, verdict):
        if verdict.first_bad is None:
            verdict.first_bad = seq
        verdict.complaints.append(f"seq {seq}: {complaint}")
        if len(verdict.complaints) >= 20:
            verdict.complaints.append("... and perhaps more; the walk ended here")
            return verdict
    verdict.complaints += watch.at_end()
    verdict.complaints += _numbers(db, watch)
    verdict.complaints += islice(watch.appointments.beside(_come(db)), 3)
    verdict.complaints += _differences("tally", _stored_tally(db), sums.tally)
    verdict.complaints += _differences("daily", _stored_daily(db), sums.daily())
    verdict.complaints += _packed(db)
    return verdict


def _walk(db: sqlite3.Connection, sums: Sums, watch: Watch, verdict: Verdict) -> Iterator[tuple[int, str]]:
    previous, expected = GENESIS, 1
    broken = False
    for *cells, stored in db.execute("SELECT seq, id, site, day, at, kind, body, hash FROM facts ORDER BY seq"):
        row = Row(*cells)
        verdict.facts += 1
        if row.seq != expected:
            yield expected, f"missing; the next row is {row.seq}"
            broken = True
        expected = row.seq + 1
        if not broken and seal(previous, row) != stored:
            yield row.seq, "the row is not what was sealed: it was changed, or one before it was"
            broken = True
        previous = stored
        try:
            fact = f.decode(row.body)
        except msgspec.DecodeError as error:
            yield row.seq, f"unreadable: {error}"
            continue
        if f.kind(fact) != row.kind:
            yield row.seq, f"kind says {row.kind}, the body {f.kind(fact)}"
        sums.add(fact, row.at)
        for complaint in watch.see(row, fact):
            yield row.seq, complaint


def _numbers(db: sqlite3.Connection, watch: Watch) -> Iterator[str]:
    stored = {(day, series, n): fact for day, series, n, fact in db.execute("SELECT day, series, n, fact FROM numbers")}
    if stored != watch.numbers:
        odd = sorted(stored.items() ^ watch.numbers.items())[:3]
        yield f"table numbers does not agree with the log, for example {odd}"


def _come(db: sqlite3.Connection) -> list[Come]:
    return [(*row,) for row in db.execute("SELECT service, slot, ticket FROM appointments WHERE ticket != ''")]


def _stored_tally(db: sqlite3.Connection) -> Counter[TallyKey]:
    rows = db.execute("SELECT day, hour, queue, service, counter, desk, measure, bucket, n FROM tally")
    return Counter({tuple(key): n for *key, n in rows})


def _stored_daily(db: sqlite3.Connection) -> Counter[DailyKey]:
    rows = db.execute("SELECT dimension, day, key, measure, bucket, sum(n) FROM daily GROUP BY 1, 2, 3, 4, 5")
    return Counter({tuple(key): n for *key, n in rows})


def _differences(name: str, stored: Counter[T], counted: Counter[T]) -> Iterator[str]:
    wrong = [key for key in stored.keys() | counted.keys() if stored.get(key, 0) != counted.get(key, 0)]
    for key in sorted(wrong, key=repr)[:3]:
        yield f"table {name} says {stored.get(key, 0)} for {key}, the log {counted.get(key, 0)}; mend it with --rebuild"


def _packed(db: sqlite3.Connection) -> Iterator[str]:
    """Where a packed day is not what was counted on it."""
    for dimension, day in islice(packed.wrong(db), 3):
        yield f"packed_days is not what daily says for {(dimension, day)}; mend it with --rebuild"


def rebuild(path: Path) -> None:
    """Make every read model anew from the log. Raises StoreError while a hub runs."""
    with open_writer(path) as db:
        zone = db.execute("SELECT value FROM meta WHERE key = 'zone'").fetchone()[0]
        open_day = db.execute("SELECT value FROM meta WHERE key = 'day'").fetchone()[0]
        sums = Sums(LocalCalendar(zone))
        numbers = []
        for seq, day, at, body in db.execute("SELECT seq, day, at, body FROM facts ORDER BY seq"):
            fact = f.decode(body)
            sums.add(fact, at)
            if isinstance(fact, f.Issued):
                numbers.append((day, fact.queue, fact.n, seq))
        db.execute("BEGIN IMMEDIATE")
        for table in ("tally", "daily_closed", "packed_days", "numbers"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608  # because the names stand right above
        db.executemany("INSERT INTO numbers (day, series, n, fact) VALUES (?,?,?,?)", numbers)
        db.executemany(TALLY_SQL, ((*key, n) for key, n in sums.tally.items()))
        db.executemany(DAILY_SQL, ((*key, n) for key, n in sums.daily(besides=(open_day,)).items()))
        db.execute("COMMIT")


def main(argv: list[str] | None = None) -> int:
    """Check a hub's data: 0 whole, 1 something is wrong (named), 2 no data."""
    parser = argparse.ArgumentParser(prog="goiso verify", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the hub's data directory")
    parser.add_argument("--rebuild", action="store_true", help="first make every read model anew from the log")
    arguments = parser.parse_args(argv)
    path = arguments.data / "hub.sqlite"
    try:
        if arguments.rebuild:
            rebuild(path)
        with closing(open_reader(path)) as db:
            verdict = check(db)
    except (StoreError, sqlite3.DatabaseError) as error:
        sys.stderr.write(f"goiso verify: {error}\n")
        return UNUSABLE
    for complaint in verdict.complaints:
        sys.stdout.write(f"BAD {complaint}\n")
    if verdict.sound:
        sys.stdout.write(f"OK {verdict.facts} facts: the chain, the invariants and the counts hold\n")
        return OK
    return BAD


if __name__ == "__main__":
    sys.exit(main())
