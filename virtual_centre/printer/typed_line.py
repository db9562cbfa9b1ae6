"""A line of the printer's own letters while it is written: letters side by side, of their sizes, on one foot.

Rules: pure; what does not fit on the paper begins the next line, as on real printers.
"""

from collections.abc import Callable

from virtual_centre.printer.paper import stretch
from virtual_centre.printer.smoothing import smoothed

Glyph = Callable[[str, bool], tuple[int, ...]]


class TypedLine:
    """A line on paper `width` dots wide, of letters that are `cell` dots large and drawn by `glyph`."""

    def __init__(self, width: int, cell: tuple[int, int], glyph: Glyph) -> None:
        self._width = width
        self._cell = cell
        self._glyph = glyph
        self._letters: list[tuple[int, str, tuple[int, int], bool]] = []
        self.x = 0
        """Where the next letter begins."""
        self.smooth = False

    def __bool__(self) -> bool:
        return bool(self._letters)

    @property
    def last(self) -> str:
        """The last letter, "" on an empty line."""
        return self._letters[-1][1] if self._letters else ""

    def has_room(self, scale: tuple[int, int]) -> bool:
        """Whether a letter of this size fits."""
        return self.x + self._cell[0] * scale[0] <= self._width

    def put(self, letter: str, scale: tuple[int, int], *, bold: bool) -> None:
        """Write one letter."""
        self._letters.append((self.x, letter, scale, bold))
        self.x += self._cell[0] * scale[0]

    def change_last(self, letter: str) -> None:
        """A mark came over the last letter."""
        x, _, scale, bold = self._letters[-1]
        self._letters[-1] = (x, letter, scale, bold)

    def take(self) -> tuple[list[int], int]:
        """The rows of the line and their width; it is empty then."""
        letters, width = self._letters, self.x
        tall = self._cell[1] * max((scale[1] for _, _, scale, _ in letters), default=0)
        rows = [0] * tall
        for x, letter, (wide, high), bold in letters:
            shift = width - x - self._cell[0] * wide
            top = tall - self._cell[1] * high
            for y, dots in enumerate(self._enlarged(self._glyph(letter, bold), wide, high)):
                rows[top + y] |= dots << max(0, shift)
        self._letters, self.x = [], 0
        return rows, width

    def _enlarged(self, dots: tuple[int, ...], wide: int, high: int) -> tuple[int, ...]:
        if self.smooth and wide > 1 and high > 1:
            return smoothed(dots, self._cell[0], wide, high)
        return tuple(row for line in dots for row in [stretch(line, self._cell[0], wide)] * high)
