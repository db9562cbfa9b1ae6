"""What a printer's status bytes mean.

Rules: pure; a byte without the fixed bits of `DLE EOT` answers is no answer; the worst finding wins.
"""

from collections.abc import Mapping

from kiosk.parts import PrinterState

REQUESTS = (1, 2, 3, 4)
_FIXED_MASK, _FIXED = 0x93, 0x12
_OFFLINE = 0x08
_COVER_OPEN, _PAPER_STOP, _ERROR_STOP = 0x04, 0x20, 0x40
_CUTTER, _FATAL, _RECOVERS = 0x08, 0x20, 0x40
_NEAR_END, _PAPER_END = 0x0C, 0x60


def is_status(byte: int) -> bool:
    """Whether `byte` is an answer to `DLE EOT`."""
    return byte & _FIXED_MASK == _FIXED


def is_barrier(byte: int) -> bool:
    """Whether `byte` is an answer to `GS r 1`."""
    return byte & 0x90 == 0


def judge(answers: Mapping[int, int]) -> tuple[PrinterState, str]:
    """The state that the answers to `REQUESTS` tell, and why."""
    offline, error, paper = answers[2], answers[3], answers[4]
    findings = (
        (offline & _COVER_OPEN, PrinterState.COVER_OPEN, "cover open"),
        (paper & _PAPER_END or offline & _PAPER_STOP, PrinterState.PAPER_OUT, "no paper"),
        (error & _CUTTER, PrinterState.ERROR, "cutter jammed"),
        (error & _FATAL, PrinterState.ERROR, "needs service"),
        (error & _RECOVERS, PrinterState.ERROR, "head too hot, it recovers by itself"),
        (offline & _ERROR_STOP, PrinterState.ERROR, "stopped by an error"),
        (answers[1] & _OFFLINE, PrinterState.ERROR, "offline"),
        (paper & _NEAR_END, PrinterState.NEAR_END, "paper nearly used up"),
    )
    return next(((state, why) for found, state, why in findings if found), (PrinterState.READY, ""))
