"""What one person has before them today."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from qingli.ground.rules import Asker, reach
from qingli.plan.models import Action, Plan, Question, Task
from qingli.plan.queries.access import mine, task_rows
from qingli.plan.queries.cards import task_card
from qingli.plan.queries.shapes import DraftLine, TaskCard, TodayPage

SHOWN = 100  # more than that on one day is a list, not a day


def today_page(asker: Asker, *, today: date) -> TodayPage:
    """Late, due, open, due tomorrow, waiting: four queries whatever the number of tasks."""
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


def _cards(asker: Asker, today: date, tasks: Iterable[Task]) -> tuple[TaskCard, ...]:
    return tuple(task_card(task, today, asker) for task in tasks)


def _handed_over(asker: Asker) -> list[Task]:
    if asker.person_id is None:
        return []
    rows = task_rows().filter(handed_from_id=asker.person_id, state=Task.State.OPEN)
    return list(rows.order_by("act_by", "id")[:SHOWN])


def _drafts(asker: Asker) -> tuple[DraftLine, ...]:
    """Drafts with open questions or unseen actions, where the asker may review."""
    where = reach(asker, "plan.draft")
    if not where.units:
        return ()
    plans = Plan.objects.filter(unit__path__in=where.units).exclude(state=Plan.State.CLOSED)
    versions: dict[Any, int] = {}
    lines = []
    rows = plans.annotate(last=_last_version()).order_by("made_at")
    drafts = [plan for plan in rows if plan.last is not None and plan.last > plan.current_number]
    versions = {plan.id: plan.last for plan in drafts}
    asked = _counted(Question.objects.filter(plan__in=versions, answer__isnull=True), "version", versions)
    unseen = _counted(
        Action.objects.filter(plan__in=versions, review=Action.Review.UNSEEN, version_to__isnull=True), None, versions
    )
    for plan in drafts:
        line = DraftLine(plan.id, plan.title, asked.get(plan.id, 0), unseen.get(plan.id, 0))
        if line.questions or line.unseen:
            lines.append(line)
    return tuple(lines)
