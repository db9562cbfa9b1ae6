"""A centre's table and a newer one: what changes keeps its past, and a second time changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from broker.intake.lines import Line, Rejected
from broker.intake.site_kinds import KINDS, judge
from broker.intake.site_merge import Row, merge

OLD = {
    "code": "TP-001",
    "department": "TP",
    "name_vi": "Cấp phiếu lý lịch",
    "level": "3",
    "valid_from": "2021-01-01",
    "valid_to": "",
    "basis": "stated",
}
GOOD = {"code": "tp-009", "department": "TP", "name_vi": "Chứng thực", "level": "2"}


def test_a_changed_row_ends_and_a_new_one_begins_on_that_day() -> None:
    found = merge([OLD], [{"code": "TP-001", "level": "4", "basis": "imported"}], {}, "2026-11-23", complete=False)
    assert [(row["level"], row["valid_from"], row["valid_to"]) for row in found.rows] == [
        ("3", "2021-01-01", "2026-11-23"),
        ("4", "2026-11-23", ""),
    ]
    assert found.rows[1]["name_vi"] == OLD["name_vi"]
    assert (found.new, found.changed, found.unchanged) == (0, 1, 0)


def test_a_correction_of_the_same_day_leaves_no_history() -> None:
    first = merge([], [dict(GOOD, code="TP-009")], {}, "2026-11-23", complete=False)
    again = merge(first.rows, [dict(GOOD, code="TP-009", level="3")], {}, "2026-11-23", complete=False)
    assert [(row["level"], row["valid_from"]) for row in again.rows] == [("3", "2026-11-23")]


def test_what_was_made_up_is_confirmed_in_its_place() -> None:
    found = merge([OLD], [{"code": "TP-001", "basis": "imported"}], {}, "2026-11-23", complete=False)
    assert [(row["basis"], row["valid_from"]) for row in found.rows] == [("imported", "2021-01-01")]


def test_only_a_file_that_names_all_there_is_ends_the_rest() -> None:
    coming = [dict(GOOD, code="TP-009")]
    assert merge([OLD], coming, {}, "2026-11-23", complete=False).ended == 0
    found = merge([OLD], coming, {}, "2026-11-23", complete=True)
    assert found.ended == 1
    assert found.rows[0]["valid_to"] == "2026-11-23"


def test_a_file_may_say_from_when_and_until_when() -> None:
    (row,) = merge(
        [], [dict(GOOD, valid_from="2025-07-01", valid_to="2027-01-01")], {}, "2026-11-23", complete=False
    ).rows
    assert (row["valid_from"], row["valid_to"]) == ("2025-07-01", "2027-01-01")


def test_a_bad_cell_is_rejected_with_its_column() -> None:
    for column, text in (
        ("code", "TP 9"),
        ("code", ""),
        ("level", "5"),
        ("on_the_spot", "yes"),
        ("name_vi", "C\ufffdp"),
        ("valid_from", "01/07/2025"),
        ("valid_to", "2021-02-30"),
    ):
        found = judge(Line(7, {**GOOD, column: text}), KINDS["procedures"])
        assert isinstance(found, Rejected), column
        assert found.line == 7
        assert column in found.reason.en
        assert column in found.reason.vi
    ends = judge(Line(7, {**GOOD, "valid_from": "2025-07-01", "valid_to": "2025-07-01"}), KINDS["procedures"])
    assert isinstance(ends, Rejected)


CODES = st.sampled_from(["A", "B", "C"])
ROWS = st.fixed_dictionaries({"code": CODES, "level": st.sampled_from("1234"), "basis": st.just("imported")})
FILES = st.lists(ROWS, max_size=3, unique_by=lambda row: row["code"])


@given(st.lists(FILES, max_size=4), st.booleans())
def test_a_second_time_changes_nothing_and_no_day_has_two_rows_of_a_code(
    files: list[list[Row]], complete: bool
) -> None:
    table: tuple[Row, ...] = ()
    for month, coming in enumerate(files, start=1):
        day = f"2026-{month:02d}-01"
        found = merge(table, coming, {}, day, complete)
        again = merge(found.rows, coming, {}, day, complete)
        assert again.rows == found.rows
        assert (again.new, again.changed, again.ended) == (0, 0, 0)
        table = found.rows
    for month in range(1, 6):
        day = f"2026-{month:02d}-01"
        holding = [
            row["code"] for row in table if row["valid_from"] <= day and not ("" < row.get("valid_to", "") <= day)
        ]
        assert len(holding) == len(set(holding))
