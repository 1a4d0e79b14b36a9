"""Who sees what of mine."""

import html
import re
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.ground.world import World

SignIn = Callable[[str], Client]


def seen(client: Client, query: str = "") -> dict[str, dict[str, str]]:
    """What the page says: thing → how → who."""
    page = html.unescape(client.get(f"/who-sees-what/{query}").content.decode())
    parts = re.findall(r"<h3>(.*?)</h3>\s*<dl[^>]*>(.*?)</dl>", page, re.DOTALL)
    return {thing: dict(re.findall(r"<dt>(.*?)</dt>(.*?)(?=<dt>|$)", lists, re.DOTALL)) for thing, lists in parts}


def test_strangers_read_the_rules(db: None) -> None:
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get("/who-sees-what/").content.decode()
    assert "Your committee sees it in full" in page
    assert "<h3>" not in page


def test_a_grid_worker_reads_who_sees_what(world: World, sign_in: SignIn) -> None:
    found = seen(sign_in("grid"))
    assert set(found) == {"What you wrote down", "Your tasks", "Your name and telephone"}
    for thing in ("What you wrote down", "Your tasks"):
        assert "杏林社區: environment clerk, head of the committee" in found[thing]["in full"]
        assert "鶴林街道: street office" in found[thing]["sums only"]
    assert "sums only" not in found["Your name and telephone"]
    assert "柳浪社區" not in str(found)
    assert "第2網格" not in str(found)


def test_the_page_costs_the_same_however_many_see(world: World, sign_in: SignIn) -> None:
    client = sign_in("grid")
    client.get("/who-sees-what/")  # the first page after signing in also writes the session
    with CaptureQueriesContext(connection) as few:
        client.get("/who-sees-what/")
    for number in range(12):
        world.person(f"more{number}", f"幫手{number}", "xl", None)
    with CaptureQueriesContext(connection) as many:
        client.get("/who-sees-what/")
    assert len(many) == len(few) <= 18


def test_another_of_ones_units_can_be_looked_at_and_no_other(world: World, sign_in: SignIn) -> None:
    client = sign_in("grid")
    assert seen(client, f"?unit={world.units['ll']}") == seen(client)
    assert seen(client, "?unit=x") == seen(client)


def test_ones_own_page_leads_to_what_is_held(world: World, sign_in: SignIn) -> None:
    world.person("helper", "康小姐", "xl", None)
    client = sign_in("grid")
    link = re.search(r'href="(/w/[^"]*/people/[^"]*)"', client.get("/who-sees-what/").content.decode())
    assert link is not None
    assert "Download it (JSON)" in client.get(link[1]).content.decode()
