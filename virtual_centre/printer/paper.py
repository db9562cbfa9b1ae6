"""The paper under the head: rows of dots, and a picture of them.

Rules: a dot once black stays black; what lies beyond the right edge is lost, as on real paper. A row is one integer
whose highest bit is the leftmost dot.
"""

from appliance.display.dots import dots_png

DOTS_PER_MM = 8


class Paper:
    """A strip of paper `width` dots wide that grows downwards."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.rows: list[int] = []

    def feed(self, rows: int) -> None:
        """Move on by `rows` white rows."""
        self.rows += [0] * rows

    def print_rows(self, x: int, rows: list[int], width: int) -> None:
        """Print `rows` of `width` dots each, from column `x` on, and move on by as many rows."""
        shift = self.width - x - width
        page = (1 << self.width) - 1
        self.rows += [(row << shift if shift >= 0 else row >> -shift) & page for row in rows]

    @property
    def height(self) -> int:
        """In dots."""
        return len(self.rows)

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not any(self.rows)

    def png(self, margin: int = 24) -> bytes:
        """A black and white picture, with `margin` dots of white paper to the left and right."""
        return dots_png((row << margin for row in self.rows), self.width + 2 * margin)


def stretch(row: int, width: int, times: int) -> int:
    """`row` of `width` dots with every dot `times` as wide."""
    return int("".join(digit * times for digit in f"{row:0{width}b}"), 2)
