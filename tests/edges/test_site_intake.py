"""Tables of the centre imported into its folder: all or nothing, and never a centre that does not hold together."""

import csv
import shutil
from pathlib import Path

import pytest

from broker.establishment import load_establishment
from broker.intake.command import main
from broker.site_files import load_site
from tests.hub_core import SITE_FOLDER

DAY = "2026-11-23"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITE_FOLDER, tmp_path / "site"))


def run(site: Path, kind: str, text: str, *more: str) -> int:
    file = site.parent / f"{kind}.csv"
    file.write_text(text, encoding="utf-8")
    return main([kind, str(file), "--site", str(site), "--day", DAY, *more])


def table(site: Path, kind: str) -> list[dict[str, str]]:
    with (site / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_procedure_comes_one_changes_and_last_year_is_still_counted_as_it_was(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = load_establishment(site, "2021-12-31")
    text = "code,department,name_vi,level\nTP-001,TP,Tên mới,2\nTP-900,TP,Thủ tục mới,4\n"
    assert run(site, "procedures", text) == 0
    assert "were imported: 1 new, 1 changed, 0 ended, 0 unchanged" in capsys.readouterr().out
    assert load_establishment(site, "2021-12-31") == before
    assert len(load_establishment(site, DAY).procedures) == len(before.procedures) + 1
    assert run(site, "procedures", text) == 0
    assert "0 new, 0 changed, 0 ended, 2 unchanged" in capsys.readouterr().out


def test_a_dry_run_and_a_bad_line_leave_the_folder_as_it_was(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (site / "procedures.csv").read_bytes()
    good = "code,department,name_vi,level\nTP-900,TP,Thủ tục mới,4\n"
    assert run(site, "procedures", good, "--dry-run") == 0
    assert run(site, "procedures", good + "TP-901,TP,Sai,9\nTP-900,TP,Lần nữa,4\n") == 1
    out = capsys.readouterr().out
    assert "dòng 3: level" in out
    assert "line 4: code TP-900 stands above already" in out
    assert (site / "procedures.csv").read_bytes() == before
    assert run(site, "procedures", good + "TP-901,TP,Sai,9\n", "--skip-rejected") == 1
    assert [row["code"] for row in table(site, "procedures")][-1] == "TP-900"


def test_a_table_that_breaks_the_centre_is_refused_whole(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (site / "counters.csv").read_bytes()
    assert run(site, "counters", "code,label_vi,serves_vi,kind,queue\nQ77,Quầy 77,Không đâu,intake,ZZZ\n") == 2
    assert "would not hold together" in capsys.readouterr().err
    assert (site / "counters.csv").read_bytes() == before
    assert not list(site.glob(".*part"))


def test_a_department_that_ends_while_services_still_need_it_is_refused_today_and_not_found_out_on_its_last_day(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "code,name_vi,field_vi,queue,valid_to\nNGV,Sở Ngoại vụ,Ngoại vụ,{queue},2026-12-31\n"
    queue = next(row["queue"] for row in table(site, "departments") if row["code"] == "NGV")
    assert run(site, "departments", text.format(queue=queue)) == 2
    assert "services.csv:62: department is ngv" in capsys.readouterr().err


def test_a_department_of_another_name_keeps_its_old_one_for_the_reports_of_its_time(site: Path) -> None:
    row = next(row for row in table(site, "departments") if row["code"] == "TP")
    text = f"code,name_vi,field_vi,queue\nTP,Sở Tư pháp (mới),{row['field_vi'].replace(',', ' và')},{row['queue']}\n"
    assert run(site, "departments", text) == 0
    assert load_site(site, "2021-12-31").departments["tp"].names["vi"] == "Sở Tư pháp"
    assert load_site(site, DAY).departments["tp"].names["vi"] == "Sở Tư pháp (mới)"


def test_staff_are_counted_by_code_one_line_one_person_without_names(site: Path) -> None:
    assert run(site, "staff", "code,employer,role\nTT-01,Trung tâm,other\nTT-02,Trung tâm,other\n") == 0
    assert load_establishment(site, DAY).staff == 50
    assert load_establishment(site, "2021-12-31").staff == 48
    load_site(site, DAY)
