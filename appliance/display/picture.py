"""What a surface shows, as a PNG, made for speed: for screens that somebody watches from elsewhere.

Rules: one writer per surface size and thread; its memory is used again for every picture, because taking and clearing
some megabytes anew costs more than all the rest.
"""

import struct
import zlib

import pygame

try:
    from isal.isal_zlib import compress as _compress  # the same format, eight times as fast
except ImportError:
    from zlib import compress as _compress  # a box that nobody watches does without


class PictureWriter:
    """Writes opaque surfaces of `width` × `height` px as PNG."""

    def __init__(self, width: int, height: int) -> None:
        # A row of a PNG is one filter byte (0: none) and its pixels: a surface over the same memory, one byte further
        # on and with rows as long, lets one blit convert and place every pixel at once.
        pitch = 3 * width + 1
        memory = bytearray(pitch * height + 1)
        self._rows = memoryview(memory)[: pitch * height]
        self._pixels = pygame.image.frombuffer(memoryview(memory)[1:], (width, height), "RGB", pitch)
        self._head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def png(self, surface: pygame.Surface) -> bytes:
        """The picture. Flat ones shrink well even at the first level."""
        self._pixels.blit(surface, (0, 0))
        body = _compress(self._rows, 1)
        return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", self._head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
