"""From the keypad's state to lamps and words.

Rules: pure; every pattern differs from the others by which lamps are lit, not by blinking and not by colour: the lamps
stand side by side, and all dark means that the box has no power.
"""

from msgspec import UNSET

from appliance.wire.messages import DeskState
from appliance.wire.told import Words
from desk_keypad import words
from desk_keypad.keypad import Keypad, Say, State
from desk_keypad.ports import Face

LAMPS: dict[str, tuple[bool, bool, bool]] = {
    "ready": (True, False, False),
    "wait": (False, True, False),
    "done": (True, True, False),
    "no": (True, False, True),
    "ask": (False, True, True),
    "away": (False, False, True),
}
"""Green, yellow, red. Green is lit while the hub is there and nothing is open, red where nothing was done."""
_SAID = {
    Say.NOBODY: words.NOBODY,
    Say.NO_CHOICE: words.NO_CHOICE,
    Say.CANCELLED: words.CANCELLED,
    Say.CHANGED: words.CHANGED,
    Say.UNKNOWN: words.UNKNOWN,
}


def face(keypad: Keypad, desk: DeskState | None) -> Face:
    """What is shown now."""
    pattern = _pattern(keypad)
    said = _said(keypad, pattern)
    number = desk.number if desk and desk.number is not UNSET else ""
    named = pattern == "ask" and keypad.offer.wishes[0].name
    choices = tuple(f"{n} {wish.name}" for n, wish in enumerate(keypad.offer.wishes, 1)) if named else ()
    return Face(pattern, LAMPS[pattern], {"vi": said.vi, "en": said.en}, number, choices)


def _pattern(keypad: Keypad) -> str:
    match keypad.state, keypad.say:
        case ((State.AWAY | State.UNSURE), _):
            return "away"
        case State.SENT, _:
            return "wait"
        case State.ASKING, _:
            return "ask"
        case _, Say.NOTHING:
            return "ready"
        case _, Say.DONE:
            return "done"
        case _:
            return "no"


def _said(keypad: Keypad, pattern: str) -> Words:
    if pattern == "away":
        return words.UNSURE if keypad.state is State.UNSURE else words.AWAY
    if pattern == "wait":
        return words.WAIT
    if pattern == "ask":
        first = keypad.offer.wishes[0]
        asked, how = words.ASKED[first.action], words.CHOOSE if first.name else words.CONFIRM
        return Words(vi=f"{asked.vi} {how.vi}", en=f"{asked.en} {how.en}")
    if keypad.say is Say.REFUSED and keypad.words is not None:
        return keypad.words
    if keypad.say is Say.DONE and keypad.wish is not None:
        done = words.DONE[keypad.wish.action]
        called = keypad.wish.action in ("next", "take") and keypad.number
        return Words(vi=f"{done.vi[:-1]} {keypad.number}.", en=f"{done.en[:-1]} {keypad.number}.") if called else done
    return _SAID.get(keypad.say, words.READY)
