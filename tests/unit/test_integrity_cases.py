"""Cases stay, ratings stay, and what was left out tells on nobody."""

from hypothesis import given
from hypothesis import strategies as st

from broker.integrity.cases import Note, cases, raised, without
from broker.integrity.weeks import Week

OTHERS = dict.fromkeys("bcdef", Week(served=200, latencies=(1, 8, 18, 7, 0), idle=1, bursts=1))
CHEAT = Week(served=60, latencies=(0, 12, 30, 12, 0))
FIRST = "2026-11-02"


def test_a_flag_opens_a_case():
    seen = raised({FIRST: {"a": CHEAT, **OTHERS}})
    assert [case.id for case in cases(seen, {})] == [f"a.response.{FIRST}"]
    assert seen.left_out == 54


def test_two_flags_of_one_week_leave_it_out_once():
    both = Week(served=60, latencies=(0, 12, 30, 12, 0), bursts=9)
    seen = raised({FIRST: {"a": both, **OTHERS}})
    assert (len(seen.flags), seen.left_out) == (2, 54)


def test_without_a_flag_nothing_is_left_out():
    seen = raised({FIRST: OTHERS})
    assert (seen.flags, seen.left_out) == ((), 0)


def test_notes_stay_with_their_case():
    note = Note(1, "staff:lan", "Trẻ em nghịch nút.")
    seen = raised({FIRST: {"a": CHEAT, **OTHERS}})
    written = cases(seen, {f"a.response.{FIRST}": [note], "b.bursts.x": [note]})
    assert [case.notes for case in written] == [(note,)]


def test_an_empty_year_is_a_year():
    assert cases(raised({}), {}) == []


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_whatever_the_left_out_votes_said_the_rest_is_inside(rated, unsatisfied, left_out, left_unsatisfied):
    unsatisfied, left_out = min(unsatisfied, rated), min(left_out, rated)
    least = max(0, left_out - (rated - unsatisfied))
    left_unsatisfied = min(max(left_unsatisfied, least), unsatisfied, left_out)
    around = without(rated - unsatisfied, rated, left_out)
    rest = rated - left_out
    share = (rated - unsatisfied - (left_out - left_unsatisfied)) / rest if rest else 0.5
    assert around.low - 1e-12 <= share <= around.high + 1e-12


def test_what_was_left_out_but_is_not_published_yet_only_widens_the_interval():
    narrow, wide = without(970, 1000, 10), without(970, 1000, 20)
    assert wide.low < narrow.low < narrow.high < wide.high
