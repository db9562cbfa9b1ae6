"""Appointments over HTTP and on a real database: brought while the hub works, kept over a restart, gone at night."""

import datetime
import io
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from appliance.wire.appointments import token
from broker import verify
from broker.appointment_model import Appointments
from broker.database import open_reader
from broker.intake.command import main
from tests.hub_core import centre
from tests.waiting import eventually
from tests.web_hall import WebHall
from tests.web_served import Served

SITE = replace(centre(always_open=False), appointments=Appointments(on=True))
TODAY, TOMORROW = "2026-11-23", "2026-11-24"
CODE = "DVC-8F3K-22"
API = "/api/v1/appointments"
HEAD = "Họ và tên,code,service,day,time,Điện thoại\n"


def row(code: str = CODE, day: str = TODAY, time: str = "08:30", service: str = "TNMT-NOP") -> dict[str, str]:
    return {"code": code, "service": service, "day": day, "time": time}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[WebHall]:
    hall = WebHall(tmp_path, site=SITE)
    yield hall
    hall.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob("hub.sqlite*")))


def test_what_the_portal_brings_gives_its_number_to_who_types_the_code_and_after_a_restart_only_once(tmp_path):
    hall = WebHall(tmp_path, site=SITE)
    portal, desk = hall.program("portal"), hall.program("reception")
    brought = portal.post(API, {"appointments": [row(), row("later-22", TOMORROW)]}).json
    assert (brought["written"], brought["new"], brought["rejected"]) == (True, 2, [])
    hall.close()
    again = WebHall(tmp_path, site=SITE)
    desk = again.program("reception")
    first = desk.post("/api/v1/tickets", {"appointment": "dvc 8f3k22"})
    assert (first.status_code, first.json["ticket"]["number"]) == (201, "A001")
    assert first.json["ticket"]["appointment"] == "2026-11-23T08:30:00.000+07:00"
    phone = again.app.test_client().get(f"/t/{first.json['ticket']['code']}?lang=vi").text
    assert "Giờ hẹn" in phone
    again.press("q01a", "open")
    assert "có lịch hẹn" in again.person("clerk", "q01a").get("/desk/q01a").text, (
        "in the line, as the reason of its order"
    )
    again.press("q01a", "next")
    assert "có lịch hẹn" in again.person("clerk", "q01a").get("/desk/q01a").text
    again.close()
    third = WebHall(tmp_path, site=SITE)
    desk = third.program("reception")
    held = desk.post("/api/v1/tickets", {"appointment": CODE})
    assert (held.status_code, "đã lấy số" in held.json["message"]["vi"]) == (409, True)
    early = desk.post("/api/v1/tickets", {"appointment": "later-22"})
    assert (early.status_code, early.json["error"]) == (409, "too_early")
    assert "ngày 24/11" in early.json["message"]["vi"]
    assert desk.post("/api/v1/tickets", {"appointment": "nobody-knows"}).status_code == 404
    assert desk.post("/api/v1/tickets", {}).status_code == 400
    third.close()
    assert verify.check(open_reader(tmp_path / "hub.sqlite")).sound
    with sqlite3.connect(tmp_path / "hub.sqlite") as db:
        db.execute("UPDATE appointments SET ticket = ''")
    (complaint,) = verify.check(open_reader(tmp_path / "hub.sqlite")).complaints
    assert "table appointments" in complaint, "or the code gives a second number"


