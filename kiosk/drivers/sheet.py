"""Words set in black dots, without smoothing: what the printer's head can do.

Rules: every letter of every language comes out right, because letters are drawn here and never by the printer; a row
is one integer whose highest bit is the leftmost dot.
"""

import functools

import pygame

from appliance.display.breaking import runs
from appliance.display.fonts import LOCK, Style, font
from appliance.display.text import Setting, width
from kiosk.drivers.strip import Strip

_DIGITS = bytes([ord("0")]) + bytes([ord("1")] * 255)


class Sheet:
    """A white area to set words on, `width` dots wide."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._rows: list[int] = []

    def words(self, setting: Setting, x: int, y: int, room: int = 0) -> int:
        """Set lines from column `x` and row `y` on, centred where `room` is given; the first row below them."""
        for index, line in enumerate(setting.lines):
            left = x + (room - width(line, setting.style)) // 2 if room else x
            self._line(line, setting.style, left, y + index * setting.line_height + setting.rise)
        below = y + setting.height
        self._reach(below)
        return below

    def stamp(self, rows: tuple[int, ...], wide: int, x: int, y: int) -> None:
        """Blacken the dots of `rows`, each `wide` dots, with their left upper corner at `x`, `y`."""
        self._reach(y + len(rows))
        shift = self.width - x - wide
        page = (1 << self.width) - 1
        for index, row in enumerate(rows):
            self._rows[y + index] |= (row << shift if shift >= 0 else row >> -shift) & page

    def strip(self, *, doubled: bool = False, feed: int = 0) -> Strip:
        """What was set."""
        return Strip(tuple(self._rows), doubled, feed)

    def _reach(self, height: int) -> None:
        self._rows += [0] * (height - len(self._rows))

    def _line(self, line: str, style: Style, x: int, baseline: int) -> None:
        for khmer, piece in runs(line):
            rows, wide, ascent = _drawn(piece, style, khmer)
            top = baseline - ascent
            self.stamp(rows[max(0, -top) :], wide, x, max(0, top))
            x += wide


def dots_of(picture: pygame.Surface, dark: int) -> tuple[int, ...]:
    """The rows of a picture: black where it is darker than `dark` (of 255)."""
    wide = picture.get_width()
    grey = pygame.transform.grayscale(picture)
    flat = pygame.image.tobytes(grey, "RGB")[::3].translate(
        bytes(b"1"[0] if tone < dark else b"0"[0] for tone in range(256))
    )
    return tuple(int(flat[at : at + wide], 2) for at in range(0, len(flat), wide))


@functools.lru_cache(maxsize=256)
def _drawn(piece: str, style: Style, khmer: bool) -> tuple[tuple[int, ...], int, int]:
    """The rows of a run, their width, and how many of them stand above the baseline."""
    with LOCK:
        opened = font(style, khmer)
        drawn = opened.render(piece, antialias=False, color=(255, 255, 255))
        ascent = opened.get_ascent()
    wide = drawn.get_width()
    # Drawn without smoothing, every byte of an 8-bit surface is paper or ink.
    flat = pygame.image.tobytes(drawn, "P").translate(_DIGITS)
    return tuple(int(flat[at : at + wide], 2) for at in range(0, len(flat), wide)) if wide else (), wide, ascent
