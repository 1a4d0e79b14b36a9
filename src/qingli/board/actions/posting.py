"""Hanging a notice up, proving that it hung, taking it down."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from qingli.archive.actions import Taken, deed, keep_file
from qingli.archive.rules import Act, Retention
from qingli.board.actions import load
from qingli.board.models import Notice, Posting
from qingli.board.rules import (
    AT_LEAST_WORKING,
    DAYS,
    BoardError,
    NotFoundError,
    NoticeKind,
    Subject,
    clean_lines,
    window,
)
from qingli.ground.queries import public_unit
from qingli.ground.rules import Asker, clean_text, day_of, require
from qingli.ground.rules.workdays import working_days_in
from qingli.lib.ids import new_id

TITLE = 120
BODY = 20_000
PLACE = 120
REASON = 300
LABEL = 80
SUBJECTS = 200


@deed("board.posted")
def post_notice(
    *,
    unit_id: UUID,
    kind: NoticeKind,
    title: str,
    body: str,
    opens_on: date,
    days: int = DAYS,
    at_least_working: int = AT_LEAST_WORKING,
    ends_on: date | None = None,
    about_type: str = "",
    about_id: UUID | None = None,
    subjects: Sequence[Subject] = (),
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Post a notice with its window. Gives the notice.

    `ends_on` names a later end than the counted one, or the end where the rest days of the year are not known.
    Raises window-out-of-range, opens-in-past, opens-too-far, rest-days-unknown, window-too-short, bad-subjects, and
    what the ground says of texts and permissions (`notice.post`).
    """
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(by, "notice.post", unit.path)
    span = window(
        opens_on,
        working_days_in(unit.time_zone),
        today=day_of(recorded_at, unit.time_zone),
        days=days,
        at_least_working=at_least_working,
        ends_on=ends_on,
    )
    id = new_id()
    notice = Notice.objects.create(
        id=id,
        unit_id=unit.id,
        kind=NoticeKind(kind),
        slug=id.hex[-10:],
        title=clean_text(title, TITLE, "title"),
        body=clean_lines(body, BODY, "body"),
        opens=span.opens,
        ends=span.ends,
        days=days,
        at_least_working=at_least_working,
        working_days=span.working_days,
        ends_told=span.told,
        about_type=about_type,
        about_id=about_id,
        subjects=_subjects(subjects),
        posted_at=recorded_at,
    )
    return Act("notice", notice.id, unit.path, _facts(notice))


def _subjects(subjects: Sequence[Subject]) -> list[dict[str, str]]:
    if len(subjects) > SUBJECTS or len({one.id for one in subjects}) < len(subjects):
        raise BoardError("bad-subjects", "subjects")
    return [{"id": str(one.id), "label": clean_text(one.label, LABEL, "subjects")} for one in subjects]


def _facts(notice: Notice) -> dict[str, object]:
    """What the journal keeps: enough to rebuild every standing, and a hash by which the words can be checked."""
    return {
        "kind": str(notice.kind),
        "slug": notice.slug,
        "title": notice.title,
        "text": hashlib.sha256(notice.body.encode()).hexdigest(),
        "opens": notice.opens.isoformat(),
        "ends": notice.ends.isoformat(),
        "days": notice.days,
        "at_least_working": notice.at_least_working,
        "working_days": notice.working_days,
        "ends_told": notice.ends_told,
        "about_type": notice.about_type,
        "about": str(notice.about_id or ""),
        "subjects": [one["id"] for one in notice.subjects],
    }


@deed("board.proved")
def prove_posting(
    *,
    notice_id: UUID,
    place: str,
    photo: Taken | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Say where the notice hangs since `happened_at`, with at most one photo. Gives the notice.

    Raises notice-withdrawn, hung-in-future, place-already-told, and of texts and permissions (`notice.post`).
    """
    notice = load.notice(notice_id)
    require(by, "notice.post", notice.unit.path)
    if notice.withdrawn_at is not None:
        raise BoardError("notice-withdrawn")
    if happened_at > recorded_at:
        raise BoardError("hung-in-future", "hung_on")
    place = clean_text(place, PLACE, "place")
    if Posting.objects.filter(notice=notice, place=place).exists():
        raise BoardError("place-already-told", "place")
    path = notice.unit.path
    kept = keep_file(photo, retention=Retention.TEN_YEARS, scope=path, recorded_at=recorded_at) if photo else None
    Posting.objects.create(unit_id=notice.unit_id, notice=notice, place=place, photo_id=kept, hung_at=happened_at)
    return Act("notice", notice.id, path, {"place": place, "photo": photo.sha256 if photo else ""})


@deed("board.withdrawn")
def withdraw_notice(
    *, notice_id: UUID, reason: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Take a notice down, with a reason that everybody sees. Its window can then never be over.

    Raises notice-withdrawn, no-withdrawal-reason, and of texts and permissions (`notice.post`).
    """
    notice = load.notice(notice_id)
    require(by, "notice.post", notice.unit.path)
    if notice.withdrawn_at is not None:
        raise BoardError("notice-withdrawn")
    reason = clean_text(reason, REASON, "reason", needed=False)
    if not reason:
        raise BoardError("no-withdrawal-reason", "reason")
    notice.withdrawn_at, notice.withdrawn_why = recorded_at, reason
    notice.save(update_fields=["withdrawn_at", "withdrawn_why"])
    return Act("notice", notice.id, notice.unit.path, {})
