"""Replies of people without an account, their answers, and forgetting who they were."""

import secrets
from datetime import datetime
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.board.actions import load
from qingli.board.models import Reply
from qingli.board.rules import Outcome, ReplyKind, Sent, check_answer, check_forget, check_reply
from qingli.ground.rules import Asker, require


@deed("board.replied")
def reply(
    *,
    notice_id: UUID,
    kind: ReplyKind,
    words: str,
    name: str = "",
    contact: str = "",
    subject_id: UUID | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """An opinion or an objection from anybody, while the window is open. Gives the reply.

    An objection needs name and contact; with `subject_id` it is against that one, without against all. The address of
    its receipt is `queries.receipt_token`. The day that counts is that of `recorded_at`. The journal holds neither who
    it was nor what they said. Raises as `rules.check_reply`.
    """
    notice = load.notice(notice_id)
    sent = check_reply(
        Sent(ReplyKind(kind), subject_id, name, contact, words),
        today=load.day_in(notice, recorded_at),
        opens=notice.opens,
        ends=notice.ends,
        withdrawn=notice.withdrawn_at is not None,
        subjects={UUID(one["id"]) for one in notice.subjects},
    )
    row = Reply.objects.create(
        unit_id=notice.unit_id,
        notice=notice,
        kind=sent.kind,
        subject_id=sent.subject_id,
        name=sent.name,
        contact=sent.contact,
        words=sent.words,
        token=secrets.token_urlsafe(24),
        sent_at=recorded_at,
    )
    subject = str(sent.subject_id or "")
    said = {"notice": str(notice.id), "kind": str(sent.kind), "subject": subject}
    return Act("reply", row.id, notice.unit.path, said)


@deed("board.answered")
def answer_reply(
    *,
    reply_id: UUID,
    outcome: Outcome,
    reason: str,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Decide a reply, with a reason that the replier and everybody else can read. Gives the reply.

    Raises reply-answered, objection-undecided, no-answer-reason, and of texts and permissions (`reply.answer`).
    """
    row = load.reply(reply_id)
    require(by, "reply.answer", row.unit.path)
    outcome = Outcome(outcome)
    row.reason = check_answer(ReplyKind(row.kind), outcome, reason, answered=row.answered_at is not None)
    row.outcome, row.answered_at = outcome, recorded_at
    row.save(update_fields=["outcome", "reason", "answered_at"])
    subject = str(row.subject_id or "")
    said = {"notice": str(row.notice_id), "kind": str(row.kind), "subject": subject, "outcome": str(outcome)}
    return Act("reply", row.id, row.unit.path, said)


@deed("board.replier-forgotten")
def forget_replier(*, reply_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Erase name and contact of somebody who has been answered. Gives the reply.

    Raises reply-open, replier-forgotten, and of permissions (`reply.answer`).
    """
    row = load.reply(reply_id)
    require(by, "reply.answer", row.unit.path)
    check_forget(answered=row.answered_at is not None, forgotten=row.forgotten_at is not None)
    row.name, row.contact, row.forgotten_at = "", "", recorded_at
    row.save(update_fields=["name", "contact", "forgotten_at"])
    return Act("reply", row.id, row.unit.path, {})
