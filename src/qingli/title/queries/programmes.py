"""Reads of programmes and their years, and whether a unit may apply."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from qingli.ground.queries import UnitView, unit
from qingli.ground.rules import Asker, ancestors, require
from qingli.title.models import Application, Cycle, Programme
from qingli.title.queries.access import NotFoundError, application_rows, cycle_row
from qingli.title.queries.lines import application_line, cycle_view, posted_among
from qingli.title.queries.shapes import CycleView, Eligibility, Opening, ProgrammeView
from qingli.title.queries.standing import held_by, reasons_against
from qingli.title.rules import Candidate, Reason, reasons

SHOWN = 50


def cycles(asker: Asker, unit_id: UUID) -> tuple[CycleView, ...]:
    """The years of the programmes of a unit and of the units above it, newest first. Two queries."""
    return tuple(map(cycle_view, _of(_unit(asker, unit_id))))


def cycle(asker: Asker, cycle_id: UUID) -> CycleView:
    """One year of a programme; what is called for is no secret. Raises NotFoundError. Two queries."""
    row = cycle_row(cycle_id)
    _unit(asker, row.programme.unit_id)
    return cycle_view(row)


def programmes(asker: Asker, unit_id: UUID) -> tuple[ProgrammeView, ...]:
    """The programmes of a unit, by name. Two queries."""
    home = _unit(asker, unit_id)
    rows = Programme.objects.filter(unit_id=home.id).select_related("unit").order_by("name")
    return tuple(
        ProgrammeView(
            row.id,
            row.unit_id,
            row.unit.name,
            row.name,
            row.goal,
            row.issuing_body,
            row.approval_document,
            row.approval_date,
            row.fee,
            row.valid_years,
        )
        for row in rows
    )


def openings(asker: Asker, unit_id: UUID, *, today: date) -> tuple[Opening, ...]:
    """What a unit may apply for: cycles that are not decided yet, and those in which it has applied. Six queries.

    Raises NotFoundError, and the ground's NotAllowedError (`title.read`).
    """
    home = _unit(asker, unit_id)
    require(asker, "title.read", home.path)
    applied = {row.cycle_id: row for row in application_rows().filter(unit_id=home.id)}
    posted = posted_among(applied.values(), today)
    held = held_by(home.id)
    found = []
    for row in _of(home):
        application = applied.get(row.id)
        if application is None and today > row.decide_until:
            continue
        line = application_line(application, today, posted.get(application.id)) if application else None
        mend_until = application.mend_until if application else None
        inside = home.path != row.programme.unit.path
        against = reasons(
            Candidate(home.kind, inside, held),
            cycle_view(row).windows,
            today,
            goal=row.programme.goal,
            mend_until=mend_until,
        )
        found.append(Opening(cycle_view(row), against, line))
    return tuple(found)


def eligibility(asker: Asker, cycle_id: UUID, unit_id: UUID, *, today: date) -> Eligibility:
    """Whether a unit may hand in today, and if not, why and from when. Three queries.

    Raises NotFoundError, and the ground's NotAllowedError (`title.read`).
    """
    home = _unit(asker, unit_id)
    require(asker, "title.read", home.path)
    found = reasons_against(cycle_row(cycle_id), home, today)
    return Eligibility(found, from_day(found))


def from_day(found: tuple[Reason, ...]) -> date | None:
    """The day on which the last of these reasons falls away; None where one of them says no day."""
    days = [reason.facts.get("from") for reason in found]
    known = [day for day in days if isinstance(day, date)]
    return max(known) if known and len(known) == len(days) else None


def _unit(asker: Asker, unit_id: UUID) -> UnitView:
    found = unit(asker, unit_id)
    if found is None:
        raise NotFoundError
    return found


def _of(home: UnitView) -> QuerySet[Cycle]:
    rows = Cycle.objects.select_related("programme__unit")
    above = (*ancestors(home.path), home.path)
    return rows.filter(programme__unit__path__in=above).order_by("-year", "programme__name", "-id")[:SHOWN]


def quota_left(cycle_id: UUID) -> int | None:
    """How many more may be named in a cycle, None for no limit. Two queries."""
    quota = cycle_row(cycle_id).quota
    return (
        None if quota is None else max(0, quota - Application.objects.filter(cycle_id=cycle_id, state="named").count())
    )
