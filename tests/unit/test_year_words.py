"""What `goiso year` prints: the table in Vietnamese, and a progress bar only for eyes."""

import io

from broker.acceptance import Figure
from broker.acceptance_text import number, text
from virtual_centre.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def figure(**what: object) -> Figure:
    usual: dict[str, object] = {
        "id": "N22",
        "figure": "Mức độ hài lòng",
        "value": 98.94,
        "numerator": 11_619,
        "denominator": 11_744,
        "provenance": "events",
        "agrees": True,
        "stated": "98.94",
        "unit": "%",
        "note": "",
    }
    return Figure(**{**usual, **what})  # type: ignore[arg-type]


def test_a_percentage_stands_beside_its_denominator_and_its_source() -> None:
    row = text([figure()]).splitlines()[2]
    assert row.split() == [
        "N22",
        "Mức",
        "độ",
        "hài",
        "lòng",
        "98,94",
        "%",
        "11.619/11.744",
        "sự",
        "kiện",
        "98,94",
        "%",
        "khớp",
    ]


def test_what_is_not_held_claims_nothing() -> None:
    row = text(
        [
            figure(
                value=None, numerator=None, denominator=None, provenance="not-held", agrees=None, stated="1/3", unit=""
            )
        ]
    )
    assert row.splitlines()[2].split() == ["N22", "Mức", "độ", "hài", "lòng", "—", "không", "lưu", "1/3", "—"]


def test_a_figure_that_disagrees_is_shouted() -> None:
    assert "LỆCH" in text([figure(agrees=False)])


def test_numbers_are_written_as_vietnamese_writes_them() -> None:
    assert number(48_895, "hồ sơ") == "48.895 hồ sơ"
    assert number(0.22, "%") == "0,22 %"
    assert number(2017, "") == "2017"


def test_no_bar_is_drawn_for_a_program() -> None:
    silent = io.StringIO()
    progress = Progress(silent, 2)
    progress.advance("2021-01-04")
    progress.close()
    assert silent.getvalue() == ""


def test_the_bar_is_full_at_the_end_and_leaves_its_line() -> None:
    terminal = Terminal()
    progress = Progress(terminal, 2)
    progress.advance("2021-01-04")
    progress.advance("2021-01-05")
    progress.close()
    assert "█" * 30 + " 2/2 2021-01-05" in terminal.getvalue()
    assert terminal.getvalue().endswith("\n")
