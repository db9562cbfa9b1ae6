"""Appointments on the wire: never the code that a portal gave out, only a token of it.

token = the first 16 bytes of SHA-256("goiso appointment", 0, the code's letters and digits in small letters), in hex; a
code is written with or without spaces and hyphens, in capitals or not. It needs no key, since it must be known days
before; the hub forgets it when its day is over. Rules: pure.
"""

import hashlib
import unicodedata

SHORTEST, LONGEST = 6, 64
"""So many letters and digits a code has: fewer could be guessed at a kiosk."""


def plain(code: str, begins: str = "") -> str:
    """What counts of a code: letters and digits, without the `begins` that all codes of the centre have."""
    text = unicodedata.normalize("NFKC", code).strip()
    if begins and text.casefold().startswith(begins.casefold()):
        text = text[len(begins) :]
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def is_code(code: str, begins: str = "") -> bool:
    """Whether this may be the code of an appointment."""
    text = plain(code, begins)
    return text.isascii() and SHORTEST <= len(text) <= LONGEST


def token(code: str, begins: str = "") -> str:
    """What stands for a code, 32 hex digits."""
    return hashlib.sha256(b"goiso appointment\0" + plain(code, begins).encode()).hexdigest()[:32]
