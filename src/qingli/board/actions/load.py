"""Rows, found and locked for a deed."""

from datetime import date, datetime, timedelta
from uuid import UUID

from qingli.board.models import Notice, Reply
from qingli.board.queries.waiting import standing_of
from qingli.board.rules import NotFoundError, Standing
from qingli.ground.rules import day_of

ON_ITS_WAY = timedelta(minutes=1)
"""So long what was sent in the window may take until it stands in the table."""


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


def held_standing(*, notice_id: UUID, subject_id: UUID, at: datetime) -> Standing:
    """For a deed of a room above that waits for a notice: where it stands at a moment, and stays until the deed ends.

    The notice is locked first, so that an objection that is being written is either counted here or comes afterwards;
    and it is over only when those of its last second have had time to arrive. The day is that of the notice's own unit.
    Raises NotFoundError.
    """
    found = notice(notice_id)
    return standing_of(found, day_in(found, at - ON_ITS_WAY), subject_id)


def day_in(row: Notice | Reply, moment: datetime) -> date:
    """The day that it is in the row's unit at a moment."""
    return day_of(moment, row.unit.time_zone)
