"""Reads of applications: one's own, and those that were handed in to an office."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from qingli.archive.queries import history
from qingli.ground.queries import UnitView, below, public_unit, within
from qingli.ground.queries.scope import page_key
from qingli.ground.rules import Access, Asker, NotAllowedError, access, may, reach, require
from qingli.proof.queries import AssessmentView, assessment, frozen
from qingli.title.models import Application, Title
from qingli.title.queries.access import NotFoundError, application_for, application_rows, state_of, windows_of
from qingli.title.queries.known import known_of
from qingli.title.queries.lines import application_line, cycle_view, posted_among, stations, title_line
from qingli.title.queries.shapes import ApplicationLine, ApplicationView, Below
from qingli.title.queries.standing import posted_of, reasons_against
from qingli.title.rules import MoveName, Posted, open_moves, waits_for

OPEN = ("submitted", "endorsed", "recommended", "posted")
OFFICE_MOVES = frozenset({"endorse", "recommend", "post", "name"})
MOST = 200


def application(asker: Asker, application_id: UUID, *, today: date) -> ApplicationView:
    """One application, for its own unit, or for an office to which it was handed in.

    The number of queries does not depend on how much there is. Raises NotFoundError, NotAllowedError.
    """
    row = application_for(asker, application_id)
    unit = public_unit(row.unit_id)
    assert unit is not None
    posted = posted_of(row, today)
    kept = row.state not in ("draft", "withdrawn") and row.assessment_id is not None
    mending = row.state in ("draft", "returned")
    title = Title.objects.filter(application=row).select_related("unit").first()
    return ApplicationView(
        line=application_line(row, today, posted),
        cycle=cycle_view(row.cycle),
        words=row.words,
        standard_id=row.standard_id,
        standard_version=row.standard_version,
        newer=row.cycle.standard_version if row.cycle.standard_version != row.standard_version else "",
        known=row.facts if kept else asdict(known_of(asker, unit, today=today)),
        assessment=_assessed(asker, row, unit, today, kept=kept),
        frozen=kept,
        reasons=reasons_against(row.cycle, unit, today, row.mend_until) if mending else (),
        moves=_moves(asker, row, today),
        stations=stations(history("application", row.id), row.unit.time_zone),
        notice_id=row.notice_id,
        notice_slug=row.notice.slug if row.notice else "",
        mend_until=row.mend_until,
        title=title_line(title, today) if title else None,
    )


def _assessed(asker: Asker, row: Application, unit: UnitView, today: date, *, kept: bool) -> AssessmentView | None:
    """None for whoever pays but does not look into the figures."""
    if not may(asker, "proof.read", unit.path, taken_up=kept):
        return None
    if kept:
        assert row.assessment_id is not None
        return frozen(asker, row.assessment_id, taken_up=True)
    return assessment(
        asker,
        unit.id,
        standard_id=row.standard_id,
        version=row.standard_version,
        since=row.cycle.evidence_from,
        until=row.cycle.evidence_until,
        today=today,
    )


def _moves(asker: Asker, row: Application, today: date) -> tuple[MoveName, ...]:
    """What this asker's posts and the table allow in this state; the checks are made when it is done."""
    late = today > windows_of(row.cycle).endorse_until
    found = [
        move.name
        for move in open_moves(state_of(row))
        if may(asker, move.deed, row.unit.path) and (row.state != "submitted" or late or move.deed != "title.recommend")
    ]
    return tuple(dict.fromkeys(found))


def applications_of_unit(asker: Asker, unit_id: UUID, *, today: date) -> tuple[ApplicationLine, ...]:
    """A unit's own applications, newest year first. Four queries. Raises NotFoundError, NotAllowedError."""
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "title.read", unit.path)
    return _lines(application_rows().filter(unit_id=unit_id).order_by("-cycle__year", "-id")[:MOST], today)


def applications_below(
    asker: Asker, unit_id: UUID, *, today: date, cycle_id: UUID | None = None, after: str | None = None, limit: int = 50
) -> Below:
    """What was handed in below a unit. `waiting`: the asker's own office has to do something. Six queries.

    Drafts are nobody's business above. Raises NotFoundError, and NotAllowedError for whoever reads no titles there.
    """
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    if access(asker, "title.read", unit.path) < Access.AGGREGATE:
        raise NotAllowedError
    seen = within(reach(asker, "title.read", Access.AGGREGATE), "unit__path")
    rows = application_rows().filter(below(unit.path, "unit__path"), seen, handed_in__isnull=False)
    if cycle_id is not None:
        rows = rows.filter(cycle_id=cycle_id)
    open_rows = list(rows.filter(state__in=OPEN).order_by("moved_on", "id")[:MOST])
    posted = posted_among(open_rows, today)
    mine = [row for row in open_rows if _is_turn(asker, row, today, posted)]
    waiting = tuple(application_line(row, today, posted.get(row.id)) for row in mine)
    others = rows.exclude(pk__in=[row.id for row in mine])
    if key := page_key(after):
        last = Application.objects.filter(pk=key).values("handed_in")[:1]
        others = others.filter(Q(handed_in__lt=last) | Q(handed_in=last, id__lt=key))
    page = _lines(others.order_by("-handed_in", "-id")[: limit + 1], today)
    return Below(waiting, page[:limit], str(page[limit - 1].id) if len(page) > limit else None)


def _is_turn(asker: Asker, row: Application, today: date, posted: Mapping[UUID, Posted]) -> bool:
    waits = waits_for(state_of(row), windows_of(row.cycle), today, posted.get(row.id))
    return waits != "notice" and bool(OFFICE_MOVES & set(_moves(asker, row, today)))


def _lines(rows: QuerySet[Application] | Iterable[Application], today: date) -> tuple[ApplicationLine, ...]:
    found = list(rows)
    posted = posted_among(found, today)
    return tuple(application_line(row, today, posted.get(row.id)) for row in found)
