"""The pictures of a centre's fixed words, which a printer may keep.

Rules: what is kept is what would be drawn, dot by dot; the order is that of the bands.
"""

from collections.abc import Iterable

from kiosk.drivers.strip import Picture, Strip, cut
from kiosk.drivers.strips import labels_strip, rows_of, words_strip
from kiosk.ticket import Band, Caption, Errand, Facts, Note, Subject, Title

HIGHEST = 1200
"""The tallest picture that every model keeps, in dots."""


def pictures(bands: Iterable[Band], dots: int) -> list[Picture]:
    """The pictures of the fixed words in `bands`, for paper with `dots` across."""
    cuts = (cut(strip, dots) for band in bands for strip in fixed_strips(band, dots))
    return [found.picture for found in cuts if found and len(found.picture.rows) <= HIGHEST]


def fixed_strips(band: Band, dots: int) -> list[Strip]:
    """The strips of `band` that do not vary from ticket to ticket."""
    match band:
        case Title() | Subject() | Errand() | Note() | Caption():
            return [words_strip(band, dots)]
        case Facts():
            return [labels_strip(row, dots) for row in rows_of(band, dots)]
        case _:
            return []
