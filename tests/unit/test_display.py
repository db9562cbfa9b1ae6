"""Words that always fit their place, rectangles that fill theirs, colours that can be told apart."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appliance.display import palette
from appliance.display.breaking import runs
from appliance.display.fonts import Style
from appliance.display.geometry import Rect
from appliance.display.palette import contrast
from appliance.display.text import fit, width, wrap

WORDS = st.text(st.sampled_from("ABCấộữẪy gặĐđ–019.,ខ្មែរស្ត្រី\u200b "), max_size=80)


def squeezed(words: str) -> str:
    return "".join(words.split()).replace("\u200b", "")


@given(WORDS, st.integers(60, 600))
def test_wrapped_words_are_all_there_in_their_order(words: str, limit: int) -> None:
    assert squeezed("".join(wrap(words, Style(30), limit))) == squeezed(words)


@given(WORDS, st.integers(40, 600), st.integers(20, 300), st.integers(1, 4))
@example("0000 0", 40, 52, 2)
def test_what_is_said_to_fit_fits_and_what_does_not_says_so(words: str, wide: int, high: int, lines: int) -> None:
    setting = fit(words, Style(48, bold=True), (wide, high), lines, 20)
    assert len(setting.lines) <= max(1, lines)
    assert 20 <= setting.style.size <= 48
    if setting.whole:
        assert setting.width <= wide
        assert setting.height <= high
        assert squeezed("".join(setting.lines)) == squeezed(words)
    else:
        assert setting.style.size == 20
        assert any(line.endswith("…") for line in setting.lines) or setting.height > high
        assert setting.width <= wide
        assert setting.height <= max(high, setting.line_height)


def test_a_word_is_rather_set_smaller_than_broken() -> None:
    khmer = "មជ្ឈមណ្ឌលដោះស្រាយ"
    wide = width(khmer, Style(30)) + 1
    setting = fit(khmer, Style(40), (wide, 400), 2, 20)
    assert setting.lines == (khmer,)
    assert not setting.broken
    assert fit(khmer, Style(40), (wide // 2, 400), 2, 30).broken, "and broken rather than cut short"


def test_a_khmer_line_never_ends_between_a_letter_and_its_foot() -> None:
    for limit in range(30, 300, 7):
        for line in wrap("ស្ត្រីក្រុមខ្មែរ", Style(30), limit):
            assert not line.startswith(tuple(chr(code) for code in range(0x17B4, 0x17D3)))
            assert not line.endswith("\u17d2")


def test_a_mixed_line_is_cut_into_runs_of_one_script() -> None:
    assert runs("ខ្មែរ A048 ២") == [(True, "ខ្មែរ"), (False, " A048 "), (True, "២")]


@given(st.integers(1, 2000), st.lists(st.integers(1, 9), min_size=1, max_size=9), st.integers(0, 12))
def test_cut_rectangles_fill_theirs_exactly(length: int, shares: list[int], gap: int) -> None:
    room = Rect(7, 11, length + gap * len(shares), 50)
    parts = room.columns(shares, gap)
    assert parts[0].x == room.x
    assert parts[-1].right == room.right
    assert all(later.x == earlier.right + gap for earlier, later in pairwise(parts))
    turned = Rect(11, 7, 50, room.w).rows(shares, gap)
    assert [(part.y, part.h) for part in turned] == [(part.x, part.w) for part in parts]


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (palette.INK, palette.GROUND),
        (palette.INK_2, palette.GROUND),
        (palette.INK_2, palette.TINT),
        (palette.PAPER, palette.DEEP),
        (palette.PAPER, palette.GO),
        (palette.INK, palette.CALL),
        (palette.GO, palette.PAPER),
        (palette.STOP, palette.PAPER),
        (palette.ON_DEEP, palette.DEEP),
        (palette.NIGHT_TEXT, palette.NIGHT),
        (palette.NIGHT_NUMBER, palette.NIGHT),
    ],
)
def test_the_pairs_of_the_house_are_seven_to_one(text: palette.Colour, ground: palette.Colour) -> None:
    assert contrast(text, ground) >= 7


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("word", ["ន្ន", "ម្ម", "ត្ត"])
def test_a_khmer_foot_stands_below_its_letter_and_takes_no_room(word: str) -> None:
    assert width(word, Style(60)) == width(word[0], Style(60))
