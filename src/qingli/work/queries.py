"""Reads of records, filtered by what the asker may see. Corrected ones come with what took their place."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate

from qingli.ground.queries import below, public_unit
from qingli.ground.rules import Asker, day_of, require, zone
from qingli.plan.queries import NotFoundError, PageKeyError, may_read_records
from qingli.work.models import Record

SHOWN = 200


@dataclass(frozen=True, slots=True)
class RecordCard:
    """A record. `corrects` is the id of the one whose place it took, `corrected` whether another took its own."""

    id: UUID
    unit_id: UUID
    task_id: UUID | None
    task_title: str
    site_id: UUID | None
    site_name: str
    person_id: UUID | None
    person_name: str
    happened_at: datetime
    recorded_at: datetime
    words: str
    quantities: Mapping[str, Any]
    photo_id: UUID | None
    corrects: UUID | None
    corrected: bool
    reason: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of records, newest first; `after` is the key of the next page, None at the end."""

    records: tuple[RecordCard, ...]
    after: str | None


def records_of_task(asker: Asker, task_id: UUID) -> tuple[RecordCard, ...]:
    """Everything recorded of a task, corrections too, oldest first. Two queries."""
    may_read_records(asker, task_id)
    return _cards(_rows().filter(task_id=task_id).order_by("recorded_at", "id"))


def recorded_on(asker: Asker, day: date, *, time_zone: str) -> tuple[RecordCard, ...]:
    """What the asker wrote down of a day, newest first, as it now holds: the list under Today. One query."""
    if asker.person_id is None:
        return ()
    rows = _rows().filter(
        _between(day, day + timedelta(days=1), time_zone), person_id=asker.person_id, correction__isnull=True
    )
    return _cards(rows.order_by("-happened_at", "-id")[:SHOWN])


def records_of_unit(asker: Asker, unit_id: UUID, *, after: str | None = None, limit: int = 50) -> RecordPage:
    """Records of a unit as they now hold, newest first. Two queries. Raises PageKeyError for a key no page gave."""
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "record.read", unit.path)
    return _page(_rows().filter(unit_id=unit_id, correction__isnull=True), after, limit)


def record(asker: Asker, record_id: UUID) -> RecordCard:
    """One record: for whoever wrote it, may read its task, or may read the unit's records."""
    row = _rows().filter(pk=record_id).first()
    if row is None:
        raise NotFoundError
    if row.person_id is None or row.person_id != asker.person_id:
        if row.task_id is not None:
            may_read_records(asker, row.task_id)
        else:
            require(asker, "record.read", row.unit.path)
    return _cards([row])[0]


@dataclass(frozen=True, slots=True)
class RecordSums:
    """Records of a unit between two days, as they now hold: how many of each action, and how many of no task, in the
    unit and below it.

    `examples` holds, of each action that has one, the newest record with words.
    """

    by_action: Mapping[UUID, int]
    outside: int
    examples: Mapping[UUID, RecordCard]


def record_sums(asker: Asker, unit_id: UUID, *, since: date, until: date) -> RecordSums:
    """Records of what was done from `since` to before `until`, days of the unit's own zone. Three queries."""
    rows = _of_unit(asker, unit_id, since, until)
    counted = dict(rows.order_by().values_list("task__action_id").annotate(number=Count("id")))
    newest = Window(RowNumber(), partition_by="task__action_id", order_by=("-happened_at", "-id"))
    told = rows.filter(task__isnull=False).exclude(words="").annotate(place=newest, action_id=F("task__action_id"))
    firsts = list(told.filter(place=1).order_by("-happened_at", "-id"))
    cards = dict(zip((row.action_id for row in firsts), _cards(firsts), strict=True))
    return RecordSums(counted, counted.pop(None, 0), cards)


def records_between(
    asker: Asker,
    unit_id: UUID,
    *,
    since: date,
    until: date,
    actions: Iterable[UUID] | None = None,
    but: Iterable[UUID] = (),
    after: str | None = None,
    limit: int = 50,
) -> RecordPage:
    """The very records behind `record_sums`, newest first: all, those of some `actions`, or all `but` those of some.

    Two queries. Raises PageKeyError for a key no page gave.
    """
    rows = _of_unit(asker, unit_id, since, until).exclude(task__action_id__in=list(but))
    if actions is not None:
        rows = rows.filter(task__action_id__in=list(actions))
    return _page(rows, after, limit)


