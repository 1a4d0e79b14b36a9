"""From a plan's actions to its tasks: one promise for each action, or for each of its sites."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingli.ground.queries import sites
from qingli.ground.queries.views import SiteView
from qingli.ground.rules import SYSTEM, SiteType
from qingli.plan.actions.base import RefusedError, actions_in, day_in
from qingli.plan.models import Action, Plan, PlanVersion, Task
from qingli.plan.queries.rhythms import calendar_of, period_of, rhythms_of
from qingli.plan.rules.tasks import Existing, Moved, NewTask, Promise, TaskChange, wanted

HORIZON = 366
"""Days ahead: a half-year or a year is made whole, so that what was promised can be counted; a longer grows daily."""
PAGE = 500


@dataclass(frozen=True, slots=True)
class Target:
    """What a promise of the rules stands for here: an action, and one of its sites or none."""

    action: Action
    site: SiteView | None

    @property
    def lineage(self) -> str:
        return f"{self.action.lineage}@{self.site.id}" if self.site else str(self.action.lineage)

    @property
    def place_id(self) -> UUID:
        """Where it is done: the site's unit, else the unit of whoever answers for it."""
        return self.site.unit_id if self.site else self.action.role_unit_id or self.action.unit_id

    @property
    def owner(self) -> str | None:
        """person:id, party:id or role:unit; None where the plan names nobody who is known here."""
        if self.action.person_id:
            return f"person:{self.action.person_id}"
        if self.action.party_id:
            return f"party:{self.action.party_id}"
        return f"{self.action.role}:{self.action.role_unit_id or self.place_id}" if self.action.role else None


def change_of(plan: Plan, today: date) -> TaskChange:
    """What is to be made, moved and cancelled, by the version that holds. Raises no-period."""
    period = period_of(plan)
    if period is None:
        raise RefusedError("no-period")
    promises = [
        Promise(target.lineage, rhythms_of(target.action.schedules.all()), target.owner)
        for target in targets_of(plan).values()
    ]
    return wanted(
        promises,
        [_existing(task) for task in Task.objects.filter(plan=plan)],
        period=period,
        today=today,
        calendar=calendar_of(plan),
        since=_held_since(plan),
        horizon=HORIZON,
    )


def apply_change(plan: Plan, change: TaskChange, today: date, recorded_at: datetime) -> None:
    """Write it. A task that exists already stands: the database's own rule decides, not this run."""
    targets = targets_of(plan)
    Task.objects.filter(pk__in=change.cancel, state=Task.State.OPEN).update(state=Task.State.CANCELLED)
    tasks = Task.objects.in_bulk([UUID(moved.id) for moved in change.move])
    for moved in change.move:
        _move(tasks[UUID(moved.id)], moved, targets)
    rows = [_task(plan, new, targets[new.lineage], recorded_at) for new in change.create]
    Task.objects.bulk_create(rows, batch_size=PAGE, ignore_conflicts=True)
    _bring_up_to_date(plan, today)


def targets_of(plan: Plan) -> dict[str, Target]:
    """Every promise of the version that holds, by the lineage that the rules know it by."""
    rows = actions_in(plan, plan.current_number).exclude(review=Action.Review.IGNORED)
    known: dict[str, list[SiteView]] = {}
    targets = []
    for action in rows.prefetch_related("schedules"):
        if action.per_site and action.site_type and action.site_type not in known:
            known[action.site_type] = _sites(plan.unit_id, action.site_type)
        covered = known.get(action.site_type, []) if action.per_site else []
        targets += [Target(action, site) for site in covered] or [Target(action, None)]
    return {target.lineage: target for target in targets}


def _sites(unit_id: UUID, kind: str) -> list[SiteView]:
    """All sites in use of a type, in the unit and below it."""
    found: list[SiteView] = []
    after = None
    while True:
        page = sites(SYSTEM, unit_id, type=SiteType(kind), after=after, limit=PAGE)
        found += page.rows
        after = page.after
        if after is None:
            return found


def _existing(task: Task) -> Existing:
    return Existing(
        id=str(task.id),
        lineage=f"{task.lineage}@{task.site_id}" if task.site_id else str(task.lineage),
        key=task.occurrence,
        opens=task.opens,
        due=task.due,
        state=task.state,  # type: ignore[arg-type]  # the states are the rules' own
        owner=owner_word(task),
        handed_over=task.assigned,
    )


def owner_word(task: Task) -> str | None:
    """Who has the task, as the rules compare owners."""
    if task.person_id:
        return f"person:{task.person_id}"
    if task.party_id:
        return f"party:{task.party_id}"
    return f"{task.role}:{task.role_unit_id}" if task.role else None


def _owner_fields(owner: str | None) -> dict[str, Any]:
    kind, _, identity = (owner or "").partition(":")
    of_role = kind not in ("", "person", "party")
    return {
        "person_id": UUID(identity) if kind == "person" else None,
        "party_id": UUID(identity) if kind == "party" else None,
        "role": kind if of_role else "",
        "role_unit_id": UUID(identity) if of_role else None,
    }


def _task(plan: Plan, new: NewTask, target: Target, recorded_at: datetime) -> Task:
    action = target.action
    return Task(
        unit_id=plan.unit_id,
        plan=plan,
        lineage=action.lineage,
        action=action,
        place_id=target.place_id,
        site_id=target.site.id if target.site else None,
        occurrence=new.key,
        opens=new.opens,
        due=new.due,
        title=action.title,
        wanted=action.quantity,
        wanted_unit=action.quantity_unit,
        made_at=recorded_at,
        **_owner_fields(new.owner),
    )


def _move(task: Task, moved: Moved, targets: dict[str, Target]) -> None:
    """Only what is still open, or what an amendment cancelled and wants again, ever comes here."""
    task.occurrence, task.opens, task.due = moved.key, moved.opens, moved.due
    if moved.revived:
        task.state = Task.State.OPEN
    fields = _owner_fields(moved.owner)
    for name, value in fields.items():
        setattr(task, name, value)
    task.save(update_fields=["occurrence", "opens", "due", "state", *(name.removesuffix("_id") for name in fields)])


def _bring_up_to_date(plan: Plan, today: date) -> None:
    """Tasks still before us speak the words of the version that holds; what is past keeps the words it was done by."""
    if plan.current_number < 2:
        return
    rows = actions_in(plan, plan.current_number).filter(version_from=plan.current_number)
    for action in rows:
        ahead = Task.objects.filter(plan=plan, lineage=action.lineage, state=Task.State.OPEN, due__gte=today)
        ahead.exclude(action=action).update(
            action=action, title=action.title, wanted=action.quantity, wanted_unit=action.quantity_unit
        )


def _held_since(plan: Plan) -> date | None:
    """The day the version that holds was adopted: nothing is made for before it."""
    version = PlanVersion.objects.get(plan=plan, number=plan.current_number)
    return day_in(plan, version.adopted_at) if version.adopted_at else None
