"""Asking what would have been over HTTP: refused in words, worked out by a process of its own, answered once."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from broker.simulator.command import main
from tests.waiting import eventually
from tests.web_hall import Browser, WebHall
from tests.what_if_scene import MONTH, record_a_month

SIMULATIONS = "/api/v1/simulations"
PAGE = "/manager/what-if"
ONE_MORE = {"month": MONTH, "change": {"desks": {"a": 1}}}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHall]:
    folder = tmp_path_factory.mktemp("month")
    hall = WebHall(folder, site=record_a_month(folder))
    yield hall
    hall.close()


@pytest.fixture(scope="module")
def answered(hall: WebHall) -> dict:
    """One more desk for the busy queue, worked out."""
    manager = hall.program("manager")
    ordered = manager.post(SIMULATIONS, ONE_MORE)
    assert ordered.status_code == 202, ordered.text
    address = f"{SIMULATIONS}/{ordered.json['id']}"
    eventually(lambda: manager.get(address).json["job"]["state"] in ("done", "failed"), 120)
    return manager.get(address).json


def test_a_question_is_answered_beside_the_hub(answered: dict) -> None:
    answer = answered["answer"]
    assert (answer["recorded_days"], answer["simulated_days"]) == (12, 48)
    assert answer["recorded"]["visits"] == answer["as_was"]["visits"] == 60
    assert answer["other"]["mean_min"] < 0.7 * answer["as_was"]["mean_min"]
    assert answer["gaps"]["nine_min"]["high"] < 0
    assert answer["as_was"]["nine_min"] == pytest.approx(answer["recorded"]["nine_min"], rel=0.15)


def test_the_same_question_is_worked_out_once(hall: WebHall, answered: dict) -> None:
    again = hall.program("admin").post(SIMULATIONS, {"change": {"desks": {"a": 1}, "demand": 1.0}, "month": ""})
    assert again.json == answered["job"], "the month that is over is the one meant"
    assert [job["id"] for job in hall.program("manager").get(SIMULATIONS).json] == [answered["job"]["id"]]


def test_the_command_says_the_same(hall: WebHall, answered: dict, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    few = ["--data", str(hall.folder), "--days", "12", "--add-desk", "A", "--format"]
    assert main([*few, "json"]) == 0
    said = json.loads(capsysbinary.readouterr().out)
    assert (said["question"]["month"], said["simulated_days"]) == (MONTH, 12)
    assert said["recorded"] == answered["answer"]["recorded"]
    assert main([*few, "text"]) == 0
    assert b"queue A: " in capsysbinary.readouterr().out


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"month": "2026-13"}, ""),
        ({"month": "2020-01"}, "Hãy chọn tháng khác"),
        ({"change": {"demand": 0}}, "lớn hơn 0"),
        ({"change": {"desks": {"a": -3}}}, "Hàng A có 3 bàn"),
        ({"change": {"clerks": [[660, 420]]}}, "bắt đầu phải trước giờ kết thúc"),
        ({"change": {"moves": [["a", "zz"]]}}, "Không có bàn nào tiếp hàng ZZ"),
        ({"change": {"policy": "random"}}, ""),
        ({"change": {"out": "/etc/passwd"}}, ""),
        ({"days": 100_000}, ""),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_starts_nothing(hall: WebHall, bad: dict, words: str) -> None:
    before = len(hall.web.simulations.all())
    answer = hall.program("manager").post(SIMULATIONS, bad)
    assert answer.status_code == 400
    assert words in answer.json["message"]["vi"]
    assert len(hall.web.simulations.all()) == before


@pytest.mark.parametrize("role", ["clerk", "reception", "device"])
def test_only_who_sees_figures_may_ask(hall: WebHall, role: str) -> None:
    program = hall.program(role)
    assert program.post(SIMULATIONS, ONE_MORE).status_code == 403
    assert program.get(SIMULATIONS).status_code == 403
    assert program.get(PAGE).status_code == 403


def test_a_foreign_page_cannot_make_a_manager_ask(hall: WebHall) -> None:
    manager = hall.person("manager")
    assert manager.client.post(PAGE, data={"add": "a"}).status_code == 403
    assert manager.client.post(PAGE, data={"add": "a", "form_token": "0" * 64}).status_code == 403


def test_an_answer_that_nobody_asked_for_is_not_found(hall: WebHall) -> None:
    manager, program = hall.person("manager"), hall.program("manager")
    for name in ("x", "0" * 32, "%2e%2e%2fhub.sqlite"):
        assert manager.get(f"{PAGE}/{name}").status_code in (404, 308)
        assert program.get(f"{SIMULATIONS}/{name}").status_code in (404, 308)


def test_the_address_of_a_question_that_the_hub_died_on_leads_back_to_the_form(hall: WebHall) -> None:
    manager = hall.person("manager")
    for address in (f"{PAGE}/{'0' * 32}", f"{PAGE}/{'0' * 32}/now"):
        answer = manager.get(f"{address}?lang=vi")
        assert answer.status_code == 404
        assert "Kết quả này không còn, hoặc máy chủ vừa khởi động lại. Hãy hỏi lại." in answer.text
        assert 'action="/manager/what-if"' in answer.text
        assert "data-busy" not in answer.text, "the page would ask for ever"
    assert "Please ask again." in manager.get(f"{PAGE}/{'0' * 32}?lang=en").text


def test_the_page_says_the_answer_and_how_far_to_believe_it(hall: WebHall, answered: dict) -> None:
    page = hall.person("manager").get(f"{PAGE}/{answered['job']['id']}").text
    assert "Nếu thêm 1 bàn cho hàng A · Đất đai, môi trường thì người dân chờ bao lâu?" in page
    assert re.search(r"9 trong 10 người được gọi trong \d+ phút thay vì \d+ phút\.", page)
    assert "Mô phỏng sát với thực tế" in page
    assert page.count('<option value="a" selected>') == 1, "the form stands as it was asked"
    other = hall.person("manager").get(f"{PAGE}/{answered['job']['id']}?lang=en").text
    assert "9 of 10 are called within" in other


def filled_in(manager: Browser) -> dict[str, str]:
    """The form as a browser sends it when nothing is touched."""
    page = manager.get(PAGE).text
    fields = dict(re.findall(r'<input name="(\w+)" type="number"[^>]* value="([^"]*)"', page))
    return fields | dict(re.findall(r'<input type="time" name="(\w+)" value="([^"]*)"', page)) | {"month": MONTH}


def test_the_form_asks_for_exactly_what_was_changed(hall: WebHall, answered: dict) -> None:
    manager = hall.person("manager")
    assert filled_in(manager)["clerks_1_1"] == "17:00"
    sent = manager.submit(PAGE, PAGE, **filled_in(manager) | {"add": "a"})
    assert sent.status_code == 303
    assert sent.headers["Location"] == f"{PAGE}/{answered['job']['id']}"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Chưa có gì thay đổi"),
        ({"move_from": "a"}, "chọn cả hàng chuyển đi"),
        ({"demand": "nhiều"}, "“nhiều” không phải là một số"),
        ({"demand": "0"}, "lớn hơn 0"),
        ({"add": "a", "add_n": "0"}, "không phải là số bàn"),
        ({"clerks_0_0": "07:30", "clerks_0_1": ""}, "ví dụ 07:30"),
        ({"clerks_1_1": "16:00"}, "Phát số đến 17:00, nhưng cán bộ chỉ tiếp đến 16:00"),
        ({"remove": "g"}, "phải còn lại ít nhất một bàn"),
    ],
)
def test_a_form_that_means_nothing_comes_back_with_a_sentence(hall: WebHall, fields: dict, words: str) -> None:
    manager = hall.person("manager")
    answer = manager.submit(PAGE, PAGE, **filled_in(manager) | fields)
    assert answer.status_code == 400
    assert words in answer.text
    for name, value in fields.items():
        assert f'name="{name}"' in answer.text
        assert value in answer.text


def test_a_centre_without_a_past_says_so(tmp_path: Path) -> None:
    hall = WebHall(tmp_path)
    try:
        assert "Chưa có ngày nào đã kết thúc" in hall.person("manager").get(PAGE).text
        assert hall.program("manager").post(SIMULATIONS, {}).status_code == 400
    finally:
        hall.close()
