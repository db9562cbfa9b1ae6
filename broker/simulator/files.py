"""Simulations as files that are worked out beside the hub.

Rules: a job's id is that of its question, in this centre and on the same recorded days: the same question is worked out
once, and its address can be shared.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from broker.beside.jobs import Job
from broker.simulator.answer import Answer, Question

ID = r"[0-9a-f]{32}"
_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Answer).decode


class SimulationJob(Job, frozen=True, kw_only=True):
    """One question that was asked."""

    question: Question


class Simulations:
    """How a question is answered by `goiso simulate`."""

    def file(self, job: SimulationJob) -> str:
        """The name of the job's file."""
        return f"{job.id}.json"

    def arguments(self, job: SimulationJob, _made: int) -> Sequence[str]:
        """What the command is told."""
        return ("--question", _encode(job.question).decode(), "--format", "json")

    def read(self, file: Path) -> SimulationJob | None:
        """The job that made the file; None where an older program made it."""
        found = read_answer(file)
        if found is None:
            return None
        return SimulationJob(id=file.stem, question=found.question, state="done", done=1)


def read_answer(file: Path) -> Answer | None:
    """The answer in a file; None where there is none, or of another program."""
    try:
        return _decode(file.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def simulation_job(question: Question, revision: str, until: str) -> SimulationJob:
    """The job of a question in the centre of that `revision`, with days recorded `until`."""
    told = _encode((question, revision, until))
    return SimulationJob(id=hashlib.sha256(told).hexdigest()[:32], question=question, state="waiting")
