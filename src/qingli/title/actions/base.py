"""What the deeds of this room share: rows found and locked, days, and the one way in which an application moves."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qingli.archive.rules import Act
from qingli.board.actions import held_standing
from qingli.ground.rules import Asker, NotAllowedError, day_of, may
from qingli.title.models import Application, Cycle
from qingli.title.queries.access import NotFoundError, application_rows, state_of, windows_of
from qingli.title.rules import Against, MoveFacts, MoveName, Posted, State, decide, rows
from qingli.title.rules.moves import REASON
from qingli.title.rules.words import clean_words


def locked_application(application_id: UUID) -> Application:
    """The application with its unit and cycle, locked until the deed ends. Raises NotFoundError."""
    row = application_rows().select_for_update(of=("self",)).filter(pk=application_id).first()
    if row is None:
        raise NotFoundError
    return row


def locked_cycle(cycle_id: UUID) -> Cycle:
    """The cycle with its programme, locked: what is counted in a cycle is decided one after another."""
    row = Cycle.objects.select_for_update(of=("self",)).select_related("programme__unit").filter(pk=cycle_id).first()
    if row is None:
        raise NotFoundError
    return row


def day_in(application: Application, moment: datetime) -> date:
    """The day that it is in the applying unit at a moment."""
    return day_of(moment, application.unit.time_zone)


@dataclass(frozen=True, slots=True)
class Moved:
    """An application before its move is written: where it goes, on which day, against which window, and why."""

    after: State
    today: date
    against: Against
    reason: str

    def facts(self, **more: object) -> dict[str, object]:
        """For the journal: the new state and the number of days against the window."""
        window = {"window": self.against.window, "until": str(self.against.until), "days": self.against.days}
        return {"state": self.after, **window, **({"reason": self.reason} if self.reason else {}), **more}


def moved(
    application: Application, name: MoveName, by: Asker, at: datetime, reason: str = "", *, named: int = 0
) -> Moved:
    """What the table of moves says to this move by this asker at this moment.

    Raises NotAllowedError for whoever may not, `move-not-open`, and what the checks say.
    """
    if not may(by, "title.read", application.unit.path, taken_up=application.handed_in is not None):
        raise NotAllowedError
    found = rows(name, state_of(application))
    move = next((row for row in found if may(by, row.deed, application.unit.path)), None)
    if move is None:
        raise NotAllowedError
    reason, today = clean_words(reason, REASON, "reason"), day_in(application, at)
    facts = MoveFacts(
        today=today,
        windows=windows_of(application.cycle),
        mend_until=application.mend_until,
        reason=reason,
        posted=_posted(application, at),
        named=named,
        quota=application.cycle.quota,
    )
    after, against = decide(move, state_of(application), facts)
    return Moved(after, today, against, reason)


def _posted(application: Application, at: datetime) -> Posted | None:
    """How its notice stands, held until the deed ends: nobody objects to it between this look and the naming."""
    if application.notice_id is None:
        return None
    found = held_standing(notice_id=application.notice_id, subject_id=application.id, at=at)
    return Posted(found.ends, found.over, found.open_objections, found.upheld, found.withdrawn)


def write(application: Application, moved: Moved, *fields: str) -> None:
    """Keep a move, and the further fields that were set."""
    application.state, application.moved_on, application.reason = moved.after, moved.today, moved.reason
    application.save(update_fields=["state", "moved_on", "reason", *fields])


def told(application: Application, moved: Moved, **more: object) -> Act:
    """The move as the journal keeps it."""
    return Act("application", application.id, application.unit.path, moved.facts(**more))
