"""From a report to a document in one language: what stands around its tables, and their order.

Rules: pure; the same report and language give the same document.
"""

import datetime

from broker.definitions import DEFINITIONS
from broker.formats import date
from broker.report.content import Report
from broker.report.document import Column, Document, Row, Signature, Table, cell
from broker.report.periods import Days, kind
from broker.report.table_fairness import fairness_tables
from broker.report.table_figures import figures_table
from broker.report.table_register import register_tables
from broker.report.table_rows import ratings_by_department, service_by_counter, waits_by_department, waits_table
from broker.report.table_satisfaction import satisfaction_table
from broker.report.wording import Wording, Words

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def lay_out(report: Report, words: Words, language: str) -> Document:
    """The report as a document in `language`, whose `words` are given."""
    say = Wording(report, words, language)
    made = datetime.datetime.fromisoformat(report.made)
    return Document(
        language=language,
        authority=report.head.authority,
        centre=say.name(report.centre),
        motto=tuple(filter(None, (words["motto_1"], words["motto_2"]))),
        number=words["number"],
        place_and_date=_place_and_date(report, words, made),
        title=words["title"],
        period=_period(report, words, language),
        made=words["made"].format(clock=f"{made:%H:%M}", day=date(report.made[:10], language))
        + (f" {words['unfinished']}" if report.unfinished else ""),
        tables=(
            satisfaction_table(say),
            figures_table(say),
            waits_table(say),
            waits_by_department(say),
            ratings_by_department(say),
            service_by_counter(say),
            *fairness_tables(say),
            *register_tables(say),
            _definitions(say),
        ),
        signatures=(
            Signature(say.name(report.head.prepared_by), words["sign_here"]),
            Signature(say.name(report.head.signed_by), words["sign_and_seal"]),
        ),
        page=words["page"],
        note=words["note"],
    )


def _place_and_date(report: Report, words: Words, made: datetime.datetime) -> str:
    form = words["place_and_date" if report.head.place else "date_only"]
    return form.format(
        place=report.head.place,
        day=f"{made.day:02d}",
        month=f"{made.month:02d}" if made.month < 3 else made.month,  # as official letters write it: 01, 02, 3, ...
        month_name=MONTHS[made.month - 1],
        year=made.year,
    )


def _period(report: Report, words: Words, language: str) -> str:
    first = datetime.date.fromisoformat(report.start)
    return words[f"period_{kind(Days(report.start, report.end))}"].format(
        start=date(report.start, language),
        end=date(report.end, language),
        month=first.month,
        month_name=MONTHS[first.month - 1],
        quarter=(first.month + 2) // 3,
        year=first.year,
    )


def _definitions(say: Wording) -> Table:
    split = [say.name(names).partition(": ") for names in DEFINITIONS.values()]
    return Table(
        name=say.words["definitions_tab"],
        title=say.words["definitions"],
        columns=(Column(say.words["measure"], 42, right=False), Column(say.words["definitions"], 128, right=False)),
        rows=tuple(Row((cell(name), cell(meaning[:1].upper() + meaning[1:]))) for name, _, meaning in split),
    )
