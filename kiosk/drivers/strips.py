"""A ticket's bands as black and white dots.

Rules: the number, the code and the rules are drawn at half size and doubled by the printer, which costs a quarter of
the bytes; labels and values stand in strips of their own, so that a label can be kept where its value changes.
"""

import functools
from typing import assert_never

import segno

from appliance.display.fonts import Style
from appliance.display.text import Setting, fit
from kiosk.drivers.sheet import Sheet
from kiosk.drivers.strip import Strip
from kiosk.ticket import Band, Caption, Code, Errand, Facts, Note, Number, Rule, Subject, Title, Words

MARGIN = 16
NARROW = 480
"""Paper with fewer dots across has one column of facts."""
TITLE, SUBJECT, ERRAND = Style(28, bold=True), Style(38, bold=True), Style(32)
LABEL, VALUE, NOTE, CAPTION = Style(24), Style(40, bold=True), Style(24), Style(26)
NUMBER = Style(96, bold=True)
"""Half the size on paper; its digits are 0.71 em tall: 17 mm at 8 dots a mm."""
QUIET = 8
"""White dots around a number, at half size."""
MODULE = 3
"""Dots per module of a QR code, at half size."""
QUIET_ZONE = 2
AFTER_ROW = 10
"""White rows below a row of facts."""
Cells = tuple[tuple[str, str], ...]


def draw(bands: tuple[Band, ...], dots: int) -> list[Strip]:
    """The strips of a ticket on paper with `dots` across."""
    return [strip for band in bands for strip in draw_band(band, dots)]


def draw_band(band: Band, dots: int) -> list[Strip]:
    """The strips of one band."""
    match band:
        case Title() | Subject() | Errand() | Note() | Caption():
            return [words_strip(band, dots)]
        case Rule():
            # Drawn half as wide and one row high: the printer doubles it into a line of two dots for 35 bytes.
            bar = ((1 << (dots // 2 - MARGIN)) - 1) << (MARGIN // 2)
            return [Strip((bar,), doubled=True, feed=10)]
        case Facts():
            return [
                strip for row in rows_of(band, dots) for strip in (labels_strip(row, dots), values_strip(row, dots))
            ]
        case Code(content):
            return [_code(content, dots)]
        case Number(words):
            return [_number(words, dots)]
        case _:
            assert_never(band)


@functools.lru_cache(maxsize=256)
def words_strip(band: Words, dots: int) -> Strip:
    """A band of words only."""
    match band:
        case Title(words):
            return _centred(words, TITLE, dots, lines=3)
        case Caption(words):
            return _centred(words, CAPTION, dots, lines=2)
        case Subject(words):
            return _left(words, SUBJECT, dots, lines=3, feed=0)
        case Errand(words):
            return _left(words, ERRAND, dots, lines=3, feed=10)
        case Note(words):
            return _left(words, NOTE, dots, lines=12, feed=6)
        case _:
            assert_never(band)


def rows_of(band: Facts, dots: int) -> list[Cells]:
    """The cells that stand beside each other on paper with `dots` across."""
    columns = 1 if dots < NARROW else 2
    return [band.cells[at : at + columns] for at in range(0, len(band.cells), columns)]


def column(index: int, dots: int) -> int:
    """Where the column `index` of a row of facts begins."""
    return MARGIN + index * (dots // 2 - MARGIN)


@functools.lru_cache(maxsize=128)
def labels_strip(row: Cells, dots: int) -> Strip:
    """The labels of a row of facts."""
    sheet = Sheet(dots)
    for index, (label, _) in enumerate(row):
        sheet.words(_set(label, LABEL, column_room(dots), lines=1), column(index, dots), 0)
    return sheet.strip()


def values_strip(row: Cells, dots: int) -> Strip:
    """The values of a row of facts."""
    sheet = Sheet(dots)
    for index, (_, value) in enumerate(row):
        sheet.words(_set(value, VALUE, column_room(dots), lines=1), column(index, dots), 0)
    return sheet.strip(feed=AFTER_ROW)


def column_room(dots: int) -> int:
    """How many dots a column of facts has."""
    return dots - 2 * MARGIN if dots < NARROW else dots // 2 - MARGIN - 8


def _set(words: str, style: Style, room: int, lines: int, least: int = 20) -> Setting:
    return fit(words, style, (room, 10_000), lines, least)


def _balanced(words: str, style: Style, room: int, lines: int) -> Setting:
    """Lines of about the same length: no word alone in the last one."""
    widest = setting = _set(words, style, room, lines)
    while room > widest.width // 2:
        room -= 12
        narrower = fit(words, widest.style, (room, 10_000), lines, widest.style.size)
        if narrower.broken != widest.broken or not narrower.whole or len(narrower.lines) > len(widest.lines):
            break
        setting = narrower
    return setting


def _centred(words: str, style: Style, dots: int, lines: int) -> Strip:
    sheet = Sheet(dots)
    sheet.words(_balanced(words, style, dots - 2 * MARGIN, lines), MARGIN, 0, dots - 2 * MARGIN)
    return sheet.strip(feed=8)


def _left(words: str, style: Style, dots: int, lines: int, feed: int) -> Strip:
    sheet = Sheet(dots)
    sheet.words(_balanced(words, style, dots - 2 * MARGIN, lines), MARGIN, 0)
    return sheet.strip(feed=feed)


def _code(content: str, dots: int) -> Strip:
    matrix = segno.make(content, error="m", boost_error=False, micro=False).matrix
    side = len(matrix) * MODULE
    rows = [int("".join(str(dot) * MODULE for dot in line), 2) for line in matrix]
    sheet = Sheet(dots // 2)
    top = QUIET_ZONE * MODULE
    sheet.stamp(tuple(row for row in rows for _ in range(MODULE)), side, (dots // 2 - side) // 2, top)
    return sheet.strip(doubled=True, feed=2 * top)


def _number(words: str, dots: int) -> Strip:
    """As tall on narrow paper as on wide: what is too wide for it loses columns, not height."""
    setting = fit(words, NUMBER, (10_000, 10_000), 1, NUMBER.size)
    sheet = Sheet(setting.width)
    sheet.words(setting, 0, 0)
    room = dots // 2 - QUIET
    rows = sheet.strip().rows
    squeezed = tuple(_squeezed(row, sheet.width, room) for row in rows) if sheet.width > room else rows
    page = Sheet(dots // 2)
    inked = [index for index, row in enumerate(squeezed) if row]
    page.stamp(
        squeezed[max(0, inked[0] - QUIET) : inked[-1] + 1],
        min(sheet.width, room),
        (page.width - min(sheet.width, room)) // 2,
        0,
    )
    return page.strip(doubled=True)


def _squeezed(row: int, wide: int, room: int) -> int:
    digits = f"{row:0{wide}b}"
    return int("".join(digits[at * wide // room] for at in range(room)), 2)
