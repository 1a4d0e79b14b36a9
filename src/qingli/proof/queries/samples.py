"""Samples: what was drawn, how to draw it again, and what was found."""

from uuid import UUID

from qingli.ground.rules import Asker, require
from qingli.proof.models import Sample, SampleSite
from qingli.proof.queries.shapes import SampleSiteView, SampleView
from qingli.proof.rules import ProofError, frame_hash


def sample(asker: Asker, sample_id: UUID, *, taken_up: bool = False) -> SampleView:
    """A sample with its sites. Two queries. Raises not-found, not-allowed."""
    row = _row(asker, sample_id, taken_up=taken_up)
    drawn = SampleSite.objects.filter(sample=row).select_related("site", "site__unit").order_by("place")
    return SampleView(
        id=row.id,
        unit_id=row.unit_id,
        standard_id=row.standard,
        version=row.version,
        criterion=row.criterion,
        since=row.since,
        until=row.until,
        size=row.size,
        frame=len(row.frame),
        frame_hash=frame_hash(UUID(one) for one in row.frame),
        batch=row.batch,
        seed=row.seed,
        made_at=row.made_at,
        sites=tuple(
            SampleSiteView(
                one.id,
                one.site_id,
                one.site.name,
                " · ".join(filter(None, (one.site.unit.name, one.site.place))),
                one.place,
                one.outcome,
                one.words,
            )
            for one in drawn
        ),
    )


def sample_frame(asker: Asker, sample_id: UUID) -> tuple[UUID, ...]:
    """The ids of all sites that could be drawn, so that anybody can draw again. One query."""
    return tuple(sorted(UUID(one) for one in _row(asker, sample_id).frame))


def _row(asker: Asker, sample_id: UUID, *, taken_up: bool = False) -> Sample:
    row = Sample.objects.select_related("unit").filter(pk=sample_id).first()
    if row is None:
        raise ProofError("not-found")
    require(asker, "proof.read", row.unit.path, taken_up=taken_up)
    return row
