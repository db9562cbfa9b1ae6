"""A thousand waveforms of worn buttons, through debouncing and session: each press is one vote, or refused in words."""

from itertools import accumulate
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.input.debounce import SETTLE_S, STUCK_S, Edge, Pressed, Stuck, Together, at_rest, feel, pass_time
from rating_terminal.session import (
    CORRECT_S,
    Armed,
    Arming,
    Chosen,
    Keep,
    Kept,
    Moment,
    Muddled,
    Say,
    Session,
    TimeUp,
    say,
    step,
)

VISIT = Arming("A042", 1180.0, "2026-11-23T08:00:00.000+07:00")
bounces = st.lists(st.floats(0.00005, SETTLE_S * 0.95), max_size=49)
pauses = st.floats(SETTLE_S * 1.05, 1.5)
GESTURES = ("press", "hammer", "touch", "chord", "stuck", "early", "again")


class Gesture(NamedTuple):
    """What a hand does to buttons whose contacts bounce like `closing` and `opening`."""

    kind: str
    level: int
    other: int
    times: int
    closing: list[float]
    opening: list[float]
    pause: float


gestures = st.builds(
    Gesture,
    kind=st.sampled_from(GESTURES),
    level=st.integers(1, 4),
    other=st.integers(1, 3),
    times=st.integers(2, 20),
    closing=bounces,
    opening=bounces,
    pause=pauses,
)


def contact(level: int, start: float, gaps: list[float], down: bool) -> list[Edge]:
    """Edges that end with the contact `down`, however often it changes its mind before."""
    gaps = gaps if len(gaps) % 2 == 0 else gaps[:-1]
    return [Edge(level, down == (n % 2 == 0), start + after) for n, after in enumerate(accumulate(gaps, initial=0.0))]


def press(gesture: Gesture, start: float, level: int = 0, held: float = 0.1) -> list[Edge]:
    closes = contact(level or gesture.level, start, gesture.closing, down=True)
    return closes + contact(level or gesture.level, closes[-1].at + SETTLE_S + held, gesture.opening, down=False)


def edges_of(gesture: Gesture) -> list[Edge]:
    match gesture.kind:
        case "hammer":
            edges = press(gesture, 1.0)
            for _ in range(gesture.times - 1):
                edges += press(gesture, edges[-1].at + gesture.pause)
            return edges
        case "touch":
            return [Edge(gesture.level, True, 1.0), Edge(gesture.level, False, 1.0 + SETTLE_S * 0.9)]
        case "chord":
            other = (gesture.level - 1 + gesture.other) % 4 + 1
            return sorted(press(gesture, 1.0) + press(gesture, 1.0, other), key=lambda edge: edge.at)
        case "stuck":
            return contact(gesture.level, 1.0, gesture.closing, down=True)
        case "again":
            first = press(gesture, 1.0)
            return first + press(gesture, first[-1].at + CORRECT_S + 1.0)
    return press(gesture, 1.0)


def play(gesture: Gesture) -> tuple[list[Keep], set[Say], list[object]]:
    """What is kept, what is said, and what the buttons told."""
    edges = edges_of(gesture)
    buttons, told, kept, said = at_rest((False,) * 4, 0.0), [], [], set()
    session = Session() if gesture.kind == "early" else step(Session(), Armed(VISIT), Moment(1000.0, 0.0))[0]
    news: list[object] = []
    for edge in edges:
        buttons, more = feel(buttons, edge)
        news += more
    news += pass_time(buttons, edges[-1].at + STUCK_S + 2.0)[1]
    for item in news:
        told.append(item)
        if isinstance(item, Stuck):
            continue
        moment = Moment(1000.0, item.at) if isinstance(item, Pressed) else Moment(1000.0, 1.0)
        session, _ = step(session, TimeUp(), moment)
        session, effects = step(session, Chosen(item.number) if isinstance(item, Pressed) else Muddled(), moment)
        for effect in effects:
            kept.append(effect)
            session, _ = step(session, Kept(effect.level), moment)
        said.add(say(session))
    return kept, said, told


@settings(max_examples=1000)
@given(gestures)
def test_each_press_is_exactly_one_vote_or_the_stated_refusal(gesture: Gesture) -> None:
    kept, said, told = play(gesture)
    level = gesture.level
    match gesture.kind:
        case "press":
            assert (kept, said) == ([Keep(level, VISIT, 1)], {Say.THANKS})
        case "hammer":
            assert kept == [Keep(level, VISIT, n + 1) for n in range(gesture.times)]
            assert said == {Say.THANKS, Say.CHANGED}
        case "touch":
            assert (kept, said) == ([], set())
        case "chord":
            assert (kept, said) == ([], {Say.ONE_PLEASE})
            assert all(isinstance(item, Together) for item in told)
        case "stuck":
            assert kept == [Keep(level, VISIT, 1)]
            assert told[-1] == Stuck(level)
        case "early":
            assert (kept, said) == ([Keep(level)], {Say.NOT_OPEN})
        case "again":
            assert kept == [Keep(level, VISIT, 1), Keep(level, VISIT)]
            assert said == {Say.THANKS, Say.ALREADY}
