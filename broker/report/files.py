"""Reports as files that are written beside the hub.

Rules: a file's name says days, language and form.
"""

import re
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import field

from broker.beside.jobs import Job
from broker.report.formats import Format
from broker.report.gather import STEPS

_NAME = re.compile(
    r"(?P<start>\d{4}-\d\d-\d\d)_(?P<end>\d{4}-\d\d-\d\d)_(?P<lang>vi|en|km)_(?P<id>[0-9a-f]{32})\.(?P<form>\w+)"
)


class ReportJob(Job, frozen=True, kw_only=True):
    """One report that was ordered."""

    start: str = field(name="from")
    end: str = field(name="to")
    lang: str = field(name="language")
    form: Format = field(name="format")
    of: int = STEPS + 1


class Reports:
    """How a report is made by `goiso report`. `instant` writes a time (Unix ms)."""

    def __init__(self, instant: Callable[[int], str]) -> None:
        self._instant = instant

    def file(self, job: ReportJob) -> str:
        """The name of the job's file."""
        return f"{job.start}_{job.end}_{job.lang}_{job.id}.{job.form}"

    def arguments(self, job: ReportJob, made: int) -> Sequence[str]:
        """What the command is told."""
        days = ("--from", job.start, "--to", job.end)
        return (*days, "--lang", job.lang, "--format", job.form, "--made", self._instant(made))

    def read(self, file: Path) -> ReportJob | None:
        """The job that made the file."""
        found = _NAME.fullmatch(file.name)
        if not found:
            return None
        return ReportJob(
            id=found["id"],
            start=found["start"],
            end=found["end"],
            lang=found["lang"],
            form=found["form"],  # type: ignore[arg-type]  # because only our own files have such names
            state="done",
            done=STEPS + 1,
        )


def report_job(start: str, end: str, lang: str, form: Format) -> ReportJob:
    """A new order."""
    return ReportJob(id=uuid.uuid4().hex, start=start, end=end, lang=lang, form=form, state="waiting")
