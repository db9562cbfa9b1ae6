"""The SQLite file under a journal: opened, locked, checked, and every doubt resolved towards the disk.

Rules: WAL with synchronous=FULL; explicit transactions; after a failed commit the connection is opened anew, since a
disk that once refused a flush may lie about the next one; a broken file is set aside, never deleted.
"""

import fcntl
import logging
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from appliance.runtime.errors import CannotStart

logger = logging.getLogger(__name__)

_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA secure_delete=ON",  # a rating that the hub has is nobody's business who finds the card
    "PRAGMA journal_size_limit=1048576",
)
_SCHEMA = (
    "CREATE TABLE journal (one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL, highest INTEGER NOT NULL,"
    " upto INTEGER NOT NULL DEFAULT 0) STRICT",
    "CREATE TABLE event (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, body BLOB NOT NULL) STRICT",
    "CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "PRAGMA user_version = 2",
)
_VERSION = 2
_FROM_1 = (
    "ALTER TABLE journal ADD COLUMN upto INTEGER NOT NULL DEFAULT 0",
    "UPDATE journal SET upto = coalesce((SELECT min(seq) FROM event) - 1, highest)",
    "PRAGMA user_version = 2",
)
_HARMLESS = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CONSTRAINT}
"""Errors after which the connection is as good as before. After any other, what the disk holds is read anew."""


class NotKept(Exception):  # noqa: N818  # because it names what became of the data
    """The disk did not take it; what was to be kept is not."""


class JournalFile:
    """The file at `path`, locked, checked and open. Raises CannotStart; its methods raise NotKept."""

    epoch: str
    highest: int
    upto: int
    """How far the hub has it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._depth = 0
        self._lock = _lock(path)
        try:
            self._db: sqlite3.Connection | None = self._open()
        except BaseException:
            self._lock.close()
            raise

    def _open(self) -> sqlite3.Connection:
        try:
            db = _connect(self._path)
        except sqlite3.DatabaseError as error:
            if not _is_broken(error):
                raise CannotStart(f"{self._path}: {error}; see that the disk is writable and has room") from error
            aside = _set_aside(self._path)
            logger.error("%s is broken (%s); kept as %s, a new journal begins", self._path, error, aside.name)
            db = _connect(self._path)
        self._read(db)
        return db

    def _read(self, db: sqlite3.Connection) -> None:
        self.epoch, self.highest, self.upto = db.execute("SELECT epoch, highest, upto FROM journal").fetchone()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction; inside another it is part of that."""
        if self._depth:
            yield
            return
        self.run("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._depth = 0

    def _roll_back(self) -> None:
        """Back to what the disk holds. SQLite may have rolled back by itself; without a connection `_open` reads it."""
        if self._db is None:
            return
        try:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._read(self._db)
        except sqlite3.Error:
            self._give_up()

    def _give_up(self) -> None:
        """Close the connection; the next use opens a new one."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _execute(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        if self._depth and not (self._db and self._db.in_transaction):
            raise NotKept(f"{self._path}: the transaction was lost")  # what came before in it is gone
        try:
            if self._db is None:
                self._db = self._open()
            return self._db.execute(sql, values).fetchall()
        except CannotStart as error:
            raise NotKept(str(error)) from error
        except sqlite3.Error as error:
            if _code(error) not in _HARMLESS:
                self._give_up()
            raise NotKept(f"{self._path}: {error}") from error

    def append(self, kind: str, body: bytes) -> None:
        """Keep an event under the next number; inside a transaction."""
        self.highest += 1
        self.run("INSERT INTO event VALUES (?, ?, ?)", self.highest, kind, body)
        self.run("UPDATE journal SET highest = ?", self.highest)

    def settle(self, upto: int) -> None:
        """The hub has all up to number `upto`; inside a transaction."""
        self.upto = upto
        self.run("UPDATE journal SET upto = ?", upto)

    def new_epoch(self) -> None:
        """Drop all events and count from 1 under a new name; inside a transaction."""
        self.epoch, self.highest, self.upto = str(uuid.uuid4()), 0, 0
        self.run("DELETE FROM event")
        self.run("UPDATE journal SET epoch = ?, highest = 0, upto = 0", self.epoch)

    def run(self, sql: str, *values: object) -> None:
        """Execute one statement."""
        self._execute(sql, values)

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows of a query."""
        return self._execute(sql, values)

    def value(self, sql: str, *values: object) -> Any:
        """The first column of the first row, or None."""
        rows = self._execute(sql, values)
        return rows[0][0] if rows else None

    def close(self) -> None:
        """Close the file, then let go of the lock."""
        self._give_up()
        self._lock.close()


def _lock(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock").open("ab")
    except OSError as error:
        raise CannotStart(f"{path}: {error.strerror}; see that the directory is writable") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise CannotStart(f"{path}: in use by another process; stop that one first") from None
    return lock


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _SETTINGS:
            db.execute(pragma)
        verdict = db.execute("PRAGMA quick_check").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise CannotStart(f"{path}: made by a newer goiso (journal {version}); install that one")
        if version == 0:
            _create(db)
        elif version < _VERSION:
            _upgrade(db)
    except BaseException:
        db.close()
        raise
    return db


def _create(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA:
        db.execute(statement)
    db.execute("INSERT INTO journal VALUES (1, ?, 0, 0)", (str(uuid.uuid4()),))
    db.execute("COMMIT")


def _upgrade(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    for statement in _FROM_1:
        db.execute(statement)
    db.execute("COMMIT")


def _is_broken(error: sqlite3.Error) -> bool:
    """Whether the file, rather than the disk or its rights, is at fault."""
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; what quick_check found, or the sqlite3 module itself, comes without one."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)) & 0xFF


def _set_aside(path: Path) -> Path:
    """Rename the file and its companions to the first free name."""
    number = next(n for n in range(1, 10_000) if not path.with_name(f"{path.name}.broken-{n}").exists())
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(path.with_name(f"{path.name}.broken-{number}{suffix}"))
    return path.with_name(f"{path.name}.broken-{number}")
