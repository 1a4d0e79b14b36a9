"""Samples: asked for, drawn once the request was sealed, looked at on site."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from qingli.archive.actions import deed
from qingli.archive.queries import JournalEntry, sealed_in
from qingli.archive.rules import Act
from qingli.ground.rules import SYSTEM, Asker, SiteType, clean_text, require
from qingli.proof.models import Sample, SampleSite
from qingli.proof.queries.access import criterion_of, unit_for
from qingli.proof.queries.figures import sites_in_use
from qingli.proof.rules import ProofError, check_period, draw, frame_hash

WORDS = 300
LARGEST = 1000


@deed("proof.sample-asked")
def draw_sample(
    *,
    unit_id: UUID,
    standard_id: str,
    version: str,
    criterion: str,
    since: date,
    until: date,
    size: int | None = None,
    taken_up: bool = False,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Ask for a sample of the sites that the criterion is about; `draw_sites` draws it once this entry is sealed.

    From now on size and frame stay as they are. `size` is the criterion's own number unless it is given. Once for each
    criterion and period: whoever does not like a draw gets no other. Gives the sample.
    Raises not-sampled, bad-size, no-sites, already-drawn, and as `judge`.
    """
    unit = unit_for(by, unit_id, "proof.judge", taken_up=taken_up)
    check_period(since, until)
    asked = criterion_of(standard_id, version, criterion)
    if asked.kind != "sample":
        raise ProofError("not-sampled")
    number = asked.min_n if size is None else size
    if not 1 <= number <= LARGEST:
        raise ProofError("bad-size", {"most": LARGEST})
    frame = sorted(str(site.id) for site in sites_in_use(unit.id, SiteType(asked.site_type)))
    if not frame:
        raise ProofError("no-sites")
    where = {"standard": standard_id, "version": version, "criterion": criterion, "since": since, "until": until}
    if Sample.objects.filter(unit_id=unit.id, **where).exists():
        raise ProofError("already-drawn")
    try:
        with transaction.atomic():
            row = Sample.objects.create(
                unit_id=unit.id, site_type=asked.site_type, size=number, frame=frame, made_at=recorded_at, **where
            )
    except IntegrityError:  # a colleague was quicker by a moment
        raise ProofError("already-drawn") from None
    said = {**where, "since": str(since), "until": str(until), "size": number, "frame": len(frame)}
    return Act("sample", row.id, unit.path, {**said, "frame_hash": frame_hash(map(UUID, frame))})


def draw_for(entry: JournalEntry, *, recorded_at: datetime, key: UUID) -> None:
    """For the worker, when it meets a sealed request: draw, with the chain after the batch that sealed it."""
    sealed = sealed_in(entry.id)
    assert sealed is not None
    batch, seed = sealed
    if Sample.objects.filter(pk=entry.object_id, seed="").exists():
        draw_sites(
            sample_id=entry.object_id,
            batch=batch,
            seed=seed,
            by=SYSTEM,
            happened_at=recorded_at,
            recorded_at=recorded_at,
            key=key,
        )


@deed("proof.sample-drawn")
def draw_sites(
    *, sample_id: UUID, batch: int, seed: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """The sites, in the order of the draw. Gives the sample. Raises already-drawn."""
    row = Sample.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=sample_id).first()
    if row is None:
        raise ProofError("not-found")
    require(by, "proof.judge", row.unit.path)
    if row.seed:
        raise ProofError("already-drawn")
    drawn = draw(seed, map(UUID, row.frame), row.size)
    row.batch, row.seed, row.drawn_at = batch, seed, recorded_at
    row.save(update_fields=["batch", "seed", "drawn_at"])
    SampleSite.objects.bulk_create(
        SampleSite(unit_id=row.unit_id, sample=row, site_id=site, place=place)
        for place, site in enumerate(drawn, start=1)
    )
    said = {"batch": batch, "seed": seed, "size": row.size, "sites": list(map(str, drawn))}
    return Act("sample", row.id, row.unit.path, said)


@deed("proof.site-checked", version=2)
def check_sample_site(
    *,
    sample_site_id: UUID,
    outcome: str,
    words: str = "",
    taken_up: bool = False,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """What was found at a site that was drawn: met, not-met, or not-seen. Again, where it was wrong. Gives the site.

    The journal keeps that there are words, not what they say of whom. Raises not-found, bad-outcome, not-allowed.
    """
    rows = SampleSite.objects.select_for_update(of=("self",)).select_related("unit")
    row = rows.filter(pk=sample_site_id).first()
    if row is None:
        raise ProofError("not-found")
    require(by, "proof.judge", row.unit.path, taken_up=taken_up)
    if outcome not in SampleSite.Outcome.values:
        raise ProofError("bad-outcome")
    before = row.outcome
    row.outcome, row.words, row.checked_at = outcome, clean_text(words, WORDS, "words", needed=False), happened_at
    row.save(update_fields=["outcome", "words", "checked_at"])
    said = {"sample": str(row.sample_id), "site": str(row.site_id), "before": before, "outcome": outcome}
    return Act("sample-site", row.id, row.unit.path, {**said, "words": len(row.words)})
