"""Strips as ESC/POS bytes, and the few commands around them.

Rules: pure; only black dots travel (white rows become feeds, white edges are cut off at eight dots); no picture can be
taken for a real-time command, since a printer looks for those in the middle of pictures too.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from kiosk.drivers.strip import Strip

RESET = b"\x1b@"
TELL = b"\x1da\x0e"
"""From now on say by yourself what changes (`GS a`): on line, errors, paper; said once at once. A reset forgets it."""
BEGIN = RESET + TELL + b"\x1dP\xcb\xcb"
"""Motion units of 1/203 inch, so that a feed counts in dots on every model."""
CUT = b"\x1dVB\x18"
"""Feed to the knife and three millimetres on, then cut, leaving one point."""
BARRIER = b"\x1dr\x01"
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
CLEARED = b"\x37\x25"
"""What a printer says when it has dropped everything, before the 00h."""
TOP = 16
"""White rows above the first line."""
REALTIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14")


def nonce(number: int) -> bytes:
    """Four bytes for `number`, none of which can be taken for a status."""
    return bytes(0x40 + (number >> shift & 15) for shift in (12, 8, 4, 0))


def process_id(nonce: bytes) -> bytes:
    """Ask the printer to say `nonce` when everything before it is printed."""
    return b"\x1d(H\x06\x0000" + nonce


def processed(nonce: bytes) -> bytes:
    """What it says then."""
    return b'7"' + nonce + b"\x00"


def identity_request(number: int) -> bytes:
    """`GS I`: 65 firmware, 66 maker, 67 model; answered with 5Fh, letters, 00h."""
    return b"\x1dI" + bytes([number])


def status_request(kind: int) -> bytes:
    """`DLE EOT`: 1 printer, 2 why offline, 3 error, 4 paper; answered at once with one byte."""
    return b"\x10\x04" + bytes([kind])


def ticket(strips: Iterable[Strip], dots: int, end: bytes = BARRIER) -> bytes:
    """The bytes of a ticket on paper with `dots` across, from reset to cut and `end`."""
    return paper(b"".join(strip_bytes(strip, dots) for strip in strips), end)


def paper(body: bytes, end: bytes = BARRIER) -> bytes:
    """`body` from reset to cut and `end`."""
    return BEGIN + feed(TOP) + body + CUT + end


def strip_bytes(strip: Strip, dots: int) -> bytes:
    """A strip as pictures and feeds."""
    scale = 2 if strip.doubled else 1
    pieces = []
    for blank, rows in _blocks(strip.rows):
        pieces.append(feed(len(rows) * scale) if blank else _raster(rows, dots // scale, strip.doubled))
    return b"".join(pieces) + feed(strip.feed)


def _blocks(rows: tuple[int, ...]) -> Iterator[tuple[bool, list[int]]]:
    for blank, block in groupby(rows, lambda row: row == 0):
        yield blank, list(block)


def feed(rows: int) -> bytes:
    """Move on by `rows` white rows."""
    whole, rest = divmod(rows, 255)
    return b"\x1bJ\xff" * whole + (b"\x1bJ" + bytes([rest]) if rest else b"")


def _raster(rows: list[int], wide: int, doubled: bool) -> bytes:
    """One `GS v 0` picture of the black part, placed with `ESC $`."""
    ink = 0
    for row in rows:
        ink |= row
    left = (wide - ink.bit_length()) // 8 * 8
    spare = (ink & -ink).bit_length() - 1
    size = -(-(wide - left - spare) // 8)
    shift = wide - left - size * 8
    packed = b"".join((row >> shift if shift >= 0 else row << -shift).to_bytes(size, "big") for row in rows)
    x = left * (2 if doubled else 1)
    head = b"\x1dv0" + bytes([3 if doubled else 0]) + size.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    return b"\x1b$" + x.to_bytes(2, "little") + head + harmless(packed)


def harmless(picture: bytes) -> bytes:
    """`picture` without anything that looks like a real-time command: a lone dot in eight is given up for it."""
    for command in REALTIME:
        picture = picture.replace(command, b"\x00" + command[1:])
    return picture
