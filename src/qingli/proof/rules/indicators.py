"""What a figure says: its value, of how many, for which days, what is missing, and whether that is enough to tell.

In the words of those it binds: docs/rules/indicators.md.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from qingli.proof.rules.errors import ProofError

State = Literal["met", "partly", "not-met", "not-enough-data", "to-judge"]
WANTED_SEATS = ("leader", "deputy", "liaison")
"""The seats that somebody must hold in a leading group."""
LONGEST = 366 * 3  # days of a period


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """A figure. `value` is a share (0 to 1) or a number, None where there is nothing to be a share of.

    `numerator` of `n` things counted; `missing` more ought to be there and are not. `period` holds its first day and
    not its last. `enough`: whether `n` suffices to say anything.
    """

    code: str
    value: float | None
    n: int
    numerator: int
    period: tuple[date, date]
    missing: int
    enough: bool
    state: State


def share_figure(
    code: str, numerator: int, n: int, *, period: tuple[date, date], missing: int, min_n: int, at_least: int
) -> IndicatorValue:
    """`numerator` of `n` against a threshold in per cent. Of nothing there is no share."""
    enough = n >= max(min_n, 1)
    state = _state(numerator * 100 >= at_least * n, numerator) if enough else "not-enough-data"
    return IndicatorValue(code, numerator / n if n else None, n, numerator, period, missing, enough, state)


def count_figure(
    code: str, numerator: int, n: int, *, period: tuple[date, date], missing: int, min_n: int, at_least: int
) -> IndicatorValue:
    """A number against a threshold; `n` is of how many it was counted."""
    enough = n >= min_n
    state = _state(numerator >= at_least, numerator) if enough else "not-enough-data"
    return IndicatorValue(code, float(numerator), n, numerator, period, missing, enough, state)


def _state(reached: bool, numerator: int) -> State:
    if reached:
        return "met"
    return "partly" if numerator else "not-met"


def is_complete(*, owned: bool, dated: bool, number: bool, proof: bool) -> bool:
    """Whether a promise says who, when, and either how much or by what proof."""
    return owned and dated and (number or proof)


def half_year(today: date) -> tuple[date, date]:
    """The half-year around a day: its first day, and the first day after it."""
    if today.month <= 6:
        return date(today.year, 1, 1), date(today.year, 7, 1)
    return date(today.year, 7, 1), date(today.year + 1, 1, 1)


def check_period(since: date, until: date) -> None:
    """A period has a first day before its end and is no longer than three years. Raises bad-period."""
    if not 0 < (until - since).days <= LONGEST:
        raise ProofError("bad-period")
