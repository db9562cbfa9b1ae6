"""The forms in which a report is written.

Rules: every form is made from the same report; a library is imported only when its form is asked for.
"""

import datetime
from typing import Literal

import msgspec

from broker.report.as_csv import as_csv
from broker.report.as_text import as_text
from broker.report.content import Report
from broker.report.layout import lay_out
from broker.report.words import words

Format = Literal["pdf", "xlsx", "csv", "json", "text"]
MIMETYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
}


def write(report: Report, form: Format, language: str) -> bytes:
    """The report as a file's bytes."""
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(report)) + b"\n"
    document = lay_out(report, words(language), language)
    match form:
        case "csv":
            return as_csv(document)
        case "text":
            return as_text(document).encode()
        case "xlsx":
            from broker.report.as_xlsx import as_xlsx  # noqa: PLC0415  # because a hub without it still has the others

            return as_xlsx(document, datetime.datetime.fromisoformat(report.made))
        case "pdf":
            from broker.report.as_pdf import as_pdf  # noqa: PLC0415  # because of the same

            return as_pdf(document, datetime.datetime.fromisoformat(report.made))
