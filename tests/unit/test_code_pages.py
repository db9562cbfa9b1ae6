"""Vietnamese in a printer's own letters: every word comes back as it was, and what is not there is never a `?`."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.drivers.code_pages import CANDIDATES, PAGES, CodePage, encode, written
from kiosk.drivers.compose import Way, ticket_bytes
from kiosk.drivers.proof_page import proof_page
from kiosk.ticket import Title

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
CAPITAL = {letter.upper() for letter in SMALL}
words = st.text(st.sampled_from(sorted(SMALL | CAPITAL | set("BCDGHKLMNPQRSTVXbcdghklmnpqrstvx 0123456789,.:-"))))


@given(words)
def test_windows_1258_has_every_vietnamese_word(text: str) -> None:
    coded = encode(text, "windows-1258")
    assert coded is not None
    assert unicodedata.normalize("NFC", coded.decode("cp1258")) == text


@given(words)
def test_letters_typed_with_loose_marks_come_out_the_same(text: str) -> None:
    loose = unicodedata.normalize("NFD", text)
    assert [encode(loose, page) for page in PAGES] == [encode(text, page) for page in PAGES]


@given(words)
def test_two_tables_together_have_every_vietnamese_word(text: str) -> None:
    tables: dict[CodePage, int] = {"tcvn3-lower": 30, "tcvn3-upper": 31}
    coded = written(text, tables)
    assert coded is not None
    assert read_back(coded, {30: "tcvn3-lower", 31: "tcvn3-upper"}) == text


def read_back(coded: bytes, pages: dict[int, CodePage]) -> str:
    """What a printer with these tables would print."""
    letters = {
        page: {code: letter for letter in SMALL | CAPITAL if (code := encode(letter, page)) and len(code) == 1}
        for page in pages.values()
    }
    said, at, page = "", 0, next(iter(pages.values()))
    while at < len(coded):
        if coded[at : at + 2] == b"\x1bt":
            page = pages[coded[at + 2]]
            at += 3
            continue
        byte = coded[at : at + 1]
        said += byte.decode() if byte < b"\x7f" else letters[page][byte]
        at += 1
    return said


def test_tables_are_changed_only_where_a_letter_needs_it() -> None:
    coded = written("Đất đai, TÀI NGUYÊN", {"tcvn3-lower": 30, "tcvn3-upper": 31})
    assert coded is not None
    assert coded.count(b"\x1bt") == 3


def test_the_standard_s_own_codes() -> None:
    """From TCVN 5712:1993, VN3: a grave B5h, đ AEh, y acute FDh."""
    assert encode("àđý", "tcvn3-lower") == b"\xb5\xae\xfd"
    assert encode("Đ", "tcvn3-upper") == b"\xa7"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("foreign", ["ក", "中", "\x10", "\x1b@"])
def test_what_a_table_lacks_is_refused_and_no_command_gets_through(page: CodePage, foreign: str) -> None:
    assert encode(f"Nộp {foreign}", page) is None
    assert encode(foreign, page) is None
    assert written(foreign, {page: 30}) is None


def test_capitals_are_not_in_the_table_of_small_letters() -> None:
    assert encode("Ể", "tcvn3-lower") is None


def test_a_printer_for_china_is_told_that_a_letter_is_one_byte() -> None:
    """Its manual: the mode of two bytes is selected when the power is turned on."""
    native = Way(576, "native", {}, {"tcvn3-lower": 30, "tcvn3-upper": 31})
    for data in (ticket_bytes((Title("Đất đai"),), native), proof_page(576, (), ())):
        assert -1 < data.index(b"\x1b@") < data.index(b"\x1c.") < data.index(b"\x1bt")


def test_every_table_has_a_number_to_try() -> None:
    assert {candidate.page for candidate in CANDIDATES} == set(PAGES)
    assert len({candidate.number for candidate in CANDIDATES}) == len(CANDIDATES)
