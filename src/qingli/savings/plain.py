"""The plain comparison: the same dates of earlier years. No weather, no model, nothing to believe."""

from collections.abc import Sequence

import numpy as np

from .bills import Period
from .model import Plain
from .weather import Floats, day_number, day_of


def same_dates(
    before: Sequence[Period],
    after: Sequence[Period],
    *,
    years: int = 1,
    people: tuple[float | None, float | None] = (None, None),
) -> Plain | None:
    """Use after the change against the mean of the same dates in up to three years before, day by day.

    A bill is spread evenly over its days; a day counts where it is known after and in at least one year before, so a
    missing month is left out on both sides and is never zero. February 29 has no partner and is left out.
    """
    known = [period for period in [*before, *after] if period.use is not None and not period.reason]
    if not known:
        return None
    first, last = min(period.start for period in known), max(period.end for period in known)
    early, late = _rates(before, first, last), _rates(after, first, last)
    old, new, used = [], [], set()
    for index in np.flatnonzero(np.isfinite(late)):
        partners = [(back, _a_year_back(first + int(index), back)) for back in range(1, years + 1)]
        found = [
            (back, early[day - first])
            for back, day in partners
            if day is not None and day >= first and np.isfinite(early[day - first])
        ]
        if found:
            old.append(sum(rate for _, rate in found) / len(found))
            new.append(float(late[index]))
            used |= {back for back, _ in found}
    if not old:
        return None
    return _plain(sum(old), sum(new), len(old), max(used), people)


def _plain(before: float, after: float, days: int, years: int, people: tuple[float | None, float | None]) -> Plain:
    earlier, later = people
    return Plain(
        before=before,
        after=after,
        days=days,
        years=years,
        per_person_before=before / days / earlier if earlier else None,
        per_person_after=after / days / later if later else None,
        people_ratio=later / earlier if earlier and later else 1.0,
    )


def _rates(periods: Sequence[Period], first: int, last: int) -> Floats:
    rates = np.full(last - first, np.nan)
    for period in periods:
        if period.use is not None and not period.reason:
            rates[period.start - first : period.end - first] = period.use / period.days
    return rates


def _a_year_back(day: int, years: int) -> int | None:
    moment = day_of(day)
    try:
        return day_number(moment.replace(year=moment.year - years))
    except ValueError:
        return None
