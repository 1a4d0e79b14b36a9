"""The pages about people: who may add whom, posts and who stands in, accounts, what is held, and erasing."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingli.ground import actions, queries
from qingli.ground.rules import SYSTEM, Role
from qingli.lib import clock
from tests.ground.world import World, act

SignIn = Callable[[str], Client]


@pytest.fixture
def boss(world: World, sign_in: SignIn) -> Client:
    """The administrator of one community, as its founder is."""
    world.person("boss", "梁永福", "xl", Role.ADMINISTRATOR)
    return sign_in("boss")


def lets_in(username: str, password: str) -> bool:
    return Client().post("/sign-in/", {"username": username, "password": password}).status_code == 302


def today() -> date:
    return clock.today("Asia/Shanghai")


def step(client: Client, world: World, short: str, name: str, about: UUID, **values: object) -> int:
    """Send one of the forms of a person's page."""
    prefix = f"{name}-{about}"
    data = {f"{prefix}-{field}": value for field, value in values.items()}
    there = f"/w/{world.units['xl']}/people/{world.people[short]}/do/{name}/"
    return client.post(there, {"key": uuid4(), "about": about, **data}).status_code


def colleague(world: World, **more: object) -> dict[str, object]:
    return {"key": uuid4(), "name": "溫小雨", "role": "grid_worker", "unit": world.units["xl1"], **more}


def test_the_list_says_who_holds_what_and_who_stands_in(world: World, boss: Client) -> None:
    actions.set_cover(post_id=world.posts["grid"], by_post_id=world.posts["grid2"], starts_on=today(), **act())
    page = boss.get(f"/w/{world.units['xl']}/people/").content.decode()
    for words in ("林秋月", "何小滿", "第1網格・grid worker", "吳承志 stands in", "Without a post", "羅阿婆"):
        assert words in page
    assert "More" in re.findall(r'aria-current="page">([^<]*)</a>', page)


def test_the_list_costs_the_same_for_many(world: World, boss: Client) -> None:
    there = f"/w/{world.units['xl']}/people/"
    boss.get(there)  # the first page after signing in also writes the session
    with CaptureQueriesContext(connection) as few:
        boss.get(there)
    for number in range(20):
        world.person(f"more{number}", f"幫手{number}", "xl1", Role.VOLUNTEER)
    with CaptureQueriesContext(connection) as many:
        boss.get(there)
    assert len(many) == len(few) <= 18


@pytest.mark.parametrize(
    ("short", "status"), [("neighbour", 403), ("street", 403), ("outsider", 403), ("grid", 200), ("head", 200)]
)
def test_who_sees_the_list(world: World, sign_in: SignIn, short: str, status: int) -> None:
    assert sign_in(short).get(f"/w/{world.units['xl']}/people/").status_code == status


