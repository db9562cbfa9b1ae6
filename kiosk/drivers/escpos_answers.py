"""Everything that a printer says, cut into answers, however the line cut it.

Rules: pure; what is incomplete waits, what cannot be an answer is `Noise` and never swallows the answer after it. The
kinds are told apart by the fixed bits of their first byte (Epson's "transmission status identification"):

    0xx1xx10  DLE EOT                    0xx1xx00  automatic status back, three bytes 0xx0xxxx follow
    0xx0xxxx  GS r                       37h 3Dh 5Fh  a block of letters that ends with 00h
    11h 13h   XON, XOFF: no answer
"""

from typing import NamedTuple

_FLOW = b"\x11\x13"
_HEADERS = b"\x37\x3d\x5f"
_LONGEST = 83
"""Bytes of a block before its 00h: header, identifier, a status for some, and at most 80 letters."""
_BACK = 4


class Status(NamedTuple):
    """The answer to a `DLE EOT`."""

    byte: int


class StatusBack(NamedTuple):
    """Its four status bytes, said without being asked."""

    body: bytes


class Sensor(NamedTuple):
    """The answer to `GS r`: everything before it is done."""

    byte: int


class Block(NamedTuple):
    """A block of letters, from its header on, without the 00h."""

    body: bytes


class Noise(NamedTuple):
    """What no printer says that speaks our language at our speed."""

    body: bytes


Answer = Status | StatusBack | Sensor | Block | Noise


class Answers:
    """Takes bytes in any pieces and gives whole answers."""

    def __init__(self) -> None:
        self._left = b""

    def feed(self, data: bytes) -> list[Answer]:
        """The answers that are complete now."""
        self._left += data.translate(None, _FLOW)
        found: list[Answer] = []
        while (answer := _first(self._left)) is not None:
            self._left = self._left[_length(answer) :]
            found.append(answer)
        return found

    def give_up(self) -> list[Answer]:
        """The rest of what has begun does not come: its first byte was noise."""
        left, self._left = self._left, b""
        return [Noise(left[:1]), *self.feed(left[1:]), *self.give_up()] if left else []


def _first(data: bytes) -> Answer | None:
    """The answer that `data` begins with, or None while bytes are missing."""
    if not data:
        return None
    first = data[0]
    if first in _HEADERS:
        return _block(data)
    if first & 0x93 == 0x12:
        return Status(first)
    if first & 0x93 == 0x10:
        return _back(data)
    return Sensor(first) if first & 0x90 == 0 else Noise(data[:1])


def _block(data: bytes) -> Answer | None:
    end = next((at for at, byte in enumerate(data) if at and not 0x20 <= byte < 0x7F), len(data))
    if end > _LONGEST or (end < len(data) and data[end]):
        return Noise(data[:1])
    return Block(data[:end]) if end < len(data) else None


def _back(data: bytes) -> Answer | None:
    if any(byte & 0x90 for byte in data[1:_BACK]):
        return Noise(data[:1])
    return StatusBack(data[:_BACK]) if len(data) >= _BACK else None


def _length(answer: Answer) -> int:
    match answer:
        case Block(body):
            return len(body) + 1
        case StatusBack(body) | Noise(body):
            return len(body)
        case _:
            return 1
