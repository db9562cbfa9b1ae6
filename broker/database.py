"""Opening the hub's database: settings, schema, and one owner at a time.

Rules: every connection of the writer has the same settings; the schema only grows, by numbered files; a second
process is refused with a sentence.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

MIGRATIONS = Path(__file__).parent / "migrations"
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA wal_autocheckpoint = 4000",
)


class StoreError(Exception):
    """The database cannot be used; the text says why and what to do."""


def open_reader(path: Path) -> sqlite3.Connection:
    """A read-only connection for one thread. Raises StoreError when there is no database of this program's schema."""
    if not path.exists():
        raise StoreError(f"no database at {path}; is --data right?")
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA busy_timeout = 5000")
    have, known = db.execute("PRAGMA user_version").fetchone()[0], len(list(MIGRATIONS.glob("[0-9]*.sql")))
    if have != known:
        db.close()
        do = "start the hub once, it brings it up to date" if have < known else "install the newer program"
        raise StoreError(f"{path} has schema {have}, this program knows {known}; {do}")
    return db


@contextmanager
def open_writer(path: Path) -> Iterator[sqlite3.Connection]:
    """The database for a tool that mends it, alone. Raises StoreError while a hub runs or where there is none."""
    if not path.exists():
        raise StoreError(f"no database at {path}; is --data right?")
    with lock(path), closing(connect(path)) as db:
        yield db


def migrate(db: sqlite3.Connection) -> None:
    """Bring the schema up to date, one numbered file after the other. Raises StoreError for a newer database."""
    have = db.execute("PRAGMA user_version").fetchone()[0]
    scripts = sorted(MIGRATIONS.glob("[0-9]*.sql"))
    if have > len(scripts):
        raise StoreError(
            f"the database has schema {have}, this program knows {len(scripts)}; install the newer program"
        )
    for number, script in enumerate(scripts[have:], start=have + 1):
        db.executescript(f"BEGIN IMMEDIATE;\n{script.read_text('utf-8')}\nPRAGMA user_version = {number};\nCOMMIT;")


def connect(path: Path) -> sqlite3.Connection:
    """The writer's connection. Raises StoreError."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for pragma in PRAGMAS:
            db.execute(pragma)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} is not a usable database ({error}); restore a backup") from error
    return db


def lock(path: Path) -> IO[bytes]:
    """Own the database until the result is closed. Raises StoreError when another process does."""
    handle = Path(f"{path}.lock").open("ab")  # noqa: SIM115  # because it is held as long as the database
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise StoreError(f"another hub (or import) is using {path}; stop it first") from error
    os.set_inheritable(handle.fileno(), False)
    return handle
