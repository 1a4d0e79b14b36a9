"""Who may see what of plans and tasks. Every query of the room asks here, and so do its deeds."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from qingli.ground.rules import Asker, Deed, NotAllowedError, PostFact, Role, ancestors, may, require
from qingli.plan.models import Approval, Plan, PlanVersion, Task

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
SPREAD = frozenset({Role.GRID_WORKER, Role.BUILDING_HEAD})  # one in each place: found where the site lies
TASK_DEEDS: tuple[Deed, ...] = ("task.do", "task.assign", "task.hand_over", "task.reschedule")


_COLUMNS = {
    "unit_path": "unit__path",
    "place_path": "place__path",
    "place_name": "place__name",
    "site_name": "site__name",
    "person_name": "person__name",
    "party_name": "party__name",
    "role_unit_name": "role_unit__name",
    "number": "action__section__path",
    "measure": "action__measure",
    "owner_words": "action__owner_words",
}

if TYPE_CHECKING:

    class TaskRow(Task):
        """A row of `task_rows`: a task with these columns beside its own."""

        unit_path: str
        place_path: str
        place_name: str
        site_name: str | None
        person_name: str | None
        party_name: str | None
        role_unit_name: str | None
        number: str | None
        measure: str
        owner_words: str

else:
    TaskRow = Task


class NotFoundError(Exception):
    """There is no such thing, or none that this asker may know of."""

    code = "not-found"


def plan_for(asker: Asker, plan_id: UUID, deed: Deed = "plan.read") -> Plan:
    """The plan with its unit. Raises NotFoundError, or the ground's NotAllowedError.

    What lies above, was approved or filed there was taken up there, and may be read there; what was sent back is a
    draft again.
    """
    given = Exists(Approval.objects.filter(plan=OuterRef("pk"), decision__in=("filed", "above")))
    plan = Plan.objects.select_related("unit").annotate(given=given).filter(pk=plan_id).first()
    if plan is None:
        raise NotFoundError
    taken_up = deed == "plan.read" and (plan.given or plan.state == Plan.State.SUBMITTED)
    require(asker, deed, plan.unit.path, taken_up=taken_up)
    if deed == "plan.read" and plan.state == Plan.State.DRAFT and not taken_up:
        require(asker, "plan.draft", plan.unit.path)  # nobody reads over the shoulder of those who draft
    return plan


def version_for(asker: Asker, plan: Plan, number: int | None = None) -> PlanVersion:
    """The newest version that the asker may read, or version `number`. Raises NotFoundError.

    An amendment is read by those who draft, and by others while it lies above.
    """
    rows = PlanVersion.objects.filter(plan=plan)
    if plan.current_number and not may(asker, "plan.draft", plan.unit.path):
        rows = rows.filter(Q(number__lte=plan.current_number) | Q(sent_at__isnull=False))
    row = (rows.filter(number=number) if number else rows.order_by("-number")).first()
    if row is None:
        raise NotFoundError
    return row


def deeds_with(asker: Asker, plan: Plan) -> frozenset[str]:
    """The deeds that the asker's posts allow with this plan, whatever its state."""
    return frozenset(deed for deed in PLAN_DEEDS if may(asker, deed, plan.unit.path))


def ways_to_be_mine(asker: Asker) -> list[Q]:
    """How tasks fall to the asker: by name, by a post that they hold or cover.

    What falls to nobody known here is the clerk's to look after; so is what falls to a party, beside the party's own
    staff. What the plan gives to "the grid workers" without a site falls to each: whoever does it ticks it off for all.
    """
    ways = [Q(person_id=asker.person_id)] if asker.person_id else []
    held = {(post.role, post.unit_id, post.unit_path) for post in asker.held}
    for role, unit_id, path in sorted(held, key=str):
        ways.append(Q(person__isnull=True, role_unit_id=unit_id, role=role.value))
        if role in SPREAD and (above := ancestors(path)):
            ways.append(Q(person__isnull=True, role_unit__path=above[-1], role=role.value))
        if role is Role.CLERK:
            ways.append(Q(person__isnull=True, role="", unit_id=unit_id))
    parties = {post.party_id for post in asker.held if post.party_id}
    return ways + [Q(person__isnull=True, party_id=party) for party in sorted(parties)]


def mine(asker: Asker) -> Q:
    """Tasks that fall to the asker in any way."""
    return reduce(or_, ways_to_be_mine(asker), Q(pk__in=()))


def is_mine(asker: Asker, task: TaskRow) -> bool:
    """Whether this one falls to the asker, as `mine` has it."""
    if task.person_id is not None:
        return task.person_id == asker.person_id
    if task.party_id is not None and any(post.party_id == task.party_id for post in asker.held):
        return True
    wanted = (task.role, task.role_unit_id) if task.role else (Role.CLERK.value, task.unit_id)
    return any((post.role.value, post.unit_id) == wanted or _spread_to(post, task) for post in asker.held)


def _spread_to(post: PostFact, task: TaskRow) -> bool:
    """Whether a task for all grid workers (or building heads) of a unit falls to this one of them, right below it."""
    above = ancestors(post.unit_path)
    here = task.role_unit_id == task.place_id and bool(above) and task.place_path == above[-1]
    return post.role in SPREAD and post.role.value == task.role and here


def may_with_task(asker: Asker, deed: Deed, task: TaskRow) -> bool:
    """Whether the asker may: in the place where it is done, or in the unit whose plan it is."""
    theirs = is_mine(asker, task)
    return any(may(asker, deed, path, taken_up=theirs) for path in {task.place_path, task.unit_path})


def require_with_task(asker: Asker, deed: Deed, task: TaskRow) -> None:
    """Raises the ground's NotAllowedError unless the asker may."""
    if not may_with_task(asker, deed, task):
        raise NotAllowedError


def deeds_with_task(asker: Asker, task: TaskRow) -> frozenset[str]:
    """do, assign, hand_over, reschedule: what the asker may do with this task while it is open."""
    if task.state != Task.State.OPEN:
        return frozenset()
    return frozenset(deed.removeprefix("task.") for deed in TASK_DEEDS if may_with_task(asker, deed, task))


def task_rows() -> QuerySet[TaskRow]:
    """Tasks with everything that their cards show, in one query and without eight more objects for each row."""
    rows = Task.objects.annotate(**{name: F(source) for name, source in _COLUMNS.items()})
    return cast("QuerySet[TaskRow]", rows)


def rows_by_id(ids: Sequence[UUID]) -> list[TaskRow]:
    """Those tasks with their columns, in the order of `ids`, in one query."""
    found = {task.id: task for task in task_rows().filter(pk__in=ids)}
    return [found[identity] for identity in ids if identity in found]


def seen(asker: Asker, tasks: Iterable[TaskRow]) -> list[TaskRow]:
    """Those of the tasks that the asker may see in detail."""
    return [task for task in tasks if may_with_task(asker, "task.read", task)]
