"""Tasks: made from what the plan promises, never twice; done, put off, handed over, not done."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.rules import SYSTEM, Asker
from qingli.lib.ids import derived
from qingli.plan.actions.answers import owner_fields
from qingli.plan.actions.base import RefusedError, day_in, granted, locked_plan, locked_task
from qingli.plan.actions.making import apply_change, change_of, owner_word
from qingli.plan.models import Plan, Task
from qingli.plan.queries.access import TaskRow, is_mine
from qingli.plan.queries.jobs import plans_to_make
from qingli.plan.rules.lifecycle import TaskMoveFacts, move_task


@deed("plan.tasks-made")
def make_tasks(*, plan_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Make, move and cancel tasks until they are those that the plan in force promises. Gives the plan.

    It can be run at any time and any number of times: a task is known by its lineage, its turn and its site, the
    database keeps it unique, and what was answered is never touched.
    """
    plan = locked_plan(by, "plan.draft", plan_id)
    if plan.state != Plan.State.IN_FORCE:
        raise RefusedError("plan-not-in-force", {"state": plan.state})
    today = day_in(plan, recorded_at)
    change = change_of(plan, today)
    apply_change(plan, change, today, recorded_at)
    counts = {"made": len(change.create), "moved": len(change.move), "cancelled": len(change.cancel)}
    return Act("plan", plan.id, plan.unit.path, counts)


def make_tasks_ahead(*, recorded_at: datetime, key: UUID) -> int:
    """For the worker, daily: `make_tasks` for every plan in force that wants any; how many wanted. Each by itself."""
    wanting = 0
    for plan_id in plans_to_make():
        plan = Plan.objects.select_related("unit").get(pk=plan_id)
        if change_of(plan, day_in(plan, recorded_at)).empty:
            continue
        wanting += 1
        make_tasks(
            plan_id=plan_id,
            by=SYSTEM,
            happened_at=recorded_at,
            recorded_at=recorded_at,
            key=derived(key, f"tasks of {plan_id}"),
        )
    return wanting


