"""What the offices above do: the street endorses, the district recommends, the city posts, names or declines."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.board.actions import post_notice
from qingli.board.rules import NoticeKind, Subject
from qingli.ground.rules import Asker, day_of, require
from qingli.lib.ids import derived
from qingli.title.actions.base import locked_application, locked_cycle, moved, told, write
from qingli.title.models import Application
from qingli.title.rules import TitleError


@deed("title.endorsed")
def endorse(*, application_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """The street stands behind it. Gives the application."""
    application = locked_application(application_id)
    move = moved(application, "endorse", by, recorded_at)
    write(application, move)
    return told(application, move)


@deed("title.recommended")
def recommend(*, application_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """The district puts it forward; after the street's time also without the street. Gives the application."""
    application = locked_application(application_id)
    without_street = application.state == "submitted"
    move = moved(application, "recommend", by, recorded_at)
    write(application, move)
    return told(application, move, **({"without_street": True} if without_street else {}))


@deed("title.returned")
def return_application(
    *, application_id: UUID, reason: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Back to the community with a reason, and with time to put it right. Gives the application."""
    application = locked_application(application_id)
    move = moved(application, "return", by, recorded_at, reason)
    application.mend_until = move.today + timedelta(days=application.cycle.mend_days)
    write(application, move, "mend_until")
    return told(application, move, mend_until=str(application.mend_until))


@deed("title.declined")
def decline(
    *, application_id: UUID, reason: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Not named, with the reason. Gives the application."""
    application = locked_application(application_id)
    move = moved(application, "decline", by, recorded_at, reason)
    write(application, move)
    return told(application, move)


@deed("title.candidates-posted")
def post_candidates(
    *,
    cycle_id: UUID,
    application_ids: Sequence[UUID],
    title: str,
    body: str,
    opens_on: date | None = None,
    ends_on: date | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Post the recommended units on the board of the city; an objection names one of them or all. Gives the cycle.

    `ends_on` is needed where the rest days of the year are not known. Raises no-candidates, move-not-open, and what
    the board says of its window and of permissions.
    """
    cycle = locked_cycle(cycle_id)
    unit = cycle.programme.unit
    require(by, "title.manage", unit.path)
    if not application_ids:
        raise TitleError("no-candidates", field="applications")
    applications = [_candidate(one, cycle.id) for one in dict.fromkeys(application_ids)]
    notice = post_notice(
        unit_id=unit.id,
        kind=NoticeKind.CANDIDATES,
        title=title,
        body=body,
        opens_on=opens_on or day_of(recorded_at, unit.time_zone),
        days=cycle.notice_days,
        at_least_working=cycle.notice_working_days,
        ends_on=ends_on,
        about_type="cycle",
        about_id=cycle.id,
        subjects=[Subject(one.id, one.unit.name) for one in applications],
        by=by,
        happened_at=happened_at,
        recorded_at=recorded_at,
        key=derived(key, "notice"),
    )
    for one in applications:
        _post(
            application_id=one.id,
            notice_id=notice.object_id,
            by=by,
            happened_at=happened_at,
            recorded_at=recorded_at,
            key=derived(key, str(one.id)),
        )
    said = {"notice": str(notice.object_id), "applications": [str(one.id) for one in applications]}
    return Act("cycle", cycle.id, unit.path, said)


@deed("title.posted")
def _post(
    *, application_id: UUID, notice_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """One application goes up with the notice."""
    application = locked_application(application_id)
    move = moved(application, "post", by, recorded_at)
    application.notice_id = notice_id
    write(application, move, "notice")
    return told(application, move, notice=str(notice_id))


def _candidate(application_id: UUID, cycle_id: UUID) -> Application:
    application = locked_application(application_id)
    if application.cycle_id != cycle_id:
        raise TitleError("no-candidates", field="applications")
    return application
