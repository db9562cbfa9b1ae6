"""A call that is heard wrong: fifteen as ten and five, a counter by its number twice, a clip that nobody made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.sound.readable import readable
from appliance.sound.said import Said
from appliance.sound.sentences import PHRASINGS, Phrasing, call, clips_of_calls, name_of, pattern, signs

VI, EN = PHRASINGS["vi"], PHRASINGS["en"]
PLACES = ["Quầy 5", "Quầy 19", "Quầy thu phí, lệ phí", "Quầy 3A", "7", "Quầy phí 2"]
numbers = st.from_regex(r"[A-Z][0-9]{3,4}", fullmatch=True)


def words(phrasing: Phrasing, language: str, number: str, place: str) -> list[str]:
    wanted = clips_of_calls(phrasing, language, number[0], [place])
    return [wanted[name].words for name in call(phrasing, language, number, place)]


def test_a_call_is_said_digit_by_digit():
    assert words(VI, "vi", "A012", "Quầy 5") == [
        *("Mời công dân số", "a", "không", "một", "hai"),
        *("đến quầy số", "năm"),
    ]  # fmt: skip
    assert words(EN, "en", "S010", "Counter 12") == [
        *("Number", "S", "zero", "one", "zero"),
        *("please go to counter", "12"),
    ]


def test_a_counter_is_a_number_or_digits_as_the_centre_says():
    assert words(VI, "vi", "A012", "Quầy 19")[-1] == "mười chín"
    digits = Phrasing(numbered=VI.numbered, named=VI.named, counters="digits")
    assert words(digits, "vi", "A012", "Quầy 19")[-2:] == ["một", "chín"]


def test_a_counter_without_a_number_is_called_by_its_words():
    assert words(VI, "vi", "A012", "Quầy thu phí, lệ phí")[-2:] == ["đến", "Quầy thu phí, lệ phí"]
    assert words(VI, "vi", "A012", "Quầy 3A")[-1] == "Quầy 3A"
    assert words(VI, "vi", "A012", "Quầy phí 2")[-1] == "Quầy phí 2"  # not "quầy số hai", which is another one


def test_in_a_crowd_number_and_place_are_left_and_no_clip_is_needed_more():
    assert words(VI.bare(), "vi", "A012", "Quầy 5") == ["a", "không", "một", "hai", "đến quầy số", "năm"]
    assert words(EN.bare(), "en", "A012", "Fee counter")[-2:] == ["please go to", "Fee counter"]
    place_first = Phrasing(numbered="Quầy {counter} mời số {number}", named="{place} mời số {number}")
    assert place_first.bare() == place_first


@given(number=numbers, place=st.sampled_from(PLACES), language=st.sampled_from(sorted(PHRASINGS)))
def test_every_clip_of_every_call_is_known_beforehand(number, place, language):
    wanted = clips_of_calls(PHRASINGS[language], language, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", PLACES)
    assert set(call(PHRASINGS[language], language, number, place)) <= wanted.keys()
    assert all(name.startswith(f"{language}/") and said.words for name, said in wanted.items())


@given(one=numbers, other=numbers)
def test_two_numbers_never_sound_the_same(one, other):
    assert (call(VI, "vi", one, "Quầy 5") == call(VI, "vi", other, "Quầy 5")) == (one == other)


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_stray_sign_breaks_no_sentence(number, place):
    assert call(VI, "vi", number, place)[0] == "vi/moi-cong-dan-so"


@pytest.mark.parametrize("template", ["Mời số {number}", "{number} {counter} {place}", "{0} {number} {counter}"])
def test_a_template_that_forgets_something_is_refused(template):
    with pytest.raises(ValueError, match="needs exactly"):
        Phrasing(numbered=template, named=VI.named)


def test_clips_are_files_that_every_computer_can_name():
    for said in (
        Said("Mời công dân số", "vi"),
        Said("Đến / đi", "vi"),
        Said("សូមអញ្ជើញលេខ", "km"),
        Said("x" * 300, "en"),
    ):
        language, _, name = name_of(said).partition("/")
        assert language == said.language
        assert name.isascii()
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert 1 <= len(name) <= 70


@pytest.mark.parametrize(
    ("written", "language", "spoken"),
    [
        ("Quầy 1–2", "vi", "Quầy một đến hai"),
        ("3 chờ · 10–15 phút", "vi", "ba chờ, mười đến mười lăm phút"),
        ("3 ahead · 10–15 min", "en", "3 ahead, 10 to 15 minutes"),
        ("Trang sau (1/2)", "vi", "Trang sau một trên hai"),
        ("8.000 đ mỗi hồ sơ", "vi", "tám nghìn đồng mỗi hồ sơ"),
        ("lúc 07:45", "vi", "lúc bảy giờ bốn mươi lăm"),
        ("từ 13:00", "vi", "từ mười ba giờ"),
        ("from 13:00", "en", "from 1 p.m."),
        ("at 07:05", "en", "at 7 05 a.m."),
        ("Một thẻ một số.\nSố vẫn được gọi.", "vi", "Một thẻ một số. Số vẫn được gọi."),
        ("• Bản sao\n• 2 ảnh 4x6", "vi", "Bản sao, hai ảnh bốn x sáu"),
        ("đất đai…", "vi", "đất đai"),
        ("", "vi", ""),
    ],
)
def test_what_is_written_for_the_eye_is_read_right(written, language, spoken):
    assert readable(Said(written, language)) == spoken


@given(st.text(max_size=80), st.sampled_from(["vi", "en", "km"]))
def test_any_words_become_one_line(written, language):
    assert "\n" not in readable(Said(written, language))


@given(numbers, st.sampled_from(PLACES), st.sampled_from(["vi", "en", "km"]))
def test_a_pattern_with_the_signs_of_a_number_is_the_call(number: str, place: str, language: str) -> None:
    clips = [signs(language, number[0])[sign] for sign in number]
    filled = [each for name in pattern(PHRASINGS[language], language, place) for each in ([name] if name else clips)]
    assert tuple(filled) == call(PHRASINGS[language], language, number, place)
