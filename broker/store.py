"""The hub's database: the log, and the counts that are written with it.

Rules: the only file that writes `hub.sqlite`; one writer; facts and what they count go to disk in one transaction, and
nothing is acknowledged before `Transaction.commit` has returned. A second process on the same database is refused.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from broker import facts as f
from broker.chain import GENESIS, Row, seal
from broker.database import StoreError, connect, lock, migrate
from broker.local_calendar import LocalCalendar
from broker.rating_facts import RATING_FACTS
from broker.tallies import Sums

TALLY_SQL = """
    INSERT INTO tally (day, hour, queue, service, counter, desk, measure, bucket, n) VALUES (?,?,?,?,?,?,?,?,?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n"""
DAILY_SQL = """
    INSERT INTO daily_closed (dimension, day, key, measure, bucket, n) VALUES (?,?,?,?,?,?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n"""

KEEP_IDS_SQL = "INSERT INTO inbox (id, fact) SELECT id, fact FROM replies WHERE day < ? ORDER BY id"
FOLD_SQL = """
    INSERT INTO daily_closed (dimension, day, key, measure, bucket, n)
    SELECT dimension, day, key, measure, bucket, sum(n) FROM daily WHERE day = ? GROUP BY 1, 2, 3, 4, 5"""


class Transaction:
    """One group commit: everything in it becomes durable together, or none of it."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._db = store.db
        self._seq, self._hash = store.head
        self._sums = Sums(store.calendar)
        self._facts: list[tuple[Any, ...]] = []
        self._replies: dict[str, tuple[str, bytes, int | None]] = {}
        self._numbers: list[tuple[Any, ...]] = []
        self._journals: dict[tuple[str, str], int] = {}
        self._groups: Counter[tuple[str, str]] = Counter()
        self._closed: list[str] = []
        self._open_day = store.open_day

    def __enter__(self) -> "Transaction":
        self._db.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._roll_back()
            return
        try:
            self._commit()
        except BaseException:
            self._roll_back()  # left open, it would stand in the way of every later one
            raise
        self._store.head = self._seq, self._hash
        self._store.committed(self._replies, self._open_day)

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def reply(self, request: str) -> tuple[bool, bytes | None]:
        """Whether the request was carried out before, and its first answer where that is still kept."""
        if request in self._replies:
            return True, self._replies[request][1]
        n = self._store.recent.get(request)
        if n is not None:
            return True, self._db.execute("SELECT body FROM replies WHERE n = ?", (n,)).fetchone()[0]
        return self._db.execute("SELECT 1 FROM inbox WHERE id = ?", (request,)).fetchone() is not None, None

    def append(self, entry: f.Entry) -> int:
        """Put one command's facts at the end of the log; gives the place of the first."""
        first = self._seq + 1
        for fact in entry.facts:
            self._seq += 1
            at = self._store.calendar.hour_start(entry.at) if isinstance(fact, RATING_FACTS) else entry.at
            body = f.encode(fact).decode()
            row = Row(self._seq, entry.id, self._store.site, entry.day, at, f.kind(fact), body)
            self._hash = seal(self._hash, row)
            self._facts.append((*row, self._hash))
            self._sums.add(fact, at)
            if isinstance(fact, f.Issued):
                self._numbers.append((entry.day, fact.queue, fact.n, self._seq))
        return first

    def remember(self, request: str, day: str, first_fact: int | None, reply: bytes) -> None:
        """Keep a request's id for ever and its answer for a while."""
        self._replies[request] = (day, reply, first_fact)

    def advance(self, device: str, epoch: str, upto: int) -> None:
        """The device's journal is here up to `upto`, without a hole."""
        self._journals[device, epoch] = upto

    def turn_day(self, day: str) -> None:
        """`day` is open from now on; the day before is folded into the coarse counts."""
        if self._open_day:
            self._closed.append(self._open_day)
        self._open_day = day

    def count_group(self, day: str, group: str, n: int = 1) -> None:
        """So many more visits of a priority group; nothing else is kept of them."""
        self._groups[day, group] += n

    def quarantine(self, at: int, source: str, code: str, detail: str, payload: bytes) -> None:
        """Keep what could not be read, at most 4 KiB of it; only the newest thousand stay."""
        self._db.execute(
            "INSERT INTO quarantine (at, source, code, detail, payload) VALUES (?,?,?,?,?)",
            (at, source[:200], code, detail[:500], payload[:4096]),
        )
        self._db.execute("DELETE FROM quarantine WHERE n <= (SELECT max(n) FROM quarantine) - 1000")

    def execute(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Further rows of the same transaction, such as an import's."""
        self._db.executemany(sql, rows)

    def _commit(self) -> None:
        run = self._db.executemany
        if self._facts:
            run("INSERT INTO facts (seq, id, site, day, at, kind, body, hash) VALUES (?,?,?,?,?,?,?,?)", self._facts)
            run("INSERT INTO numbers (day, series, n, fact) VALUES (?,?,?,?)", self._numbers)
            run(TALLY_SQL, ((*key, n) for key, n in self._sums.tally.items()))
            late = self._sums.daily(besides=(self._open_day, *self._closed))
            run(DAILY_SQL, ((*key, n) for key, n in late.items()))
        self._write_replies()
        if self._open_day != self._store.open_day:
            self._turn()
        run(
            "INSERT INTO journals (device, epoch, upto) VALUES (?,?,?) ON CONFLICT DO UPDATE SET upto = excluded.upto",
            ((*key, upto) for key, upto in self._journals.items()),
        )
        run(
            "INSERT INTO group_counts (day, grp, n) VALUES (?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((*key, n) for key, n in self._groups.items()),
        )
        self._db.execute("COMMIT")

    def _write_replies(self) -> None:
        rows = (
            (self._store.last_reply + place, request, *reply)
            for place, (request, reply) in enumerate(self._replies.items(), start=1)
        )
        self._db.executemany("INSERT INTO replies (n, id, day, body, fact) VALUES (?,?,?,?,?)", rows)

    def _turn(self) -> None:
        for day in self._closed:
            self._store.set_meta("day", day)  # the view shows the open day only, and several may end in one commit
            self._db.execute(FOLD_SQL, (day,))
            self._db.execute(KEEP_IDS_SQL, (day,))
            self._db.execute("DELETE FROM replies WHERE day < ?", (day,))
        self._store.set_meta("day", self._open_day)


class Store:
    """The open database of one site, owned by one process."""

    def __init__(self, path: Path, site: str, zone: str) -> None:
        """Open or create. Raises StoreError when another process owns it or it belongs to another site."""
        self.path, self.site = path, site
        self.calendar = LocalCalendar(zone)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = lock(path)
        self.db = connect(path)
        migrate(self.db)
        self._claim()
        last = self.db.execute("SELECT seq, hash FROM facts ORDER BY seq DESC LIMIT 1").fetchone()
        self.head: tuple[int, bytes] = (last[0], last[1]) if last else (0, GENESIS)
        used = self.db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'replies'").fetchone()
        self.last_reply: int = used[0] if used else 0
        self.open_day, self._swept = self.meta("day"), ""
        self.recent: dict[str, int] = {}
        self._recall()

    def _recall(self) -> None:
        self.recent = dict(self.db.execute("SELECT id, n FROM replies"))

    def committed(self, requests: Iterable[str], open_day: str) -> None:
        """These requests are on disk now, in this order, and `open_day` is the business day."""
        for request in requests:
            self.last_reply += 1
            self.recent[request] = self.last_reply
        if open_day != self.open_day:
            self.open_day = open_day
            self._recall()

    def _claim(self) -> None:
        owner = self.meta("site") or self.site
        if owner != self.site:
            raise StoreError(
                f"{self.path} holds the data of site {owner}, not {self.site}; choose another data directory"
            )
        self.set_meta("site", self.site)
        self.set_meta("zone", self.calendar.zone)

    def close(self) -> None:
        """Fold the write-ahead log in and let go of the database."""
        self.sweep()
        self.db.close()
        self._lock.close()

    def sweep(self) -> bool:
        """Fold the write-ahead log in, so that what was destroyed is gone from it too; whether it could be done."""
        return bool(self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)

    def sweep_after_night(self) -> None:
        """The same once for every day that is over."""
        if self._swept != self.open_day and self.sweep():
            self._swept = self.open_day

    def transaction(self) -> Transaction:
        """A group commit, as a context manager; an exception inside rolls all of it back."""
        return Transaction(self)

    def meta(self, key: str) -> str:
        """A remembered value; "" where there is none."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Remember a value, durably."""
        self.db.execute(
            "INSERT INTO meta (key, value) VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value)
        )

    def next_generation(self, above: int = 0) -> int:
        """The hub's generation from now on: higher than of any run before, and than `above`."""
        generation = max(int(self.meta("generation") or 0), above) + 1
        self.set_meta("generation", str(generation))
        return generation

    def day_key(self, day: str, fresh: bytes) -> bytes:
        """The key of `day`: the kept one, or `fresh` from now on.

        All other days' keys and cards are destroyed, and the appointments of the days before.
        """
        self.db.execute("DELETE FROM appointments WHERE day < ?", (day,))
        for table in ("day_keys", "cards"):
            self.db.execute(f"DELETE FROM {table} WHERE day <> ?", (day,))  # noqa: S608  # because they stand right above
        self.db.execute("INSERT OR IGNORE INTO day_keys (day, key) VALUES (?,?)", (day, fresh))
        return bytes(self.db.execute("SELECT key FROM day_keys WHERE day = ?", (day,)).fetchone()[0])

    def today(self) -> Iterator[f.Entry]:
        """The commands of the last business day of the log, in order."""
        start = self.db.execute("SELECT max(seq) FROM facts WHERE kind = 'day_opened'").fetchone()[0]
        if start is not None:
            yield from entries(self.db, start)

    def notice(self) -> str:
        """The notice that was set last."""
        row = self.db.execute("SELECT body FROM facts WHERE kind = 'notice_set' ORDER BY seq DESC LIMIT 1").fetchone()
        fact = f.decode(row[0]) if row else None
        return fact.text if isinstance(fact, f.NoticeSet) else ""

    def call_seq(self) -> int:
        """The highest number a call ever had."""
        row = self.db.execute(
            "SELECT json_extract(body, '$.call_seq') FROM facts"
            " WHERE kind IN ('called', 'recalled') ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return int(row[0]) if row else 0

    def last_at(self) -> int:
        """The time of the newest fact whose time is its own, Unix milliseconds; 0 where there is none.

        A rating has the hour only, an import happens beside the day.
        """
        row = self.db.execute(
            "SELECT at FROM facts WHERE kind NOT LIKE 'rat%' AND kind <> 'ledger_imported' ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return int(row[0]) if row else 0

    def journals(self) -> dict[tuple[str, str], int]:
        """How much of each (device, epoch) journal is here."""
        return {(row[0], row[1]): row[2] for row in self.db.execute("SELECT device, epoch, upto FROM journals")}


def entries(db: sqlite3.Connection, start: int = 1) -> Iterator[f.Entry]:
    """The log from `start` on, grouped by command."""
    group: list[f.AnyFact] = []
    current = ("", "", 0)
    for request, day, at, body in db.execute(
        "SELECT id, day, at, body FROM facts WHERE seq >= ? ORDER BY seq", (start,)
    ):
        if group and request != current[0]:
            yield f.Entry(*current, tuple(group))
            group = []
        current = (request, day, at)
        group.append(f.decode(body))
    if group:
        yield f.Entry(*current, tuple(group))
