"""A clock in a small memory-mapped file, for all processes of one machine.

Rules: the file holds one line on the time axis: at `mono` (CLOCK_MONOTONIC, the same for all processes) it was `now`
and `elapsed`, and both go at `pace`. A checksum, not the order of writes, tells a reader that it saw a whole record:
processors differ in what order they show writes to each other.
"""

import mmap
import os
import struct
import threading
import time
import zlib
from pathlib import Path
from typing import NamedTuple

from appliance.runtime.errors import CannotStart

_FIELDS = struct.Struct("<ddddI")
_CHECK = struct.Struct("<I")
SIZE = _FIELDS.size + _CHECK.size
_TRIES = 50


class _Line(NamedTuple):
    """`era` grows when the clock is set back on purpose: only then may a reader's time go back."""

    mono: float
    now: float
    elapsed: float
    pace: float
    era: int

    def at(self, mono: float) -> "_Line":
        passed = (mono - self.mono) * self.pace
        return _Line(mono, self.now + passed, self.elapsed + passed, self.pace, self.era)


def _pack(line: _Line) -> bytes:
    fields = _FIELDS.pack(*line)
    return fields + _CHECK.pack(zlib.crc32(fields))


def _unpack(record: bytes) -> _Line | None:
    if len(record) != SIZE or _CHECK.unpack_from(record, _FIELDS.size)[0] != zlib.crc32(record[: _FIELDS.size]):
        return None
    return _Line(*_FIELDS.unpack_from(record))


def write_shared_clock(path: Path | str, now: float | None, pace: float) -> None:
    """Set the clock in the file at `path` (made when absent): it is `now`, and time goes at `pace`.

    With `now` None the clock goes on from where it is. One process writes; any number reads.
    Raises ValueError for a negative pace, or for `now` None without a clock to go on from.
    """
    if pace < 0:
        raise ValueError("a clock does not go backwards")
    path = Path(path)
    mono = time.monotonic()
    old = _unpack(path.read_bytes()) if path.exists() else None
    here = old.at(mono) if old else None
    if now is None:
        if here is None:
            raise ValueError(f"{path} holds no clock to go on from")
        now = here.now
    if here is None:
        _write(path, _Line(mono, now, 0.0, pace, int(mono * 1000) & 0xFFFF_FFFF))  # an era nobody has seen
    else:
        _write(path, _Line(mono, now, here.elapsed, pace, (here.era + (now < here.now)) & 0xFFFF_FFFF))


def _write(path: Path, line: _Line) -> None:
    if not path.exists() or path.stat().st_size != SIZE:
        fresh = path.with_name(path.name + ".new")
        fresh.write_bytes(_pack(line))
        fresh.replace(path)
        return
    file = os.open(path, os.O_RDWR)
    try:
        os.pwrite(file, _pack(line), 0)  # in place: readers have this very file mapped
    finally:
        os.close(file)


class SharedClockFile:
    """Reads the clock in the file at `path`. Raises CannotStart when there is none."""

    def __init__(self, path: Path | str) -> None:
        try:
            with Path(path).open("rb") as file:
                self._memory = mmap.mmap(file.fileno(), SIZE, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise CannotStart(f"{path}: no shared clock here ({error}); start the program that writes it") from error
        line = self._read()
        if line is None:
            raise CannotStart(f"{path}: not a shared clock; remove the file and start the program that writes it")
        self._line = line
        self._last = line
        self._lock = threading.Lock()

    def _read(self) -> _Line | None:
        for _ in range(_TRIES):
            line = _unpack(self._memory[:SIZE])
            if line is not None:
                return line
        return None  # whoever wrote died in the middle: the last whole record stays good

    def _here(self) -> _Line:
        with self._lock:
            self._line = self._read() or self._line
            here = self._line.at(time.monotonic())
            last = self._last  # it may be ahead: the writer looked at its watch before it wrote
            now = max(here.now, last.now) if here.era == last.era else here.now
            self._last = here._replace(now=now, elapsed=max(here.elapsed, last.elapsed))
            return self._last

    def now(self) -> float:
        """Unix seconds of the business clock."""
        return self._here().now

    def elapsed(self) -> float:
        """Seconds at the clock's pace; never back."""
        return self._here().elapsed

    def pace(self) -> float:
        """Business seconds per machine second."""
        return self._here().pace