def test_tomorrow_nothing_of_todays_codes_is_left_in_any_file(hall, tmp_path):
    assert hall.program("portal").post(API, {"appointments": [row(), row("later-22", TOMORROW)]}).json["new"] == 2
    assert token(CODE).encode() in on_disk(tmp_path)
    assert CODE.encode() not in on_disk(tmp_path)
    hall.clock.advance(24 * 3600)
    hall.take()
    eventually(lambda: token(CODE).encode() not in on_disk(tmp_path))
    assert token("later-22").encode() in on_disk(tmp_path)
    with sqlite3.connect(tmp_path / "hub.sqlite") as db:
        for table in ("facts", "replies", "quarantine"):
            assert token("later-22") not in repr(db.execute(f"SELECT * FROM {table}").fetchall()), table
        (missed,) = db.execute("SELECT n FROM daily WHERE measure = 'appointment_missed' AND dimension = 'site'")
    assert missed == (1,)
    manager = hall.program("manager")
    (whole,) = manager.get(f"{API}?from={TODAY}&to={TODAY}").json["rows"]
    assert (whole["in_time"], whole["late"], whole["missed"], whole["mean_s"]) == (0, 0, 1, None)
    assert manager.get(f"{API}?from={TODAY}&to={TODAY}&by=queue").json["rows"][0]["key"] == "a"
    page = hall.person("manager").get(f"/manager/waits?from={TODAY}&to={TODAY}").text
    assert "Không đến" in page
    assert "Không đến" not in hall.person("manager").get("/manager/waits?from=2026-11-16&to=2026-11-17").text
    assert verify.check(open_reader(tmp_path / "hub.sqlite")).sound


def test_a_day_that_has_none_any_more_is_named_and_a_list_that_is_sent_twice_counts_once(hall):
    portal, key = hall.program("portal"), str(uuid.uuid4())
    for _ in range(2):
        assert portal.post(API, {"appointments": [row("later-22", TOMORROW)]}, Idempotency_Key=key).status_code == 200
    gone = portal.post(API, {"appointments": [], "days": [TOMORROW]}).json
    assert (gone["cancelled"], gone["new"]) == (1, 0)
    assert hall.hub.look(lambda lobby: lobby.bookings) == {}


def test_where_appointments_are_off_the_portal_is_told_whom_to_ask(tmp_path):
    hall = WebHall(tmp_path)
    refused = hall.program("portal").post(API, {"appointments": []})
    assert (refused.status_code, "[appointments]" in refused.json["message"]["vi"]) == (409, True)
    hall.close()


def test_the_administrator_looks_at_a_file_before_it_is_taken_and_no_name_stays(hall, tmp_path):
    admin = hall.person("admin")
    page = "/admin/appointments"
    assert page in admin.get("/admin").text

    def send(what: str, content: str, skip: str = "") -> str:
        file = (io.BytesIO(content.encode()), "list.csv")
        form = {"form_token": admin.token(page), "file": file, "what": what, "skip": skip}
        return str(admin.client.post(page, data=form, headers={"Accept": "text/html"}).text)

    good = f"{HEAD}Nguyễn Thị Trăng,{CODE},tnmt-nop,{TOMORROW},09:00,0912\n"
    assert "1 hẹn mới" in send("look", good)
    assert hall.hub.look(lambda lobby: lobby.bookings) == {}
    refused = send("write", f"{good},x,tnmt-nop,{TOMORROW},09:00,0912\n")
    assert "Chưa ghi gì" in refused
    assert "mã hẹn phải có từ 6 chữ hoặc số" in refused
    assert "Đã nhập" in send("write", good)
    spoilt = send("write", f"{HEAD}x,=A2,tnmt-nop,{TOMORROW},09:00,0912\n", skip="1")
    assert "nên không hủy lịch hẹn nào" in spoilt
    assert list(hall.hub.look(lambda lobby: lobby.bookings)) == [token(CODE)]
    assert "Thiếu cột" in send("write", "name\nTrăng\n")
    assert "Trăng".encode() not in on_disk(tmp_path)


def test_a_program_of_the_portal_can_do_nothing_else(hall):
    portal = hall.program("portal")
    assert portal.post("/api/v1/tickets", {"service": "tnmt-nop"}).status_code == 403
    assert portal.post("/api/v1/desks/q01a/open").status_code == 403
    assert hall.program("reception").post(API, {"appointments": []}).status_code == 403


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path, site=SITE)
    (tmp_path / "token").write_text(served.hall.staff.programs.grant("dvc", "portal", (), actor="test"))
    yield served
    served.close()


