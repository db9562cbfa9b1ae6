"""Vietnamese in the printer's own letters: the tables that printers have for it, and words in their bytes.

Rules: pure; a word that a table lacks is None, never a `?`; which number a printer knows a table by is configuration,
since makers do not agree, and only a printed page proves it.
"""

import unicodedata
from typing import Literal, NamedTuple, get_args

CodePage = Literal["tcvn3-lower", "tcvn3-upper", "windows-1258"]
"""TCVN 5712-3, which printers split in two tables, small letters and capitals; Windows-1258, tones as marks of their
own behind the letter."""
PAGES: tuple[CodePage, ...] = get_args(CodePage)


class Candidate(NamedTuple):
    """A table that some makers have under `ESC t number`."""

    number: int
    page: CodePage
    makers: str


CANDIDATES = (
    Candidate(30, "tcvn3-lower", "Epson, Citizen"),
    Candidate(31, "tcvn3-upper", "Epson, Citizen"),
    Candidate(52, "windows-1258", "Epson"),
    Candidate(27, "windows-1258", "Zjiang 58 mm"),
    Candidate(35, "windows-1258", "Rongta"),
    Candidate(94, "windows-1258", "Zjiang 80 mm"),
)
"""Source: the profiles of receipt-print-hq/escpos-printer-db, which python-escpos ships. Netum sells Zjiang's."""

ONE_BYTE = b"\x1c."
"""`FS .`: a letter is one byte. Printers for China begin with two, and a reset takes them back to that."""
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Grave, acute, tilde, hook above, dot below: the marks that Windows-1258 keeps apart."""
_TONES_FROM_B5 = "àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"


def _tcvn(first_letters: dict[int, str], toned: str) -> dict[str, int]:
    """A table: letters without a tone where makers put them, toned ones from B5h on."""
    letters = {letter: code for code, letter in first_letters.items()}
    return letters | {letter: 0xB5 + at for at, letter in enumerate(toned) if letter != " "}


_TCVN: dict[CodePage, dict[str, int]] = {
    "tcvn3-lower": _tcvn(dict(enumerate("ăâêôơưđ", 0xA8)), _TONES_FROM_B5),
    "tcvn3-upper": _tcvn({0xA1: "Ă", 0xA2: "Â", 0xA7: "Đ", **dict(enumerate("ÊÔƠƯ", 0xAA))}, _TONES_FROM_B5.upper()),
}


def encode(text: str, page: CodePage) -> bytes | None:
    """`text` in the bytes of `page`, or None when one of its letters is not in it."""
    codes = [_code(letter, page) for letter in unicodedata.normalize("NFC", text)]
    return None if None in codes else b"".join(code for code in codes if code is not None)


def _code(letter: str, page: CodePage) -> bytes | None:
    if " " <= letter <= "~":
        return letter.encode("ascii")
    if unicodedata.category(letter) == "Cc":
        return None  # it would be a command
    if page == "windows-1258":
        return _windows(letter)
    code = _TCVN[page].get(letter)
    return None if code is None else bytes([code])


def _windows(letter: str) -> bytes | None:
    """A letter that Windows-1258 has, or the one without its tone and then the tone."""
    parts = unicodedata.normalize("NFD", letter)
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    for spelled in (letter, bare + "".join(part for part in parts if part in _TONES)):
        try:
            return spelled.encode("cp1258")
        except UnicodeEncodeError:
            continue
    return None


def written(text: str, tables: dict[CodePage, int]) -> bytes | None:
    """`text` with `ESC t n` before every run of letters that needs another of `tables` (page: its number).

    None when a letter is in none of them.
    """
    pieces: list[bytes] = []
    current: CodePage | None = None
    for letter in unicodedata.normalize("NFC", text):
        order = [current, *tables] if current else [*tables]
        found = next(((page, code) for page in order if (code := _code(letter, page)) is not None), None)
        if found is None:
            return None
        page, code = found
        if page != current:
            pieces.append(b"\x1bt" + bytes([tables[page]]))
            current = page
        pieces.append(code)
    return b"".join(pieces)
