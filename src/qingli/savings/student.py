"""Quantiles of Student's distribution, exact to the last digits; SciPy would be 100 MB for this one function."""

from functools import lru_cache
from math import exp, lgamma, log


@lru_cache(maxsize=4096)
def two_sided_t(confidence: float, degrees: int) -> float:
    """The t that holds the share `confidence` between −t and t. Infinite with no degree of freedom."""
    if degrees < 1:
        return float("inf")
    if not 0 < confidence < 1:
        raise ValueError("confidence lies between 0 and 1")
    low, high = 0.0, 1.0
    while _outside(high, degrees) > 1 - confidence:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _outside(middle, degrees) > 1 - confidence:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _outside(t: float, degrees: int) -> float:
    """How often |T| is larger."""
    return _beta(degrees / 2, 0.5, degrees / (degrees + t * t), t * t / (degrees + t * t))


def _beta(a: float, b: float, x: float, rest: float) -> float:
    """The regularised incomplete beta function; `rest` is 1 − x without its rounding."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(rest))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, rest) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Its continued fraction, after Lentz."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, 500):
        for up in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + up * d)
            c = _away(1 + up / c)
            result *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return result


def _away(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300
