"""A ticket's bands as black and white dots.

Rules: every letter of every language comes out right, because letters are drawn here and never by the printer; the
number, the code and the rules are drawn at half size and doubled by the printer, which costs a quarter of the bytes.
"""

from typing import assert_never

import pygame
import segno

from appliance.display.fonts import LOCK, Style, font, runs
from appliance.display.text import Setting, fit, width
from kiosk.drivers.strip import Strip
from kiosk.ticket import Band, Caption, Code, Facts, Note, Number, Rule, Title

MARGIN = 16
NARROW = 480
"""Paper with fewer dots across has one column of facts."""
TITLE, LABEL, VALUE, NOTE = Style(27, bold=True), Style(24), Style(32, bold=True), Style(24)
NUMBER = Style(96, bold=True)
"""Half the size on paper; its digits are 0.71 em tall: 17 mm at 8 dots a mm."""
LEAST_NUMBER = 85
MODULE = 3
"""Dots per module of a QR code, at half size."""
QUIET_ZONE = 2
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

    def stamp(self, rows: list[int], wide: int, x: int, y: int) -> None:
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
            with LOCK:
                opened = font(style, khmer)
                drawn = opened.render(piece, antialias=False, color=(255, 255, 255))
                top = baseline - opened.get_ascent()
            rows = _dots(drawn)
            self.stamp(rows[max(0, -top) :], drawn.get_width(), x, max(0, top))
            x += drawn.get_width()


def draw(bands: tuple[Band, ...], dots: int) -> list[Strip]:
    """The strips of a ticket on paper with `dots` across."""
    return [strip for band in bands for strip in _draw(band, dots)]


def _draw(band: Band, dots: int) -> list[Strip]:
    match band:
        case Title(words):
            return [_centred(words, TITLE, dots, lines=3)]
        case Caption(words):
            return [_centred(words, LABEL, dots, lines=1)]
        case Note(words):
            return [_note(words, dots)]
        case Rule():
            # Drawn half as wide and one row high: the printer doubles it into a line of two dots for 35 bytes.
            bar = ((1 << (dots // 2 - MARGIN)) - 1) << (MARGIN // 2)
            return [Strip((bar,), doubled=True, feed=10)]
        case Facts(cells):
            return [_facts(cells, dots)]
        case Code(content, words):
            return [_code(content, dots), _centred(words, NOTE, dots, lines=2)]
        case Number(words):
            return [_number(words, dots)]
        case _:
            assert_never(band)


def _set(words: str, style: Style, room: int, lines: int, least: int = 20) -> Setting:
    return fit(words, style, (room, 10_000), lines, least)


def _centred(words: str, style: Style, dots: int, lines: int) -> Strip:
    sheet = Sheet(dots)
    sheet.words(_set(words, style, dots - 2 * MARGIN, lines), MARGIN, 0, dots - 2 * MARGIN)
    return sheet.strip(feed=8)


def _note(words: str, dots: int) -> Strip:
    sheet = Sheet(dots)
    sheet.words(_set(words, NOTE, dots - 2 * MARGIN, lines=6), MARGIN, 0)
    return sheet.strip(feed=6)


def _facts(cells: tuple[tuple[str, str], ...], dots: int) -> Strip:
    sheet = Sheet(dots)
    columns = 1 if dots < NARROW else 2
    room = (dots - 2 * MARGIN) // columns
    y = 0
    for start in range(0, len(cells), columns):
        row_top = y
        for column, (label, value) in enumerate(cells[start : start + columns]):
            x = MARGIN + column * room
            below = sheet.words(_set(label, LABEL, room - 8, lines=1), x, row_top)
            below = sheet.words(_set(value, VALUE, room - 8, lines=3), x, below)
            y = max(y, below)
        y += 6
    return sheet.strip(feed=6)


def _code(content: str, dots: int) -> Strip:
    matrix = segno.make(content, error="m", boost_error=False, micro=False).matrix
    side = len(matrix) * MODULE
    rows = [int("".join(str(dot) * MODULE for dot in line), 2) for line in matrix]
    sheet = Sheet(dots // 2)
    top = QUIET_ZONE * MODULE
    sheet.stamp([row for row in rows for _ in range(MODULE)], side, (dots // 2 - side) // 2, top)
    return sheet.strip(doubled=True, feed=2 * top)


def _number(words: str, dots: int) -> Strip:
    sheet = Sheet(dots // 2)
    setting = fit(words, NUMBER, (sheet.width, 10_000), 1, LEAST_NUMBER if dots >= NARROW else LEAST_NUMBER // 2)
    sheet.words(setting, 0, 0, sheet.width)
    return sheet.strip(doubled=True)


def _dots(drawn: pygame.Surface) -> list[int]:
    """The rows of words that were drawn without smoothing: every byte of an 8-bit surface is paper or ink."""
    wide = drawn.get_width()
    flat = pygame.image.tobytes(drawn, "P").translate(_DIGITS)
    return [int(flat[at : at + wide], 2) for at in range(0, len(flat), wide)] if wide else []
