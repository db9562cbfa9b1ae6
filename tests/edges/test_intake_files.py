"""Files as offices save them: encodings, separators, workbooks, formulas, mapping files."""

import csv
import datetime
import io
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest

from broker.intake.lines import FileError, Line
from broker.intake.mapping import Mapping, load_mapping
from broker.intake.tables import Columns, read_table

COLUMNS = Columns(("key", "name", "day"), ("key", "name"), ("day",))
NAME = "Cấp đổi giấy chứng nhận quyền sử dụng đất, đường bộ; lý lịch tư pháp"
# “Đăng ký quyền sử dụng đất” as TCVN3 has it: §¨ng ký quyÒn sö dông ®Êt
TCVN3 = b"key,name\n1," + "§¨ng ký quyÒn sö dông ®Êt. §Êt ®ai, m«i tr−êng".replace("−", "\xad").encode("latin-1")


def read(path: Path, mapping: Mapping = Mapping(), encoding: str = "") -> list[Line]:  # noqa: B008  # because it is frozen
    return list(read_table(path, COLUMNS, mapping, encoding))


def text(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def quoted(separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([("key", "name"), ("1", NAME)])
    return out.getvalue()


def book(folder: Path, *rows: tuple[object, ...], title: str = "Sheet") -> Path:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    made.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def _cp1258(letter: str) -> bytes:
    """As Windows-1258 has it: the letter, or the letter without its tone and the tone behind it."""
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        *base, tone = unicodedata.normalize("NFD", letter)
        if tone in "\u0302\u0306":  # the tone comes first in Unicode's order, behind in this one's
            *base, tone = (*base[:-1], tone, base[-1])
        return unicodedata.normalize("NFC", "".join(base)).encode("cp1258") + tone.encode("cp1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_way_to_save_unicode_reads_the_same(tmp_path: Path, encoding: str, separator: str) -> None:
    assert [line.cells for line in read(text(tmp_path, quoted(separator), encoding))] == [{"key": "1", "name": NAME}]


def test_letters_with_loose_marks_are_the_same_letters(tmp_path: Path) -> None:
    loose = "key,name\n1,Đa\u0323t\n"
    assert read(text(tmp_path, loose))[0].cells["name"] == "Đạt"


def test_windows_1258_is_recognised_refused_and_read_when_it_is_named(tmp_path: Path) -> None:
    old = b"".join(_cp1258(letter) for letter in "key,name\n1,Đăng ký quyền sử dụng đất\n")
    path = text(tmp_path, old)
    with pytest.raises(FileError, match=r"--encoding windows-1258"):
        read(path)
    assert read(path, encoding="windows-1258")[0].cells["name"] == "Đăng ký quyền sử dụng đất"


def test_tcvn3_is_recognised_and_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"TCVN3.*Unikey"):
        read(text(tmp_path, TCVN3))


def test_other_bytes_are_refused_with_the_line_where_they_stand(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"dòng 3.*CSV UTF-8"):
        read(text(tmp_path, b"key,name\n1,a\n2,\xff\xfe\xff\n"))
    with pytest.raises(FileError, match=r"không phải văn bản"):
        read(text(tmp_path, b"key,name\x00\n"))


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-cmd|x"])
def test_a_formula_is_never_taken_for_its_value(tmp_path: Path, cell: str) -> None:
    (line,) = read(text(tmp_path, f'key,name\n1,"{cell}"\n'))
    assert line.wrong
    assert "công thức" in line.wrong.vi
    (line,) = read(book(tmp_path, ("key", "name"), (1, "=1+1")))
    assert line.wrong


@pytest.mark.parametrize("cell", ["- Đất đai", "-5", "+84 290", "A=B"])
def test_what_only_looks_like_one_is_taken(tmp_path: Path, cell: str) -> None:
    (line,) = read(text(tmp_path, f"key,name\n1,{cell}\n"))
    assert line.wrong is None


def test_a_workbook_gives_whole_numbers_and_days_as_they_are_written_by_hand(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        ("Key ", "NAME", "day"),
        (12.0, NAME, datetime.datetime.fromisoformat("2021-01-04T09:30:00")),
        (None,) * 3,
        ("x", 1.5, None),
    )
    assert [(line.number, dict(line.cells)) for line in read(path)] == [
        (2, {"key": "12", "name": NAME, "day": "2021-01-04"}),
        (4, {"key": "x", "name": "1.5", "day": ""}),
    ]


def test_a_mapping_names_columns_values_days_and_what_is_not_there(tmp_path: Path) -> None:
    rules = tmp_path / "mapping.toml"
    rules.write_text(
        'header = 2\nsheet = "Danh sách"\ndates = ["%d/%m/%Y"]\n[columns]\nkey = "Mã hồ sơ"\nday = "Ngày nhận"\n'
        '[values.key]\n"Không có" = "none"\n[constants]\nname = "–"\n',
        encoding="utf-8",
    )
    lines = (("SỔ HỒ SƠ",), ("STT", "mã  HỒ SƠ", "Ngày nhận"), (1, "không có", "04/01/2021"), (2, "H1", "2021-01-05"))
    path = book(tmp_path, *lines, title="Danh sách")
    assert [dict(line.cells) for line in read(path, load_mapping(rules))] == [
        {"key": "none", "name": "–", "day": "2021-01-04"},
        {"key": "H1", "name": "–", "day": "2021-01-05"},
    ]


@pytest.mark.parametrize("rules", ["colums = 1", "[columns]\nkey = 1", "header =", '[dates]\nx = "y"'])
def test_a_mapping_with_a_mistake_is_refused(tmp_path: Path, rules: str) -> None:
    (tmp_path / "mapping.toml").write_text(rules, encoding="utf-8")
    with pytest.raises(FileError, match=r"mapping\.toml"):
        load_mapping(tmp_path / "mapping.toml")


@pytest.mark.parametrize("content", ["", "key,key\n1,2\n", "key\n1\n", 'key,name\n1,"open\n'])
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(tmp_path: Path, content: str) -> None:
    with pytest.raises(FileError):
        read(text(tmp_path, content))


def test_a_line_with_more_cells_than_the_header_is_wrong(tmp_path: Path) -> None:
    (line,) = read(text(tmp_path, "key,name\n1,a,more\n"))
    assert line.wrong
    assert "more cells" in line.wrong.en


def test_what_is_no_workbook_or_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(FileError, match="XLSX"):
        read(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open("xl/workbook.xml", "w") as inside:
        for _ in range(1025):
            inside.write(b"\0" * (1 << 20))
    with pytest.raises(FileError, match="quá lớn"):
        read(path)
