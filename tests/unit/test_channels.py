"""Button and phone side by side: what is told of a month, and what is not."""

from hypothesis import given
from hypothesis import strategies as st

from broker.channels import _finished, tell
from broker.disclosure import FEW, SHOWN_FROM
from tests.hub_core import centre

SITE = centre()


def counts(button: tuple[int, int], phone: tuple[int, int], **more: int) -> dict[tuple[str, int], int]:
    """Satisfied and not, by channel; reasons as `reason_cho_lau=3`."""
    found = {
        ("rating", 1): button[0] + phone[0],
        ("rating", 4): button[1] + phone[1],
        ("rating_channel_phone", 1): phone[0],
        ("rating_channel_phone", 4): phone[1],
    }
    return found | {(f"rating_{name.replace('_', '-').replace('-', '_', 1)}", 0): n for name, n in more.items()}


def test_both_channels_stand_side_by_side_with_numerator_and_denominator():
    told = tell("2026-11", counts((900, 20), (80, 20)), SITE)
    assert (told.button.satisfied, told.button.rated) == (900, 920)
    assert (told.phone.satisfied, told.phone.rated, told.phone.percent) == (80, 100, 80.0)


def test_a_second_vote_stands_with_its_own_channel_and_not_in_the_sum():
    votes = counts((900, 20), (80, 20)) | {("rating_channel_compared", 1): 40}
    assert tell("2026-11", votes, SITE).button.rated == 960
    assert tell("2026-11", votes, SITE).compared == 40


@given(*[st.tuples(st.integers(0, 200), st.integers(0, 40)) for _ in range(2)])
def test_no_channel_is_told_exactly_while_the_other_could_be_worked_out_from_it(button, phone):
    told = tell("2026-11", counts(button, phone), SITE)
    small = any(sum(side) < SHOWN_FROM or side[1] < FEW for side in (button, phone))
    for side in (told.button, told.phone):
        assert (side.satisfied is None) == (side.percent is None) == small
        assert not small or side.rated % 10 == 0


def test_few_reasons_are_fewer_than_five_and_none_reads_the_same():
    few = tell("2026-11", counts((900, 90), (80, 20), explained=40, reason_cho_lau=4), SITE)
    assert {each.n for each in few.reasons} == {None}
    many = tell("2026-11", counts((900, 90), (80, 20), explained=40, reason_cho_lau=7), SITE)
    assert [each.n for each in many.reasons if each.n] == [7]


def test_a_month_is_told_when_it_is_over_and_its_last_week_too():
    assert _finished("2026-01-01", "2026-12-31", "2026-03-06") == [("2026-01-01", "2026-01-31")]
    assert _finished("2026-01-01", "2026-12-31", "2026-03-07")[-1] == ("2026-02-01", "2026-02-28")
    assert _finished("2026-01-02", "2026-01-31", "2027-01-01") == []
