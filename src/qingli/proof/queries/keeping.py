"""An assessment as JSON and back: it is kept with its standard, so that it reads the same when the content changes."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from qingli.archive.queries import told
from qingli.catalogue import Criterion, Names, Standard
from qingli.proof.models import Assessment
from qingli.proof.queries.shapes import AssessmentView, CriterionResult, MarkView


def content_of(view: AssessmentView) -> dict[str, Any]:
    """Everything but the open tasks, which lead on only while the assessment is live."""
    standard = view.standard
    return {
        "day": view.day.isoformat(),
        "standard": {
            "names": asdict(standard.names),
            "sample": standard.sample,
            "levels": dict(standard.levels),
        },
        "results": [_result(result) for result in view.results],
    }


def view_of(row: Assessment) -> AssessmentView:
    """The assessment that a row keeps."""
    results = tuple(_read(result) for result in row.content["results"])
    states = [result.state for result in results]
    kept = row.content["standard"]
    standard = Standard(
        id=row.standard,
        version=row.version,
        names=Names(**kept["names"]),
        sample=kept["sample"],
        levels=MappingProxyType(kept["levels"]),
        criteria=tuple(result.criterion for result in results),
    )
    return AssessmentView(
        unit_id=row.unit_id,
        standard=standard,
        since=row.since,
        until=row.until,
        day=date.fromisoformat(row.content["day"]),
        kind=row.kind,
        results=results,
        points=row.points,
        of=row.of,
        has=states.count("met"),
        lacks=states.count("not-met") + states.count("partly"),
        unclear=states.count("not-enough-data"),
        to_judge=states.count("to-judge"),
        id=row.id,
        made_at=row.made_at,
    )


def told_of(view: AssessmentView) -> dict[str, object]:
    """What the journal says of an assessment: every figure, and no words."""
    return {
        "unit": str(view.unit_id),
        "standard": view.standard.id,
        "version": view.standard.version,
        "since": str(view.since),
        "until": str(view.until),
        "day": str(view.day),
        "kind": view.kind,
        "points": str(view.points),
        "of": view.of,
        "results": [
            {
                "criterion": result.criterion.id,
                "state": result.state,
                "points": str(result.points),
                "of": result.of,
                "n": result.n,
                "numerator": result.numerator,
                "missing": result.missing,
            }
            for result in view.results
        ],
    }


def faults_of_assessments() -> Iterator[str]:
    """Every assessment that is not what the journal says of it; what was erased there cannot be compared."""
    said = {}
    for entry in told("proof.assessed"):
        said[entry.object_id] = entry.body
    for row in Assessment.objects.order_by("made_at", "id").iterator():
        if row.id not in said:
            yield f"assessment {row.id}: the journal does not know it"
            continue
        body = said.pop(row.id)
        if body is not None and body != told_of(view_of(row)):
            yield f"assessment {row.id}: it is not what was kept on {row.content.get('day')}"
    for identity in said:
        yield f"assessment {identity}: the journal tells of it, and it is gone"


def _result(result: CriterionResult) -> dict[str, Any]:
    mark = result.mark
    return {
        "criterion": asdict(result.criterion),
        "state": result.state,
        "points": str(result.points),
        "value": result.value,
        "n": result.n,
        "numerator": result.numerator,
        "missing": result.missing,
        "mark": {"points": mark.points, "reason": mark.reason, "kind": mark.kind, "made_at": mark.made_at.isoformat()}
        if mark
        else None,
        "sample": str(result.sample_id) if result.sample_id else None,
    }


def _read(kept: dict[str, Any]) -> CriterionResult:
    fields = dict(kept["criterion"])
    for name in ("names", "shows"):
        fields[name] = Names(**fields[name])
    fields["measures"] = tuple(fields["measures"])
    criterion, mark = Criterion(**fields), kept["mark"]
    return CriterionResult(
        criterion=criterion,
        state=kept["state"],
        points=Decimal(kept["points"]),
        of=criterion.points,
        value=kept["value"],
        n=kept["n"],
        numerator=kept["numerator"],
        missing=kept["missing"],
        mark=MarkView(mark["points"], mark["reason"], mark["kind"], datetime.fromisoformat(mark["made_at"]))
        if mark
        else None,
        sample_id=UUID(kept["sample"]) if kept["sample"] else None,
    )
