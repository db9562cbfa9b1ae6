"""The pages of a touch terminal, laid out: faces with words, reasons, questions, thanks, rest.

A page is designed 84 units tall and scaled to the screen once; a screen at least 84 mm tall (`config.ScreenSection`)
makes a unit a millimetre or more, so that every target is 20 mm or more.

Rules: pure; every word of a page is in the language of who stands here, but for the page at rest, which speaks all;
every pair of words and ground has a contrast of at least 7 : 1; nothing is said by colour alone.
"""

from collections.abc import Callable

from appliance.display import palette
from appliance.display.geometry import Rect
from appliance.display.marks import Box
from appliance.display.moods import MOODS
from appliance.display.palette import Colour
from rating_terminal.ports import Asked, Face
from rating_terminal.session import Chosen
from rating_terminal.talk import MOST_REASONS, Answered, LookBack, Spoken, Toggled, Went
from rating_terminal.view import UNITS_HIGH, FaceSign, Label, Mark, Meaning, Target, Tick, View
from rating_terminal.words import LANGUAGES, OWN_NAMES, PAGE

EDGE, GAP, TARGET = 5, 3, 20
LEVEL_INK: tuple[Colour, ...] = (palette.GO, (0x14, 0x50, 0x6F), (0x57, 0x49, 0x00), (0x7A, 0x36, 0x0B), palette.STOP)
LEVEL_GROUND: tuple[Colour, ...] = (
    (0xF0, 0xF5, 0xF3),
    (0xF0, 0xF4, 0xF8),
    (0xF5, 0xF4, 0xF0),
    (0xF8, 0xF2, 0xED),
    (0xFA, 0xF1, 0xF0),
)


class Sheet:
    """A page being written, in design units; `words` are those of its language."""

    def __init__(self, face: Face, width: int, height: int, ground: Colour = palette.PAPER) -> None:
        self.face, self.ground = face, ground
        self._px = height / UNITS_HIGH
        self._size = (width, height)
        self.wide = width / self._px
        self._marks: list[Mark] = []
        self._targets: list[Target] = []

    def say(self, key: str) -> str:
        """A sentence of the pages."""
        return PAGE[key].to(self.face.lang)

    def text(self, words: str, where: tuple[float, float, float, float], size: float, **how: object) -> None:
        """Words, in units from the left and the top, of `size` units or less."""
        given = {"colour": palette.INK, "ground": self.ground, "least": self._scaled(3), **how}
        self._marks.append(Label(self._rect(*where), words, self._scaled(size), **given))  # type: ignore[arg-type]  # because the checker cannot see inside **

    def box(self, where: tuple[float, float, float, float], fill: Colour, border: Colour, meaning: Meaning) -> None:
        """Something to touch."""
        rect = self._rect(*where)
        self._marks.append(Box(rect, fill, self._scaled(3), border, max(2, self._scaled(0.5))))
        self._targets.append(Target(rect, meaning))

    def button(
        self,
        words: str,
        where: tuple[float, float, float, float],
        meaning: Meaning,
        main: bool = False,
        size: float = 5.5,
    ) -> None:
        """A button with its words; the `main` one of a page is dark."""
        fill, ink = (palette.DEEP, palette.PAPER) if main else (palette.PAPER, palette.DEEP)
        self.box(where, fill, palette.DEEP, meaning)
        x, y, w, h = where
        self.text(
            words, (x + 1.5, y + 1, w - 3, h - 2), size, colour=ink, ground=fill, bold=True, across="middle", lines=2
        )

    def sign(self, level: int, levels: int, where: tuple[float, float, float, float], colour: Colour) -> None:
        """The face of a level, 1 the best of `levels`."""
        self._marks.append(FaceSign(self._rect(*where), level, levels, colour))

    def tick(self, where: tuple[float, float, float, float], colour: Colour) -> None:
        """The sign for done."""
        self._marks.append(Tick(self._rect(*where), colour))

    def view(self) -> View:
        """The page."""
        return View(self.face.page, *self._size, self.ground, tuple(self._marks), tuple(self._targets))

    def _scaled(self, units: float) -> int:
        return round(units * self._px)

    def _rect(self, x: float, y: float, w: float, h: float) -> Rect:
        left, top = self._scaled(x), self._scaled(y)
        return Rect(left, top, self._scaled(x + w) - left, self._scaled(y + h) - top)


