"""What a hall hears: every call, in order, once; less of each when many wait."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display_board.calls import Called
from display_board.speech import CROWD, MANY, Form, Speech, add, begin, ended, form, is_quiet, tongues


def called(ticket: int, times: int = 1, lang: str = "vi") -> Called:
    return Called(ticket, times, f"t{ticket}", f"A{ticket:03d}", "q01a", "1", "Quầy 1", lang)


def test_a_call_waits_until_the_one_before_is_said() -> None:
    speech, first = begin(add(add(Speech(), called(1)), called(2)))
    assert first == called(1)
    assert begin(speech) == (speech, None)
    assert begin(ended(speech))[1] == called(2)


def test_a_recall_of_a_ticket_that_still_waits_is_said_once_and_keeps_its_place() -> None:
    speech = add(add(add(Speech(), called(1)), called(2)), called(1, times=2))
    assert speech.waiting == (called(1, times=2), called(2))


def test_a_recall_of_what_is_being_said_is_said_again() -> None:
    speech, _ = begin(add(Speech(), called(1)))
    assert add(speech, called(1, times=2)).waiting == (called(1, times=2),)


@given(st.lists(st.one_of(st.integers(1, 30), st.none())))
def test_nothing_is_lost_nothing_overlaps_and_the_order_stays(steps: list[int | None]) -> None:
    """A number is a call, None the end of a sentence."""
    speech, said, wanted = Speech(), [], []
    for times, step in enumerate(steps, start=1):
        if step is None:
            speech = ended(speech)
        else:
            speech = add(speech, called(step, times))
            wanted.append(step)
        before = speech.speaking
        speech, now = begin(speech)
        assert now is None or before is None
        said += [now] if now else []
    while speech.waiting or speech.speaking:
        speech, now = begin(ended(speech))
        said += [now] if now else []
    assert {call.seq for call in said} == set(wanted)
    last = {step: times for times, step in enumerate(steps, start=1) if step is not None}
    assert {call.seq: call.times for call in said} == last, "the newest of each was said, and said last"


def test_when_many_wait_less_is_said_of_each_but_all_are_called() -> None:
    speech = Speech()
    for ticket in range(CROWD + 2):
        speech = add(speech, called(ticket))
    forms = []
    while speech.waiting:
        speech, _ = begin(ended(speech))
        forms.append(form(speech))
    assert forms == [Form.BARE, Form.BARE] + [Form.BRIEF] * (CROWD - MANY) + [Form.FULL] * MANY


@pytest.mark.parametrize(
    ("own", "said", "spoken"),
    [
        ("vi", Form.FULL, ("vi", "en")),
        ("en", Form.FULL, ("en", "vi")),
        ("km", Form.FULL, ("km", "vi", "en")),
        ("km", Form.BRIEF, ("km",)),
        ("en", Form.BARE, ("en",)),
    ],
)
def test_the_citizens_language_comes_first(own: str, said: Form, spoken: tuple[str, ...]) -> None:
    assert tongues(called(1, lang=own), ("vi", "en"), said) == spoken


@pytest.mark.parametrize(("hour", "quiet"), [(11, False), (12, True), (13, False), (23, True), (3, True), (5, False)])
def test_quiet_hours_end_at_their_end_and_may_pass_midnight(hour: int, quiet: bool) -> None:
    hours = ((time(12), time(13)), (time(22), time(5)))
    assert is_quiet(hours, datetime(2026, 11, 23, hour, tzinfo=UTC)) is quiet
