"""A desk's page and keys over HTTP: other people's desks, stale windows, a clock that jumps."""

import re
import uuid

import pytest

from tests.web_hall import WebHall


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    hall.press("q01a", "open")
    hall.press("q02", "open")
    for _ in range(3):
        hall.take()
    yield hall
    hall.close()


def at(hall: WebHall, desk: str) -> str:
    return hall.hub.look(lambda lobby: lobby.seats[desk].ticket)


def everything(hall: WebHall) -> tuple[object, ...]:
    return hall.hub.look(lambda lobby: (dict(lobby.tickets), dict(lobby.seats), dict(lobby.undo)))


def test_a_clerk_neither_presses_nor_sees_another_clerks_desk(hall):
    clerk = hall.person("clerk", "q01a")
    token = clerk.token("/desk/q01a")
    before = everything(hall)
    for desk in ("q02", "q99", "Q01A", "q01a%00", "..%2fadmin"):
        assert clerk.fetch(f"/api/v1/desks/{desk}/next", {}, token).status_code in (403, 404)
        for page in ("", "/now", "/number?typed=A001"):
            assert clerk.get(f"/desk/{desk}{page}").status_code in (403, 404)
    assert everything(hall) == before
    assert clerk.fetch("/api/v1/desks/q01a/next", {}, token).status_code == 200


def test_a_stale_window_is_told_what_to_do_and_the_first_answer_stays_the_answer(hall):
    clerk = hall.person("clerk", "q01a")
    token = clerk.token("/desk/q01a")
    key = str(uuid.uuid4())
    first = clerk.fetch("/api/v1/desks/q01a/next", {"showing": ""}, token, **{"Idempotency-Key": key})
    before = everything(hall)
    stale = clerk.fetch("/api/v1/desks/q01a/next", {"showing": ""}, token)
    assert (stale.status_code, stale.json["error"]) == (409, "wrong_state")
    assert stale.json["message"]["vi"].endswith("Hãy xem số đang hiện rồi bấm lại.")
    again = clerk.fetch("/api/v1/desks/q01a/next", {"showing": ""}, token, **{"Idempotency-Key": key})
    assert (again.status_code, again.json["ticket"]["number"]) == (200, first.json["ticket"]["number"])
    assert everything(hall) == before


@pytest.mark.parametrize("showing", ["A001", "../..", " ", None, 7, "0" * 36])
def test_what_shows_no_visit_is_refused(hall, showing):
    before = everything(hall)
    answer = hall.program("clerk").post("/api/v1/desks/q01a/next", {"showing": showing})
    assert (answer.status_code, answer.json["error"]) == (400, "malformed")
    assert everything(hall) == before


@pytest.mark.parametrize("seconds", [-7200, -1, 1, 7200, 40_000_000])
def test_a_clock_that_jumps_moves_no_timer_and_ends_no_undo(hall, seconds):
    clerk = hall.person("clerk", "q01a")
    hall.press("q01a", "next")
    hall.clock.advance(5)
    before, page = everything(hall), clerk.get("/desk/q01a/now").text
    hall.clock.jump(seconds)
    assert [re.search(r'data-now="(\d+)"', text)[1] for text in (page, clerk.get("/desk/q01a/now").text)] == [
        *re.findall(r'data-now="(\d+)"', page) * 2
    ]
    assert everything(hall) == before
    assert hall.press("q01a", "undo").ok


def test_in_a_demonstration_undo_lasts_as_long_as_a_persons_ten_seconds(tmp_path):
    hall = WebHall(tmp_path, pace=20.0)
    try:
        hall.take()
        hall.press("q01a", "open")
        hall.press("q01a", "next")
        hall.clock.advance(150)
        assert hall.press("q01a", "undo").ok
    finally:
        hall.close()


def test_a_typed_number_is_text_and_nothing_else(hall):
    clerk = hall.program("clerk", "q01a")
    for typed in ("<script>alert(1)</script>", "%3Cb%3E", "A" * 5000, "A001'--", "\u202eA001", "%00"):
        answer = clerk.get("/desk/q01a/number", query_string={"typed": typed})
        assert answer.status_code == 200
        assert "Hôm nay không có số này" in answer.text
        assert "<script>" not in answer.text
