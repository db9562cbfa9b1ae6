"""The acceptance table as text for a terminal, in Vietnamese.

Rules: pure; every percentage stands beside its numerator and denominator, every value beside where it comes from.
"""

from collections.abc import Sequence

from broker.acceptance import Figure

SOURCES = {"events": "sự kiện", "import": "nhập", "configuration": "cấu hình", "not-held": "không lưu"}
MARKS = {True: "khớp", False: "LỆCH", None: "—"}
HEADINGS = ("Mã", "Số liệu", "Giá trị", "Tử số/mẫu số", "Nguồn", "Báo cáo", "")
RIGHT = (2, 3, 5)


def text(figures: Sequence[Figure]) -> str:
    """The table, one line per figure, its columns aligned."""
    rows = [HEADINGS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines) + "\n"


def grouped(value: float) -> str:
    """A whole number with a point between thousands, as Vietnamese writes it."""
    return f"{value:,.0f}".replace(",", ".")


def number(value: float, unit: str) -> str:
    """A value with its unit: 48.895 hồ sơ, 98,94 %; a bare year keeps its digits together."""
    if unit == "%":
        return f"{value:.2f}".replace(".", ",") + " %"
    return f"{grouped(value)} {unit}" if unit else f"{value:.0f}"


def _cells(figure: Figure) -> tuple[str, ...]:
    share = ""
    if figure.denominator is not None and figure.numerator is not None:
        share = f"{grouped(figure.numerator)}/{grouped(figure.denominator)}"
    return (
        figure.id,
        figure.figure,
        "—" if figure.value is None else number(figure.value, figure.unit),
        share,
        SOURCES[figure.provenance],
        _stated(figure),
        MARKS[figure.agrees],
    )


def _stated(figure: Figure) -> str:
    try:
        return number(float(figure.stated), figure.unit)
    except ValueError:
        return f"{figure.stated} {figure.unit}".rstrip()


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        cell.rjust(width) if column in RIGHT else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(cells).rstrip()
