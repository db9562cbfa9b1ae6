"""Typesetting: how wide words are, where they break into lines, and the size at which they fit a box.

Rules: marks are never clipped (a line box is tall enough for Ẫ above and ợ below, taller for Khmer); what does not fit
is set smaller, down to a least size, and only then cut with an ellipsis, which `Setting.whole` tells.
"""

import functools
import math
from dataclasses import dataclass, replace

from appliance.display.breaking import lines_of, runs
from appliance.display.fonts import LOCK, Style, font
from appliance.display.leading import line_height, rise

_SURELY = 0.94
"""The least part of the width at one size that words have at another, in proportion: letters stand on whole pixels."""
_LADDER = tuple(sorted({round(12 * 1.06**step) for step in range(76)}, reverse=True))


@dataclass(frozen=True)
class Setting:
    """Words set in lines of one style. `rise` px from the top of a line is its baseline.

    `whole` is false when an ellipsis had to be used, `broken` true when a line ends inside a word.
    """

    lines: tuple[str, ...]
    style: Style
    line_height: int
    rise: int
    whole: bool = True
    broken: bool = False

    @property
    def height(self) -> int:
        """Of all lines."""
        return self.line_height * len(self.lines)

    @property
    def width(self) -> int:
        """Of the widest line."""
        return max((width(line, self.style) for line in self.lines), default=0)


@functools.lru_cache(maxsize=1024)
def width(words: str, style: Style) -> int:
    """How wide one line of `words` is, px."""
    with LOCK:
        return sum(font(style, khmer).size(piece)[0] for khmer, piece in runs(words))


def wrap(words: str, style: Style, limit: int) -> list[str]:
    """`words` in lines of at most `limit` px. A Latin word is never broken: one wider than `limit` stays too wide."""
    return list(_set(words, style, limit).lines)


@functools.lru_cache(maxsize=512)
def fit(words: str, style: Style, room: tuple[int, int], lines: int, least: int) -> Setting:
    """`words` in the largest size from `style.size` down to `least` px whose lines fit `room` (width, height)."""
    fallback: Setting | None = None
    widths = [width(paragraph, style) for paragraph in words.split("\n")]
    for size in _sizes(style.size, min(least, style.size)):
        needed = sum(max(1, math.ceil(_SURELY * wide * size / style.size / max(1, room[0]))) for wide in widths)
        if needed > lines or needed * line_height(size) > room[1]:
            continue
        setting = _set(words, style.scaled(size), room[0])
        if len(setting.lines) > lines or setting.height > room[1] or setting.width > room[0]:
            continue
        if not setting.broken:
            return setting
        fallback = fallback or setting
    smallest = _set(words, style.scaled(min(least, style.size)), room[0])
    return fallback or _shorten(smallest, room[0], max(1, min(lines, room[1] // smallest.line_height)))


def _sizes(first: int, least: int) -> list[int]:
    """From `first` down to `least` in steps of about 6 %, the same for all: few, for every size is a font kept open."""
    return [first, *(size for size in _LADDER if least < size < first), *([least] if least < first else [])]


def _set(words: str, style: Style, limit: int) -> Setting:
    lines: list[str] = []
    broken = False
    for paragraph in words.split("\n"):
        mine, inside = lines_of(paragraph, lambda line: width(line, style), limit)
        lines += mine
        broken = broken or inside
    khmer = any(is_khmer for is_khmer, _ in runs(words))
    high, down = line_height(style.size, khmer), rise(style.size, khmer)
    return Setting(tuple(lines), style, high, down, broken=broken)


def _shorten(setting: Setting, limit: int, lines: int) -> Setting:
    left_out = len(setting.lines) > lines
    kept = setting.lines[:lines]
    ends = [*(_cut(line, setting.style, limit) for line in kept[:-1]), _cut(kept[-1], setting.style, limit, left_out)]
    return replace(setting, lines=tuple(ends), whole=False)


def _cut(line: str, style: Style, limit: int, more: bool = False) -> str:
    """The line with an ellipsis where it is wider than `limit`, or `more` would follow it."""
    if not more and width(line, style) <= limit:
        return line
    while line and width(line + "…", style) > limit:
        line = line[:-1].rstrip()
    return line + "…"
