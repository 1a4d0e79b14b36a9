"""People, their accounts, their posts, and who covers whom."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from qingli.archive.models import Payload
from qingli.archive.queries import history
from qingli.ground import actions, queries
from qingli.ground.models import Account, Cover, Person, Post
from qingli.ground.rules import Access, GroundError, Language, Level, PartyKind, Role, UnitKind, may, visitor
from tests.ground.world import NOW, SPRING, TODAY, World, act

PASSWORD = "walnut-kettle-42"
DAY = timedelta(days=1)


def code_of(call: object, *args: object, **kwargs: object) -> str:
    assert callable(call)
    with pytest.raises(GroundError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_a_person_speaks_the_units_script_and_the_number_is_masked(world: World) -> None:
    clerk = world.asker("clerk")
    done = actions.add_person(unit_id=world.units["xl2"], name="唐小舟", phone="138 1234 5678", **act(clerk))
    view = queries.person(clerk, done.object_id)
    assert view is not None
    assert (view.name, view.phone, view.language) == ("唐小舟", "138****5678", Language.HANT)
    assert queries.phone(clerk, done.object_id) == "138 1234 5678"
    assert queries.phone(world.asker("street"), done.object_id) is None
    assert "138 1234 5678" not in json.dumps([entry.body for entry in history("person", done.object_id)])


def test_everybody_changes_their_own_particulars_and_nobody_a_neighbours(world: World) -> None:
    facts = {"person_id": world.people["grid"], "name": "何小滿", "phone": "5550123", "language": Language.ENGLISH}
    actions.change_person(**facts, **act(world.asker("grid")))  # type: ignore[arg-type]  # facts of several types
    own = queries.person(world.asker("grid"), world.people["grid"])
    assert own is not None
    assert own.language is Language.ENGLISH
    assert code_of(actions.change_person, **facts, **act(world.asker("grid2"))) == "not-allowed"
    assert code_of(actions.change_person, **facts, **act(world.asker("neighbour"))) == "not-allowed"
    assert code_of(actions.change_person, **facts, **act(visitor("x"))) == "not-allowed"


def test_an_account_signs_in_and_ends(world: World) -> None:
    administrator = world.asker("administrator")
    done = actions.open_account(
        person_id=world.people["clerk"], username=" Lin.QiuYue", password=PASSWORD, **act(administrator)
    )
    account = Account.objects.get(id=done.object_id)
    assert account.username == "lin.qiuyue"
    assert account.check_password(PASSWORD)
    asker = queries.asker_of(account.id, at=NOW)
    assert asker == world.asker("clerk")
    actions.end_account(account_id=account.id, **act(asker))
    assert queries.asker_of(account.id, at=NOW) is None
    assert code_of(actions.end_account, account_id=account.id, **act()) == "account-ended"


def test_accounts_are_refused(world: World) -> None:
    def opened(person: str, username: str, password: str = PASSWORD, by: str = "administrator") -> str:
        facts = {"person_id": world.people[person], "username": username, "password": password}
        return code_of(actions.open_account, **facts, **act(world.asker(by)))

    actions.open_account(person_id=world.people["clerk"], username="lin", password=PASSWORD, **act())
    assert opened("head", "LIN") == "username-taken"
    assert opened("clerk", "other") == "account-already-open"
    assert opened("head", "a b") == "username-malformed"
    assert opened("head", "zhou", "short") == "password-weak"
    assert opened("head", "zhoumingyuan", "zhoumingyuan1") == "password-weak"
    assert opened("head", "zhou", by="head") == "not-allowed"
    assert Account.objects.count() == 1


def test_a_password_is_changed_by_oneself_or_an_administrator(world: World) -> None:
    account = actions.open_account(person_id=world.people["grid"], username="he", password=PASSWORD, **act()).object_id
    for by in ("grid", "administrator"):
        actions.change_password(account_id=account, password=f"new-{by}-9137", **act(world.asker(by)))
        assert Account.objects.get(id=account).check_password(f"new-{by}-9137")
    refused = {"account_id": account, "password": "another-one-77"}
    assert code_of(actions.change_password, **refused, **act(world.asker("clerk"))) == "not-allowed"


def test_nothing_secret_is_in_the_journal(world: World) -> None:
    actions.open_account(person_id=world.people["grid"], username="hexiaoman", password=PASSWORD, **act())
    said = json.dumps(list(Payload.objects.values_list("body", flat=True)))
    stored = Account.objects.get().password
    assert not any(secret in said for secret in (PASSWORD, stored, "hexiaoman"))


def test_the_day_of_the_unit_decides_whether_a_post_holds(world: World) -> None:
    actions.end_post(post_id=world.posts["grid"], ends_on=TODAY, **act(world.asker("head")))
    first_of_march_late = NOW.replace(day=1, hour=15, minute=59)
    assert world.asker("grid", first_of_march_late).posts
    assert not world.asker("grid", first_of_march_late + timedelta(minutes=1)).posts


def test_posts_are_refused(world: World) -> None:
    def given(person: str, unit: str, role: Role, by: str, starts_on: date = TODAY, **more: object) -> str:
        facts = {"person_id": world.people[person], "unit_id": world.units[unit], "role": role, **more}
        return code_of(actions.add_post, **facts, starts_on=starts_on, **act(world.asker(by)))

    assert given("resident", "xl", Role.VOLUNTEER, "clerk") == "not-allowed"
    assert given("resident", "ll", Role.VOLUNTEER, "head") == "not-allowed"
    assert given("resident", "xl", Role.ADMINISTRATOR, "head") == "role-not-yours-to-give"
    assert given("head", "xl", Role.AUDITOR, "head") == "role-not-yours-to-give"
    assert given("resident", "xl", Role.CITY_OFFICE, "administrator") == "role-not-here"
    assert given("clerk", "xl", Role.CLERK, "head") == "post-overlaps"
    assert given("clerk", "xl", Role.CLERK, "head", starts_on=SPRING - DAY, ends_on=SPRING + DAY) == "post-overlaps"
    assert given("resident", "xl", Role.VOLUNTEER, "head", ends_on=TODAY - DAY) == "span-backwards"
    assert given("resident", "xl", Role.PARTY_STAFF, "head") == "party-missing"


def test_a_property_firms_staff_see_what_is_handed_to_them(world: World) -> None:
    firm = actions.add_party(
        unit_id=world.units["xl"], kind=PartyKind.PROPERTY_FIRM, name="安居物業", **act(world.asker("clerk"))
    ).object_id
    foreign = actions.add_party(unit_id=world.units["ll"], kind=PartyKind.SCHOOL, name="柳浪小學", **act()).object_id
    facts = {"person_id": world.people["resident"], "unit_id": world.units["xl"], "role": Role.PARTY_STAFF}
    assert code_of(actions.add_post, **facts, party_id=foreign, starts_on=TODAY, **act()) == "party-elsewhere"
    actions.add_post(
        person_id=world.people["resident"],
        unit_id=world.units["xl"],
        role=Role.PARTY_STAFF,
        party_id=firm,
        starts_on=TODAY,
        **act(world.asker("head")),
    )
    staff = world.asker("resident")
    assert not may(staff, "task.do", world.path("xl1"))
    assert may(staff, "task.do", world.path("xl1"), taken_up=True)
    assert not may(staff, "task.do", world.path("ll1"), taken_up=True)


def test_cover_takes_over_and_gives_back(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    place = (world.units["xl1"], Role.GRID_WORKER)
    done = actions.set_cover(
        post_id=world.posts["grid"],
        by_post_id=world.posts["grid2"],
        starts_on=TODAY,
        ends_on=TODAY + 7 * DAY,
        **act(world.asker("grid")),
    )
    who = [queries.holders_in(*place, day=day)[0].person_id for day in (TODAY - DAY, TODAY, TODAY + 7 * DAY)]
    assert who == [world.people["grid"], world.people["grid2"], world.people["grid"]]
    assert may(world.asker("grid2"), "task.do", world.path("xl1"))
    assert [post.unit_path for post in world.asker("grid2").covers] == [world.path("xl1")]
    assert not may(world.asker("grid2", NOW + 7 * DAY), "task.do", world.path("xl1"))
    actions.end_cover(cover_id=done.object_id, ends_on=TODAY + DAY, **act(world.asker("head")))
    assert queries.holders_in(*place, day=TODAY + DAY)[0].person_id == world.people["grid"]
    others = [(world.units[unit], role) for unit in ("xl1", "xl2", "xl", "ll") for role in Role]
    with django_assert_num_queries(2):
        answers = queries.office_holders([place, *others], day=TODAY)
    assert answers[place][0].covered_id == world.posts["grid"]
    assert answers[world.units["ll"], Role.HEAD] == ()


def test_covers_are_refused(world: World) -> None:
    def covered(post: str, by_post: str, by: str, starts_on: date = TODAY, ends_on: date | None = None) -> str:
        facts = {"post_id": world.posts[post], "by_post_id": world.posts[by_post], "starts_on": starts_on}
        return code_of(actions.set_cover, **facts, ends_on=ends_on, **act(world.asker(by)))

    actions.add_post(
        person_id=world.people["resident"],
        unit_id=world.units["xl"],
        role=Role.AUDITOR,
        starts_on=SPRING,
        **act(),
    )
    world.posts["auditor"] = Post.objects.get(role=Role.AUDITOR.value).id
    assert covered("grid", "grid2", "clerk") == "not-allowed"
    assert covered("grid", "grid2", "neighbour") == "not-allowed"
    assert covered("auditor", "head", "head") == "role-not-yours-to-give"
    assert covered("grid", "neighbour", "head") == "cover-from-afar"
    assert covered("grid", "grid", "grid") == "cover-of-oneself"
    assert covered("grid", "grid2", "grid", SPRING - DAY) == "cover-outside-post"
    actions.set_cover(
        post_id=world.posts["grid"], by_post_id=world.posts["grid2"], starts_on=TODAY, **act(world.asker("grid"))
    )
    assert covered("grid", "clerk", "grid") == "cover-overlaps"
    assert covered("grid2", "clerk", "grid2") == "cover-of-cover"
    assert code_of(actions.end_post, post_id=world.posts["grid2"], ends_on=TODAY, **act()) == "post-outlives-cover"


def test_posts_of_a_unit_with_their_cover_in_three_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.set_cover(post_id=world.posts["grid"], by_post_id=world.posts["grid2"], starts_on=TODAY, **act())
    clerk = world.asker("clerk")
    with django_assert_num_queries(3):
        rows = queries.posts(clerk, world.units["xl"], day=TODAY)
    found = {row.person_name: row.cover.by_name if row.cover else None for row in rows}
    assert found == {"林秋月": None, "沈國棟": None, "周明遠": None, "何小滿": "吳承志", "吳承志": None}
    assert [cover.by_name for cover in queries.covers(world.asker("clerk"), world.units["xl1"], day=TODAY)] == [
        "吳承志"
    ]


def test_people_are_listed_as_far_as_one_sees(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    clerk, grid = world.asker("clerk"), world.asker("grid")
    with django_assert_num_queries(2):
        names = {row.name for row in queries.people(clerk, world.units["xl"])}
    assert names == {"林秋月", "沈國棟", "周明遠", "何小滿", "吳承志", "羅阿婆"}
    above = {row.name for row in queries.people(grid, world.units["xl"])}
    assert above == {"林秋月", "沈國棟", "周明遠", "何小滿", "羅阿婆"}
    for by in ("neighbour", "street", "outsider", "resident"):
        assert code_of(queries.people, world.asker(by), world.units["xl"]) == "not-allowed"
    assert code_of(queries.people, clerk, uuid4()) == "not-found"


def test_everybody_can_look_up_who_sees_what_of_a_unit(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.end_post(post_id=world.posts["colleague"], ends_on=TODAY, **act())
    with django_assert_num_queries(2):
        sights = queries.seen_by(world.units["xl"], "record.read", day=TODAY)
    assert [(sight.role, sight.unit_name, sight.level, sight.access, sight.people) for sight in sights] == [
        (Role.DISTRICT_OFFICE, "南湖區", Level.BELOW, Access.AGGREGATE, 1),
        (Role.STREET_OFFICE, "鶴林街道", Level.BELOW, Access.AGGREGATE, 1),
        (Role.CLERK, "杏林社區", Level.OWN, Access.DETAIL, 1),
        (Role.HEAD, "杏林社區", Level.OWN, Access.DETAIL, 1),
        (Role.GRID_WORKER, "第1網格", Level.ABOVE, Access.AGGREGATE, 1),
        (Role.GRID_WORKER, "第2網格", Level.ABOVE, Access.AGGREGATE, 1),
    ]
    assert queries.seen_by(uuid4(), "record.read", day=TODAY) == ()


def test_erasing_a_person_leaves_what_they_did_without_their_name(world: World) -> None:
    person = world.people["grid"]
    actions.open_account(person_id=person, username="hexiaoman", password=PASSWORD, **act())
    administrator = world.asker("administrator")
    assert code_of(actions.erase_person, person_id=person, **act(administrator)) == "person-still-in-office"
    actions.end_post(post_id=world.posts["grid"], ends_on=TODAY, **act())
    assert code_of(actions.erase_person, person_id=person, **act(world.asker("neighbour"))) == "not-allowed"
    actions.erase_person(person_id=person, **act(administrator))
    row = Person.objects.get(id=person)
    assert (row.name, row.phone, row.erased_at) == ("", "", NOW)
    account = Account.objects.get(person=row)
    assert not account.is_active
    assert "hexiaoman" not in account.username
    assert queries.asker_for(person, at=NOW) is None
    said = json.dumps(list(Payload.objects.values_list("body", flat=True)), ensure_ascii=False)
    assert "何小滿" not in said
    assert "吳承志" in said
    assert [entry.kind for entry in history("person", person)] == ["person.added", "person.erased"]
    assert code_of(actions.erase_person, person_id=person, **act(administrator)) == "person-erased"


def test_one_gets_everything_that_is_held_about_oneself(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.open_account(person_id=world.people["grid"], username="hexiaoman", password=PASSWORD, **act())
    grid = world.asker("grid")
    with django_assert_num_queries(4):
        held = queries.held_about(grid, world.people["grid"])
    assert held is not None
    assert (held.name, held.username, [post.role for post in held.posts]) == ("何小滿", "hexiaoman", [Role.GRID_WORKER])
    assert queries.held_about(world.asker("grid2"), world.people["grid"]) is None


def test_an_asker_costs_three_queries(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(10):
        world.unit(f"g{number}", UnitKind.GRID, "網格", "xl")
        actions.add_post(
            person_id=world.people["grid"],
            unit_id=world.units[f"g{number}"],
            role=Role.GRID_WORKER,
            starts_on=SPRING,
            **act(),
        )
    with django_assert_num_queries(3):
        assert len(world.asker("grid").posts) == 11


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Person, {"name": ""}),
        (Person, {"language": "xx"}),
        (Post, {"role": "king"}),
        (Post, {"ends_on": SPRING - DAY}),
        (Post, {"role": "party_staff"}),
        (Cover, {"ends_on": SPRING - DAY}),
    ],
)
def test_the_database_itself_refuses_what_cannot_be(
    world: World, model: type[Person] | type[Post] | type[Cover], change: dict[str, object]
) -> None:
    actions.set_cover(post_id=world.posts["grid"], by_post_id=world.posts["grid2"], starts_on=TODAY, **act())
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)
