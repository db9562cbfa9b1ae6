"""`goiso import ledger FILE --data DIR`: dossiers of the one-stop software into the hub's database.

The good rows go in together, in one transaction with a fact in the log that names the file by its hash; rows that
cannot be right are listed with their line. The exit code is 0 when every row was taken, 1 when any was rejected, 2 when
nothing could be done.

Rules: `--dry-run` writes no dossier; importing the same file again changes nothing but the log.
"""

import argparse
import hashlib
import io
import sys
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from broker import facts as f
from broker.database import StoreError
from broker.establishment import load_establishment
from broker.ledger import COLUMNS, Dossier, Ledger, LedgerError, read
from broker.site_files import SiteError, load_site
from broker.store import Store

SITES = Path(__file__).parents[1] / "firmware_configs" / "site"
SHOWN_REJECTED = 20

_NAMES = ", ".join(COLUMNS)
_UPSERT = (
    f"INSERT INTO dossiers ({_NAMES}) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (key) DO UPDATE SET "  # noqa: S608  # because only our own column names enter
    + ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:])
)


class Source(Struct, frozen=True):
    """A ledger file: its good and rejected rows, and the SHA-256 of its bytes."""

    ledger: Ledger
    sha256: str


class Taken(Struct, frozen=True):
    """What an import did, or would do: dossiers that were unknown, that changed, and that stood so already."""

    new: int
    changed: int
    unchanged: int


def read_file(path: Path, site_folder: Path, day: str) -> Source:
    """The ledger in a file, judged by the procedures that the site has on `day`.

    Raises LedgerError, SiteError, OSError.
    """
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LedgerError(f"not UTF-8 at byte {error.start}; save the file as CSV in UTF-8") from error
    ledger = read(io.StringIO(text, newline=""), load_establishment(site_folder, day).procedures)
    return Source(ledger, hashlib.sha256(content).hexdigest())


def compare(store: Store, dossiers: Sequence[Dossier]) -> Taken:
    """What importing `dossiers` would do to the database."""
    known = {row[0]: row for row in store.db.execute(f"SELECT {_NAMES} FROM dossiers")}  # noqa: S608  # because of the same
    new = sum(dossier.key not in known for dossier in dossiers)
    unchanged = sum(known.get(dossier.key) == astuple(dossier) for dossier in dossiers)
    return Taken(new, len(dossiers) - new - unchanged, unchanged)


def import_dossiers(store: Store, source: Source, actor: str, at_ms: int) -> Taken:
    """Write the good rows of `source`, and the fact that `actor` did so at `at_ms`, in one commit."""
    dossiers = source.ledger.dossiers
    taken = compare(store, dossiers)
    fact = f.LedgerImported(sha256=source.sha256, rows=len(dossiers), actor=actor)
    with store.transaction() as transaction:
        transaction.execute(_UPSERT, map(astuple, dossiers))
        transaction.append(f.Entry(str(uuid.uuid4()), store.calendar.day(at_ms), at_ms, (fact,)))
    return taken


def main(argv: Sequence[str]) -> int:
    """Import what other software knows: `goiso import ledger FILE --data DIR [--dry-run]`."""
    arguments = _arguments(argv)
    try:
        source = read_file(arguments.file, arguments.site, time.strftime("%Y-%m-%d"))
        site = load_site(arguments.site)
        store = Store(arguments.data / "hub.sqlite", site.id, site.zone)
    except (LedgerError, SiteError, StoreError, OSError) as error:
        sys.stderr.write(f"goiso import: {error}\n")
        return 2
    try:
        if arguments.dry_run:
            taken = compare(store, source.ledger.dossiers)
        else:
            # The log's time never goes back, whatever this machine's clock says now.
            at_ms = max(int(time.time() * 1000), store.last_at())
            taken = import_dossiers(store, source, "system", at_ms)
    finally:
        store.close()
    sys.stdout.write(_summary(source.ledger, taken, arguments.dry_run))
    return 1 if source.ledger.rejected else 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="goiso import", description="Import what other software knows.")
    parser.add_argument("kind", choices=["ledger"], help="ledger: dossiers of the one-stop software")
    parser.add_argument("file", type=Path, help="CSV in UTF-8; columns " + ", ".join(COLUMNS))
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the hub's data directory")
    parser.add_argument("--site", type=Path, default=SITES / "ca-mau", metavar="DIR", help="the centre's data files")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    return parser.parse_args(argv)


def _summary(ledger: Ledger, taken: Taken, dry: bool) -> str:
    did = "would be" if dry else "were"
    lines = [f"line {row.line}: rejected: {row.reason}" for row in ledger.rejected[:SHOWN_REJECTED]]
    if len(ledger.rejected) > SHOWN_REJECTED:
        lines.append(f"... and {len(ledger.rejected) - SHOWN_REJECTED} more rejected")
    lines.append(
        f"{taken.new} new and {taken.changed} changed dossiers {did} imported,"
        f" {taken.unchanged} unchanged, {len(ledger.rejected)} rows rejected"
    )
    return "\n".join(lines) + "\n"
