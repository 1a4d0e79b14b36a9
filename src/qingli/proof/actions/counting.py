"""Counting anew what the journal says has changed. Derived: no deeds, no entries; doing it twice changes nothing."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from qingli.archive.queries import JournalEntry
from qingli.proof.models import Tally
from qingli.proof.queries.tallies import (
    COUNTS,
    Cell,
    Counts,
    count_cell,
    count_unit,
    touched_by,
    units_without_tallies,
)

PAGE = 500


def recount_entry(entry: JournalEntry) -> None:
    """Count anew the cells that an entry touches, or its unit where it does not say which."""
    touched = touched_by(entry)
    if touched.unit_id is not None:
        recount_unit(touched.unit_id)
    recount_cells(touched.cells)


@transaction.atomic
def recount_cells(cells: Iterable[Cell]) -> None:
    """Count some cells anew.

    The row is there and locked before anything is counted: whoever comes second counts what the first one saw and
    whatever was committed since, so that the last to write is never the one who saw less.
    """
    wanted = sorted(set(cells))
    _make(wanted)
    here = Q(pk__in=())
    for cell in wanted:
        here |= Q(unit_id=cell.unit_id, kind=cell.kind, day=cell.day, measure=cell.measure)
    rows = _locked(here)
    _write(rows, {cell: count_cell(cell) for cell in wanted})


@transaction.atomic
def recount_unit(unit_id: UUID) -> None:
    """Count everything of a unit anew. A cell that appears meanwhile has an entry of its own, which comes later."""
    _make(sorted(count_unit(unit_id)))
    rows = _locked(Q(unit_id=unit_id))
    _write(rows, count_unit(unit_id))


def recount_missing() -> int:
    """Count the units of which nothing was ever counted, each by itself; how many there were."""
    units = units_without_tallies()
    for unit_id in units:
        recount_unit(unit_id)
    return len(units)


def _make(cells: Iterable[Cell]) -> None:
    """Rows of zeros for cells that have none, in one order for everybody, or two could wait for each other."""
    rows = [Tally(unit_id=cell.unit_id, kind=cell.kind, day=cell.day, measure=cell.measure) for cell in cells]
    Tally.objects.bulk_create(rows, batch_size=PAGE, ignore_conflicts=True)


def _locked(here: Q) -> list[Tally]:
    return list(Tally.objects.select_for_update().filter(here).order_by("id"))


def _write(rows: Iterable[Tally], counts: Mapping[Cell, Counts]) -> None:
    changed = []
    for row in rows:
        found = counts.get(Cell(row.unit_id, row.kind, row.day, row.measure), Counts())
        if any(getattr(row, name) != getattr(found, name) for name in COUNTS):
            for name in COUNTS:
                setattr(row, name, getattr(found, name))
            changed.append(row)
    Tally.objects.bulk_update(changed, COUNTS, batch_size=PAGE)
