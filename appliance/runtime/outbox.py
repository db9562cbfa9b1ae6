"""The journal of a box: what it said to the hub until the hub has it on disk, and what it must not forget itself.

Rules: `record` returns only when the event is on disk; an event leaves only on the hub's acknowledgement; (epoch, seq)
names one event for ever, `seq` counts from 1 without holes. What was acknowledged may be kept a while, for a hub that
is restored from an older copy and asks for it again. One process per journal, one thread per process.
"""

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from appliance.runtime.journal_file import JournalFile, NotKept
from appliance.wire import codec
from appliance.wire.messages import Up
from appliance.wire.topics import TABLE

__all__ = ["NotKept", "Outbox"]

logger = logging.getLogger(__name__)

WINDOW = 20
FIRST_RESEND_S = 0.7
LAST_RESEND_S = 15.0

_ROWS = {row.type.__name__: row for row in TABLE if issubclass(row.type, Up)}
U = TypeVar("U", bound=Up)


class Outbox:
    """The journal in the SQLite file at `path`, opened now. Raises CannotStart when another process has it open.

    `jitter` gives numbers from 0 to 1; `keep` is how many acknowledged events stay in the file. `now` of the methods is
    `time.monotonic()`.
    """

    def __init__(self, path: Path | str, jitter: Callable[[], float] = random.random, keep: int = 0) -> None:
        self._file = JournalFile(Path(path))
        self._jitter = jitter
        self._keep = keep
        self._flying: dict[int, tuple[float, float]] = {}  # seq: due again at, pause after that

    @property
    def epoch(self) -> str:
        """The journal's own name, new whenever its file is."""
        return self._file.epoch

    @property
    def highest(self) -> int:
        """The last sequence number given."""
        return self._file.highest

    @property
    def upto(self) -> int:
        """How far the hub has it."""
        return self._file.upto

    def __len__(self) -> int:
        return self.highest - self.upto

    def record(self, message: U) -> U:
        """Keep `message`, with this journal's epoch and its next number; on disk when this returns.

        Raises TooLarge, and NotKept when the disk did not take it: then nothing may be promised to anybody.
        """
        with self.atomic():
            stamped = msgspec.structs.replace(message, epoch=self.epoch, seq=self.highest + 1)
            self._file.append(type(message).__name__, codec.encode(stamped))
        return stamped

    def amend(self, kind: type[Up], request: str, **changes: object) -> None:
        """Change fields of the event `request` of `kind` where it is still kept, for whoever hears it from now on.

        It keeps its name. Only one of the last twenty events is looked for. Raises NotKept.
        """
        newest = "SELECT seq, body FROM event WHERE kind = ? ORDER BY seq DESC LIMIT 20"
        for seq, body in self._file.rows(newest, kind.__name__):
            message = _decode(kind.__name__, body)
            if message.id == request:
                changed = codec.encode(msgspec.structs.replace(message, **changes))
                with self.atomic():
                    self._file.run("UPDATE event SET body = ? WHERE seq = ?", changed, seq)
                return

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All that is recorded and remembered inside is kept together, or (after an exception) not at all."""
        with self._file.transaction():
            yield

    def remember(self, key: str, value: str) -> None:
        """Keep `value` under `key`, on disk when this returns (inside `atomic`: when that ends). Raises NotKept."""
        with self.atomic():
            self._file.run("INSERT OR REPLACE INTO memory VALUES (?, ?)", key, value)

    def recall(self, key: str) -> str | None:
        """What was remembered under `key`, or None."""
        found: str | None = self._file.value("SELECT value FROM memory WHERE key = ?", key)
        return found

    def forget(self, key: str) -> None:
        """Drop what was remembered under `key`. Raises NotKept."""
        with self.atomic():
            self._file.run("DELETE FROM memory WHERE key = ?", key)

    def due(self, now: float) -> list[Up]:
        """What to send now, oldest first; it counts as sent, and comes again later until it is acknowledged."""
        messages: list[Up] = []
        flying: dict[int, tuple[float, float]] = {}
        for seq, kind, body in self._window():
            due, pause = self._flying.get(seq, (now, FIRST_RESEND_S))
            if due <= now:
                due, pause = now + pause * (0.75 + 0.5 * self._jitter()), min(2 * pause, LAST_RESEND_S)
                messages.append(_decode(kind, body))
            flying[seq] = (due, pause)
        self._flying = flying
        return messages

    def next_due(self, now: float) -> float | None:
        """When `due` will have something, or None while the journal is empty."""
        return min((self._flying.get(seq, (now, 0.0))[0] for seq, _, _ in self._window()), default=None)

    def _window(self) -> list[tuple[int, str, bytes]]:
        return self._file.rows(
            "SELECT seq, kind, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?", self.upto, WINDOW
        )

    def acknowledge(self, epoch: str, upto: int) -> None:
        """The hub has everything of `epoch` up to `upto` on its disk. Another epoch's acknowledgement means nothing.

        A hub that has less than it once acknowledged lost it: it gets again what is still kept. A hub that knows more
        of this epoch than we do proves that our file is an old copy: its next numbers would pass for repetitions. Then,
        and where less is kept than the hub waits for, the journal begins a new epoch and says all that is left again
        under it; ids keep anything from counting twice. What the disk refuses now is done at the next acknowledgement.
        """
        if epoch != self.epoch or upto == self.upto:
            return
        try:
            self._settle(max(upto, 0))
        except NotKept as error:
            logger.warning("an acknowledgement was not kept: %s", error)

    def _settle(self, upto: int) -> None:
        oldest: int | None = self._file.value("SELECT min(seq) FROM event")
        if upto > self.highest:
            logger.error("journal is older than the hub's (%d, hub has %d); beginning a new one", self.highest, upto)
            self._begin_again(self.upto)
        elif upto >= self.upto:
            with self.atomic():
                self._file.settle(upto)
                self._file.run("DELETE FROM event WHERE seq <= ?", upto - self._keep)
        elif oldest is not None and oldest <= upto + 1:
            logger.error("the hub lost what it had (%d, now %d); saying it again", self.upto, upto)
            with self.atomic():
                self._file.settle(upto)
            self._flying.clear()
        elif oldest is not None:
            logger.error("the hub lost what it had (%d, now %d); beginning a new journal", self.upto, upto)
            self._begin_again(0)

    def _begin_again(self, upto: int) -> None:
        left = self._file.rows("SELECT seq, kind, body FROM event WHERE seq > ? ORDER BY seq", upto)
        with self.atomic():
            self._file.new_epoch()
            for _, kind, body in left:
                self.record(_decode(kind, body))
        self._flying.clear()

    def forget_in_flight(self) -> None:
        """The line broke: everything left is due at once when it is back."""
        self._flying.clear()

    def close(self) -> None:
        """Close the file and let another process have it."""
        self._file.close()


def _decode(kind: str, body: bytes) -> Up:
    message = codec.decode(_ROWS[kind], body)
    assert isinstance(message, Up)  # noqa: S101  # because it tells mypy what _ROWS guarantees
    return message
