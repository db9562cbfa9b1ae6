"""Hub and database: what is acknowledged is on disk, what failed left no trace, what was changed is seen."""

import sqlite3
import subprocess
import sys
import threading
import uuid
from contextlib import closing, suppress

import pytest
from msgspec.structs import replace

from appliance.runtime.clock import ManualClock
from appliance.wire.messages import DeskAction, Fate, Rating, TicketRequest
from broker import verify
from broker.commands import Command
from broker.database import StoreError, open_reader
from broker.hub import Hub
from broker.hub_jobs import Unavailable
from broker.hub_time import ClockTime
from broker.store import Store
from tests.hub_core import MONDAY_0800, centre

SITE = centre()


class Running:
    """A hub on a real database, and a clock in hand."""

    def __init__(self, folder, clock=None):
        folder.mkdir(exist_ok=True)
        self.clock = clock or ManualClock(MONDAY_0800 / 1000)
        self.store = Store(folder / "hub.sqlite", SITE.id, SITE.zone)
        self.hub = Hub(
            SITE, self.store, lambda floor, settled: ClockTime(self.clock, floor, settled), lambda: b"k" * 32
        )
        self.hub.start()

    def ask(self, message, **who):
        return self.hub.handle(Command(message=message, actor="test", code=uuid.uuid4().hex, **who))

    def take(self, request=None, service="tnmt-nop"):
        return self.ask(TicketRequest(id=request or str(uuid.uuid4()), service=service))

    def press(self, action, desk="q01a", request=None):
        return self.ask(DeskAction(id=request or str(uuid.uuid4()), desk=desk, action=action))

    def close(self):
        self.hub.stop()
        self.store.close()


@pytest.fixture
def running(tmp_path):
    running = Running(tmp_path)
    yield running
    running.close()


def test_a_repeated_request_gets_the_first_answer_also_after_a_restart(tmp_path):
    running = Running(tmp_path)
    first = running.take(request := str(uuid.uuid4()))
    running.take()
    assert running.take(request) == first
    running.press("open")
    called = running.press("next", request=(key := str(uuid.uuid4())))
    running.close()
    running = Running(tmp_path)
    assert running.take(request) == replace(first, gen=running.hub.generation)
    assert running.press("next", request=key) == replace(called, gen=running.hub.generation)
    assert running.take().ticket.number == "A003"
    running.close()


def test_two_hubs_on_copies_within_one_second_are_of_two_generations(tmp_path):
    for folder in ("kept", "copy"):
        Running(tmp_path / folder).close()
    lost = Running(tmp_path / "kept", ManualClock(MONDAY_0800 / 1000 + 0.300))
    put_back = Running(tmp_path / "copy", ManualClock(MONDAY_0800 / 1000 + 0.900))
    assert put_back.hub.generation > lost.hub.generation, "what was said to the one counts as said to the other"
    lost.close()
    put_back.close()


def test_a_refusal_is_remembered_too(running):
    refused = running.press("next", request=(key := str(uuid.uuid4())))
    running.press("open")
    assert running.press("next", request=key) == refused


def test_a_second_hub_on_the_same_data_is_refused(running, tmp_path):
    with pytest.raises(StoreError, match="another hub"):
        Store(tmp_path / "hub.sqlite", SITE.id, SITE.zone)


def test_data_of_another_site_is_refused(tmp_path):
    Store(tmp_path / "hub.sqlite", SITE.id, SITE.zone).close()
    with pytest.raises(StoreError, match="site ca-mau"):
        Store(tmp_path / "hub.sqlite", "bac-lieu", SITE.zone)


def test_a_full_disk_answers_nobody_and_loses_nothing(running):
    kept = running.take().ticket
    pages = running.store.db.execute("PRAGMA page_count").fetchone()[0]
    running.store.db.execute(f"PRAGMA max_page_count = {pages}")
    refused = 0
    lost = []
    for _ in range(200):
        request = str(uuid.uuid4())
        try:
            running.take(request)
        except Unavailable:
            refused += 1
            lost.append(request)
            break
    assert refused, "the disk never filled"
    running.store.db.execute("PRAGMA max_page_count = 1000000")
    answer = running.take(lost[0])
    assert answer.ok
    assert running.hub.look(lambda lobby: lobby.tickets[kept.id].number) == "A001"
    numbers = running.hub.look(lambda lobby: sorted(ticket.number for ticket in lobby.tickets.values()))
    assert numbers == [f"A{n:03d}" for n in range(1, len(numbers) + 1)]


def test_a_clock_that_was_never_set_opens_no_day(tmp_path):
    running = Running(tmp_path, ManualClock(0, quality="unset"))
    assert running.take().error == "closed"
    running.close()


def test_a_clock_set_back_during_the_day_makes_no_wait_negative(running):
    running.press("open")
    running.take()
    running.clock.jump(-3600)
    running.press("next")
    waits = [row[0] for row in _rows(running, "SELECT json_extract(body, '$.wait_s') FROM facts WHERE kind = 'called'")]
    assert waits == [0]
    at = [row[0] for row in _rows(running, "SELECT at FROM facts ORDER BY seq")]
    assert at == sorted(at)


