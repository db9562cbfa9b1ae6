"""The shipped Noto Sans and Noto Sans Khmer, opened per size, one for each script.

Rules: `pygame.font` only, never `pygame.freetype` (which cannot shape Khmer); every use of a font holds `LOCK`, because
the screen's and the printer's threads share the fonts and FreeType is not made for two at once.
"""

import functools
import logging
import threading
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import pygame

logger = logging.getLogger(__name__)

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


@functools.lru_cache(maxsize=MOST)
def font(style: Style, khmer: bool = False) -> pygame.font.Font:
    """The font for a run. The caller holds `LOCK` while it uses it."""
    with LOCK, resources.as_file(resources.files("appliance") / "fonts") as folder:
        pygame.font.init()
        file = file_of(folder, khmer, style.bold)
        opened = pygame.font.Font(file and str(file), style.size)
        if khmer:
            opened.set_script("Khmr")
        return opened


@functools.cache
def file_of(folder: Path, khmer: bool, bold: bool) -> Path | None:
    """The file of a family and weight; where it is missing, the next best, so that numbers can be read at least."""
    wanted, *others = candidates(khmer, bold)
    if (folder / wanted).is_file():
        return folder / wanted
    found = next((folder / name for name in others if (folder / name).is_file()), None)
    instead = found.name if found else "a font without Vietnamese letters"
    logger.error("the font %s is missing, %s stands in for it; install the program anew", folder / wanted, instead)
    return found


def candidates(khmer: bool, bold: bool) -> list[str]:
    """The files that can draw a run, the best first: its own, then its other weight, then the other script's."""
    families = ("NotoSansKhmer", "NotoSans") if khmer else ("NotoSans", "NotoSansKhmer")
    weights = ("Bold", "Regular") if bold else ("Regular", "Bold")
    return [f"{family}-{weight}.ttf" for family in families for weight in weights]
