"""What a ledger file can get wrong, row by row, and what a good one says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.intake.ledger import COLUMNS, LONGEST_KEY, Dossier, Tenure, judge
from broker.intake.lines import Line, Rejected, formula

REGISTER = {
    "tp-001": (Tenure("tp", "2021-01-01"),),
    "ca-001": (Tenure("ca"),),
    "nv-001": (Tenure("nv", "2020-01-01", "2021-01-04"), Tenure("tp", "2021-02-01")),
}
GOOD = {
    "key": "H12-210104-0001",
    "department": "TP",
    "procedure": "TP-001",
    "channel": "counter",
    "received": "2021-01-04",
    "due": "2021-01-18",
    "resolved": "2021-01-18",
    "delivery": "home",
}


def judged(**change: str) -> Dossier | Rejected:
    return judge(Line(3, {**GOOD, **change}), REGISTER)


def test_a_good_row_is_taken_as_it_stands() -> None:
    assert judged() == Dossier(
        key="H12-210104-0001",
        department="tp",
        procedure="tp-001",
        channel="counter",
        received="2021-01-04",
        due="2021-01-18",
        resolved="2021-01-18",
        delivery="home",
    )


def test_an_open_dossier_has_no_day_of_resolution() -> None:
    dossier = judged(resolved="", delivery="")
    assert isinstance(dossier, Dossier)
    assert dossier.resolved is None
    assert dossier.delivery is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"key": ""}, "1 to 64"),
        ({"key": "x" * (LONGEST_KEY + 1)}, "1 to 64"),
        ({"key": "a\x00b"}, "printable"),
        ({"procedure": "tp-999"}, "unknown procedure"),
        ({"department": "ca"}, "belongs to tp"),
        ({"procedure": "nv-001", "department": "nv"}, "did not hold on 2021-01-04"),
        ({"channel": "post"}, "neither counter nor online"),
        ({"received": ""}, "cannot be empty"),
        ({"due": ""}, "cannot be empty"),
        ({"received": "04/01/2021"}, "YYYY-MM-DD"),
        ({"received": "20210104"}, "YYYY-MM-DD"),
        ({"due": "2021-02-30"}, "YYYY-MM-DD"),
        ({"due": "2021-01-03"}, "before it was received"),
        ({"resolved": "2021-01-03"}, "before it was received"),
        ({"delivery": "drone"}, "neither home nor empty"),
    ],
)
def test_a_row_that_cannot_be_right_is_rejected_with_its_line(change: dict[str, str], reason: str) -> None:
    found = judged(**change)
    assert isinstance(found, Rejected)
    assert found.line == 3
    assert reason in found.reason.en
    assert found.reason.vi != found.reason.en


def test_a_procedure_that_moved_belongs_to_whom_it_belonged_on_that_day() -> None:
    moved = {"procedure": "NV-001", "due": "2021-03-01", "resolved": ""}
    assert isinstance(judged(**moved, received="2021-01-03", department="nv"), Dossier)
    assert isinstance(judged(**moved, received="2021-02-01", department="tp"), Dossier)
    assert isinstance(judged(**moved, received="2021-02-01", department="nv"), Rejected)


def test_what_was_wrong_with_a_line_before_is_not_forgotten() -> None:
    assert judge(Line(9, GOOD, formula("key")), REGISTER) == Rejected(9, formula("key"))


cells = st.text(st.characters(exclude_characters="\r\n"), max_size=12)


@given(st.dictionaries(st.sampled_from(COLUMNS), cells | st.sampled_from(sorted(GOOD.values()))))
def test_whatever_stands_in_the_cells_a_row_is_taken_or_rejected_in_two_languages(row: dict[str, str]) -> None:
    found = judge(Line(2, row), REGISTER)
    assert isinstance(found, Dossier) or (found.reason.vi and found.reason.en)
