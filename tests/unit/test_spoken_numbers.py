"""A number that is heard wrong sends a citizen to the wrong counter."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.sound.numbers import DIGITS, letter, quantity, spelled


def test_a_ticket_number_is_never_read_as_one_quantity():
    assert spelled("A012", "vi") == "a, không, một, hai"
    assert spelled("S015", "vi") == "ét-sì, không, một, năm"  # never "mười lăm", never "mười năm"
    assert spelled("A012", "en") == "A, zero, one, two"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "không"), (4, "bốn"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"), (19, "mười chín"),
        (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (35, "ba mươi lăm"), (55, "năm mươi lăm"),
        (100, "một trăm"), (101, "một trăm lẻ một"), (105, "một trăm lẻ năm"), (110, "một trăm mười"),
        (115, "một trăm mười lăm"), (999, "chín trăm chín mươi chín"), (1000, "một nghìn"),
        (8000, "tám nghìn"), (10015, "mười nghìn không trăm mười lăm"), (2_000_000, "2000000"),
    ],
)  # fmt: skip
def test_fifteen_counters_are_not_ten_and_five(count, said):
    assert quantity(count, "vi") == said


def test_no_two_letters_of_the_loudspeaker_have_one_name():
    names = [letter(sign, "vi") for sign in string.ascii_uppercase]
    assert len(set(names)) == 26


@given(number=st.from_regex(r"[A-Z][0-9]{3,4}", fullmatch=True), language=st.sampled_from(["vi", "en", "km"]))
def test_every_sign_of_a_number_is_heard_once_in_its_order(number, language):
    said = spelled(number, language).split(", ")
    assert len(said) == len(number)
    assert said[1:] == [DIGITS[language][int(sign)] for sign in number[1:]]


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_two_counters_never_sound_the_same(one, other):
    assert (quantity(one, "vi") == quantity(other, "vi")) == (one == other)
