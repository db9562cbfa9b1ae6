"""The bytes of LED panels, told as data: a template is a list of fields, a frame is those fields for one panel.

Rules: pure; no maker's protocol lives in code, only in the template files; a frame is complete in itself (address,
content, checksum), never a change to the one before; what a panel cannot show is None, never something else.
"""

from functools import reduce
from typing import Annotated, Literal

import msgspec

from display_board.views import PanelText

Order = Literal["big", "little"]
Writing = Literal["binary", "hex", "decimal"]
Rule = Literal["sum8", "xor8", "lrc8", "crc16-modbus"]
Hex = Annotated[str, msgspec.Meta(pattern=r"^([0-9A-Fa-f]{2}( ?[0-9A-Fa-f]{2})*)?$")]
Size = Annotated[int, msgspec.Meta(ge=1, le=16)]


class _Field(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """One part of a frame."""


class Bytes(_Field, frozen=True, tag="bytes"):
    """Always the same bytes, in hexadecimal."""

    hex: Hex


class Address(_Field, frozen=True, tag="address"):
    """Which panel is meant. `written` in one binary number of `size` bytes, or as hex or decimal digits in ASCII."""

    size: Size = 1
    written: Writing = "binary"
    order: Order = "big"


class Value(_Field, frozen=True, tag="value"):
    """The digits of the number as a binary number of `size` bytes; letters are dropped: A042 is 42.

    `blank` and `dashes` are the bytes for "nothing" and for "--", where the maker has such; without them a panel shows
    0 for nothing and cannot show "--".
    """

    size: Size = 2
    order: Order = "big"
    most: int = 999
    blank: Hex = ""
    dashes: Hex = ""


class Characters(_Field, frozen=True, tag="characters"):
    """The number in ASCII, `size` signs wide; a longer one loses its leading signs, never its last digits."""

    size: Size = 4
    align: Literal["left", "right"] = "right"
    dash: Annotated[str, msgspec.Meta(pattern=r"^[ -~]$")] = "-"


class Checksum(_Field, frozen=True, tag="checksum"):
    """A sum over everything before it, but for the first `skip` bytes."""

    rule: Rule
    skip: int = 0
    written: Writing = "binary"
    order: Order = "big"


Field = Bytes | Address | Value | Characters | Checksum


class Reply(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a panel answers: `length` bytes within `within_ms`, the first `same` of them those of the frame."""

    length: Annotated[int, msgspec.Meta(ge=1, le=256)]
    same: Annotated[int, msgspec.Meta(ge=0, le=256)] = 0
    within_ms: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 50


class Template(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A kind of panel: how its line is set, how much quiet a frame needs after it, and the fields of a frame."""

    name: str
    source: str
    frame: Annotated[tuple[Field, ...], msgspec.Meta(min_length=1)]
    baud: int = 9600
    data_bits: Literal[7, 8] = 8
    parity: Literal["N", "E", "O"] = "N"
    stop_bits: Literal[1, 2] = 1
    gap_ms: Annotated[float, msgspec.Meta(ge=0, le=1000)] = 5.0
    addresses: tuple[int, int] = (1, 247)
    reply: Reply | None = None


def encode(template: Template, panel: PanelText) -> bytes | None:
    """The frame that makes the panel show its text; None when this kind of panel cannot show that.

    Raises OverflowError when the address does not fit its field.
    """
    frame = b""
    for field in template.frame:
        part = _part(field, panel, frame)
        if part is None:
            return None
        frame += part
    return frame


def is_answer(heard: bytes, frame: bytes, reply: Reply) -> bool:
    """Whether what was `heard` after `frame` holds the panel's answer. Our own echo, whole or begun, is none."""
    answer = heard.removeprefix(frame)
    return len(answer) >= reply.length and answer.startswith(frame[: reply.same]) and not frame.startswith(answer)


def checksum(rule: Rule, data: bytes) -> int:
    """The sum of `data` by `rule`: one byte, for crc16-modbus two."""
    match rule:
        case "sum8":
            return sum(data) & 0xFF
        case "xor8":
            return reduce(lambda total, byte: total ^ byte, data, 0)
        case "lrc8":
            return -sum(data) & 0xFF
        case "crc16-modbus":
            return reduce(lambda crc, byte: (crc >> 8) ^ _CRC16[(crc ^ byte) & 0xFF], data, 0xFFFF)


def _crc16_entry(index: int) -> int:
    for _ in range(8):
        index = (index >> 1) ^ (0xA001 if index & 1 else 0)
    return index


_CRC16 = tuple(_crc16_entry(index) for index in range(256))


def _part(field: Field, panel: PanelText, before: bytes) -> bytes | None:
    match field:
        case Bytes():
            return bytes.fromhex(field.hex)
        case Address():
            return _written(panel.address, field.size, field.written, field.order)
        case Value():
            return _value(field, panel)
        case Characters():
            return _characters(field, panel)
        case Checksum():
            size = 2 if field.rule == "crc16-modbus" else 1
            return _written(checksum(field.rule, before[field.skip :]), size, field.written, field.order)


def _written(number: int, size: int, written: Writing, order: Order) -> bytes:
    """`number` in `size` bytes; as hex two digits stand for each byte, as decimal `size` digits in all."""
    if written == "binary":
        return number.to_bytes(size, order)
    digits = f"{number:0{2 * size}X}" if written == "hex" else f"{number:0{size}d}"
    if len(digits) > (2 * size if written == "hex" else size):
        raise OverflowError(f"{number} does not fit in {size}")
    return digits.encode()


def _value(field: Value, panel: PanelText) -> bytes | None:
    if panel.stale:
        return bytes.fromhex(field.dashes) or None
    digits = "".join(sign for sign in panel.text if sign in "0123456789")
    if not digits and field.blank:
        return bytes.fromhex(field.blank)
    return (int(digits or "0") % (field.most + 1)).to_bytes(field.size, field.order)


def _characters(field: Characters, panel: PanelText) -> bytes:
    if panel.stale:
        return field.dash.encode() * field.size
    text = panel.text.encode("ascii", "replace")[-field.size :]
    return text.ljust(field.size) if field.align == "left" else text.rjust(field.size)
