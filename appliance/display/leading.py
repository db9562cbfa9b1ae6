"""How tall a line of words is, and where in it the letters stand. Pure, so that a page can be computed without fonts.

Rules: measured on the shipped fonts: the box holds Ẫ above and ợ below, for Khmer its signs above and its feet below.
"""

LATIN = (1.07, 0.25)
"""Parts of the em above and below the baseline."""
KHMER = (0.98, 0.58)


def line_height(size: int, khmer: bool = False) -> int:
    """The height of a line box for letters of `size` px, px."""
    above, below = KHMER if khmer else LATIN
    return round(size * (above + below))


def rise(size: int, khmer: bool = False) -> int:
    """How far below the top of its box the baseline stands, px."""
    return round(size * (KHMER if khmer else LATIN)[0])
