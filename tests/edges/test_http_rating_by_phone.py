"""A visit rated on the citizen's own phone: once, by whoever holds the paper, also after the hub has died."""

import sqlite3
from contextlib import closing

import pytest

from tests.web_hall import WebHall


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    yield hall
    hall.close()


def serve(hall: WebHall) -> str:
    """One visit from the ticket to "finished"; the code on its paper."""
    hall.press("q01a", "open")
    ticket = hall.take().ticket
    hall.press("q01a", "next")
    assert hall.press("q01a", "finish").ok
    return ticket.code


def rate(hall: WebHall, code: str, phone=None, **said):
    page = f"/t/{code}?lang=vi"
    phone = phone or hall.stranger()
    return phone.submit(f"/t/{code}/rating?lang=vi", page, **said)


def counted(hall: WebHall) -> dict[tuple[str, int], int]:
    with closing(sqlite3.connect(hall.folder / "hub.sqlite")) as book:
        rows = book.execute("SELECT measure, bucket, sum(n) FROM daily WHERE dimension = 'site' GROUP BY 1, 2")
        return {(measure, bucket): n for measure, bucket, n in rows if measure.startswith("rat")}


def test_the_page_asks_thanks_and_asks_no_more(hall):
    code = serve(hall)
    phone = hall.stranger()
    assert "Bạn có hài lòng" in phone.get(f"/t/{code}?lang=vi").text
    assert rate(hall, code, phone, level="1").status_code == 303
    page = phone.get(f"/t/{code}?lang=vi").text
    assert "Cảm ơn bạn đã đánh giá" in page
    assert "<form" not in page
    assert counted(hall) == {("rating", 1): 1, ("rating_channel_phone", 1): 1}


def test_a_second_touch_of_an_impatient_finger_counts_nothing(hall):
    code = serve(hall)
    phone = hall.stranger()
    token = phone.token(f"/t/{code}")
    for level in ("2", "2", "4"):
        answer = phone.client.post(f"/t/{code}/rating", data={"form_token": token, "level": level})
        assert answer.status_code == 303
    assert counted(hall) == {("rating", 2): 1, ("rating_channel_phone", 2): 1}


def test_who_was_not_satisfied_may_say_why_and_need_not(hall):
    code = serve(hall)
    phone = hall.stranger()
    rate(hall, code, phone, level="4")
    assert "Phải chờ lâu" in phone.get(f"/t/{code}?lang=vi").text
    assert "Long wait" in phone.get(f"/t/{code}?lang=en").text
    said = {"reason": ["cho-lau", "khac", "giay-to", "noi-cho"], "answer-dung-hen": "no", "answer-thai-do": "yes"}
    rate(hall, code, phone, **said)
    assert "<form" not in phone.get(f"/t/{code}").text
    assert counted(hall) == {
        ("rating", 4): 1,
        ("rating_channel_phone", 4): 1,
        ("rating_explained", 0): 1,
        **{(f"rating_reason_{each}", 0): 1 for each in ("cho-lau", "khac", "giay-to")},
        ("rating_answer_dung-hen", 0): 1,
        ("rating_answer_thai-do", 1): 1,
    }


def test_who_reads_the_code_on_the_paper_does_not_learn_how_the_visit_was_rated(hall):
    pages, posts = [], []
    for level in ("1", "4"):
        code, clerk = serve(hall), hall.stranger()
        token = clerk.token(f"/t/{code}")
        rate(hall, code, level=level)
        pages.append(clerk.get(f"/t/{code}?lang=vi").text.replace(code, "").replace(clerk.token("/login"), ""))
        posts.append(clerk.client.post(f"/t/{code}/rating", data={"form_token": token}).status_code)
    assert "<form" not in pages[1]
    assert posts == [400, 400]


def test_a_stranger_without_the_code_and_another_sites_form_reach_nothing(hall):
    code = serve(hall)
    assert rate(hall, code, level="9").status_code == 400
    assert rate(hall, code, level="1", form_token="no").status_code == 403
    phone = hall.stranger()
    token = phone.token(f"/t/{code}")
    said = {"form_token": token, "level": "1"}
    assert phone.client.post("/t/0000/rating", data=said).status_code == 404
    evil = {"Origin": "https://evil.example"}
    assert phone.client.post(f"/t/{code}/rating", data=said, headers=evil).status_code == 403
    assert counted(hall) == {}


def test_before_the_service_is_finished_there_is_nothing_to_rate(hall):
    code = serve(hall)
    waiting = hall.take().ticket.code
    phone = hall.stranger()
    phone.submit(f"/t/{waiting}/rating", f"/t/{code}", level="1")
    assert counted(hall) == {}
    assert "<form" not in phone.get(f"/t/{waiting}").text


def test_rated_at_the_desk_the_phone_says_so(hall):
    hall.serve_and_rate(1)
    ticket = next(iter(hall.hub.look(lambda lobby: list(lobby.tickets.values()))))
    page = hall.stranger().get(f"/t/{ticket.code}?lang=vi").text
    assert "đã được đánh giá ở quầy" in page
    assert "<form" not in page


def test_after_a_restart_of_the_hub_the_visit_is_known_and_so_is_its_vote(tmp_path):
    first = WebHall(tmp_path)
    voted, silent = serve(first), serve(first)
    rate(first, voted, level="3")
    first.close()
    second = WebHall(tmp_path)
    try:
        rate(second, silent, level="1")
        assert "Bạn có hài lòng" not in second.stranger().get(f"/t/{voted}?lang=vi").text
        assert counted(second)["rating", 3] == counted(second)["rating", 1] == 1
    finally:
        second.close()


def test_the_channels_are_asked_for_by_months_and_only_by_those_who_may(hall):
    serve(hall)
    answer = hall.program("manager").get("/api/v1/ratings/channels?from=2026-01-01&to=2026-12-31")
    assert (answer.status_code, answer.get_json()["rows"][0]["month"]) == (200, "2026-01")
    assert {row["phone"]["rated"] for row in answer.get_json()["rows"]} == {0}
    assert hall.program("clerk").get("/api/v1/ratings/channels").status_code == 403