@deed("task.assigned")
def assign_task(
    *,
    task_id: UUID,
    person_id: UUID | None = None,
    role: str = "",
    role_unit_id: UUID | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Give the task to a person, or to whoever holds a role. Gives the task. An amendment leaves it there."""
    task = locked_task(by, "task.assign", task_id)
    _must_be_open(task)
    fields = owner_fields({"person_id": person_id, "role": role, "role_unit_id": role_unit_id})
    if role and not role_unit_id:
        fields["role_unit_id"] = task.place_id
    before = owner_word(task)
    for name, value in fields.items():
        setattr(task, name, value)
    task.assigned = True
    task.save(update_fields=[*fields, "assigned"])
    return _act(task, {"before": before, "after": owner_word(task)})


@deed("task.handed-over")
def hand_over_task(
    *,
    task_id: UUID,
    person_id: UUID,
    reason: str = "",
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Somebody else does it. Whoever gave it away keeps it in sight until it is done. Gives the task."""
    task = locked_task(by, "task.hand_over", task_id)
    before = owner_word(task)
    facts = _facts(task, recorded_at, owner=before, new_owner=f"person:{person_id}")
    granted(move_task(task.state, "hand-over", facts))  # type: ignore[arg-type]  # the states are the rules' own
    task.handed_from_id = by.person_id if is_mine(by, task) else task.person_id
    task.person_id, task.role, task.role_unit_id, task.party_id = person_id, "", None, None
    task.assigned, task.reason = True, reason.strip()
    task.save(update_fields=["handed_from", "person", "role", "role_unit", "party", "assigned", "reason"])
    return _act(task, {"before": before, "after": owner_word(task), "reason": task.reason})


@deed("task.put-off")
def put_off_task(
    *,
    task_id: UUID,
    new_due: date,
    reason: str,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A later day, with its reason. What was promised stays promised: after it the task is late, with both beside it.

    Gives the task. Raises no-reason, bad-days for a day that is over or not later than the promised one.
    """
    task = locked_task(by, "task.reschedule", task_id)
    _must_be_open(task)
    if not reason.strip():
        raise RefusedError("no-reason")
    if new_due <= task.due or new_due < day_in(task, recorded_at):
        raise RefusedError("bad-days")
    task.new_due, task.reason = new_due, reason.strip()
    task.save(update_fields=["new_due", "reason"])
    return _act(task, {"due": str(task.due), "new_due": str(new_due), "reason": task.reason})


@deed("task.not-done")
def mark_not_done(
    *, task_id: UUID, reason: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """It will not be done, and why. Gives the task. Raises no-reason."""
    task = locked_task(by, "task.do", task_id)
    _answer(task, "leave-undone", _facts(task, recorded_at, reason=reason))
    task.reason = reason.strip()
    task.save(update_fields=["state", "reason"])
    return _act(task, {"reason": task.reason})


@deed("task.done")
def finish_task(*, task_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """It was done on the day of `happened_at`; `work.actions.record_work` calls this with the record. Gives it."""
    task = locked_task(by, "task.do", task_id)
    done_on = day_in(task, happened_at)
    _answer(task, "do", _facts(task, recorded_at, happened_on=done_on))
    task.done_on = done_on
    task.save(update_fields=["state", "done_on"])
    return _act(task, {"done_on": str(done_on)})


@deed("task.corrected")
def correct_task(
    *, task_id: UUID, reason: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """It was done, on another day than was said: that of `happened_at`. Gives the task. Raises no-reason."""
    task = locked_task(by, "record.correct", task_id)
    before, done_on = task.done_on, day_in(task, happened_at)
    _answer(task, "correct", _facts(task, recorded_at, happened_on=done_on, reason=reason))
    task.done_on = done_on
    task.save(update_fields=["done_on"])
    return _act(task, {"before": str(before), "done_on": str(done_on), "reason": reason})


@deed("task.reopened")
def reopen_task(
    *, task_id: UUID, reason: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """What was said to be done, or not to be done, is to be done after all. Gives the task. Raises no-reason."""
    task = locked_task(by, "task.do", task_id)
    before = task.state
    _answer(task, "reopen", _facts(task, recorded_at, reason=reason))
    task.done_on, task.reason = None, reason.strip()
    task.save(update_fields=["state", "done_on", "reason"])
    return _act(task, {"before": before, "reason": task.reason})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record of a task belongs, and whether the task still waits to be done."""

    unit_id: UUID
    path: str
    site_id: UUID | None
    waits: bool


def place_of(by: Asker, task_id: UUID) -> Place:
    """For a record, inside its deed: the task is locked, so that of two who finish it one comes after the other.

    Raises plan-not-in-force.
    """
    task = locked_task(by, "record.write", task_id)
    if task.plan.state != Plan.State.IN_FORCE:
        raise RefusedError("plan-not-in-force", {"state": task.plan.state})
    waits = task.state in (Task.State.OPEN, Task.State.NOT_DONE)
    return Place(task.unit_id, task.place_path, task.site_id, waits)


def _facts(task: TaskRow, recorded_at: datetime, **more: object) -> TaskMoveFacts:
    today = day_in(task, recorded_at)
    return TaskMoveFacts(today=today, plan_state=task.plan.state, **more)  # type: ignore[arg-type]  # by keyword, from this file


def _answer(task: TaskRow, name: str, facts: TaskMoveFacts) -> None:
    task.state = granted(move_task(task.state, name, facts))  # type: ignore[arg-type]  # the states are the rules' own


def _must_be_open(task: TaskRow) -> None:
    if task.state != Task.State.OPEN:
        raise RefusedError("not-now", {"state": task.state})
    if task.plan.state != Plan.State.IN_FORCE:
        raise RefusedError("plan-not-in-force", {"state": task.plan.state})


def _act(task: TaskRow, payload: dict[str, object]) -> Act:
    return Act("task", task.id, task.place_path, {"plan": str(task.plan_id), "state": task.state, **payload})
