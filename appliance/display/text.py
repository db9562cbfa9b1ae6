"""Typesetting: how wide words are, where they break into lines, and the size at which they fit a box.

Rules: marks are never clipped (a line box is tall enough for Ẫ above and ợ below, taller for Khmer); what does not fit
is set smaller, down to a least size, and only then cut with an ellipsis, which `Setting.whole` tells.
"""

import functools
import re
from dataclasses import dataclass

from appliance.display.fonts import LOCK, Style, font, runs

LEADING = 1.3
LEADING_KHMER = 1.6
# Khmer writes no spaces between words: a line may break at a space, at a zero-width space, or before a base letter
# that nothing joins to the letter before it.
_PIECE = re.compile(r"[^\s\u200b]+[ \u200b]*|\s+")
_CLUSTER = re.compile(r"[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd\u200c\u200d])*|.", re.DOTALL)


@dataclass(frozen=True)
class Setting:
    """Words set in lines of one style; `whole` is false when an ellipsis had to be used. Heights in px."""

    lines: tuple[str, ...]
    style: Style
    line_height: int
    whole: bool = True

    @property
    def height(self) -> int:
        """Of all lines."""
        return self.line_height * len(self.lines)

    @property
    def width(self) -> int:
        """Of the widest line."""
        return max((width(line, self.style) for line in self.lines), default=0)


@functools.lru_cache(maxsize=4096)
def width(words: str, style: Style) -> int:
    """How wide one line of `words` is, px."""
    with LOCK:
        return sum(font(style, khmer).size(piece)[0] for khmer, piece in runs(words))


def line_height(words: str, style: Style) -> int:
    """The height of a line box that holds every mark of `words`, px."""
    khmer = any(is_khmer for is_khmer, _ in runs(words))
    return round(style.size * (LEADING_KHMER if khmer else LEADING))


def wrap(words: str, style: Style, limit: int) -> list[str]:
    """`words` in lines of at most `limit` px. A Latin word is never broken: one wider than `limit` stays too wide."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        lines += _wrap_paragraph(paragraph, style, limit)
    return lines


@functools.lru_cache(maxsize=2048)
def fit(words: str, style: Style, room: tuple[int, int], lines: int, least: int) -> Setting:
    """`words` in the largest size from `style.size` down to `least` px whose lines fit `room` (width, height)."""
    box_width, box_height = room
    for size in _sizes(style.size, min(least, style.size)):
        setting = _set(words, style.scaled(size), box_width)
        if len(setting.lines) <= lines and setting.height <= box_height and setting.width <= box_width:
            return setting
    return _shorten(_set(words, style.scaled(min(least, style.size)), box_width), box_width, lines)


def _sizes(first: int, least: int) -> list[int]:
    """From `first` down to `least` in steps of about 6 %: few, because every size is a font kept open."""
    sizes = [first]
    while sizes[-1] > least:
        sizes.append(max(least, sizes[-1] - max(1, sizes[-1] // 16)))
    return sizes


def _set(words: str, style: Style, limit: int) -> Setting:
    return Setting(tuple(wrap(words, style, limit)), style, line_height(words, style))


def _shorten(setting: Setting, limit: int, lines: int) -> Setting:
    kept = list(setting.lines[:lines])
    if len(setting.lines) > lines or width(kept[-1], setting.style) > limit:
        last = kept[-1]
        while last and width(last + "…", setting.style) > limit:
            last = last[:-1].rstrip()
        kept[-1] = last + "…"
    return Setting(tuple(kept), setting.style, setting.line_height, whole=False)


def _wrap_paragraph(words: str, style: Style, limit: int) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(words):
        if width((lines[-1] + piece).rstrip(), style) <= limit:
            lines[-1] += piece
        elif width(piece.rstrip(), style) <= limit or not any(khmer for khmer, _ in runs(piece)):
            lines.append(piece)
        else:
            _break_inside(lines, piece, style, limit)
    return [line.strip().replace("\u200b", "") for line in lines if line.strip()] or [""]


def _break_inside(lines: list[str], piece: str, style: Style, limit: int) -> None:
    for cluster in _CLUSTER.findall(piece):
        if lines[-1] and width((lines[-1] + cluster).rstrip(), style) > limit:
            lines.append(cluster)
        else:
            lines[-1] += cluster
