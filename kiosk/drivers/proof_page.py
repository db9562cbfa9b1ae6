"""A page that proves what a printer can: read by a technician, who compares what it wrote with what was drawn.

Rules: the drawn words are right on every printer; whatever else stands on the page is the printer's own doing, and says
with which number it was asked for.
"""

from collections.abc import Iterator, Sequence

from appliance.display.text import fit
from kiosk.drivers.code_pages import CANDIDATES, ONE_BYTE, Candidate, encode, written
from kiosk.drivers.escpos_bytes import BARRIER, feed, paper, strip_bytes
from kiosk.drivers.letters import CELL_WIDE, LARGEST, SMOOTH, code, line
from kiosk.drivers.sheet import Sheet
from kiosk.drivers.strip import Strip
from kiosk.drivers.strips import MARGIN, NOTE, draw
from kiosk.ticket import Band, Caption, Code, Note, Rule, Title

SENTENCE = "Đất nhà ở, hộ tịch, giữ chỗ, Ỷ"
"""Every tone, every shape of vowel, a capital with and one without a tone; fits on 58 mm paper."""
SHORT = "đất ở, ị"
CODE = "goiso printer-test"
NUMBER = b"A048"
AIR = 10
"""White rows between two things."""
WIDTHS = ((384, "384 · 58 mm"), (576, "576 · 80 mm"))
"""Dots across that printers have, and how paper of that width is sold."""
_PLAIN_TABLE, _PLAIN_EDGES = b"\x1bt\x00", b"\x1db\x00"


def proof_page(dots: int, facts: Sequence[str], numbers: Sequence[int], end: bytes = BARRIER) -> bytes:
    """The page on paper with `dots` across, from reset to cut and `end`.

    `facts` are lines about the printer; `numbers` are further tables (`ESC t n`) to show beside the known ones.
    """
    head: tuple[Band, ...] = (
        Title("Trang thử máy in"),
        Caption("Printer test page"),
        *(Note(fact) for fact in facts),
        Rule(),
        Note("Dòng nào giống hệt dòng đậm thì số đứng trên nó là đúng."),
        Note("The line that reads exactly like the bold one stands under the right number."),
        Title(SENTENCE),
    )
    own_code = _heading("Mã QR: máy tự vẽ ở trên, hình vẽ sẵn ở dưới", "QR: the printer's own above, drawn below")
    width = _heading("Khổ giấy: vạch nào còn thấy", "Width: which mark is seen")
    body = (
        ONE_BYTE
        + _drawn(head, dots)
        + b"".join(_candidates())
        + (feed(AIR) if numbers else b"")
        + b"".join(_numbered(number) for number in numbers)
        + _PLAIN_TABLE
        + feed(AIR)
        + _drawn(_heading("Chữ số máy tự viết, phóng to", "The printer's own figures, magnified"), dots)
        + _figures(dots)
        + _drawn((Caption("Như trên, thêm GS b"), Caption("As above, with GS b")), dots)
        + SMOOTH
        + _figures(dots)
        + _PLAIN_EDGES
        + _drawn(own_code, dots)
        + code(CODE.encode(), 6)
        + feed(AIR)
        + _drawn((Code(CODE), *width), dots)
        + strip_bytes(_ruler(), WIDTHS[-1][0])
    )
    return paper(body, end)


def _drawn(bands: tuple[Band, ...], dots: int) -> bytes:
    return b"".join(strip_bytes(strip, dots) for strip in draw(bands, dots))


def _heading(vi: str, en: str) -> tuple[Band, ...]:
    return Rule(), Caption(vi), Caption(en)


def _candidates() -> Iterator[bytes]:
    """The sentence in every table that makers are known to have."""
    for tables in _offers():
        numbers = " ".join(str(each.number) for each in tables)
        kind = "Windows-1258" if tables[0].page == "windows-1258" else "TCVN-3"
        label = f"{numbers} {kind}, {tables[0].makers}"
        coded = written(SENTENCE, {each.page: each.number for each in tables})
        yield _PLAIN_TABLE + feed(AIR) + line([(MARGIN, label.encode())]) + line([(MARGIN, coded or b"")])


def _offers() -> list[list[Candidate]]:
    """Tables that a sentence needs together: both halves of TCVN, or one of Windows-1258."""
    halves = [each for each in CANDIDATES if each.page != "windows-1258"]
    return [halves, *([each] for each in CANDIDATES if each.page == "windows-1258")]


def _numbered(number: int) -> bytes:
    """One table by its number, as if it were of either kind."""
    samples = [encode(SHORT, page) or b"" for page in ("tcvn3-lower", "windows-1258")]
    select = b"\x1bt" + bytes([number])
    columns = (MARGIN + 5 * CELL_WIDE, MARGIN + (8 + len(SHORT)) * CELL_WIDE)
    return line([(MARGIN, f"{number}".encode() + select), *zip(columns, samples, strict=True)])


def _figures(dots: int) -> bytes:
    return line([((dots - len(NUMBER) * CELL_WIDE * LARGEST) // 2, NUMBER)], LARGEST, LARGEST, bold=True) + feed(AIR)


def _ruler() -> Strip:
    """A tick each millimetre, a long one each centimetre, and where papers end."""
    wide = WIDTHS[-1][0]
    ends = {dots - 1 for dots, _ in WIDTHS}
    columns = {x: 14 if x % 80 else 28 for x in range(0, wide, 8)} | dict.fromkeys(ends, 64)
    rows = tuple(sum(1 << (wide - 1 - x) for x, tall in columns.items() if y < tall) for y in range(64))
    sheet = Sheet(wide)
    sheet.stamp(rows, wide, 0, 0)
    for dots, words in WIDTHS:
        setting = fit(words, NOTE, (180, 10_000), 1, 20)
        sheet.words(setting, dots - 176, 34)
    return sheet.strip(feed=16)
