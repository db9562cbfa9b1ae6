"""Reads a ticket number off a picture, as eyes would: by its shape, whatever the facts beside the picture say."""

import io
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

import appliance
from virtual_centre.printer.glyphs import CELL, glyph
from virtual_centre.printer.typed_line import TypedLine

FONT = Path(appliance.__file__).parent / "fonts" / "NotoSans-Bold.ttf"
SHAPE = (200, 64)
UNLIKE = 60
"""Mean difference of two shapes, of 255, from which no candidate is what stands there."""
HERO_ROWS = (0.2, 0.57)
"""Where a landscape board writes the number that is called, as fractions of its height."""


def read_called_number(png: bytes, candidates: list[str]) -> str:
    """Which of `candidates` a landscape hall board calls, on its one light ground, which is wider when alone."""
    picture = Image.open(io.BytesIO(png)).convert("L")
    top, bottom = HERO_ROWS
    heading = picture.crop((0, 0, picture.width, 1)).point(lambda grey: 255 if grey > 150 else 0).getbbox()
    assert heading, "nobody is called"
    return read_number(png, (0, top, heading[2] / picture.width, bottom), candidates)


def read_number(
    png: bytes, area: tuple[float, float, float, float], candidates: list[str], *, typed: bool = False
) -> str:
    """Which of `candidates` is written largest within `area` (left, top, right, bottom as fractions of the picture).

    `typed`: in the printer's own letters. Fails if it resembles none of them.
    """
    picture = Image.open(io.BytesIO(png)).convert("L")
    left, top, right, bottom = area
    width, height = picture.size
    part = picture.crop((int(left * width), int(top * height), int(right * width), int(bottom * height)))
    ink = _shape(_tallest_line(part.point(lambda grey: 255 if grey < 90 else 0)))
    hand = _typed if typed else _written
    unlike, number = min((_difference(ink, _shape(hand(text))), text) for text in candidates)
    assert unlike < UNLIKE, f"nothing to read; nearest is {number}"
    return number


def _tallest_line(ink: Image.Image) -> Image.Image:
    """The highest run of rows that have ink in them: the number is the largest thing."""
    rows = [bool(ink.crop((0, y, ink.width, y + 1)).getbbox()) for y in range(ink.height)]
    best, start = (0, 0), 0
    for y, inked in enumerate([*rows, False]):
        if inked:
            continue
        best = max(best, (start, y), key=lambda run: run[1] - run[0])
        start = y + 1
    return ink.crop((0, best[0], ink.width, best[1]))


def _written(text: str) -> Image.Image:
    font = ImageFont.truetype(FONT, 160)
    sheet = Image.new("L", (1000, 300))
    ImageDraw.Draw(sheet).text((20, 20), text, fill=255, font=font)
    return sheet


def _typed(text: str) -> Image.Image:
    """As a receipt printer writes it by itself."""
    line = TypedLine(1000, CELL, glyph)
    line.smooth = True
    for letter in text:
        line.put(letter, (8, 8), bold=True)
    rows, width = line.take()
    size = -(-width // 8)
    packed = b"".join((row << (size * 8 - width)).to_bytes(size, "big") for row in rows)
    return Image.frombytes("1", (size * 8, len(rows)), packed).convert("L")


def _shape(ink: Image.Image) -> Image.Image:
    box = ink.getbbox()
    assert box, "there is nothing to read"
    return ink.crop(box).resize(SHAPE)


def _difference(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
