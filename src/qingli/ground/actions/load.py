"""Rows, found and locked for a deed. What is not there is `not-found`."""

from uuid import UUID

from qingli.ground.models import Account, Cover, Group, Party, Person, Post, Seat, Site, Unit
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.errors import GroundError
from qingli.ground.rules.paths import Level, level
from qingli.ground.rules.permissions import may
from qingli.ground.rules.terms import Span, Term


def unit(unit_id: UUID, field: str = "unit") -> Unit:
    """The unit, locked: what is unique in a unit is added by one at a time."""
    if found := Unit.objects.select_for_update().filter(id=unit_id).first():
        return found
    raise GroundError("not-found", field)


def site(site_id: UUID) -> Site:
    if found := Site.objects.select_for_update(of=("self",)).select_related("unit").filter(id=site_id).first():
        return found
    raise GroundError("not-found", "site")


def party(party_id: UUID) -> Party:
    if found := Party.objects.select_for_update(of=("self",)).select_related("unit").filter(id=party_id).first():
        return found
    raise GroundError("not-found", "party")


def party_for(party_id: UUID | None, unit_path: str) -> Party | None:
    """A party that has a say in this unit: of the unit itself, above it or below it. Raises `party-elsewhere`."""
    if party_id is None:
        return None
    found = party(party_id)
    if level(found.unit.path, unit_path) is Level.BESIDE:
        raise GroundError("party-elsewhere", "party")
    if not found.active:
        raise GroundError("party-closed", "party")
    return found


def person(person_id: UUID) -> Person:
    """A person who has not been erased, locked: their posts change one at a time."""
    found = Person.objects.select_for_update(of=("self",)).select_related("unit").filter(id=person_id).first()
    if found is None:
        raise GroundError("not-found", "person")
    if found.erased_at is not None:
        raise GroundError("person-erased", "person")
    return found


def person_for(person_id: UUID, unit_path: str, by: Asker) -> Person:
    """A person for a post or a seat in this unit: of the unit, above or below it, or anybody whom the asker may see."""
    found = person(person_id)
    if level(found.unit.path, unit_path) is Level.BESIDE and not may(by, "person.read", found.unit.path):
        raise GroundError("not-found", "person")
    return found


def account(account_id: UUID) -> Account:
    found = Account.objects.select_for_update(of=("self",)).select_related("person__unit").filter(id=account_id).first()
    if found is None:
        raise GroundError("not-found", "account")
    if not found.is_active:
        raise GroundError("account-ended", "account")
    return found


def post(post_id: UUID, field: str = "post") -> Post:
    if found := Post.objects.select_for_update(of=("self",)).select_related("unit").filter(id=post_id).first():
        return found
    raise GroundError("not-found", field)


def cover(cover_id: UUID) -> Cover:
    found = Cover.objects.select_for_update(of=("self",)).select_related("post__unit").filter(id=cover_id).first()
    if found is None:
        raise GroundError("not-found", "cover")
    return found


def group(group_id: UUID) -> Group:
    if found := Group.objects.select_for_update(of=("self",)).select_related("unit").filter(id=group_id).first():
        return found
    raise GroundError("not-found", "group")


def seat(seat_id: UUID) -> Seat:
    if found := Seat.objects.select_for_update(of=("self",)).select_related("group__unit").filter(id=seat_id).first():
        return found
    raise GroundError("not-found", "seat")


def span(row: Post | Cover) -> Span:
    return Span(row.starts_on, row.ends_on)


def term(row: Post) -> Term:
    return Term(row.id, row.person_id, row.unit.path, span(row))
