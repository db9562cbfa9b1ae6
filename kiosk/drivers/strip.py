"""A strip of dots on its way to the paper, and the black part of it as a picture that can be kept. Pure.

Rules: a row is one integer whose highest bit is the leftmost dot; 1 is black.
"""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Strip:
    """Rows of dots as wide as the paper (half as wide where `doubled`), and `feed` white rows after them."""

    rows: tuple[int, ...]
    doubled: bool = False
    feed: int = 0


class Picture(NamedTuple):
    """Rows of dots from the left edge of the paper, `width` dots wide."""

    rows: tuple[int, ...]
    width: int


class Cut(NamedTuple):
    """A strip as white rows, a picture and white rows."""

    above: int
    picture: Picture
    below: int


def cut(strip: Strip, dots: int) -> Cut | None:
    """The black part of a strip that is not doubled, with the white to its left, so that it needs no placing.

    None for a strip without ink.
    """
    ink = 0
    for row in strip.rows:
        ink |= row
    if not ink or strip.doubled:
        return None
    spare = (ink & -ink).bit_length() - 1
    inked = [index for index, row in enumerate(strip.rows) if row]
    first, last = inked[0], inked[-1] + 1
    picture = Picture(tuple(row >> spare for row in strip.rows[first:last]), dots - spare)
    return Cut(first, picture, len(strip.rows) - last + strip.feed)
