"""Tasks and promises as the room above counts them. For the house itself: whoever shows them has asked before.

Days are days of the unit; a period holds `since` and not `until`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from qingli.plan.models import Action, Plan, Schedule, Task
from qingli.plan.queries.rhythms import rhythm_of
from qingli.plan.queries.tasks import page_key, written_key
from qingli.plan.rules.periods import DAY

STATE = Task.State
HELD = (Plan.State.ADOPTED, Plan.State.PUBLISHED, Plan.State.IN_FORCE, Plan.State.CLOSED)
_ON_TIME = Q(state=STATE.DONE, done_on__lte=F("due"))


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """Tasks promised for one day. promised = done + not_done + open; on_time: the part of done that was in time."""

    promised: int
    done: int
    on_time: int
    not_done: int
    open: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class CountedTask:
    """A task as far as a figure shows it. `on_time` is None while it is open."""

    id: UUID
    title: str
    site_name: str
    due: date
    state: str
    done_on: date | None
    on_time: bool | None


@dataclass(frozen=True, slots=True)
class PromiseFact:
    """A promise of a plan that holds, and what it says: who, when, how much, by what proof."""

    plan_id: UUID
    plan_title: str
    action_id: UUID
    title: str
    measure: str
    owned: bool
    dated: bool
    number: bool
    evidence: bool


def counted_unit(plan_id: UUID) -> UUID | None:
    """Whose plan it is. One query."""
    return Plan.objects.filter(pk=plan_id).values_list("unit_id", flat=True).first()


def cell_of_task(task_id: UUID) -> tuple[UUID, str, date] | None:
    """Where a task is counted: unit, measure, promised day. One query."""
    return Task.objects.filter(pk=task_id).values_list("unit_id", "action__measure", "due").first()


def units_with_tasks() -> frozenset[UUID]:
    """The units whose plans have tasks. One query."""
    return frozenset(Task.objects.order_by().values_list("unit_id", flat=True).distinct())


def count_tasks(unit_id: UUID, cell: tuple[str, date] | None = None) -> Mapping[tuple[str, date], TaskCounts]:
    """Tasks of a unit's plans by measure and promised day: one such cell, or all. One query."""
    rows = Task.objects.filter(unit_id=unit_id)
    if cell is not None:
        # naming every state lets the database use the index of unit, state and day
        rows = rows.filter(action__measure=cell[0], due=cell[1], state__in=STATE.values)
    found = (
        rows.order_by()
        .values_list("action__measure", "due")
        .annotate(
            promised=Count("id", filter=~Q(state=STATE.CANCELLED)),
            done=Count("id", filter=Q(state=STATE.DONE)),
            on_time=Count("id", filter=_ON_TIME),
            not_done=Count("id", filter=Q(state=STATE.NOT_DONE)),
            open=Count("id", filter=Q(state=STATE.OPEN)),
            cancelled=Count("id", filter=Q(state=STATE.CANCELLED)),
        )
    )
    return {(measure, due): TaskCounts(*counts) for measure, due, *counts in found}


def counted_tasks(
    unit_ids: Collection[UUID],
    *,
    measures: Collection[str],
    since: date,
    until: date,
    today: date,
    after: str | None,
    limit: int,
) -> tuple[tuple[CountedTask, ...], str | None]:
    """The tasks promised for a period that were answered, or whose day is over; the key of the next page. One query."""
    answered = Q(state__in=(STATE.DONE, STATE.NOT_DONE)) | Q(state=STATE.OPEN, due__lt=today)
    rows = _of(unit_ids, measures, since, until).filter(answered)
    if after is not None:
        day, last = page_key(after)
        rows = rows.filter(due__gte=day).filter(Q(due__gt=day) | Q(id__gt=last))
    found = _counted(rows.order_by("due", "id"), limit + 1)
    more = len(found) > limit
    return found[:limit], written_key((found[limit - 1].due, found[limit - 1].id)) if more else None


def open_tasks(
    unit_ids: Collection[UUID], *, measures: Collection[str], since: date, until: date, limit: int
) -> tuple[CountedTask, ...]:
    """The first open tasks promised for a period. One query."""
    rows = _of(unit_ids, measures, since, until).filter(state=STATE.OPEN, plan__state=Plan.State.IN_FORCE)
    return _counted(rows.order_by("due", "id"), limit)


