"""Keeping a plan makes a community, its first person and a draft: once, and only when all of it is sound."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from qingli.ground import queries as ground
from qingli.ground.rules import SYSTEM, Script, UnitKind
from qingli.lib import clock
from qingli.plan import queries as plans
from tests.public.conftest import PLAN
from tests.public.pages import carried, tap, text_of

pytestmark = pytest.mark.django_db

WHO = {"community": "柳岸社區", "name": "林秀琴", "username": "lin.xiuqin", "password": "ein grünes Blatt"}


@pytest.fixture
def page(visitor: Client) -> Any:
    return visitor.post("/read/", {"text": PLAN})


def keep(visitor: Client, page: Any, **other: object) -> Any:
    return visitor.post("/keep/", {**carried(page), "key": uuid4(), **WHO, **other})


def test_the_form_knows_what_the_visitor_said_before(visitor: Client, page: Any) -> None:
    asked = tap(visitor, page, "keep", community="柳岸社區", year="2026")
    assert 'value="柳岸社區"' in text_of(asked)
    assert carried(asked)["year"] == "2026"


def test_a_community_is_made_with_its_draft_and_the_visitor_is_signed_in(visitor: Client, page: Any) -> None:
    answer = keep(visitor, page)
    assert answer.status_code == 302
    _empty, _w, unit_id, _plans, _plan_id, *_rest = answer["Location"].split("/")
    unit = ground.unit(SYSTEM, UUID(unit_id))
    assert unit is not None
    assert (unit.name, unit.kind, unit.script) == ("柳岸社區", UnitKind.COMMUNITY, Script.HANT)
    assert text_of(visitor.get(answer["Location"], follow=True))
    assert [person.name for person in ground.people(SYSTEM, unit.id)] == ["林秀琴"]


def test_sent_twice_it_is_kept_once(visitor: Client, page: Any) -> None:
    key = uuid4()
    first, second = keep(visitor, page, key=key), keep(Client(), page, key=key)
    assert first["Location"] == second["Location"]
    assert first.status_code == second.status_code == 302
    made = plans.plans_of_unit(SYSTEM, UUID(first["Location"].split("/")[2]), today=clock.today("Asia/Shanghai"))
    assert [plan.title for plan in made] == ["柳塘社區下半年環保工作計劃"]


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"password": "12345"}, "password", "easily guessed"),
        ({"password": "lin.xiuqin"}, "password", "easily guessed"),
        ({"password": ""}, "password", "Write a password"),
        ({"username": "l"}, "username", "2 to 40 letters"),
        ({"username": ""}, "username", "Write a user name"),
        ({"community": ""}, "community", "Write the name of your community"),
        ({"community": "柳\x07岸"}, "community", "cannot be shown"),
        ({"name": ""}, "name", "Write your name"),
        ({"name": "林\u202e秀\ue000琴"}, "name", "cannot be shown"),
        ({"name": "11010519491231002X"}, "name", "identity number"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(
    visitor: Client, page: Any, wrong: dict[str, str], field: str, says: str
) -> None:
    answer = keep(visitor, page, **wrong)
    assert answer.status_code == 422
    said = text_of(answer).split(f'id="id_{field}_wrong"')[1].split("</p>")[0]
    assert says in said
    assert carried(answer)["original"] == carried(page)["original"]
    assert keep(visitor, page).status_code == 302  # the user name is still free


def test_a_user_name_that_is_taken_is_said_at_its_field(visitor: Client, page: Any) -> None:
    assert keep(visitor, page).status_code == 302
    answer = keep(Client(HTTP_ACCEPT_LANGUAGE="en"), page, community="杏林社區")
    assert answer.status_code == 422
    assert "This user name is taken" in text_of(answer).split('id="id_username_wrong"')[1].split("</p>")[0]


def test_a_li_is_a_li_and_a_simplified_plan_makes_a_simplified_community(visitor: Client) -> None:
    simplified = visitor.post("/read/", {"text": "甘棠里下半年环保工作计划\n一、措施\n（一）每月开展一次大扫除。\n"})
    unit_id = keep(visitor, simplified, community="甘棠里")["Location"].split("/")[2]
    unit = ground.unit(SYSTEM, UUID(unit_id))
    assert unit is not None
    assert (unit.kind, unit.script) == (UnitKind.LI, Script.HANS)


@pytest.mark.parametrize("key", ["", "x"])
def test_without_the_forms_key_nothing_is_made(visitor: Client, page: Any, key: str) -> None:
    assert keep(visitor, page, key=key).status_code == 400


def test_garbled_steps_lead_back(visitor: Client, page: Any) -> None:
    answer = keep(visitor, page, steps="[[7]]")
    assert (answer.status_code, answer["Location"]) == (302, "/")
