"""One open number per citizen card and queue, on a real database: also after a restart, and no trace of it tomorrow."""

import sqlite3
import uuid

import msgspec
import pytest

from appliance.runtime.clock import ManualClock
from appliance.wire.messages import Fate, TicketRequest
from broker import verify
from broker.commands import Command, Unreadable
from broker.database import open_reader
from broker.hub import Hub
from broker.hub_time import ClockTime
from broker.store import Store
from broker.visit_commands import CancelVisit, RestoreVisit
from tests.hub_core import MONDAY_0800, centre
from tests.waiting import eventually

SITE = centre()
CARD, OTHER_CARD = "c0ffee" + 26 * "a", "decade" + 26 * "b"
DAY_S = 24 * 3600


class Running:
    """A hub on a real database, and a clock in hand."""

    def __init__(self, folder):
        self.folder, self.clock = folder, ManualClock(MONDAY_0800 / 1000)
        self.keys = [bytes([n]) * 32 for n in range(100, 120)]
        self.open()

    def open(self):
        self.store = Store(self.folder / "hub.sqlite", SITE.id, SITE.zone)
        self.hub = Hub(
            SITE, self.store, lambda floor, settled: ClockTime(self.clock, floor, settled), lambda: self.keys.pop(0)
        )
        self.hub.start()

    def ask(self, message):
        return self.hub.handle(Command(message=message, actor="test", code=uuid.uuid4().hex))

    def take(self, card=CARD, service="tnmt-nop", request=None):
        card = msgspec.UNSET if card is None else card
        return self.ask(TicketRequest(id=request or str(uuid.uuid4()), service=service, card=card))

    def withdraw(self, ticket):
        return self.ask(Fate(id=str(uuid.uuid4()), fate="void", ticket=ticket))

    def cancel(self, ticket):
        return self.ask(CancelVisit(id=str(uuid.uuid4()), ticket=ticket, reason="other"))

    def restore(self, ticket):
        return self.ask(RestoreVisit(id=str(uuid.uuid4()), ticket=ticket))

    def close(self):
        self.hub.stop()
        self.store.close()

    def on_disk(self):
        return b"".join(file.read_bytes() for file in sorted(self.folder.iterdir()) if file.is_file())


@pytest.fixture
def running(tmp_path):
    running = Running(tmp_path)
    yield running
    running.close()


def test_a_second_number_of_the_same_queue_is_the_first_one(running):
    first = running.take().ticket
    second = running.take()
    assert (second.ok, second.error) == (False, "wrong_state")
    assert second.ticket.id == first.id
    assert second.ticket.number == "A001"
    assert second.ticket.code == "", "the code belongs to the paper"
    assert "Thẻ này đang có" in second.message.vi


def test_another_service_of_the_same_queue_is_the_same_queue(running):
    first = running.take(service="tnmt-nop").ticket
    assert running.take(service="tnmt-tra").ticket.id == first.id


def test_another_queue_another_card_and_no_card_at_all_get_their_numbers(running):
    running.take()
    assert running.take(service="gtvt-nop").ticket.number == "H001"
    assert running.take(OTHER_CARD).ticket.number == "A002"
    assert [running.take(None).ticket.number for _ in range(2)] == ["A003", "A004"]


def test_a_number_that_never_reached_paper_does_not_count(running):
    running.withdraw(running.take().ticket.id)
    assert running.take().ticket.number == "A002"


def test_the_same_request_again_gets_the_first_answer_whatever_came_between(running):
    asked, refused = str(uuid.uuid4()), str(uuid.uuid4())
    first, held = running.take(request=asked), running.take(request=refused)
    running.withdraw(first.ticket.id)
    running.take()
    assert running.take(request=asked) == first
    assert running.take(request=refused) == held


def test_a_restarted_hub_still_knows_the_card(running):
    first = running.take().ticket
    running.close()
    running.open()
    assert running.take().ticket.id == first.id


@pytest.mark.parametrize("restarted", [False, True])
def test_no_card_has_two_numbers_of_a_queue_because_one_was_brought_back(running, restarted):
    numbers = []
    for _ in range(3):
        numbers.append(running.take().ticket.id)
        if len(numbers) < 3:
            running.cancel(numbers[-1])
    if restarted:
        running.close()
        running.open()
    for gone in numbers[:2]:
        refused = running.restore(gone)
        assert (refused.ok, refused.ticket.id) == (False, numbers[2])
        assert "A003" in refused.message.vi
    running.cancel(numbers[2])
    assert running.restore(numbers[0]).ok
    assert not running.restore(numbers[1]).ok
    assert running.take().ticket.id == numbers[0]


def test_tomorrow_the_card_is_new_and_nothing_of_it_is_left_in_any_file(running, tmp_path):
    running.take()
    running.take(OTHER_CARD)
    (key,) = sqlite3.connect(tmp_path / "hub.sqlite").execute("SELECT key FROM day_keys").fetchone()
    assert CARD.encode() in running.on_disk()
    assert key in running.on_disk()
    running.clock.advance(DAY_S)
    assert running.take(None).ticket.number == "A001", "a new day"
    eventually(lambda: CARD.encode() not in running.on_disk())
    assert OTHER_CARD.encode() not in running.on_disk(), "a token is left in a free page or in the write-ahead log"
    assert key not in running.on_disk()
    assert running.take().ticket.number == "A002", "the limit is one day's"


def test_a_failed_commit_forgets_the_card_too(running):
    asked = str(uuid.uuid4())
    running.store.db.execute("CREATE TEMP TRIGGER no BEFORE INSERT ON facts BEGIN SELECT raise(FAIL, 'disk'); END")
    with pytest.raises(Exception, match="not made durable"):
        running.take(request=asked)
    running.store.db.execute("DROP TRIGGER no")
    assert running.take(request=asked).ticket.number == "A001"


def test_no_fact_no_answer_and_no_message_set_aside_carries_the_token(running, tmp_path):
    running.take()
    running.take()
    payload = b'{"id": 1, "card" : "%s", "name": "x"}' % CARD.encode()
    running.ask(Unreadable(id=str(uuid.uuid4()), source="s", code="malformed", detail="d", payload=payload))
    with sqlite3.connect(tmp_path / "hub.sqlite") as db:
        for table in ("facts", "replies", "inbox", "quarantine"):
            rows = db.execute(f"SELECT * FROM {table}").fetchall()  # because the names stand right above
            assert CARD not in repr(rows), table
        assert b'"name": "x"' in db.execute("SELECT payload FROM quarantine").fetchone()[0]
    assert verify.check(open_reader(tmp_path / "hub.sqlite")).sound
