"""What of a unit counts when it applies, and how its notice stands: facts for the rules."""

from datetime import date
from uuid import UUID

from qingli.board.queries import standing
from qingli.ground.queries import UnitView
from qingli.title.models import Application, Cycle, Title
from qingli.title.queries.access import windows_of
from qingli.title.rules import Candidate, Held, Posted, Reason, reasons


def held_by(unit_id: UUID) -> tuple[Held, ...]:
    """The titles that a unit has or had. One query."""
    rows = Title.objects.filter(unit_id=unit_id).order_by("named_on", "id")
    return tuple(Held(row.goal, row.level, row.named_on, row.valid_until) for row in rows)


def candidate(cycle: Cycle, unit: UnitView) -> Candidate:
    """A unit as one that may want to apply. One query."""
    home = cycle.programme.unit.path
    inside = unit.path.startswith(home) and unit.path != home
    return Candidate(unit.kind, inside, held_by(unit.id))


def reasons_against(cycle: Cycle, unit: UnitView, today: date, mend_until: date | None = None) -> tuple[Reason, ...]:
    """Why a unit may not hand in today. One query."""
    goal = cycle.programme.goal
    return reasons(candidate(cycle, unit), windows_of(cycle), today, goal=goal, mend_until=mend_until)


def posted_of(application: Application, today: date) -> Posted | None:
    """How the notice about an application stands, None where it was not posted. Two queries at most."""
    if application.notice_id is None:
        return None
    found = standing(application.notice_id, today=today, subject_id=application.id)
    return Posted(found.ends, found.over, found.open_objections, found.upheld, found.withdrawn)
