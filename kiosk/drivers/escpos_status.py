"""What a printer's status bytes mean.

Rules: pure; the worst finding wins; a request that a printer never answers counts as "nothing to tell".
"""

from collections.abc import Mapping
from typing import NamedTuple

from kiosk.parts import PrinterState

REQUESTS = (1, 2, 3, 4)
"""`DLE EOT`: 1 printer, 2 why offline, 3 error, 4 paper."""


class Finding(NamedTuple):
    """How a printer is, and why."""

    state: PrinterState
    detail: str = ""
    hopeless: bool = False
    """Whether it stands still until a person has come."""

    @property
    def prints(self) -> bool:
        """Whether a ticket may be sent."""
        return self.state in (PrinterState.READY, PrinterState.NEAR_END)


_COVER_OPEN = Finding(PrinterState.COVER_OPEN, "cover open", hopeless=True)
_PAPER_OUT = Finding(PrinterState.PAPER_OUT, "no paper", hopeless=True)
_CUTTER = Finding(PrinterState.ERROR, "cutter jammed", hopeless=True)
_SERVICE = Finding(PrinterState.ERROR, "needs service", hopeless=True)
_HOT = Finding(PrinterState.ERROR, "head too hot, it recovers by itself")
_STOPPED = Finding(PrinterState.ERROR, "stopped by an error")
_OFFLINE = Finding(PrinterState.ERROR, "offline")
_NEAR_END = Finding(PrinterState.NEAR_END, "paper nearly used up")
_READY = Finding(PrinterState.READY)


def judge(answers: Mapping[int, int]) -> Finding:
    """What the answers to `REQUESTS` tell."""
    printer, offline, error, paper = (answers.get(request, 0) for request in REQUESTS)
    return _worst(
        (offline & 0x04, _COVER_OPEN),
        (paper & 0x60 or offline & 0x20, _PAPER_OUT),
        (error & 0x08, _CUTTER),
        (error & 0x20, _SERVICE),
        (error & 0x40, _HOT),
        (offline & 0x40, _STOPPED),
        (printer & 0x08, _OFFLINE),
        (paper & 0x0C, _NEAR_END),
    )


def judge_back(body: bytes) -> Finding:
    """What the four bytes of an automatic status tell."""
    printer, error, paper, _ = body
    return _worst(
        (printer & 0x20, _COVER_OPEN),
        (paper & 0x0C, _PAPER_OUT),
        (error & 0x08, _CUTTER),
        (error & 0x20, _SERVICE),
        (error & 0x40, _HOT),
        (error & 0x04, _STOPPED),
        (printer & 0x08, _OFFLINE),
        (paper & 0x03, _NEAR_END),
    )


def _worst(*findings: tuple[int, Finding]) -> Finding:
    return next((finding for found, finding in findings if found), _READY)
