"""Which ink stands on which ground, for everything a board shows.

Rules: pure; painters take their colours from here, so that a test can hold every pair of every view to 7 : 1; call
yellow is for what is called now and for nothing else.
"""

from dataclasses import dataclass

from appliance.display import palette as p
from appliance.display.palette import Colour
from display_board.announce import SOFTEST
from display_board.views import BoardView, CallLine, CounterView, DeskCard, DeskMode, Mode, View

PALEST = 0.62
"""How much of white the softest moment of a pulse mixes into call yellow."""


@dataclass(frozen=True)
class Pair:
    """A ground and the ink on it."""

    ground: Colour
    ink: Colour


BANNER = Pair(p.STOP, p.PAPER)
NOTICE = Pair(p.TINT, p.INK)
FOOTER = Pair(p.DEEP, p.PAPER)
FOOTER_SECOND = Pair(p.DEEP, p.ON_DEEP)
CHIP = Pair(p.DEEP_2, p.PAPER)
CALM = Pair(p.NIGHT, p.PAPER)
CALM_SECOND = Pair(p.NIGHT, p.ON_DEEP)
HEADING = Pair(p.NIGHT, p.NIGHT_TEXT)
LINE: Colour = p.NIGHT_LINE


@dataclass(frozen=True)
class Card:
    """The colours of a large number: what stands around it, and the plate with the place or the next number."""

    main: Pair
    plate: Pair
    sign: Pair

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All of them."""
        return self.main, self.plate, self.sign


def hero(call: CallLine, pulse: int) -> Card:
    """The large call: yellow while its citizen is looked for."""
    if call.serving:
        return Card(Pair(p.DEEP, p.PAPER), Pair(p.NIGHT, p.PAPER), Pair(p.NIGHT, p.ON_DEEP))
    return _called(pulse)


def row(call: CallLine) -> tuple[Pair, Pair]:
    """The number and the place of a call in the list."""
    if call.fresh:
        return Pair(p.CALL, p.INK), Pair(p.INK, p.CALL)
    if call.serving:
        return HEADING, Pair(p.DEEP, p.ON_DEEP)
    return Pair(p.NIGHT, p.PAPER), Pair(p.DEEP, p.NIGHT_NUMBER)


def card(desk: DeskCard) -> Card:
    """A desk on its counter's screen."""
    if desk.mode is DeskMode.CALLING:
        return _called(desk.pulse)
    if desk.mode in (DeskMode.SERVING, DeskMode.OPEN):
        return Card(Pair(p.PAPER, p.INK), Pair(p.TINT, p.INK), Pair(p.PAPER, p.GO))
    return Card(CALM, Pair(p.DEEP, p.PAPER), CALM_SECOND)


def pairs(view: View) -> tuple[Pair, ...]:
    """Every pair that the picture of `view` uses."""
    if isinstance(view, CounterView):
        cards = tuple(pair for desk in view.cards for pair in card(desk).pairs)
        return (*cards, FOOTER, FOOTER_SECOND, *((BANNER,) if view.stale else ()))
    return (*_body(view), FOOTER, FOOTER_SECOND, CHIP, NOTICE, *((BANNER,) if view.stale else ()))


def _body(view: BoardView) -> tuple[Pair, ...]:
    if view.mode is not Mode.CALLING or view.hero is None:
        return CALM, CALM_SECOND, HEADING
    rows = tuple(pair for call in view.calls for pair in row(call))
    return (*hero(view.hero, view.pulse).pairs, *rows, HEADING, CALM, CALM_SECOND)


def _called(pulse: int) -> Card:
    return Card(Pair(_softened(pulse), p.INK), Pair(p.INK, p.PAPER), Pair(p.INK, p.CALL))


def _softened(pulse: int) -> Colour:
    share = PALEST * pulse / SOFTEST
    red, green, blue = (round(part + (255 - part) * share) for part in p.CALL)
    return red, green, blue
