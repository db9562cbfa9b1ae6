"""A write that fails, a command no rule can bear, days that end together: the hub goes on and the log stays true."""

import threading
import uuid

import pytest
from msgspec import UNSET

from appliance.runtime.clock import ManualClock
from appliance.runtime.outbox import Outbox
from appliance.wire.messages import Rating
from broker import facts as f
from broker import rating_facts as r
from broker import verify
from broker.commands import Command, SetNotice
from broker.database import open_reader
from broker.hub_jobs import Unavailable
from broker.intake.ledger_store import import_dossiers
from broker.store import Store
from tests.edges.test_hub_on_disk import SITE, Running
from tests.hub_core import MONDAY_0800

EPOCH = "8a3c7f52-0b1e-4a77-9a55-2d4d6f1a9b3c"
DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def running(tmp_path):
    running = Running(tmp_path)
    yield running
    running.close()


def notice(text):
    return SetNotice(id=str(uuid.uuid4()), text=text)


def complaints(folder):
    with open_reader(folder / "hub.sqlite") as db:
        return verify.check(db).complaints


def test_a_write_that_was_refused_does_not_stand_in_the_way_of_the_next(running):
    running.take()
    running.store.db.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON facts WHEN NEW.kind = 'notice_set'"
        " BEGIN SELECT RAISE(ABORT, 'refused'); END"
    )
    with pytest.raises(Unavailable):
        running.ask(notice("Hello"))
    assert running.take().ticket.number == "A002"
    running.store.db.execute("DROP TRIGGER refuse")
    assert running.ask(notice("Hello")).ok


def test_a_command_no_rule_can_bear_does_not_block_the_journal_behind_it(running):
    acks = []
    running.hub.listen_to_acks(lambda ack, device: acks.append((device, ack.upto)))
    unbearable = Rating(id=str(uuid.uuid4()), epoch=EPOCH, seq=1, level=UNSET)
    bearable = Rating(id=str(uuid.uuid4()), epoch=EPOCH, seq=2, level=1)
    assert running.ask(unbearable, device="rating-q01a", desk="q01a").error == "malformed"
    assert running.ask(bearable, device="rating-q01a", desk="q01a").result == "orphan"
    assert running.hub.now() > 0
    assert acks[-1] == ("rating-q01a", 2), "the device would send the first one for ever, and nothing behind it"
    kept = running.store.db.execute("SELECT source, code FROM quarantine").fetchall()
    assert kept == [("rating-q01a", "malformed")]


def test_who_asks_is_answered_before_the_boards_are_told_but_a_crowd_does_not_keep_them_waiting(running):
    heard, done = [], threading.Event()

    def ask(answer=None):
        """Ask again at each answer, so that somebody always waits, until a board has been told."""
        if answer is not None:
            heard.append("answer")
        if "state" in heard or len(heard) > 50:
            done.set()
        else:
            running.hub.submit(Command(message=notice(f"Notice {len(heard)}"), actor="test"), ask)

    running.take()
    running.hub.look(lambda _: None)  # by then the first number is told
    running.hub.listen(lambda *_: heard.append("state"))
    ask()
    assert done.wait(60)
    assert heard[:2] == ["answer", "answer"]
    assert "state" in heard[:10]


def test_days_that_end_in_one_commit_are_all_in_the_coarse_counts(tmp_path):
    store = Store(tmp_path / "hub.sqlite", SITE.id, SITE.zone)
    with store.transaction() as transaction:
        for number in range(3):
            at = MONDAY_0800 + number * DAY_MS
            day = store.calendar.day(at)
            opened, fact = f.DayOpened(day=day), r.RatingOrphan(desk="q01a", counter="q01", level=1)
            transaction.append(f.Entry(str(uuid.uuid4()), day, at, (opened,)))
            transaction.turn_day(day)
            transaction.append(f.Entry(str(uuid.uuid4()), day, at, (fact,)))
    store.close()
    assert complaints(tmp_path) == []


def test_a_hub_on_an_empty_disk_hears_everything_that_boxes_still_have(tmp_path):
    outbox = Outbox(tmp_path / "rating-q01a.sqlite")
    for number in range(2):
        running, acks = Running(tmp_path / f"hub-{number}"), []
        running.hub.listen_to_acks(lambda ack, _, acks=acks: acks.append((ack.epoch, ack.upto)))
        outbox.forget_in_flight()
        outbox.record(Rating(id=str(uuid.uuid4()), level=1))
        for _ in range(2):
            for message in outbox.due(0.0):
                running.ask(message, device="rating-q01a", desk="q01a")
            assert running.hub.now() > 0  # by then the acknowledgements are out
            for acknowledgement in acks:
                outbox.acknowledge(*acknowledgement)
        orphans = running.store.db.execute("SELECT sum(n) FROM daily WHERE measure = 'rating_orphan'").fetchone()[0]
        assert (len(outbox), orphans // 3) == (0, 1)  # once for the site, the hour, and the counter or desk each
        running.close()
    outbox.close()


def test_a_clock_set_back_over_a_restart_does_not_hide_behind_the_hour_of_a_rating(tmp_path):
    running = Running(tmp_path)
    running.clock.advance(1800)
    running.press("open")
    running.take()
    running.press("next")
    running.press("finish")
    before = running.hub.now()
    running.ask(Rating(id=str(uuid.uuid4()), level=1, desk="q01a"))
    running.close()
    running = Running(tmp_path)  # its clock is half an hour behind
    assert running.hub.now() >= before
    running.take()
    running.close()
    assert complaints(tmp_path) == []


def test_a_ledger_imported_before_the_hub_opens_its_day_leaves_a_log_that_verifies(tmp_path):
    running = Running(tmp_path)
    running.take()
    running.close()
    store = Store(tmp_path / "hub.sqlite", SITE.id, SITE.zone)
    import_dossiers(store, (), "00", "system", MONDAY_0800 + DAY_MS)
    store.close()
    running = Running(tmp_path, ManualClock((MONDAY_0800 + DAY_MS) / 1000 + 600))
    running.take()
    running.close()
    assert complaints(tmp_path) == []
