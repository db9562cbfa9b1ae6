"""Buttons as they really are: they bounce, stick, are pressed together, hammered, or were down before anybody came."""

from itertools import accumulate, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.input.debounce import (
    IGNORED,
    SETTLE_S,
    STUCK_S,
    TRANSITIONS,
    Buttons,
    Contact,
    Edge,
    Freed,
    News,
    Pressed,
    Signal,
    Stuck,
    Together,
    at_rest,
    feel,
    pass_time,
)

REST = at_rest((False,) * 4, 0.0)
gaps = st.lists(st.floats(0.00005, SETTLE_S * 0.9, allow_nan=False), max_size=49)


def play(edges: list[Edge], until: float = 100.0, buttons: Buttons = REST) -> list[News]:
    told: list[News] = []
    for edge in edges:
        buttons, news = feel(buttons, edge)
        told += news
    return told + list(pass_time(buttons, until)[1])


def train(level: int, start: float, gaps: list[float], down: bool = True) -> list[Edge]:
    """Edges that end with the contact `down`, however often it changes its mind before."""
    gaps = gaps if len(gaps) % 2 == 0 else gaps[:-1]
    return [
        Edge(level, down if index % 2 == 0 else not down, start + after)
        for index, after in enumerate(accumulate(gaps, initial=0.0))
    ]


def hold(edges: list[Edge], seconds: float) -> float:
    """When a contact is let go that settled after `edges` and is then held."""
    return edges[-1].at + SETTLE_S + seconds


def test_every_pair_is_decided_on_purpose() -> None:
    assert set(product(Contact, Signal)) == TRANSITIONS.keys() | IGNORED
    assert not TRANSITIONS.keys() & IGNORED


@given(st.integers(1, 4), gaps, gaps, st.floats(0.001, 5.0))
def test_a_bounce_train_is_exactly_one_press(
    level: int, closing: list[float], opening: list[float], held: float
) -> None:
    closes = train(level, 1.0, closing)
    opens = train(level, hold(closes, held), opening, down=False)
    assert play(closes + opens) == [Pressed(level, closes[-1].at)]


@given(st.integers(1, 30), gaps, st.floats(SETTLE_S * 1.1, 2.0))
def test_hammering_is_as_many_presses_as_there_were(presses: int, bounce: list[float], pause: float) -> None:
    edges: list[Edge] = []
    start = 1.0
    for _ in range(presses):
        closes = train(2, start, bounce)
        opens = train(2, hold(closes, 0.02), bounce, down=False)
        edges += closes + opens
        start = opens[-1].at + pause
    assert sum(isinstance(item, Pressed) for item in play(edges, until=1e6)) == presses


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans(), st.floats(0.0001, 0.2)), max_size=60))
def test_whatever_the_wires_do_looking_late_changes_nothing(noise: list[tuple[int, bool, float]]) -> None:
    """A loop that was busy for a second sees the same presses as one that looked at every millisecond."""
    at, edges = 1.0, []
    for level, down, gap in noise:
        at += gap
        edges.append(Edge(level, down, at))
    late = play(edges)
    buttons, eager = REST, []
    for edge in edges:
        for millisecond in range(1, int((edge.at - 1.0) * 1000) + 1, 7):
            moment = 1.0 + millisecond / 1000
            if moment < edge.at:
                buttons, news = pass_time(buttons, moment)
                eager += news
        buttons, news = feel(buttons, edge)
        eager += news
    assert eager + list(pass_time(buttons, 100.0)[1]) == late


@given(st.lists(st.tuples(st.integers(1, 4), st.floats(0.0001, SETTLE_S * 0.95)), min_size=1, max_size=40))
def test_a_contact_that_never_stays_shut_is_never_a_press(blips: list[tuple[int, float]]) -> None:
    edges, at = [], 1.0
    for level, length in blips:
        edges += [Edge(level, True, at), Edge(level, False, at + length)]
        at += length + 0.001
    assert play(edges) == []


def test_a_touch_too_short_does_not_hide_the_press_after_it() -> None:
    edges = [Edge(1, True, 1.0), Edge(1, False, 1.01), Edge(1, True, 1.05), Edge(1, False, 1.5)]
    assert play(edges) == [Pressed(1, 1.05)]


@given(st.lists(st.tuples(st.floats(0.05, 0.5), st.floats(0.0001, SETTLE_S * 0.95)), max_size=10))
def test_a_finger_that_trembles_on_the_button_presses_once(tremble: list[tuple[float, float]]) -> None:
    edges, at = [Edge(3, True, 1.0)], 1.0
    for shut, gap in tremble:
        edges += [Edge(3, False, at + shut), Edge(3, True, at + shut + gap)]
        at += shut + gap
    assert play([*edges, Edge(3, False, at + 0.5)]) == [Pressed(3, 1.0)]


@pytest.mark.parametrize("lag", [0.0, 0.005, 0.029])
def test_two_buttons_together_are_no_vote_for_either(lag: float) -> None:
    edges = [Edge(1, True, 1.0), Edge(4, True, 1.0 + lag), Edge(1, False, 1.3), Edge(4, False, 1.4)]
    assert play(edges) == [Together(), Together()]


def test_a_second_button_is_not_heard_before_the_first_is_let_go() -> None:
    edges = [Edge(1, True, 1.0), Edge(2, True, 1.2), Edge(2, False, 1.4), Edge(1, False, 1.5), Edge(2, True, 2.0)]
    assert play(edges, until=3.0) == [Pressed(1, 1.0), Together(), Pressed(2, 2.0)]


def test_a_button_that_was_down_before_we_came_is_no_press() -> None:
    down = at_rest((True, False, False, False), 0.0)
    edges = [Edge(1, False, 5.0), Edge(1, True, 6.0)]
    assert play(edges, until=7.0, buttons=down) == [Pressed(1, 6.0)]


def test_a_stuck_button_is_reported_once_and_the_others_go_on() -> None:
    edges = [Edge(3, True, 1.0), Edge(1, True, 3600.0), Edge(1, False, 3600.2), Edge(3, False, 3700.0)]
    assert play(edges, until=4000.0) == [Pressed(3, 1.0), Stuck(3), Pressed(1, 3600.0), Freed(3)]


def test_a_button_stuck_from_the_start_gives_no_press_and_recovers() -> None:
    down = at_rest((False, True, False, False), 0.0)
    edges = [Edge(2, False, 500.0), Edge(2, True, 501.0), Edge(2, False, 501.2)]
    assert play(edges, until=600.0, buttons=down) == [Stuck(2), Freed(2), Pressed(2, 501.0)]


def test_leaning_on_a_button_is_one_press_until_it_counts_as_stuck() -> None:
    assert play([Edge(1, True, 1.0)], until=1.0 + STUCK_S - 0.01) == [Pressed(1, 1.0)]
    assert play([Edge(1, True, 1.0)], until=1.0 + STUCK_S) == [Pressed(1, 1.0), Stuck(1)]


def test_an_edge_of_a_button_we_do_not_have_means_nothing() -> None:
    assert play([Edge(5, True, 1.0), Edge(0, True, 2.0), Edge(-1, True, 3.0)]) == []
