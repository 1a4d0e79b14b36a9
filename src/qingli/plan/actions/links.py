"""The secret address of a plan's calendar feed."""

import hashlib
from datetime import datetime
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.rules import Asker
from qingli.plan.actions.base import RefusedError, locked_plan


@deed("plan.calendar-linked")
def make_calendar_link(
    *, plan_id: UUID, token: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Give the plan's calendar a new secret address; the one before stops working. Gives the plan.

    `token` is made by the caller (`secrets.token_urlsafe(24)`), shown once, and kept here and in the journal as no more
    than its hash. Raises weak-token.
    """
    plan = locked_plan(by, "plan.draft", plan_id)
    if len(token) < 24:
        raise RefusedError("weak-token")
    plan.calendar_token_hash = hashlib.sha256(token.encode()).hexdigest()
    plan.save(update_fields=["calendar_token_hash"])
    return Act("plan", plan.id, plan.unit.path, {})
