"""Which device speaks for which desk: terminals rate one, keypads press one, programs press those they are given.

Rules: pure; a name such as `keypad-q01a` binds by itself, the hub's configuration binds all others and goes first;
who is bound to nothing presses nothing.
"""

from collections.abc import Mapping, Sequence

RATING_PREFIX = "rating-"
KEYPAD_PREFIX = "keypad-"
EVERY_DESK = "*"


class Bindings:
    """`rating` binds a rating device to its desk, `keypads` a keypad or program to its desks, `"*"` meaning all."""

    def __init__(self, rating: Mapping[str, str], keypads: Mapping[str, Sequence[str]]) -> None:
        self._rating = rating
        self._keypads = keypads

    def rated_desk(self, device: str) -> str:
        """The desk that `device` rates, if it is one."""
        return self._rating.get(device, device.removeprefix(RATING_PREFIX))

    def may_press(self, device: str, desk: str) -> bool:
        """Whether `device` may press the keys of `desk`."""
        if device in self._keypads:
            return not {desk, EVERY_DESK}.isdisjoint(self._keypads[device])
        return device == KEYPAD_PREFIX + desk
