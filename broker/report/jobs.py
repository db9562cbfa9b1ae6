"""Reports that are written beside the hub: each by a process of its own, which lets everything else go first.

The folder is the memory of what was written: a file's name says days, language and form, and whoever starts again finds
it. Rules: at most `AT_ONCE` processes and `WAITING` orders behind them; at most `KEPT` files, none older than
`KEPT_DAYS` days by the hub's clock; a file appears whole or not at all; a process that takes too long is ended.
"""

import logging
import os
import re
import subprocess
import threading
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from broker.report.formats import Format
from broker.report.gather import STEPS

logger = logging.getLogger(__name__)

AT_ONCE = 2
WAITING = 6
KEPT = 40
KEPT_DAYS = 14
LIMIT_S = 600.0
_DAY_S = 24 * 3600
_NAME = re.compile(
    r"(?P<start>\d{4}-\d\d-\d\d)_(?P<end>\d{4}-\d\d-\d\d)_(?P<lang>vi|en|km)_(?P<id>[0-9a-f]{32})\.(?P<form>\w+)"
)


class Job(Struct, frozen=True, kw_only=True):
    """One report that was ordered: `done` of `of` steps; only a file that is `done` can be fetched."""

    id: str
    start: str = field(name="from")
    end: str = field(name="to")
    lang: str = field(name="language")
    form: Format = field(name="format")
    state: Literal["waiting", "working", "done", "failed"]
    done: int = 0
    of: int = STEPS + 1

    @property
    def file(self) -> str:
        """The file's name in the folder."""
        return f"{self.start}_{self.end}_{self.lang}_{self.id}.{self.form}"


class FullError(Exception):
    """Too many reports are waiting already."""


class Jobs:
    """The orders. `command` writes one report; `now` is the hub's time, Unix ms; `instant` writes such a time."""

    def __init__(
        self, folder: Path, command: Sequence[str], now: Callable[[], int], instant: Callable[[int], str]
    ) -> None:
        self._folder, self._command = folder, tuple(command)
        self._now, self._instant = now, instant
        self._lock = threading.Lock()
        self._free = threading.Semaphore(AT_ONCE)
        self._unwritten: dict[str, Job] = {}

    def start(self, start: str, end: str, lang: str, form: Format) -> Job:
        """Order a report. Raises FullError."""
        job = Job(id=uuid.uuid4().hex, start=start, end=end, lang=lang, form=form, state="waiting")
        with self._lock:
            busy = [each for each in self._unwritten.values() if each.state != "failed"]
            if len(busy) >= AT_ONCE + WAITING:
                raise FullError
            self._unwritten = {each.id: each for each in (*self._failed(), *busy, job)}
        self._tidy()
        threading.Thread(target=self._run, args=(job,), name=f"report {job.id[:8]}", daemon=True).start()
        return job

    def all(self) -> list[Job]:
        """Every report that is being written or can be fetched, the newest first."""
        with self._lock:
            unwritten = dict(self._unwritten)
            written = [job for job in map(_job, self._files()) if job and job.id not in unwritten]
        return [*reversed(unwritten.values()), *written]

    def find(self, job_id: str) -> Job | None:
        """The report of that id; None when it is unknown or was deleted."""
        return next((job for job in self.all() if job.id == job_id), None)

    def path(self, job: Job) -> Path:
        """Where the file of a report that is done lies."""
        return self._folder / job.file

    def _failed(self) -> list[Job]:
        """The failures that are still told of: the last few."""
        return [job for job in self._unwritten.values() if job.state == "failed"][-3:]

    def _files(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        files = [(file.stat().st_mtime, file) for file in self._folder.iterdir() if _NAME.fullmatch(file.name)]
        return [file for _, file in sorted(files, reverse=True)]

    def _tidy(self) -> None:
        """Delete what is too old or too much, and what a process that was ended left behind."""
        self._folder.mkdir(parents=True, exist_ok=True)
        oldest = self._now() / 1000 - KEPT_DAYS * _DAY_S
        for place, file in enumerate(self._files()):
            if place >= KEPT or file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
        for scrap in self._folder.glob(".*.part"):
            if scrap.stat().st_mtime < oldest:
                scrap.unlink(missing_ok=True)

    def _run(self, job: Job) -> None:
        with self._free:
            self._tell(replace(job, state="working"))
            made = self._now()
            failure = self._write(job, made)
        if failure:
            logger.error("report %s to %s as %s failed: %s", job.start, job.end, job.form, failure)
            self._tell(replace(job, state="failed"))
            return
        os.utime(self.path(job), (made / 1000, made / 1000))
        with self._lock:
            del self._unwritten[job.id]

    def _write(self, job: Job, made: int) -> str:
        """Write the file; what went wrong, or ""."""
        days = ("--from", job.start, "--to", job.end, "--lang", job.lang, "--format", job.form)
        told = ("--made", self._instant(made), "--progress", "--out", str(self.path(job)))
        try:
            child = subprocess.Popen(  # noqa: S603  # because the command is the hub's own and every word of it is checked
                (*self._command, *days, *told), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
        except OSError as error:
            return str(error)
        words = ""
        with child:
            limit = threading.Timer(LIMIT_S, child.kill)
            limit.start()
            try:
                for line in child.stdout or ():
                    done = line.partition("/")[0]
                    if done.isdecimal():
                        self._tell(replace(job, state="working", done=int(done)))
                    else:
                        words = line.strip() or words
            finally:
                limit.cancel()
        return "" if child.returncode == 0 else words or f"it ended with {child.returncode}"

    def _tell(self, job: Job) -> None:
        with self._lock:
            self._unwritten[job.id] = job


def _job(file: Path) -> Job | None:
    found = _NAME.fullmatch(file.name)
    if not found:
        return None
    return Job(
        id=found["id"],
        start=found["start"],
        end=found["end"],
        lang=found["lang"],
        form=found["form"],  # type: ignore[arg-type]  # because only our own files have such names
        state="done",
        done=STEPS + 1,
    )
