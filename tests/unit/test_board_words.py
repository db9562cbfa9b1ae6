"""Texts from outside on a board: one line, signs that have a shape, nothing that turns or stacks them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from display_board.readable import LONGEST_WORD, readable

HOSTILE = "\u202eQuầy 1\u202c\u0007\u0000\u200f\u2066\u2069\ufeff\U000e0001" + "a\u0300\u0301\u0302\u0303" * 40


def test_vietnamese_typed_in_pieces_is_put_together() -> None:
    whole = "Quầy thu phí, lệ phí – Đất đai"
    assert readable(unicodedata.normalize("NFD", whole), 90) == whole


def test_signs_that_turn_hide_or_stack_are_gone() -> None:
    assert readable("Quầy\n\u202e1\x07 \t\u200f2", 40) == "Quầy 1 2"
    shown = readable(HOSTILE, 400)
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Mn") for sign in shown)
    assert unicodedata.normalize("NFC", shown) == shown


def test_letters_that_no_shipped_font_has_are_left_out() -> None:
    assert readable("Quầy 5 مرحبا 你好 😀", 40) == "Quầy 5"
    assert readable("បញ្ជរលេខ 5", 40) == "បញ្ជរលេខ 5"


def test_a_word_that_no_line_can_hold_is_cut_into_several() -> None:
    assert max(len(word) for word in readable("x" * 500, 1000).split()) == LONGEST_WORD
    assert readable("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(max_size=300), st.integers(4, 200))
def test_whatever_comes_is_one_line_of_its_length(text: str, limit: int) -> None:
    shown = readable(text, limit)
    assert len(shown) <= limit
    assert shown == " ".join(shown.split())
    assert shown.isprintable() or any(sign in shown for sign in "\u200b\u200c\u200d")
    assert readable(shown, limit) == shown or limit < len(shown) + 2
