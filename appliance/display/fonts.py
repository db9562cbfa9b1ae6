"""The shipped Noto Sans and Noto Sans Khmer, opened per size, and words cut into runs that one font can draw.

Rules: `pygame.font` only, never `pygame.freetype` (which cannot shape Khmer); every use of a font holds `LOCK`, because
the screen's and the printer's threads share the fonts and FreeType is not made for two at once.
"""

import functools
import threading
from dataclasses import dataclass
from importlib import resources
from itertools import groupby

import pygame

LOCK = threading.RLock()
"""Held while a font measures or draws."""
MOST = 24
"""So many fonts stay open, the least used closes first: each takes about 0.2 MB."""


@dataclass(frozen=True)
class Style:
    """How words look: `size` is the em in pixels."""

    size: int
    bold: bool = False

    def scaled(self, size: int) -> "Style":
        """The same in another size."""
        return Style(size, self.bold)


def runs(words: str) -> list[tuple[bool, str]]:
    """`words` cut where the script changes: (whether it is Khmer, the piece)."""
    return [(khmer, "".join(piece)) for khmer, piece in groupby(words, _is_khmer)]


@functools.lru_cache(maxsize=MOST)
def font(style: Style, khmer: bool = False) -> pygame.font.Font:
    """The font for a run. The caller holds `LOCK` while it uses it."""
    family = "NotoSansKhmer" if khmer else "NotoSans"
    name = f"{family}-{'Bold' if style.bold else 'Regular'}.ttf"
    with LOCK, resources.as_file(resources.files("appliance") / "fonts" / name) as path:
        pygame.font.init()
        opened = pygame.font.Font(str(path), style.size)
        if khmer:
            opened.set_script("Khmr")
        return opened


def _is_khmer(letter: str) -> bool:
    # Joiners and the zero-width space belong to the Khmer words around them; no other script of ours uses them.
    return "\u1780" <= letter <= "\u17ff" or "\u19e0" <= letter <= "\u19ff" or letter in "\u200b\u200c\u200d"