def test_goiso_import_brings_a_file_while_the_hub_works_and_never_reads_a_name(served, tmp_path, capsys):
    table = tmp_path / "appointments.csv"
    lines = (
        "Nguyễn Thị Trăng,x1-abcdef,tnmt-nop,24/11/2026,09:00,0912",
        "Lê Văn Sóng,x2-abcdef,tnmt-nop,2026-11-20,09:00,0913",
    )
    table.write_text(HEAD + "\n".join(lines))
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('dates = ["%d/%m/%Y"]\n')
    asked = ("appointments", str(table), "--hub", served.url, "--token-file", str(tmp_path / "token"))
    asked = (*asked, "--mapping", str(mapping))
    assert main([*asked, "--rejected", str(tmp_path / "bad.csv")]) == 1
    told = capsys.readouterr().out
    assert "dòng 3: giờ hẹn 09:00 20/11/2026 đã qua" in told
    assert "chưa ghi gì" in told
    assert "line 3: the slot" in told
    assert served.hall.hub.look(lambda lobby: lobby.bookings) == {}
    assert main([*asked, "--skip-rejected", "--dry-run"]) == 1
    assert served.hall.hub.look(lambda lobby: lobby.bookings) == {}
    assert main([*asked, "--skip-rejected"]) == 1
    assert "đã nhập: 1 mới" in capsys.readouterr().out
    assert list(served.hall.hub.look(lambda lobby: lobby.bookings)) == [token("x1-abcdef")]
    assert "Trăng".encode() not in on_disk(tmp_path)
    assert (tmp_path / "bad.csv").read_text("utf-8-sig").startswith("line,vi,en\n3,")


def test_a_workbook_with_real_dates_and_times_is_read_and_a_formula_is_not(served, tmp_path, capsys):
    book = openpyxl.Workbook()
    book.active.append(("code", "service", "day", "time"))
    book.active.append(("x1-abcdef", "tnmt-nop", datetime.date(2026, 11, 24), datetime.time(9, 15)))
    book.active.append(("=A2", "tnmt-nop", "2026-11-24", "10:00"))
    book.save(tmp_path / "appointments.xlsx")
    portal = served.hall.program("portal")
    assert portal.post(API, {"appointments": [row("x2-abcdef", TOMORROW, "10:00")]}).json["new"] == 1
    asked = ["appointments", str(tmp_path / "appointments.xlsx"), "--hub", served.url]
    asked += ["--token-file", str(tmp_path / "token"), "--skip-rejected"]
    assert main(asked) == 1
    told = capsys.readouterr().out
    assert "dòng 3" in told
    assert "nên không hủy lịch hẹn nào" in told
    assert served.hall.hub.look(lambda lobby: lobby.bookings).keys() == {token("x1-abcdef"), token("x2-abcdef")}
    booking = served.hall.hub.look(lambda lobby: lobby.bookings[token("x1-abcdef")])
    assert served.hall.hub.look(lambda lobby: lobby.calendar.instant(booking.slot)).startswith("2026-11-24T09:15")


def test_a_hub_that_is_not_there_or_does_not_know_the_token_is_told_in_one_line(served, tmp_path, capsys):
    table = tmp_path / "appointments.csv"
    table.write_text("code,service,day,time\n")
    asked = ["appointments", str(table), "--token-file", str(tmp_path / "token"), "--hub"]
    assert main([*asked, "http://127.0.0.1:1"]) == 2
    assert "hãy khởi động máy chủ" in capsys.readouterr().err
    (tmp_path / "token").write_text("nobody's")
    assert main([*asked, served.url]) == 2
    assert "Hãy đăng nhập trước" in capsys.readouterr().err
    assert main(["appointments", str(table)]) == 2
