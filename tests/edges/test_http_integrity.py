"""The integrity tests' cases over HTTP: for supervisors, with their evidence, and no way to take a rating away."""

import re

import pytest

from broker.integrity.counting import COUNT_SQL
from tests.web_hall import WebHall

CASE = "q01a.response.2026-11-09"
DESKS = ("q01a", "q02", "q03a", "q04a", "q05a", "q06a")
PAGE = "/manager/integrity?lang=en"


@pytest.fixture
def hall(tmp_path):
    """A hall in whose past week 54 of 60 visits of one desk were rated, and 10 of 60 of the others."""
    hall = WebHall(tmp_path)
    votes = [("2026-11-09", desk, "latency", 2, 54 if desk == "q01a" else 10) for desk in DESKS]
    hall.store.db.executemany(COUNT_SQL, votes)
    served = [("desk", "2026-11-10", desk, "served", 0, 60) for desk in DESKS]
    hall.store.db.executemany("INSERT INTO daily_closed VALUES (?,?,?,?,?,?)", served)
    hall.store.db.executescript(
        "INSERT INTO published VALUES ('site', '-', '2026-11-09', '2026-11-15', 104, 100);"
        "INSERT INTO meta VALUES ('published', '2026-11-23') ON CONFLICT DO UPDATE SET value = excluded.value;"
    )
    yield hall
    hall.close()


def test_a_supervisor_reads_the_evidence_and_both_series(hall):
    reply = hall.program("supervisor").get("/api/v1/integrity").json
    (case,) = reply["cases"]
    assert (case["id"], case["desk"], case["test"]) == (CASE, "q01a", "response")
    assert (case["from"], case["to"], case["n"]) == ("2026-11-09", "2026-11-15", 60)
    assert (case["share"], case["usual"], case["notes"]) == (0.9, round(1 / 6, 4), [])
    assert case["p"] < 0.001
    assert (reply["ratings"]["satisfied"], reply["ratings"]["rated"], reply["left_out"]) == (100, 104, 54)
    assert (reply["without_low"], reply["without_high"]) == (92.0, 100.0)


def test_what_is_told_is_the_same_however_the_left_out_votes_were_cast(hall):
    before = hall.program("supervisor").get("/api/v1/integrity").text
    for level, n in ((1, 1), (4, 53)):
        hall.store.db.execute(
            "INSERT INTO daily_closed VALUES ('desk', '2026-11-10', 'q01a', 'rating', ?, ?)", (level, n)
        )
    assert hall.program("supervisor").get("/api/v1/integrity").text == before


def test_a_note_stays_and_no_rating_goes(hall):
    supervisor = hall.program("supervisor")
    ratings = hall.program("manager").get("/api/v1/ratings?from=2026-11-09&to=2026-11-15").text
    assert supervisor.post(f"/api/v1/integrity/{CASE}", {"note": " Nút đặt rất gần ghế. "}).status_code == 200
    (case,) = supervisor.get("/api/v1/integrity").json["cases"]
    assert [note["note"] for note in case["notes"]] == ["Nút đặt rất gần ghế."]
    assert case["notes"][0]["day"] == "2026-11-23"
    assert hall.program("manager").get("/api/v1/ratings?from=2026-11-09&to=2026-11-15").text == ratings


@pytest.mark.parametrize(
    ("case", "note", "status"),
    [
        ("q01a.response.2026-11-16", "x", 404),
        ("q01a.response.0000-00-00", "x", 404),
        ("<script>", "x", 404),
        (CASE, "", 400),
        (CASE, "   ", 400),
        (CASE, "x" * 501, 400),
    ],
)
def test_a_note_to_no_case_or_without_words_is_refused(hall, case, note, status):
    assert hall.program("supervisor").post(f"/api/v1/integrity/{case}", {"note": note}).status_code == status


@pytest.mark.parametrize("year", ["1999", "9999", "-1", "two"])
def test_a_year_that_is_none_is_refused(hall, year):
    assert hall.program("supervisor").get(f"/api/v1/integrity?year={year}").status_code == 400


def test_the_page_says_what_was_found_what_may_be_innocent_and_what_it_cannot_see(hall):
    page = hall.person("supervisor").get(PAGE).text
    assert "54 of 60 finished visits were rated on the buttons (90" in page
    assert "Perhaps: the buttons stand very well there" in page
    assert "Somebody who adds a few presses, as late as citizens press." in page
    assert "96.15 %" in page
    assert re.search(r'data-figure="without"[^>]*>92.00 % or more<', page)
    assert "100 %" not in page


def test_a_supervisor_marks_a_case_as_seen(hall):
    browser = hall.person("supervisor")
    assert browser.submit("/manager/integrity", PAGE, case=CASE, note="Đã hỏi <b>cán bộ</b>.").status_code == 303
    page = browser.get(PAGE).text
    assert "Nothing wants a look." in page
    assert "Đã hỏi &lt;b&gt;cán bộ&lt;/b&gt;." in page
    assert browser.submit("/manager/integrity", PAGE, note="x").status_code == 400


def test_a_manager_does_not_see_that_there_is_such_a_page(hall):
    manager = hall.person("manager")
    assert "/manager/integrity" not in manager.get("/manager").text
    assert manager.get("/manager/integrity").status_code == 403
    assert "/manager/integrity" in hall.person("supervisor").get("/manager").text


def test_a_year_without_weeks_is_a_page_too(hall):
    browser = hall.person("supervisor")
    assert "No week of this year is over yet." in browser.get(f"{PAGE}&from=2023-01-01&to=2023-12-31").text
