"""The table of satisfaction: share, interval, response with its bounds, and the ratings beside the dossiers.

Rules: pure; the first three always stand together; ratings set against dossiers are marked as two units.
"""

from broker.figures import Ratings
from broker.formats import number, percent
from broker.report.document import Cell, Column, Row, Table, cell
from broker.report.wording import Wording
from broker.statistics import satisfaction

COUNTS = (2, 3)
"""The columns of numerator and denominator."""


def satisfaction_table(say: Wording) -> Table:
    """Of the whole centre."""
    row, words = say.report.ratings[0], say.words
    some = bool(row.rated)
    rows = [
        _measure(say, "satisfied", say.satisfied(row, COUNTS), row.satisfied, row.rated, _first_note(say, row)),
        _measure(
            say, "interval", cell(say.between(row.wilson_low, row.wilson_high) if some else words["none"]),
            note=words["interval_note"],
        ),
        _measure(
            say, "response", say.response(row, COUNTS), row.rated, row.served,
            words["response_note"],
        ),
        _measure(
            say, "bounds", cell(say.between(row.bound_low, row.bound_high) if row.served else words["none"]),
            note=words["bounds_note"],
        ),
    ]  # fmt: skip
    if row.rated and row.rated <= say.report.dossiers:
        rows.append(_two_units(say, row))
    return Table(
        name=words["satisfaction_tab"],
        title=words["satisfaction"],
        columns=(
            Column(words["measure"], 78, right=False),
            Column(words["value"], 48),
            Column(words["numerator"], 22),
            Column(words["denominator"], 22),
        ),
        rows=tuple(rows),
    )


def _first_note(say: Wording, row: Ratings) -> str:
    return " ".join(filter(None, (say.levels(), say.days(row))))


def _measure(
    say: Wording, name: str, value: Cell, part: int | None = None, whole: int | None = None, note: str = ""
) -> Row:
    counts = (say.count(part), say.count(whole)) if whole else (cell(""), cell(""))
    return Row((cell(say.words[name]), value, *counts), note, strong=name == "satisfied")


def _two_units(say: Wording, row: Ratings) -> Row:
    dossiers, rated = say.report.dossiers, row.rated or 0
    around = satisfaction.bounds(row.satisfied or 0, rated, dossiers)
    note = say.words["two_units_note"].format(
        percent=percent(100 * rated / dossiers, say.language, 1),
        dossiers=number(dossiers, say.language),
        low=number(100 * around.low, say.language, 1),
        high=percent(100 * around.high, say.language, 1),
    )
    return _measure(say, "two_units", say.share(rated, dossiers, COUNTS), rated, dossiers, note)
