"""Where words break into lines, whoever measures and draws them.

Khmer writes no spaces between words: a line may break at a space, at a zero-width space, or before a base letter that
nothing joins to the letter before it. Rules: pure; a Latin word is never broken.
"""

import re
from collections.abc import Callable
from itertools import groupby

Width = Callable[[str], float]
"""How wide one line of words is."""

_PIECE = re.compile(r"[^\s\u200b]+[ \u200b]*|\s+")
_CLUSTER = re.compile(r"[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd\u200c\u200d])*|.", re.DOTALL)


def runs(words: str) -> list[tuple[bool, str]]:
    """`words` cut where the script changes: (whether it is Khmer, the piece)."""
    return [(khmer, "".join(piece)) for khmer, piece in groupby(words, _is_khmer)]


def _is_khmer(letter: str) -> bool:
    # Joiners and the zero-width space belong to the Khmer words around them; no other script of ours uses them.
    return "\u1780" <= letter <= "\u17ff" or "\u19e0" <= letter <= "\u19ff" or letter in "\u200b\u200c\u200d"


def lines_of(paragraph: str, width: Width, limit: float) -> tuple[list[str], bool]:
    """The lines, none wider than `limit` but a Latin word that is, and whether one of them ends inside a Khmer word."""
    lines = [""]
    broken = False
    for piece in _PIECE.findall(paragraph):
        if width((lines[-1] + piece).rstrip()) <= limit:
            lines[-1] += piece
        elif width(piece.rstrip()) <= limit or not any(khmer for khmer, _ in runs(piece)):
            lines.append(piece)
        else:
            broken = True
            _break_inside(lines, piece, width, limit)
    return [line.strip().replace("\u200b", "") for line in lines if line.strip()] or [""], broken


def _break_inside(lines: list[str], piece: str, width: Width, limit: float) -> None:
    for cluster in _CLUSTER.findall(piece):
        if lines[-1] and width((lines[-1] + cluster).rstrip()) > limit:
            lines.append(cluster)
        else:
            lines[-1] += cluster
