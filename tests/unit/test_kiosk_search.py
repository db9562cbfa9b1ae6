"""A procedure that the centre has is found, however somebody types it; what nobody can read breaks nothing."""

import time
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.wire.procedures import Procedure
from appliance.wire.site import Text
from broker.site_rows import rows
from kiosk.search import LONGEST, SearchIndex, fold, typed
from tests.hub_core import SITE_FOLDER

KEYSTROKE_MS = 50.0
FIELDS = {"tp": "Tư pháp, lý lịch", "thue": "Thuế", "tnmt": "Đất đai, môi trường"}


def procedure(number: int, name: str, department: str = "tp") -> Procedure:
    return Procedure(id=f"p-{number}", department=department, name=Text(vi=name))


def index(*names: str) -> SearchIndex:
    return SearchIndex([procedure(number, name) for number, name in enumerate(names)])


def names(found: list[Procedure]) -> list[str]:
    return [each.name.vi for each in found]


@cache
def centre() -> tuple[tuple[Procedure, ...], SearchIndex]:
    """All 1,701 of the first centre."""
    procedures = tuple(
        Procedure(id=row.code("code"), department=row.text("department").lower(), name=Text(vi=row.text("name_vi")))
        for row in rows(SITE_FOLDER / "procedures.csv")
    )
    return procedures, SearchIndex(procedures)


of_the_centre = st.sampled_from(range(1701))

# ---------------------------------------------------------------------------------------------- what people type


@pytest.mark.parametrize(
    "query", ["ly lich tu phap", "LÝ LỊCH TƯ PHÁP", "lltp", "ltp", "tu phap ly", "ph l l", "phieu", "cap phi ly t"]
)
def test_a_judicial_record_is_found_by_whatever_people_type(query: str) -> None:
    searched = index("Cấp phiếu lý lịch tư pháp", "Đăng ký khai sinh")
    assert names(searched.find(query))[0] == "Cấp phiếu lý lịch tư pháp"


def test_the_letter_d_with_a_bar_is_typed_as_a_plain_one() -> None:
    assert names(index("Đổi giấy phép lái xe").find("doi giay")) == ["Đổi giấy phép lái xe"]
    assert fold("ĐẶNG đường, ẩn—dụ (2)") == "dang duong an du 2"


def test_a_field_finds_all_that_belongs_to_it() -> None:
    searched = SearchIndex([procedure(1, "Hoàn tiền nộp thừa", "thue"), procedure(2, "Cấp bản sao", "tp")])
    assert names(searched.find("thue", FIELDS)) == ["Hoàn tiền nộp thừa"]
    assert names(searched.find("thue hoan", FIELDS)) == ["Hoàn tiền nộp thừa"]


def test_the_best_come_first_and_equals_by_name() -> None:
    searched = SearchIndex(
        [
            procedure(1, "Xin lỗi các bạn", "tp"),  # first letters only: x l c b
            procedure(2, "Bản chính có lỗi xin đổi", "tp"),  # both words, the other way round
            procedure(3, "Việc xin phép làm nhà", "tp"),  # in this order
            procedure(4, "Xin làm nhà", "tp"),
            procedure(5, "Xin l", "tp"),  # the name begins so
            procedure(6, "Báo xin ngay lúc này", "tp"),
        ]
    )
    assert [each.id for each in searched.find("xin l")] == ["p-5", "p-4", "p-1", "p-6", "p-3", "p-2"]
    assert [each.id for each in searched.find("xlc")] == ["p-1"]


def test_first_letters_at_the_front_come_before_those_in_the_middle() -> None:
    searched = index("An lý lịch tư pháp", "Lý lịch tư pháp")
    assert names(searched.find("lltp")) == ["Lý lịch tư pháp", "An lý lịch tư pháp"]


def test_nothing_typed_finds_nothing() -> None:
    assert index("Lý lịch").find("") == index("Lý lịch").find(" - ") == []


def test_what_does_not_exist_is_not_found() -> None:
    assert index("Lý lịch", "Khai sinh").find("qqq") == []
    assert SearchIndex().find("ly lich", FIELDS) == []


# --------------------------------------------------------------------------------------------- what always holds


@given(of_the_centre)
def test_every_procedure_is_found_by_its_name_without_diacritics(place: int) -> None:
    procedures, searched = centre()
    name = fold(procedures[place].name.vi)
    first = searched.find(name)
    assert procedures[place] in first
    assert fold(first[0].name.vi).startswith(name)


@given(of_the_centre, st.data())
def test_every_procedure_is_found_by_the_starts_of_its_words_in_any_order(place: int, data: st.DataObject) -> None:
    procedures, searched = centre()
    words = data.draw(st.permutations(fold(procedures[place].name.vi).split()))
    some = words[: data.draw(st.integers(1, len(words)))]
    starts = [word[: data.draw(st.integers(1, len(word)))] for word in some]
    assert procedures[place] in searched.find(" ".join(starts))


@given(of_the_centre, st.data())
def test_every_procedure_is_found_by_first_letters_from_anywhere_in_its_name(place: int, data: st.DataObject) -> None:
    procedures, searched = centre()
    letters = "".join(word[0] for word in fold(procedures[place].name.vi).split())
    start = data.draw(st.integers(0, len(letters) - 1))
    end = data.draw(st.integers(start + 1, len(letters)))
    assert procedures[place] in searched.find(letters[start:end])


@given(of_the_centre, st.integers(1, LONGEST), st.sampled_from(["NFC", "NFD"]))
def test_diacritics_and_capitals_never_matter(place: int, length: int, form: str) -> None:
    procedures, searched = centre()
    part = procedures[place].name.vi[:length]
    said = unicodedata.normalize(form, part)
    assert searched.find(said) == searched.find(said.upper()) == searched.find(fold(part))


@given(st.text(max_size=60))
def test_garbage_never_raises_and_nothing_is_found_twice(query: str) -> None:
    found = centre()[1].find(query, FIELDS)
    assert len({each.id for each in found}) == len(found)
    assert fold(fold(query)) == fold(query)


@given(st.text(alphabet="ab ", max_size=90))
def test_a_question_stays_short_and_has_no_loose_spaces(letters: str) -> None:
    query = ""
    for letter in letters:
        query = typed(query, letter)
    assert len(query) <= LONGEST
    assert query == query.lstrip()
    assert "  " not in query


# ------------------------------------------------------------------------------------------------------- how fast


def test_a_keystroke_is_answered_in_time() -> None:
    procedures, searched = centre()
    slow = []
    for each in procedures[::50]:
        query = ""
        for letter in fold(each.name.vi)[:LONGEST]:
            query = typed(query, letter)
            spent = min(_spent_ms(searched, query) for _ in range(3))
            slow += [(query, spent)] if spent > KEYSTROKE_MS else []
    assert not slow


def _spent_ms(searched: SearchIndex, query: str) -> float:
    begun = time.thread_time()
    searched.find(query, FIELDS)
    return 1000 * (time.thread_time() - begun)
