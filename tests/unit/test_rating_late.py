"""A press that waited, overtook another or came twice: it belongs to the visit for which it was pressed, or to none."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.wire.parts import Opening
from broker import rating_facts as r
from broker.refusals import Refusal
from tests.hub_core import Hall


def hall_with(visits: int = 1) -> Hall:
    hall = Hall()
    hall.press("q01a", "open")
    for _ in range(visits):
        finish(hall)
    return hall


def finish(hall: Hall) -> None:
    hall.take()
    hall.press("q01a", "next")
    hall.after(60).press("q01a", "finish")


def kind(outcome):
    assert not isinstance(outcome, Refusal)
    return type(outcome[0])


def test_a_press_that_waited_an_hour_votes_for_its_own_visit_not_for_the_one_open_now():
    hall = hall_with()
    opening = hall.opening("q01a")
    hall.after(3600)
    finish(hall)
    (fact,) = hall.rate("q01a", 4, opening=opening())
    arming = next(iter(hall.lobby.armings.values()))
    assert (type(fact), fact.voucher, fact.latency) == (r.Rated, arming.voucher, 2)
    assert fact.hour == hall.lobby.calendar.hour_start(arming.start)
    assert kind(hall.rate("q01a", 1, opening=hall.opening("q01a")())) is r.Rated


def test_a_press_whose_day_is_over_is_late_and_no_orphan():
    hall = hall_with()
    opening = hall.opening("q01a")
    hall.after(86_400)
    assert kind(hall.rate("q01a", 1, opening=opening())) is r.RatingLate


def test_a_terminal_that_heard_nothing_of_the_hub_makes_no_orphans():
    hall = hall_with()
    assert kind(hall.rate("q01a", 4, opening=None)) is r.RatingOrphan
    assert kind(hall.rate("q01a", 4, opening=None, blind=True)) is r.RatingLate
    assert hall.counts().get(("rating", 4)) is None


def test_a_press_after_the_desks_next_visit_was_finished_is_nobodys_vote():
    hall = hall_with()
    opening = hall.opening("q01a")
    hall.after(20)
    finish(hall)  # 80 s later: the terminal had not heard it
    assert kind(hall.rate("q01a", 1, opening=opening(left_ms=180_000 - 81_000))) is r.RatingLate
    assert kind(hall.rate("q01a", 1, opening=opening(left_ms=180_000 - 79_000))) is r.Rated


def test_a_visit_whose_finish_was_taken_back_takes_no_vote():
    hall = hall_with()
    opening = hall.opening("q01a")
    hall.press("q01a", "undo")
    assert hall.lobby.armings == {}
    assert kind(hall.rate("q01a", 1, opening=opening())) is r.RatingLate


presses = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 4)), min_size=1, max_size=5, unique_by=lambda each: each[0]
)


@given(presses, st.data())
def test_in_whatever_order_presses_arrive_the_same_one_counts(said, data):
    """Numbered 1, 2, 3... they are the vote and its corrections, 0 is one too many; some visits are told late."""
    order = data.draw(st.permutations(said))
    hall = hall_with()
    opening = hall.opening("q01a")
    for number, level in order:
        hall.rate("q01a", level, opening=opening(left_ms=170_000 - 1000 * number, press=number))
    counted = [(bucket, n) for (measure, bucket), n in hall.counts().items() if measure == "rating"]
    best = max(said)
    assert counted == ([(best[1], 1)] if best[0] else [])


def test_the_reasons_of_a_vote_count_once_whichever_comes_first():
    for order in itertools.permutations(("vote", "reasons")):
        hall = hall_with()
        opening = hall.opening("q01a")
        for what in order:
            more = {"reasons": ("cho-lau", "khac"), "answers": {"dung-hen": False}} if what == "reasons" else {}
            hall.rate("q01a", 4, opening=opening(), **more)
        assert {key: n for key, n in hall.counts().items() if key[0].startswith("rat")} == {
            ("rating", 4): 1,
            ("rating_explained", 0): 1,
            ("rating_reason_cho-lau", 0): 1,
            ("rating_reason_khac", 0): 1,
            ("rating_answer_dung-hen", 0): 1,
        }


def test_reasons_are_booked_to_their_week_and_name_no_hour():
    hall = hall_with()
    hall.after(86_400 * 2)
    hall.press("q01a", "open")
    finish(hall)
    facts = hall.rate("q01a", 4, opening=hall.opening("q01a")(), reasons=("khac",))
    monday = hall.lobby.calendar.local(facts[1].week)
    assert (monday.weekday(), monday.hour, monday.date().isoformat()) == (0, 0, "2026-11-23")


@pytest.mark.parametrize("more", [{"reasons": ("nothing",)}, {"answers": {"nothing": True}}])
def test_a_reason_that_does_not_exist_is_refused(more):
    hall = hall_with()
    assert isinstance(hall.rate("q01a", 4, opening=hall.opening("q01a")(), **more), Refusal)


def test_an_opening_that_never_was_is_late():
    hall = hall_with()
    never = Opening(until="2026-11-23T08:00:00.000+07:00", left_ms=1)
    assert kind(hall.rate("q01a", 1, opening=never)) is r.RatingLate
