"""Sums of the tallies below a unit, community by community: by month, and by measure. For the house itself.

Whoever shows them sums over at least five communities. Two queries, each of a few rows for a community: far fewer than
`unit_tallies`, whose rows are of a month and a measure at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When

from qingli.ground.queries import below
from qingli.ground.rules.kinds import UnitKind
from qingli.proof.models import Tally
from qingli.proof.queries.access import COMMUNITIES, PARTS

_SUMMED = ("promised", "done", "on_time", "not_done", "open", "records")


@dataclass(frozen=True, slots=True)
class Sums:
    """Tasks promised and what became of them, and records. `late`: open, and the promised day is over."""

    promised: int = 0
    done: int = 0
    on_time: int = 0
    not_done: int = 0
    open: int = 0
    records: int = 0
    late: int = 0

    def __bool__(self) -> bool:
        return bool(self.promised or self.records)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.promised + other.promised,
            self.done + other.done,
            self.on_time + other.on_time,
            self.not_done + other.not_done,
            self.open + other.open,
            self.records + other.records,
            self.late + other.late,
        )


@dataclass(frozen=True, slots=True)
class SumsBelow:
    """By (community, first of a month), and by (community, whether it is the later span, measure)."""

    months: dict[tuple[UUID, date], Sums]
    measures: dict[tuple[UUID, bool, str], Sums]


def sums_below(path: str, *, since: date, turn: date, until: date, today: date) -> SumsBelow:
    """From `since` to before `until`; of the two spans the later begins with `turn`. A community holds its grids."""
    rows = Tally.objects.filter(below(path, "unit__path"), day__gte=since, day__lt=until)
    later = Case(When(day__gte=turn, then=Value(1)), default=Value(0))
    firsts = list(_months(since, until))
    months: dict[tuple[UUID, date], Sums] = {}
    for community, place, sums in _summed(rows, today, _month_of(firsts)):
        in_month = (community, firsts[place])
        months[in_month] = months.get(in_month, Sums()) + sums
    measures: dict[tuple[UUID, bool, str], Sums] = {}
    for community, is_later, measure, sums in _summed(rows, today, later, F("measure")):
        of_measure = (community, bool(is_later), measure)
        measures[of_measure] = measures.get(of_measure, Sums()) + sums
    return SumsBelow(months, measures)


def _months(since: date, until: date) -> Iterator[date]:
    """The first days of the months of a span."""
    first = since.replace(day=1)
    while first < until:
        yield first
        first = (first + timedelta(days=32)).replace(day=1)


def _month_of(firsts: Sequence[date]) -> Case:
    """Which of the months a day lies in; by comparing, which the database does itself."""
    ends = ((place, nxt) for place, nxt in enumerate(firsts[1:]))
    return Case(*(When(day__lt=end, then=Value(place)) for place, end in ends), default=Value(len(firsts) - 1))


def _summed(rows: QuerySet[Tally], today: date, *by: Any) -> Iterable[Any]:
    """(community, …by, sums) of units that are communities or parts of them."""
    keys = {f"by_{place}": one for place, one in enumerate(by)}
    sums: dict[str, Any] = {f"sum_{name}": Sum(name) for name in _SUMMED}
    late = Sum("open", filter=Q(day__lt=today), default=0)
    of = ("unit_id", "unit__kind", "unit__parent_id")
    grouped = rows.order_by().annotate(**keys).values_list(*of, *keys).annotate(**sums, late=late)
    for unit_id, kind, parent_id, *found in grouped:
        key, numbers = found[: len(by)], found[len(by) :]
        if UnitKind(kind) in COMMUNITIES:
            yield (unit_id, *key, Sums(*numbers))
        elif UnitKind(kind) in PARTS:
            yield (parent_id, *key, Sums(*numbers))
