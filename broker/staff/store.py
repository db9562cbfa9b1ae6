"""Staff on disk: the only file that touches `staff.sqlite`.

Rules: one connection behind one lock; a change and its audit row are one transaction; parameters only, never text put
into SQL; secrets arrive here already hashed.
"""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from broker.staff.identity import Role

_MIGRATIONS = Path(__file__).parent / "migrations"
_ACCOUNT = "SELECT name, display, role, desks, password, one_click, disabled, failures FROM account"


class Account(Struct, frozen=True, kw_only=True):
    """A person who works at the centre. An empty `password` fits nothing."""

    name: str
    display: str
    role: Role
    desks: tuple[str, ...] = ()
    password: str = ""
    one_click: bool = False
    disabled: bool = False
    failures: int = 0


class Session(Struct, frozen=True, kw_only=True):
    """A login that is still good; `opened` and `seen` are seconds within `boot`."""

    id_hash: str
    account: str
    boot: str
    opened: float
    seen: float


class Token(Struct, frozen=True, kw_only=True):
    """What a program shows instead of a password."""

    name: str
    role: Role
    desks: tuple[str, ...] = ()
    secret_hash: str
    one_click: bool = False


class AuditRow(Struct, frozen=True, kw_only=True):
    """Who did what to whom, how it ended, and from where; `hash` covers the row and the hash before it."""

    seq: int = 0
    at: str
    actor: str
    action: str
    target: str
    result: str
    source: str
    hash: str = ""

    def chained(self, before: str) -> str:
        """The hash of this row after a row with the hash `before`."""
        said = msgspec.json.encode([before, self.at, self.actor, self.action, self.target, self.result, self.source])
        return hashlib.sha256(said).hexdigest()


