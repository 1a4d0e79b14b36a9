"""What one person has before them today."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from qingli.ground.queries import within
from qingli.ground.rules import Asker, reach
from qingli.plan.models import Action, Plan, Question, Task
from qingli.plan.queries.access import rows_by_id, ways_to_be_mine
from qingli.plan.queries.cards import task_card
from qingli.plan.queries.shapes import DraftLine, TodayPage

SHOWN = 60  # more than that on one day is a list, not a day


def today_page(asker: Asker, *, today: date) -> TodayPage:
    """Late, due, open, due tomorrow, waiting, drafts: six queries whatever the number of tasks."""
    tomorrow = today + timedelta(days=1)
    ways = ways_to_be_mine(asker)
    pressing = _ids(ways, Q(act_by__lte=tomorrow))
    running = _ids(ways, Q(act_by__gt=tomorrow, opens__lte=today))
    given = _ids([Q(handed_from_id=asker.person_id)] if asker.person_id else [], Q())
    rows = {task.id: task_card(task, today, asker) for task in rows_by_id([*pressing, *running, *given])}
    near, later = [rows[one] for one in pressing], [rows[one] for one in running]
    put_off = [task for task in later if task.due < today]
    return TodayPage(
        late=tuple(task for task in near if task.due < today and task.act_by <= today),
        due=tuple(task for task in near if task.due >= today and task.act_by == today),
        open=tuple(task for task in later if task.due >= today),
        tomorrow=tuple(task for task in near if task.act_by == tomorrow),
        waiting=(*put_off, *(rows[one] for one in given)),
        drafts=_drafts(asker),
    )


def _ids(ways: Sequence[Q], where: Q) -> list[UUID]:
    """The first open ones by day. A union, without the joins of a card: each way is found in its own index."""
    parts = [Task.objects.filter(way, where, state=Task.State.OPEN).values_list("act_by", "id") for way in ways]
    if not parts:
        return []
    whole = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
    return [identity for _, identity in whole.order_by("act_by", "id")[:SHOWN]]


def _drafts(asker: Asker) -> tuple[DraftLine, ...]:
    """Drafts with open questions or unseen actions, where the asker may review: two queries."""
    mine_to_review = within(reach(asker, "plan.draft"), "unit__path")
    locked = Q(plan__state__in=(Plan.State.CLOSED, Plan.State.SUBMITTED))
    drafts = Q(plan__current_number__lt=F("version")) & ~locked
    asked = Question.objects.filter(mine_to_review, drafts, answer__isnull=True)
    fresh = Q(plan__current_number__lt=F("version_from")) & ~locked
    unseen = Action.objects.filter(mine_to_review, fresh, version_to__isnull=True, review=Action.Review.UNSEEN)
    questions, actions = _by_plan(asked), _by_plan(unseen)
    return tuple(DraftLine(*plan, questions.get(plan, 0), actions.get(plan, 0)) for plan in {**questions, **actions})


def _by_plan(rows: QuerySet[Any]) -> dict[tuple[UUID, UUID, str], int]:
    """Numbers of rows by plan, its unit and its title."""
    columns = ("plan_id", "plan__unit_id", "plan__title")
    counted = rows.order_by("plan_id").values_list(*columns).annotate(number=Count("*"))
    return {(plan_id, unit_id, title): number for plan_id, unit_id, title, number in counted}