def _of_unit(asker: Asker, unit_id: UUID, since: date, until: date) -> QuerySet[Record]:
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "record.read", unit.path)
    mine = Q(unit_id=unit_id) | Q(below(unit.path, "unit__path"), task__isnull=True)
    return _rows().filter(mine, _between(since, until, unit.time_zone), correction__isnull=True)


def cells_of_record(record_id: UUID) -> tuple[tuple[UUID, str, date], ...]:
    """For the room above: where a record is counted, and where the one is whose place it took. One query."""
    rows = Record.objects.filter(Q(pk=record_id) | Q(correction=record_id))
    found = rows.values_list("unit_id", "task__action__measure", "happened_at", "unit__time_zone")
    return tuple((unit, measure or "", day_of(moment, name)) for unit, measure, moment, name in found)


def units_with_records() -> frozenset[UUID]:
    """For the room above. One query."""
    return frozenset(Record.objects.order_by().values_list("unit_id", flat=True).distinct())


def count_records(
    unit_id: UUID, time_zone: str, cell: tuple[str, date] | None = None
) -> Mapping[tuple[str, date], int]:
    """For the room above: records of a unit as they now hold, by measure ("" without one) and day. One query."""
    rows = Record.objects.filter(unit_id=unit_id, correction__isnull=True)
    if cell is not None:
        rows = rows.filter(_between(cell[1], cell[1] + timedelta(days=1), time_zone), _measured([cell[0]]))
    day = TruncDate("happened_at", tzinfo=zone(time_zone))
    counts: dict[tuple[str, date], int] = {}
    for measure, on, number in rows.order_by().values_list("task__action__measure", day).annotate(number=Count("id")):
        counts[measure or "", on] = counts.get((measure or "", on), 0) + number
    return counts


def counted_records(
    unit_ids: Collection[UUID],
    *,
    measures: Collection[str],
    since: date,
    until: date,
    time_zone: str,
    after: str | None,
    limit: int,
) -> RecordPage:
    """For the room above: records of some measures from `since` up to and without `until`, newest first. One query."""
    rows = _rows().filter(_between(since, until, time_zone), unit_id__in=unit_ids, correction__isnull=True)
    if measures:
        rows = rows.filter(_measured(measures))
    return _page(rows, after, limit)


def _measured(measures: Collection[str]) -> Q:
    named = Q(task__action__measure__in=measures)
    return named | Q(task__isnull=True) if "" in measures else named


def _between(since: date, until: date, time_zone: str) -> Q:
    start, end = (datetime.combine(day, time(), zone(time_zone)).astimezone(UTC) for day in (since, until))
    return Q(happened_at__gte=start, happened_at__lt=end)


def _page(rows: QuerySet[Record], after: str | None, limit: int) -> RecordPage:
    if after is not None:
        moment, last = _key(after)
        rows = rows.filter(Q(happened_at__lt=moment) | Q(happened_at=moment, id__lt=last))
    found = _cards(rows.order_by("-happened_at", "-id")[: limit + 1])
    shown = found[:limit]
    return RecordPage(shown, f"{shown[-1].happened_at.isoformat()}_{shown[-1].id}" if len(found) > limit else None)


def _rows() -> QuerySet[Record]:
    return Record.objects.select_related("unit", "task", "site", "person", "correction")


def _key(after: str) -> tuple[datetime, UUID]:
    moment, _, last = after.partition("_")
    try:
        return datetime.fromisoformat(moment), UUID(last)
    except ValueError:
        raise PageKeyError from None


def _cards(rows: Iterable[Record]) -> tuple[RecordCard, ...]:
    return tuple(
        RecordCard(
            id=row.id,
            unit_id=row.unit_id,
            task_id=row.task_id,
            task_title=row.task.title if row.task else "",
            site_id=row.site_id,
            site_name=row.site.name if row.site else "",
            person_id=row.person_id,
            person_name=row.person.name if row.person else "",
            happened_at=row.happened_at,
            recorded_at=row.recorded_at,
            words=row.words,
            quantities=row.quantities,
            photo_id=row.photo_id,
            corrects=row.corrects_id,
            corrected=hasattr(row, "correction"),
            reason=row.reason,
        )
        for row in rows
    )
