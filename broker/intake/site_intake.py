"""A table of the centre's folder, merged with a newer one and put in its place.

Rules: the whole centre is loaded with the new table before the old one is replaced, by one rename; what would break the
centre is refused, and the folder stays as it was.
"""

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from appliance.wire.told import Words
from broker.establishment import load_establishment
from broker.intake.lines import FileError, Line, Rejected
from broker.intake.refused import Refused
from broker.intake.site_kinds import DEFAULTS, SPAN, Kind, judge
from broker.intake.site_merge import Merged, Row, columns_of, merge
from broker.intake.tables import Columns
from broker.site_files import load_site
from broker.site_rows import SiteError

IMPORTED = "imported"
"""The `basis` of what came in a file that says none."""


def columns(kind: Kind) -> Columns:
    """What a file of this kind may have, and must have."""
    return Columns(kind.columns, kind.needed, SPAN)


def take(lines: Iterable[Line], kind: Kind) -> tuple[list[Row], Refused]:
    """The good rows of a file, and the lines that are none. Raises FileError."""
    rows: dict[str, Row] = {}
    refused = Refused()
    for line in lines:
        found = judge(line, kind)
        if isinstance(found, Rejected):
            refused.add(found)
        elif found["code"] in rows:
            code = found["code"]
            refused.add(
                Rejected(line.number, Words(vi=f"mã {code} đã có ở dòng trên", en=f"code {code} stands above already"))
            )
        else:
            rows[found["code"]] = {**found, "basis": found.get("basis") or IMPORTED}
    return list(rows.values()), refused


def merged(folder: Path, kind: Kind, coming: Sequence[Row], day: str, complete: bool) -> tuple[list[str], Merged]:
    """The columns and rows that the table will have. Raises FileError when the centre does not hold together then."""
    path = folder / f"{kind.name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        known = [{column: text or "" for column, text in row.items() if column} for row in reader]
        names = columns_of(reader.fieldnames or (), coming)
    found = merge(known, coming, DEFAULTS.get(kind.name, {}), day, complete)
    with tempfile.TemporaryDirectory() as trial:
        whole = Path(trial) / "site"
        shutil.copytree(folder, whole)
        _write(whole / path.name, names, found.rows)
        try:
            for moment in {day, "9999-12-31"}:
                load_site(whole, moment)
                load_establishment(whole, moment)
        except SiteError as error:
            raise FileError(
                f"sau khi nhập, dữ liệu Trung tâm không còn khớp: {error}",
                f"with this the centre would not hold together: {error}",
            ) from error
    return names, found


def put(folder: Path, kind: Kind, names: Sequence[str], rows: Sequence[Row]) -> None:
    """Put the table in its place."""
    _write(folder / f"{kind.name}.csv", names, rows)


def _write(path: Path, names: Sequence[str], rows: Sequence[Row]) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
