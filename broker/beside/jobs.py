"""Files that are made beside the hub: each by a process of its own, which lets everything else go first.

The folder is the memory of what was made: whoever starts again finds it. Rules: at most `Room.at_once` processes and
`Room.waiting` orders behind them; at most `Room.kept` files, none older than `Room.kept_days` by the hub's clock; a
file appears whole or not at all; a process that takes too long is ended.
"""

import logging
import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Generic, Literal, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

logger = logging.getLogger(__name__)

_DAY_S = 24 * 3600


class Job(Struct, frozen=True, kw_only=True):
    """One order: `done` of `of` steps; only the file of one that is `done` can be read."""

    id: str
    state: Literal["waiting", "working", "done", "failed"]
    done: int = 0
    of: int = 1


J = TypeVar("J", bound=Job)


class Kind(Protocol[J]):
    """What is made of an order."""

    def file(self, job: J, /) -> str:
        """The name of the job's file in the folder."""

    def arguments(self, job: J, made: int, /) -> Sequence[str]:
        """What the command is told to make it, `made` being the hub's time (Unix ms)."""

    def read(self, file: Path, /) -> J | None:
        """The job that made the file; None where it is no such file."""


class Room(Struct, frozen=True, kw_only=True):
    """How much may go on at once, and be kept."""

    at_once: int = 2
    waiting: int = 6
    kept: int = 40
    kept_days: int = 14
    limit_s: float = 600.0


class FullError(Exception):
    """Too many orders are waiting already."""


class Jobs(Generic[J]):
    """The orders of one kind. `command` makes one file; `now` is the hub's time, Unix ms."""

    def __init__(
        self,
        folder: Path,
        command: Sequence[str],
        kind: Kind[J],
        now: Callable[[], int],
        room: Room = Room(),  # noqa: B008  # because it is frozen
    ) -> None:
        self._folder, self._command, self._kind = folder, tuple(command), kind
        self._now, self._room = now, room
        self._lock = threading.Lock()
        self._free = threading.Semaphore(room.at_once)
        self._unmade: dict[str, J] = {}

    def start(self, job: J) -> J:
        """Order it; what is being made or was made already is not made again. Raises FullError, OSError."""
        self._tidy()
        with self._lock:
            known = next((each for each in self._known() if each.id == job.id), None)
            if known and known.state != "failed":
                return known
            busy = [each for each in self._unmade.values() if each.state != "failed"]
            if len(busy) >= self._room.at_once + self._room.waiting:
                raise FullError
            failed = [each for each in self._failed() if each.id != job.id]
            # Started first: what cannot be started takes nobody's place. It waits for the lock.
            threading.Thread(target=self._run, args=(job,), name=f"beside {job.id[:8]}", daemon=True).start()
            self._unmade = {each.id: each for each in (*failed, *busy, job)}
        return job

    def all(self) -> list[J]:
        """Every job that is under way or whose file can be read, the newest first."""
        with self._lock:
            return self._known()

    def find(self, job_id: str) -> J | None:
        """The job of that id; None when it is unknown or was deleted."""
        return next((job for job in self.all() if job.id == job_id), None)

    def path(self, job: J) -> Path:
        """Where the file of a job that is done lies."""
        return self._folder / self._kind.file(job)

    def _known(self) -> list[J]:
        """Under the lock: what has just been made is among the one or the other."""
        unmade = self._unmade
        made = [job for _, file in self._files("[!.]*") if (job := self._kind.read(file)) and job.id not in unmade]
        return [*reversed(unmade.values()), *made]

    def _failed(self) -> list[J]:
        """The failures that are still told of: the last few."""
        return [job for job in self._unmade.values() if job.state == "failed"][-3:]

    def _files(self, pattern: str) -> list[tuple[float, Path]]:
        """When each file was made (Unix s), the newest first; another order may be deleting some of them."""
        files = []
        for file in self._folder.glob(pattern):
            with suppress(FileNotFoundError):
                files.append((file.stat().st_mtime, file))
        return sorted(files, reverse=True)

    def _tidy(self) -> None:
        """Delete what is too old or too much, and what a process that was ended left behind."""
        self._folder.mkdir(parents=True, exist_ok=True)
        oldest = self._now() / 1000 - self._room.kept_days * _DAY_S
        for place, (made_s, file) in enumerate(self._files("[!.]*")):
            if place >= self._room.kept or made_s < oldest:
                file.unlink(missing_ok=True)
        for made_s, scrap in self._files(".*.part"):
            if made_s < oldest:
                scrap.unlink(missing_ok=True)

    def _run(self, job: J) -> None:
        with self._free:
            self._tell(replace(job, state="working"))
            try:
                made = self._now()
                failure = self._make(job, made)
                if not failure:
                    os.utime(self.path(job), (made / 1000, made / 1000))
            except Exception as error:  # noqa: BLE001  # because an order that never ends would keep its place for ever
                failure = repr(error)
        if failure:
            logger.error("%s failed: %s", self._kind.file(job), failure)
            self._tell(replace(job, state="failed"))
            return
        with self._lock:
            del self._unmade[job.id]

    def _make(self, job: J, made: int) -> str:
        """Make the file; what went wrong, or ""."""
        told = (*self._kind.arguments(job, made), "--progress", "--out", str(self.path(job)))
        try:
            child = subprocess.Popen(  # noqa: S603  # because the command is the hub's own and every word of it is checked
                (*self._command, *told), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
        except OSError as error:
            return str(error)
        words = ""
        with child:
            limit = threading.Timer(self._room.limit_s, child.kill)
            limit.start()
            try:
                for line in child.stdout or ():
                    done, _, steps = line.strip().partition("/")
                    if done.isdecimal() and steps.isdecimal():
                        self._tell(replace(job, state="working", done=int(done), of=int(steps)))
                    else:
                        words = line.strip() or words
            finally:
                limit.cancel()
        return "" if child.returncode == 0 else words or f"it ended with {child.returncode}"

    def _tell(self, job: J) -> None:
        with self._lock:
            self._unmade[job.id] = job
