"""Writers of groups and of the seats in them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.actions import load
from qingli.ground.models import Group, Seat
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.errors import GroundError
from qingli.ground.rules.kinds import GroupKind, SeatKind
from qingli.ground.rules.permissions import require
from qingli.ground.rules.words import clean_text

NAME_LENGTH = 80
PURPOSE_LENGTH = 400


@deed("group.founded")
def found_group(
    *,
    unit_id: UUID,
    kind: GroupKind,
    name: str,
    purpose: str = "",
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A leading group, or another standing group. Raises `group-already-there`."""
    unit = load.unit(unit_id)
    require(by, "group.write", unit.path)
    group = Group(unit=unit, kind=kind)
    _describe(group, name, purpose)
    group.save(force_insert=True)
    return Act("group", group.id, unit.path, {"kind": str(kind), "name": group.name, "purpose": group.purpose})


@deed("group.changed")
def change_group(
    *,
    group_id: UUID,
    name: str,
    purpose: str = "",
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A group's name and purpose as they now are."""
    group = load.group(group_id)
    require(by, "group.write", group.unit.path)
    load.unit(group.unit_id)
    before = {"name": group.name, "purpose": group.purpose}
    _describe(group, name, purpose)
    group.save(update_fields=["name", "purpose"])
    return Act("group", group.id, group.unit.path, {"name": group.name, "purpose": group.purpose, "before": before})


@deed("group.seated")
def seat(
    *,
    group_id: UUID,
    kind: SeatKind,
    person_id: UUID | None = None,
    party_id: UUID | None = None,
    words: str = "",
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Somebody takes a seat, after those already there: a person, or a party, or the words of the paper.

    The result names the seat. Raises `seat-empty`, `seat-of-two`.
    """
    group = load.group(group_id)
    require(by, "group.write", group.unit.path)
    if person_id and party_id:
        raise GroundError("seat-of-two", "party")
    words = clean_text(words, NAME_LENGTH, "words", needed=False)
    if not (person_id or party_id or words):
        raise GroundError("seat-empty", "person")
    last: int | None = group.seats.aggregate(last=Max("position"))["last"]
    row = Seat.objects.create(
        group=group,
        kind=kind,
        person=load.person_for(person_id, group.unit.path, by) if person_id else None,
        party=load.party_for(party_id, group.unit.path),
        words=words,
        position=0 if last is None else last + 1,
    )
    # A person known here stands in the journal by their id alone, so that they can be erased.
    who = {"person": _text(row.person_id), "party": _text(row.party_id), "words": "" if row.person_id else words}
    return Act("seat", row.id, group.unit.path, {"group": str(group.id), "kind": str(kind), **who})


@deed("group.unseated")
def unseat(*, seat_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Somebody leaves the group. The seat goes; the journal remembers it."""
    row = load.seat(seat_id)
    require(by, "group.write", row.group.unit.path)
    payload = {"group": str(row.group_id), "kind": row.kind, "person": _text(row.person_id)}
    scope = row.group.unit.path
    row.delete()
    return Act("seat", seat_id, scope, payload)


def _describe(group: Group, name: str, purpose: str) -> None:
    group.name = clean_text(name, NAME_LENGTH, "name")
    group.purpose = clean_text(purpose, PURPOSE_LENGTH, "purpose", needed=False)
    if Group.objects.filter(unit_id=group.unit_id, name=group.name).exclude(id=group.id).exists():
        raise GroundError("group-already-there", "name")


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
