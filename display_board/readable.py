"""Texts from outside, made fit for a board: one line, letters that our fonts have, nothing that turns or stacks signs.

Rules: pure; Vietnamese typed in pieces (letter, mark) is put together; control and direction signs, lone marks and
scripts without a shipped font are left out, because a box, a mirrored counter or a tower of marks helps nobody; a
"word" too long for any line is cut into several.
"""

import unicodedata

SHOWN = (
    (0x20, 0x7E),
    (0xA1, 0xAC),
    (0xAE, 0x24F),
    (0x400, 0x45F),
    (0x1780, 0x17B3),
    (0x17B6, 0x17D3),
    (0x17D4, 0x17DD),
    (0x17E0, 0x17E9),
    (0x1E00, 0x1EFF),
    (0x200B, 0x200D),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2033),
    (0x2039, 0x203A),
    (0x20AB, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
)
"""First and last code of every stretch that may stand on a board: Latin, Cyrillic, Khmer, and what stands between."""

LONGEST_WORD = 30


def readable(text: str, limit: int) -> str:
    """`text` as one line of at most `limit` signs that the board's fonts can draw."""
    whole = unicodedata.normalize("NFC", " ".join(text.split()))
    words = "".join(sign for sign in whole if _has_a_shape(sign)).split()
    shown = " ".join(piece for word in words for piece in _pieces(word))
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def is_readable(text: str, limit: int) -> bool:
    """Whether nothing of `text` but superfluous gaps is lost where at most `limit` signs are shown."""
    return readable(text, limit).replace(" ", "") == "".join(unicodedata.normalize("NFC", text).split())


def _pieces(word: str) -> list[str]:
    """A word that no line can hold, cut; Khmer writes whole sentences without a space and breaks by itself."""
    if any("\u1780" <= sign <= "\u17ff" for sign in word):
        return [word]
    return [word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD)]


def _has_a_shape(sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in SHOWN)
