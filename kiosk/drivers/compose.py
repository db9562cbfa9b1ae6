"""A ticket's bands as bytes, in the way in which its printer is used.

- raster: everything is drawn; any printer can do it.
- hybrid: fixed words are printed from the printer's memory, or drawn where it has not got them; figures, the number
  and the code are the printer's own.
- native: words are the printer's own letters too, where `tables` have them.

Rules: whatever a printer cannot do with a band, the band is drawn, so a ticket is always whole, in every language.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, assert_never

from kiosk.drivers.code_pages import ONE_BYTE, CodePage, written
from kiosk.drivers.escpos_bytes import BARRIER, feed, paper, strip_bytes
from kiosk.drivers.letters import CELL_WIDE, LARGEST, SMOOTH, code, line, plain
from kiosk.drivers.nv_bytes import Key, show
from kiosk.drivers.strip import Picture, Strip, cut
from kiosk.drivers.strips import (
    AFTER_ROW,
    MARGIN,
    MODULE,
    QUIET_ZONE,
    Cells,
    column,
    column_room,
    draw_band,
    labels_strip,
    rows_of,
    values_strip,
    words_strip,
)
from kiosk.ticket import Band, Caption, Code, Errand, Facts, Note, Number, Rule, Subject, Title, Words

Mode = Literal["hybrid", "raster", "native"]


@dataclass(frozen=True)
class Way:
    """How a printer is used: what it has kept, its tables of Vietnamese letters (page: its number in `ESC t`),
    whether it can smooth the edges of large letters, and the sign above the centre's name.
    """

    dots: int
    mode: Mode = "raster"
    kept: Mapping[Picture, Key] = field(default_factory=dict)
    tables: Mapping[CodePage, int] = field(default_factory=dict)
    smooth: bool = False
    logo: Strip | None = None


def ticket_bytes(bands: tuple[Band, ...], way: Way, end: bytes = BARRIER) -> bytes:
    """The bytes of a ticket, from reset to cut and `end`."""
    smooth = SMOOTH if way.smooth and way.mode != "raster" else b""
    letters = ONE_BYTE if way.mode == "native" else b""
    logo = _kept(way.logo, way) if way.logo and bands and isinstance(bands[0], Title) else b""
    return paper(letters + smooth + logo + b"".join(_band(band, way) for band in bands), end)


def _band(band: Band, way: Way) -> bytes:
    own = b"" if way.mode == "raster" else _own(band, way)
    return own or b"".join(strip_bytes(strip, way.dots) for strip in draw_band(band, way.dots))


def _own(band: Band, way: Way) -> bytes:
    """The band as the printer itself can do it; b"" where it has to be drawn."""
    match band:
        case Title() | Subject() | Errand() | Note() | Caption():
            return _words(band, way)
        case Facts():
            return b"".join(_labels(row, way) + _values(row, way) for row in rows_of(band, way.dots))
        case Code(content):
            return _code(content)
        case Number(words):
            return _number(words, way.dots)
        case Rule():
            return b""
        case _:
            assert_never(band)


# ------------------------------------------------------------------------------------------------------- fixed words


def _words(band: Words, way: Way) -> bytes:
    return _written(band, way) or _kept(words_strip(band, way.dots), way)


def _labels(row: Cells, way: Way) -> bytes:
    if way.mode == "native":
        labels = [written(label, dict(way.tables)) for label, _ in row]
        if all(labels) and all(len(label) * CELL_WIDE <= column_room(way.dots) for label, _ in row):
            return line((column(at, way.dots), label) for at, label in enumerate(labels) if label)
    return _kept(labels_strip(row, way.dots), way)


def _kept(strip: Strip, way: Way) -> bytes:
    found = cut(strip, way.dots)
    key = way.kept.get(found.picture) if found else None
    if found is None or key is None:
        return strip_bytes(strip, way.dots)
    return feed(found.above) + show(key) + feed(found.below)


def _written(band: Words, way: Way) -> bytes:
    if way.mode != "native":
        return b""
    wide, tall, bold, centred = _form(band)
    room = way.dots - 2 * MARGIN
    pieces = []
    for words in _even_lines(band.words, room // (CELL_WIDE * wide)):
        coded = written(words, dict(way.tables))
        if coded is None:
            return b""
        x = MARGIN + (room - len(words) * CELL_WIDE * wide) // 2 if centred else MARGIN
        pieces.append(line([(x, coded)], wide, tall, bold=bold))
    return b"".join(pieces) + feed(8)


def _even_lines(words: str, letters: int) -> list[str]:
    """Lines of at most so many letters, and of about the same length: no word alone in the last one."""
    lines = narrower = textwrap.wrap(words, letters)
    while letters > 1 and len(narrower) == len(lines):
        lines, letters = narrower, letters - 1
        narrower = textwrap.wrap(words, letters)
    return lines


def _form(band: Words) -> tuple[int, int, bool, bool]:
    """How many times as wide and tall its letters are; whether bold; whether centred."""
    match band:
        case Title():
            return 1, 1, True, True
        case Subject():
            return 2, 2, True, False
        case Errand():
            return 2, 2, False, False
        case Note():
            return 1, 1, False, False
        case Caption():
            return 1, 1, False, True
        case _:
            assert_never(band)


# -------------------------------------------------------------------------------------------------- what varies


def _values(row: Cells, way: Way) -> bytes:
    values = [plain(value) for _, value in row]
    cells = [(column(at, way.dots), value) for at, value in enumerate(values) if value]
    if len(cells) < len(row):
        return strip_bytes(values_strip(row, way.dots), way.dots)
    longest = max(len(value) for _, value in cells)
    wide = 2 if longest * CELL_WIDE * 2 <= column_room(way.dots) else 1
    return line(cells, wide, 2, bold=True) + feed(AFTER_ROW)


def _code(content: str) -> bytes:
    plainly = plain(content)
    quiet = feed(2 * QUIET_ZONE * MODULE)
    return quiet + code(plainly, 2 * MODULE) + quiet if plainly else b""


def _number(words: str, dots: int) -> bytes:
    number = plain(words)
    wide = min(LARGEST, dots // (CELL_WIDE * max(1, len(words))))
    if number is None or not wide:
        return b""
    x = (dots - len(number) * CELL_WIDE * wide) // 2
    return line([(x, number)], wide, LARGEST, bold=True)
