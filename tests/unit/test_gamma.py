"""The gamma distribution against scipy, and what must hold of it everywhere."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.forecast import gamma

special = pytest.importorskip("scipy.special", reason="scipy is the oracle")

shapes = st.floats(0.05, 400)
shares = st.floats(0.001, 0.999)


@given(shapes, st.floats(0, 1000))
def test_a_chance_is_what_scipy_says(shape: float, x: float) -> None:
    assert gamma.probability(shape, x) == pytest.approx(special.gammainc(shape, x), abs=1e-9)


@given(shapes, shares)
def test_a_quantile_is_what_scipy_says(shape: float, p: float) -> None:
    assert gamma.quantile(shape, p) == pytest.approx(special.gammaincinv(shape, p), rel=1e-5, abs=1e-290)


def test_one_call_of_any_length_is_exponential() -> None:
    assert gamma.probability(1.0, 2.0) == pytest.approx(1 - exp(-2.0))


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, float("nan")])
def test_there_is_no_wait_that_is_never_or_always_longer(p: float) -> None:
    with pytest.raises(ValueError, match="share"):
        gamma.quantile(1.0, p)


def test_a_wait_without_a_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        gamma.probability(0.0, 1.0)
