"""How many applications and titles there are below a unit, for the house: whoever shows the former shows sums."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from qingli.ground.queries import below
from qingli.title.models import Application, Title


def applicants_below(path: str, *, year: int) -> Mapping[str, frozenset[UUID]]:
    """The units in and below a path by the state of what they handed in for a year. One query.

    What was never handed in is nobody's business above, and is not told.
    """
    rows = Application.objects.filter(below(path, "unit__path"), cycle__year=year, handed_in__isnull=False)
    found: dict[str, set[UUID]] = {}
    for state, unit_id in rows.order_by().values_list("state", "unit_id").distinct():
        found.setdefault(state, set()).add(unit_id)
    return {state: frozenset(units) for state, units in found.items()}


def titles_below(path: str, years: tuple[int, int], *, today: date) -> tuple[int, int, int]:
    """Titles named in each of two years, and those that hold today, below a path: the register is public. One query."""
    rows = Title.objects.filter(below(path, "unit__path"))
    holds = Q(named_on__lte=today) & (Q(valid_until__isnull=True) | Q(valid_until__gte=today))
    first, second = (Count("id", filter=Q(year=year)) for year in years)
    sums = rows.aggregate(first=first, second=second, holds=Count("id", filter=holds))
    return sums["first"], sums["second"], sums["holds"]
