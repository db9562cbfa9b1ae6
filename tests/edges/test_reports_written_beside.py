"""Reports ordered over HTTP: written by a process of their own, fetched with a login, few and not for ever."""

import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from broker.beside.jobs import FullError, Jobs, Room
from broker.report.files import ReportJob, Reports, report_job
from tests.waiting import eventually
from tests.web_hall import WebHall

ROOM = Room()
DAY_MS = 24 * 3_600_000
NOW = 1_795_000_000_000
WRITES = "import sys, pathlib; pathlib.Path(sys.argv[-1]).write_bytes(b'whole'); print('7/7')"
FAILS = "import sys; sys.exit('goiso report: no room on the disk')"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHall]:
    hall = WebHall(tmp_path_factory.mktemp("hall"))
    for level in (1, 1, 2, 4):
        hall.serve_and_rate(level)
    yield hall
    hall.close()


class Clock:
    def __init__(self) -> None:
        self.ms = NOW

    def __call__(self) -> int:
        return self.ms


def jobs(folder: Path, program: str, clock: Clock | None = None) -> Jobs[ReportJob]:
    return Jobs(folder, (sys.executable, "-c", program), Reports(lambda ms: f"{ms}"), clock or Clock())


def ended(of: Jobs[ReportJob], job: ReportJob) -> ReportJob:
    eventually(lambda: (found := of.find(job.id)) is not None and found.state in ("done", "failed"))
    found = of.find(job.id)
    assert found
    return found


def test_a_report_is_ordered_followed_and_fetched_and_says_what_the_api_says(hall: WebHall) -> None:
    manager = hall.program("manager")
    said = manager.get("/api/v1/report").json
    ordered = manager.post("/api/v1/reports", {"from": said["from"], "to": said["to"], "format": "json"})
    assert ordered.status_code == 202
    address = f"/api/v1/reports/{ordered.json['id']}"
    eventually(lambda: manager.get(address).json["state"] == "done", 60)
    file = manager.get(f"{address}/file")
    assert "attachment" in file.headers["Content-Disposition"]
    assert file.headers["Cache-Control"] == "no-store"
    written = json.loads(file.data)
    assert {**written, "made": ""} == {**said, "made": ""}
    assert (said["waits"][0]["served"], said["ratings"][0]["told"]) == (4, "not_yet")


def test_the_page_orders_a_workbook_lists_it_and_hands_it_out(hall: WebHall) -> None:
    browser = hall.person("manager")
    page = browser.get("/manager/report?from=2026-11-01&to=2026-11-30")
    assert "Tháng 11 năm 2026" in page.text
    assert "Giám đốc" in page.text
    assert page.text.count('<th scope="row">Tổng số thủ tục hành chính') == 1
    form = {"from": "2026-11-01", "to": "2026-11-30", "format": "xlsx", "language": "vi"}
    answer = browser.submit("/manager/reports", "/manager/report", **form)
    assert answer.status_code == 303
    link = re.compile(r'XLSX · Tiếng Việt</small></span>\s*<a [^>]*href="([^"]+)"')
    address = eventually(lambda: link.findall(browser.get("/manager/report/files").text), 60)[0]
    assert openpyxl.load_workbook(io.BytesIO(browser.get(address).data)).sheetnames[1] == "Số liệu"
    assert hall.stranger().get(address).status_code == 303


@pytest.mark.parametrize("bad", [{"from": "2026-11-31"}, {"format": "exe"}, {"language": "xx"}, {"out": "/etc/passwd"}])
def test_an_order_for_what_there_is_not_is_refused_and_starts_nothing(hall: WebHall, bad: dict[str, str]) -> None:
    before = len(hall.web.reports.all())
    answer = hall.program("manager").post("/api/v1/reports", bad)
    assert answer.status_code == 400
    assert len(hall.web.reports.all()) == before


def test_a_file_that_nobody_ordered_is_not_found(hall: WebHall) -> None:
    manager = hall.program("manager")
    (hall.folder / "reports").mkdir(exist_ok=True)
    for name in ("x", "..", "0" * 32, "%2e%2e%2fhub.sqlite"):
        assert manager.get(f"/api/v1/reports/{name}/file").status_code in (404, 308)


def test_a_report_that_could_not_be_written_says_so_and_leaves_no_file(tmp_path: Path) -> None:
    of = jobs(tmp_path, FAILS)
    job = of.start(report_job("2026-11-01", "2026-11-30", "vi", "pdf"))
    assert ended(of, job).state == "failed"
    assert list(tmp_path.iterdir()) == []


class StoppedClock(Clock):
    """The hub's time, which cannot be told on those of its askings that are named."""

    def __init__(self, *silent: int) -> None:
        super().__init__()
        self._silent, self._asked = silent, 0

    def __call__(self) -> int:
        self._asked += 1
        if self._asked in self._silent:
            raise RuntimeError("the hub is busy")
        return self.ms


