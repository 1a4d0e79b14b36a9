"""The goals of the plan in force, in words that can be posted for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from qingli.ground.queries import public_unit
from qingli.ground.rules import Asker, require
from qingli.plan.models import Action, Plan, PlanVersion
from qingli.plan.queries.access import NotFoundError
from qingli.plan.queries.public import Blotter, names_in
from qingli.plan.queries.rows import ScheduleRow, rows_of


@dataclass(frozen=True, slots=True)
class Goals:
    """A plan's promises that have a number or a date, as the plan says them; people's names are blotted."""

    plan_id: UUID
    title: str
    lines: tuple[str, ...]


def goals_of_unit(asker: Asker, unit_id: UUID) -> Goals | None:
    """The goals of the newest plan in force of a unit; None where no plan is. Nine queries at any size.

    Raises NotFoundError, and the ground's `not-allowed` without `plan.read`.
    """
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "plan.read", unit.path)
    running = Plan.objects.select_related("unit").filter(unit_id=unit_id, state=Plan.State.IN_FORCE)
    plan = running.order_by("-starts", "-id").first()
    if plan is None:
        return None
    version = PlanVersion.objects.get(plan=plan, number=plan.current_number)
    rows = rows_of(plan, plan.current_number)
    blot = Blotter(names_in(plan, version, rows))
    kept = (row for row in rows.actions if row.review != Action.Review.IGNORED)
    lines = (row.title for row in kept if row.quantity is not None or _dated(rows.schedules.get(row.id, ())))
    return Goals(plan.id, blot(plan.title), tuple(map(blot, lines)))


def _dated(schedules: Iterable[ScheduleRow]) -> bool:
    """Whether it says when: "regularly" does not, unless somebody has decided what it means."""
    return any(row.decided is not None or row.kind != "vague" for row in schedules)
