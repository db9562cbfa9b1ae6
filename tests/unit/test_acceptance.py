"""The 36 figures: what files, ledger and events give, and what is not held."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from broker.acceptance import RULES, Figure, table
from broker.establishment import load_establishment, load_stated
from broker.intake.ledger import Dossier
from broker.intake.ledger_store import import_dossiers
from broker.site_files import load_site
from broker.store import Store

SITE_FOLDER = Path(__file__).parents[2] / "firmware_configs" / "site" / "ca-mau"
NOON = 1_609_736_400_000  # 2021-01-04 12:00 in the centre's zone


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    site = load_site(SITE_FOLDER)
    store = Store(tmp_path / "hub.sqlite", site.id, site.zone)
    yield store
    store.close()


def figures(store: Store) -> Mapping[str, Figure]:
    centre = load_establishment(SITE_FOLDER, "2021-12-31")
    rows = table(store.db, load_site(SITE_FOLDER), centre, load_stated(SITE_FOLDER), "2021-01-01", "2021-12-31")
    return {row.id: row for row in rows}


def dossier(key: int, channel: Any, resolved: str | None) -> Dossier:
    return Dossier(
        key=str(key),
        department="tp",
        procedure="tp-001",
        channel=channel,
        received="2021-01-04",
        due="2021-01-18",
        resolved=resolved,
        delivery=None,
    )


def dossiers(counter: int, online: int, late: int, pending: int) -> tuple[Dossier, ...]:
    total = counter + online
    states = ["2021-01-19"] * late + [None] * pending + ["2021-01-18"] * (total - late - pending)
    return tuple(dossier(n, "online" if n < online else "counter", day) for n, day in enumerate(states))


def test_every_configured_figure_agrees_with_the_published_report(store: Store) -> None:
    configured = [row for row in figures(store).values() if row.provenance == "configuration"]
    assert len(configured) == 20
    assert [row.id for row in configured if not row.agrees] == []


def test_what_nobody_here_knows_is_not_held_rather_than_wrong(store: Store) -> None:
    not_held = [row for row in figures(store).values() if row.provenance == "not-held"]
    assert [row.id for row in not_held] == ["N25", "N32", "N33", "N34", "N36"]
    assert {(row.value, row.agrees) for row in not_held} == {(None, None)}


def test_lateness_is_a_share_of_the_resolved_with_its_denominator(store: Store) -> None:
    source = dossiers(counter=38_280, online=10_615, late=102, pending=2_035)
    import_dossiers(store, source, "00", "system", NOON)
    rows = figures(store)
    assert (rows["N12"].value, rows["N13"].value) == (48_895, 10_615)
    assert (rows["N16"].value, rows["N16"].numerator, rows["N16"].denominator) == (99.78, 46_758, 46_860)
    assert (rows["N18"].value, rows["N18"].numerator, rows["N18"].denominator) == (0.22, 102, 46_860)
    assert (rows["N14"].value, rows["N14"].denominator) == (21.71, 48_895)
    assert {rows[key].agrees for key in RULES if rows[key].provenance == "import"} == {True}


def test_figures_of_events_disagree_until_something_happened(store: Store) -> None:
    rows = figures(store)
    assert [key for key, row in rows.items() if row.provenance == "events"] == ["N19", "N20", "N21", "N22"]
    assert {rows[key].agrees for key in ("N19", "N20", "N21", "N22")} == {False}
    assert rows["N22"].value is None


def test_importing_twice_changes_nothing_but_the_log(store: Store) -> None:
    source = dossiers(counter=3, online=2, late=1, pending=1)
    first = import_dossiers(store, source, "00", "system", NOON)
    second = import_dossiers(store, source, "00", "system", NOON)
    assert (first.new, first.changed, first.unchanged) == (5, 0, 0)
    assert (second.new, second.changed, second.unchanged) == (0, 0, 5)
    assert store.db.execute("SELECT count(*) FROM dossiers").fetchone() == (5,)
    log = list(store.db.execute("SELECT kind FROM facts"))
    assert log == [("ledger_imported",), ("ledger_imported",)]


def test_a_later_file_closes_what_was_left_open(store: Store) -> None:
    import_dossiers(store, (dossier(1, "counter", None),), "00", "system", NOON)
    assert figures(store)["N15"].value == 0
    taken = import_dossiers(store, (dossier(1, "counter", "2021-01-10"),), "01", "system", NOON)
    assert (taken.changed, figures(store)["N15"].value) == (1, 1)
