"""The acceptance table as text for a terminal, in Vietnamese.

Rules: pure; every percentage stands beside its numerator and denominator, every value beside where it comes from.
"""

from collections.abc import Sequence

from broker.acceptance import Figure
from broker.figures import Ratings
from broker.formats import number, percent
from broker.model import Site
from broker.report.as_text import aligned
from broker.statistics import satisfaction

SOURCES = {"events": "sự kiện", "import": "nhập", "configuration": "cấu hình", "not-held": "không lưu"}
MARKS = {True: "khớp", False: "LỆCH", None: "—"}
HEADINGS = ("Mã", "Số liệu", "Giá trị", "Tử số/mẫu số", "Nguồn", "Báo cáo", "")
RIGHT = (2, 3, 5)


def text(figures: Sequence[Figure]) -> str:
    """The table, one line per figure, its columns aligned."""
    return "\n".join(aligned([HEADINGS, *map(_cells, figures)], RIGHT)) + "\n"


def notes(figures: Sequence[Figure], ratings: Ratings, site: Site) -> str:
    """What must stand under the table: what a figure does not say by itself, and all that limits the satisfaction."""
    lines = [f"{figure.id}: {figure.note}." for figure in figures if figure.note]
    dossiers = next((figure.value for figure in figures if figure.id == "N12"), None)
    levels = ", ".join(level.names["vi"] for level in site.levels if level.satisfied)
    if ratings.rated:
        lines += [
            f"N21: bằng {percent(ratings.response_percent, 'vi')} của {number(ratings.served, 'vi')} lượt phục vụ.",
            f"N22: mức tính là hài lòng: {levels}; khoảng tin cậy 95 % (Wilson)"
            f" {percent(ratings.wilson_low, 'vi')} – {percent(ratings.wilson_high, 'vi')}; tính cả người không bấm nút:"
            f" {percent(ratings.bound_low, 'vi')} – {percent(ratings.bound_high, 'vi')}.",
        ]
    if ratings.rated and dossiers:
        around = satisfaction.bounds(ratings.satisfied or 0, ratings.rated, int(dossiers))
        lines.append(
            f"N21 so với N12 (lượt đánh giá và hồ sơ là hai đơn vị khác nhau):"
            f" {percent(satisfaction.percent(ratings.rated, int(dossiers)), 'vi')} của {number(dossiers, 'vi')} hồ sơ,"
            f" khi đó mức hài lòng nằm trong {percent(100 * around.low, 'vi')} – {percent(100 * around.high, 'vi')}."
        )
    return "\n".join(lines) + "\n"


def with_unit(value: float, unit: str) -> str:
    """A value with its unit: 48.895 hồ sơ, 98,94 %; a bare year keeps its digits together."""
    if unit == "%":
        return percent(value, "vi")
    return f"{number(value, 'vi')} {unit}" if unit else f"{value:.0f}"


def _cells(figure: Figure) -> tuple[str, ...]:
    share = ""
    if figure.denominator is not None and figure.numerator is not None:
        share = f"{number(figure.numerator, 'vi')}/{number(figure.denominator, 'vi')}"
    return (
        figure.id,
        figure.figure,
        "—" if figure.value is None else with_unit(figure.value, figure.unit),
        share,
        SOURCES[figure.provenance],
        _stated(figure),
        MARKS[figure.agrees],
    )


def _stated(figure: Figure) -> str:
    try:
        return with_unit(float(figure.stated), figure.unit)
    except ValueError:
        return f"{figure.stated} {figure.unit}".rstrip()
