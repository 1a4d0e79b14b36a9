"""Reads of what is counted, and the recount that it must equal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from qingli.archive.queries import JournalEntry
from qingli.ground.queries import below, public_unit
from qingli.plan import queries as plan
from qingli.proof.models import Tally
from qingli.proof.queries.access import COMMUNITIES, PARTS
from qingli.proof.queries.keeping import faults_of_assessments
from qingli.proof.queries.shapes import UnitTally
from qingli.work import queries as work

COUNTS = ("promised", "done", "on_time", "not_done", "open", "cancelled", "records")


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Where something is counted."""

    unit_id: UUID
    kind: str
    day: date
    measure: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted there."""

    promised: int = 0
    done: int = 0
    on_time: int = 0
    not_done: int = 0
    open: int = 0
    cancelled: int = 0
    records: int = 0

    @property
    def nothing(self) -> bool:
        return not any(getattr(self, name) for name in COUNTS)


@dataclass(frozen=True, slots=True)
class Touched:
    """What an entry of the journal touches: some cells, or a unit as a whole."""

    cells: tuple[Cell, ...] = ()
    unit_id: UUID | None = None


def touched_by(entry: JournalEntry) -> Touched:
    """Which cells may have changed with an entry. Two queries at most."""
    if entry.object_type == "task":
        cell = plan.cell_of_task(entry.object_id)
        return Touched((Cell(cell[0], "due", cell[2], cell[1]),)) if cell else Touched()
    if entry.object_type == "record":
        cells = work.cells_of_record(entry.object_id)
        return Touched(tuple(Cell(unit, "record", day, measure) for unit, measure, day in cells))
    if entry.object_type == "plan":
        # tasks moved from day to day, or were cancelled or closed: the entry does not say which
        return Touched(unit_id=plan.counted_unit(entry.object_id))
    return Touched()


def count_unit(unit_id: UUID) -> Mapping[Cell, Counts]:
    """Everything of a unit, counted from its tasks and records. Three queries."""
    found = {
        Cell(unit_id, "due", day, measure): _of_tasks(counts)
        for (measure, day), counts in plan.count_tasks(unit_id).items()
    }
    records = work.count_records(unit_id, _zone(unit_id))
    return found | {
        Cell(unit_id, "record", day, measure): Counts(records=number) for (measure, day), number in records.items()
    }


def count_cell(cell: Cell) -> Counts:
    """One cell, counted from its tasks or records. Two queries at most."""
    key = (cell.measure, cell.day)
    if cell.kind == "due":
        counts = plan.count_tasks(cell.unit_id, key).get(key)
        return _of_tasks(counts) if counts else Counts()
    return Counts(records=work.count_records(cell.unit_id, _zone(cell.unit_id), key).get(key, 0))


def counting_units() -> frozenset[UUID]:
    """The units that have something to count. Two queries."""
    return plan.units_with_tasks() | work.units_with_records()


def units_without_tallies() -> tuple[UUID, ...]:
    """Units that have something to count of which nothing was ever counted: those of a house from before. Three."""
    known = set(Tally.objects.order_by().values_list("unit_id", flat=True).distinct())
    return tuple(sorted(counting_units() - known))


def faults() -> Iterator[str]:
    """Every tally that differs from a recount of tasks and records, every assessment that is not what was entered.

    For when the worker has caught up with the journal: before that, tallies lag behind.
    """
    yield from faults_of_assessments()
    known = set(Tally.objects.order_by().values_list("unit_id", flat=True).distinct())
    for unit_id in sorted(counting_units() | known):
        right = {cell: counts for cell, counts in count_unit(unit_id).items() if not counts.nothing}
        kept = {cell: counts for cell, counts in stored(unit_id).items() if not counts.nothing}
        for cell in sorted(right.keys() | kept.keys()):
            if right.get(cell) != kept.get(cell):
                yield (
                    f"tally of unit {unit_id}, {cell.kind} {cell.day} {cell.measure or '-'}: "
                    f"kept {_said(kept.get(cell))}, counted {_said(right.get(cell))}"
                )


def stored(unit_id: UUID) -> dict[Cell, Counts]:
    """The rows of a unit. One query."""
    rows = Tally.objects.filter(unit_id=unit_id).values_list("kind", "day", "measure", *COUNTS)
    return {Cell(unit_id, kind, day, measure): Counts(*counts) for kind, day, measure, *counts in rows}


def sums_of(
    unit_ids: tuple[UUID, ...], *, since: date, until: date, today: date
) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Sums over a period by kind and measure; `late` are the open ones whose day is over. One query."""
    rows = Tally.objects.filter(unit_id__in=unit_ids, kind__in=("due", "record"), day__gte=since, day__lt=until)
    sums: dict[str, Any] = {name: Sum(name) for name in COUNTS}
    late = Sum("open", filter=Q(day__lt=today), default=0)
    found = rows.order_by().values_list("kind", "measure").annotate(late=late, **sums)
    return {(kind, measure): dict(zip(("late", *COUNTS), counts, strict=True)) for kind, measure, *counts in found}


def unit_tallies(path: str, *, since: date, until: date, today: date) -> tuple[UnitTally, ...]:
    """For the house: the communities in and below a unit (by its path), each with its grids, by month and measure.

    It says nothing about who may see this: whoever shows it sums over at least five units. Two queries.
    """
    rows = Tally.objects.filter(below(path, "unit__path"), day__gte=since, day__lt=until)
    sums: dict[str, Any] = {name: Sum(name) for name in COUNTS}
    late = Sum("open", filter=Q(day__lt=today), default=0)
    by = ("unit_id", "unit__kind", "unit__parent_id", "measure")
    found: dict[tuple[UUID, date, str], dict[str, int]] = {}
    for row in rows.order_by().values(*by, month=TruncMonth("day")).annotate(late=late, **sums):
        unit_id = row["unit__parent_id"] if row["unit__kind"] in PARTS else row["unit_id"]
        if row["unit__kind"] not in COMMUNITIES | PARTS:
            continue
        kept = found.setdefault((unit_id, row["month"], row["measure"]), dict.fromkeys((*COUNTS, "late"), 0))
        for name in kept:
            kept[name] += row[name]
    names = [field.name for field in fields(UnitTally)][3:]
    return tuple(UnitTally(*key, *(counts[name] for name in names)) for key, counts in sorted(found.items()))


def _of_tasks(counts: plan.TaskCounts) -> Counts:
    return Counts(counts.promised, counts.done, counts.on_time, counts.not_done, counts.open, counts.cancelled)


def _zone(unit_id: UUID) -> str:
    unit = public_unit(unit_id)
    assert unit is not None
    return unit.time_zone


def _said(counts: Counts | None) -> str:
    found = counts or Counts()
    return ", ".join(f"{name} {getattr(found, name)}" for name in COUNTS if getattr(found, name)) or "nothing"
