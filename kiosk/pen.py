"""The hand that writes pages: one scale, one set of buttons, the same header and reading aids everywhere.

Rules: pure; all measures are given for a screen 1080 wide (or, lying, 1080 tall) and scaled once, here; for whoever
reads with effort the same measures make words twice as large, and the same roles other colours.
"""

from collections.abc import Sequence
from typing import Literal

from appliance.display.geometry import Rect
from appliance.display.leading import line_height
from appliance.display.marks import Across, Box, Down, before
from appliance.display.palette import DAY, Colour, Scheme
from appliance.sound.said import Said
from kiosk.events import Event
from kiosk.frame import frame
from kiosk.ruler import Fitted, Ruler
from kiosk.view import Code, Label, Mark, Pair, Sign, SignName, Target, View

LEAST = 27
"""The smallest words on a screen 1080 px wide, px: 8.4 mm on a 27-inch screen on its side; twice that when large."""
LARGEST = 116
"""What is this large already, px, does not grow."""
HEADING = 84
"""The least height of a page's question."""

GAP = 16
"""Between things that are touched: 5 mm on a 27-inch screen."""

_SIZES = (64, 58, 50, 44, 42, 40, 36, 33, 30, LEAST)
"""What `filled` may choose from."""
_ANY = 99
"""More lines than any page has."""

Kind = Literal["plain", "soft", "main", "go"]


