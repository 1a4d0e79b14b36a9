"""Reads of groups with their seats."""

from uuid import UUID

from qingli.ground.models import Group, Seat
from qingli.ground.queries.scope import path_for
from qingli.ground.queries.views import GroupView, SeatView
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.kinds import GroupKind, SeatKind


def groups(asker: Asker, unit_id: UUID) -> tuple[GroupView, ...]:
    """The groups of a unit with everybody in them, in the order of the seats. Three queries.

    Raises `not-found`, `not-allowed`.
    """
    path_for(asker, "group.read", unit_id)
    seated: dict[UUID, list[SeatView]] = {}
    seats = Seat.objects.filter(group__unit_id=unit_id).select_related("person", "party").order_by("position")
    for seat in seats:
        seated.setdefault(seat.group_id, []).append(_seat_view(seat))
    rows = Group.objects.filter(unit_id=unit_id).order_by("name")
    return tuple(
        GroupView(row.id, row.unit_id, GroupKind(row.kind), row.name, row.purpose, tuple(seated.get(row.id, ())))
        for row in rows
    )


def _seat_view(row: Seat) -> SeatView:
    known = row.person or row.party
    return SeatView(
        row.id, SeatKind(row.kind), known.name if known else row.words, row.person_id, row.party_id, row.words
    )
