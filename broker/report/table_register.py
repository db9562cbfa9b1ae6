"""The table of the counters beside the queues: deliveries to the home, fees, the courier, complaints.

Rules: pure; a centre that wrote nothing down has no such table.
"""

from collections.abc import Iterator

from broker.formats import number
from broker.report.document import Cell, Column, Row, Table, cell
from broker.report.wording import Wording


def register_tables(say: Wording) -> tuple[Table, ...]:
    """One table, or none."""
    rows = tuple(_rows(say))
    if not any(value.value for row in rows for value in row.cells):
        return ()
    return (
        Table(
            name=say.words["register_tab"],
            title=say.words["register"],
            columns=(
                Column(say.words["measure"], 90, right=False),
                Column(say.words["register_count"], 40),
                Column(say.words["register_sum"], 40),
            ),
            rows=rows,
            notes=(say.words["register_note"],),
        ),
    )


def _rows(say: Wording) -> Iterator[Row]:
    words, found = say.words, say.report.register
    yield _row(say, words["register_deliveries"], found.deliveries, found.delivery_vnd)
    for zone in found.zones:
        yield _row(say, f"– {say.name(zone.names)}", zone.dossiers)
    yield _row(say, words["register_fees"], found.fees, found.fee_vnd)
    yield _row(say, words["register_rounds"], found.rounds)
    yield _row(say, words["register_courier_dossiers"], found.courier_dossiers)
    yield _row(say, words["register_complaints"], found.complaints)


def _row(say: Wording, name: str, count: int, sum_vnd: int | None = None) -> Row:
    vnd = cell("") if sum_vnd is None else Cell(number(sum_vnd, say.language), sum_vnd, "count")
    return Row((cell(name), say.count(count), vnd))