class StaffStore:
    """`staff.sqlite` in the data directory; made, readable by its owner only, when it is not there."""

    def __init__(self, path: Path) -> None:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
            self._db.execute(f"PRAGMA {pragma}")
        self._migrate()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction: all that is done inside, or nothing. May be nested; the outermost one commits."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _migrate(self) -> None:
        with self.change():
            done = int(self._one("PRAGMA user_version")[0])
            for number, path in enumerate(sorted(_MIGRATIONS.glob("*.sql")), start=1):
                if number > done:
                    for statement in _statements(path.read_text(encoding="utf-8")):
                        self._db.execute(statement)
                    self._db.execute(f"PRAGMA user_version = {number:d}")

    def _one(self, sql: str, *values: Any) -> Any:
        with self._lock:
            return self._db.execute(sql, values).fetchone()

    def _all(self, sql: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def _do(self, sql: str, *values: Any) -> int:
        with self.change():
            return self._db.execute(sql, values).rowcount

    # accounts

    def accounts(self) -> list[Account]:
        """All accounts, by name."""
        return [_account(row) for row in self._all(f"{_ACCOUNT} ORDER BY name")]

    def account(self, name: str) -> Account | None:
        """The account `name`."""
        row = self._one(f"{_ACCOUNT} WHERE name = ?", name)
        return _account(row) if row else None

    def put_account(self, account: Account) -> None:
        """Add the account, or change the one of that name."""
        fields = msgspec.structs.asdict(account) | {"desks": msgspec.json.encode(account.desks).decode()}
        with self.change():
            self._db.execute(
                "INSERT INTO account (name, display, role, desks, password, one_click, disabled, failures)"
                " VALUES (:name, :display, :role, :desks, :password, :one_click, :disabled, :failures)"
                " ON CONFLICT (name) DO UPDATE SET display = :display, role = :role, desks = :desks,"
                " password = :password, one_click = :one_click, disabled = :disabled, failures = :failures",
                fields,
            )

    def set_failures(self, name: str, failures: int) -> None:
        """Remember how often in a row the password was wrong."""
        self._do("UPDATE account SET failures = ? WHERE name = ?", failures, name)

    # sessions

    def add_session(self, session: Session) -> None:
        """Remember a new login."""
        self._do(
            "INSERT INTO session (id_hash, account, boot, opened, seen) VALUES (?, ?, ?, ?, ?)",
            *(session.id_hash, session.account, session.boot, session.opened, session.seen),
        )

    def session(self, id_hash: str) -> Session | None:
        """The login with that hashed id."""
        row = self._one("SELECT id_hash, account, boot, opened, seen FROM session WHERE id_hash = ?", id_hash)
        return msgspec.convert(dict(zip(Session.__struct_fields__, row, strict=True)), Session) if row else None

    def touch_session(self, id_hash: str, seen: float) -> None:
        """The session was used at `seen`."""
        self._do("UPDATE session SET seen = max(seen, ?) WHERE id_hash = ?", seen, id_hash)

    def end_session(self, id_hash: str) -> None:
        """Log out."""
        self._do("DELETE FROM session WHERE id_hash = ?", id_hash)

    def end_sessions(self, account: str) -> None:
        """Log the account out everywhere."""
        self._do("DELETE FROM session WHERE account = ?", account)

    def purge_sessions(self, boot: str, seen_before: float) -> None:
        """Forget the sessions of other boots and those idle since `seen_before`."""
        self._do("DELETE FROM session WHERE boot <> ? OR seen < ?", boot, seen_before)

    # tokens

    def tokens(self) -> list[Token]:
        """All tokens, by name."""
        return [
            _token(row)
            for row in self._all("SELECT name, role, desks, secret_hash, one_click FROM token ORDER BY name")
        ]

    def token(self, secret_hash: str) -> Token | None:
        """The token whose secret has that hash."""
        row = self._one(
            "SELECT name, role, desks, secret_hash, one_click FROM token WHERE secret_hash = ?", secret_hash
        )
        return _token(row) if row else None

    def put_token(self, token: Token) -> None:
        """Add the token, in the place of an older one of that name."""
        self._do(
            "INSERT OR REPLACE INTO token (name, role, desks, secret_hash, one_click) VALUES (?, ?, ?, ?, ?)",
            *(token.name, token.role, msgspec.json.encode(token.desks).decode(), token.secret_hash, token.one_click),
        )

    def drop_token(self, name: str) -> bool:
        """Forget the token; whether there was one."""
        return self._do("DELETE FROM token WHERE name = ?", name) > 0

    # secrets and audit

    def secret(self, name: str, fresh: bytes) -> bytes:
        """The stored secret `name`; `fresh` becomes it when there was none."""
        with self.change():
            self._db.execute("INSERT OR IGNORE INTO secret (name, value) VALUES (?, ?)", (name, fresh))
            return bytes(self._one("SELECT value FROM secret WHERE name = ?", name)[0])

    def audit(self, row: AuditRow) -> None:
        """Append a row to the trail."""
        with self.change():
            last = self._one("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")
            self._db.execute(
                "INSERT INTO audit (at, actor, action, target, result, source, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    row.at,
                    row.actor,
                    row.action,
                    row.target,
                    row.result,
                    row.source,
                    row.chained(last[0] if last else ""),
                ),
            )

    def trail(self, limit: int = -1) -> list[AuditRow]:
        """The newest `limit` rows (all of them: -1), oldest first."""
        rows = self._all(
            "SELECT seq, at, actor, action, target, result, source, hash FROM audit ORDER BY seq DESC LIMIT ?", limit
        )
        return [AuditRow(**dict(zip(AuditRow.__struct_fields__, row, strict=True))) for row in reversed(rows)]


def _statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, whole: a trigger's inner semicolons do not end it."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""


def _account(row: tuple[Any, ...]) -> Account:
    fields = dict(zip(Account.__struct_fields__, row, strict=True))
    return msgspec.convert(fields | {"desks": msgspec.json.decode(fields["desks"])}, Account, strict=False)


def _token(row: tuple[Any, ...]) -> Token:
    fields = dict(zip(Token.__struct_fields__, row, strict=True))
    return msgspec.convert(fields | {"desks": msgspec.json.decode(fields["desks"])}, Token, strict=False)
