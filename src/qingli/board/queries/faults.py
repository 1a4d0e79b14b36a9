"""The tables of the board against the journal."""

import hashlib
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import Count

from qingli.archive.queries import told
from qingli.board.models import Notice, Reply
from qingli.board.rules.replay import NoticeState, ReplyState, Told, replay


def faults() -> Iterator[str]:
    """Where the tables say something else than the journal, one line each; what was erased is not compared."""
    board = replay(Told(entry.kind, entry.object_id, entry.body) for entry in told("board."))
    notices = {row.id: _notice(row) for row in Notice.objects.annotate(hung=Count("postings")).iterator(500)}
    replies = {row.id: _reply(row) for row in Reply.objects.iterator(500)}
    yield from _differences("notice", board.notices, notices, board.unknown)
    yield from _differences("reply", board.replies, replies, board.unknown)


def _differences(
    word: str, told: Mapping[UUID, object], kept: Mapping[UUID, object], unknown: set[UUID]
) -> Iterator[str]:
    for id in sorted((told.keys() | kept.keys()) - unknown):
        if id not in kept:
            yield f"{word} {id}: in the journal, not in the table"
        elif id not in told:
            yield f"{word} {id}: in the table, not in the journal"
        elif told[id] != kept[id]:
            yield f"{word} {id}: {kept[id]}, but the journal says {told[id]}"


def _notice(row: Notice) -> NoticeState:
    return NoticeState(
        kind=row.kind,
        opens=row.opens.isoformat(),
        ends=row.ends.isoformat(),
        text=hashlib.sha256(row.body.encode()).hexdigest(),
        subjects=tuple(one["id"] for one in row.subjects),
        postings=getattr(row, "hung", 0),
        withdrawn=row.withdrawn_at is not None,
    )


def _reply(row: Reply) -> ReplyState:
    return ReplyState(
        notice=str(row.notice_id),
        kind=row.kind,
        subject=str(row.subject_id or ""),
        outcome=row.outcome,
        forgotten=row.forgotten_at is not None,
    )
