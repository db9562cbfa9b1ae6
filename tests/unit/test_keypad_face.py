"""What a keypad says of a press is what became of it; whom it calls stands in the words."""

import pytest
from msgspec.structs import replace

from appliance.wire.told import Parked
from desk_keypad import words
from desk_keypad.events import Answered
from desk_keypad.face import face
from desk_keypad.keypad import ASK_S, GIVE_UP_S, SAY_S, Say, State
from tests.unit.test_keypad import ENTER, FREE, MINUS, OPEN, STAR, TICKETS, Fingers


def said(fingers: Fingers) -> str:
    return face(fingers.keypad, fingers.desk).said["en"]


@pytest.mark.parametrize(
    ("key", "number", "words_of_it"),
    [
        (ENTER, "A002", "Called A002."),
        ("KEY_KPPLUS", "A001", words.DONE["recall"].en),
        ("KEY_KPDOT", "", words.DONE["finish"].en),
        (ENTER, "", words.NOBODY.en),
    ],
)
def test_a_press_is_told_with_the_number_of_whom_it_calls(key: str, number: str, words_of_it: str) -> None:
    fingers = Fingers().press(key, every_s=0.1)
    assert said(fingers) == words.WAIT.en
    assert said(fingers.feel(Answered(ok=True, number=number))) == words_of_it
    assert said(fingers.after(SAY_S)) == words.READY.en


def test_a_refusal_without_words_is_not_told_as_done() -> None:
    fingers = Fingers().press("KEY_KPDOT").feel(Answered(ok=False))
    assert (fingers.pattern, said(fingers)) == ("no", words.READY.en)


def test_who_serves_somebody_parks_him_although_others_are_parked() -> None:
    parked = (Parked(ticket=TICKETS[1], number="A002"),)
    assert Fingers(replace(OPEN, parked=parked)).press(STAR).wishes == ["park"]
    assert Fingers(replace(FREE, parked=parked)).press(STAR).wishes == []


def test_time_is_up_in_the_last_moment_and_not_before() -> None:
    waits = Fingers().press(ENTER, every_s=0.0)
    waits.now += GIVE_UP_S
    assert waits.after(0.0).keypad.say is Say.UNKNOWN
    asks = Fingers().press(MINUS, every_s=0.0)
    assert asks.after(ASK_S - 0.5).keypad.state is State.ASKING
    assert asks.after(0.5).keypad.state is State.READY
