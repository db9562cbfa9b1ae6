"""`goiso report`, as a director's secretary meets it."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from broker.database import connect
from broker.intake.ledger import Dossier
from broker.intake.ledger_store import import_dossiers
from broker.report.command import main
from broker.site_files import load_site
from broker.store import Store
from tests.hub_core import SITE_FOLDER

NOON = 1_609_736_400_000  # 2021-01-04 12:00 in the centre's zone


@pytest.fixture
def data(tmp_path: Path) -> Path:
    site = load_site(SITE_FOLDER)
    dossier = Dossier(
        key="1", department="tp", procedure="tp-001", channel="online", received="2021-01-04", due="2021-01-18",
        resolved="2021-01-18", delivery=None,
    )  # fmt: skip
    with closing(Store(tmp_path / "hub.sqlite", site.id, site.zone)) as store:
        import_dossiers(store, (dossier,), "00", "system", NOON)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF-"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")]
)
def test_every_form_comes_whole_and_leaves_no_scraps(data: Path, form: str, begins: bytes) -> None:
    out = data / f"report.{form}"
    assert main(["--period", "2021", "--format", form, "--data", str(data), "--out", str(out)]) == 0
    assert out.read_bytes().startswith(begins)
    assert not list(data.glob(".*part"))


def test_the_published_year_is_held_against_the_published_report(data: Path) -> None:
    out = data / "report.json"
    assert (
        main(["--from", "2021-01-01", "--to", "2021-12-31", "--format", "json", "--data", str(data), "--out", str(out)])
        == 0
    )
    said = json.loads(out.read_text())
    assert (said["from"], said["to"], said["compared"]) == ("2021-01-01", "2021-12-31", True)
    assert [row["id"] for row in said["figures"]] == [f"N{n:02d}" for n in range(1, 37)]
    assert next(row for row in said["figures"] if row["id"] == "N12")["value"] == 1


def test_another_month_is_not(data: Path) -> None:
    out = data / "report.json"
    assert main(["--period", "2021-01", "--format", "json", "--data", str(data), "--out", str(out)]) == 0
    said = json.loads(out.read_text())
    assert said["compared"] is False
    assert {row["agrees"] for row in said["figures"]} == {None}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--from", "2021-02-01", "--to", "2021-01-01"], "is after"),
        (["--from", "01/02/2021"], "01/02/2021"),
        (["--from", "2021-02-30"], "day"),
        (["--period", "2021-13"], "month"),
        ([], "which days"),
    ],
)
def test_days_that_are_none_are_refused_in_one_line(
    data: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--data", str(data)]) == 2
    line = told(capsys)
    assert says in line
    assert line.count("\n") == 1


def test_a_folder_without_a_database_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--period", "2021", "--data", str(tmp_path)]) == 2
    assert "is --data right?" in told(capsys)


def test_a_database_of_an_older_program_is_one_line_that_says_what_to_do(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(connect(data / "hub.sqlite")) as db:
        db.execute("PRAGMA user_version = 3")
    assert main(["--period", "2021", "--data", str(data)]) == 2
    line = told(capsys)
    assert "start the hub once" in line
    assert line.count("\n") == 1
