"""From the bytes on a line to what panels show: written apart from the board's encoder, so that each checks the other.

Rules: pure; shares with the board only the template files; a frame counts when every fixed byte and its checksum are
right; after anything else the panels look for the next frame one byte further on, as real ones do.
"""

from dataclasses import dataclass, field

from display_board.led_frames import Address, Bytes, Characters, Checksum, Field, Template, Value


@dataclass(frozen=True)
class Shown:
    """A good frame: which panel it is for, what that panel then shows, and what it answers (b"" for silence)."""

    address: int
    text: str
    answer: bytes = b""


@dataclass
class LineDecoder:
    """What panels of one kind make of a stream. `bad` counts starts of frames that were none."""

    template: Template
    bad: int = 0
    _heard: bytearray = field(default_factory=bytearray)
    _lost: bool = False

    def feed(self, data: bytes) -> list[Shown]:
        """The good frames that `data` completes."""
        self._heard += data
        shown: list[Shown] = []
        size = frame_size(self.template)
        while len(self._heard) >= size:
            found = decode(self.template, bytes(self._heard[:size]))
            if found is None:
                self.bad += not self._lost
                self._lost = True
                del self._heard[0]
                continue
            self._lost = False
            shown.append(found)
            del self._heard[:size]
        return shown

    def quiet(self) -> None:
        """Nothing came for longer than a frame's own gaps: what is unfinished never will be finished."""
        self.bad += bool(self._heard) and not self._lost
        self._lost = False
        self._heard.clear()


def frame_size(template: Template) -> int:
    """How long every frame of this kind is."""
    return sum(_size(part) for part in template.frame)


def decode(template: Template, frame: bytes) -> Shown | None:
    """What a whole frame says, or None when it is not one."""
    address, text, at = 0, "", 0
    for part in template.frame:
        piece = frame[at : at + _size(part)]
        try:
            if isinstance(part, Bytes) and piece != bytes.fromhex(part.hex):
                return None
            if isinstance(part, Checksum) and _number(piece, part) != total(part.rule, frame[part.skip : at]):
                return None
            if isinstance(part, Address):
                address = _number(piece, part)
            if isinstance(part, Value | Characters):
                text = _text(part, piece)
        except ValueError:
            return None
        at += len(piece)
    return Shown(address, text, _answer(template, frame))


def total(rule: str, data: bytes) -> int:
    """A checksum, computed the plain way."""
    if rule == "crc16-modbus":
        return _crc16(data)
    value = 0
    for byte in data:
        value = value ^ byte if rule == "xor8" else (value + byte) % 256
    return (256 - value) % 256 if rule == "lrc8" else value


def _crc16(data: bytes) -> int:
    """Bit by bit, as the Modbus serial line guide draws it."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            odd = value & 1
            value >>= 1
            if odd:
                value ^= 0xA001
    return value


def _size(part: Field) -> int:
    match part:
        case Bytes():
            return len(bytes.fromhex(part.hex))
        case Checksum():
            return (2 if part.rule == "crc16-modbus" else 1) * (2 if part.written == "hex" else 1)
        case Address():
            return part.size * (2 if part.written == "hex" else 1)
        case Value() | Characters():
            return part.size


def _number(piece: bytes, part: Address | Checksum) -> int:
    if part.written == "binary":
        return int.from_bytes(piece, part.order)
    return int(piece.decode("ascii"), 16 if part.written == "hex" else 10)


def _text(part: Value | Characters, piece: bytes) -> str:
    if isinstance(part, Characters):
        return piece.decode("ascii").strip()
    if part.dashes and piece == bytes.fromhex(part.dashes):
        return "--"
    if part.blank and piece == bytes.fromhex(part.blank):
        return ""
    value = int.from_bytes(piece, part.order)
    if value > part.most:
        raise ValueError(value)
    return str(value)


def _answer(template: Template, frame: bytes) -> bytes:
    """What a panel of this kind sends back: the head of the frame, then its own checksum."""
    if template.reply is None:
        return b""
    head = frame[: template.reply.same]
    crc = _crc16(head).to_bytes(2, "little")
    return (head + crc).ljust(template.reply.length, b"\x00")[: template.reply.length]