def lay_out(face: Face, width: int, height: int) -> View:
    """What a screen of `width` × `height` px shows of `face`."""
    sheet = Sheet(face, width, height, palette.GROUND if face.page == "rest" else palette.PAPER)
    _PAGES[face.page](sheet)
    return sheet.view()


def _ask(sheet: Sheet) -> None:
    face, across = sheet.face, sheet.wide - 2 * EDGE
    sheet.text(face.said[face.lang], (EDGE, 4, across, 9.5), 7, bold=True)
    whose = PAGE["whose"].to(face.lang).format(number=face.number, place=face.place.get(face.lang, ""))
    wrong = face.say == "not_kept"
    sheet.text(
        sheet.say("change") if face.change else sheet.say("touch") if wrong else whose,
        (EDGE, 13.5, across - 26, 6.5),
        4.4,
        colour=palette.INK_2,
    )
    sheet.text(
        left(face.left_s, face.lang), (EDGE + across - 26, 13.5, 26, 6.5), 4.4, colour=palette.INK_2, across="right"
    )
    wide = (across - GAP * (len(face.names) - 1)) / len(face.names)
    for level, name in enumerate(face.names, 1):
        _level(sheet, level, name[face.lang], (EDGE + (level - 1) * (wide + GAP), 21.5, wide, 38.5))
    _languages(sheet)


def _level(sheet: Sheet, level: int, name: str, where: tuple[float, float, float, float]) -> None:
    x, y, w, h = where
    place = MOODS[len(sheet.face.names)][level - 1]
    ink, ground = LEVEL_INK[place], LEVEL_GROUND[place]
    chosen = level == sheet.face.chosen
    fill, colour = (ink, palette.PAPER) if chosen else (ground, ink)
    sheet.box(where, fill, ink, Chosen(level))
    side = min(w - 6, 20)
    sheet.sign(level, len(sheet.face.names), (x + (w - side) / 2, y + 4, side, side), colour)
    sheet.text(name, (x + 2, y + 25, w - 4, h - 26), 5, colour=colour, ground=fill, bold=True, across="middle", lines=2)


def _languages(sheet: Sheet) -> None:
    """Below: that nobody looks on, and the languages."""
    face, low = sheet.face, UNITS_HIGH - TARGET - 2
    room = len(LANGUAGES) * (TARGET + 1.5)
    start = sheet.wide - EDGE - room + 1.5
    sheet.text(face.privacy[face.lang], (EDGE, low, start - EDGE - 4, TARGET), 4, colour=palette.INK_2, lines=3)
    for index, language in enumerate(LANGUAGES):
        where = (start + index * (TARGET + 1.5), low, TARGET, TARGET)
        sheet.button(OWN_NAMES[language], where, Spoken(language), main=language == face.lang, size=4.6)


def _head(sheet: Sheet, title: str, hint: str) -> None:
    across = sheet.wide - 2 * EDGE
    sheet.text(title, (EDGE, 3, across, 9), 7, bold=True)
    sheet.text(hint, (EDGE, 12, across, 5.5), 4.2, colour=palette.INK_2)


def _reasons(sheet: Sheet) -> None:
    face, across, low = sheet.face, sheet.wide - 2 * EDGE, UNITS_HIGH - TARGET - 1.5
    _head(sheet, sheet.say("reasons"), sheet.say("reasons_hint").format(most=MOST_REASONS))
    columns = 3 if len(face.reasons) > 4 else 2
    wide = (across - GAP * (columns - 1)) / columns
    for index, reason in enumerate(face.reasons):
        x, y = EDGE + index % columns * (wide + GAP), 18.5 + index // columns * (TARGET + 1.5)
        _choice(sheet, reason, (x, y, wide, TARGET), Toggled(reason.id))
    _below(sheet, low, sheet.say("next" if face.questions else "done"))


