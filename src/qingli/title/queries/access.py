"""Who may see what of applications. Every query of the room asks here, and so do its deeds."""

from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from qingli.ground.rules import Asker, require
from qingli.title.models import Application, Cycle
from qingli.title.rules import State, Windows
from qingli.title.rules.errors import TitleError


class NotFoundError(TitleError):
    """There is no such thing, or none that this asker may know of."""

    def __init__(self) -> None:
        super().__init__("not-found")


def application_rows() -> QuerySet[Application]:
    """Applications with their unit, their cycle and its programme."""
    return Application.objects.select_related("unit", "cycle__programme__unit")


def application_for(asker: Asker, application_id: UUID) -> Application:
    """An application that the asker may read: their own unit's, or one that was handed in to their office.

    Raises NotFoundError, or the ground's NotAllowedError.
    """
    row = application_rows().filter(pk=application_id).first()
    if row is None:
        raise NotFoundError
    require(asker, "title.read", row.unit.path, taken_up=row.handed_in is not None)
    return row


def state_of(application: Application) -> State:
    """Where it stands; a constraint holds the column to the states of the rules."""
    return cast(State, application.state)


def cycle_row(cycle_id: UUID) -> Cycle:
    """Raises NotFoundError."""
    row = Cycle.objects.select_related("programme__unit").filter(pk=cycle_id).first()
    if row is None:
        raise NotFoundError
    return row


def windows_of(cycle: Cycle) -> Windows:
    """The windows of a cycle as the rules know them."""
    return Windows(cycle.apply_from, cycle.apply_until, cycle.endorse_until, cycle.recommend_until, cycle.decide_until)
