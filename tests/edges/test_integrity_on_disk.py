"""What the hub keeps of presses for the integrity tests: in the transaction of the press, by the week, no levels."""

import sqlite3
import uuid

import pytest

from appliance.wire.messages import Rating
from appliance.wire.parts import Opening
from broker.commands import NoteCase, PhoneVote
from broker.database import MIGRATIONS, open_reader
from broker.integrity import reading
from broker.integrity.weeks import Week
from tests.hub_core import MONDAY_0800
from tests.web_hall import WebHall

WEEK = "2026-11-23"
ANOTHER = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    yield hall
    hall.close()


def counted(hall: WebHall, desk: str = "q01a") -> Week:
    return reading.weeks(open_reader(hall.folder / "hub.sqlite"), WEEK, WEEK).get(WEEK, {}).get(desk, Week())


def press(hall: WebHall, level: int = 1, **more: object) -> None:
    assert hall.ask(Rating(id=str(uuid.uuid4()), desk="q01a", level=level, **more)).ok


def test_a_vote_a_correction_and_an_orphan_are_one_vote_and_one_idle_hand(hall):
    hall.serve_and_rate(4)
    hall.clock.advance(2)
    press(hall, 1)
    hall.clock.advance(300)
    press(hall)
    assert counted(hall) == Week(served=1, latencies=(1, 0, 0, 0, 0), idle=1, gaps=(0, 0, 1, 0, 0, 0, 0, 0))


def test_nothing_that_is_kept_knows_a_level_or_a_time_within_the_week(hall):
    tables = []
    for level in (1, 4):
        hall.serve_and_rate(level)
        with hall.web.readers.lend() as reader:
            tables.append({row[:4] for row in reader.execute("SELECT * FROM press_weeks", ())})
        hall.clock.advance(200)
    assert tables[0] <= tables[1]
    assert {row[0] for row in tables[1]} == {WEEK}
    assert {row[2] for row in tables[1]} == {"latency", "gap"}


def test_a_request_that_is_repeated_counts_once(hall):
    once = Rating(id=ANOTHER, desk="q01a", level=1)
    for _ in range(5):
        hall.ask(once)
    assert (counted(hall).idle, counted(hall).bursts) == (1, 0)


def test_a_failed_commit_leaves_no_count(hall):
    hall.store.db.execute("CREATE TRIGGER full BEFORE INSERT ON facts BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(Exception, match="durable"):
        hall.ask(Rating(id=ANOTHER, desk="q01a", level=1))
    hall.store.db.execute("DROP TRIGGER full")
    assert counted(hall) == Week()
    hall.ask(Rating(id=ANOTHER, desk="q01a", level=1))
    assert counted(hall).idle == 1


def test_presses_that_waited_an_hour_are_no_burst(hall):
    """A terminal that was cut off says when its visit was open; an orphan of it says nothing of when."""
    at = "2026-11-23T07:00:00.000+07:00"
    for seq in range(1, 7):
        press(hall, opening=None, epoch="abcdefgh", seq=seq, at=at)
    assert counted(hall) == Week()


def test_a_press_that_waited_counts_at_the_moment_it_was_made(hall):
    hall.serve_and_rate(1)
    until = hall.web.look(lambda lobby, _: lobby.calendar.instant(next(iter(lobby.armings.values())).until))
    hall.clock.advance(3600)
    for seq, left in enumerate((170_000, 160_000, 150_000, 140_000), start=1):
        opening = Opening(until=until, left_ms=left, press=seq)
        press(hall, opening=opening, epoch="abcdefgh", seq=seq, at="2026-11-23T08:00:20.000+07:00")
    assert counted(hall).bursts == 1


def test_a_press_that_is_said_again_counts_once(hall):
    for action in ("open", "next", "finish"):
        if action == "next":
            hall.take()
        hall.press("q01a", action)
    until = hall.web.look(lambda lobby, _: lobby.calendar.instant(next(iter(lobby.armings.values())).until))
    for _ in range(2):
        press(hall, opening=Opening(until=until, left_ms=170_000, press=1))
    assert counted(hall).votes == 1


def test_a_vote_by_phone_is_no_press(hall):
    hall.take()
    for action in ("open", "next", "finish"):
        hall.press("q01a", action)
    ticket = hall.web.look(lambda lobby, _: next(iter(lobby.tickets)))
    hall.ask(PhoneVote(id=ANOTHER, ticket=ticket, level=1))
    assert counted(hall).votes == 0


def test_a_database_of_before_knows_the_times_of_its_votes(tmp_path):
    hall = WebHall(tmp_path)
    hall.serve_and_rate(4)
    hall.clock.advance(3)
    press(hall, 1)
    kept = counted(hall)
    hall.close()
    with sqlite3.connect(tmp_path / "hub.sqlite") as db:
        db.executescript("DROP TABLE press_weeks; DROP INDEX facts_cases;")
        db.executescript((MIGRATIONS / "0005_press_weeks.sql").read_text("utf-8"))
    hall = WebHall(tmp_path)
    assert counted(hall) == kept
    hall.close()


def test_what_a_supervisor_wrote_stays(hall):
    with hall.web.readers.lend() as reader:
        assert reading.notes(reader) == {}
    hall.ask(NoteCase(id=ANOTHER, case="q01a.bursts.2026-11-16", note="Trẻ em nghịch nút."))
    with hall.web.readers.lend() as reader:
        (note,) = reading.notes(reader)["q01a.bursts.2026-11-16"]
    assert (note.text, note.actor, note.at) == ("Trẻ em nghịch nút.", "test", MONDAY_0800)


def test_a_review_sees_weeks_that_are_over_only(hall):
    hall.serve_and_rate(1)
    with hall.web.readers.lend() as reader:
        assert reading.of_year(reader, 2026, "2026-11-29").mondays == ()
        assert reading.of_year(reader, 2026, "2026-11-30").mondays == (WEEK,)
        assert reading.of_year(reader, 2025, "2026-11-30").mondays == ()
