"""What those who post and answer see."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from qingli.board.models import Notice, Posting, Reply
from qingli.board.queries import rows
from qingli.board.queries.shapes import NoticePage, NoticeView, PostingView, ReplyView
from qingli.board.queries.waiting import standing_of
from qingli.board.rules import NotFoundError, Outcome, ReplyKind
from qingli.ground.queries import Page, public_unit
from qingli.ground.queries.scope import page_key
from qingli.ground.rules import Asker, may, require


def notices_of_unit(
    asker: Asker, unit_id: UUID, *, today: date, after: str | None = None, limit: int = 50
) -> NoticePage:
    """A unit's notices with the counts of their replies; what hangs or will hang first. Three queries.

    With `after`, only further past ones. Raises NotFoundError, and the ground's `not-allowed` without `reply.read`.
    """
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "reply.read", unit.path)
    mine = rows.with_counts(rows.notices().filter(unit_id=unit_id))
    gone = mine.filter(rows.past(today))
    if key := page_key(after):
        last = Notice.objects.filter(pk=key).values("opens")[:1]
        gone = gone.filter(Q(opens__lt=last) | Q(opens=last, id__lt=key))
    found = list(gone.order_by("-opens", "-id")[: limit + 1])
    hanging = [] if key else mine.exclude(rows.past(today)).order_by("-opens", "-id")
    return NoticePage(
        current=tuple(rows.line(row, today) for row in hanging),
        past=tuple(rows.line(row, today) for row in found[:limit]),
        after=str(found[limit - 1].id) if len(found) > limit else None,
    )


def notice(asker: Asker, notice_id: UUID, *, today: date) -> NoticeView:
    """One notice for those who answer for it. Three queries. Raises NotFoundError, `not-allowed`."""
    row = rows.with_counts(rows.notices()).filter(pk=notice_id).first()
    if row is None:
        raise NotFoundError
    require(asker, "reply.read", row.unit.path)
    by_days, by_working = rows.two_ends(row)
    postings = Posting.objects.filter(notice=row).order_by("hung_at", "id")
    return NoticeView(
        line=rows.line(row, today),
        body=row.body,
        subjects=rows.subjects(row),
        standing=standing_of(row, today),
        by_days=by_days,
        by_working=by_working,
        ends_told=row.ends_told,
        withdrawn_why=row.withdrawn_why,
        about_type=row.about_type,
        about_id=row.about_id,
        postings=tuple(PostingView(one.id, one.place, one.hung_at, one.photo_id) for one in postings),
        may_post=may(asker, "notice.post", row.unit.path),
        may_answer=may(asker, "reply.answer", row.unit.path),
    )


def replies(asker: Asker, notice_id: UUID, *, after: str | None = None, limit: int = 100) -> Page[ReplyView]:
    """The replies to a notice, oldest first. Two queries. Raises NotFoundError, `not-allowed` without `reply.read`.

    Name and contact are given to those who answer, and to nobody else who reads.
    """
    row = Notice.objects.select_related("unit").filter(pk=notice_id).first()
    if row is None:
        raise NotFoundError
    require(asker, "reply.read", row.unit.path)
    sent = Reply.objects.filter(notice=row)
    if key := page_key(after):
        sent = sent.filter(id__gt=key)
    found = list(sent.order_by("id")[: limit + 1])
    answers = may(asker, "reply.answer", row.unit.path)
    shown = tuple(_reply(one, row, answers=answers) for one in found[:limit])
    return Page(shown, str(shown[-1].id) if len(found) > limit else None)


def reply(asker: Asker, reply_id: UUID) -> ReplyView:
    """One reply, as `replies` gives it. One query. Raises NotFoundError, `not-allowed` without `reply.read`."""
    row = Reply.objects.select_related("notice", "unit").filter(pk=reply_id).first()
    if row is None:
        raise NotFoundError
    require(asker, "reply.read", row.unit.path)
    return _reply(row, row.notice, answers=may(asker, "reply.answer", row.unit.path))


def unanswered(asker: Asker, unit_id: UUID) -> int:
    """How many replies wait for an answer in a unit; 0 for whoever may not read them. Two queries."""
    unit = public_unit(unit_id)
    if unit is None or not may(asker, "reply.read", unit.path):
        return 0
    return Reply.objects.filter(unit_id=unit_id, outcome="").count()


def _reply(row: Reply, notice: Notice, *, answers: bool) -> ReplyView:
    return ReplyView(
        id=row.id,
        kind=ReplyKind(row.kind),
        subject=rows.label_of(notice, row.subject_id),
        name=row.name if answers else "",
        contact=row.contact if answers else "",
        words=row.words,
        sent_at=row.sent_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=row.reason,
        answered_at=row.answered_at,
        forgotten=row.forgotten_at is not None,
    )
