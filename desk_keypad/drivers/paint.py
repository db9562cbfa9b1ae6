"""What a small display shows of a face: whom the desk calls, what the digits mean now, and one sentence in a band.

Rules: every pattern has a band of its own shade and, where something was done or not, a sign: never colour alone.
"""

from appliance.display import shapes
from appliance.display.canvas import Canvas
from appliance.display.fonts import Style
from appliance.display.geometry import Rect
from appliance.display.palette import DEEP, GO, INK, LINE, NIGHT, NIGHT_TEXT, PAPER, STOP, TINT, Colour
from appliance.display.text import fit
from desk_keypad.ports import Face

BANDS: dict[str, tuple[Colour, Colour]] = {
    "ready": (TINT, INK),
    "wait": (LINE, INK),
    "done": (GO, PAPER),
    "no": (STOP, PAPER),
    "ask": (DEEP, PAPER),
    "away": (NIGHT, NIGHT_TEXT),
}
"""Ground and ink of the band."""
SIGNS = {"done": shapes.tick, "no": shapes.warning, "away": shapes.warning}
NOBODY = "–"


def paint(canvas: Canvas, face: Face, language: str) -> bool:
    """Draw `face`; whether all words had room."""
    edge = canvas.width // 24
    above, band = Rect(0, 0, canvas.width, canvas.height).rows((3, 1) if face.choices else (5, 4))
    canvas.fill(PAPER)
    upper = above.inset(edge, edge // 2)
    whole = _choices(canvas, upper, face.choices) if face.choices else _number(canvas, upper, face.number)
    ground, ink = BANDS[face.pattern]
    canvas.box(band, ground)
    words = band.inset(edge, edge // 3)
    if face.pattern in SIGNS:
        sign, words = words.columns((1, 5), edge)
        SIGNS[face.pattern](canvas, sign, ink)
    size = canvas.height // 8
    said = canvas.text(words, face.said[language], Style(size, True), ink, down="middle", lines=5, least=size * 2 // 5)
    return whole and said.whole


def _number(canvas: Canvas, room: Rect, number: str) -> bool:
    style = Style(room.h * 4 // 5, True)
    setting = canvas.text(room, number or NOBODY, style, INK, across="middle", down="middle", least=room.h // 3)
    return setting.whole


def _choices(canvas: Canvas, room: Rect, choices: tuple[str, ...]) -> bool:
    """One below the other, all in one size."""
    rows = room.rows((1,) * len(choices))
    most = min(rows[0].h * 3 // 4, room.h // 4)
    placed = tuple(zip(choices, rows, strict=True))
    settings = [fit(choice, Style(most, True), (row.w, row.h), 1, most // 2) for choice, row in placed]
    style = min((setting.style for setting in settings), key=lambda style: style.size)
    for choice, row in placed:
        canvas.text(row, choice, style, INK, down="middle")
    return all(setting.whole for setting in settings)
