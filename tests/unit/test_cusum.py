"""The cumulative sum: exact run lengths from the equations of its chain, and what resets it."""

from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import spsolve
from scipy.stats import binom

from broker.statistics.cusum import ALARM, steps, sums

USUAL = 125 / 11_744


def run_length(share: float, group: int, grid: int) -> float:
    """Ratings until the first alarm, on average: the chain on a grid of `grid` steps per satisfied rating, solved."""
    add = steps(USUAL)
    unit = -add.satisfied / grid
    up, alarm = round(add.unsatisfied / unit), ceil(ALARM / unit)
    rows, columns, values = list(range(alarm)), list(range(alarm)), [1.0] * alarm
    chances = binom.pmf(np.arange(min(group, 12) + 1), group, share)
    for state in range(alarm):
        for bad, chance in enumerate(chances):
            after = max(0, state - (group - bad) * grid) + bad * up
            if after < alarm:
                rows.append(state)
                columns.append(after)
                values.append(-float(chance))
    matrix = coo_matrix((values, (rows, columns))).tocsc()
    return group * float(spsolve(matrix, np.ones(alarm))[0])


def test_one_false_alarm_in_11_200_ratings_and_a_doubling_seen_in_665() -> None:
    assert run_length(USUAL, 1, 100) == pytest.approx(11_204, rel=0.001)
    assert run_length(2 * USUAL, 1, 100) == pytest.approx(665.5, rel=0.001)


def test_by_days_it_is_hardly_slower() -> None:
    assert run_length(USUAL, 47, 10) == pytest.approx(10_540, rel=0.005)
    assert run_length(2 * USUAL, 47, 10) == pytest.approx(670, rel=0.005)


def test_the_chain_of_the_test_is_the_one_that_runs() -> None:
    chance = np.random.default_rng(3)
    days = [(int(good), 47) for good in 47 - chance.binomial(47, 2 * USUAL, size=8_000)]
    alarms = sum(total >= ALARM for total in sums(days, USUAL))
    assert 47 * len(days) / alarms == pytest.approx(670, rel=0.1)


def test_after_an_alarm_it_starts_anew() -> None:
    found = sums([(0, 1)] * 12, USUAL)
    assert [total >= ALARM for total in found] == [False] * 5 + [True] + [False] * 5 + [True]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5)), max_size=40))
def test_it_never_falls_below_nothing_and_a_silent_day_changes_nothing(days: list[tuple[int, int]]) -> None:
    groups = [(good, good + bad) for good, bad in days]
    assert all(total >= 0.0 for total in sums(groups, USUAL))
    calm = [total for total in sums([*groups, (0, 0)], USUAL)[-2:] if total < ALARM]
    assert len(set(calm)) <= 1


@pytest.mark.parametrize("usual", [0.0, 0.5, 0.7, -0.1])
def test_what_cannot_double_has_no_chart(usual: float) -> None:
    with pytest.raises(ValueError, match="cannot be doubled"):
        sums([(1, 1)], usual)
