"""What a journal keeps of what the hub has: enough to say it again to a hub that was restored from an older copy."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.runtime.outbox import Outbox
from appliance.wire.messages import Rating, TicketRequest, Up

ID = "3f2b8c1e-0000-4000-8000-{:012d}"
KEEP = 5


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    outbox = Outbox(path, jitter=lambda: 0.5, keep=KEEP)
    for number in range(1, 11):
        outbox.record(Rating(id=ID.format(number), level=1))
    outbox.acknowledge(outbox.epoch, 8)
    yield outbox
    outbox.close()


def seqs(messages: list[Up]) -> list[object]:
    return [message.seq for message in messages]


def test_what_the_hub_has_is_not_said_again_though_it_is_kept(outbox: Outbox) -> None:
    assert (len(outbox), outbox.upto, seqs(outbox.due(0.0))) == (2, 8, [9, 10])


def test_a_hub_that_went_back_hears_what_it_lost_under_the_same_names(outbox: Outbox) -> None:
    epoch = outbox.epoch
    outbox.acknowledge(epoch, 3)
    assert (outbox.epoch, outbox.upto, seqs(outbox.due(0.0))) == (epoch, 3, [4, 5, 6, 7, 8, 9, 10])
    outbox.acknowledge(epoch, 10)
    assert outbox.next_due(0.0) is None


def test_a_hub_that_went_further_back_than_is_kept_hears_all_that_is_kept_in_a_new_journal(outbox: Outbox) -> None:
    epoch = outbox.epoch
    outbox.acknowledge(epoch, 1)
    assert outbox.epoch != epoch
    said = outbox.due(0.0)
    assert [(message.id, message.seq) for message in said] == [(ID.format(n), n - 3) for n in range(4, 11)]


def test_an_old_copy_of_a_journal_says_only_what_the_hub_has_not_got(outbox: Outbox) -> None:
    outbox.acknowledge(outbox.epoch, 50)
    assert [message.id for message in outbox.due(0.0)] == [ID.format(9), ID.format(10)]


def test_after_another_start_the_journal_knows_what_the_hub_has(outbox: Outbox, path: Path) -> None:
    outbox.close()
    again = Outbox(path, keep=KEEP)
    assert (len(again), again.upto, seqs(again.due(0.0))) == (2, 8, [9, 10])
    again.acknowledge(again.epoch, 3)
    again.close()
    once_more = Outbox(path, keep=KEEP)
    assert (len(once_more), once_more.upto) == (7, 3)
    once_more.close()


def test_an_event_can_be_told_better_than_it_was_known_at_first(outbox: Outbox) -> None:
    outbox.record(TicketRequest(id=ID.format(11), service="a", lang="en"))
    outbox.amend(TicketRequest, ID.format(11), lang="km")
    outbox.amend(TicketRequest, ID.format(12), lang="km")
    told = outbox.due(0.0)[-1]
    assert isinstance(told, TicketRequest)
    assert (told.lang, told.seq, told.epoch) == ("km", 11, outbox.epoch)


def test_a_journal_of_the_release_before_goes_on(path: Path) -> None:
    outbox = Outbox(path)
    for number in (1, 2, 3):
        outbox.record(Rating(id=ID.format(number), level=1))
    outbox.acknowledge(outbox.epoch, 1)
    epoch = outbox.epoch
    outbox.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("ALTER TABLE journal DROP COLUMN upto")
        file.execute("PRAGMA user_version = 1")
        file.commit()
    again = Outbox(path, keep=KEEP)
    assert (again.epoch, again.highest, again.upto, seqs(again.due(0.0))) == (epoch, 3, 1, [2, 3])
    again.close()
