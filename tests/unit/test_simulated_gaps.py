"""Two halls on the same days: what differs for sure, and what chance explains."""

from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.simulator.answer import Answer, Column, Question
from broker.simulator.comparing import FEWEST, compare
from broker.simulator.what_if import Outlook, SimulatedDay


def days(seed: int, mean_s: float, n: int = 24, visits: int = 80) -> Outlook:
    """Days that differ as a whole, as those of a centre do."""
    chance = Random(seed)
    factors = [chance.uniform(0.5, 1.5) for _ in range(n)]
    waits = [tuple(chance.expovariate(1 / (mean_s * factor)) for _ in range(visits)) for factor in factors]
    return Outlook(tuple(SimulatedDay({"a": own, "k": (0.0, 60.0)}, visits, 0) for own in waits))


def test_the_same_days_do_not_differ() -> None:
    gaps = compare(days(1, 600), days(1, 600), 24, Random(0))
    assert gaps.nine_min.change == 0
    assert not any(gap.sure for gap in (gaps.nine_min, gaps.half_min, gaps.within_15, gaps.stranded))


def test_half_the_wait_is_told_from_chance() -> None:
    gaps = compare(days(1, 600), days(1, 300), 24, Random(0))
    assert gaps.nine_min.sure
    assert gaps.half_min.sure
    assert gaps.nine_min.high is not None
    assert gaps.nine_min.change < gaps.nine_min.high < 0
    assert gaps.within_15.change > 0
    assert {row.queue: row.gap.sure for row in gaps.queues} == {"a": True, "k": False}


def test_other_days_of_the_same_kind_hardly_ever_differ() -> None:
    """An interval of 95 % may fail in 5 of 100 cases: here at most 12 of 100 do."""
    cried = [
        compare(days(seed, 600, 16, 12), days(1000 + seed, 600, 16, 12), 16, Random(seed)).nine_min.sure
        for seed in range(100)
    ]
    assert fmean(cried) <= 0.12


def test_of_a_few_days_nothing_is_said() -> None:
    few = FEWEST - 1
    gap = compare(days(1, 600, few), days(1, 60, few), few, Random(0)).nine_min
    assert (gap.low, gap.high, gap.sure) == (None, None, False)
    assert gap.change < 0


@given(waits=st.lists(st.floats(0, 7200), min_size=1, max_size=60), share=st.sampled_from((0.5, 0.9)))
def test_a_wait_that_a_share_does_not_exceed_is_the_smallest_such(waits: list[float], share: float) -> None:
    hall = Outlook((SimulatedDay({"a": tuple(waits)}, len(waits), 0),) * FEWEST)
    minutes = hall.minutes(share)
    assert sum(wait <= minutes * 60 + 1e-6 for wait in waits) >= share * len(waits) - 1e-6
    assert sum(wait < minutes * 60 - 1e-6 for wait in waits) < share * len(waits)
    gaps = compare(Outlook((SimulatedDay({}, 0, 0),) * FEWEST), hall, FEWEST, Random(0))
    assert (gaps.half_min if share == 0.5 else gaps.nine_min).change == pytest.approx(minutes)


def column(half_min: float, nine_min: float) -> Column:
    return Column(visits=300, mean_min=5, half_min=half_min, nine_min=nine_min, within_15=90, stranded=0)


@pytest.mark.parametrize(
    ("recorded", "as_was", "believable"),
    [
        ((0.1, 15.0), (0.0, 14.0), True),
        ((0.1, 15.0), (0.9, 17.0), True),
        ((0.1, 15.0), (0.1, 17.4), False),
        ((5.0, 15.0), (6.1, 15.0), False),
        ((0.0, 0.0), (0.0, 3.0), False),
        ((0.0, 0.0), (0.5, 0.9), True),
    ],
)
def test_an_answer_says_when_not_to_believe_it(
    recorded: tuple[float, float], as_was: tuple[float, float], believable: bool
) -> None:
    same = compare(days(1, 600, 2), days(1, 600, 2), 2, Random(0))
    answer = Answer(
        question=Question(month="2026-10"),
        recorded_days=2,
        simulated_days=40,
        recorded=column(*recorded),
        as_was=column(*as_was),
        other=column(*as_was),
        gaps=same,
    )
    assert answer.believable is believable