def test_an_order_that_the_hub_was_too_busy_for_takes_nobodys_place(tmp_path: Path) -> None:
    tries = ROOM.at_once + ROOM.waiting
    of = jobs(tmp_path, WRITES, StoppedClock(*range(1, tries + 1)))
    job = report_job("2026-11-01", "2026-11-30", "vi", "pdf")
    for _ in range(tries):
        with pytest.raises(RuntimeError):
            of.start(report_job("2026-11-01", "2026-11-30", "vi", "pdf"))
    assert of.all() == []
    assert ended(of, of.start(job)).state == "done"


@pytest.mark.parametrize(("program", "clock"), [(WRITES, StoppedClock(2)), ("", Clock())], ids=["no time", "no file"])
def test_whatever_goes_wrong_beside_is_told_as_failed(tmp_path: Path, program: str, clock: Clock) -> None:
    of = jobs(tmp_path, program, clock)
    job = of.start(report_job("2026-11-01", "2026-11-30", "vi", "pdf"))
    assert ended(of, job).state == "failed"


def test_too_many_orders_are_refused_and_none_is_lost(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    of = jobs(tmp_path, f"import os\nwhile not os.path.exists({str(gate)!r}): pass\n{WRITES}")
    ordered = [
        of.start(report_job("2026-11-01", "2026-11-30", "vi", "pdf")) for _ in range(ROOM.at_once + ROOM.waiting)
    ]
    with pytest.raises(FullError):
        of.start(report_job("2026-11-01", "2026-11-30", "vi", "pdf"))
    assert [job.state for job in of.all()].count("working") <= ROOM.at_once
    gate.touch()
    assert {ended(of, job).state for job in ordered} == {"done"}
    assert len(of.all()) == ROOM.at_once + ROOM.waiting


def test_what_is_being_made_is_not_made_twice(tmp_path: Path) -> None:
    gate, runs = tmp_path / "gate", tmp_path / "runs"
    counts = f"import os\nopen({str(runs)!r}, 'a').write('x')\nwhile not os.path.exists({str(gate)!r}): pass\n"
    of = jobs(tmp_path / "files", counts + WRITES)
    job = report_job("2026-11-01", "2026-11-30", "vi", "pdf")
    for _ in range(2 * (ROOM.at_once + ROOM.waiting)):
        assert of.start(job).id == job.id
    gate.touch()
    assert ended(of, job).state == "done"
    assert of.start(job).state == "done"
    assert runs.read_text() == "x"


class Meanwhile(Clock):
    """The hub's time; whoever asks for it the `nth` time waits until `happens` has returned."""

    def __init__(self, nth: int, happens: Callable[[], object]) -> None:
        super().__init__()
        self._left, self._happens = nth, happens

    def __call__(self) -> int:
        self._left -= 1
        if self._left == 0:
            self._happens()
        return self.ms


def test_what_is_finished_while_it_is_ordered_again_is_not_made_twice(tmp_path: Path) -> None:
    gate, runs = tmp_path / "gate", tmp_path / "runs"
    os.mkfifo(gate)
    counts = f"open({str(runs)!r}, 'a').write('x')\nopen({str(gate)!r}).read()\n"
    job = report_job("2026-11-01", "2026-11-30", "vi", "pdf")

    def finish() -> None:
        gate.write_text("")
        ended(of, job)

    third = 3  # the first order asks twice
    of = jobs(tmp_path / "files", counts + WRITES, Meanwhile(third, finish))
    of.start(job)
    eventually(runs.exists)
    assert of.start(job).state == "done"
    assert runs.read_text() == "x"


def test_what_was_written_is_known_to_the_next_start_of_the_hub(tmp_path: Path) -> None:
    of = jobs(tmp_path, WRITES)
    job = ended(of, of.start(report_job("2026-11-01", "2026-11-30", "km", "csv")))
    again = jobs(tmp_path, WRITES).find(job.id)
    assert again == job
    assert (again.start, again.end, again.lang, again.form) == ("2026-11-01", "2026-11-30", "km", "csv")


def test_old_files_and_more_than_are_kept_are_deleted(tmp_path: Path) -> None:
    clock = Clock()
    for n in range(ROOM.kept + 5):
        file = tmp_path / f"2026-11-01_2026-11-30_vi_{n:032x}.pdf"
        file.write_bytes(b"")
        os.utime(file, (NOW / 1000 - n, NOW / 1000 - n))
    of = jobs(tmp_path, WRITES, clock)
    ended(of, of.start(report_job("2026-11-01", "2026-11-30", "vi", "pdf")))
    assert len(of.all()) == ROOM.kept + 1
    assert of.find(f"{0:032x}")
    clock.ms += (ROOM.kept_days + 1) * DAY_MS
    last = ended(of, of.start(report_job("2026-11-01", "2026-11-30", "vi", "pdf")))
    assert of.all() == [last]
