"""Reads of people."""

from uuid import UUID

from qingli.ground.models import Account, Person, Seat
from qingli.ground.queries.offices import posts_of
from qingli.ground.queries.scope import below, path_for, within
from qingli.ground.queries.views import Held, PersonView
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.kinds import Language, SeatKind
from qingli.ground.rules.permissions import may, reach
from qingli.ground.rules.words import mask_phone


def people(asker: Asker, unit_id: UUID, *, erased: bool = False) -> tuple[PersonView, ...]:
    """The people of a unit and of what lies below it, by name, as far as the asker sees details. Two queries.

    Raises `not-found`, `not-allowed`.
    """
    path = path_for(asker, "person.read", unit_id)
    rows = Person.objects.filter(below(path, "unit__path"), within(reach(asker, "person.read"), "unit__path"))
    if not erased:
        rows = rows.filter(erased_at=None)
    return tuple(map(_person_view, rows.select_related("unit", "account").order_by("name", "id")))


def person(asker: Asker, person_id: UUID) -> PersonView | None:
    """One person, or None where there is none or the asker may not see them. Everybody sees themselves."""
    row = Person.objects.select_related("unit", "account").filter(id=person_id).first()
    if row is None or not (asker.person_id == row.id or may(asker, "person.read", row.unit.path)):
        return None
    return _person_view(row)


def phone(asker: Asker, person_id: UUID) -> str | None:
    """The whole number, for the colleague who is about to call; None where the asker may not have it."""
    row = Person.objects.select_related("unit").filter(id=person_id).first()
    if row is None or not (asker.person_id == row.id or may(asker, "person.read", row.unit.path)):
        return None
    return row.phone


def held_about(asker: Asker, person_id: UUID) -> Held | None:
    """Everything that the ground holds about a person, for them or whoever keeps their particulars. Four queries."""
    row = Person.objects.select_related("unit").filter(id=person_id).first()
    if row is None or not (asker.person_id == row.id or may(asker, "person.write", row.unit.path)):
        return None
    username = Account.objects.filter(person=row).values_list("username", flat=True).first() or ""
    seats = Seat.objects.filter(person=row).order_by("group__name", "position").values_list("group__name", "kind")
    return Held(
        row.id,
        row.name,
        row.phone,
        Language(row.language),
        row.unit.name,
        row.erased_at,
        username,
        posts_of(row.id),
        tuple((name, SeatKind(kind)) for name, kind in seats),
    )


def _person_view(row: Person) -> PersonView:
    return PersonView(
        row.id,
        row.unit_id,
        row.unit.name,
        row.name,
        mask_phone(row.phone),
        Language(row.language),
        row.erased_at is not None,
        row.account.id if hasattr(row, "account") and row.account.is_active else None,
    )
