"""One clock for all processes: whole records only, never back, at any pace."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from appliance.runtime.clock import SharedClock, write_shared_clock
from appliance.runtime.errors import CannotStart
from appliance.runtime.shared_clock import SIZE

READER = """
import sys, time
from appliance.runtime.clock import SharedClock
clock = SharedClock(sys.argv[1])
print(time.monotonic(), clock.now(), time.monotonic(), clock.pace(), flush=True)
last, elapsed, reads, paces = 0.0, 0.0, 0, set()
while reads < 20_000 or len(paces) < 4:
    now, gone = clock.now(), clock.elapsed()
    assert now >= last and gone >= elapsed, (last, now, elapsed, gone)
    assert 1e9 < now < 1e9 + 1e6, now
    last, elapsed, reads = now, gone, reads + 1
    paces.add(clock.pace())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clock"


def test_the_file_is_one_small_record(path: Path) -> None:
    write_shared_clock(path, 1e9, 1.0)
    assert path.stat().st_size == SIZE == 40


def test_all_processes_read_the_same_time(path: Path) -> None:
    write_shared_clock(path, 1e9, 60.0)
    mine = SharedClock(path)
    command = [sys.executable, "-c", READER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        before, now, after, pace = map(float, other.stdout.readline().split())
        assert pace == 60.0
        start, here, end = time.monotonic(), mine.now(), time.monotonic()
        assert (start - after) * 60 - 0.001 <= here - now <= (end - before) * 60 + 0.001
        other.kill()


def test_a_reader_never_sees_half_a_write_and_never_goes_back_while_the_pace_changes(path: Path) -> None:
    write_shared_clock(path, 1e9, 1.0)
    command = [sys.executable, "-c", READER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stderr is not None
        other.stdout.readline()
        writes = 0
        while other.poll() is None:
            write_shared_clock(path, None, (0.0, 1.0, 60.0, 600.0)[writes % 4])
            writes += 1
            threading.Event().wait(0.0005)
        _, err = other.communicate()
    assert other.returncode == 0, err


def test_time_goes_on_from_where_it_is_when_only_the_pace_changes(path: Path) -> None:
    write_shared_clock(path, 1e9, 1000.0)
    clock = SharedClock(path)
    while clock.now() < 1e9 + 10:
        pass
    write_shared_clock(path, None, 0.0)
    stopped = clock.now()
    assert stopped >= 1e9 + 10
    assert clock.now() == stopped
    assert clock.elapsed() == pytest.approx(stopped - 1e9, abs=1.0)


def test_a_new_day_that_is_set_on_purpose_is_followed_also_back(path: Path) -> None:
    write_shared_clock(path, 1e9, 1.0)
    clock = SharedClock(path)
    before = clock.elapsed()
    assert clock.now() >= 1e9
    write_shared_clock(path, 1e9 - 86_400, 1.0)
    assert clock.now() == pytest.approx(1e9 - 86_400, abs=60)
    assert clock.elapsed() >= before


def put(path: Path, record: bytes) -> None:
    file = os.open(path, os.O_RDWR)
    os.pwrite(file, record, 0)
    os.close(file)


def test_a_writer_that_was_held_up_between_its_watch_and_the_file_turns_nobody_back(path: Path) -> None:
    write_shared_clock(path, 1e9, 10_000.0)
    fast = path.read_bytes()
    write_shared_clock(path, None, 0.0)
    late = path.read_bytes()
    put(path, fast)
    clock = SharedClock(path)
    while clock.now() < 1e9 + 1000:
        pass
    ahead, gone = clock.now(), clock.elapsed()
    put(path, late)
    for _ in range(3):
        assert clock.now() >= ahead
        assert clock.elapsed() >= gone
    assert clock.pace() == 0.0


def test_a_writer_that_died_in_the_middle_leaves_the_last_whole_record_good(path: Path) -> None:
    write_shared_clock(path, 1e9, 1.0)
    clock = SharedClock(path)
    put(path, b"\x55" * 17)
    assert clock.now() == pytest.approx(1e9, abs=60)
    write_shared_clock(path, 2e9, 1.0)
    assert clock.now() == pytest.approx(2e9, abs=60), "a new writer mends it"


@pytest.mark.parametrize("content", [b"", b"x", bytes(SIZE), b"\xff" * SIZE])
def test_a_file_that_is_no_clock_stops_the_start(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(CannotStart, match=r"no shared clock|not a shared clock"):
        SharedClock(path)


def test_time_is_not_told_to_go_back(path: Path) -> None:
    with pytest.raises(ValueError, match="backwards"):
        write_shared_clock(path, 1e9, -1.0)
    with pytest.raises(ValueError, match="no clock to go on from"):
        write_shared_clock(path, None, 1.0)
