"""Who may see what of plans and tasks. Every query of the room asks here, and so do its deeds."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from qingli.ground.rules import Asker, Deed, may, require
from qingli.plan.models import Approval, Plan, Task

PLAN_DEEDS: tuple[Deed, ...] = (
    "plan.read",
    "plan.draft",
    "plan.adopt",
    "plan.file",
    "plan.approve",
    "plan.publish",
    "plan.amend",
    "plan.close",
    "plan.carry_over",
    "task.assign",
)
TASK_DEEDS: tuple[Deed, ...] = ("task.do", "task.assign", "task.hand_over", "task.reschedule")


class NotFoundError(Exception):
    """There is no such thing, or none that this asker may know of."""

    code = "not-found"


def plan_for(asker: Asker, plan_id: UUID, deed: Deed = "plan.read") -> Plan:
    """The plan with its unit. Raises NotFoundError, or the ground's NotAllowedError.

    What was submitted or filed above was taken up there, and may be read there.
    """
    given = Exists(Approval.objects.filter(plan=OuterRef("pk"), decision__in=("filed", "above", "sent-back")))
    plan = Plan.objects.select_related("unit").annotate(given=given).filter(pk=plan_id).first()
    if plan is None:
        raise NotFoundError
    taken_up = deed == "plan.read" and (plan.given or plan.state == Plan.State.SUBMITTED)
    require(asker, deed, plan.unit.path, taken_up=taken_up)
    return plan


def deeds_with(asker: Asker, plan: Plan) -> frozenset[str]:
    """The deeds that the asker's posts allow with this plan, whatever its state."""
    return frozenset(deed for deed in PLAN_DEEDS if may(asker, deed, plan.unit.path))


def mine(asker: Asker) -> Q:
    """Tasks that fall to the asker: theirs by name, or by a post that they hold or cover."""
    named = Q(person_id=asker.person_id) if asker.person_id else Q(pk__in=())
    held = {(post.role.value, post.unit_id) for post in asker.held}
    for role, unit_id in sorted(held, key=str):
        named |= Q(person__isnull=True, role_unit_id=unit_id, role=role)
    return named


def is_mine(asker: Asker, task: Task) -> bool:
    """Whether this one falls to the asker."""
    if task.person_id is not None:
        return task.person_id == asker.person_id
    return any((post.role.value, post.unit_id) == (task.role, task.role_unit_id) for post in asker.held)


def may_with_task(asker: Asker, deed: Deed, task: Task) -> bool:
    """Whether the asker may: in the place where it is done, or in the unit whose plan it is; `unit`, `place` loaded."""
    theirs = is_mine(asker, task)
    return any(may(asker, deed, path, taken_up=theirs) for path in {task.place.path, task.unit.path})


def require_with_task(asker: Asker, deed: Deed, task: Task) -> None:
    """Raises the ground's NotAllowedError unless the asker may."""
    if not may_with_task(asker, deed, task):
        require(asker, deed, task.unit.path)


def deeds_with_task(asker: Asker, task: Task) -> frozenset[str]:
    """do, assign, hand_over, reschedule: what the asker may do with this task while it is open."""
    if task.state != Task.State.OPEN:
        return frozenset()
    return frozenset(deed.removeprefix("task.") for deed in TASK_DEEDS if may_with_task(asker, deed, task))


def task_rows() -> Any:
    """Tasks with everything that their cards show, in one query."""
    return Task.objects.select_related("unit", "place", "site", "person", "party", "role_unit", "action__section")


def seen(asker: Asker, tasks: Iterable[Task]) -> list[Task]:
    """Those of the tasks that the asker may see in detail."""
    return [task for task in tasks if may_with_task(asker, "task.read", task)]
