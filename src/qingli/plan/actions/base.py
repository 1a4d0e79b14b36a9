"""What the deeds of this room share: rows found and locked, refusals, days, and copies of rows for the next version."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from qingli.ground.rules import Asker, Deed, day_of, require
from qingli.lib.ids import new_id
from qingli.plan.models import Action, Plan, PlanVersion, Question, Task
from qingli.plan.queries.access import NotFoundError, TaskRow, require_with_task, task_rows
from qingli.plan.rules.lifecycle import MoveError

T = TypeVar("T")


class RefusedError(Exception):
    """A rule of plans says no: `code` says which, `facts` hold what a sentence about it needs."""

    def __init__(self, code: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.facts = dict(facts or {})


def granted(outcome: T | MoveError) -> T:
    """What a rule allowed. Raises RefusedError with the code of what it did not."""
    if isinstance(outcome, MoveError):
        raise RefusedError(outcome.code, outcome.facts)
    return outcome


def locked_plan(by: Asker, deed: Deed, plan_id: UUID) -> Plan:
    """The plan with its unit, locked until the deed ends: deeds on one plan come one after another."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=plan_id).first()
    if plan is None:
        raise NotFoundError
    require(by, deed, plan.unit.path)
    return plan


def locked_task(by: Asker, deed: Deed, task_id: UUID) -> TaskRow:
    """The task, locked; `unit`, `plan` and the columns of `task_rows` loaded."""
    rows = task_rows().select_for_update(of=("self",)).select_related("unit", "plan")
    task = rows.filter(pk=task_id).first()
    if task is None:
        raise NotFoundError
    require_with_task(by, deed, task)
    return task


def day_in(row: Plan | Task, moment: datetime) -> date:
    """The day that it is in the row's unit at a moment."""
    return day_of(moment, row.unit.time_zone)


def last_number(plan: Plan) -> int:
    """The number of the newest version."""
    return _newest(plan)[0]


def is_sent(plan: Plan) -> bool:
    """Whether the draft or the amendment lies with the office above."""
    number, sent = _newest(plan)
    return number > plan.current_number and sent


def open_number(plan: Plan) -> int:
    """The number of the version that does not hold yet, wherever it lies. Raises no-draft."""
    return _open(plan, last_number(plan))


def draft_number(plan: Plan) -> int:
    """The number of the version under review. Raises no-draft, and not-now while it lies with the office above."""
    number, sent = _newest(plan)
    if plan.state == Plan.State.SUBMITTED or (sent and number > plan.current_number):
        raise RefusedError("not-now", {"state": Plan.State.SUBMITTED})
    return _open(plan, number)


def _open(plan: Plan, number: int) -> int:
    if number == plan.current_number or plan.state == Plan.State.CLOSED:
        raise RefusedError("no-draft")
    return number


def _newest(plan: Plan) -> tuple[int, bool]:
    number, sent_at = PlanVersion.objects.filter(plan=plan).order_by("-number").values_list("number", "sent_at")[0]
    return number, sent_at is not None


def in_version(number: int) -> Q:
    """Rows that hold in a version."""
    return Q(version_from__lte=number) & (Q(version_to__isnull=True) | Q(version_to__gte=number))


def actions_in(plan: Plan, number: int) -> QuerySet[Action]:
    """The actions of a version, in the order of the plan."""
    return Action.objects.filter(in_version(number), plan=plan).order_by("order", "id")


def row_in_draft(action: Action, number: int) -> Action:
    """The row of this lineage that the draft may change: itself, or a copy that holds from this version on.

    What an adopted version says stays as it was; its schedules and open questions are copied along.
    """
    if action.version_from == number:
        return action
    schedules, questions = list(action.schedules.all()), list(action.questions.filter(answer__isnull=True))
    Action.objects.filter(pk=action.pk).update(version_to=number - 1)
    action.pk, action.version_from, action.version_to = new_id(), number, None
    action._state.adding = True
    action.save()
    for schedule in schedules:
        schedule.pk, schedule.action = new_id(), action
        schedule._state.adding = True
        schedule.save()
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(
        action=action, schedule=None, version=number
    )
    return action
