"""Rows, found and locked for a deed."""

from datetime import date, datetime
from uuid import UUID

from qingli.board.models import Notice, Reply
from qingli.board.rules import NotFoundError
from qingli.ground.rules import day_of


def notice(notice_id: UUID) -> Notice:
    """The notice with its unit, locked: nobody replies while it is withdrawn. Raises NotFoundError."""
    found = Notice.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=notice_id).first()
    if found is None:
        raise NotFoundError
    return found


def reply(reply_id: UUID) -> Reply:
    """The reply with its unit, locked: it is answered once. Raises NotFoundError."""
    found = Reply.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=reply_id).first()
    if found is None:
        raise NotFoundError
    return found


def day_in(row: Notice | Reply, moment: datetime) -> date:
    """The day that it is in the row's unit at a moment."""
    return day_of(moment, row.unit.time_zone)
