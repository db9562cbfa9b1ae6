"""Black and white dots as a PNG: what a printer leaves on paper. Pure.

Rules: a row is one integer whose highest bit is the leftmost dot; 1 is black.
"""

import struct
import zlib
from collections.abc import Iterable


def dots_png(rows: Iterable[int], width: int) -> bytes:
    """A picture of `rows`, each `width` dots wide."""
    size = -(-width // 8)
    white, spare = (1 << width) - 1, size * 8 - width
    lines = [b"\x00" + ((row ^ white) << spare).to_bytes(size, "big") for row in rows]
    head = struct.pack(">IIBBBBB", width, len(lines), 1, 0, 0, 0, 0)
    body = zlib.compress(b"".join(lines), 6)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
