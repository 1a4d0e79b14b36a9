"""Marks that people give, and assessments that are kept as they are."""

from datetime import date, datetime
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.queries import UnitView
from qingli.ground.rules import Asker, clean_text, may
from qingli.proof.models import Assessment, Mark
from qingli.proof.queries.access import criterion_of, unit_for
from qingli.proof.queries.assessing import live
from qingli.proof.queries.keeping import content_of, told_of
from qingli.proof.rules import ProofError, check_period
from qingli.proof.rules.scoring import check_mark

REASON = 500


@deed("proof.judged")
def judge(
    *,
    unit_id: UUID,
    standard_id: str,
    version: str,
    criterion: str,
    since: date,
    until: date,
    points: int,
    reason: str,
    kind: str = "self",
    taken_up: bool = False,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Points for a judged criterion, with a reason. A further mark takes the place of the one before. Gives the mark.

    kind self: by the unit's own people. kind panel: by a reviewer to whom an application gave this (`taken_up`), never
    by the unit's own people. Raises own-unit, not-judged, points-out-of-range, no-reason, and as `assessment`.
    """
    unit = _judging(by, unit_id, kind, taken_up=taken_up)
    check_period(since, until)
    words = clean_text(reason, REASON, "reason", needed=False)
    check_mark(criterion_of(standard_id, version, criterion), points, words)
    mark = Mark.objects.create(
        unit_id=unit.id,
        standard=standard_id,
        version=version,
        criterion=criterion,
        since=since,
        until=until,
        kind=kind,
        points=points,
        reason=words,
        actor=by.ref,
        made_at=recorded_at,
    )
    said = {
        "standard": standard_id,
        "version": version,
        "criterion": criterion,
        "since": str(since),
        "until": str(until),
        "kind": kind,
        "points": points,
        "reason": words,
    }
    return Act("mark", mark.id, unit.path, said)


def _judging(by: Asker, unit_id: UUID, kind: str, *, taken_up: bool) -> UnitView:
    """The unit, where this side may give marks."""
    if kind not in Mark.Kind.values:
        raise ProofError("not-found")
    if kind == Mark.Kind.SELF:
        return unit_for(by, unit_id, "proof.judge")
    unit = unit_for(by, unit_id, "proof.judge", taken_up=taken_up)
    if may(by, "proof.judge", unit.path):
        raise ProofError("own-unit")
    return unit


@deed("proof.assessed")
def freeze(
    *,
    unit_id: UUID,
    standard_id: str,
    version: str,
    since: date,
    until: date,
    kind: str = "self",
    today: date,
    taken_up: bool = False,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Keep the assessment as it stands today, with its standard and every result. Gives the assessment.

    kind: self by the unit's own people (proof.judge), else by whoever an application gave it to (`taken_up`). The entry
    tells every figure, but no words. Raises unknown-standard, bad-period, not-found, not-allowed.
    """
    if kind not in Assessment.Kind.values:
        raise ProofError("not-found")
    if kind == Assessment.Kind.SELF:
        unit = unit_for(by, unit_id, "proof.judge")
    else:
        unit = unit_for(by, unit_id, taken_up=taken_up)
    view = live(unit, standard_id=standard_id, version=version, since=since, until=until, today=today, kind=kind)
    row = Assessment.objects.create(
        unit_id=unit.id,
        standard=standard_id,
        version=version,
        since=since,
        until=until,
        kind=kind,
        points=view.points,
        of=view.of,
        content=content_of(view),
        made_at=recorded_at,
    )
    return Act("assessment", row.id, unit.path, told_of(view))
