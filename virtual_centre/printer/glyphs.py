"""The printer's own letters: a matrix of 12 × 24 dots for each, plain and bold.

Rules: what is wider or taller than its cell is squeezed into it, as makers do with stacked Vietnamese marks.
"""

import functools

import pygame

from appliance.display.fonts import LOCK, Style, font

CELL = (12, 24)
_FINE = 6
"""Letters are drawn so many times as large, then every dot is what most of its part is."""
_EM, _BASELINE = 23, 19


@functools.lru_cache(maxsize=512)
def glyph(letter: str, bold: bool = False) -> tuple[int, ...]:
    """The rows of `letter`, `CELL` dots large."""
    wide, tall = CELL[0] * _FINE, CELL[1] * _FINE
    with LOCK:
        opened = font(Style(_EM * _FINE, bold))
        drawn = opened.render(letter, antialias=False, color=(255, 255, 255))
        ascent = opened.get_ascent()
    ink = drawn.get_bounding_rect()
    if not ink.w:
        return (0,) * CELL[1]
    above, below = ascent - ink.y, ink.bottom - ascent
    fit = min(1.0, (_BASELINE * _FINE) / max(1, above))
    size = (min(drawn.get_width(), wide), max(1, round(ink.h * fit)))
    shape = pygame.transform.scale(drawn.subsurface((0, ink.y, drawn.get_width(), ink.h)), size)
    cell = pygame.Surface((wide, tall))
    bottom = min(tall, _BASELINE * _FINE + below)
    cell.blit(shape, ((wide - size[0]) // 2, max(0, bottom - size[1])))
    return tuple(_row(cell, y) for y in range(CELL[1]))


def _row(cell: pygame.Surface, y: int) -> int:
    bits = 0
    for x in range(CELL[0]):
        part = cell.subsurface((x * _FINE, y * _FINE, _FINE, _FINE))
        bits = bits << 1 | (pygame.transform.average_color(part)[0] > 110)
    return bits
