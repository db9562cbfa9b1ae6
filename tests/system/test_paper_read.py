"""Paper read by programs that know nothing of us: Vietnamese by Tesseract, the code by zbar."""

import io
import shutil
import subprocess
import unicodedata
from itertools import takewhile
from pathlib import Path

import pytest
from PIL import Image

from kiosk.drivers.compose import Way, ticket_bytes
from kiosk.drivers.escpos_bytes import TOP
from kiosk.fixed import fixed_bands
from kiosk.ticket import Band, Code, Facts, Number, Rule, Title, lay_out
from tests.kiosk_scene import NOW, TICKET
from tests.paper import ADDRESS, catalogue, decoded, pixels, whole

LEAST = 0.98
"""Share of characters that must be right, marks included."""
ENLARGED = 2
AFTER = 56
"""Rows that the cut moves the paper on."""
LABELS = 34
"""Rows of a line of labels."""


def has_vietnamese() -> bool:
    if not shutil.which("tesseract"):
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in listed.stdout.split()


def picture(rows: list[int], dots: int, enlarged: int = 1) -> bytes:
    """The paper at 203 dots an inch, with a margin, or enlarged."""
    paper = Image.fromarray(pixels(rows, dots))
    sheet = Image.new("L", (dots + 80, len(rows) + 80), 255)
    sheet.paste(paper, (40, 40))
    stream = io.BytesIO()
    size = (sheet.width * enlarged, sheet.height * enlarged)
    sheet.resize(size, Image.Resampling.LANCZOS).save(stream, "PNG", dpi=(203 * enlarged, 203 * enlarged))
    return stream.getvalue()


def read(rows: list[int], dots: int) -> str:
    """What Tesseract reads, line by line in one column."""
    command = ["tesseract", "-", "-", "-l", "vie", "--psm", "6"]
    done = subprocess.run(command, input=picture(rows, dots, ENLARGED), capture_output=True, check=True, timeout=120)
    return one_line(done.stdout.decode("utf-8"))


def one_line(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split()))


def right(got: str, wanted: str) -> float:
    """Which share of `wanted` is right: one less for every letter to be changed, put in or taken out."""
    before = list(range(len(wanted) + 1))
    for row, letter in enumerate(got, 1):
        now = [row]
        for column, other in enumerate(wanted, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != other)))
        before = now
    return 1 - before[-1] / len(wanted)


def vietnamese() -> list[Band]:
    """All words of the first centre that stand on Vietnamese tickets, labels one by one."""
    english = Title(catalogue().site.name.en)
    fixed = takewhile(lambda band: band != english, fixed_bands(catalogue()))
    return list(dict.fromkeys(single for band in fixed for single in alone(band)))


def alone(band: Band) -> list[Band]:
    return [Facts((cell,)) for cell in band.cells] if isinstance(band, Facts) else [band]


def said(band: Band) -> str:
    if isinstance(band, Facts):
        return " ".join(label for label, _ in band.cells)
    return "" if isinstance(band, Rule | Code | Number) else band.words


@pytest.mark.skipif(not has_vietnamese(), reason="needs tesseract with its Vietnamese data (tesseract-ocr-vie)")
@pytest.mark.parametrize("mode", ["hybrid", "raster"])
@pytest.mark.parametrize("dots", [576, 384])
def test_a_reader_of_vietnamese_reads_every_word_of_the_centre_with_its_marks(dots: int, mode: str) -> None:
    kept, memory = whole(dots)
    way = Way(dots, mode, kept.keys if mode == "hybrid" else {})  # type: ignore[arg-type]  # because it is one of the three
    bands = vietnamese()
    got = read(decoded(ticket_bytes(tuple(bands), way), dots, memory), dots)
    wanted = one_line(" ".join(said(band) for band in bands))
    assert len(wanted) > 800
    assert right(got, wanted) >= LEAST, got


@pytest.mark.skipif(not has_vietnamese(), reason="needs tesseract with its Vietnamese data (tesseract-ocr-vie)")
@pytest.mark.parametrize("mode", ["hybrid", "raster"])
def test_a_reader_of_vietnamese_reads_the_words_of_a_ticket(mode: str) -> None:
    dots = 576
    kept, memory = whole(dots)
    way = Way(dots, mode, kept.keys if mode == "hybrid" else {})  # type: ignore[arg-type]  # because it is one of the three
    bands = lay_out(TICKET, catalogue(), "vi", NOW)
    rows, wanted = [0] * TOP, []
    for at, band in enumerate(bands):
        if said(band):
            start, end = (len(decoded(ticket_bytes(bands[:upto], way), dots, memory)) for upto in (at, at + 1))
            part = decoded(ticket_bytes(bands, way), dots, memory)[start - AFTER : end - AFTER]
            rows += part[:LABELS] if isinstance(band, Facts) else part
            wanted.append(said(band))
    assert right(read(rows, dots), one_line(" ".join(wanted))) >= LEAST


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="needs zbarimg (zbar-tools)")
@pytest.mark.parametrize("mode", ["hybrid", "raster", "native"])
@pytest.mark.parametrize("dots", [576, 384])
def test_zbar_reads_the_code(tmp_path: Path, dots: int, mode: str) -> None:
    kept, memory = whole(dots)
    way = Way(dots, mode, kept.keys if mode == "hybrid" else {})  # type: ignore[arg-type]  # because it is one of the three
    rows = decoded(ticket_bytes(lay_out(TICKET, catalogue(), "vi", NOW), way), dots, memory)
    (tmp_path / "ticket.png").write_bytes(picture(rows, dots))
    command = ["zbarimg", "--quiet", "--raw", str(tmp_path / "ticket.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.split() == [f"{ADDRESS}/t/{TICKET.code}"], done.stderr
