"""What a terminal says to the person before it, and which presses it keeps: all of them."""

from itertools import product
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from rating_terminal.session import (
    CORRECT_S,
    IGNORED,
    SAY_S,
    TRANSITIONS,
    Armed,
    Arming,
    Chosen,
    Disarmed,
    Event,
    Keep,
    Kept,
    Lost,
    Moment,
    Muddled,
    Say,
    Session,
    State,
    TimeUp,
    deadline,
    lamps,
    say,
    step,
)

VISIT = Arming("A042", 1180.0)
NEXT = Arming("A043", 1400.0)


def at(elapsed: float, pace: float = 1.0) -> Moment:
    return Moment(now=1000.0 + elapsed * pace, elapsed=elapsed, pace=pace)


def after(*events: tuple[float, Event], start: Session = Session()) -> Session:  # noqa: B008  # because it is frozen
    for elapsed, event in events:
        start, effects = step(start, event, at(elapsed))
        for effect in effects:
            start, _ = step(start, Kept(effect.level), at(elapsed))
    return start


def test_every_pair_is_decided_on_purpose() -> None:
    assert set(product(State, get_args(Event))) == TRANSITIONS.keys() | IGNORED
    assert not TRANSITIONS.keys() & IGNORED


def test_lamps_invite_only_while_a_visit_may_be_rated() -> None:
    assert lamps(Session(), 4) == (False,) * 4
    opened = after((0.0, Armed(VISIT)))
    assert (lamps(opened, 4), say(opened)) == ((True,) * 4, Say.ASK)


def test_nothing_thanks_before_the_press_is_on_disk() -> None:
    opened = after((0.0, Armed(VISIT)))
    pressed, effects = step(opened, Chosen(2), at(1.0))
    assert effects == (Keep(2, VISIT, 1),)
    assert (lamps(pressed, 4), say(pressed)) == ((True,) * 4, Say.ASK)
    kept, _ = step(pressed, Kept(2), at(1.0))
    assert (lamps(kept, 4), say(kept)) == ((False, True, False, False), Say.THANKS)


def test_a_press_the_disk_did_not_take_is_no_thanks_and_may_be_repeated() -> None:
    opened = after((0.0, Armed(VISIT)))
    lost, _ = step(opened, Lost(2), at(1.0))
    assert (lamps(lost, 4), say(lost)) == ((True,) * 4, Say.NOT_KEPT)
    _, effects = step(lost, Chosen(2), at(2.0))
    assert effects == (Keep(2, VISIT, 1),)


def test_a_second_press_in_time_corrects_the_first() -> None:
    corrected = after((0.0, Armed(VISIT)), (1.0, Chosen(4)), (2.0, Chosen(1)))
    assert (corrected.level, say(corrected)) == (1, Say.CHANGED)
    assert lamps(corrected, 4) == (True, False, False, False)


def test_corrections_are_numbered_and_one_too_late_is_none_even_before_anybody_looked_at_the_clock() -> None:
    thanked = after((0.0, Armed(VISIT)), (1.0, Chosen(4)), (2.0, Chosen(1)))
    assert step(thanked, Chosen(2), at(2.0 + CORRECT_S - 0.001))[1] == (Keep(2, VISIT, 3),)
    late, effects = step(thanked, Chosen(2), at(2.0 + CORRECT_S))
    assert effects == (Keep(2, VISIT),)
    assert late.state is State.SPENT


def test_later_presses_are_kept_but_change_nothing() -> None:
    spent = after((0.0, Armed(VISIT)), (1.0, Chosen(1)), (1.0 + CORRECT_S, TimeUp()))
    assert spent.state is State.SPENT
    _, effects = step(spent, Chosen(4), at(9.0))
    assert effects == (Keep(4, VISIT),)
    again = after((9.0, Chosen(4)), start=spent)
    assert (say(again), lamps(again, 4)) == (Say.ALREADY, (False,) * 4)


def test_a_press_before_the_service_is_finished_is_kept_and_said_to_be_too_early() -> None:
    _, effects = step(Session(), Chosen(3), at(0.0))
    assert effects == (Keep(3),)
    early = after((0.0, Chosen(3)))
    assert (say(early), lamps(early, 4)) == (Say.NOT_OPEN, (False,) * 4)
    assert say(after((SAY_S, TimeUp()), start=early)) is Say.NOTHING


def test_the_window_ends_by_the_business_clock() -> None:
    opened = after((0.0, Armed(VISIT)))
    assert deadline(opened, at(0.0)) == 180.0
    assert deadline(opened, Moment(now=1000.0, elapsed=0.0, pace=60.0)) == 3.0
    assert after((180.0, TimeUp()), start=opened).state is State.RESTING


def test_the_next_visit_opens_the_terminal_again() -> None:
    assert after((0.0, Armed(VISIT)), (1.0, Chosen(1)), (9.0, Armed(NEXT))).state is State.OPEN


def test_the_same_visit_told_again_does_not_ask_again() -> None:
    thanked = after((0.0, Armed(VISIT)), (1.0, Chosen(1)))
    assert after((2.0, Armed(VISIT)), start=thanked) == thanked


def test_a_restart_after_the_vote_does_not_ask_again() -> None:
    assert after((0.0, Armed(VISIT, voted=True))).state is State.SPENT


def test_a_window_that_is_over_when_we_hear_of_it_stays_closed() -> None:
    assert after((200.0, Armed(VISIT))).state is State.RESTING


def test_two_buttons_at_once_ask_for_one() -> None:
    assert say(after((0.0, Armed(VISIT)), (1.0, Muddled()))) is Say.ONE_PLEASE


events = st.one_of(
    st.builds(Armed, st.sampled_from([VISIT, NEXT]), st.booleans()),
    st.just(Disarmed()),
    st.builds(Chosen, st.integers(1, 4)),
    st.just(Muddled()),
    st.just(TimeUp()),
)


@given(st.lists(st.tuples(st.floats(0.0, 60.0), events), max_size=40), st.booleans())
def test_every_press_is_kept_and_the_terminal_never_waits_for_ever(
    happenings: list[tuple[float, Event]], disk_works: bool
) -> None:
    session, elapsed, pressed, kept = Session(), 0.0, 0, 0
    for gap, event in happenings:
        elapsed += gap
        session, effects = step(session, event, at(elapsed))
        pressed += isinstance(event, Chosen)
        kept += len(effects)
        for effect in effects:
            session, more = step(session, Kept(effect.level) if disk_works else Lost(effect.level), at(elapsed))
            assert more == ()
            assert disk_works or session.state is not State.THANKED
    assert kept == pressed
    for _ in range(5):
        due = deadline(session, at(elapsed))
        if due is None:
            break
        elapsed = max(elapsed, due)
        session, _ = step(session, TimeUp(), at(elapsed))
    assert (session.state, say(session)) == (State.RESTING, Say.NOTHING)
