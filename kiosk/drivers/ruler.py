"""Measures words with the fonts that the screen draws them with."""

from appliance.display.fonts import Style
from appliance.display.text import fit, width, wrap
from kiosk.ruler import Fitted

_ANY = 100_000
"""More px than any page is tall."""


class FontRuler:
    """A `Ruler` of the shipped fonts."""

    def width(self, words: str, size: int, bold: bool) -> int:
        """How wide one line of `words` is, px."""
        return width(words, Style(size, bold))

    def fit(self, words: str, size: int, bold: bool, width: int, lines: int, least: int) -> Fitted:
        """See `Ruler.fit`."""
        setting = fit(words, Style(size, bold), (width, _ANY), lines, least)
        count = len(setting.lines if setting.whole else wrap(words, setting.style, width))
        return Fitted(setting.style.size, count, count * setting.line_height)
