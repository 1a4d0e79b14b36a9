"""What one person has before them today."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from qingli.ground.queries import within
from qingli.ground.rules import Asker, reach
from qingli.plan.models import Action, Plan, Question, Task
from qingli.plan.queries.access import TaskRow, mine, task_rows
from qingli.plan.queries.cards import task_card
from qingli.plan.queries.shapes import DraftLine, TaskCard, TodayPage

SHOWN = 60  # more than that on one day is a list, not a day


def today_page(asker: Asker, *, today: date) -> TodayPage:
    """Late, due, open, due tomorrow, waiting, drafts: five queries whatever the number of tasks."""
    tomorrow = today + timedelta(days=1)
    open_ = task_rows().filter(mine(asker), state=Task.State.OPEN)
    pressing = list(open_.filter(act_by__lte=tomorrow).order_by("act_by", "id")[:SHOWN])
    running = list(open_.filter(act_by__gt=tomorrow, opens__lte=today).order_by("act_by", "id")[:SHOWN])
    put_off = [task for task in running if task.due < today]
    waiting = [*put_off, *_handed_over(asker)]
    return TodayPage(
        late=_cards(asker, today, (task for task in pressing if task.due < today and task.act_by <= today)),
        due=_cards(asker, today, (task for task in pressing if task.due >= today and task.act_by == today)),
        open=_cards(asker, today, (task for task in running if task.due >= today)),
        tomorrow=_cards(asker, today, (task for task in pressing if task.act_by == tomorrow)),
        waiting=_cards(asker, today, waiting),
        drafts=_drafts(asker),
    )


def _cards(asker: Asker, today: date, tasks: Iterable[TaskRow]) -> tuple[TaskCard, ...]:
    return tuple(task_card(task, today, asker) for task in tasks)


def _handed_over(asker: Asker) -> list[TaskRow]:
    if asker.person_id is None:
        return []
    rows = task_rows().filter(handed_from_id=asker.person_id, state=Task.State.OPEN)
    return list(rows.order_by("act_by", "id")[:SHOWN])


def _drafts(asker: Asker) -> tuple[DraftLine, ...]:
    """Drafts with open questions or unseen actions, where the asker may review: two queries."""
    mine_to_review = within(reach(asker, "plan.draft"), "unit__path")
    drafts = Q(plan__current_number__lt=F("version")) & ~Q(plan__state=Plan.State.CLOSED)
    asked = Question.objects.filter(mine_to_review, drafts, answer__isnull=True)
    fresh = Q(plan__current_number__lt=F("version_from")) & ~Q(plan__state=Plan.State.CLOSED)
    unseen = Action.objects.filter(mine_to_review, fresh, version_to__isnull=True, review=Action.Review.UNSEEN)
    questions, actions = _by_plan(asked), _by_plan(unseen)
    return tuple(
        DraftLine(plan_id, title, questions.get((plan_id, title), 0), actions.get((plan_id, title), 0))
        for plan_id, title in {**questions, **actions}
    )


def _by_plan(rows: QuerySet[Any]) -> dict[tuple[UUID, str], int]:
    counted = rows.order_by("plan_id").values_list("plan_id", "plan__title").annotate(number=Count("*"))
    return {(plan_id, title): number for plan_id, title, number in counted}
