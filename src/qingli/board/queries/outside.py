"""What anybody sees of the board, without an account."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from qingli.board.models import Notice, Posting, Reply
from qingli.board.queries import rows
from qingli.board.queries.shapes import NoticeLine, PublicAnswer, PublicNotice, Receipt
from qingli.board.rules import NotFoundError, Outcome, ReplyKind
from qingli.ground.queries import Page
from qingli.ground.queries.scope import page_key

ANSWERS = 200


def public_notices(
    *, today: date, unit_id: UUID | None = None, past: bool = False, after: str | None = None, limit: int = 50
) -> Page[NoticeLine]:
    """Open notices, newest first, or past ones. One query."""
    found = rows.notices().filter(rows.past(today) if past else rows.hangs(today))
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    if key := page_key(after):
        last = Notice.objects.filter(pk=key).values("opens")[:1]
        found = found.filter(Q(opens__lt=last) | Q(opens=last, id__lt=key))
    page = list(found.order_by("-opens", "-id")[: limit + 1])
    lines = tuple(rows.line(row, today) for row in page[:limit])
    return Page(lines, str(lines[-1].id) if len(page) > limit else None)


def public_notice(slug: str, *, today: date) -> PublicNotice:
    """A notice by its address, with its answers. Three queries. Raises NotFoundError."""
    row = rows.with_counts(rows.notices()).filter(slug=slug).first()
    if row is None:
        raise NotFoundError
    line = rows.line(row, today)
    by_days, by_working = rows.two_ends(row)
    answered = Reply.objects.filter(notice=row, answered_at__isnull=False).order_by("answered_at", "id")
    return PublicNotice(
        line=line,
        body=row.body,
        subjects=rows.subjects(row),
        by_days=by_days,
        by_working=by_working,
        ends_told=row.ends_told,
        withdrawn_why=row.withdrawn_why,
        places=tuple(Posting.objects.filter(notice=row).order_by("hung_at", "id").values_list("place", flat=True)),
        answers=tuple(_answer(one, row) for one in answered[:ANSWERS]),
        replies=line.replies,
        waiting=line.unanswered,
    )


def receipt_token(reply_id: UUID) -> str:
    """The secret part of a reply's address, for whoever has just sent it. Raises NotFoundError."""
    token = Reply.objects.filter(pk=reply_id).values_list("token", flat=True).first()
    if token is None:
        raise NotFoundError
    return token


def receipt(token: str, *, today: date) -> Receipt:
    """What became of a reply, at its secret address. One query. Raises NotFoundError."""
    row = Reply.objects.select_related("notice__unit").filter(token=token).first() if token.isprintable() else None
    if row is None:
        raise NotFoundError
    return Receipt(
        notice=rows.line(row.notice, today),
        kind=ReplyKind(row.kind),
        subject=rows.label_of(row.notice, row.subject_id),
        words=row.words,
        sent_at=row.sent_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=row.reason,
        answered_at=row.answered_at,
    )


def _answer(row: Reply, notice: Notice) -> PublicAnswer:
    assert row.answered_at is not None
    subject = rows.label_of(notice, row.subject_id)
    return PublicAnswer(ReplyKind(row.kind), subject, Outcome(row.outcome), row.reason, row.answered_at)
