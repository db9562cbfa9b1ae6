"""Workbook and paper, opened again by other programs than those that wrote them."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from broker.report.as_pdf import as_pdf
from broker.report.as_xlsx import as_xlsx
from broker.report.document import Cell, Column, Document, Row, Table
from broker.report.layout import lay_out
from broker.report.words import words
from tests.report_scene import figure, report, waited

MADE = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
VALUE = re.compile(rb"(<c [^>]*><f>[^<]*</f>)<v>[^<]*</v>")


def document(language: str = "vi", **changes: object) -> Document:
    return lay_out(report(**changes), words(language), language)  # type: ignore[arg-type]  # because a test may pass any field


def computed_by_libreoffice(book: bytes, folder: Path) -> openpyxl.Workbook:
    """The workbook without any value that was stored beside a formula, opened, computed and saved by LibreOffice."""
    empty = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as full, zipfile.ZipFile(empty, "w") as stripped:
        for name in full.namelist():
            stripped.writestr(name, VALUE.sub(rb"\1", full.read(name)))
    (folder / "empty.xlsx").write_bytes(empty.getvalue())
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", "xlsx", "--outdir", str(folder / "out"), str(folder / "empty.xlsx")),
        ],
        check=True,
        capture_output=True,
        timeout=90,
    )
    return openpyxl.load_workbook(folder / "out" / "empty.xlsx", data_only=True)


def formulas(book: bytes) -> dict[tuple[str, str], tuple[str, float]]:
    """Sheet and cell of every formula, with the formula and the value stored beside it."""
    written, stored = (openpyxl.load_workbook(io.BytesIO(book), data_only=only) for only in (False, True))
    return {
        (sheet.title, cell.coordinate): (str(cell.value), stored[sheet.title][cell.coordinate].value)
        for sheet in written
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_computes_every_total_and_share_as_it_was_printed(tmp_path: Path) -> None:
    book = as_xlsx(document(), MADE)
    computed = computed_by_libreoffice(book, tmp_path)
    expected = formulas(book)
    assert len(expected) > 10
    for (sheet, cell), (formula, value) in expected.items():
        assert computed[sheet][cell].value == pytest.approx(value, abs=1e-9), f"{sheet}!{cell} {formula}"


def test_totals_and_shares_are_formulas_over_cells_that_hold_their_numbers() -> None:
    book = as_xlsx(document(), MADE)
    sheets = openpyxl.load_workbook(io.BytesIO(book), data_only=True)
    for (sheet, _cell), (formula, value) in formulas(book).items():
        found = re.match(r"=SUM\((\w+:\w+)\)", formula)
        if found:
            assert sum(row[0].value for row in sheets[sheet][found[1]]) == value
        else:
            part, whole = re.findall(r"(\w+\d+)/(\w+\d+)", formula)[0]
            assert sheets[sheet][part].value / sheets[sheet][whole].value == pytest.approx(value, abs=6e-5)


def test_a_share_that_is_not_all_is_not_rounded_to_all() -> None:
    rows = (waited("tp", 20_001, 20_000, 20_000),)
    book = as_xlsx(document(waits_by_department=rows, waits=rows), MADE)
    shares = {value for formula, value in formulas(book).values() if "/" in formula}
    assert 0.9999 in shares
    assert 1 not in shares


def test_words_in_a_workbook_are_never_formulas() -> None:
    book = as_xlsx(document(figures=(figure("=1+1", 3, "=cmd|'/c calc'!A1"),)), MADE)
    assert not [formula for formula, _ in formulas(book).values() if "SUM" not in formula and "ROUND" not in formula]
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(book)) for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"] == ["s", "s"]


@pytest.mark.parametrize("language", ["vi", "en", "km"])
def test_a_paper_says_what_the_document_says_with_a_number_on_each_page(language: str) -> None:
    laid_out = document(language, waits_by_counter=tuple(waited(f"q{n:02d}", 9, 9, 9) for n in range(60)))
    paper = pypdfium2.PdfDocument(as_pdf(laid_out, MADE))
    text = [page.get_textpage().get_text_range() for page in paper]
    assert len(text) > 2
    for number, page in enumerate(text, start=1):
        assert laid_out.page.format(page=number, pages=len(text)) in page
    if language == "vi":
        assert "TRUNG TÂM" in laid_out.centre.upper()
        assert "98,94 %" in text[0]
        assert "NGƯỜI LẬP BIỂU" in text[-1]
        assert "GIÁM ĐỐC" in text[-1]
        assert "Cà Mau, ngày 23 tháng 11 năm 2026" in text[-1]
        assert sum("Quầy" in page and "Vắng mặt" in page for page in text) >= 2  # the table's head stands on each page


def test_no_row_is_written_over_the_foot_of_a_page() -> None:
    long = Row((Cell("Sở " + "rấtdài" * 30), Cell("98,94 %", 0.9894, "percent")), note="ghi chú " * 60)
    table = Table(
        name="t", title="Tên", columns=(Column("Chỉ tiêu", 100, right=False), Column("Giá trị", 70)), rows=(long,) * 40
    )
    laid_out = document()
    changed = Document(**{name: getattr(laid_out, name) for name in Document.__struct_fields__} | {"tables": (table,)})
    for page in pypdfium2.PdfDocument(as_pdf(changed, MADE)):
        boxes = page.get_textpage()
        lowest = min(boxes.get_rect(n)[1] for n in range(boxes.count_rects()))
        assert lowest > 20
