"""What may be wrong with a printer, and what it then says of itself.

Rules: pure; the status bytes are those of `DLE EOT 1` to `4`, with the fixed bits that tell them from other answers.
"""

from dataclasses import dataclass
from typing import Literal, get_args

Fault = Literal["paper_out", "near_end", "cover_open", "error", "silent", "slow", "garbage", "dies", "gone"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
"""`dies`: loses power in the middle of the next ticket and forgets its buffer; `gone`: unplugged now."""

STOPPING: frozenset[Fault] = frozenset({"paper_out", "cover_open", "error"})
"""The head stands still until a person comes."""
UNPLUGGED: frozenset[Fault] = frozenset({"dies", "gone"})
_FIXED_BITS = 0x12


@dataclass(frozen=True)
class Condition:
    """A fault that begins when `after_rows` rows of a ticket are printed (0: now)."""

    fault: Fault | None = None
    after_rows: int = 0

    def begun(self, rows: int) -> Fault | None:
        """The fault that stands once `rows` rows of the ticket are printed."""
        return self.fault if rows >= self.after_rows else None


def status(request: int, fault: Fault | None) -> int:
    """The answer to `DLE EOT request` while `fault` stands."""
    stopped = fault in STOPPING
    bits = {
        1: 0x08 if stopped else 0,
        2: {"cover_open": 0x04, "paper_out": 0x20, "error": 0x40}.get(fault or "", 0),
        3: 0x08 if fault == "error" else 0,
        4: {"paper_out": 0x6C, "near_end": 0x0C}.get(fault or "", 0),
    }
    return _FIXED_BITS | bits.get(request, 0)


def status_back(fault: Fault | None) -> bytes:
    """The four bytes of automatic status back while `fault` stands."""
    printer = (0x08 if fault in STOPPING else 0) | (0x20 if fault == "cover_open" else 0)
    error = 0x08 if fault == "error" else 0
    paper = {"paper_out": 0x0F, "near_end": 0x03}.get(fault or "", 0)
    return bytes([0x10 | printer, error, paper, 0])


IDENTITY = {65: "1.0", 66: "goiso", 67: "virtual"}
"""What `GS I` tells: firmware, maker, model."""


def identity(request: int) -> bytes:
    """The answer to `GS I request`; nothing to a request that it does not know."""
    return b"\x5f" + IDENTITY[request].encode() + b"\x00" if request in IDENTITY else b""
