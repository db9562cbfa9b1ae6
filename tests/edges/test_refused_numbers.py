"""Who gets no number is counted once, with the reason and the hour, in a log that holds; and the manager sees it."""

import uuid
from contextlib import closing

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.messages import TicketRequest
from appliance.wire.parts import Given
from broker import refusals as no
from broker.database import open_reader
from broker.refusal_facts import NumberRefused
from broker.sent_away import noted
from broker.verify import check
from tests.full_before_break import hall
from tests.web_hall import SITE

__all__ = ["hall"]
WISH = TicketRequest(id=str(uuid.uuid4()), service="tnmt-nop")
TODAY = "from=2026-11-23&to=2026-11-23"


def counted(hall, by="site"):
    return hall.program("manager").get(f"/api/v1/refusals?{TODAY}&by={by}").json["rows"]


def sound(hall):
    with closing(open_reader(hall.folder / "hub.sqlite")) as db:
        return check(db).complaints


def test_who_is_refused_and_then_takes_the_offer_is_counted_once_and_has_a_number(hall):
    for accept in (UNSET, UNSET, "afternoon"):
        wish = replace(WISH, id=str(uuid.uuid4()), accept=accept)
        answers = [hall.ask(wish).ok for _ in range(2)]  # a line that was cut: the same wish comes again
        assert answers == [accept is not UNSET] * 2
    (row,) = counted(hall)
    assert (row["refused"], row["before_break"], row["accepted"]) == (2, 2, 1)
    assert [(row["key"], row["refused"]) for row in counted(hall, "hour")] == [("10", 2)]
    assert [(row["key"], row["refused"]) for row in counted(hall, "queue")] == [("a", 2)]
    assert sound(hall) == []


def test_a_count_of_refused_wishes_that_was_changed_is_found(hall):
    hall.ask(WISH)
    hall.store.db.execute("UPDATE tally SET n = 0 WHERE measure = 'refused_before_break'")
    assert any("refused_before_break" in complaint for complaint in sound(hall))


def test_the_manager_reads_how_many_got_no_number_when_and_why(hall):
    hall.ask(WISH)
    hall.clock.advance(10 * 3600)
    for _ in range(2):
        hall.ask(replace(WISH, id=str(uuid.uuid4())))
    page = hall.person("manager").get(f"/manager/waits?{TODAY}&lang=vi").text
    assert "3 lần xin số không được cấp; nhiều nhất từ 20:00: 2 lần." in page
    assert "Không kịp trước giờ nghỉ" in page
    assert "Ngoài giờ làm việc" in page
    assert "Thẻ đang có" not in page
    hall.end_day()
    assert (counted(hall)[0]["closed"], counted(hall)[0]["before_break"]) == (2, 1), "also when the day is packed"
    assert sound(hall) == []


def test_a_refused_wish_has_no_story_and_gives_no_number_away(hall):
    assert hall.ask(WISH).ok is False
    kinds = "SELECT kind FROM facts JOIN replies ON fact = seq WHERE replies.id = ?"
    assert hall.store.db.execute(kinds, (WISH.id,)).fetchall() == [("number_refused",)]
    assert hall.program("supervisor").get(f"/api/v1/tickets/{WISH.id}/story").status_code == 404
    assert hall.take("gtvt-nop").ticket.number.endswith("001")


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        (no.CENTRE_CLOSED, "closed"),
        (replace(no.NO_TIME_BEFORE_BREAK, offers=("anyway",)), "before_break"),
        (replace(no.NO_TIME_TODAY, offers=()), "today"),
        (replace(no.NUMBER_HELD, ticket="x"), "held"),
        (no.NO_APPOINTMENT, "appointment"),
        (replace(no.TOO_EARLY, words=no.BROKEN.words), "appointment"),
        (no.CHECKED_IN, "appointment"),
        (no.UNKNOWN_GROUP, "unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_reason_is_told_apart(refusal, why):
    assert noted(SITE, WISH, refusal) == (NumberRefused(queue="a", service="tnmt-nop", why=why),)


def test_what_a_program_calls_a_service_stays_out_of_the_log():
    wish = replace(WISH, service="nguyen-van-a")
    assert noted(SITE, wish, no.UNKNOWN_SERVICE) == (NumberRefused(queue="", service="", why="unknown"),)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (WISH, no.WITHDRAWN),
        (replace(WISH, given=Given(number="A001")), no.DAY_OVER),
        (replace(WISH, accept="anyway"), no.CENTRE_CLOSED),
    ],
)
def test_nobody_is_counted_who_was_not_sent_away_or_was_counted_already(wish, refusal):
    assert noted(SITE, wish, refusal) == ()
