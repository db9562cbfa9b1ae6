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
    db = open_database(str(folder / "commits.sqlite"))
    body = b"x" * 200
    began, count = time.perf_counter(), 0
    while time.perf_counter() < began + seconds:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO bare (body) VALUES (?)", (body,))
        db.execute("COMMIT")
        count += 1
    took = time.perf_counter() - began
    db.close()
    return count / took
