"""How fast this disk makes one row durable: single inserts, one commit each."""

import sqlite3
import time
from pathlib import Path


def open_database(path: str) -> sqlite3.Connection:
    """A database with the hub's durability and one table."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE IF NOT EXISTS bare (seq INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
    return db


def commits_per_s(folder: Path, seconds: float) -> float:
    """Durable single inserts per second."""
    times = commit_times(folder, seconds)
    return len(times) / sum(times)


def commit_times(folder: Path, seconds: float) -> list[float]:
    """How long each durable single insert took, s."""
    db = open_database(str(folder / "commits.sqlite"))
    body, times = b"x" * 200, []
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO bare (body) VALUES (?)", (body,))
        db.execute("COMMIT")
        times.append(time.perf_counter() - began)
    db.close()
    return times
