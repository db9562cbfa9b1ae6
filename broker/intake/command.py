"""`goiso import KIND FILE`: what other software knows, as CSV or XLSX.

`ledger` goes into the hub's database, in one commit with a fact that names the file by its hash; `procedures`,
`departments`, `counters` and `staff` go into the centre's folder and keep what was there before, with its last day. The
exit code is 0 when every line was taken, 1 when lines were rejected, 2 when nothing could be read. `appointments` go to
the hub while it works, over HTTP; see `appointment_file`.

Rules: nothing is written while a line is rejected, unless `--skip-rejected` says to take the others; `--dry-run` writes
nothing at all; the same file again changes nothing.
"""

import argparse
import csv
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from appliance.wire.told import Words
from broker.database import StoreError
from broker.intake import appointment_file, ledger_store, site_intake
from broker.intake.lines import FileError, Line, Rejected
from broker.intake.mapping import Mapping, load_mapping
from broker.intake.refused import Refused
from broker.intake.site_kinds import KINDS
from broker.intake.tables import Columns, read_table
from broker.site_files import load_site
from broker.site_place import site_folder
from broker.site_rows import SiteError
from broker.store import Store

TAKEN, REJECTED, FAILED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Import what other software knows: dossiers, appointments, procedures, departments, counters, staff."""
    arguments = _arguments(argv)
    try:
        refused, told = {"ledger": _ledger, "appointments": _appointments}.get(arguments.kind, _table)(arguments)
        if arguments.rejected:
            with arguments.rejected.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(refused.table())
    except (FileError, SiteError, StoreError, OSError, LookupError) as error:
        sys.stderr.write(f"goiso import: {error}\n")
        return FAILED
    sys.stdout.write(refused.text() + told)
    return REJECTED if refused.count else TAKEN


def _ledger(arguments: argparse.Namespace) -> tuple[Refused, str]:
    site = load_site(arguments.site)
    register = ledger_store.load_register(arguments.site)
    lines = _lines(arguments, ledger_store.LEDGER)
    with closing(Store(_data(arguments) / "hub.sqlite", site.id, site.zone)) as store:
        refused = ledger_store.stage(store, lines, register)
        writes = _writes(arguments, refused)
        if writes:
            # The log's time never goes back, whatever this machine's clock says now.
            at_ms = max(int(time.time() * 1000), store.last_at())
            taken = ledger_store.write_staged(store, ledger_store.digest(arguments.file), "system", at_ms)
        else:
            taken = ledger_store.compare(store)
    counts = f"{taken.new} mới, {taken.changed} thay đổi, {taken.unchanged} như cũ"
    words = f"{taken.new} new and {taken.changed} changed dossiers, {taken.unchanged} unchanged"
    return refused, _summary(writes, refused, counts, words)


def _appointments(arguments: argparse.Namespace) -> tuple[Refused, str]:
    if arguments.token_file is None:
        raise FileError("thiếu --token-file: tệp có mã truy cập", "--token-file is missing: a file with the token")
    lines = _lines(arguments, appointment_file.APPOINTMENTS)
    body, numbers, refused = appointment_file.body_of(lines, arguments.of_day)
    body |= {"skip_rejected": arguments.skip_rejected, "dry_run": not _writes(arguments, refused)}
    found = appointment_file.ask(arguments.hub, arguments.token_file, body)
    for row in found["rejected"]:
        refused.add(Rejected(numbers[row["line"] - 1], Words(**row["reason"])))
    new, changed, cancelled, same = (found[count] for count in ("new", "changed", "cancelled", "unchanged"))
    counts = f"{new} mới, {changed} thay đổi, {cancelled} hủy, {same} như cũ"
    words = f"{new} new, {changed} changed, {cancelled} cancelled, {same} unchanged appointments"
    return refused, _summary(found["written"], refused, counts, words) + (_PARTIAL if found["partial"] else "")


_PARTIAL = (
    "Có dòng hoặc mã không đọc được, nên không hủy lịch hẹn nào.\n"
    "A line or its code could not be read, so no appointment is cancelled.\n"
)


def _table(arguments: argparse.Namespace) -> tuple[Refused, str]:
    kind = KINDS[arguments.kind]
    rows, refused = site_intake.take(_lines(arguments, site_intake.columns(kind)), kind)
    names, found = site_intake.merged(arguments.site, kind, rows, arguments.day, arguments.complete)
    writes = _writes(arguments, refused)
    if writes:
        site_intake.put(arguments.site, kind, names, found.rows)
    counts = f"{found.new} mới, {found.changed} thay đổi, {found.ended} hết hiệu lực, {found.unchanged} như cũ"
    words = f"{found.new} new, {found.changed} changed, {found.ended} ended, {found.unchanged} unchanged"
    again = "Khởi động lại máy chủ để dùng dữ liệu mới. / Restart the hub to use it.\n" if writes else ""
    return refused, _summary(writes, refused, counts, words) + again


def _lines(arguments: argparse.Namespace, columns: Columns) -> Iterator[Line]:
    mapping = load_mapping(arguments.mapping) if arguments.mapping else Mapping()
    return read_table(arguments.file, columns, mapping, arguments.encoding)


def _data(arguments: argparse.Namespace) -> Path:
    if arguments.data is None:
        raise FileError("thiếu --data: thư mục dữ liệu của máy chủ", "--data is missing: the hub's data directory")
    if not arguments.file.is_file():
        raise FileError(f"không có tệp {arguments.file}", f"there is no file {arguments.file}")
    data: Path = arguments.data
    return data


def _writes(arguments: argparse.Namespace, refused: Refused) -> bool:
    return not arguments.dry_run and (not refused.count or arguments.skip_rejected)


def _summary(writes: bool, refused: Refused, counts: str, words: str) -> str:
    if writes:
        return (
            f"đã nhập: {counts}; {refused.count} dòng bị loại\nwere imported: {words}; {refused.count} lines rejected\n"
        )
    why = (
        "chưa ghi gì"
        if not refused.count
        else "chưa ghi gì; sửa các dòng trên, hoặc thêm --skip-rejected để bỏ qua chúng"
    )
    what = "nothing was written" + ("; correct the lines above, or add --skip-rejected" if refused.count else "")
    return (
        f"sẽ nhập: {counts}; {refused.count} dòng bị loại; {why}\n"
        f"would be imported: {words}; {refused.count} lines rejected; {what}\n"
    )


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="goiso import", description=main.__doc__)
    parser.add_argument(
        "kind", choices=["ledger", "appointments", *KINDS], help="ledger: dossiers of the one-stop software"
    )
    parser.add_argument("file", type=Path, help="CSV in UTF-8, or XLSX")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the hub's data directory, for a ledger")
    parser.add_argument("--hub", default="http://127.0.0.1:8080", metavar="URL", help="the hub, for appointments")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="its token of the role portal, see goiso token")
    parser.add_argument(
        "--of-day", action="append", default=[], metavar="DAY", help="appointments: a day that has none"
    )
    parser.add_argument("--site", type=Path, default=site_folder(), metavar="DIR", help="the centre's data files")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="how their columns and values are called here")
    parser.add_argument("--encoding", default="", metavar="NAME", help="of a CSV that is not UTF-8: windows-1258")
    parser.add_argument("--day", default=time.strftime("%Y-%m-%d"), help="from when a table holds; today if left out")
    parser.add_argument("--complete", action="store_true", help="a table names all there is: the rest ends on that day")
    parser.add_argument("--skip-rejected", action="store_true", help="take the good lines although others are rejected")
    parser.add_argument("--rejected", type=Path, metavar="FILE", help="write the rejected lines into a CSV")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    return parser.parse_args(argv)