def open_tasks_at(
    unit_ids: Collection[UUID], sites: Collection[UUID], *, measures: Collection[str], until: date, limit: int
) -> tuple[CountedTask, ...]:
    """The first open tasks of some measures at some sites, promised for before `until`. One query."""
    rows = _of(unit_ids, measures, date.min, until)
    found = rows.filter(state=STATE.OPEN, site_id__in=list(sites), plan__state=Plan.State.IN_FORCE)
    return _counted(found.order_by("due", "id"), limit)


def sites_done(
    unit_ids: Collection[UUID], *, measures: Collection[str], since: date, until: date
) -> Mapping[UUID, date]:
    """The sites where a task of some measures was done in a period, and the last day of it. Two queries."""
    rows = _done(unit_ids, measures, since, until)
    return dict(rows.order_by().values_list("site_id").annotate(day=Max("done_on")))


def tasks_done_at(
    unit_ids: Collection[UUID], sites: Mapping[UUID, date], *, measures: Collection[str]
) -> Mapping[UUID, UUID]:
    """By which task some sites, as `sites_done` gave them, were done on those days. Two queries."""
    if not sites:
        return {}
    days = set(sites.values())
    rows = _done(unit_ids, measures, min(days), max(days) + DAY).filter(site_id__in=sites, done_on__in=days)
    found = rows.order_by("id").values_list("site_id", "id", "done_on")
    return {site: task for site, task, day in found if site is not None and sites[site] == day}


def _done(unit_ids: Collection[UUID], measures: Collection[str], since: date, until: date) -> QuerySet[Task]:
    """By plan and lineage first, for which there is an index; a lineage may have had another measure."""
    promised = set(
        Action.objects.filter(unit_id__in=unit_ids, measure__in=measures).values_list("plan_id", "lineage").distinct()
    )
    return Task.objects.filter(
        plan_id__in={plan for plan, _ in promised},
        lineage__in={lineage for _, lineage in promised},
        state=STATE.DONE,
        done_on__gte=since,
        done_on__lt=until,
        site__isnull=False,
        action__measure__in=measures,
    )


def promises(unit_ids: Collection[UUID], *, since: date, until: date) -> tuple[PromiseFact, ...]:
    """The promises of the plans that cover any day of a period, by the version that holds. Two queries."""
    plans = Q(plan__state__in=HELD, plan__starts__lt=until, plan__ends__gte=since, unit_id__in=unit_ids)
    number = F("plan__current_number")
    holds = Q(version_from__lte=number) & (Q(version_to__isnull=True) | Q(version_to__gte=number))
    rows = list(
        Action.objects.filter(plans, holds)
        .exclude(review=Action.Review.IGNORED)
        .select_related("plan")
        .order_by("plan__starts", "plan_id", "order", "id")
    )
    dated = _dated(rows)
    return tuple(
        PromiseFact(
            plan_id=row.plan_id,
            plan_title=row.plan.title,
            action_id=row.id,
            title=row.title,
            measure=row.measure,
            owned=bool(row.person_id or row.party_id or row.role or row.owner_words),
            dated=row.id in dated,
            number=row.quantity is not None,
            evidence=bool(row.evidence),
        )
        for row in rows
    )


def _dated(actions: Sequence[Action]) -> frozenset[UUID]:
    """Those of the actions whose times fall on days, without anything left to ask."""
    found = set()
    for row in Schedule.objects.filter(action__in=actions).defer("unit"):
        rhythm = rhythm_of(row)
        if rhythm.on_event or (rhythm.rules and not rhythm.asks):
            found.add(row.action_id)
    return frozenset(found)


def _of(unit_ids: Collection[UUID], measures: Collection[str], since: date, until: date) -> QuerySet[Task]:
    rows = Task.objects.filter(unit_id__in=unit_ids, due__gte=since, due__lt=until)
    return rows.filter(action__measure__in=measures) if measures else rows


def _counted(rows: QuerySet[Task], limit: int) -> tuple[CountedTask, ...]:
    found = rows.values_list("id", "title", "site__name", "due", "state", "done_on")[:limit]
    return tuple(
        CountedTask(
            identity,
            title,
            site or "",
            due,
            state,
            done_on,
            None if state == STATE.OPEN else done_on is not None and done_on <= due,
        )
        for identity, title, site, due, state, done_on in found
    )
