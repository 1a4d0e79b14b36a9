"""What a community does: begin, write, hand in, withdraw."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.queries import UnitView, public_unit
from qingli.ground.rules import Asker, day_of, require
from qingli.lib.ids import derived
from qingli.proof.actions import freeze
from qingli.title.actions.base import locked_application, moved, told, write
from qingli.title.models import Application
from qingli.title.queries.access import NotFoundError, cycle_row
from qingli.title.queries.known import known_of
from qingli.title.queries.standing import reasons_against
from qingli.title.rules import TitleError
from qingli.title.rules.eligibility import require_eligible
from qingli.title.rules.words import WORDS, clean_words


@deed("title.begun")
def begin_application(
    *, cycle_id: UUID, unit_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Begin an application; it keeps the version of the standard that is in force now. Gives the application.

    Raises already-applied, the reasons of `rules.reasons`, and of permissions (`title.apply`).
    """
    unit, cycle = _unit(unit_id), cycle_row(cycle_id)
    require(by, "title.apply", unit.path)
    today = day_of(recorded_at, unit.time_zone)
    if Application.objects.filter(cycle=cycle, unit_id=unit.id).exists():
        raise TitleError("already-applied")
    require_eligible(reasons_against(cycle, unit, today))
    pinned = {"standard_id": cycle.standard_id, "standard_version": cycle.standard_version}
    try:
        with transaction.atomic():
            application = Application.objects.create(cycle=cycle, unit_id=unit.id, moved_on=today, **pinned)
    except IntegrityError:  # a colleague was quicker by a moment
        raise TitleError("already-applied") from None
    said = {
        "cycle": str(cycle.id),
        "unit": str(unit.id),
        "state": application.state,
        "standard": cycle.standard_id,
        "version": cycle.standard_version,
    }
    return Act("application", application.id, unit.path, said)


@deed("title.saved")
def save_application(
    *, application_id: UUID, words: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """What others can learn, the one free text; it may be left out. Gives the application.

    The journal keeps how long it is, not what it says. Raises text-too-long, window-closed, move-not-open, and of
    permissions (`title.apply`).
    """
    application = locked_application(application_id)
    moved(application, "save", by, recorded_at)
    application.words = clean_words(words, WORDS, "words")
    application.save(update_fields=["words"])
    return Act("application", application.id, application.unit.path, {"words": len(application.words)})


@deed("title.submitted")
def submit(*, application_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Hand in: the assessment and what is known of the unit are frozen, and the offices above may look.

    Gives the application. Raises the reasons of `rules.reasons`, move-not-open, and of permissions (`title.apply`).
    """
    application = locked_application(application_id)
    move = moved(application, "submit", by, recorded_at)
    unit, cycle = _unit(application.unit_id), application.cycle
    require_eligible(reasons_against(cycle, unit, move.today, application.mend_until))
    frozen = freeze(
        unit_id=unit.id,
        standard_id=application.standard_id,
        version=application.standard_version,
        since=cycle.evidence_from,
        until=cycle.evidence_until,
        kind="self",
        today=move.today,
        by=by,
        happened_at=happened_at,
        recorded_at=recorded_at,
        key=derived(key, "freeze"),
    )
    application.assessment_id, application.handed_in = frozen.object_id, move.today
    application.facts = asdict(known_of(by, unit, today=move.today))
    application.mend_until = None
    write(application, move, "assessment", "handed_in", "facts", "mend_until")
    return told(application, move, assessment=str(frozen.object_id), facts=application.facts)


@deed("title.withdrawn")
def withdraw(*, application_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Take an application back, until it is posted. Gives the application."""
    application = locked_application(application_id)
    move = moved(application, "withdraw", by, recorded_at)
    write(application, move)
    return told(application, move)


@deed("title.resumed")
def resume(*, application_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Go on with an application that was withdrawn, while the window is open. Nobody above sees it meanwhile."""
    application = locked_application(application_id)
    move = moved(application, "resume", by, recorded_at)
    application.handed_in, application.mend_until = None, None
    write(application, move, "handed_in", "mend_until")
    return told(application, move)


def _unit(unit_id: UUID) -> UnitView:
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    return unit
