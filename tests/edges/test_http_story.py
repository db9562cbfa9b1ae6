"""The whole story of a visit, over HTTP, from a real log."""

import pytest

from tests.web_hall import SITE, WebHall

GROUP = next(iter(SITE.groups))


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    hall.press("q01a", "open")
    yield hall
    hall.close()


def steps(answer) -> list[str]:
    return [step["what"] for step in answer.json["steps"]]


def test_a_story_tells_what_happened_by_whom_and_why(hall):
    ticket = hall.take().ticket
    hall.take()
    reception = hall.program("reception")
    reception.post(f"/api/v1/tickets/{ticket.id}/priority", {"group": GROUP})
    hall.clock.advance(120)
    hall.press("q01a", "next")
    hall.press("q01a", "recall")
    hall.press("q01a", "no_show")
    hall.press("q01a", "recall", ticket=ticket.id)
    reception.post(f"/api/v1/tickets/{ticket.id}/cancel", {"reason": "went_home"})
    answer = reception.get(f"/api/v1/tickets/{ticket.id}/story")
    assert steps(answer) == [
        "issued", "priority_corrected", "called", "recalled", "no_show", "returned", "cancelled"
    ]  # fmt: skip
    called = answer.json["steps"][2]
    assert (called["desk"], called["counter"], called["wait_s"], called["why"]) == ("q01a", "q01", 120, "first")
    assert answer.json["steps"][1]["actor"].startswith("token:test-reception")
    assert answer.json["steps"][-1]["reason"] == "went_home"
    assert GROUP not in answer.text, "the group is nobody's business"
    assert ticket.code not in answer.text


def test_a_story_tells_that_a_desk_closed_before_the_visit_it_had_kept(hall):
    ticket = hall.take().ticket
    for action in ("next", "park"):
        hall.press("q01a", action)
    hall.press("q01a", "recall", ticket=ticket.id)
    hall.press("q01a", "close")
    reception = hall.program("reception")
    assert steps(reception.get(f"/api/v1/tickets/{ticket.id}/story")) == [
        "issued", "called", "parked", "returned", "desk_closed"
    ]  # fmt: skip
    assert "đóng, trở lại hàng chờ" in hall.person("reception").get("/ticket?q=A001").text


def test_the_number_as_people_say_it_finds_the_visit(hall):
    ticket = hall.take().ticket
    reception = hall.program("reception")
    for number in ("A001", "a1", " a001 ", "A1"):
        assert reception.get(f"/api/v1/tickets?number={number}").json["ticket"] == ticket.id
    for number in ("A002", "A", "1", "Z001", "A0001x", "A٣", "%00", "A" + "1" * 40, ""):
        answer = reception.get(f"/api/v1/tickets?number={number}")
        assert (answer.status_code, answer.json["error"]) == (404, "unknown_ticket"), number


def test_a_visit_of_an_earlier_day_is_found_by_day_and_by_id(hall):
    first = hall.take().ticket
    hall.press("q01a", "next")
    hall.press("q01a", "finish")
    day = hall.hub.look(lambda lobby: lobby.day)
    hall.end_day()
    second = hall.take().ticket
    assert first.number == second.number
    supervisor = hall.program("supervisor")
    assert supervisor.get("/api/v1/tickets?number=A001").json["ticket"] == second.id
    of_then = supervisor.get(f"/api/v1/tickets?number=A001&day={day}")
    assert (of_then.json["ticket"], steps(of_then)) == (first.id, ["issued", "called", "served"])
    assert supervisor.get(f"/api/v1/tickets/{first.id}/story").json == of_then.json
    assert supervisor.get("/api/v1/tickets?number=A001&day=2020-01-01").status_code == 404
    assert supervisor.get("/api/v1/tickets?number=A001&day=yesterday").status_code == 400


def test_what_was_taken_back_is_told_as_taken_back(hall):
    ticket = hall.take().ticket
    hall.press("q01a", "next")
    hall.press("q01a", "undo")
    hall.press("q01a", "next")
    told = hall.program("admin").get(f"/api/v1/tickets/{ticket.id}/story").json["steps"]
    assert [(step["what"], step.get("undone", False)) for step in told] == [
        ("issued", False), ("called", True), ("undone", False), ("called", False)
    ]  # fmt: skip
    assert told[2]["took_back"] == ["called"]


def test_a_rating_stands_in_no_story_however_it_was_given(hall):
    ticket = hall.take().ticket
    hall.press("q01a", "next")
    hall.press("q01a", "finish")
    told = hall.program("admin").get(f"/api/v1/tickets/{ticket.id}/story").text
    hall.rate(4, "q01a")
    assert hall.program("admin").get(f"/api/v1/tickets/{ticket.id}/story").text == told


@pytest.mark.parametrize("role", ["clerk", "manager", "device"])
def test_who_does_not_answer_for_the_hall_reads_no_story(hall, role):
    ticket = hall.take().ticket
    assert hall.program(role).get(f"/api/v1/tickets/{ticket.id}/story").status_code == 403
    assert hall.program(role).get("/api/v1/tickets?number=A001").status_code == 403


@pytest.mark.parametrize("forged", ["A001", "%27%20OR%201=1", "00000000-0000-0000-0000-000000000000"])
def test_a_forged_id_has_no_story(hall, forged):
    hall.take()
    answer = hall.program("admin").get(f"/api/v1/tickets/{forged}/story")
    assert (answer.status_code, answer.json["error"]) == (404, "unknown_ticket")
