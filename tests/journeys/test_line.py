"""A task done on Monday, seen in the figure, the assessment, the application, the title, its money and the report."""

import json
import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tests.journeys.house import PASSWORD, House
from tests.journeys.looking import faults_of, foreign_words, lines_of
from tests.journeys.walking import WORDS_OF_THE_CITY, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CITY = """
import json
from qingli.ground import actions
from qingli.ground.rules import Role, SiteType
from tests.ground.world import act, build
from tests.plan.plans import running
world = build({code!r})
for short, name, unit, role in (
    ("city", "江文遠", "qj", Role.CITY_OFFICE),
    ("payer", "喬慧敏", "qj", Role.FINANCE),
    ("finance", "溫淑貞", "xl", Role.FINANCE),
):
    world.person(short, name, unit, role)
for number in range(1, 6):
    world.site("xl1", SiteType.BUILDING, f"{{number}}號樓")
plan = running(world)
for short in ("clerk", "street", "district", "city", "payer", "finance"):
    actions.open_account(person_id=world.people[short], username={code!r} + "." + short, password={password!r}, **act())
print(json.dumps({{short: f"/w/{{unit}}/" for short, unit in world.units.items()}}))
"""
WAYS = [(390, "zh-hant"), (1280, "zh-hans"), (1280, "en")]
# Words of the story that any language shows as they were written.
OWN = {*WORDS_OF_THE_CITY, "sample", "green", "community"}
ALTER = "UPDATE ledger_balance SET amount = amount {sign} 1 WHERE amount > 0"
RUN = "from django.db import connection\nwith connection.cursor() as cursor: cursor.execute({sql!r})"


@dataclass
class Line:
    """Who takes part, each in a browser of their own, and what was seen to be wrong on the way."""

    house: House
    visit: Visit
    width: int
    language: str
    units: dict[str, str]
    code: str
    pages: dict[str, Page] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def page(self, who: str) -> Page:
        if who not in self.pages:
            self.pages[who] = self.visit(self.width, self.language)
            if who != "resident":
                sign_in(self.pages[who], f"{self.code}.{who}")
        return self.pages[who]

    def go(self, who: str, unit: str, path: str) -> Page:
        page = self.page(who)
        answer = page.goto(self.units[unit] + path if unit else path)
        assert answer is not None
        assert answer.status == 200, path
        self.look(who, f"{unit} {path}")
        return page

    def press(self, who: str, button: str = "main .q-button") -> Page:
        page = self.page(who)
        page.locator(button).first.click()
        page.wait_for_load_state()
        self.look(who, f"after {button} on {re.sub(r'[0-9a-f-]{20,}', '…', page.url)}")
        return page

    def look(self, who: str, name: str) -> None:
        page = self.page(who)
        found = lines_of(page)
        if self.language == "en":
            found += faults_of(page)
        else:
            words = set(foreign_words(page)) - OWN
            found += sorted(word for word in words if set(word.lower()) - set("abcdef"))
        if found:
            self.faults[f"{who}: {name}"] = found


@pytest.mark.parametrize(("width", "language"), WAYS, ids=str)
def test_from_a_task_on_monday_to_the_title_and_its_money(
    house: House, visit: Visit, width: int, language: str
) -> None:
    house.at("2026-07-06")
    code = f"qj{width}{language.replace('-', '')}"
    made = house.installation.python(CITY.format(code=code, password=PASSWORD)).splitlines()[-1]
    line = Line(house, visit, width, language, json.loads(made), code)
    done = _a_task_on_monday(line)
    _money_has_its_places(line)
    _a_programme(line)
    _the_community_applies(line, done)
    _street_and_district(line)
    _before_everybody(line)
    number = _named(line)
    _paid_once(line)
    _seen_by_residents(line, number)
    _in_the_report(line, number)
    _told_anew_from_the_journal(line)
    assert line.faults == {}


def _a_task_on_monday(line: Line) -> str:
    page = line.go("clerk", "xl", "tasks/?state=open&mine=1")
    title = page.locator(".q-task__what").first.inner_text().splitlines()[0]
    line.press("clerk", ".q-task__acts button")
    line.house.work()
    page = line.go("clerk", "xl", "proof/")
    assert page.locator("main").inner_text().count("0") >= 1
    page = line.go("clerk", "xl", "proof/tasks-on-time/behind/")
    assert title[:12] in page.inner_text("main"), title
    return title


def _money_has_its_places(line: Line) -> None:
    for who, unit, kind, name in (("payer", "qj", "source", "環保專項資金"), ("finance", "xl", "fund", "環保專款戶")):
        page = line.go(who, unit, "money/accounts/new/")
        page.fill("[name=name]", name)
        page.check(f"[name=kind][value={kind}]")
        line.press(who, "main form .q-button")
        assert name in page.inner_text("main")


