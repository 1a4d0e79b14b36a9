"""The goals are posted, a resident objects without an account, the clerk answers; every page of it is looked at."""

import json

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tests.journeys.house import PASSWORD, House
from tests.journeys.looking import faults_of, foreign_words, lines_of
from tests.journeys.walking import WORDS_OF_THE_CITY, sign_in

pytestmark = pytest.mark.browser

CITY = f"""
import json
from qingli.ground import actions
from tests.ground.world import act, build
from tests.plan.plans import running
world = build("qjb")
plan = running(world)
actions.open_account(person_id=world.people["clerk"], username="board.clerk", password={PASSWORD!r}, **act())
print(json.dumps({{"unit": f"/w/{{world.units['xl']}}/"}}))
"""
WAYS = [(390, "en"), (1280, "en"), (390, "zh-hans"), (1280, "zh-hant")]


@pytest.fixture(scope="module")
def city(house: House) -> dict[str, str]:
    house.at("2026-09-28")
    made: dict[str, str] = json.loads(house.installation.python(CITY).splitlines()[-1])
    return made


@pytest.mark.parametrize(("width", "language"), WAYS, ids=str)
def test_from_the_goals_to_the_answer(
    house: House, city: dict[str, str], visit: Visit, width: int, language: str
) -> None:
    house.at("2026-09-28")
    clerk, resident = visit(width, language), visit(width, language)
    faults: dict[str, list[str]] = {}

    def look(page: Page, name: str) -> None:
        found = lines_of(page)
        if language == "en":
            found += faults_of(page)
        elif not page.url.startswith(f"{house.address}/board/r/"):  # a receipt shows its address
            words = set(foreign_words(page)) - WORDS_OF_THE_CITY
            found += sorted(word for word in words if set(word) - set("abcdef"))  # what is left is part of a root
        faults[name] = found

    sign_in(clerk, "board.clerk")
    clerk.goto(city["unit"] + "board/")
    look(clerk, "board")
    clerk.click("main a.q-button")
    look(clerk, "new")
    clerk.fill("[name=title]", "下半年目標公示")  # whatever language filled it in
    clerk.click("main form .q-button")
    look(clerk, "check")
    assert "10月10日" in clerk.inner_text("aside") or "10 October" in clerk.inner_text("aside")
    clerk.click("main form .q-button")
    clerk.wait_for_url("**/board/*-*/")
    look(clerk, "notice")
    clerk.fill("[name=place]", "三號樓門口")
    clerk.click("aside form .q-button")

    resident.goto("/board/")
    look(resident, "public board")
    resident.click(".q-tasks a >> nth=0")
    look(resident, "public notice")
    resident.check("[name=kind][value=objection]")
    resident.fill("[name=words]", "水箱不止十四處，七號樓頂還有一處。")
    resident.click("main form .q-button")
    assert resident.input_value("[name=words]").startswith("水箱不止十四處")
    look(resident, "wrong form")
    resident.fill("[name=name]", "羅阿婆")
    resident.fill("[name=contact]", "021-5550 1234")
    resident.click("main form .q-button")
    resident.wait_for_url("**/board/r/*/")
    look(resident, "receipt")

    clerk.reload()
    look(clerk, "notice with an objection")
    clerk.check("[name=outcome][value=upheld]")
    clerk.fill("[name=reason]", "到現場看過，確有十五處，已補入計劃。")
    clerk.click("main form .q-button")
    look(clerk, "notice answered")
    clerk.goto(city["unit"] + "board/")
    look(clerk, "board again")
    resident.reload()
    assert "確有十五處" in resident.inner_text("main")
    look(resident, "receipt with the answer")
    resident.click(".q-title__over a")
    assert "確有十五處" in resident.inner_text("main")
    assert "羅阿婆" not in resident.inner_text("main")
    look(resident, "public notice with an answer")
    house.seal()
    house.at("2026-09-29")
    resident.goto("/board/roots/")
    assert resident.locator("tbody tr").count() >= 1
    look(resident, "roots")
    assert {name: found for name, found in faults.items() if found} == {}
