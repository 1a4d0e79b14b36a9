"""Writers of records. A record of a task finishes it, in the same transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from qingli.archive.actions import Taken, deed, keep_file
from qingli.archive.rules import Act, Retention
from qingli.ground.queries import public_unit, site
from qingli.ground.rules import Asker, clean_text, day_of, require
from qingli.lib.ids import derived
from qingli.plan.actions import correct_task, finish_task, place_of
from qingli.plan.queries import NotFoundError
from qingli.work.models import Record
from qingli.work.rules import WORDS, RecordRefusedError, check_quantities, check_said, check_time


@deed("work.recorded")
def record_work(
    *,
    task_id: UUID | None = None,
    unit_id: UUID | None = None,
    site_id: UUID | None = None,
    words: str = "",
    quantities: Mapping[str, object] | None = None,
    photo: Taken | None = None,
    finish: bool = True,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A short record: of a task, which is then done unless `finish` is False, or of a unit without any task.

    Everything but the place is optional; `photo` comes from `archive.actions.take_file`. What two people record of one
    task is both kept, and the task is done once. Gives the record.
    Raises nothing-said, in-future, bad-quantity, plan-not-in-force, and what the ground says of words and places.
    """
    check_time(happened_at, recorded_at)
    words = clean_text(words, WORDS, "words", needed=False)
    figures = check_quantities(quantities or {})
    check_said(words, figures, has_photo=photo is not None, for_task=task_id is not None)
    if task_id is not None:
        place = place_of(by, task_id)
        owner_id, path, site_id, waits = place.unit_id, place.path, place.site_id or site_id, place.waits
    else:
        owner_id, path, waits = *_own_place(by, unit_id, site_id), False
    record = Record.objects.create(
        unit_id=owner_id,
        task_id=task_id,
        site_id=site_id,
        person_id=by.person_id,
        happened_at=happened_at,
        recorded_at=recorded_at,
        words=words,
        quantities=figures,
        photo_id=_kept(photo, path, recorded_at),
    )
    if task_id is not None and finish and waits:
        finish_task(
            task_id=task_id, by=by, happened_at=happened_at, recorded_at=recorded_at, key=derived(key, "finish")
        )
    return Act("record", record.id, path, {"task": str(task_id or ""), "words": words, "quantities": figures})


def _own_place(by: Asker, unit_id: UUID | None, site_id: UUID | None) -> tuple[UUID, str]:
    """The unit of a record without a task, and its path; a site must be one that the person may see."""
    found = site(by, site_id) if site_id else None
    if site_id and found is None:
        raise NotFoundError
    where = unit_id or (found.unit_id if found else None)
    unit = public_unit(where) if where else None
    if unit is None:
        raise NotFoundError
    require(by, "record.write", unit.path)
    return unit.id, unit.path


def _kept(photo: Taken | None, path: str, recorded_at: datetime) -> UUID | None:
    if photo is None:
        return None
    return keep_file(photo, retention=Retention.TWO_YEARS, scope=path, recorded_at=recorded_at)


@deed("work.corrected")
def correct_record(
    *,
    record_id: UUID,
    reason: str,
    words: str = "",
    quantities: Mapping[str, object] | None = None,
    photo: Taken | None = None,
    keep_photo: bool = True,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """The record as it should have been, and why; the first one stays and can be read. Gives the new record.

    `happened_at` is when the work was done; on another day than was said, the task's day is corrected too. Whoever
    wrote a record corrects it; others need `record.correct`. Raises no-reason, already-corrected, and as `record_work`.
    """
    check_time(happened_at, recorded_at)
    reason = clean_text(reason, 300, "reason", needed=False)
    if not reason:
        raise RecordRefusedError("no-reason")
    words = clean_text(words, WORDS, "words", needed=False)
    figures = check_quantities(quantities or {})
    old = Record.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=record_id).first()
    if old is None:
        raise NotFoundError
    if old.person_id is None or old.person_id != by.person_id:
        require(by, "record.correct", old.unit.path)
    if Record.objects.filter(corrects=old).exists():
        raise RecordRefusedError("already-corrected")
    photo_id = _kept(photo, old.unit.path, recorded_at) or (old.photo_id if keep_photo else None)
    check_said(words, figures, has_photo=photo_id is not None, for_task=old.task_id is not None)
    record = Record.objects.create(
        unit_id=old.unit_id,
        task_id=old.task_id,
        site_id=old.site_id,
        person_id=by.person_id,
        happened_at=happened_at,
        recorded_at=recorded_at,
        words=words,
        quantities=figures,
        photo_id=photo_id,
        corrects=old,
        reason=reason,
    )
    zone = old.unit.time_zone
    if old.task_id is not None and day_of(old.happened_at, zone) != day_of(happened_at, zone):
        correct_task(
            task_id=old.task_id,
            reason=reason,
            by=by,
            happened_at=happened_at,
            recorded_at=recorded_at,
            key=derived(key, "correct"),
        )
    said = {"corrects": str(old.id), "reason": reason, "words": words, "quantities": figures}
    return Act("record", record.id, old.unit.path, said)
