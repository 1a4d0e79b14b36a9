"""The pages about sites and about the units that a unit is divided into."""

import html
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingli.ground import queries
from qingli.ground.rules import SYSTEM, SiteType, UnitKind
from tests.ground.world import World

SignIn = Callable[[str], Client]


def text(client: Client, there: str) -> str:
    return html.unescape(client.get(there).content.decode())


def names(world: World, unit: str = "xl") -> list[str]:
    return [site.name for site in queries.sites(SYSTEM, world.units[unit]).rows]


def new_site(world: World, **more: object) -> dict[str, object]:
    return {"key": uuid4(), "name": "3號樓水箱", "type": "water_tank", "unit": world.units["xl1"], **more}


def test_a_site_is_added_once_and_closed(world: World, sign_in: SignIn) -> None:
    client, there = sign_in("clerk"), f"/w/{world.units['xl']}/sites/"
    sent = new_site(world, place="三單元樓頂", count="2")
    assert [client.post(f"{there}new/", sent).status_code for _turn in range(2)] == [302, 302]
    (site,) = queries.sites(SYSTEM, world.units["xl"]).rows
    assert (site.name, site.unit_name, site.place, site.count) == ("3號樓水箱", "第1網格", "三單元樓頂", 2)
    assert "三單元樓頂" in text(client, there)
    assert client.post(f"{there}{site.id}/close/", {"key": uuid4()}).status_code == 302
    assert names(world) == []
    assert "This site was closed" in html.unescape(
        client.post(f"{there}{site.id}/close/", {"key": uuid4()}, follow=True).content.decode()
    )


def test_one_site_after_the_other(world: World, sign_in: SignIn) -> None:
    there = f"/w/{world.units['xl']}/sites/new/"
    assert sign_in("clerk").post(there, new_site(world, again="1"))["Location"] == there


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Write the name"),
        ({"name": "有\x07聲"}, "cannot be shown"),
        ({"type": "castle"}, "Select a valid choice"),
        ({"type": ""}, "Choose the kind"),
        ({"unit": str(UUID(int=7))}, "Select a valid choice"),
        ({"count": "many"}, "Write a number"),
        ({"count": "-1"}, "Write a number"),
        ({"count": "9999999"}, "This number is too large"),
        ({"name": "已有水箱", "place": ""}, "stands here already"),
    ],
)
def test_what_is_wrong_with_a_site_is_said(world: World, sign_in: SignIn, wrong: dict[str, object], says: str) -> None:
    world.site("xl1", SiteType.WATER_TANK, "已有水箱")
    answer = sign_in("clerk").post(f"/w/{world.units['xl']}/sites/new/", new_site(world) | wrong)
    assert answer.status_code == 422
    assert says in html.unescape(answer.content.decode())
    assert names(world) == ["已有水箱"]


def test_sites_are_shown_by_kind_at_a_steady_cost(world: World, sign_in: SignIn) -> None:
    world.site("xl", SiteType.SHOP, "東門水果")
    world.site("xl1", SiteType.WATER_TANK, "1號樓水箱")
    client, there = sign_in("clerk"), f"/w/{world.units['xl']}/sites/"
    page = text(client, f"{there}?type=shop")
    assert "東門水果" in page
    assert "1號樓水箱" not in page
    assert "1號樓水箱" in text(client, f"{there}?type=castle")
    client.get(there)  # the first page after signing in also writes the session
    with CaptureQueriesContext(connection) as few:
        client.get(there)
    for number in range(30):
        world.site("xl1", SiteType.BUILDING, f"{number}號樓")
    with CaptureQueriesContext(connection) as many:
        client.get(there)
    assert len(many) == len(few) <= 18


@pytest.mark.parametrize(("short", "status"), [("grid", 403), ("street", 403), ("neighbour", 403), ("colleague", 200)])
def test_who_adds_sites(world: World, sign_in: SignIn, short: str, status: int) -> None:
    assert sign_in(short).get(f"/w/{world.units['xl']}/sites/new/").status_code == status


def test_a_grid_is_added_once(world: World, sign_in: SignIn) -> None:
    client, there = sign_in("head"), f"/w/{world.units['xl']}/units/"
    sent = {"key": uuid4(), "name": "第3網格", "kind": "grid"}
    assert [client.post(f"{there}new/", sent).status_code for _turn in range(2)] == [302, 302]
    below = queries.units_below(SYSTEM, world.units["xl"], kind=UnitKind.GRID).rows
    assert sorted(unit.name for unit in below) == ["第1網格", "第2網格", "第3網格"]
    assert "第3網格" in text(client, there)


@pytest.mark.parametrize(
    ("wrong", "says"), [({"name": ""}, "Write the name"), ({"kind": "city"}, "Select a valid choice")]
)
def test_what_is_wrong_with_a_unit_is_said(world: World, sign_in: SignIn, wrong: dict[str, object], says: str) -> None:
    answer = sign_in("head").post(
        f"/w/{world.units['xl']}/units/new/", {"key": uuid4(), "name": "第3網格", "kind": "grid"} | wrong
    )
    assert answer.status_code == 422
    assert says in html.unescape(answer.content.decode())


def test_nothing_lies_below_a_grid_and_outsiders_add_nothing(world: World, sign_in: SignIn) -> None:
    assert sign_in("head").get(f"/w/{world.units['xl1']}/units/new/").status_code == 403
    assert sign_in("outsider").get(f"/w/{world.units['xl']}/units/new/").status_code == 403
    assert sign_in("grid").get(f"/w/{world.units['xl']}/units/").status_code == 200