class Pen:
    """A page in the making, `width` × `height` px."""

    def __init__(
        self, width: int, height: int, language: str, ruler: Ruler, *, large: bool = False, colours: Scheme = DAY
    ) -> None:
        self.language = language
        self.large = large
        self.colours = colours
        self.width, self.height = width, height
        self._ruler = ruler
        self._frame = frame(width, height, large)
        self._marks: list[Mark] = []
        self._targets: list[Target] = []
        self._said: list[Said] = []
        self.title = ""
        """What the header says where the question of the page stands there."""
        self.lying = self._frame.lying
        self.header, self.body = self._frame.header, self._frame.body
        self.status, self.actions, self.aids = self._frame.status, self._frame.actions, self._frame.aids

    def blank(self) -> "Pen":
        """Another page like it, with nothing on it: to find out how much room things take."""
        return Pen(self.width, self.height, self.language, self._ruler, large=self.large, colours=self.colours)

    # ------------------------------------------------------------------------------------------------- measures

    def px(self, measure: float) -> int:
        """A measure of the design in pixels of this screen."""
        return round(measure * self._frame.scale)

    def type(self, size: int) -> int:
        """The size of words, px."""
        return self.px(min(2 * size, max(size, LARGEST)) if self.large else size)

    @property
    def least(self) -> int:
        """The smallest words, px."""
        return self.px(2 * LEAST if self.large else LEAST)

    def line(self, size: int) -> int:
        """The height of a line of words of `size`, px."""
        return line_height(self.type(size), self.language == "km") + 1

    def wide(self, said: str, size: int, bold: bool = False) -> int:
        """How wide one line of words is, px."""
        return self._ruler.width(said, self.type(size), bold)

    def measure(self, said: str, size: int, width: int, *, bold: bool = False, lines: int = 1) -> Fitted:
        """`said` as `paragraph` will set it: in `lines` lines where it can be, in more where it must."""
        if not said:
            return Fitted(self.type(size), 0, 0)
        return self._ruler.fit(said, self.type(size), bold, width, lines, self.least)

    # ------------------------------------------------------------------------------------------------- strokes

    def box(self, rect: Rect, fill: Colour, *, radius: int = 20, border: Colour | None = None) -> None:
        """A card."""
        width = max(1, self.px(self.colours.edge)) if border else 0
        self._marks.append(Box(rect, fill, self.px(radius), border, width))

    def card(self, rect: Rect) -> None:
        """A card of paper."""
        self.box(rect, self.colours.paper, border=self.colours.line)

    def rule(self, rect: Rect) -> None:
        """A thin line."""
        self.box(rect, self.colours.line, radius=0)

    def label(
        self,
        rect: Rect,
        said: str,
        size: int,
        colour: Colour | None = None,
        *,
        bold: bool = False,
        across: Across = "left",
        down: Down = "top",
        lines: int = 1,
    ) -> None:
        """Words; `size` in measures of the design. No `colour` is ink."""
        if said:
            ink = self.colours.ink if colour is None else colour
            least = min(self.type(size), self.least)
            self._marks.append(Label(rect, said, self.type(size), ink, bold, across, down, lines, least))

    def paragraph(
        self,
        rect: Rect,
        said: str,
        size: int,
        colour: Colour | None = None,
        *,
        bold: bool = False,
        across: Across = "left",
        lines: int = 1,
        even: bool = False,
    ) -> int:
        """Words at the top of `rect` as `measure` said; how much of it is used, px. `even`: all lines about as long."""
        fitted = self.measure(said, size, rect.w, bold=bold, lines=lines)
        width = self._evened(said, fitted, rect.w, bold) if even else rect.w
        left = rect.x + before(rect.w - width, across)
        used = Rect(left, rect.y, width, fitted.height)
        self.label(used, said, size, colour, bold=bold, across=across, lines=fitted.lines)
        return fitted.height

    def filled(
        self,
        rect: Rect,
        said: str,
        size: int,
        colour: Colour | None = None,
        *,
        bold: bool = False,
        across: Across = "left",
        down: Down = "top",
    ) -> None:
        """Words in even lines, as many as they need, as large as `rect` has room for."""
        size = next((each for each in _SIZES if each <= size and self._tall(said, each, rect.w, bold) <= rect.h), LEAST)
        spare = max(0, rect.h - self._tall(said, size, rect.w, bold))
        top = rect.y + before(spare, down)
        place = Rect(rect.x, top, rect.w, rect.bottom - top)
        self.paragraph(place, said, size, colour, bold=bold, across=across, lines=_ANY, even=True)

    def _tall(self, said: str, size: int, width: int, bold: bool) -> int:
        return self.measure(said, size, width, bold=bold, lines=_ANY).height

    def _evened(self, said: str, fitted: Fitted, width: int, bold: bool) -> int:
        """The least width at which `said` needs no more lines than now."""
        low, high = width // max(1, fitted.lines), width
        while fitted.lines > 1 and high - low > 8:
            middle = (low + high) // 2
            narrow = self._ruler.fit(said, fitted.size, bold, middle, fitted.lines, fitted.size)
            low, high = (low, middle) if narrow.lines <= fitted.lines else (middle, high)
        return high

    def pair(self, rect: Rect, left: tuple[str, Colour], right: tuple[str, Colour], size: int = LEAST) -> None:
        """One line: plain words on the left, bold words on the right."""
        said = Label(rect, left[0], self.type(size), left[1], down="middle", least=self.least)
        told = Label(
            rect, right[0], self.type(size), right[1], bold=True, across="right", down="middle", least=self.least
        )
        self._marks.append(Pair(rect, said, told))

    def side_by_side(self, left: str, right: str, width: int, size: int = LEAST) -> bool:
        """Whether a `pair` of them fits `width` px."""
        return self.wide(left, size) + self.wide(right, size, bold=True) + self.type(size) <= width

    def sign(self, rect: Rect, name: SignName, colour: Colour) -> None:
        """A drawing."""
        self._marks.append(Sign(rect, name, colour))

    def code(self, rect: Rect, address: str) -> None:
        """A QR code of `address`."""
        self._marks.append(Code(rect, address))

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
        self, rect: Rect, event: Event, said: str, *, size: int = 36, kind: Kind = "plain", back: bool = False
    ) -> None:
        """A button with centred words."""
        colours = self.colours
        fill, ink = {
            "plain": (colours.paper, colours.ink),
            "soft": (colours.tint, colours.ink),
            "main": (colours.main, colours.on_main),
            "go": (colours.go, colours.on_go),
        }[kind]
        self.box(rect, fill, border={"plain": colours.line, "soft": colours.tint_line}.get(kind))
        inner = rect.inset(self.px(20), self.px(8))
        if back:
            sign, inner = inner.columns((1, 5), self.px(8))
            self.sign(sign.inset(0, (sign.h - self.px(44)) // 2), "back", ink)
        self.label(inner, said, size, ink, bold=True, across="left" if back else "middle", down="middle", lines=2)
        self.target(rect, event, said)

    @property
    def titled(self) -> bool:
        """Whether the question of the page stands in the header: a lying screen has no other room for it when large."""
        return self.large and self.lying

    def heading(self, title: str, under: str = "", width: int = 0) -> Rect:
        """The question of the page, `width` px wide or all across; what is left of the body below it."""
        self.say(title)
        width, high, size = width or self.body.w, 0, 40 if self.large else 58
        if self.titled:
            self.title = title
        else:
            lines = 2 if self.large else 1
            fitted = self.measure(title, size, width, bold=True, lines=lines)
            high = max(0 if self.large else self.px(HEADING), fitted.height)
            top = self.body.y + (high - fitted.height) // 2
            self.paragraph(Rect(self.body.x, top, width, high), title, size, bold=True, lines=lines, even=True)
        if under:
            line = Rect(self.body.x, self.body.y + high, width, self.body.h - high)
            high += self.paragraph(line, under, 31, self.colours.ink_2, lines=1)
        return self.below(high + self.px(20) if high else 0)

    def below(self, used: int) -> Rect:
        """The body without its first `used` px."""
        return Rect(self.body.x, self.body.y + used, self.body.w, max(0, self.body.h - used))

    def done(self, page: str) -> View:
        """The page."""
        marks, targets, said = tuple(self._marks), tuple(self._targets), tuple(self._said)
        return View(page, self.width, self.height, self.colours.ground, marks, targets, said)
