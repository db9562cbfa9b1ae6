"""What a printer writes by itself: lines in its own letters, a QR code. ESC/POS bytes.

Source: Epson's ESC/POS reference (ESC $, ESC E, ESC 3, GS !, GS ( k functions 165 to 181). Rules: pure; letters of
12 × 24 dots (font A), enlarged by whole numbers; nothing that is no printable letter gets through.
"""

from collections.abc import Iterable

CELL_WIDE, CELL_TALL = 12, 24
LARGEST = 8
SMOOTH = b"\x1db\x01"
"""Enlarged letters get smooth edges (`GS b`), until the next reset."""
_DASHES = str.maketrans({"–": "-"})


def plain(text: str) -> bytes | None:
    """`text` in the letters that every printer has, or None when it needs others."""
    spelled = text.translate(_DASHES)
    return spelled.encode("ascii") if spelled and all(" " <= letter <= "~" for letter in spelled) else None


def line(cells: Iterable[tuple[int, bytes]], wide: int = 1, tall: int = 1, *, bold: bool = False) -> bytes:
    """One line: each text from its column on, letters `wide` and `tall` times as large."""
    size = bytes([(wide - 1) << 4 | (tall - 1)])
    words = b"".join(b"\x1b$" + x.to_bytes(2, "little") + text for x, text in cells)
    return b"\x1b3" + bytes([CELL_TALL * tall]) + b"\x1d!" + size + b"\x1bE" + bytes([bold]) + words + b"\n"


def code(content: bytes, module: int) -> bytes:
    """A centred QR code, model 2, error correction M, `module` dots to a module."""
    store = (len(content) + 3).to_bytes(2, "little") + b"1P0" + content
    commands = (b"\x04\x001A2\x00", b"\x03\x001C" + bytes([module]), b"\x03\x001E1", store, b"\x03\x001Q0")
    return b"\x1ba\x01" + b"".join(b"\x1d(k" + command for command in commands) + b"\x1ba\x00"
