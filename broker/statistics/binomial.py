"""The binomial law, exactly: tails, quantiles, and the interval of Clopper and Pearson [1].

A tail is a regularised incomplete beta function [2], computed by its continued fraction with Lentz's method [3]: the
cost does not grow with n. Rules: pure; shares lie between 0 and 1; no approximation by the normal law anywhere.

[1] C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial,
    Biometrika 26 (1934).
[2] NIST Digital Library of Mathematical Functions, 8.17: P(X >= k) = I_p(k, n - k + 1).
[3] W. H. Press and others, Numerical Recipes, 6.4.
"""

from math import exp, lgamma, log, log1p

from broker.statistics.satisfaction import Interval

_TINY = 1e-300
_PRECISION = 1e-15
_STEPS = 10_000


def at_least(k: int, n: int, share: float) -> float:
    """P(X >= k) of n trials with `share`."""
    if k <= 0:
        return 1.0
    return 0.0 if k > n else beta_share(k, n - k + 1, share)


def at_most(k: int, n: int, share: float) -> float:
    """P(X <= k) of n trials with `share`."""
    if k >= n:
        return 1.0
    return 0.0 if k < 0 else beta_share(n - k, k + 1, 1.0 - share)


def quantile(probability: float, n: int, share: float) -> int:
    """The smallest k with P(X <= k) >= `probability`."""
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        if at_most(middle, n, share) >= probability:
            high = middle
        else:
            low = middle + 1
    return low


def clopper_pearson(k: int, n: int, confidence: float = 0.95) -> Interval:
    """The exact interval of a share of which `k` of `n` were seen: never narrower than it claims."""
    half = (1.0 - confidence) / 2
    low = 0.0 if k == 0 else beta_quantile(half, k, n - k + 1)
    high = 1.0 if k == n else beta_quantile(1.0 - half, k + 1, n - k)
    return Interval(low, high)


def beta_share(a: float, b: float, x: float) -> float:
    """I_x(a, b): the share of the beta law (a, b) below `x`. `a` and `b` above 0."""
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    front = exp(a * log(x) + b * log1p(-x) - (lgamma(a) + lgamma(b) - lgamma(a + b)))
    if x < (a + 1) / (a + b + 2):
        return min(1.0, front * _fraction(a, b, x) / a)
    return max(0.0, 1.0 - front * _fraction(b, a, 1.0 - x) / b)


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Where `beta_share` reaches `probability`, by halving: to twelve decimals."""
    low, high = 0.0, 1.0
    while high - low > 1e-13:
        middle = (low + high) / 2
        if beta_share(a, b, middle) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of I_x(a, b). Raises ArithmeticError if it does not settle."""
    c, d = 1.0, _inverse(1.0 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = _inverse(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            step = c * d
            found *= step
        if abs(step - 1.0) < _PRECISION:
            return found
    raise ArithmeticError(f"I_x({a}, {b}) does not settle at {x}")


def _inverse(value: float) -> float:
    return 1.0 / _away_from_zero(value)


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
