"""Lists of tasks, paged by key, and one task with the passage that it comes from."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Q

from qingli.ground.rules import Asker, Deed
from qingli.plan.models import Action, Plan, Schedule, Task
from qingli.plan.queries.access import (
    NotFoundError,
    TaskRow,
    deeds_with_task,
    mine,
    require_with_task,
    rows_by_id,
    seen,
    task_rows,
)
from qingli.plan.queries.cards import action_card, task_card
from qingli.plan.queries.rows import ActionRow, action_rows, schedule_rows
from qingli.plan.queries.shapes import Source, TaskDetail, TaskPage

Key = tuple[date, UUID]
Status = Literal["open", "late", "done", "not_done", "all"]


@dataclass(frozen=True, slots=True)
class TaskFilters:
    """What a list is narrowed to. `since` and `until` are days by which tasks are due, both included."""

    status: Status = "all"
    plan_id: UUID | None = None
    lineage: UUID | None = None
    site_id: UUID | None = None
    mine: bool = False
    since: date | None = None
    until: date | None = None


class PageKeyError(ValueError):
    """The key of a page is none that a page gave."""

    code = "page-key"


def tasks(
    asker: Asker,
    unit_id: UUID,
    *,
    today: date,
    filters: TaskFilters | None = None,
    after: str | None = None,
    limit: int = 50,
) -> TaskPage:
    """Tasks of a unit: those of its own plans and those to be done in it, by day; late ones by the day promised.

    Each page costs three queries. What the asker may not see in detail is left out.
    """
    filters = filters or TaskFilters()
    field = "due" if filters.status == "late" else "act_by"
    pages = [_page(where, field, after, limit) for where in _scopes(asker, unit_id, filters, today)]
    keys = list(heapq.merge(*pages))
    shown, more = keys[:limit], len(keys) > limit
    rows = rows_by_id([identity for _, identity in shown])
    cards = tuple(task_card(task, today, asker) for task in seen(asker, rows))
    return TaskPage(cards, written_key(shown[-1]) if more else None)


def _scopes(asker: Asker, unit_id: UUID, filters: TaskFilters, today: date) -> Iterator[Q]:
    """Two conditions that share no task, each served by an index: one `OR` over both would sort the whole table."""
    where = _narrowed(asker, filters, today)
    yield Q(unit_id=unit_id) & where
    yield Q(place_id=unit_id) & ~Q(unit_id=unit_id) & where


def _narrowed(asker: Asker, filters: TaskFilters, today: date) -> Q:
    where = Q()
    for name in ("plan_id", "lineage", "site_id"):
        if (value := getattr(filters, name)) is not None:
            where &= Q(**{name: value})
    if filters.status in ("open", "late"):
        where &= Q(state=Task.State.OPEN)
    elif filters.status != "all":
        where &= Q(state=filters.status)
    if filters.status == "late":
        where &= Q(due__lt=today)
    if filters.since:
        where &= Q(act_by__gte=filters.since)
    if filters.until:
        where &= Q(act_by__lte=filters.until)
    return where & mine(asker) if filters.mine else where


def _page(where: Q, field: str, after: str | None, limit: int) -> list[Key]:
    """The keys of a page: without the joins of a card, the database finds them in an index at once."""
    if after is not None:
        day, last = page_key(after)
        # The first condition alone bounds the index range; the second takes out the rows of that day already shown.
        where &= Q(**{f"{field}__gte": day}) & (Q(**{f"{field}__gt": day}) | Q(id__gt=last))
    return list(Task.objects.filter(where).order_by(field, "id").values_list(field, "id")[: limit + 1])


def written_key(key: Key) -> str:
    """The key of a page as it stands in an address."""
    return f"{key[0].isoformat()}_{key[1]}"


def page_key(after: str) -> Key:
    """The day and the id that such a key names. Raises PageKeyError."""
    day, _, last = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(last)
    except ValueError:
        raise PageKeyError from None


def task_for(asker: Asker, task_id: UUID, deed: Deed = "task.read") -> TaskRow:
    """The task with its card's columns. Raises NotFoundError, or the ground's NotAllowedError."""
    task = task_rows().select_related("plan", "unit").filter(pk=task_id).first()
    if task is None:
        raise NotFoundError
    require_with_task(asker, deed, task)
    return task


def task_detail(asker: Asker, task_id: UUID, *, today: date) -> TaskDetail:
    """One task, the words of the plan behind it, and its action. Four queries."""
    row = task_for(asker, task_id)
    (action,) = action_rows(Action.objects.filter(pk=row.action_id))
    return TaskDetail(
        task=task_card(row, today, asker),
        plan_title=row.plan.title,
        unit_name=row.unit.name,
        source=Source(row.plan_id, row.number or "", action.begin, action.end, _passage(row.plan, action)),
        action=action_card(action, schedule_rows(Schedule.objects.filter(action=action.id).order_by("order")), ()),
        may=deeds_with_task(asker, row),
    )


def _passage(plan: Plan, action: ActionRow) -> str:
    """The plan's own words, from the version in which the action's row began."""
    if action.begin is None or action.end is None:
        return ""
    version = plan.versions.filter(number=action.version_from).values_list("text", flat=True).first()
    return (version or "")[action.begin : action.end]


def may_read_records(asker: Asker, task_id: UUID) -> None:
    """For the room above. Raises NotFoundError, or the ground's NotAllowedError."""
    task_for(asker, task_id, "record.read")
