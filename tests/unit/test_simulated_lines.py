"""The simulator against queueing theory, on few arrivals: what must hold of every path holds of these.

The bench `desk` does the same with a million arrivals and holds the waits themselves against Erlang and Kleinrock.
"""

from math import inf

import pytest

from bench.desk_theory import Case, Found, serve
from bench.theory import accumulating, erlang_c

LOADS = (0.56, 0.14)
"""Ordinary and priority: a fifth of 0.7."""


@pytest.fixture(scope="module")
def ruled() -> dict[float, Found]:
    """The same arrivals at one desk under three rules."""
    return {rate: serve(Case(1, 0.7, 0.2, rate), arrivals=2000) for rate in (1.0, 4.0, inf)}


def test_erlang_in_closed_form() -> None:
    assert erlang_c(1, 0.8, 10) == pytest.approx(40)
    assert erlang_c(2, 0.8, 10) == pytest.approx(10 * 0.64 / 0.36)
    assert erlang_c(25, 0.8, 10) == pytest.approx(0.4182, abs=1e-4)


def test_priority_between_first_come_and_strict() -> None:
    plain = erlang_c(1, 0.7, 20)
    assert accumulating(LOADS, 1.0, 20) == pytest.approx((plain, plain))
    assert accumulating(LOADS, inf, 20)[1] == pytest.approx(0.7 * 20 / (1 - 0.14)), "Cobham 1954"


def test_no_rule_makes_work_or_loses_it(ruled: dict[float, Found]) -> None:
    kept = {rate: LOADS[0] * found.waits[0] + LOADS[1] * found.waits[1] for rate, found in ruled.items()}
    assert kept[4.0] == pytest.approx(kept[1.0], rel=0.03)
    assert kept[inf] == pytest.approx(kept[1.0], rel=0.03)


def test_priority_waits_less_the_faster_it_gains(ruled: dict[float, Found]) -> None:
    assert ruled[inf].waits[1] < 0.8 * ruled[4.0].waits[1] < 0.8 * ruled[1.0].waits[1]


def test_as_many_wait_as_little_says(ruled: dict[float, Found]) -> None:
    for found in ruled.values():
        assert found.waiting == pytest.approx(found.little, rel=0.01)
