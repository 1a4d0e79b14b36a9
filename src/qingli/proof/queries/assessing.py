"""A standard applied to a unit: live, or as it was kept when it was handed in."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from qingli.catalogue import Criterion
from qingli.ground.queries import UnitView
from qingli.ground.rules import Asker, require
from qingli.proof.models import Assessment, Mark, Sample, SampleSite
from qingli.proof.queries.access import standard_of, unit_for
from qingli.proof.queries.figures import Ask, Ground, closing, figure, ground_of
from qingli.proof.queries.keeping import view_of
from qingli.proof.queries.shapes import AssessmentView, CriterionResult, MarkView
from qingli.proof.rules import (
    Judged,
    ProofError,
    Seen,
    score_judged,
    score_record,
    score_sample,
)


def assessment(
    asker: Asker,
    unit_id: UUID,
    *,
    standard_id: str,
    version: str,
    since: date,
    until: date,
    today: date,
    kind: str = "self",
    taken_up: bool = False,
) -> AssessmentView:
    """As it now stands, with the marks of one side: self, or anything else for the panel's. Stored nowhere.

    A constant number of queries for a standard. Raises not-found, unknown-standard, bad-period, not-allowed.
    """
    unit = unit_for(asker, unit_id, taken_up=taken_up)
    return live(unit, standard_id=standard_id, version=version, since=since, until=until, today=today, kind=kind)


def live(
    unit: UnitView, *, standard_id: str, version: str, since: date, until: date, today: date, kind: str
) -> AssessmentView:
    """The same for whoever has asked already."""
    standard = standard_of(standard_id, version)
    ground = ground_of(unit, since, until, today)
    asked = {"unit_id": unit.id, "standard": standard_id, "version": version, "since": since, "until": until}
    marks = _marks(Mark.objects.filter(**asked, kind="self" if kind == "self" else "panel"))
    samples = _samples(Sample.objects.filter(**asked))
    results = tuple(
        _record(ground, criterion)
        if criterion.kind == "record"
        else _sample(criterion, samples.get(criterion.id))
        if criterion.kind == "sample"
        else _judged(criterion, marks.get(criterion.id))
        for criterion in standard.criteria
    )
    states = [result.state for result in results]
    return AssessmentView(
        unit_id=unit.id,
        standard=standard,
        since=since,
        until=until,
        day=today,
        kind=kind,
        results=results,
        points=sum((result.points for result in results), Decimal("0.0")),
        of=standard.points,
        has=states.count("met"),
        lacks=states.count("not-met") + states.count("partly"),
        unclear=states.count("not-enough-data"),
        to_judge=states.count("to-judge"),
    )


def frozen(asker: Asker, assessment_id: UUID, *, taken_up: bool = False) -> AssessmentView:
    """An assessment as it was kept. Two queries. Raises not-found, not-allowed."""
    row = Assessment.objects.select_related("unit").filter(pk=assessment_id).first()
    if row is None:
        raise ProofError("not-found")
    require(asker, "proof.read", row.unit.path, taken_up=taken_up)
    return view_of(row)


def assessments(asker: Asker, unit_id: UUID, *, limit: int = 50) -> tuple[AssessmentView, ...]:
    """What a unit has handed in, newest first. Two queries."""
    unit = unit_for(asker, unit_id)
    return tuple(map(view_of, Assessment.objects.filter(unit_id=unit.id).order_by("-made_at", "-id")[:limit]))


def ask_of(criterion: Criterion) -> Ask:
    """What a criterion of records asks for."""
    return Ask(criterion.indicator, criterion.measures, criterion.min_n, criterion.at_least)


def _record(ground: Ground, criterion: Criterion) -> CriterionResult:
    ask = ask_of(criterion)
    found = figure(ground, ask)
    score = score_record(criterion, found)
    return CriterionResult(
        criterion=criterion,
        state=score.state,
        points=score.points,
        of=criterion.points,
        value=found.value,
        n=found.n,
        numerator=found.numerator,
        missing=found.missing,
        closes=() if score.state == "met" else closing(ground, ask),
    )


def _sample(criterion: Criterion, found: tuple[UUID, Seen] | None) -> CriterionResult:
    sample_id, seen = found or (None, None)
    score = score_sample(criterion, seen)
    met, n = (seen.met, seen.met + seen.not_met) if seen else (0, 0)
    missing = seen.unseen if seen else criterion.min_n
    return CriterionResult(
        criterion=criterion,
        state=score.state,
        points=score.points,
        of=criterion.points,
        value=met / n if n else None,
        n=n,
        numerator=met,
        missing=missing,
        sample_id=sample_id,
    )


def _judged(criterion: Criterion, mark: MarkView | None) -> CriterionResult:
    score = score_judged(criterion, Judged(mark.points, mark.reason) if mark else None)
    return CriterionResult(
        criterion=criterion,
        state=score.state,
        points=score.points,
        of=criterion.points,
        value=float(mark.points) if mark else None,
        n=1 if mark else 0,
        numerator=mark.points if mark else 0,
        missing=0 if mark else 1,
        mark=mark,
    )


def _marks(rows: QuerySet[Mark]) -> Mapping[str, MarkView]:
    """The newest mark of each criterion."""
    return {
        row.criterion: MarkView(row.points, row.reason, row.kind, row.made_at) for row in rows.order_by("made_at", "id")
    }


def _samples(rows: QuerySet[Sample]) -> Mapping[str, tuple[UUID, Seen]]:
    """What was found at the sites of each sample."""
    outcome = SampleSite.Outcome
    counts = rows.annotate(
        met=Count("sites", filter=Q(sites__outcome=outcome.MET)),
        not_met=Count("sites", filter=Q(sites__outcome=outcome.NOT_MET)),
    )
    found = {}
    for row in counts:
        unseen = min(row.size, len(row.frame)) - row.met - row.not_met
        found[row.criterion] = (row.id, Seen(row.met, row.not_met, unseen, len(row.frame)))
    return found
