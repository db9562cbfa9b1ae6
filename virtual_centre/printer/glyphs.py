"""The printer's own characters: a matrix of 12 × 24 dots, 7-bit letters only.

Rules: whatever is not in the printer's table comes out as `?`, which is what happens to Vietnamese on such printers.
"""

import functools

import pygame

from appliance.display.fonts import LOCK, Style, font

CELL = (12, 24)


@functools.lru_cache(maxsize=128)
def glyph(code: int) -> tuple[int, ...]:
    """The rows of the character `code`, `CELL` dots large."""
    letter = chr(code) if 0x20 <= code < 0x7F else "?"
    cell = pygame.Surface(CELL)
    with LOCK:
        drawn = font(Style(17, bold=True)).render(letter, antialias=False, color=(255, 255, 255))
    cell.blit(drawn, ((CELL[0] - drawn.get_width()) // 2, 0))
    return tuple(_row(cell, y) for y in range(CELL[1]))


def _row(cell: pygame.Surface, y: int) -> int:
    bits = 0
    for x in range(CELL[0]):
        bits = bits << 1 | (cell.get_at((x, y))[0] > 127)
    return bits
