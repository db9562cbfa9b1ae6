"""What the parts of a kiosk tell: frozen values, posted by drivers, taken in by the loop.

Rules: pure; the states of a printer and the outcomes of a job are closed unions, and every one has its page.
"""

from dataclasses import dataclass, field
from enum import Enum


class PrinterState(Enum):
    """How the printer is. Only READY and NEAR_END print."""

    READY = "ready"
    NEAR_END = "near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    ERROR = "error"
    SILENT = "silent"
    GONE = "gone"


class Outcome(Enum):
    """What became of a ticket's paper."""

    PRINTED = "printed"
    UNCERTAIN = "uncertain"
    UNSENT = "unsent"


@dataclass(frozen=True)
class PrinterIs:
    """The printer's state changed (or is told for the first time)."""

    state: PrinterState
    detail: str = ""


@dataclass(frozen=True)
class PrintEnded:
    """The job `job` came to its end; told exactly once per job."""

    job: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True)
class ScreenTouched:
    """The screen was touched at these fractions of its width and height."""

    x: float
    y: float


@dataclass(frozen=True)
class ScannerIs:
    """The scanner came (`present`) or went, or cannot be had; `detail` says why."""

    present: bool
    detail: str = ""


@dataclass(frozen=True)
class CodeScanned:
    """A code was read. What stands in it is nobody's business: it is never written anywhere."""

    data: bytes = field(repr=False)
