"""What rooms above ask of the board: may what waits for this notice go on, and were the goals posted?"""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Min

from qingli.board.models import Notice
from qingli.board.queries import rows
from qingli.board.queries.shapes import GoalPosting
from qingli.board.rules import NotFoundError, NoticeKind, Outcome, Standing, standing_on
from qingli.board.rules.standing import Objection
from qingli.ground.rules import day_of


def standing(notice_id: UUID, *, today: date, subject_id: UUID | None = None) -> Standing:
    """Where a notice stands today; with a subject, only objections to it or to all count. Two queries.

    `Standing.clear` says whether what waits for it may go on. Raises NotFoundError.
    """
    notice = Notice.objects.filter(pk=notice_id).first()
    if notice is None:
        raise NotFoundError
    return standing_of(notice, today, subject_id)


def standing_of(notice: Notice, today: date, subject_id: UUID | None = None) -> Standing:
    """The same of a row. One query."""
    against = rows.objections(notice.id).values_list("subject_id", "outcome")
    return standing_on(
        today,
        opens=notice.opens,
        ends=notice.ends,
        working_days=notice.working_days,
        withdrawn=notice.withdrawn_at is not None,
        objections=(Objection(one, Outcome(outcome) if outcome else None) for one, outcome in against),
        subject_id=subject_id,
    )


def standings(wanted: Iterable[tuple[UUID, UUID]], *, today: date) -> dict[UUID, Standing]:
    """Where many subjects of notices stand, by subject, for (notice, subject) pairs. Two queries at any number."""
    pairs = list(wanted)
    notices = Notice.objects.in_bulk({notice_id for notice_id, _ in pairs})
    against: dict[UUID, list[Objection]] = {notice_id: [] for notice_id in notices}
    for notice_id, subject_id, outcome in rows.all_objections(notices).values_list(
        "notice_id", "subject_id", "outcome"
    ):
        against[notice_id].append(Objection(subject_id, Outcome(outcome) if outcome else None))
    return {
        subject_id: standing_on(
            today,
            opens=notice.opens,
            ends=notice.ends,
            working_days=notice.working_days,
            withdrawn=notice.withdrawn_at is not None,
            objections=against[notice_id],
            subject_id=subject_id,
        )
        for notice_id, subject_id in pairs
        if (notice := notices.get(notice_id))
    }


def goal_postings(unit_id: UUID, *, since: date, until: date, today: date) -> tuple[GoalPosting, ...]:
    """The unit's goals that were hung up from `since` until before `until`, and are not withdrawn. One query.

    `proved` says that a place is told where it hung by the first day that counts, which is the one after it opens: one
    that was hung up later did not hang for the whole window.
    """
    found = rows.notices().filter(unit_id=unit_id, kind=NoticeKind.GOALS.value, withdrawn_at__isnull=True)
    found = found.annotate(first_hung=Min("postings__hung_at"))
    return tuple(
        GoalPosting(
            notice_id=line.id,
            slug=line.slug,
            opens=line.opens,
            ends=line.ends,
            calendar_days=line.calendar_days,
            working_days=line.working_days,
            over=line.state == "over",
            proved=hung is not None and day_of(hung, zone) <= line.opens + timedelta(days=1),
        )
        for line, hung, zone in (
            (rows.line(row, today), row.first_hung, row.unit.time_zone)
            for row in found.filter(opens__gte=since, opens__lt=until).order_by("opens", "id")
        )
    )
