"""Acts of review on a draft, each kept with what the rows were before, so that its doer can take it back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import serializers
from django.db.models import QuerySet

from qingli.ground.rules import Asker
from qingli.plan.actions.base import RefusedError
from qingli.plan.actions.questions import asked_for_all, refresh_questions
from qingli.plan.models import Action, Plan, PlanVersion, Question, ReviewStep, Schedule

PLAN_FIELDS = ("title", "starts", "ends", "year", "approval_way")
WHOLE = "plan"  # stands among the touched lineages for the plan's own fields


@dataclass(slots=True)
class Step:
    """What an act touches: lineages of actions and, with `whole`, the plan's own fields."""

    number: int
    lineages: set[UUID] = field(default_factory=set)
    whole: bool = False


@contextmanager
def reviewing(
    plan: Plan, number: int, kind: str, *lineages: UUID, whole: bool = False, by: Asker, recorded_at: datetime
) -> Iterator[Step]:
    """Around an act of review: it is kept for undoing, and the open questions are brought up to date after it.

    The act adds to `lineages` of the given step what it makes.
    """
    step = Step(number, set(lineages), whole)
    before = _picture(plan, step)
    with _questions(plan, step):
        yield step
    touched = [str(lineage) for lineage in step.lineages] + ([WHOLE] if whole else [])
    ReviewStep.objects.create(
        unit_id=plan.unit_id,
        plan=plan,
        version=number,
        actor=by.ref,
        kind=kind,
        before=before,
        touched=touched,
        made_at=recorded_at,
    )


def undo_last(plan: Plan, number: int, *, by: Asker, recorded_at: datetime) -> ReviewStep:
    """Put back what this actor's last act changed. Raises nothing-to-undo, or changed-since by somebody's later act."""
    steps = ReviewStep.objects.filter(plan=plan, version=number, undone_at__isnull=True)
    last = steps.filter(actor=by.ref).order_by("-id").first()
    if last is None:
        raise RefusedError("nothing-to-undo")
    touched = set(last.touched)
    if any(touched & set(later) for later in steps.filter(id__gt=last.id).values_list("touched", flat=True)):
        raise RefusedError("changed-since")
    step = Step(number, {UUID(one) for one in touched - {WHOLE}}, WHOLE in touched)
    with _questions(plan, step):
        _restore(plan, step, last.before)
    last.undone_at = recorded_at
    last.save(update_fields=["undone_at"])
    return last


@contextmanager
def _questions(plan: Plan, step: Step) -> Iterator[None]:
    """Bring the questions up to date: those of the touched actions, and all where others may hang on what changed.

    The days of a festival are asked for once; when the touched actions no longer need them, another one still may.
    """
    needed = frozenset() if step.whole else asked_for_all(plan, step.number, step.lineages)
    yield
    wide = step.whole or needed - asked_for_all(plan, step.number, step.lineages)
    refresh_questions(plan, step.number, None if wide else step.lineages)


def _rows(plan: Plan, step: Step) -> tuple[QuerySet[Any], ...]:
    """Everything of these lineages: actions first, then what points at them. Plan-wide questions belong to `whole`."""
    actions = Action.objects.filter(plan=plan, lineage__in=step.lineages)
    questions = Question.objects.filter(plan=plan, action__lineage__in=step.lineages)
    if step.whole:
        questions |= Question.objects.filter(plan=plan, action__isnull=True)
    return actions, Schedule.objects.filter(action__in=actions), questions


def _picture(plan: Plan, step: Step) -> dict[str, Any]:
    rows = [row for part in _rows(plan, step) for row in part]
    picture: dict[str, Any] = {"rows": json.loads(serializers.serialize("json", rows))}
    if step.whole:
        version = PlanVersion.objects.get(plan=plan, number=step.number)
        whole = Plan.objects.filter(pk=plan.pk)
        picture["plan"] = json.loads(serializers.serialize("json", whole, fields=PLAN_FIELDS))[0]["fields"]
        picture["corrections"] = version.corrections
    return picture


def _restore(plan: Plan, step: Step, before: dict[str, Any]) -> None:
    kept = {row["pk"] for row in before["rows"]}
    for part in reversed(_rows(plan, step)):
        part.exclude(pk__in=kept).delete()
    for row in serializers.deserialize("json", json.dumps(before["rows"])):
        row.save()
    if step.whole:
        Plan.objects.filter(pk=plan.pk).update(**before["plan"])
        PlanVersion.objects.filter(plan=plan, number=step.number).update(corrections=before["corrections"])
        plan.refresh_from_db()
