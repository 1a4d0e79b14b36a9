"""Turning the worker, and a running plan with sites of every kind that the sample standard asks for."""

from datetime import date
from typing import Any
from uuid import UUID

from qingli.cli.worker import turn
from qingli.ground import actions as ground
from qingli.ground.rules import GroupKind, SeatKind, SiteType
from qingli.plan import actions as plan_actions
from qingli.proof import queries
from qingli.proof.queries import AssessmentView, CriterionResult
from qingli.work.actions import record_work
from tests.ground.world import World, act
from tests.plan.plans import JULY, JUNE, Running, adopted, at, draft

STANDARD: dict[str, Any] = {"standard_id": "sample-green-community", "version": "1.0"}
HALF: dict[str, Any] = {"since": date(2026, 7, 1), "until": date(2027, 1, 1)}


def catch_up() -> None:
    """Everything that follows has followed."""
    while turn("proof-test"):
        pass


def community(world: World) -> Running:
    """A running plan, two tanks, six buildings, and a leading group without a liaison."""
    for number in (1, 2):
        world.site("xl1", SiteType.WATER_TANK, f"{number}號水箱")
    for number in range(1, 7):
        world.site("xl2", SiteType.BUILDING, f"{number}號樓")
    group = ground.found_group(
        unit_id=world.units["xl"], kind=GroupKind.LEADING, name="領導小組", purpose="", **act(at=JUNE)
    ).object_id
    for kind, words in ((SeatKind.LEADER, "主任"), (SeatKind.DEPUTY, "副主任"), (SeatKind.MEMBER, "成員")):
        ground.seat(group_id=group, kind=kind, words=words, **act(at=JUNE))
    return _running(draft(world))


def _running(plan: Running) -> Running:
    """In force, after it was answered by when the tanks are cleaned, each by whoever looks after the grid."""
    tanks = plan.action("水箱")
    plan_actions.answer_question(question_id=tanks.questions[0].id, answer={"reading": 0}, **act(plan.clerk, at=JUNE))
    changes = {"per_site": True, "site_type": "water_tank", "owner": {"role": "grid_worker"}}
    plan_actions.edit_action(action_id=tanks.id, changes=changes, **act(plan.clerk, at=JUNE))
    adopted(plan)
    plan_actions.publish_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    plan_actions.start_plan(plan_id=plan.id, **act(plan.clerk, at=JULY))
    plan_actions.make_tasks(plan_id=plan.id, **act(at=JULY))
    return plan


def done(plan: Running, words: str, day: str, number: int = 1) -> list[UUID]:
    """The first open tasks of a promise are done on a day; the ids of the tasks."""
    found = [task for task in plan.tasks(words) if task.state == "open"][:number]
    for task in found:
        record_work(task_id=task.id, **act(plan.clerk, at=at(day)))
    return [task.id for task in found]


def seen(plan: Running, today: date, **more: Any) -> AssessmentView:
    told = {**STANDARD, **HALF, **more}
    return queries.assessment(plan.clerk, plan.world.units["xl"], today=today, **told)


def result(view: AssessmentView, criterion: str) -> CriterionResult:
    return next(one for one in view.results if one.criterion.id == criterion)
