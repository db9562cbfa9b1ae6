"""The gamma distribution: its probabilities and its quantiles, with nothing but `math`.

Rules: pure. Probabilities by series and continued fraction (Numerical Recipes, 3rd ed., 6.2), right to 12 digits;
quantiles by bisection on the logarithm, right to six digits, and remembered, since few shapes occur.
"""

from functools import lru_cache
from math import exp, lgamma, log

_TINY = 1e-300
_ENOUGH = 1e-13
_STEPS = 500


def probability(shape: float, x: float) -> float:
    """P(X <= x) for a gamma variable of scale 1. Raises ValueError unless `shape` is above 0."""
    if shape <= 0:
        raise ValueError(f"a gamma variable has a shape above 0, not {shape}")
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        return min(1.0, front * _series(shape, x))
    return max(0.0, 1.0 - front * _fraction(shape, x))


@lru_cache(maxsize=4096)
def quantile(shape: float, p: float) -> float:
    """The x with P(X <= x) = p, 0 < p < 1, for scale 1. Raises ValueError for any other p or shape."""
    if not 0 < p < 1:
        raise ValueError(f"a quantile is asked for a share between 0 and 1, not {p}")
    low, high = -700.0, log(shape + 40.0 * (1.0 + shape**0.5))
    while high - low > 1e-6:
        middle = (low + high) / 2
        if probability(shape, exp(middle)) < p:
            low = middle
        else:
            high = middle
    return exp(high)


def _series(shape: float, x: float) -> float:
    term = total = 1.0 / shape
    for n in range(1, _STEPS):
        term *= x / (shape + n)
        total += term
        if term < total * _ENOUGH:
            break
    return total


def _fraction(shape: float, x: float) -> float:
    """The continued fraction of the upper tail, by Lentz's method."""
    b = x + 1.0 - shape
    c, d = 1.0 / _TINY, 1.0 / b
    value = d
    for n in range(1, _STEPS):
        a = -n * (n - shape)
        b += 2.0
        d = 1.0 / _not_zero(a * d + b)
        c = _not_zero(b + a / c)
        value *= d * c
        if abs(d * c - 1.0) < _ENOUGH:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
