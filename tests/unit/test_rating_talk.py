"""What a touch terminal asks around a vote, and that it leaves people alone."""

from itertools import product
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from rating_terminal.session import Arming, Keep
from rating_terminal.talk import (
    IDLE_S,
    IGNORED,
    TRANSITIONS,
    Answered,
    Event,
    LookBack,
    NextVisit,
    Offer,
    Spoken,
    Stage,
    Talk,
    TimePassed,
    Toggled,
    Voted,
    Went,
    step,
)

OFFER = Offer(("a", "b", "c", "d"), ("q",), frozenset({3, 4}))
VISIT = Arming("A042", 1180.0)


def test_every_pair_is_decided_on_purpose() -> None:
    assert set(product(Stage, get_args(Event))) == TRANSITIONS.keys() | IGNORED
    assert not TRANSITIONS.keys() & IGNORED


def test_who_is_satisfied_or_where_nothing_is_configured_is_asked_nothing() -> None:
    assert step(Talk(), Voted(Keep(1, VISIT, 1)), 0.0, OFFER)[0].stage is Stage.QUIET
    assert step(Talk(), Voted(Keep(4, VISIT, 1)), 0.0, Offer())[0].stage is Stage.QUIET
    only_questions = OFFER._replace(reasons=())
    assert step(Talk(), Voted(Keep(4, VISIT, 1)), 0.0, only_questions)[0].stage is Stage.QUESTIONS


votes = st.integers(1, 4).map(lambda level: Voted(Keep(level, VISIT, 1)))
events = st.one_of(
    votes,
    st.sampled_from([NextVisit(), LookBack(), Went(), TimePassed(), Spoken("en"), Answered("q", yes=True)]),
    st.sampled_from("abcdx").map(Toggled),
)
talks = st.builds(
    lambda level, reasons, ends: [Voted(Keep(level, VISIT, 1)), *map(Toggled, reasons), *ends],
    st.integers(3, 4),
    st.lists(st.sampled_from("abcdx"), min_size=1, unique=True),
    st.lists(st.sampled_from([NextVisit(), Went(), TimePassed()]), min_size=1, max_size=4),
)
"""What hardly ever comes about by chance: reasons for a bad vote, and an end."""
moments = st.one_of(talks, events.map(lambda one: [one]))


@given(st.lists(st.tuples(moments, st.floats(0.0, 60.0)), max_size=30))
def test_at_most_three_known_reasons_are_told_and_once_for_each_vote(script) -> None:
    talk, now, voted, told = Talk(), 0.0, 0, 0
    for moment, pause in script:
        now += pause
        effects = []
        for event in moment:
            talk, done = step(talk, event, now, OFFER)
            effects += done
            voted += isinstance(event, Voted)
        told += len(effects)
        for effect in effects:
            assert effect.reasons or effect.answers
            assert set(effect.reasons) <= set(OFFER.reasons)
            assert len(set(effect.reasons)) == len(effect.reasons) <= 3
            assert effect.vote.level in OFFER.negative
        assert told <= voted
        due = talk.deadline(now)
        assert due is None or due <= now + IDLE_S