def _choice(sheet: Sheet, choice: Asked, where: tuple[float, float, float, float], meaning: Meaning) -> None:
    x, y, w, h = where
    fill = palette.DEEP if choice.chosen else palette.TINT
    ink = palette.PAPER if choice.chosen else palette.INK
    sheet.box(where, fill, palette.DEEP if choice.chosen else palette.TINT_LINE, meaning)
    sign = 6 if choice.chosen else 0
    if choice.chosen:
        sheet.tick((x + 2, y + h / 2 - 3, 6, 6), ink)
    words = choice.names[sheet.face.lang]
    where = (x + 2 + sign + bool(sign) * 1.5, y + 1, w - 4 - sign - bool(sign) * 1.5, h - 2)
    sheet.text(words, where, 4.8, colour=ink, ground=fill, bold=True, across="middle", lines=3)


def _below(sheet: Sheet, low: float, on: str) -> None:
    """On with it, and, while there is time, another face."""
    if sheet.face.change:
        sheet.button(sheet.say("change"), (EDGE, low, 50, TARGET), LookBack())
    sheet.button(on, (sheet.wide - EDGE - 44, low, 44, TARGET), Went(), main=True)


def _questions(sheet: Sheet) -> None:
    face = sheet.face
    _head(sheet, sheet.say("questions"), sheet.say("questions_hint"))
    done, side = 25.0, float(TARGET + 1)
    start = sheet.wide - EDGE - done - 4 - 2 * side - 1.5
    for index, question in enumerate(face.questions):
        y = 18.5 + index * (TARGET + 1.5)
        sheet.text(question.names[face.lang], (EDGE, y, start - EDGE - 3, TARGET), 5, bold=True, lines=3)
        for place, (word, yes) in enumerate((("yes", True), ("no", False))):
            where = (start + place * (side + 1.5), y, side, TARGET)
            sheet.button(sheet.say(word), where, Answered(question.id, yes), main=question.answer is yes, size=5)
    tall = 3 * TARGET + 3.0
    sheet.button(sheet.say("done"), (sheet.wide - EDGE - done, 18.5, done, tall), Went(), main=True)


def _thanks(sheet: Sheet) -> None:
    face, across = sheet.face, sheet.wide - 2 * EDGE
    sheet.tick((sheet.wide / 2 - 11, 6, 22, 22), palette.GO)
    sheet.text(sheet.say("thanks"), (EDGE, 29, across, 13), 9, bold=True, across="middle")
    sheet.text(sheet.say("thanks_hint"), (EDGE, 42, across, 13), 4.8, colour=palette.INK_2, across="middle", lines=2)
    if face.change:
        sheet.button(sheet.say("change"), (sheet.wide / 2 - 27, UNITS_HIGH - TARGET - 3, 54, TARGET), LookBack())


def _rest(sheet: Sheet) -> None:
    face, across = sheet.face, sheet.wide - 2 * EDGE
    sheet.sign(2, 4, (sheet.wide / 2 - 9, 6, 18, 18), palette.TINT_LINE)
    sheet.text(face.place.get("vi", ""), (EDGE, 25, across, 11), 9, bold=True, across="middle")
    sheet.text(PAGE["rest"].vi, (EDGE + 12, 37, across - 24, 16), 6, across="middle", lines=2)
    sheet.text(PAGE["rest"].en, (EDGE, 53, across, 11), 4.4, colour=palette.INK_2, across="middle", lines=2)
    sheet.text(PAGE["rest"].km, (EDGE, 64, across, 14), 4.4, colour=palette.INK_2, across="middle", lines=2)


def left(seconds: int, language: str) -> str:
    """How long there is time, such as "còn 2:40"; nothing where it is not known."""
    clock = f"{seconds // 60}:{seconds % 60:02d}"
    return PAGE["left"].to(language).format(left=clock) if seconds > 0 else ""


_PAGES: dict[str, Callable[[Sheet], None]] = {
    "ask": _ask,
    "reasons": _reasons,
    "questions": _questions,
    "thanks": _thanks,
    "rest": _rest,
}
