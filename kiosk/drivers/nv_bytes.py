"""Pictures in the printer's own memory: `GS ( L` commands to define, print, list and delete them, and its answers.

Source: Epson's ESC/POS reference, GS ( L functions 51, 64, 66, 67 and 69; Citizen's and Bixolon's manuals have the
same bytes. Rules: pure; nothing in a command can be taken for a real-time request; an answer counts only whole.
"""

from typing import NamedTuple

from kiosk.drivers.escpos_bytes import REALTIME, harmless
from kiosk.drivers.strip import Picture

FREE, LISTED = b"\x371", b"\x37r"
"""How the two answers begin; 00h ends them."""
ACK = b"\x06"
LAST_BLOCK, MORE_BLOCKS = b"\x40", b"\x41"
OVERHEAD = 40
"""What a printer needs beside the picture's own bytes; Epson's models need 24 to 33."""


class Key(NamedTuple):
    """The two characters (32 to 126) by which a printer knows a picture."""

    first: int
    second: int


def define(key: Key, picture: Picture) -> bytes:
    """Function 67: keep `picture` under `key`; a printer without room for it ignores this."""
    size = -(-picture.width // 8)
    spare = size * 8 - picture.width
    rows = list(picture.rows)
    while True:
        data = b"".join((row << spare).to_bytes(size, "big") for row in rows)
        area = _word(picture.width) + _word(len(rows))
        head = _graphics(b"0C0" + bytes(key) + b"\x01" + area + b"1", len(data))
        if not any(command in head for command in REALTIME):
            return head + harmless(data)
        rows.append(0)  # a white row more, and the lengths look like nothing else


def show(key: Key) -> bytes:
    """Function 69: print what is kept under `key` and feed past it; nothing happens where nothing is kept."""
    return _graphics(b"0E" + bytes(key) + b"\x01\x01")


def delete(key: Key) -> bytes:
    """Function 66: forget what is kept under `key`."""
    return _graphics(b"0B" + bytes(key))


LIST_KEYS = b"\x1d(L\x04\x000@KC"
"""Function 64: say the keys of all pictures, 40 to a block; every block wants an `ACK`."""
FREE_BYTES = b"\x1d(L\x02\x0003"
"""Function 51: say how many bytes are free."""


def bytes_kept(picture: Picture) -> int:
    """About how many bytes of the printer's memory `picture` takes."""
    return -(-picture.width // 8) * len(picture.rows) + OVERHEAD


def keys(answer: bytes) -> tuple[frozenset[Key], bool] | None:
    """The keys in a block of the list, and whether another block follows; None for one that makes no sense."""
    status, body = answer[len(LISTED) : len(LISTED) + 1], answer[len(LISTED) + 1 :]
    if not answer.startswith(LISTED) or status not in (LAST_BLOCK, MORE_BLOCKS) or len(body) % 2:
        return None
    pairs = [Key(body[at], body[at + 1]) for at in range(0, len(body), 2)]
    if any(not 32 <= code <= 126 for pair in pairs for code in pair):
        return None
    return frozenset(pairs), status == MORE_BLOCKS


def free(answer: bytes) -> int | None:
    """The number of free bytes in the answer to `FREE_BYTES`; None for one that makes no sense."""
    digits = answer.removeprefix(FREE)
    return int(digits) if digits.isdigit() and len(digits) <= 10 else None


def _graphics(head: bytes, more: int = 0) -> bytes:
    """`GS ( L`, or `GS 8 L` where two bytes of length are too few; `more` bytes follow `head`."""
    size = len(head) + more
    lead = b"\x1d(L" + _word(size) if size < 1 << 16 else b"\x1d8L" + size.to_bytes(4, "little")
    return lead + head


def _word(number: int) -> bytes:
    return number.to_bytes(2, "little")
