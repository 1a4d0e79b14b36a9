"""Who sees what of mine."""

import html
import re
from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.ground.world import World

SignIn = Callable[[str], Client]


def rows(client: Client, query: str = "") -> dict[str, list[str]]:
    page = html.unescape(client.get(f"/who-sees-what/{query}").content.decode())
    found = re.findall(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', page, re.DOTALL)
    return {who: re.findall(r"<td[^>]*>([^<]*)</td>", cells) for who, cells in found}


def test_strangers_read_the_rules(db: None) -> None:
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get("/who-sees-what/").content.decode()
    assert "Your committee and its grids see it in full" in page
    assert "<table" not in page


def test_a_grid_worker_reads_who_sees_what(world: World, sign_in: SignIn) -> None:
    seen = rows(sign_in("grid"))
    assert seen["杏林社區・environment clerk"] == ["1", "in full", "in full", "in full"]
    assert seen["鶴林街道・street office"] == ["1", "sums only", "sums only", "nothing"]
    assert not any(who.startswith(("柳浪社區", "第2網格")) for who in seen)


def test_the_page_costs_the_same_however_many_see(
    world: World, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("grid")
    with django_assert_num_queries(12):
        client.get("/who-sees-what/")
    for number in range(12):
        world.person(f"more{number}", f"幫手{number}", "xl", None)
    with django_assert_num_queries(12):
        client.get("/who-sees-what/")


def test_another_of_ones_units_can_be_looked_at_and_no_other(world: World, sign_in: SignIn) -> None:
    client = sign_in("grid")
    assert rows(client, f"?unit={world.units['ll']}") == rows(client)
    assert rows(client, "?unit=x") == rows(client)


def test_ones_own_page_leads_to_what_is_held(world: World, sign_in: SignIn) -> None:
    world.person("helper", "康小姐", "xl", None)
    client = sign_in("grid")
    link = re.search(r'href="(/w/[^"]*/people/[^"]*)"', client.get("/who-sees-what/").content.decode())
    assert link is not None
    assert "Download it (JSON)" in client.get(link[1]).content.decode()
