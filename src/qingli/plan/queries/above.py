"""What units below give to the office above, and what was decided about a plan."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from qingli.ground.queries import below, public_unit, within
from qingli.ground.rules import Asker, reach, require
from qingli.plan.models import Approval, Plan, PlanVersion
from qingli.plan.queries.access import NotFoundError, plan_for
from qingli.plan.queries.plans import approvals_of
from qingli.plan.queries.shapes import ApprovalLine, GivenAbove, GivenPlan

ABOVE = ("above", "filed", "sent-back")  # decisions that tell the office something, or that it made


def decisions(asker: Asker, plan_id: UUID) -> tuple[ApprovalLine, ...]:
    """Everything that was decided about a plan, oldest first. Two queries."""
    return approvals_of(plan_for(asker, plan_id))


def given_above(asker: Asker, unit_id: UUID, *, limit: int = 50) -> GivenAbove:
    """Plans of the units below an office that wait for it, and the last `limit` that it answered or was told of.

    Beside them the amendments that were sent there of plans that it approved.
    Only for whoever may approve plans below that unit. Four queries.
    """
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "plan.approve", f"{unit.path}below/")
    noted = Approval.objects.filter(plan=OuterRef("pk"), decision__in=ABOVE).order_by("-on", "-id")
    plans = Plan.objects.filter(
        below(unit.path, "unit__path", itself=False), within(reach(asker, "plan.approve"), "unit__path")
    ).annotate(noted=Subquery(noted.values("decision")[:1]), noted_on=Subquery(noted.values("on")[:1]))
    waiting = plans.filter(state=Plan.State.SUBMITTED).order_by("unit__path", "made_at", "id")
    sent = PlanVersion.objects.filter(plan=OuterRef("pk"), number__gt=OuterRef("current_number"), sent_at__isnull=False)
    changing = plans.filter(Exists(sent), approval_way="above", current_number__gt=0).exclude(state=Plan.State.CLOSED)
    rest = plans.exclude(state=Plan.State.SUBMITTED).filter(noted__isnull=False).order_by("-noted_on", "-id")
    answered = _given(rest[: limit + 1])
    return GivenAbove(
        _given(waiting), _given(changing.order_by("unit__path", "id")), answered[:limit], len(answered) > limit
    )


def _given(rows: QuerySet[Plan]) -> tuple[GivenPlan, ...]:
    columns = ("id", "unit_id", "unit__name", "title", "state", "starts", "ends", "noted", "noted_on")
    return tuple(
        GivenPlan(plan, unit, unit_name, title, state, starts, ends, noted or "", on)
        for plan, unit, unit_name, title, state, starts, ends, noted, on in rows.values_list(*columns)
    )
