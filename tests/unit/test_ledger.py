"""What a ledger file can get wrong, row by row, and what a good one says."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.ledger import COLUMNS, LONGEST_KEY, Dossier, LedgerError, read

PROCEDURES = {"tp-001": "tp", "ca-001": "ca"}
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


def ledger(*rows: dict[str, str]) -> list[str]:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return list(io.StringIO(text.getvalue(), newline=""))


def test_a_good_row_is_taken_as_it_stands() -> None:
    found = read(ledger(GOOD), PROCEDURES)
    assert found.rejected == ()
    assert found.dossiers == (
        Dossier(
            key="H12-210104-0001",
            department="tp",
            procedure="tp-001",
            channel="counter",
            received="2021-01-04",
            due="2021-01-18",
            resolved="2021-01-18",
            delivery="home",
        ),
    )


def test_an_open_dossier_has_no_day_of_resolution() -> None:
    (dossier,) = read(ledger({**GOOD, "resolved": "", "delivery": ""}), PROCEDURES).dossiers
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
    found = read(ledger(GOOD, {**GOOD, "key": "second", **change}), PROCEDURES)
    assert [dossier.key for dossier in found.dossiers] == [GOOD["key"]]
    assert [row.line for row in found.rejected] == [3]
    assert reason in found.rejected[0].reason


def test_the_same_key_twice_in_one_file_is_a_doubt_not_an_update() -> None:
    found = read(ledger(GOOD, GOOD), PROCEDURES)
    assert len(found.dossiers) == 1
    assert "already" in found.rejected[0].reason


def test_a_row_with_too_many_cells_is_rejected() -> None:
    lines = ledger(GOOD)
    lines[1] = lines[1].rstrip() + ",more\r\n"
    assert "more cells" in read(lines, PROCEDURES).rejected[0].reason


def test_a_row_that_is_cut_off_is_rejected() -> None:
    lines = ledger(GOOD)
    lines[1] = "H12-210104-0001,TP,TP-001\n"
    assert len(read(lines, PROCEDURES).rejected) == 1


@pytest.mark.parametrize("text", ["", "key,department\n", ",".join(COLUMNS) + '\n"open quote'])
def test_a_file_that_is_no_ledger_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(LedgerError):
        read(text.splitlines(keepends=True), PROCEDURES)


cells = st.text(st.characters(exclude_characters="\r\n"), max_size=12)


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), cells | st.sampled_from(sorted(GOOD.values()))), max_size=4))
def test_whatever_stands_in_the_cells_every_row_is_taken_or_rejected(rows: list[dict[str, str]]) -> None:
    found = read(ledger(*rows), PROCEDURES)
    assert len(found.dossiers) + len(found.rejected) == len(rows)
