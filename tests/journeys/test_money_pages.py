"""The pages about money, as finance, giver and clerk see them: in both widths, with axe, in whole Chinese."""

import json

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.house import PASSWORD, House
from tests.journeys.looking import faults_of, foreign_words, lines_of
from tests.journeys.walking import sign_in

pytestmark = pytest.mark.browser

CITY = f"""
import json
from datetime import date
from qingli.ground import actions as ground
from qingli.ledger import actions
from tests.ground.world import act, build
from tests.ledger.money import money_in
money = money_in(build("qjm"))
for short in ("finance", "giver", "treasurer", "clerk"):
    person = money.world.people[short]
    ground.open_account(person_id=person, username="money." + short, password={PASSWORD!r}, **act())
money.give(reference="award:1")
spent, wrong = money.spend(120050, on=date(2026, 2, 20)), money.spend(33000)
actions.reverse_booking(booking_id=wrong, reason="登記了兩次", **act(money.who("finance")))
money.earmark("empty", "xl", "finance", "居民花園捐款", "greening", "water", "volunteers")
units = {{short: f"/w/{{key}}/money/" for short, key in money.world.units.items()}}
print(json.dumps({{
    **units,
    "award": str(money.earmarks["award"]),
    "fund": str(money.accounts["fund"]),
    "source": str(money.accounts["source"]),
    "spent": str(spent),
    "wrong": str(wrong),
}}))
"""
PAGES = {
    "finance": [
        "{xl}",
        "{xl}bookings/",
        "{xl}bookings/?earmark={award}&kind=fund",
        "{xl}bookings/{spent}/",
        "{xl}bookings/{wrong}/",
        "{xl}spend/?earmark={award}",
        "{xl}earmarks/new/",
        "{xl}earmarks/{award}/",
        "{xl}accounts/new/",
        "{xl}accounts/{fund}/",
    ],
    "giver": ["{qj}", "{qj}accounts/{source}/"],
    "treasurer": ["{ll}", "{ll}receive/", "{ll}spend/"],
    "clerk": ["{xl}"],
}


@pytest.fixture(scope="module")
def city(house: House) -> dict[str, str]:
    made: dict[str, str] = json.loads(house.installation.python(CITY).splitlines()[-1])
    return made


@pytest.mark.parametrize(("width", "language"), [(390, "en"), (1280, "zh-hant"), (390, "zh-hans")], ids=str)
def test_pages_about_money(house: House, city: dict[str, str], visit: Visit, width: int, language: str) -> None:
    house.at("2026-08-10")
    page, faults = visit(width, language), {}
    for user, paths in PAGES.items():
        page.context.clear_cookies()
        sign_in(page, f"money.{user}")
        for path in paths:
            answer = page.goto(path.format(**city))
            assert answer is not None
            assert answer.status == 200, path
            faults[user, path] = lines_of(page) + (faults_of(page) if language == "en" else foreign_words(page))
    assert {path: found for path, found in faults.items() if found} == {}


def test_finance_spends_and_is_told_what_is_left(house: House, city: dict[str, str], visit: Visit) -> None:
    house.at("2026-08-10")
    page = visit(390, "zh-hant")
    sign_in(page, "money.finance")
    page.goto(city["xl"])
    page.click("text=登記支出")
    page.check("text=綠化")
    page.fill("[name=amount]", "99,999")
    page.fill("[name=words]", "東門花槽")
    page.click("main form button.q-button")
    assert "餘額不夠" in page.locator("#errors").inner_text()
    assert page.input_value("[name=words]") == "東門花槽"
    assert faults_of(page) == []
    page.fill("[name=amount]", "799.50")
    page.click("main form button.q-button")
    page.wait_for_url("**/bookings/**")
    assert "−799.50元" in page.locator("main").inner_text()
    page.goto(city["xl"])
    assert "8,000元" in page.locator("main").inner_text()
