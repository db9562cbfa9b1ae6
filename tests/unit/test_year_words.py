"""What `goiso year` prints: the table in Vietnamese, and a progress bar only for eyes."""

import io
from pathlib import Path

from broker.acceptance import Figure
from broker.acceptance_text import notes, text, with_unit
from broker.figures import Ratings
from broker.site_files import load_site
from virtual_centre.progress import Progress

SITE_FOLDER = Path(__file__).parents[2] / "firmware_configs" / "site" / "ca-mau"


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


def test_everything_that_limits_a_percentage_stands_under_the_table() -> None:
    votes = Ratings(
        key="-", satisfied=11_619, rated=11_744, served=67_669, percent=98.94, wilson_low=98.73, wilson_high=99.11,
        response_percent=17.35, bound_low=17.17, bound_high=99.82,
    )  # fmt: skip
    received = figure(id="N12", value=48_895, unit="hồ sơ", numerator=None, denominator=None, stated="48895")
    said = notes([received, figure(note="Ghi chú")], votes, load_site(SITE_FOLDER))
    assert "N22: Ghi chú." in said
    assert "17,35 % của 67.669 lượt phục vụ" in said
    assert "Rất hài lòng, Hài lòng" in said
    assert "98,73 % – 99,11 %" in said
    assert "24,02 % của 48.895 hồ sơ" in said
    assert "23,76 % – 99,74 %" in said


def test_nothing_is_claimed_of_ratings_that_are_not_there() -> None:
    nothing = dict.fromkeys(Ratings.__struct_fields__)
    votes = Ratings(**{**nothing, "key": "-", "served": 0, "rated": 0})
    assert notes([figure()], votes, load_site(SITE_FOLDER)) == "\n"


def test_numbers_are_written_as_vietnamese_writes_them() -> None:
    assert with_unit(48_895, "hồ sơ") == "48.895 hồ sơ"
    assert with_unit(0.22, "%") == "0,22 %"
    assert with_unit(2017, "") == "2017"


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
