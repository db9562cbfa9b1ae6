"""What a bad disk does to a journal: it is noticed, told, and nothing is half kept."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.runtime.errors import CannotStart
from appliance.runtime.journal_file import JournalFile, NotKept
from appliance.runtime.outbox import Outbox
from appliance.wire.messages import Rating

RATING = Rating(id="3f2b8c1e-0000-4000-8000-000000000001", level=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk" / "journal.sqlite"


@pytest.mark.parametrize("damage", [b"no database at all" * 300, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_broken_journal_is_kept_aside_and_a_new_one_begins(
    path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    outbox = Outbox(path)
    before = outbox.epoch
    outbox.close()
    path.write_bytes(damage)
    again = Outbox(path)
    assert again.epoch != before
    assert again.record(RATING).seq == 1
    again.close()
    assert path.with_name("journal.sqlite.broken-1").read_bytes() == damage
    assert "kept as journal.sqlite.broken-1" in caplog.text


def test_a_page_that_rotted_is_found_at_the_start(path: Path) -> None:
    outbox = Outbox(path)
    for _ in range(200):
        outbox.record(RATING)
    outbox.close()
    content = bytearray(path.read_bytes())
    page = int.from_bytes(content[16:18], "big")
    for start in range(page, len(content), page):
        content[start : start + page] = bytes(page)
    path.write_bytes(content)
    again = Outbox(path)
    assert again.highest == 0
    again.close()
    assert path.with_name("journal.sqlite.broken-1").exists()


def test_a_journal_of_a_newer_release_is_left_alone(path: Path) -> None:
    Outbox(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(CannotStart, match="newer goiso"):
        Outbox(path)


def test_a_directory_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="see that the directory"):
        Outbox(tmp_path / "file" / "journal.sqlite")


def test_what_follows_a_lost_transaction_is_not_kept_as_if_nothing_had_happened(path: Path) -> None:
    file = JournalFile(path)

    def lose_it() -> None:
        with file.transaction():
            file.append("Rating", b"1")
            file.run("ROLLBACK")  # as SQLite itself does when the disk is full
            file.append("Rating", b"2")

    with pytest.raises(NotKept, match="transaction was lost"):
        lose_it()
    assert file.value("SELECT count(*) FROM event") == 0
    with file.transaction():
        file.append("Rating", b"3")
    assert file.rows("SELECT seq FROM event") == [(1,)]
    file.close()


def test_a_database_that_may_not_grow_leaves_no_hole_in_the_numbers(path: Path) -> None:
    file = JournalFile(path)
    file.run(f"PRAGMA max_page_count = {file.value('PRAGMA page_count')}")
    refused = 0
    for _ in range(10):
        try:
            with file.transaction():
                file.append("Rating", bytes(3000))
        except NotKept:
            refused += 1
    assert refused
    file.run("PRAGMA max_page_count = 1000000")
    with file.transaction():
        file.append("Rating", b"1")
    assert file.rows("SELECT seq FROM event ORDER BY seq") == [(seq,) for seq in range(1, 12 - refused)]
    file.close()


FULL = """
import resource, sys
from appliance.runtime.outbox import NotKept, Outbox
from appliance.wire.messages import Rating
outbox = Outbox(sys.argv[1])
message = Rating(id="3f2b8c1e-0000-4000-8000-000000000001", level=1)
for _ in range(3):
    outbox.record(message)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
refused = 0
for _ in range(40):
    try:
        outbox.record(message)
    except NotKept:
        refused += 1
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert refused, "the disk was never full"
outbox.record(message)
print(outbox.highest, len(outbox), refused)
"""


@pytest.mark.parametrize("room", [0, 4096, 40_000, 65_536])
def test_a_full_disk_refuses_and_the_journal_goes_on_when_there_is_room_again(path: Path, room: int) -> None:
    command = [sys.executable, "-c", FULL, str(path), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    highest, length, refused = map(int, done.stdout.split())
    assert highest == length == 3 + (40 - refused) + 1
    outbox = Outbox(path)
    assert (outbox.highest, len(outbox)) == (highest, length)
    outbox.close()
