"""A keypad under nervous, wrong and unlucky fingers: one press is one wish, and what matters needs a second key."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.wire.messages import DeskState
from appliance.wire.parts import ActionArgs
from appliance.wire.told import Parked, Words
from desk_keypad import face as faces
from desk_keypad import words
from desk_keypad.events import Answered, DeskTold, HubCame, HubWent, Moment, Send, SendAgain, TimeUp
from desk_keypad.face import LAMPS, face
from desk_keypad.keymap import USB_KEYPAD, meanings
from desk_keypad.keypad import (
    AGAIN_S,
    ASK_S,
    GIVE_UP_S,
    HAMMER_S,
    IGNORED,
    NEXT_AGAIN_S,
    RESEND_S,
    TRANSITIONS,
    Keypad,
    Say,
    State,
    step,
)
from desk_keypad.wishes import Plan, Wish

KEYS = meanings(USB_KEYPAD)
ENTER, MINUS, SLASH, ZERO, STAR, DOOR = (
    "KEY_KPENTER",
    "KEY_KPMINUS",
    "KEY_KPSLASH",
    "KEY_KP0",
    "KEY_KPASTERISK",
    "KEY_KP7",
)
PLAN = Plan(
    transfers=(
        Wish("transfer", ActionArgs(to_queue="f"), "Nộp phí"),
        Wish("transfer", ActionArgs(to_desk="p02"), "Bưu chính"),
    ),
    pauses=(Wish("pause", ActionArgs(reason="Giải lao"), "Giải lao"),),
)
TICKETS = ("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002")
OPEN = DeskState(rev=1, counter="q01", label="Quầy 1", status="open", ticket=TICKETS[0], number="A001")
NEXT_ONE = DeskState(rev=2, counter="q01", label="Quầy 1", status="open", ticket=TICKETS[1], number="A002")
FREE = DeskState(rev=1, counter="q01", label="Quầy 1", status="open")
DANGEROUS = {"no_show", "close", "transfer", "pause", "take"}


class Fingers:
    """A keypad whose hub is there, and all that it asked."""

    def __init__(self, desk: DeskState | None = OPEN) -> None:
        self.keypad, self.desk, self.now = Keypad(), desk, 100.0
        self.done: list[Send | SendAgain] = []
        self.feel(HubCame())

    def feel(self, event: object) -> "Fingers":
        self.keypad, effects = step(self.keypad, event, Moment(self.now, self.desk, PLAN))  # type: ignore[arg-type]
        self.done += effects
        return self

    def press(self, *keys: str, every_s: float = 2.0) -> "Fingers":
        for key in keys:
            self.feel(KEYS[key])
            self.after(every_s)
        return self

    def after(self, seconds: float) -> "Fingers":
        self.now += seconds
        return self.feel(TimeUp())

    @property
    def wishes(self) -> list[str]:
        return [effect.wish.action for effect in self.done if isinstance(effect, Send)]

    @property
    def pattern(self) -> str:
        return face(self.keypad, self.desk).pattern


def test_every_state_and_event_is_decided_on_purpose() -> None:
    events = (type(KEYS[ENTER]), Answered, HubCame, HubWent, DeskTold, TimeUp)
    assert TRANSITIONS.keys() | IGNORED == set(product(State, events))
    assert not TRANSITIONS.keys() & IGNORED


@pytest.mark.parametrize(
    ("key", "action"),
    [(ENTER, "next"), ("KEY_KPPLUS", "recall"), ("KEY_KPDOT", "finish"), (STAR, "park"), ("KEY_BACKSPACE", "undo")],
)
def test_a_harmless_key_is_asked_at_once(key: str, action: str) -> None:
    assert Fingers().press(key).wishes == [action]


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        ((MINUS, MINUS), Wish("no_show")),
        ((DOOR, DOOR), Wish("close")),
        ((SLASH, SLASH), PLAN.transfers[0]),
        ((SLASH, "KEY_KP2"), PLAN.transfers[1]),
        ((ZERO, "KEY_KP1"), PLAN.pauses[0]),
    ],
)
def test_what_matters_is_asked_after_a_second_key(keys: tuple[str, str], asked: Wish) -> None:
    fingers = Fingers().press(keys[0])
    assert (fingers.wishes, fingers.pattern) == ([], "ask")
    assert fingers.press(keys[1]).done[:1] == [Send(asked, TICKETS[0], 0)]


@pytest.mark.parametrize("other", [ENTER, "KEY_KP1", "KEY_KPPLUS", "KEY_BACKSPACE"])
def test_any_other_key_takes_the_question_back_and_does_nothing_else(other: str) -> None:
    fingers = Fingers().press(MINUS, other)
    assert (fingers.wishes, fingers.keypad.state) == ([], State.READY)
    assert fingers.pattern == "no", "green alone is what follows a press that was carried out"


def test_next_counts_again_at_once_after_it_took_a_question_back() -> None:
    assert Fingers().press(MINUS).press(ENTER, ENTER, every_s=AGAIN_S).wishes == ["next"]


def test_a_digit_that_stands_for_nothing_does_nothing() -> None:
    fingers = Fingers().press(SLASH)
    fingers.feel(KEYS["KEY_KP5"])
    assert (fingers.wishes, fingers.pattern) == ([], "no")


def test_a_question_that_nobody_answers_goes_away() -> None:
    fingers = Fingers().press(MINUS).after(ASK_S)
    assert fingers.press(MINUS).wishes == []


@pytest.mark.parametrize("now", [FREE, NEXT_ONE])
def test_a_question_goes_with_the_visit_that_it_was_asked_of(now: DeskState) -> None:
    fingers = Fingers().press(MINUS).feel(DeskTold())
    assert fingers.pattern == "ask"
    fingers.desk = now
    fingers.feel(DeskTold())
    assert (fingers.pattern, fingers.keypad.say) == ("no", Say.CHANGED)
    assert fingers.press(MINUS).wishes == []


def test_a_second_key_speaks_of_the_visit_that_was_there_at_the_first() -> None:
    fingers = Fingers().press(SLASH)
    fingers.desk = NEXT_ONE
    assert fingers.press("KEY_KP2").done[:1] == [Send(PLAN.transfers[1], TICKETS[0], 0)]


def test_a_finger_that_trembles_confirms_nothing() -> None:
    assert Fingers().press(*[MINUS] * 5, every_s=AGAIN_S / 2).wishes == []


def test_hammering_on_next_calls_one_citizen() -> None:
    fingers = Fingers()
    for _ in range(20):
        fingers.press(ENTER, every_s=0.4).feel(Answered(ok=True, number="A002"))
    assert fingers.wishes == ["next"]


@given(st.floats(HAMMER_S + 0.001, 4.0), st.integers(2, 20))
def test_whoever_taps_next_steadily_gets_through(every_s: float, taps: int) -> None:
    fingers = Fingers()
    at: list[float] = []
    for _ in range(taps):
        before = len(fingers.wishes)
        fingers.feel(KEYS[ENTER]).feel(Answered(ok=True, number="A002"))
        at += [fingers.now] * (len(fingers.wishes) - before)
        fingers.after(every_s)
    assert all(NEXT_AGAIN_S - 1e-9 <= second - first < NEXT_AGAIN_S + every_s + 1e-9 for first, second in pairwise(at))
    assert fingers.now - at[-1] < NEXT_AGAIN_S + 2 * every_s


def test_the_same_key_opens_and_closes_pauses_and_goes_on_parks_and_brings_back() -> None:
    closed = DeskState(rev=1, counter="q01", label="Quầy 1", status="closed")
    paused = DeskState(rev=1, counter="q01", label="Quầy 1", status="paused")
    parked = tuple(Parked(ticket=ticket, number=f"A00{n}") for n, ticket in enumerate(TICKETS, 1))
    keeps = DeskState(rev=1, counter="q01", label="Quầy 1", status="open", parked=parked)
    assert Fingers(closed).press(DOOR).wishes == ["open"]
    assert Fingers(None).press(DOOR).wishes == ["open"]
    assert Fingers(paused).press(ZERO).wishes == ["resume"]
    assert Fingers(FREE).press(STAR).wishes == ["park"]
    fingers = Fingers(keeps).press(STAR)
    assert face(fingers.keypad, keeps).choices == ("1 A001", "2 A002")
    assert fingers.press("KEY_KP2").done[:1] == [Send(Wish("take", ActionArgs(ticket=TICKETS[1]), "A002"), "", 0)]


def test_without_the_hub_no_key_begins_anything() -> None:
    fingers = Fingers().feel(HubWent()).press(*USB_KEYPAD["next"], MINUS, MINUS)
    assert (fingers.wishes, fingers.pattern) == ([], "away")
    assert fingers.feel(HubCame()).wishes == []  # and nothing waits for its return


def test_a_press_whose_answer_is_late_is_asked_again_and_then_given_up() -> None:
    fingers = Fingers().press(ENTER, every_s=0.0)
    for _ in range(3):
        fingers.after(RESEND_S)
    assert fingers.done[1:] == [SendAgain()] * 3
    fingers.after(GIVE_UP_S)
    assert (fingers.keypad.state, fingers.keypad.say) == (State.READY, Say.UNKNOWN)


def test_a_press_that_the_hub_died_on_is_asked_again_when_it_is_back_and_no_key_counts_meanwhile() -> None:
    fingers = Fingers().press(ENTER).feel(HubWent())
    before = len(fingers.done)
    fingers.after(600.0).press(ENTER, "KEY_KPDOT")
    assert (len(fingers.done), fingers.pattern) == (before, "away")
    fingers.feel(HubCame())
    assert fingers.done[before:] == [SendAgain()]
    refused = Words(vi="muộn", en="late")
    fingers.feel(Answered(ok=False, words=refused))
    assert (fingers.pattern, face(fingers.keypad, OPEN).said["vi"]) == ("no", "muộn")


def test_an_answer_that_came_a_moment_before_the_hub_was_seen_again_is_still_shown() -> None:
    fingers = Fingers().press(ENTER, every_s=0.0).feel(HubWent()).feel(Answered(ok=True, number="A002"))
    assert fingers.pattern == "away"
    assert fingers.feel(HubCame()).pattern == "done"


def test_nobody_waiting_is_not_shown_as_a_call() -> None:
    assert Fingers().press(ENTER).feel(Answered(ok=True)).pattern == "no"
    assert Fingers().press(ENTER).feel(Answered(ok=True, number="A002")).pattern == "done"


EVENTS = st.one_of(
    st.sampled_from(sorted(KEYS)).map(KEYS.__getitem__),
    st.sampled_from((HubCame(), HubWent(), DeskTold(), TimeUp(), Answered(ok=True, number="A002"), Answered(ok=False))),
)


@given(st.lists(st.tuples(EVENTS, st.floats(0, 8)), max_size=60), st.sampled_from((OPEN, FREE, None)))
def test_whatever_happens_one_press_is_on_its_way_and_nothing_dangerous_goes_by_one_key(events, desk) -> None:
    fingers = Fingers(desk)
    struck: list[tuple[float, str]] = []
    for event, pause in events:
        before, sent = fingers.keypad.state, len(fingers.wishes)
        if type(event) is type(KEYS[ENTER]):
            struck.append((fingers.now, event.key))
        fingers.feel(event)
        if len(fingers.wishes) > sent:
            assert before in (State.READY, State.ASKING)
            if fingers.wishes[-1] in DANGEROUS:
                (first, _), (second, _) = struck[-2:]
                assert before is State.ASKING
                assert struck[-2][1] != struck[-1][1] or second - first >= AGAIN_S
        assert (fingers.keypad.wish is not None) or fingers.keypad.state is not State.SENT
        shown = face(fingers.keypad, desk)
        assert shown.said["vi"]
        assert shown.said["en"]
        fingers.after(pause)


def test_no_two_patterns_are_alike_and_none_is_dark() -> None:
    assert len(set(LAMPS.values())) == len(LAMPS)
    assert all(any(lit) for lit in LAMPS.values())


def test_every_state_and_remark_has_lamps_and_words() -> None:
    seen = set()
    for state, say in product(State, Say):
        wish = Wish("next")
        keypad = Keypad(state, wish=wish, say=say, words=words.AWAY)
        if state is State.ASKING:
            keypad = Fingers().press(MINUS).keypad
        seen.add(face(keypad, OPEN).pattern)
    assert seen == set(LAMPS)
    assert faces.LAMPS["away"] == (False, False, True)
