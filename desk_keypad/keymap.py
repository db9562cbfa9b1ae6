"""What the keys of a keypad mean: names of keys → roles and digits.

Rules: pure; a key may have a role and be a digit too: it is a digit while one is asked for; NumLock means nothing
(some keypads send it by themselves around every other key).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, NamedTuple


class Role(StrEnum):
    """What a key is for."""

    NEXT = "next"
    RECALL = "recall"
    NO_SHOW = "no_show"
    FINISH = "finish"
    PARK = "park"
    TRANSFER = "transfer"
    PAUSE = "pause"
    UNDO = "undo"
    DOOR = "door"


RoleName = Literal["next", "recall", "no_show", "finish", "park", "transfer", "pause", "undo", "door"]
Meaning = RoleName | Literal["1", "2", "3", "4", "5", "6", "7", "8", "9"]
Names = Mapping[Meaning, tuple[str, ...]]


class Struck(NamedTuple):
    """Key `key` was pressed: what it is for, if anything, and which digit it is, 0 for none."""

    key: str
    role: Role | None = None
    digit: int = 0


USB_KEYPAD: dict[Meaning, tuple[str, ...]] = {
    "next": ("KEY_KPENTER", "KEY_ENTER"),
    "recall": ("KEY_KPPLUS",),
    "no_show": ("KEY_KPMINUS",),
    "finish": ("KEY_KPDOT",),
    "park": ("KEY_KPASTERISK",),
    "transfer": ("KEY_KPSLASH",),
    "pause": ("KEY_KP0",),
    "undo": ("KEY_BACKSPACE", "KEY_KP9"),
    "door": ("KEY_KP7",),
    "1": ("KEY_KP1",),
    "2": ("KEY_KP2",),
    "3": ("KEY_KP3",),
    "4": ("KEY_KP4",),
    "5": ("KEY_KP5",),
    "6": ("KEY_KP6",),
    "7": ("KEY_KP7",),
    "8": ("KEY_KP8",),
    "9": ("KEY_KP9",),
}
"""The numeric keypad that every shop has."""


def meanings(names: Names) -> dict[str, Struck]:
    """Key → what it means. Raises ValueError where one key has two roles, or is two digits."""
    found: dict[str, Struck] = {}
    for meaning, keys in names.items():
        for key in keys:
            before = found.get(key, Struck(key))
            if before.digit if meaning.isdecimal() else before.role:
                raise ValueError(f"{key} has two meanings, one of them {meaning}; give it one")
            digit, role = (int(meaning), before.role) if meaning.isdecimal() else (before.digit, Role(meaning))
            found[key] = Struck(key, role, digit)
    return found