def _a_programme(line: Line) -> None:
    page = line.go("district", "nan", "titles/enter/")
    page.select_option("[name=unit]", label="杏林社區")
    for name, words in (("name", "區級綠色社區"), ("issuing_body", "南湖區人民政府"), ("document", "南綠〔2026〕1號")):
        page.fill(f"[name={name}]", words)
    page.fill("[name=named_on]", "2026-03-16")
    line.press("district", "main form .q-button")
    page = line.go("city", "qj", "titles/programmes/new/")
    page.fill("[name=name]", "青江市綠色社區")
    page.fill("[name=issuing_body]", "青江市人民政府")
    page.fill("[name=approval_document]", "青府批〔2026〕8號")
    page.fill("[name=approval_date]", "2026-03-02")
    line.press("city", "main form .q-button")
    if "years/new" not in page.url:
        page = line.go("city", "qj", "titles/")
        page.locator("a[href$='/years/new/']").first.click()
        line.look("city", "a new year")
    days = {
        "evidence_from": "2026-07-01",
        "evidence_last": "2026-12-31",
        "apply_from": "2026-07-01",
        "apply_until": "2026-12-31",
        "endorse_until": "2027-01-10",
        "recommend_until": "2027-01-20",
        "decide_until": "2027-02-28",
    }
    page.fill("[name=year]", "2026")
    for name, day in days.items():
        page.fill(f"[name={name}]", day)
    page.check("[name=award_rule][value=two-payers]")
    line.press("city", "main form .q-button")
    assert "青江市綠色社區" in page.inner_text("main")


def _the_community_applies(line: Line, done: str) -> None:
    page = line.go("clerk", "xl", "titles/")
    line.press("clerk", "main form .q-button")
    assert "/applications/" in page.url
    page.fill("[name=words]", "樓道舊物每月集中清一次。")
    line.press("clerk", "main form .q-button")
    page.locator("a[href*='/figures/tasks-on-time/']").first.click()
    line.look("clerk", "what a frozen figure came from")
    assert done[:12] in page.inner_text("main")


def _street_and_district(line: Line) -> None:
    for who, unit in (("street", "hl"), ("district", "nan")):
        page = line.go(who, unit, "titles/")
        page.locator("a[href*='/applications/']").first.click()
        page.wait_for_load_state()
        line.look(who, "an application")
        line.press(who, "main form .q-button")


def _before_everybody(line: Line) -> None:
    """Posted; a resident objects; while that is open, and while the window is, nobody can be named."""
    page = line.go("city", "qj", "titles/")
    page.locator("a[href*='/titles/years/']").last.click()
    page.wait_for_load_state()
    line.look("city", "a year with candidates")
    page.fill("[name=title]", "擬命名名單公示")
    page.fill("[name=body]", "擬命名杏林社區為青江市綠色社區，現予公示。")
    line.press("city", "main form .q-button")
    resident = line.go("resident", "", "/board/")
    resident.locator(".q-tasks a").first.click()
    resident.wait_for_load_state()
    line.look("resident", "the notice")
    resident.check("[name=kind][value=objection]")
    resident.fill("[name=words]", "七號樓頂的水箱沒有洗。")
    resident.fill("[name=name]", "羅阿婆")
    resident.fill("[name=contact]", "021-5550 1234")
    resident.locator("main form .q-button").first.click()
    resident.wait_for_url("**/board/r/*/")
    line.house.at("2026-07-25")
    page = _application_of_the_city(line)
    assert page.locator("form[action$='/name/']").count() == 0
    page = line.go("city", "qj", "board/")
    page.locator(".q-tasks a, .q-lines a").first.click()
    page.wait_for_load_state()
    page.check("[name=outcome][value=rejected]")
    page.fill("[name=reason]", "到現場看過，已於上月清洗，檢測合格。")
    line.press("city", "main form[action*='/replies/'] .q-button")


def _application_of_the_city(line: Line) -> Page:
    page = line.go("city", "qj", "titles/")
    page.locator("a[href*='/applications/']").first.click()
    page.wait_for_load_state()
    line.look("city", "an application")
    return page


def _named(line: Line) -> str:
    page = _application_of_the_city(line)
    page.fill("[name=document]", "青綠創〔2026〕3號")
    line.press("city", "form[action$='/name/'] .q-button")
    found = re.search(r"2026-\d{4}-\d", page.inner_text("main"))
    assert found, page.inner_text("main")
    return found[0]


def _paid_once(line: Line) -> None:
    for _ in range(2):
        line.go("payer", "qj", "titles/awards/")
        line.press("payer", "form[action*='/awards/'] button")
    page = line.go("payer", "qj", "titles/awards/")
    assert page.locator("form[action*='/awards/']").count() == 0
    page = line.go("finance", "xl", "money/")
    assert "20,000" in page.inner_text("main")


def _seen_by_residents(line: Line, number: str) -> None:
    page = line.go("resident", "", "/titles/")
    assert number in page.inner_text("main")
    page = line.go("resident", "", f"/titles/{number}/")
    assert "杏林社區" in page.inner_text("main")
    answer = page.request.get(f"/titles/{number}/certificate.pdf")
    assert answer.body().startswith(b"%PDF-")


def _in_the_report(line: Line, number: str) -> None:
    page = line.go("clerk", "xl", "figures/half-year/2026-2/")
    assert number in page.inner_text("main")
    for kind, head in (("docx", b"PK\x03\x04"), ("pdf", b"%PDF-")):
        answer = page.request.get(f"{line.units['xl']}figures/half-year/2026-2/report.{kind}")
        assert answer.body().startswith(head), kind


def _told_anew_from_the_journal(line: Line) -> None:
    line.house.work()
    told = line.house.installation.command("verify", check=False)
    assert told.returncode == 0, told.stdout
    line.house.installation.python(RUN.format(sql=ALTER.format(sign="+")))
    try:
        assert line.house.verify() == 1
    finally:
        line.house.installation.python(RUN.format(sql=ALTER.format(sign="-")))
