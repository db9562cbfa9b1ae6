"""The hand that writes pages: one scale, one set of buttons, the same header and footer everywhere.

Rules: pure; all measures are given for a screen 1080 wide (or, lying, 1080 tall) and scaled once, here; what a hand
needs stands low: the main action and the languages are always in the same place at the bottom.
"""

from collections.abc import Sequence
from datetime import datetime

from appliance.display import palette
from appliance.display.geometry import Rect
from appliance.display.leading import line_height
from appliance.display.palette import Colour
from appliance.sound.said import Said
from kiosk import phrases, words
from kiosk.events import Event, Spoke
from kiosk.view import Across, Box, Down, Label, Mark, Pair, Sign, SignName, Target, View

LEAST = 27
"""The smallest words on a screen 1080 px wide, px: 8 mm on a 27-inch screen on its side."""

PAIR_LEAST = 21
"""The same for the figures of a tile, which two languages say at length."""
HEADING, UNDER_HEADING = 84, 50
"""The heights of a page's question and of the line under it."""


class Pen:
    """A page in the making, `width` × `height` px."""

    def __init__(self, width: int, height: int, language: str) -> None:
        self.language = language
        self.lying = width > height
        self.width, self.height = width, height
        self._scale = min(width / 1920, height / 1080) if self.lying else min(width / 1080, height / 1920)
        self._marks: list[Mark] = []
        self._targets: list[Target] = []
        self._said: list[Said] = []
        edge, low = self.px(40), self.px(40)
        self.header = Rect(0, 0, width, self.px(124 if self.lying else 156))
        self.languages = Rect(edge, height - low - self.px(88), width - 2 * edge, self.px(88))
        self.actions = Rect(edge, self.languages.y - self.px(24 + 136), width - 2 * edge, self.px(136))
        if self.lying:
            self.languages, self.actions = self._side_by_side(edge, low)
        self.status = Rect(edge, self.actions.y - self.px(64), width - 2 * edge, self.px(48))
        top = self.header.bottom + self.px(20 if self.lying else 28)
        self.body = Rect(edge, top, width - 2 * edge, self.status.y - self.px(8) - top)

    def _side_by_side(self, edge: int, low: int) -> tuple[Rect, Rect]:
        high = self.px(112)
        row = Rect(edge, self.height - low - high, self.width - 2 * edge, high)
        left, right = row.columns((5, 7), self.px(32))
        return left, right

    def px(self, measure: float) -> int:
        """A measure of the design in pixels of this screen."""
        return round(measure * self._scale)

    def line(self, size: float) -> int:
        """The height of a line of words of `size`, px."""
        return line_height(self.px(size), self.language == "km") + 1

    # ------------------------------------------------------------------------------------------------- strokes

    def box(
        self, rect: Rect, fill: Colour, *, radius: int = 20, border: Colour | None = None, border_width: int = 2
    ) -> None:
        """A card."""
        width = max(1, self.px(border_width)) if border else 0
        self._marks.append(Box(rect, fill, self.px(radius), border, width))

    def label(
        self,
        rect: Rect,
        said: str,
        size: int,
        colour: Colour = palette.INK,
        *,
        bold: bool = False,
        across: Across = "left",
        down: Down = "top",
        lines: int = 1,
    ) -> None:
        """Words; `size` in measures of the design."""
        self._marks.append(self._label(rect, said, size, colour, bold, across, down, lines))

    def pair(self, rect: Rect, left: tuple[str, Colour], right: tuple[str, Colour], size: int = 27) -> None:
        """One line: plain words on the left, bold words on the right."""
        least = self.px(PAIR_LEAST)
        said = Label(rect, left[0], self.px(size), left[1], down="middle", least=least)
        told = Label(rect, right[0], self.px(size), right[1], bold=True, across="right", down="middle", least=least)
        self._marks.append(Pair(rect, said, told))

    def _label(
        self, rect: Rect, said: str, size: int, colour: Colour, bold: bool, across: Across, down: Down, lines: int
    ) -> Label:
        return Label(rect, said, self.px(size), colour, bold, across, down, lines, self.px(min(size, LEAST)))

    def sign(self, rect: Rect, name: SignName, colour: Colour) -> None:
        """A drawing."""
        self._marks.append(Sign(rect, name, colour))

    def target(self, rect: Rect, event: Event, *said: str | Said) -> None:
        """A touch on `rect` means `event`; `said` is what it is called aloud, one piece after the other."""
        self._targets.append(Target(rect, event, self._aloud(said)))

    def say(self, *said: str | Said) -> None:
        """What the page tells aloud before its choices."""
        self._said += self._aloud(said)

    def _aloud(self, said: Sequence[str | Said]) -> tuple[Said, ...]:
        pieces = (Said(piece, self.language) if isinstance(piece, str) else piece for piece in said)
        return tuple(piece for piece in pieces if piece.words)

    # -------------------------------------------------------------------------------------------------- pieces

    def button(
        self, rect: Rect, event: Event, said: str, *, size: int = 36, fill: Colour = palette.PAPER, back: bool = False
    ) -> None:
        """A button with centred words: light, or filled with a colour that white words can be read on."""
        light = fill in (palette.PAPER, palette.TINT, palette.CALL)
        ink = palette.INK if light else palette.PAPER
        self.box(rect, fill, border=palette.LINE if fill == palette.PAPER else None)
        inner = rect.inset(self.px(24), self.px(8))
        if back:
            sign, inner = inner.columns((1, 4), self.px(8))
            self.sign(sign.inset(0, (sign.h - self.px(44)) // 2), "back", ink)
        self.label(inner, said, size, ink, bold=True, across="left" if back else "middle", down="middle", lines=2)
        self.target(rect, event, said)

    def heading(self, title: str, under: str = "", width: int = 0) -> Rect:
        """The question of the page, `width` px wide or all across; what is left of the body below it."""
        self.say(title)
        high = self.px(HEADING)
        width = width or self.body.w
        self.label(Rect(self.body.x, self.body.y, width, high), title, 58, bold=True, down="middle")
        if under:
            line = Rect(self.body.x, self.body.y + high, width, self.px(UNDER_HEADING))
            self.label(line, under, 31, palette.INK_2, down="middle")
            high += self.px(UNDER_HEADING)
        return self.below(high + self.px(20))

    def below(self, used: int) -> Rect:
        """The body without its first `used` px."""
        return Rect(self.body.x, self.body.y + used, self.body.w, max(0, self.body.h - used))

    def head(self, name: str, moment: datetime | None) -> None:
        """Whose machine this is, and what time it is where the clock can be trusted."""
        self.box(self.header, palette.DEEP, radius=0)
        inner = self.header.inset(self.px(40), self.px(20))
        left, right = inner.columns((13, 7), self.px(24))
        size = 38 if self.lying else 36
        self.label(left if moment else inner, name, size, palette.PAPER, bold=True, down="middle", lines=2)
        if moment is not None:
            low = self.line(27)
            clock = Rect(right.x, right.y, right.w, right.h - low)
            date = Rect(right.x, clock.bottom, right.w, low)
            self.label(clock, f"{moment:%H:%M}", 54, palette.PAPER, bold=True, across="right", down="middle")
            said = phrases.day(moment, self.language)
            self.label(date, said, 27, palette.ON_DEEP, across="right", down="middle")

    def tongues(self, languages: Sequence[str]) -> None:
        """The languages, the chosen one marked by colour and a tick."""
        if len(languages) < 2:
            return
        for place, language in zip(self.languages.columns([1] * len(languages), self.px(20)), languages, strict=True):
            chosen = language == self.language
            said = words.LANGUAGE_NAMES.get(language, language)
            fill, ink = (palette.DEEP, palette.PAPER) if chosen else (palette.PAPER, palette.INK)
            self.box(place, fill, border=None if chosen else palette.LINE)
            inner = place.inset(self.px(20), self.px(4))
            if chosen:
                mark, inner = inner.columns((1, 6), self.px(8))
                self.sign(mark.inset(0, (mark.h - self.px(36)) // 2), "tick", ink)
            self.label(inner, said, 31, ink, bold=chosen, across="middle", down="middle")
            self.target(place, Spoke(language), Said(said, language))

    def countdown(self, left_s: int, text: str) -> None:
        """How long this page still stands, in words and as a line that grows shorter."""
        self.label(self.status, text.format(n=left_s), 29, palette.INK_2, across="middle", down="middle")

    def done(self, page: str) -> View:
        """The page."""
        marks, targets, said = tuple(self._marks), tuple(self._targets), tuple(self._said)
        return View(page, self.width, self.height, palette.GROUND, marks, targets, said)
