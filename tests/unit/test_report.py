"""What a report says, and what it must never say."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broker.definitions import DEFINITIONS
from broker.figures import Ratings
from broker.occupancy import Occupancy
from broker.register_counts import RegisterCounts, ZoneCount
from broker.report.as_csv import as_csv
from broker.report.as_text import as_text
from broker.report.content import Head, Report
from broker.report.document import Document, Table
from broker.report.layout import lay_out
from broker.report.periods import Days, kind, named, recent
from broker.report.words import LANGUAGES, words
from tests.report_scene import FAIR, figure, rated, report


def document(of: Report, language: str = "vi") -> Document:
    return lay_out(of, words(language), language)


def table(of: Report, place: int, language: str = "vi") -> Table:
    return document(of, language).tables[place]


def line(found: Table, name: str, word: int = 0) -> list[str]:
    return next([cell.text for cell in row.cells] for row in found.rows if row.cells[word].text == name)


def note(found: Table, name: str) -> str:
    return next(row.note for row in found.rows if row.cells[0].text == name)


def test_the_three_lines_stand_together_with_their_counts() -> None:
    found = table(report(), 0)
    assert line(found, "Tỷ lệ hài lòng") == ["Tỷ lệ hài lòng", "98,94 %", "11.619", "11.744"]
    assert line(found, "Khoảng tin cậy 95 %")[1] == "98,73–99,11 %"
    assert line(found, "Tỷ lệ có đánh giá")[1:] == ["17,36 %", "11.744", "67.669"]
    assert line(found, "Giới hạn khi tính cả người không đánh giá")[1] == "17,17–99,82 %"
    assert "“rất hài lòng”" in note(found, "Tỷ lệ hài lòng")
    assert "không hài lòng" not in note(found, "Tỷ lệ hài lòng")


def test_who_was_passed_over_stands_with_its_reason_and_nothing_is_claimed_without_one() -> None:
    reasons, classes = table(report(), 6), table(report(), 7)
    assert line(reasons, "Ưu tiên theo quy định")[1:] == ["18", "6,21 %", "41", "14,1"]
    assert line(reasons, "Toàn Trung tâm")[1:] == ["290", "", "44", "15,2"]
    assert "12 lượt gọi là của bàn thuộc hàng khác" in reasons.notes[1]
    assert "10 lượt gọi trong kỳ chưa có lý do" in reasons.notes[2]
    assert line(classes, "Khách ưu tiên")[1:] == ["18", "1,6", "1,0", "4,0", "6,8"]
    old = replace(FAIR, explained=0, calls={}, passed={})
    assert len(document(report(fairness=old)).tables) == len(document(report()).tables) - 2


@pytest.mark.parametrize(
    ("busy", "expected", "part"),
    [
        (Occupancy(busy_s=5400, open_s=7200, days=2, told=2), ["75,00 %", "90", "120"], False),
        (Occupancy(busy_s=5400, open_s=7200, days=3, told=2), ["75,00 %", "90", "120"], True),
        (Occupancy(days=3), ["–", "", ""], True),
    ],
)
def test_how_busy_desks_were_is_told_of_the_days_that_are_known(
    busy: Occupancy, expected: list[str], part: bool
) -> None:
    waits, name = table(report(occupancy=busy), 2), "Thời gian bàn có khách, trên thời gian bàn mở (phút)"
    assert line(waits, name)[1:] == expected
    assert ("trong 3 ngày" in note(waits, name)) == part


def test_ratings_beside_dossiers_are_marked_as_two_units() -> None:
    of = report()
    assert "24,0 % của 48.895 hồ sơ" in note(table(of, 1), "N21")
    assert "hai đơn vị khác nhau" in note(table(of, 1), "N21")
    assert "23,8–99,7 %" in note(table(of, 0), "Lượt đánh giá so với hồ sơ tiếp nhận")


def test_without_an_imported_ledger_nothing_is_said_of_dossiers() -> None:
    of = report(figures=(figure("N12", 0, "hồ sơ"), figure("N21", 11_744, "lượt")))
    assert "hồ sơ" not in as_text(document(of)).split("Bảng số liệu")[0]
    assert "hai đơn vị" not in note(table(of, 1), "N21")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("satisfied", "n"), [(47, 47), (0, 47), (46, 47), (0, 0), (19_999, 20_000)])
def test_a_full_count_of_ratings_never_reads_a_hundred_percent(satisfied: int, n: int, language: str) -> None:
    of = report(satisfied, n, figures=(figure("N22", None, "%"),), compared=False)
    text = as_text(document(of, language))
    assert "100,0" not in text
    assert "100.0" not in text
    assert " 0,00 %" not in text
    if (satisfied, n) == (47, 47) and language == "vi":
        assert line(table(of, 0), "Tỷ lệ hài lòng")[1] == "47/47, ít nhất 92 %"


def test_a_row_that_is_not_shown_says_so_and_leaves_no_count_behind() -> None:
    found = table(report(), 4)
    hidden = line(found, "=HYPERLINK(1)")
    assert hidden[3] == "chưa công bố"
    assert not any(digit in "".join(hidden[1:5]) for digit in "0123456789")
    assert "Chưa công bố" in found.notes[0]


def test_a_row_of_which_the_least_is_told_is_marked_in_every_figure() -> None:
    row = replace(rated("tp", 2_202, 2_243, 13_951), told="at_least", last="2021-11-30")
    found = table(report(ratings_by_department=(row,)), 4)
    cells = line(found, "Tư pháp, lý lịch")
    assert cells[1:4] == ["2.202+", "2.243+", "ít nhất 98,17 %"]
    assert cells[6] == "ít nhất 16,08 %"
    assert found.rows[0].note == "Của các ngày từ 01/01/2021 đến 30/11/2021."
    assert not any(cell.sums for cell in found.rows[-1].cells)


def test_a_day_whose_ratings_are_not_published_yet_says_so_and_not_none() -> None:
    of = report(ratings=(Ratings(key="-", told="not_yet", served=9),), figures=(figure("N21", None, "lượt"),))
    assert line(table(of, 0), "Tỷ lệ hài lòng")[1:] == ["chưa công bố", "", ""]
    assert "chưa kết thúc" in note(table(of, 0), "Tỷ lệ hài lòng")


def test_a_total_is_a_sum_only_where_the_rows_add_up_to_it() -> None:
    waits, ratings = table(report(), 3), table(report(), 4)
    issued = waits.rows[-1].cells[1]
    assert (issued.value, issued.sums) == (300, True)
    assert not any(cell.sums for cell in ratings.rows[-1].cells[1:3])  # one row is hidden, one department is missing


def test_only_the_published_period_is_held_against_the_published_report() -> None:
    titles = [column.title for column in table(report(compared=False), 1).columns]
    assert "Đối chiếu" not in titles
    assert "Nguồn" in titles
    assert "Đối chiếu" in [column.title for column in table(report(), 1).columns]


def test_a_period_that_goes_on_says_that_it_is_not_over() -> None:
    assert "chưa kết thúc" in document(report(end="2026-11-23")).made
    assert "chưa kết thúc" not in document(report(end="2026-11-22")).made


def test_the_date_of_signing_is_written_as_official_letters_write_it() -> None:
    assert document(report()).place_and_date == "Cà Mau, ngày 23 tháng 11 năm 2026"
    assert document(report(made="2026-02-03T08:00:00+07:00", head=Head())).place_and_date == "Ngày 03 tháng 02 năm 2026"
    assert document(report(made="2026-03-03T08:00:00+07:00", head=Head())).place_and_date == "Ngày 03 tháng 3 năm 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sheet_under_a_name_of_its_own(language: str) -> None:
    names = [each.name[:31].lower() for each in document(report(), language).tables]
    assert len(set(names)) == len(names)
    assert set("[]:*?/\\").isdisjoint("".join(names))


def test_every_definition_is_said_in_vietnamese_and_english() -> None:
    for name, meant in DEFINITIONS.items():
        assert {"vi", "en"} <= meant.keys(), name
        assert all(": " in text for text in meant.values()), name


def test_a_spreadsheet_is_given_words_and_never_a_formula() -> None:
    text = as_csv(document(report(departments={"tp": {"vi": "-2+3"}, "tnmt": {"vi": "=HYPERLINK(1)"}}))).decode("utf-8")
    assert text.startswith("\ufeff")
    cells = [cell for line in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";") for cell in line]
    assert "'=HYPERLINK(1)" in cells
    assert "'-2+3" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_plain_file_has_bare_figures_in_the_form_of_its_language() -> None:
    vietnamese, english = (as_csv(document(report(), language)).decode("utf-8-sig") for language in ("vi", "en"))
    assert "Tỷ lệ hài lòng;98,94;11619;11744" in vietnamese
    assert "Satisfied,98.94,11619,11744" in english


DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_every_name_of_a_period_gives_back_its_kind(day: date) -> None:
    year, week, _ = day.isocalendar()
    for text, expected in (
        (f"{day}", "day"),
        (f"{year}-W{week:02d}", "week"),
        (f"{day:%Y-%m}", "month"),
        (f"{day.year}-Q{(day.month + 2) // 3}", "quarter"),
        (f"{day.year}", "year"),
    ):
        found = named(text)
        assert kind(found) == expected
        assert found.start <= day.isoformat() <= found.end


@given(DAYS)
def test_a_month_or_quarter_that_is_over_ends_the_day_before_this_one_begins(day: date) -> None:
    periods = dict(recent(day.isoformat()))
    for last, this in (("last_month", named(f"{day:%Y-%m}")), ("last_quarter", _quarter(day))):
        assert date.fromisoformat(periods[last].end) + timedelta(days=1) == date.fromisoformat(this.start)


def _quarter(day: date) -> Days:
    return named(f"{day.year}-Q{(day.month + 2) // 3}")


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "2026-11-31", "26", "2026-W54", "hôm nay"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        named(text)


def test_a_row_of_all_satisfied_gives_no_interval_that_ends_at_a_hundred() -> None:
    found = line(table(report(ratings_by_department=(rated("tp", 47, 47, 400),)), 4), "Tư pháp, lý lịch")
    assert found[3:5] == ["47/47, ít nhất 92 %", "từ 92,4 %"]


def test_what_the_other_counters_wrote_stands_in_the_report_and_nothing_where_they_did_not() -> None:
    zones = (ZoneCount({"vi": "Nội ô", "en": "City"}, 3),)
    kept = RegisterCounts(
        deliveries=3, delivery_vnd=24_000, zones=zones, fees=1, fee_vnd=150_000, rounds=8, complaints=2
    )
    found = next(table for table in document(report(register=kept)).tables if table.name == "Quầy phụ")
    assert line(found, "Hồ sơ trả kết quả tại nhà") == ["Hồ sơ trả kết quả tại nhà", "3", "24.000"]
    assert line(found, "– Nội ô")[1] == "3"
    assert line(found, "Lượt thu phí, lệ phí")[1:] == ["1", "150.000"]
    assert line(found, "Khiếu nại")[1] == "2"
    assert all(table.name != "Quầy phụ" for table in document(report()).tables)
