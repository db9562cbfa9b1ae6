"""The colours of the house, and how well two of them can be told apart.

Rules: pure; every pair of text and ground in use has a contrast of at least 7 : 1; CALL means "now" and nothing else. A
surface that can be shown in more than one way names roles (`Scheme`), not colours.
"""

from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]

INK: Colour = (0x10, 0x24, 0x3E)
INK_2: Colour = (0x3A, 0x4C, 0x64)
LINE: Colour = (0xD5, 0xDD, 0xE6)
GROUND: Colour = (0xF3, 0xF6, 0xF9)
PAPER: Colour = (0xFF, 0xFF, 0xFF)
TINT: Colour = (0xE6, 0xF0, 0xF7)
TINT_LINE: Colour = (0xBC, 0xD1, 0xE2)
DEEP: Colour = (0x0A, 0x3A, 0x5C)
DEEP_2: Colour = (0x0F, 0x54, 0x80)
ON_DEEP: Colour = (0xD6, 0xE5, 0xF0)
CALL: Colour = (0xFF, 0xC5, 0x3D)
GO: Colour = (0x0F, 0x5A, 0x34)
STOP: Colour = (0x97, 0x1B, 0x14)

NIGHT: Colour = (0x07, 0x1E, 0x30)
NIGHT_LINE: Colour = (0x1D, 0x42, 0x60)
NIGHT_TEXT: Colour = (0xA9, 0xC1, 0xD4)
NIGHT_NUMBER: Colour = (0xFF, 0xD9, 0x7A)


@dataclass(frozen=True)
class Scheme:
    """A colour for every role. `ink`, `ink_2`, `go` stand on `ground`, `paper`, `tint`; each `on_` on its own ground.

    `edge` is how thick the line round a card is, in measures of the design.
    """

    ground: Colour
    paper: Colour
    tint: Colour
    line: Colour
    tint_line: Colour
    ink: Colour
    ink_2: Colour
    head: Colour
    on_head: Colour
    on_head_2: Colour
    under_head: Colour
    main: Colour
    on_main: Colour
    accent: Colour
    go: Colour
    on_go: Colour
    call: Colour
    on_call: Colour
    stop: Colour
    edge: int


_BLACK: Colour = (0x00, 0x00, 0x00)
_BRIGHT: Colour = (0xE4, 0xE4, 0xE4)

DAY = Scheme(
    ground=GROUND, paper=PAPER, tint=TINT, line=LINE, tint_line=TINT_LINE, ink=INK, ink_2=INK_2,
    head=DEEP, on_head=PAPER, on_head_2=ON_DEEP, under_head=DEEP, main=DEEP, on_main=PAPER, accent=DEEP_2,
    go=GO, on_go=PAPER, call=CALL, on_call=INK, stop=STOP, edge=2,
)  # fmt: skip
"""The house by day."""

BLACK = Scheme(
    ground=_BLACK, paper=_BLACK, tint=(0x1A, 0x1A, 0x1A), line=PAPER, tint_line=PAPER, ink=PAPER, ink_2=_BRIGHT,
    head=_BLACK, on_head=PAPER, on_head_2=_BRIGHT, under_head=PAPER, main=PAPER, on_main=_BLACK, accent=PAPER,
    go=(0x86, 0xF5, 0xAC), on_go=_BLACK, call=(0xFF, 0xD6, 0x1F), on_call=_BLACK, stop=(0xFF, 0xB8, 0xAD), edge=4,
)  # fmt: skip
"""Bright on black, for eyes that need it: every pair at least 12 : 1."""


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours by WCAG 2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
