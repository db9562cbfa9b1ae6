"""`goiso import ledger`, as a technician meets it."""

from contextlib import closing
from pathlib import Path

import pytest

from broker.database import open_reader
from broker.ledger_import import main
from broker.site_files import load_site
from broker.store import Store

SITE_FOLDER = Path(__file__).parents[2] / "firmware_configs" / "site" / "ca-mau"
HEADER = "key,department,procedure,channel,received,due,resolved,delivery\n"
GOOD = "H12-1,TP,TP-001,counter,2021-01-04,2021-01-18,2021-01-15,home\n"
BAD = "H12-2,TP,TP-001,counter,04/01/2021,2021-01-18,,\n"


def ledger(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "ledger.csv"
    path.write_text(text, encoding=encoding)
    return str(path)


def dossiers(folder: Path) -> int:
    with closing(open_reader(folder / "hub.sqlite")) as reader:
        return int(reader.execute("SELECT count(*) FROM dossiers").fetchone()[0])


def facts(folder: Path) -> int:
    with closing(open_reader(folder / "hub.sqlite")) as reader:
        return int(reader.execute("SELECT count(*) FROM facts").fetchone()[0])


def test_good_rows_go_in_and_bad_ones_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", ledger(tmp_path, HEADER + GOOD + BAD), "--data", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "line 3: rejected: received '04/01/2021'" in out
    assert "1 new and 0 changed dossiers were imported, 0 unchanged, 1 rows rejected" in out
    assert (dossiers(tmp_path), facts(tmp_path)) == (1, 1)


def test_a_dry_run_writes_neither_dossier_nor_fact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", ledger(tmp_path, HEADER + GOOD), "--data", str(tmp_path), "--dry-run"]) == 0
    assert "1 new and 0 changed dossiers would be imported" in capsys.readouterr().out
    assert (dossiers(tmp_path), facts(tmp_path)) == (0, 0)


def test_a_spreadsheet_s_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert main(["ledger", ledger(tmp_path, HEADER + GOOD, "utf-8-sig"), "--data", str(tmp_path)]) == 0
    assert dossiers(tmp_path) == 1


def test_a_file_in_another_encoding_is_refused_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", ledger(tmp_path, HEADER + GOOD, "utf-16"), "--data", str(tmp_path)]) == 2
    assert "save the file as CSV in UTF-8" in capsys.readouterr().err


def test_a_missing_file_is_one_line_and_creates_no_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", str(tmp_path / "none.csv"), "--data", str(tmp_path)]) == 2
    assert "none.csv" in capsys.readouterr().err
    assert not (tmp_path / "hub.sqlite").exists()


def test_nobody_imports_behind_a_running_hub_s_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = load_site(SITE_FOLDER)
    with closing(Store(tmp_path / "hub.sqlite", site.id, site.zone)):
        assert main(["ledger", ledger(tmp_path, HEADER + GOOD), "--data", str(tmp_path)]) == 2
    assert "stop it first" in capsys.readouterr().err
