"""What a page must know about letters before it can be laid out: how wide words are, and how tall when they are set.

Rules: pure; whoever owns the fonts keeps these promises, with the very letters that the screen will show.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Fitted:
    """Words set at `size` px take `lines` lines, `height` px in all."""

    size: int
    lines: int
    height: int


class Ruler(Protocol):
    """Measures words, in px."""

    def width(self, words: str, size: int, bold: bool) -> int:
        """How wide one line of `words` is."""

    def fit(self, words: str, size: int, bold: bool, width: int, lines: int, least: int) -> Fitted:
        """`words` in the largest size from `size` down to `least` at which `lines` lines of `width` px hold them.

        Where even `least` needs more lines, they get them: nothing is ever cut.
        """
