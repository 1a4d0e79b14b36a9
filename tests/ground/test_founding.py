"""A visitor keeps what they read, and a community with its first person is there."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from qingli.archive.models import Entry
from qingli.ground import actions, queries
from qingli.ground.models import Account, Person, Post, Unit
from qingli.ground.rules import Asker, Deed, GroundError, Language, Role, Script, UnitKind, may, visitor
from tests.ground.world import NOW, act

pytestmark = pytest.mark.django_db
PASSWORD = "walnut-kettle-42"
FIRST = visitor("v1")
FACTS = {"name": "橘園社區", "person_name": "林秋月", "username": "lin", "password": PASSWORD}


def found(by: Asker = FIRST, key: UUID | None = None, **more: Any) -> UUID:
    facts: dict[str, Any] = {**FACTS, "grids": ("東片", "西片"), **more, **act(by, key)}
    return actions.found_community(**facts).object_id


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Unit, Person, Account, Post, Entry))


def test_one_deed_makes_a_community_that_can_work() -> None:
    unit_id = found()
    account = Account.objects.get(username="lin")
    assert account.check_password(PASSWORD)
    asker = queries.asker_of(account.id, at=NOW)
    assert asker is not None
    around = queries.surroundings(asker, unit_id)
    assert around is not None
    assert (around.unit.name, around.above, [child.unit.name for child in around.below]) == (
        "橘園社區",
        (),
        ["東片", "西片"],
    )
    path = around.unit.path
    deeds: tuple[Deed, ...] = ("plan.draft", "plan.adopt", "plan.publish", "account.write", "post.write")
    for deed in deeds:
        assert may(asker, deed, path), deed
    for child in around.below:
        assert may(asker, "task.assign", child.unit.path)


def test_the_same_key_founds_it_once() -> None:
    key = uuid4()
    first, before = found(key=key), rows()
    assert found(key=key) == first
    assert rows() == before


def test_a_li_in_taiwan_has_neighbourhoods() -> None:
    unit_id = found(kind=UnitKind.LI, time_zone="Asia/Taipei", script=Script.HANT, language=Language.ENGLISH)
    kinds = Unit.objects.filter(parent_id=unit_id).values_list("kind", "time_zone")
    assert set(kinds) == {("neighbourhood", "Asia/Taipei")}
    assert Person.objects.get().language == "en"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": ""}, "text-blank"),
        ({"person_name": "名" * 41}, "text-too-long"),
        ({"username": "a b"}, "username-malformed"),
        ({"password": "1234"}, "password-weak"),
        ({"time_zone": "Mars/Base"}, "zone-unknown"),
        ({"kind": UnitKind.CITY}, "unit-not-here"),
        ({"kind": UnitKind.GRID}, "unit-not-here"),
        ({"grids": ("格",) * 100}, "grids-too-many"),
        ({"grids": ("東片", "")}, "text-blank"),
        ({"phone": "not a phone"}, "phone-malformed"),
        ({"roles": (Role.CITY_OFFICE,)}, "role-not-here"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(GroundError) as caught:
        found(**wrong)
    assert caught.value.code == code
    assert rows() == (0, 0, 0, 0, 0)


def test_a_user_name_that_is_taken_leaves_no_half_community() -> None:
    found()
    before = rows()
    with pytest.raises(GroundError) as caught:
        found(by=visitor("v2"))
    assert (caught.value.code, caught.value.field) == ("username-taken", "username")
    assert rows() == before


def test_whoever_has_an_account_belongs_to_a_unit_already() -> None:
    found()
    asker = queries.asker_of(Account.objects.get().id, at=NOW)
    assert asker is not None
    with pytest.raises(GroundError) as caught:
        found(by=asker, username="second")
    assert caught.value.code == "not-allowed"


def test_two_communities_know_nothing_of_each_other() -> None:
    one, other = found(), found(by=visitor("v2"), username="wang", person_name="王又新")
    lin = queries.asker_of(Account.objects.get(username="lin").id, at=NOW)
    assert lin is not None
    assert {row.name for row in queries.people(lin, one)} == {"林秋月"}
    with pytest.raises(GroundError):
        queries.people(lin, other)
