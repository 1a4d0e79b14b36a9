"""Which bills are the year before and which the year after."""

from collections.abc import Sequence
from dataclasses import dataclass

from .bills import Bill

YEAR = 365


@dataclass(frozen=True)
class Windows:
    """Bills before and after a change, and the days that each side was to cover."""

    before: tuple[Bill, ...]
    after: tuple[Bill, ...]
    before_span: tuple[int, int]
    after_span: tuple[int, int]


def windows(bills: Sequence[Bill], change: int, done: int, until: int | None = None) -> Windows:
    """365 days on each side (2.2.1.1), to the nearest bill: a bill is never cut, none is used on both sides.

    Bills between `change` and `done` (the blackout, 1.4.4) belong to neither.
    """
    earlier = [bill for bill in bills if bill.end <= change]
    later = [bill for bill in bills if bill.start >= done and (until is None or bill.end <= until)]
    last = max((bill.end for bill in earlier), default=change)
    first = min((bill.start for bill in later), default=done)
    begin = _nearest([bill.start for bill in earlier], last - YEAR)
    end = _nearest([bill.end for bill in later], first + YEAR)
    return Windows(
        tuple(bill for bill in earlier if bill.start >= begin),
        tuple(bill for bill in later if bill.end <= end),
        (last - YEAR, last),
        (first, first + YEAR),
    )


def latest_change(bills: Sequence[Bill]) -> int | None:
    """The day that leaves one year after it; for those who name no change: the last year against the one before."""
    if not bills:
        return None
    target = bills[-1].end - YEAR
    edges = {bill.start for bill in bills} | {bill.end for bill in bills}
    return _nearest(sorted(edges), target)


def placebo_changes(bills: Sequence[Bill], before: int, most: int = 30) -> list[int]:
    """Days a year apart, backwards from `before`, at which nothing is known to have changed."""
    if not bills:
        return []
    latest = max((bill.end for bill in bills if bill.end <= before), default=0)
    found: list[int] = []
    change = latest - YEAR
    while change - YEAR >= bills[0].start - 15 and len(found) < most:
        edge = _nearest(sorted({bill.start for bill in bills}), change)
        found.append(edge)
        change = edge - YEAR
    return found


def _nearest(edges: Sequence[int], target: int) -> int:
    return min(edges, key=lambda edge: (abs(edge - target), edge), default=target)