def test_a_colleague_is_added_once_however_often_the_form_is_sent(world: World, boss: Client) -> None:
    there = f"/w/{world.units['xl']}/people/new/"
    sent = colleague(world, phone="138 1234 5678", username="wen", password="ein grünes Blatt")
    first, second = boss.post(there, sent), boss.post(there, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    found = [one for one in queries.people(SYSTEM, world.units["xl"]) if one.name == "溫小雨"]
    assert [(one.unit_name, one.phone) for one in found] == [("杏林社區", "138****5678")]
    posts = [post for post in queries.posts(SYSTEM, world.units["xl"], day=today()) if post.person_id == found[0].id]
    assert [(post.role, post.unit_name) for post in posts] == [(Role.GRID_WORKER, "第1網格")]
    assert lets_in("wen", "ein grünes Blatt")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Write the name"),
        ({"phone": "call me"}, "not a telephone number"),
        ({"role": "head"}, "This unit has no such post"),
        ({"role": "emperor"}, "Select a valid choice"),
        ({"unit": str(UUID(int=7))}, "Select a valid choice"),
        ({"username": "boss", "password": "ein grünes Blatt"}, "This user name is taken"),
        ({"username": "wen", "password": "12345"}, "easily guessed"),
        ({"username": "wen"}, "Write a password"),
        ({"password": "ein grünes Blatt"}, "Write a user name"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_added(
    world: World, boss: Client, wrong: dict[str, object], says: str
) -> None:
    answer = boss.post(f"/w/{world.units['xl']}/people/new/", colleague(world) | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "溫小雨" not in {one.name for one in queries.people(SYSTEM, world.units["xl"])}


def test_one_is_asked_only_for_what_one_may_give(world: World, sign_in: SignIn) -> None:
    there = f"/w/{world.units['xl']}/people/new/"
    clerk, head = sign_in("clerk").get(there).content.decode(), sign_in("head").get(there).content.decode()
    assert ('name="role"' in clerk, 'name="username"' in clerk) == (False, False)
    assert ('name="role"' in head, 'name="username"' in head) == (True, False)
    assert 'value="grid_worker"' in head
    assert 'value="auditor"' not in head
    assert sign_in("grid").get(there).status_code == 403


def test_standing_in_begins_and_ends(world: World, boss: Client) -> None:
    post, by = world.posts["grid"], world.posts["grid2"]
    last = today() + timedelta(days=6)
    assert step(boss, world, "grid", "cover", post, by=by, first=today(), last=last) == 302
    (cover,) = queries.covers(SYSTEM, world.units["xl"], day=today())
    assert (cover.by_name, cover.ends_on) == ("吳承志", last + timedelta(days=1))
    assert step(boss, world, "grid", "cover", post, by=by, first=today(), last=last) == 422
    assert step(boss, world, "grid", "end-post", post, last=today()) == 422  # while somebody stands in
    assert step(boss, world, "grid", "end-cover", cover.id, last=today()) == 302
    assert queries.covers(SYSTEM, world.units["xl"], day=today() + timedelta(days=1)) == ()


def test_the_holder_asks_somebody_to_stand_in(world: World, sign_in: SignIn) -> None:
    client = sign_in("grid")
    there = f"/w/{world.units['xl1']}/people/{world.people['grid']}/"
    assert "Let somebody stand in" in client.get(there).content.decode()
    about = world.posts["grid"]
    data = {f"cover-{about}-by": world.posts["colleague"], f"cover-{about}-first": today()}
    assert client.post(f"{there}do/cover/", {"key": uuid4(), "about": about, **data}).status_code == 302
    assert [cover.by_name for cover in queries.covers(SYSTEM, world.units["xl"], day=today())] == ["沈國棟"]


def test_a_post_ends_on_its_last_day_and_another_is_given(world: World, boss: Client) -> None:
    assert step(boss, world, "grid", "end-post", world.posts["grid"], last="soon") == 422
    assert step(boss, world, "grid", "end-post", world.posts["grid"], last=today()) == 302
    tomorrow = today() + timedelta(days=1)
    assert queries.holders_in(world.units["xl1"], Role.GRID_WORKER, day=tomorrow) == ()
    given = {"role": "registrar", "unit": world.units["xl"], "starts_on": tomorrow}
    assert step(boss, world, "grid", "add-post", world.people["grid"], **given) == 302
    assert len(queries.holders_in(world.units["xl"], Role.REGISTRAR, day=tomorrow)) == 2


def test_an_account_is_opened_gets_a_new_password_and_ends(world: World, boss: Client) -> None:
    person = world.people["grid"]
    opened = {"username": "xiaoman", "password": "ein grünes Blatt"}
    assert step(boss, world, "grid", "open-account", person, **opened) == 302
    known = queries.person(SYSTEM, person)
    assert known is not None
    assert known.account_id is not None
    assert step(boss, world, "grid", "password", known.account_id, password="zwei grüne Blätter") == 302
    assert lets_in("xiaoman", "zwei grüne Blätter")
    assert step(boss, world, "grid", "end-account", known.account_id) == 302
    assert not lets_in("xiaoman", "zwei grüne Blätter")


def test_what_is_held_can_be_taken_away_by_oneself_and_the_committee_only(world: World, sign_in: SignIn) -> None:
    there = f"/w/{world.units['xl1']}/people/{world.people['grid']}/export/"
    answer = sign_in("grid").get(there)
    held = json.loads(answer.content)
    assert held["name"] == "何小滿"
    assert [post["role"] for post in held["posts"]] == ["grid_worker"]
    assert "attachment" in answer["Content-Disposition"]
    assert sign_in("clerk").get(there).status_code == 200
    assert sign_in("grid2").get(there).status_code == 404


def test_a_person_is_erased_after_their_posts_have_ended(world: World, boss: Client) -> None:
    assert step(boss, world, "grid", "erase", world.people["grid"]) == 422
    actions.end_post(post_id=world.posts["grid"], ends_on=today(), **act())
    assert step(boss, world, "grid", "erase", world.people["grid"]) == 302
    there = f"/w/{world.units['xl']}/people/"
    assert "何小滿" not in boss.get(there).content.decode()
    assert boss.get(f"{there}{world.people['grid']}/").status_code == 404


def test_a_step_without_the_right_to_it_changes_nothing(world: World, sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    assert step(clerk, world, "grid", "end-post", world.posts["grid"], last=today()) == 403
    opened = {"username": "xiaoman", "password": "ein grünes Blatt"}
    assert step(clerk, world, "grid", "open-account", world.people["grid"], **opened) == 403
    assert step(clerk, world, "grid", "promote", world.people["grid"]) == 404
    page = clerk.get(f"/w/{world.units['xl']}/people/{world.people['grid']}/").content.decode()
    assert "End this post" not in page
    assert "Open an account" not in page


def test_a_garbled_step_is_answered_with_a_page(world: World, boss: Client) -> None:
    there = f"/w/{world.units['xl']}/people/{world.people['grid']}/do/end-post/"
    for data in ({}, {"key": "x"}, {"key": uuid4(), "about": "x"}, {"key": uuid4(), "about": uuid4()}):
        assert boss.post(there, data).status_code in (400, 404, 422)
    assert boss.get(there).status_code == 405
