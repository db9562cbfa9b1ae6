"""A4 paper: words in the shipped fonts at a place, measured and broken into lines; pages with a head and a foot.

Khmer is shaped by HarfBuzz, run by run; Vietnamese is composed (NFC) and needs no shaping. The only file that knows
fpdf2. Rules: millimetres from the top left corner; words never leave the margins; fonts come from the package.
"""

import datetime
import unicodedata
from importlib import resources
from typing import Any

from fpdf import FPDF
from fpdf.enums import Align

from appliance.display.breaking import lines_of, runs

LEFT, RIGHT, TOP, BOTTOM = 22.0, 18.0, 24.0, 20.0
WIDTH = 210.0 - LEFT - RIGHT
END = 297.0 - BOTTOM
INK, QUIET, LINE, TINT = (16, 36, 62), (59, 78, 102), (213, 221, 230), (227, 238, 247)
LEADING = 0.49
"""Millimetres from line to line per point of size: room for Ẫ above ợ, and for Khmer feet."""
_FAMILIES = (("latin", "NotoSans"), ("khmer", "NotoSansKhmer"))


class Paper(FPDF):
    """Pages being written, from top to bottom; `y` is where the next line begins."""

    def __init__(self, running: tuple[str, str], foot: str, page: str, made: datetime.datetime) -> None:
        """`running` stands left and right above every page but the first, `foot` and the `page` number below each."""
        super().__init__(format="A4")
        self._running, self._foot, self._page_words = running, foot, page
        self.set_auto_page_break(False)
        self.set_margins(LEFT, TOP, RIGHT)
        self.c_margin = 0
        self.set_creation_date(made)
        fonts = resources.files("appliance") / "fonts"
        for family, name in _FAMILIES:
            for style, weight in (("", "Regular"), ("B", "Bold")):
                with resources.as_file(fonts / f"{name}-{weight}.ttf") as file:
                    self.add_font(family, style, file)
        self.set_text_color(*INK)
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.add_page()

    def header(self) -> None:
        """Called by fpdf2 for each page."""
        if self.page_no() > 1:
            left, right = self._running
            self.line_of_words(left, LEFT, 13, size=8, colour=QUIET)
            self.line_of_words(right, LEFT, 13, size=8, colour=QUIET, width=WIDTH, align=Align.R)
            self.line(LEFT, 19, 210 - RIGHT, 19)
            self.set_y(TOP)
        else:
            self.set_y(18)

    def footer(self) -> None:
        """Called by fpdf2 for each page."""
        number = self._page_words.format(page=self.page_no(), pages=self.str_alias_nb_pages)
        wide = self.measure(self._page_words.format(page=self.page_no(), pages=9), 8)
        self.line_of_words(self._foot, LEFT, 284, size=8, colour=QUIET)
        self.line_of_words(number, 210 - RIGHT - wide, 284, size=8, colour=QUIET)

    def measure(self, words: str, size: float, bold: bool = False) -> float:
        """How wide one line of `words` is."""
        return sum(self._select(khmer, size, bold) or self.get_string_width(run) for khmer, run in runs(_nfc(words)))

    def broken(self, words: str, width: float, size: float, bold: bool = False) -> list[str]:
        """`words` in lines of at most `width`."""
        lines: list[str] = []
        for paragraph in _nfc(words).split("\n"):
            lines += lines_of(paragraph, lambda line: self.measure(line, size, bold), width)[0]
        return lines

    def line_of_words(
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: float,
        bold: bool = False,
        colour: tuple[int, int, int] = INK,
        width: float = 0,
        align: Align = Align.L,
    ) -> None:
        """One line in the box that begins at `x`, `y`, aligned in its `width`."""
        wide = self.measure(words, size, bold)
        x += {Align.R: width - wide, Align.C: (width - wide) / 2}.get(align, 0.0)
        self.set_text_color(*colour)
        for khmer, run in runs(_nfc(words)):
            self._select(khmer, size, bold)
            self.set_xy(x, y)
            run_wide = self.get_string_width(run)
            self.cell(run_wide, size * LEADING, run)
            x += run_wide

    def room(self, height: float) -> bool:
        """Whether `height` is left on this page."""
        return bool(self.y + height <= END)

    def _select(self, khmer: bool, size: float, bold: bool) -> Any:
        self.set_font("khmer" if khmer else "latin", "B" if bold else "", size)
        self.set_text_shaping(khmer, script="khmr" if khmer else None)


def _nfc(words: str) -> str:
    return unicodedata.normalize("NFC", words)
