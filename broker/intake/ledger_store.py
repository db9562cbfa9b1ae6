"""Dossiers into the hub's database: staged on disk, compared, then written in one commit with a fact that names it.

Rules: memory does not grow with the file; nothing is written while a line is rejected, unless that was asked for; the
same file again changes nothing but the log.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from appliance.wire.told import Words
from broker import facts as f
from broker.intake.ledger import COLUMNS, DAYS, Dossier, Register, Tenure, judge
from broker.intake.lines import FileError, Line, Rejected
from broker.intake.mapping import Mapping
from broker.intake.refused import Refused
from broker.intake.tables import Columns, read_table
from broker.site_rows import rows
from broker.store import Store

LEDGER = Columns(COLUMNS, COLUMNS, DAYS)
_NAMES = ", ".join(COLUMNS)
_STAGE = f"INSERT OR IGNORE INTO temp.incoming ({_NAMES}) VALUES (?,?,?,?,?,?,?,?)"  # noqa: S608  # because only our own column names enter
_UPSERT = (
    f"INSERT INTO dossiers ({_NAMES}) SELECT {_NAMES} FROM temp.incoming WHERE true ON CONFLICT (key) DO UPDATE SET "  # noqa: S608  # because of the same
    + ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:])
)
_SAME = " AND ".join(f"d.{column} IS i.{column}" for column in COLUMNS[1:])


class Taken(Struct, frozen=True):
    """What an import does: dossiers that were unknown, that change, and that stand so already."""

    new: int
    changed: int
    unchanged: int


def load_register(folder: Path) -> Register:
    """Every procedure that the site has or had. Raises SiteError."""
    register: dict[str, list[Tenure]] = {}
    for row in rows(folder / "procedures.csv", None):
        tenure = Tenure(row.code("department"), row.text("valid_from"), row.text("valid_to"))
        register.setdefault(row.code("code"), []).append(tenure)
    return register


def stage(store: Store, lines: Iterable[Line], register: Register) -> Refused:
    """Put every good line beside the dossiers, in a table that only this connection sees. Raises FileError."""
    refused = Refused()
    with _staging(store):
        for line in lines:
            found = judge(line, register)
            if isinstance(found, Rejected):
                refused.add(found)
            elif store.db.execute(_STAGE, astuple(found)).rowcount == 0:
                refused.add(Rejected(line.number, _twice(found.key)))
    return refused


def import_file(store: Store, path: Path, folder: Path, actor: str, at_ms: int) -> Taken:
    """All of a file with our own columns, or nothing. Raises FileError, SiteError, OSError."""
    refused = stage(store, read_table(path, LEDGER, Mapping()), load_register(folder))
    if refused.count:
        first = refused.lines[0]
        raise FileError(f"dòng {first.line}: {first.reason.vi}", f"line {first.line}: {first.reason.en}")
    return write_staged(store, digest(path), actor, at_ms)


def digest(path: Path) -> str:
    """The SHA-256 of a file, by which the log names it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def import_dossiers(store: Store, dossiers: Iterable[Dossier], sha256: str, actor: str, at_ms: int) -> Taken:
    """Write `dossiers` of a file with this hash, and the fact that `actor` did so at `at_ms`, in one commit."""
    with _staging(store):
        store.db.executemany(_STAGE, map(astuple, dossiers))
    return write_staged(store, sha256, actor, at_ms)


def write_staged(store: Store, sha256: str, actor: str, at_ms: int) -> Taken:
    """The same of what `stage` has put beside."""
    taken = compare(store)
    fact = f.LedgerImported(sha256=sha256, rows=taken.new + taken.changed + taken.unchanged, actor=actor)
    with store.transaction() as transaction:
        transaction.execute(_UPSERT, [()])
        transaction.append(f.Entry(str(uuid.uuid4()), store.calendar.day(at_ms), at_ms, (fact,)))
    return taken


def compare(store: Store) -> Taken:
    """What writing the staged lines does."""
    counted = store.db.execute(
        f"SELECT count(*), ifnull(sum(d.key IS NULL), 0), ifnull(sum(d.key IS NOT NULL AND {_SAME}), 0)"  # noqa: S608  # because of the same
        " FROM temp.incoming i LEFT JOIN dossiers d USING (key)"
    )
    ((total, new, unchanged),) = counted
    return Taken(new, total - new - unchanged, unchanged)


@contextmanager
def _staging(store: Store) -> Iterator[None]:
    store.db.execute("DROP TABLE IF EXISTS temp.incoming")
    store.db.execute(f"CREATE TEMP TABLE incoming ({_NAMES}, PRIMARY KEY (key)) WITHOUT ROWID")
    store.db.execute("BEGIN")
    try:
        yield
    finally:
        store.db.execute("COMMIT")


def _twice(key: str) -> Words:
    return Words(vi=f"mã hồ sơ {key} đã có ở dòng trên", en=f"key {key} stands in this file already")
