"""The procedures that the centre receives: the body of GET /api/v1/procedures.

Rules: made once per revision and day, for the list is long and open to all; only rows that hold on that day.
"""

from functools import lru_cache
from pathlib import Path

import msgspec

from appliance.wire.procedures import Procedure, ProcedureList
from broker.site_rows import Row, SiteError, rows
from broker.web.site_document import text

INVENTED = "invented"
"""How the column `basis` begins where a name is made up."""


@lru_cache(maxsize=2)
def procedure_list(folder: Path, revision: str, day: str) -> bytes:
    """The list of the site in `folder`, as JSON. Raises SiteError."""
    found = tuple(map(_procedure, rows(folder / "procedures.csv", day)))
    return msgspec.json.encode(ProcedureList(revision=revision, procedures=found))


def _procedure(row: Row) -> Procedure:
    return Procedure(
        id=row.code("code"),
        department=row.code("department"),
        name=text(row.names("name")),
        level=_level(row),
        on_the_spot=row.text("on_the_spot") == "1",
        bring=row.text("bring_vi"),
        sample=row.text("basis").startswith(INVENTED),
    )


def _level(row: Row) -> int:
    level = row.text("level")
    if level not in ("1", "2", "3", "4"):
        raise SiteError(f"procedures.csv: level of {row.code('code')} is {level!r}; write 1, 2, 3 or 4")
    return int(level)
