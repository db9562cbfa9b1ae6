"""The table of the 36 figures, in the form of the published report.

Rules: pure; where a figure comes from stands beside it; it is set against the published one only for the same period.
"""

from broker.acceptance import Figure
from broker.formats import number, percent
from broker.report.document import Cell, Column, Row, Table, cell
from broker.report.wording import Wording
from broker.statistics import satisfaction

COUNTS = (4, 5)
"""The columns of numerator and denominator."""


def figures_table(say: Wording) -> Table:
    """N01 to N36."""
    words, compared = say.words, say.report.compared
    widths = (10, 53, 17, 19, 13, 14, 18, 17, 14) if compared else (11, 66, 21, 22, 16, 16, 18)
    left = ("code", "figure", "unit", "source", "agrees")
    names = ("code", "figure", "value", "unit", "numerator", "denominator", "source", "stated", "agrees")
    columns = [Column(words[name], width, name not in left) for name, width in zip(names, widths, strict=False)]
    return Table(
        name=words["acceptance_tab"],
        title=words["acceptance"],
        columns=tuple(columns),
        rows=tuple(_figure(say, figure) for figure in say.report.figures),
        words=1,
        notes=(words["sources"],),
    )


def _figure(say: Wording, figure: Figure) -> Row:
    words = say.words
    value = _value(say, figure)
    cells = [
        cell(figure.id),
        cell(say.name(figure.names) or figure.figure),
        value,
        cell("" if figure.unit == "%" else say.name(figure.units) or figure.unit),
        say.count(figure.numerator) if figure.denominator else cell(""),
        say.count(figure.denominator) if figure.denominator else cell(""),
        cell(words[f"source_{figure.provenance}"]),
    ]
    if say.report.compared:
        cells += [
            cell(_stated(say, figure)),
            cell(words["none"] if figure.agrees is None else words[f"agrees_{str(figure.agrees).lower()}"]),
        ]
    return Row(tuple(cells), _note(say, figure))


def _value(say: Wording, figure: Figure) -> Cell:
    if figure.value is None:
        return cell(say.words["none"])
    if figure.id == "N22":
        return say.satisfied(say.report.ratings[0], COUNTS)
    if figure.denominator:
        return say.share(figure.numerator, figure.denominator, COUNTS)
    if not figure.unit:
        return Cell(f"{figure.value:.0f}", figure.value, "plain")
    return Cell(number(figure.value, say.language), figure.value, "count")


def _stated(say: Wording, figure: Figure) -> str:
    try:
        stated = float(figure.stated)
    except ValueError:
        return figure.stated
    if figure.unit == "%":
        return percent(stated, say.language)
    return number(stated, say.language) if figure.unit else f"{stated:.0f}"


def _note(say: Wording, figure: Figure) -> str:
    notes = [say.name(figure.notes) or figure.note]
    row = say.report.ratings[0]
    if figure.id == "N21" and row.rated:
        if row.served:
            share = percent(satisfaction.percent(min(row.rated, row.served), row.served), say.language)
            notes.append(say.words["n21_visits"].format(percent=share, served=number(row.served, say.language)))
        if row.rated <= say.report.dossiers:
            share = percent(100 * row.rated / say.report.dossiers, say.language, 1)
            dossiers = number(say.report.dossiers, say.language)
            notes.append(say.words["n21_dossiers"].format(percent=share, dossiers=dossiers))
    if figure.id == "N22":
        notes.append(say.levels().rstrip("."))
    return ". ".join(filter(None, notes)) + ("." if any(notes) else "")
