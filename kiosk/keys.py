"""The physical keys of a kiosk, for people who cannot see its screen. Pure."""

from dataclasses import dataclass
from enum import Enum


class Key(Enum):
    """NEXT and CHOOSE are all one needs; a keypad may also have the others."""

    NEXT = "next"
    CHOOSE = "choose"
    REPEAT = "repeat"
    BACK = "back"


@dataclass(frozen=True)
class KeyPressed:
    """A key went down."""

    key: Key


@dataclass(frozen=True)
class KeysAre:
    """The keypad came (`present`) or went, or cannot be had; `detail` says why."""

    present: bool
    detail: str = ""
