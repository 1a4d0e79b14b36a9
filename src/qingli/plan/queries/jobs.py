"""What the worker asks."""

from uuid import UUID

from qingli.plan.models import Plan


def plans_to_make() -> tuple[UUID, ...]:
    """The plans in force, whose tasks are made ahead every day. One query."""
    return tuple(Plan.objects.filter(state=Plan.State.IN_FORCE).order_by("id").values_list("id", flat=True))
