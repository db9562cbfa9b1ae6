"""What a scanner types that calls itself a keyboard: keys to bytes, as a US keyboard has them.

Rules: pure; a key that types no byte (and any key while Alt or Ctrl is down, which is how some scanners send letters
that no keyboard has) is passed over: of a card's code only figures and bars matter.
"""

from appliance.input.codes import code
from appliance.input.events import KeyMoved, Motion

_SHIFTS = frozenset(map(code, ("KEY_LEFTSHIFT", "KEY_RIGHTSHIFT")))
_MUTES = frozenset(map(code, ("KEY_LEFTALT", "KEY_RIGHTALT", "KEY_LEFTCTRL", "KEY_RIGHTCTRL")))
_PAIRS = {
    "KEY_1": "1!", "KEY_2": "2@", "KEY_3": "3#", "KEY_4": "4$", "KEY_5": "5%", "KEY_6": "6^", "KEY_7": "7&",
    "KEY_8": "8*", "KEY_9": "9(", "KEY_0": "0)", "KEY_MINUS": "-_", "KEY_EQUAL": "=+", "KEY_LEFTBRACE": "[{",
    "KEY_RIGHTBRACE": "]}", "KEY_SEMICOLON": ";:", "KEY_APOSTROPHE": "'\"", "KEY_GRAVE": "`~", "KEY_BACKSLASH": "\\|",
    "KEY_COMMA": ",<", "KEY_DOT": ".>", "KEY_SLASH": "/?", "KEY_SPACE": "  ", "KEY_TAB": "\t\t", "KEY_ENTER": "\n\n",
    "KEY_KPENTER": "\n\n", "KEY_KPMINUS": "--", "KEY_KPPLUS": "++", "KEY_KPDOT": "..", "KEY_KPSLASH": "//",
    "KEY_KPASTERISK": "**",
}  # fmt: skip
"""What a key types alone, and with shift."""
_TYPES = {
    **{code(name): pair.encode() for name, pair in _PAIRS.items()},
    **{code(f"KEY_{letter}"): (letter.lower() + letter).encode() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{code(f"KEY_KP{figure}"): (2 * figure).encode() for figure in "0123456789"},
}


class Typist:
    """Follows the keys of one scanner."""

    def __init__(self) -> None:
        self._down: set[int] = set()

    def typed(self, moved: KeyMoved) -> bytes:
        """What this move of a key types, b"" for nothing."""
        if moved.code in _SHIFTS | _MUTES:
            (self._down.discard if moved.motion is Motion.UP else self._down.add)(moved.code)
            return b""
        if moved.motion is Motion.UP or self._down & _MUTES or moved.code not in _TYPES:
            return b""
        shifted = bool(self._down & _SHIFTS)
        return _TYPES[moved.code][shifted : shifted + 1]
