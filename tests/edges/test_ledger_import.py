"""`goiso import ledger`, as a technician meets it."""

from contextlib import closing
from pathlib import Path

import pytest

from broker.database import open_reader
from broker.intake.command import main
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


def test_a_bad_row_is_named_and_nothing_is_half_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", ledger(tmp_path, HEADER + GOOD + BAD), "--data", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "line 3: received '04/01/2021'" in out
    assert "dòng 3: received “04/01/2021” không phải ngày" in out
    assert "would be imported: 1 new and 0 changed dossiers, 0 unchanged; 1 lines rejected; nothing was written" in out
    assert (dossiers(tmp_path), facts(tmp_path)) == (0, 0)


def test_the_good_rows_go_in_without_the_bad_ones_where_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "rejected.csv"
    arguments = ["--data", str(tmp_path), "--skip-rejected", "--rejected", str(listed)]
    assert main(["ledger", ledger(tmp_path, HEADER + GOOD + BAD + GOOD), *arguments]) == 1
    assert "were imported: 1 new and 0 changed dossiers, 0 unchanged; 2 lines rejected" in capsys.readouterr().out
    assert (dossiers(tmp_path), facts(tmp_path)) == (1, 1)
    assert [line.split(",")[0] for line in listed.read_text(encoding="utf-8-sig").splitlines()] == ["line", "3", "4"]


def test_a_dry_run_writes_neither_dossier_nor_fact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", ledger(tmp_path, HEADER + GOOD), "--data", str(tmp_path), "--dry-run"]) == 0
    assert "would be imported: 1 new and 0 changed dossiers" in capsys.readouterr().out
    assert (dossiers(tmp_path), facts(tmp_path)) == (0, 0)


def test_a_spreadsheet_s_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert main(["ledger", ledger(tmp_path, HEADER + GOOD, "utf-8-sig"), "--data", str(tmp_path)]) == 0
    assert dossiers(tmp_path) == 1


def test_a_missing_file_is_one_line_and_creates_no_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", str(tmp_path / "none.csv"), "--data", str(tmp_path)]) == 2
    assert "none.csv" in capsys.readouterr().err
    assert not (tmp_path / "hub.sqlite").exists()


def test_nobody_imports_behind_a_running_hub_s_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = load_site(SITE_FOLDER)
    with closing(Store(tmp_path / "hub.sqlite", site.id, site.zone)):
        assert main(["ledger", ledger(tmp_path, HEADER + GOOD), "--data", str(tmp_path)]) == 2
    assert "stop it first" in capsys.readouterr().err


def test_a_list_of_the_one_stop_software_is_read_through_the_mapping_that_we_ship(tmp_path: Path) -> None:
    theirs = (
        "Mã hồ sơ;Mã đơn vị;Mã thủ tục;Hình thức nộp;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả kết quả;Hình thức trả\n"
        "H12-1;TP;TP-001;Trực tuyến;04/01/2021;18/01/2021 17:00;15/01/2021;Bưu chính\n"
        "H12-2;tp;tp-001;Trực tiếp;04/01/2021;18/01/2021;;\n"
    )
    mapping = ["--mapping", str(SITE_FOLDER / "ledger-mapping.toml")]
    assert main(["ledger", ledger(tmp_path, theirs), "--data", str(tmp_path), *mapping]) == 0
    with closing(open_reader(tmp_path / "hub.sqlite")) as reader:
        assert list(reader.execute("SELECT key, channel, due, resolved, delivery FROM dossiers")) == [
            ("H12-1", "online", "2021-01-18", "2021-01-15", "home"),
            ("H12-2", "counter", "2021-01-18", None, None),
        ]


def test_a_line_that_breaks_off_in_the_middle_of_a_long_file_leaves_nothing(tmp_path: Path) -> None:
    rows = "".join(GOOD.replace("H12-1", f"H12-{n}") for n in range(3000))
    path = tmp_path / "ledger.csv"
    path.write_bytes((HEADER + rows).encode() + b'H12-x,"T\xc4')
    assert main(["ledger", str(path), "--data", str(tmp_path)]) == 2
    assert main(["ledger", ledger(tmp_path, HEADER + rows + 'H12-x,"TP'), "--data", str(tmp_path)]) == 2
    assert (dossiers(tmp_path), facts(tmp_path)) == (0, 0)
