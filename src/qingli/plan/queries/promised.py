"""What was promised for a span of days, by heading and by measure, and the very tasks behind each figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args
from uuid import UUID

from django.db.models import F, Q, QuerySet

from qingli.ground.queries import public_unit
from qingli.ground.rules import Asker, require
from qingli.plan.models import Action, Plan, Section, Task
from qingli.plan.queries.access import NotFoundError, task_rows
from qingli.plan.queries.cards import task_card
from qingli.plan.queries.counting import NOTHING, count_by, total
from qingli.plan.queries.shapes import TaskCard, TaskPage
from qingli.plan.queries.tasks import PageKeyError
from qingli.plan.rules.progress import Progress

Outcome = Literal["promised", "done", "on_time", "done_late", "not_done", "open", "late", "not_due"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True)
class Promise:
    """One action with the counts of its tasks promised for the span. `heading_id` is its first-level heading."""

    action_id: UUID
    plan_id: UUID
    plan_title: str
    heading_id: UUID | None
    number: str
    heading: str
    title: str
    measure: str
    topic: str
    counts: Progress


def promised_for(asker: Asker, unit_id: UUID, *, since: date, until: date, today: date) -> tuple[Promise, ...]:
    """What the plans of a unit promised for the days from `since` to before `until`, in the order of the plans.

    A heading that an amendment left as it was is one heading. Four queries at any size.
    """
    _require(asker, unit_id)
    counts = count_by(_tasks(unit_id, since, until), "action_id", today)
    columns = ("id", "plan_id", "plan__title", "section_id", "title", "measure", "topic")
    rows = Action.objects.filter(pk__in=list(counts)).order_by("plan__starts", "plan_id", "order", "id")
    actions = list(rows.values_list(*columns))
    tops = _tops({plan_id for _, plan_id, *_ in actions})
    found = []
    for action, plan_id, plan_title, section, title, measure, topic in actions:
        heading_id, number, heading = tops.get(section, (None, "", ""))
        given = counts[action]
        if given.promised:
            found.append(
                Promise(action, plan_id, plan_title, heading_id, number, heading, title, measure, topic, given)
            )
    return tuple(found)


def promised_tasks(
    asker: Asker,
    unit_id: UUID,
    *,
    since: date,
    until: date,
    today: date,
    outcome: Outcome = "promised",
    actions: Iterable[UUID] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> TaskPage:
    """The very tasks behind a count of `promised_for`, by the day promised. `actions` narrows them to some promises.

    Two queries. Raises PageKeyError for a key that no page gave.
    """
    _require(asker, unit_id)
    wanted = _tasks(unit_id, since, until).filter(outcome_is(outcome, today))
    if actions is not None:
        wanted = wanted.filter(action_id__in=list(actions))
    if after is not None:
        day, last = _key(after)
        wanted = wanted.filter(Q(due__gt=day) | Q(due=day, id__gt=last))
    keys = list(wanted.order_by("due", "id").values_list("due", "id")[: limit + 1])
    shown = [identity for _, identity in keys[:limit]]
    rows = {task.id: task for task in task_rows().filter(pk__in=shown)}
    cards: tuple[TaskCard, ...] = tuple(task_card(rows[one], today, asker) for one in shown)
    return TaskPage(cards, f"{keys[limit - 1][0]}_{shown[-1]}" if len(keys) > limit else None)


def together(lines: Iterable[Promise]) -> Progress:
    """The counts of several promises."""
    return total(line.counts for line in lines) if lines else NOTHING


def outcome_is(outcome: Outcome, today: date) -> Q:
    """The tasks that one of the counts of `rules.progress` counts; `on_time` is done without what was done late."""
    if outcome == "promised":
        return ~Q(state=Task.State.CANCELLED)
    if outcome == "late":
        return Q(state=Task.State.OPEN, due__lt=today)
    if outcome == "not_due":
        return Q(state=Task.State.OPEN, due__gte=today)
    if outcome == "on_time":
        return Q(state=Task.State.DONE, done_on__lte=F("due"))
    if outcome == "done_late":
        return Q(state=Task.State.DONE, done_on__gt=F("due"))
    return Q(state=outcome)


def _require(asker: Asker, unit_id: UUID) -> None:
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "task.read", unit.path)


def _tasks(unit_id: UUID, since: date, until: date) -> QuerySet[Task]:
    return Task.objects.filter(unit_id=unit_id, due__gte=since, due__lt=until)


def _tops(plans: set[UUID]) -> dict[UUID | None, tuple[UUID, str, str]]:
    """The first-level heading of every section. Of a heading that stands in several versions it is the newest row."""
    newest: dict[tuple[UUID, str, str], UUID] = {}
    tops: dict[UUID | None, tuple[UUID, str, str]] = {}
    rows = list(
        Section.objects.filter(plan__in=plans)
        .order_by("version_from", "order")
        .values_list("id", "parent_id", "plan_id", "path", "heading")
    )
    known = {identity: (parent, (plan, path, heading)) for identity, parent, plan, path, heading in rows}
    for identity, _, plan, path, heading in rows:
        newest[plan, path, heading] = identity
    for identity in known:
        top = identity
        while (parent := known[top][0]) in known:
            top = parent
        key = known[top][1]
        tops[identity] = (newest[key], key[1], key[2])
    return tops


def _key(after: str) -> tuple[date, UUID]:
    day, _, last = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(last)
    except ValueError:
        raise PageKeyError from None


def plans_between(asker: Asker, unit_id: UUID, *, since: date, until: date) -> tuple[tuple[UUID, str], ...]:
    """Id and title of the unit's adopted plans whose period meets the span, by their beginning. Two queries."""
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "plan.read", unit.path)
    rows = Plan.objects.filter(unit_id=unit_id, current_number__gt=0, starts__lt=until, ends__gte=since)
    return tuple(rows.order_by("starts", "id").values_list("id", "title"))