def test_journaled_events_count_once_and_holes_are_not_acknowledged(running):
    acks = []
    running.hub.listen_to_acks(lambda ack, device: acks.append((device, ack.upto)))
    ticket, epoch = running.take().ticket.id, str(uuid.uuid4())
    fates = [Fate(id=str(uuid.uuid4()), epoch=epoch, seq=n, ticket=ticket, fate="printing") for n in (1, 2, 3)]
    for fate in (fates[0], fates[2], fates[2], fates[1], fates[0]):
        running.ask(fate, device="kiosk-1")
    assert acks == [("kiosk-1", n) for n in (1, 1, 1, 3, 3)]
    assert len(_rows(running, "SELECT 1 FROM facts WHERE kind = 'paper_changed'")) == 1


def test_a_fault_in_a_question_is_the_askers_and_the_writer_goes_on(running):
    with pytest.raises(ZeroDivisionError):
        running.hub.look(lambda lobby: 1 // 0)
    assert running.take().ok


def test_eight_clients_at_once_get_eight_numbers(running):
    got = []

    def client():
        got.extend(running.take().ticket.number for _ in range(25))

    threads = [threading.Thread(target=client) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [f"A{n:03d}" for n in range(1, 201)]


WRITER = """
import sys, uuid, pathlib
from tests.edges.test_hub_on_disk import Running
running = Running(pathlib.Path(sys.argv[1]))
while True:
    print(running.take().ticket.number, flush=True)
"""


def test_killed_at_any_moment_nothing_acknowledged_is_missing(tmp_path):
    acknowledged = []
    for round_ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path], stdout=subprocess.PIPE, text=True)
        acknowledged += [writer.stdout.readline().strip() for _ in range(7 + 13 * round_)]
        writer.kill()
        acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
        writer.wait()
    assert len(set(acknowledged)) == len(acknowledged)
    db = open_reader(tmp_path / "hub.sqlite")
    stored = {f"A{row[0]:03d}" for row in db.execute("SELECT n FROM numbers")}
    assert set(acknowledged) <= stored
    assert verify.check(db).sound


@pytest.fixture
def audited(tmp_path):
    running = Running(tmp_path)
    running.press("open")
    for _ in range(5):
        running.take()
        running.press("next")
        running.press("finish")
        running.ask(_rating(), desk="q01a")
        running.clock.advance(30)
    running.close()
    return tmp_path


def _rating():
    return Rating(id=str(uuid.uuid4()), level=1)


def _edit(folder, sql):
    with sqlite3.connect(folder / "hub.sqlite") as db:
        changed = db.execute(sql).rowcount
    assert changed
    db.close()


def test_an_untouched_log_verifies(audited, capsys):
    assert verify.main(["--data", str(audited)]) == 0
    assert "OK" in capsys.readouterr().out


def test_a_log_that_a_hub_goes_on_writing_verifies(running, tmp_path):
    enough = threading.Event()

    def citizens():
        while not enough.is_set():
            with suppress(Unavailable):  # on a slow machine
                running.take()

    hall = threading.Thread(target=citizens)
    hall.start()
    try:
        with closing(open_reader(tmp_path / "hub.sqlite")) as db:
            verdicts = [verify.check(db)]
            while verdicts[-1].facts < 300:
                verdicts.append(verify.check(db))
    finally:
        enough.set()
        hall.join()
    assert [verdict.complaints for verdict in verdicts if not verdict.sound] == []


@pytest.mark.parametrize(
    "edit",
    [
        """UPDATE facts SET body = replace(body, '"level":1', '"level":2') WHERE seq = {seq}""",
        "UPDATE facts SET at = at + 1 WHERE seq = {seq}",
        "UPDATE facts SET day = '2026-11-24' WHERE seq = {seq}",
        "UPDATE facts SET hash = zeroblob(32) WHERE seq = {seq}",
        "UPDATE facts SET id = 'x' WHERE seq = {seq}",
        "DELETE FROM facts WHERE seq = {seq}",
    ],
)
def test_one_changed_rating_is_named(audited, capsys, edit):
    (seq,) = (
        sqlite3.connect(audited / "hub.sqlite").execute("SELECT min(seq) FROM facts WHERE kind = 'rated'").fetchone()
    )
    _edit(audited, edit.format(seq=seq))
    assert verify.main(["--data", str(audited)]) == 1
    assert f"seq {seq}:" in capsys.readouterr().out.splitlines()[0]


def test_a_polished_percentage_is_seen_and_mended(audited, capsys):
    _edit(audited, "UPDATE tally SET n = n + 100 WHERE measure = 'rating' AND bucket = 1")
    assert verify.main(["--data", str(audited)]) == 1
    assert "tally" in capsys.readouterr().out
    assert verify.main(["--data", str(audited), "--rebuild"]) == 0


def test_no_data_is_said(tmp_path, capsys):
    assert verify.main(["--data", str(tmp_path)]) == 2
    assert "no database" in capsys.readouterr().err


def _rows(running, sql):
    with sqlite3.connect(running.store.path) as db:
        return db.execute(sql).fetchall()


def test_old_keys_are_destroyed_when_the_day_turns(running):
    running.take()
    running.clock.advance(24 * 3600)
    running.take()
    assert len(_rows(running, "SELECT day FROM day_keys")) == 1
