"""What pages of a plan say about its approval beside what they show anyway."""

from typing import Any
from uuid import UUID

from qingli.desk.forms_approvals import WayForm
from qingli.ground import queries as ground
from qingli.ground.rules import Asker, Level, level, may
from qingli.plan import queries as plans
from qingli.plan.queries.shapes import ProgressPage, ReviewPage
from qingli.web.asking import UnitView


def above_name(unit: UnitView) -> str:
    """What the unit above is called; empty where there is none."""
    above = ground.public_unit(unit.parent_id) if unit.parent_id else None
    return above.name if above else ""


def office_of(who: Asker, unit: UnitView) -> UUID | None:
    """The unit above this one in which this person approves its plans."""
    if not may(who, "plan.approve", unit.path):
        return None
    return next((post.unit_id for post in who.held if level(post.unit_path, unit.path) is Level.BELOW), None)


def of_draft(who: Asker, unit: UnitView, page: ReviewPage) -> dict[str, Any]:
    """Who decides about a draft or an amendment, who that is called here, and why it came back if it did."""
    plan, above = page.plan, page.approval_way == "above"
    if plan.number and not (page.is_draft and above):
        return {"by_above": False, "office": None}
    name = above_name(unit)
    chooses = plan.state == "draft" and "plan.draft" in page.may
    said = plans.decisions(who, plan.id) if above and not page.is_sent else ()
    return {
        "above_name": name,
        "by_above": above,
        "office": office_of(who, unit),
        "way_form": WayForm(initial={"way": page.approval_way}, above=name) if chooses else None,
        "sent_back": said[-1] if said and said[-1].version == page.version else None,
    }


def of_plan(page: ProgressPage) -> dict[str, Any]:
    """Whether the version that holds was filed with the office above, and whether it may be."""
    filed = [line for line in page.approvals if line.decision == "filed" and line.version == page.plan.number]
    open_ = "file" in page.moves and "plan.file" in page.may and page.plan.state != "adopted"
    return {"may_file": open_ and not filed}
