"""What a centre is made of, counted from its data files: the figures of a report that no event and no ledger holds.

Rules: counted for one day, from rows valid on it; nothing is written into the code that a row could say.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from broker.model import Names
from broker.site_files import read_centre
from broker.site_rows import rows


class Establishment(Struct, frozen=True, kw_only=True):
    """The counts. `procedures`: the department of each; `levels`: how many per level; `tariff`: VND per zone."""

    founded: int
    staff: int
    reception: int
    clerks: int
    procedures: Mapping[str, str]
    levels: Mapping[int, int]
    on_the_spot: int
    departments: int
    delegated: int
    intake_counters: int
    own_counters: int
    tariff: Mapping[str, int]
    courier_trips: int
    courier_times: int
    inventory: Mapping[str, int]


class Stated(Struct, frozen=True, kw_only=True):
    """One figure of the published report, as it stands there; `names`, `units` and `notes` are per language."""

    id: str
    figure: str
    stated: str
    unit: str
    note: str
    names: Names = {}
    units: Names = {}
    notes: Names = {}


def load_establishment(folder: Path, day: str) -> Establishment:
    """The centre in `folder` as it is on `day`. Raises SiteError."""
    procedures = list(rows(folder / "procedures.csv", day))
    staff = list(rows(folder / "staff.csv", day))
    counters = [row for row in rows(folder / "counters.csv", day) if row.text("kind") == "intake"]
    departments = list(rows(folder / "departments.csv", day))
    trips = list(rows(folder / "courier.csv", day))
    return Establishment(
        founded=read_centre(folder).centre.founded,
        staff=sum(row.whole("staff") for row in staff if row.text("in_total") == "1"),
        reception=sum(row.whole("staff") for row in staff if row.text("role") == "reception"),
        clerks=len(list(rows(folder / "clerks.csv", day))),
        procedures={row.code("code"): row.code("department") for row in procedures},
        levels=Counter(row.whole("level") for row in procedures),
        on_the_spot=sum(row.whole("on_the_spot") for row in procedures),
        departments=len(departments),
        delegated=sum(row.whole("delegated_to_centre") for row in departments),
        intake_counters=len(counters),
        own_counters=sum(row.text("owner") == "centre" for row in counters),
        tariff={row.text("zone"): row.whole("fee_vnd") for row in rows(folder / "tariff.csv", day)},
        courier_trips=len(trips),
        courier_times=len({row.text("time") for row in trips}),
        inventory={row.text("item"): row.whole("count") for row in rows(folder / "inventory.csv", day)},
    )


def load_stated(folder: Path) -> tuple[Stated, ...]:
    """The figures of the published report, in its order. Raises SiteError."""
    return tuple(
        Stated(
            id=row.text("id"),
            figure=row.text("figure_vi"),
            stated=row.text("stated"),
            unit=row.text("unit_vi"),
            note=row.text("note_vi"),
            names=row.names("figure"),
            units=row.optional("unit"),
            notes=row.optional("note"),
        )
        for row in rows(folder / "acceptance.csv")
    )
