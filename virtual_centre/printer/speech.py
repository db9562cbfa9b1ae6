"""What a printer says of itself, and which of it a model can say.

Rules: pure; the fixed bits tell one kind of answer from another. Source: Epson's TM-T88III specification (`DLE EOT`,
`GS a`, `GS I`, transmission status identification).
"""

from typing import NamedTuple

from virtual_centre.printer.faults import STOPPING, Fault

_FIXED_BITS = 0x12
_IDENTITY = {65: "1.0", 66: "goiso", 67: "virtual"}
"""Firmware, maker, model."""


class Speech(NamedTuple):
    """What a model answers. Cheap ones leave out more than one of it."""

    requests: tuple[int, ...] = (1, 2, 3, 4)
    """The `DLE EOT` that it knows."""
    tells: bool = True
    """Whether it has automatic status back."""
    named: bool = True
    """Whether it has `GS I`."""

    def status(self, request: int, fault: Fault | None) -> bytes:
        """The answer to `DLE EOT request` while `fault` stands."""
        return bytes([status(request, fault)]) if request in self.requests else b""

    def identity(self, request: int) -> bytes:
        """The answer to `GS I request`."""
        return b"\x5f" + _IDENTITY[request].encode() + b"\x00" if self.named and request in _IDENTITY else b""


FLUENT = Speech()


def status(request: int, fault: Fault | None) -> int:
    """The answer to `DLE EOT request` while `fault` stands."""
    bits = {
        1: 0x08 if fault in STOPPING else 0,
        2: {"cover_open": 0x04, "paper_out": 0x20, "error": 0x40, "hot": 0x40}.get(fault or "", 0),
        3: {"error": 0x08, "hot": 0x40}.get(fault or "", 0),
        4: {"paper_out": 0x6C, "near_end": 0x0C}.get(fault or "", 0),
    }
    return _FIXED_BITS | bits.get(request, 0)


def status_back(fault: Fault | None) -> bytes:
    """The four bytes of automatic status back while `fault` stands."""
    printer = (0x08 if fault in STOPPING else 0) | (0x20 if fault == "cover_open" else 0)
    error = {"error": 0x08, "hot": 0x40}.get(fault or "", 0)
    paper = {"paper_out": 0x0F, "near_end": 0x03}.get(fault or "", 0)
    return bytes([0x10 | printer, error, paper, 0])
