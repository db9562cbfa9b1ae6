"""The page of a turn by HTTP: found by its code only, kept nowhere, asked for by hundreds of phones."""

import pytest

from broker.web.context import GUESSES_AT_ONCE
from tests.web_hall import WebHall


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    yield hall
    hall.close()


def test_nothing_of_a_turn_is_kept_by_a_browser_or_found_by_a_search_engine(hall):
    ticket = hall.take().ticket
    for path in (f"/t/{ticket.code}", f"/t/{ticket.code}/now"):
        answer = hall.stranger().get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert ticket.id not in answer.text


def test_a_phone_that_asks_again_is_told_in_a_few_bytes_that_nothing_has_changed(hall):
    phone, code = hall.stranger(), hall.take().ticket.code
    first = phone.get(f"/t/{code}/now")
    hall.clock.advance(120)
    again = phone.get(f"/t/{code}/now", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert (first.headers["X-Clock"], again.headers["X-Clock"]) == ("08:00", "08:02")
    hall.press("q01a", "open")
    hall.press("q01a", "next")
    assert phone.get(f"/t/{code}/now", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_who_tries_codes_is_held_back_and_who_holds_a_paper_beside_him_is_not(hall):
    code, stranger = hall.take().ticket.code, hall.stranger()
    tried = [stranger.get(f"/t/{n:020x}/now").status_code for n in range(GUESSES_AT_ONCE + 5)]
    assert tried[:GUESSES_AT_ONCE] == [404] * GUESSES_AT_ONCE
    assert tried[-1] == 429
    assert "quá nhiều mã sai" in stranger.get("/t/00?lang=vi").text
    assert hall.stranger().get(f"/t/{code}").status_code == 200


def test_yesterday_s_paper_says_that_its_number_is_over_and_asks_no_more(hall):
    code = hall.take().ticket.code
    hall.clock.advance(86_400)
    hall.take()
    page = hall.stranger().get(f"/t/{code}?lang=vi")
    assert page.status_code == 404
    assert "Số chỉ có giá trị trong ngày" in page.text
    assert 'data-every="0"' in page.text
