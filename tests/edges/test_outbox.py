"""The journal of a box on a real disk: nothing kept is lost, nothing is said under a name that was used before."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.runtime.errors import CannotStart
from appliance.runtime.outbox import LAST_RESEND_S, WINDOW, Outbox
from appliance.wire.codec import TooLarge
from appliance.wire.messages import Fate, Rating, TicketRequest, Up

ID = "3f2b8c1e-0000-4000-8000-{:012d}"
OTHER = "00000000-0000-4000-8000-000000000000"
WRITER = """
import sys
from appliance.runtime.outbox import Outbox
from appliance.wire.messages import Rating
outbox = Outbox(sys.argv[1])
print(outbox.epoch, flush=True)
while True:
    kept = outbox.record(Rating(id="3f2b8c1e-0000-4000-8000-000000000001", level=1))
    print(kept.seq, flush=True)
"""


def rating(number: int) -> Rating:
    return Rating(id=ID.format(number), level=1)


def fill(outbox: Outbox, count: int) -> list[Rating]:
    return [outbox.record(rating(number)) for number in range(1, count + 1)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk" / "journal.sqlite"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    outbox = Outbox(path, jitter=lambda: 0.5)
    yield outbox
    outbox.close()


def seqs(messages: list[Up]) -> list[object]:
    return [message.seq for message in messages]


def test_what_was_recorded_is_there_after_the_process_was_killed_at_any_moment(path: Path) -> None:
    kept, epochs = 0, set()
    for round_number in range(1, 6):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            epochs.add(writer.stdout.readline())
            promised = [int(writer.stdout.readline()) for _ in range(7 * round_number)]
            writer.send_signal(signal.SIGKILL)
            promised += [int(line) for line in writer.stdout.read().splitlines()]
        outbox = Outbox(path)
        kept += len(promised)
        assert promised[-1] <= outbox.highest <= promised[-1] + 1
        assert len(outbox) == outbox.highest, "a hole, or a number twice"
        outbox.close()
    assert len(epochs) == 1


def test_events_are_numbered_from_one_without_holes_and_carry_the_journals_name(outbox: Outbox) -> None:
    first, second = outbox.record(rating(1)), outbox.record(Fate(id=ID.format(2), fate="void"))
    assert (first.epoch, first.seq) == (outbox.epoch, 1)
    assert (second.epoch, second.seq) == (outbox.epoch, 2)
    assert outbox.due(0.0) == [first, second]


def test_another_start_goes_on_where_the_last_one_ended(path: Path) -> None:
    outbox = Outbox(path)
    epoch, kept = outbox.epoch, fill(outbox, 3)
    outbox.acknowledge(epoch, 3)
    outbox.close()
    again = Outbox(path)
    assert (again.epoch, again.highest, len(again)) == (epoch, 3, 0)
    assert again.record(rating(4)).seq == 4, "an acknowledged number must never be given again"
    assert kept[0].seq == 1
    again.close()


def test_two_processes_cannot_share_a_journal(outbox: Outbox, path: Path) -> None:
    with pytest.raises(CannotStart, match="in use by another process"):
        Outbox(path)
    outbox.record(rating(1))


def test_nothing_is_sent_again_before_its_time_and_ever_more_rarely(outbox: Outbox) -> None:
    fill(outbox, 1)
    now, pauses = 100.0, []
    for _ in range(8):
        assert seqs(outbox.due(now)) == [1]
        assert outbox.due(now) == []
        then = outbox.next_due(now)
        assert then is not None
        pauses.append(round(then - now, 2))
        now = then
    assert pauses == [0.7, 1.4, 2.8, 5.6, 11.2, LAST_RESEND_S, LAST_RESEND_S, LAST_RESEND_S]


def test_jitter_keeps_sixty_boxes_from_speaking_at_once(tmp_path: Path) -> None:
    moments = []
    for jitter in (0.0, 1.0):
        outbox = Outbox(tmp_path / f"{jitter}.sqlite", jitter=lambda jitter=jitter: jitter)
        fill(outbox, 1)
        outbox.due(0.0)
        moments.append(outbox.next_due(0.0))
        outbox.close()
    assert moments == pytest.approx([0.525, 0.875])


def test_after_a_broken_line_everything_is_due_at_once(outbox: Outbox) -> None:
    fill(outbox, 2)
    outbox.due(0.0)
    outbox.forget_in_flight()
    assert seqs(outbox.due(0.1)) == [1, 2]


def test_a_long_journal_goes_out_oldest_first_and_a_window_at_a_time(outbox: Outbox) -> None:
    fill(outbox, WINDOW + 5)
    assert seqs(outbox.due(0.0)) == list(range(1, WINDOW + 1))
    outbox.acknowledge(outbox.epoch, 3)
    assert seqs(outbox.due(0.0)) == [WINDOW + 1, WINDOW + 2, WINDOW + 3]


def test_an_acknowledgement_of_another_journal_means_nothing(outbox: Outbox) -> None:
    fill(outbox, 2)
    outbox.acknowledge(OTHER, 2)
    assert len(outbox) == 2


@pytest.mark.parametrize("upto", [-1, 0])
def test_an_acknowledgement_of_nothing_removes_nothing(outbox: Outbox, upto: int) -> None:
    fill(outbox, 2)
    outbox.acknowledge(outbox.epoch, upto)
    assert len(outbox) == 2


def test_an_old_copy_of_a_journal_does_not_use_numbers_that_the_hub_knows(
    outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    before, kept = outbox.epoch, fill(outbox, 2)
    outbox.acknowledge(before, 50)
    assert outbox.epoch != before
    again = outbox.due(0.0)
    assert [(message.id, message.seq, message.epoch) for message in again] == [
        (kept[0].id, 1, outbox.epoch),
        (kept[1].id, 2, outbox.epoch),
    ]
    assert "older than the hub's" in caplog.text


def test_a_hub_that_lost_its_data_does_not_silence_the_box(outbox: Outbox, caplog: pytest.LogCaptureFixture) -> None:
    before, kept = outbox.epoch, fill(outbox, 3)
    outbox.acknowledge(before, 2)
    outbox.acknowledge(before, 0)  # it waits for number 1, which we do not have any more
    assert outbox.epoch != before
    again = outbox.due(0.0)
    assert [(message.id, message.seq, message.epoch) for message in again] == [(kept[2].id, 1, outbox.epoch)]
    assert "lost what it had" in caplog.text


def test_the_same_acknowledgement_twice_changes_nothing(outbox: Outbox) -> None:
    before = outbox.epoch
    fill(outbox, 3)
    outbox.acknowledge(before, 2)
    outbox.acknowledge(before, 2)
    assert (outbox.epoch, seqs(outbox.due(0.0))) == (before, [3])


def test_an_acknowledgement_that_the_disk_refuses_is_no_catastrophe(outbox: Outbox, path: Path) -> None:
    fill(outbox, 2)
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TRIGGER refuse BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'refused'); END")
        outbox.acknowledge(outbox.epoch, 1)
        assert len(outbox) == 2
        other.execute("DROP TRIGGER refuse")
    outbox.acknowledge(outbox.epoch, 1)
    assert seqs(outbox.due(0.0)) == [2]


def test_what_the_hub_has_leaves_no_trace_in_the_file(outbox: Outbox, path: Path) -> None:
    outbox.record(Fate(id=ID.format(1), fate="void", reason="a word to look for"))
    outbox.acknowledge(outbox.epoch, 1)
    outbox.close()
    assert b"a word to look for" not in path.read_bytes()


def test_an_empty_journal_is_never_due(outbox: Outbox) -> None:
    assert outbox.next_due(0.0) is None
    fill(outbox, 1)
    assert outbox.next_due(5.0) == 5.0


def test_the_state_of_a_device_is_remembered_with_its_event_or_not_at_all(outbox: Outbox, path: Path) -> None:
    with outbox.atomic():
        outbox.remember("lease", "9001")
        outbox.record(rating(1))

    def torn() -> None:
        with outbox.atomic():
            outbox.remember("lease", "9002")
            outbox.record(rating(2))
            raise KeyError

    with pytest.raises(KeyError):
        torn()
    assert (outbox.recall("lease"), outbox.highest, len(outbox)) == ("9001", 1, 1)
    assert outbox.record(rating(3)).seq == 2
    outbox.close()
    again = Outbox(path)
    assert again.recall("lease") == "9001"
    again.forget("lease")
    assert again.recall("lease") is None
    again.close()


def test_an_event_too_large_for_the_line_is_not_recorded(outbox: Outbox) -> None:
    with pytest.raises(TooLarge):
        outbox.record(Fate(id=ID.format(1), fate="void", reason="ặ" * 5000))
    assert (outbox.highest, len(outbox)) == (0, 0)
    assert outbox.record(TicketRequest(id=ID.format(1), service="a")).seq == 1
