"""Every page of a community with a running plan: in both widths and all languages, with axe in English."""

import json

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tests.journeys.house import PASSWORD, House
from tests.journeys.looking import faults_of, foreign_words, lines_of

pytestmark = pytest.mark.browser

CITY = f"""
import json
from qingli.ground import actions
from qingli.plan.models import Plan
from qingli.work import actions as work
from tests.ground.world import act, build
from tests.plan.plans import at, draft, running
world = build()
plan = running(world)
fresh = draft(world)
for short in ("clerk", "grid", "street"):
    actions.open_account(person_id=world.people[short], username="every." + short, password={PASSWORD!r}, **act())
tasks = plan.tasks()
done = work.record_work(task_id=tasks[0].id, words="清了", **act(plan.clerk, at=at("2026-07-05")))
print(json.dumps({{
    "unit": f"/w/{{world.units['xl']}}/",
    "plan": str(plan.id),
    "draft": str(fresh.id),
    "done": str(tasks[0].id),
    "task": str(tasks[-1].id),
    "record": str(done.object_id),
    "slug": Plan.objects.get(pk=plan.id).public_slug,
    "person": str(world.people["grid"]),
}}))
"""
STAFF = [
    "today/",
    "plans/",
    "plans/new/",
    "plans/compose/",
    "plans/{plan}/",
    "plans/{plan}/history/",
    "plans/{plan}/difference/1/1/",
    "plans/{plan}/file/",
    "plans/{draft}/review/",
    "plans/{draft}/adopt/",
    "tasks/",
    "tasks/?state=late",
    "tasks/{task}/",
    "tasks/{done}/",
    "records/{record}/",
    "calendar/2026/8/",
    "calendar/2026/",
    "sites/",
    "sites/new/",
    "units/",
    "units/new/",
    "people/",
    "people/new/",
    "people/{person}/",
]
OPEN = ("/", "/sign-in/", "/help/", "/accessibility/", "/who-sees-what/", "/p/{slug}/", "/p/{slug}/text/", "/nowhere/")
WORDS_OF_THE_CITY = {"Asia", "Shanghai", "xiuqin", "PNG", "JPEG", "WebP", "JSON"}


@pytest.fixture(scope="module")
def city(house: House) -> dict[str, str]:
    house.at("2026-08-10")
    made: dict[str, str] = json.loads(house.installation.python(CITY).splitlines()[-1])
    return made


def sign_in(page: Page, user: str) -> None:
    page.goto("/sign-in/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.q-button")
    page.wait_for_url("**/today/")


@pytest.mark.parametrize(
    ("width", "language"),
    [(390, "en"), (1280, "en"), (390, "zh-hans"), (1280, "zh-hant")],
    ids=str,
)
def test_every_page(house: House, city: dict[str, str], visit: Visit, width: int, language: str) -> None:
    house.at("2026-08-10")
    page, faults = visit(width, language), {}
    for path in OPEN:
        page.goto(path.format(**city))
        faults[path] = _faults(page, language)
    sign_in(page, "every.clerk")
    for path in STAFF:
        answer = page.goto(city["unit"] + path.format(**city))
        assert answer is not None
        assert answer.status == 200, path
        faults[path] = _faults(page, language)
    assert {path: found for path, found in faults.items() if found} == {}


def _faults(page: Page, language: str) -> list[str]:
    found = lines_of(page)
    found += faults_of(page) if language == "en" else sorted(set(foreign_words(page)) - WORDS_OF_THE_CITY)
    return found


@pytest.mark.parametrize("user", ["every.grid", "every.street"])
def test_the_today_of_others(house: House, city: dict[str, str], visit: Visit, user: str) -> None:
    house.at("2026-08-10")
    page = visit(390, "zh-hant")
    sign_in(page, user)
    assert _faults(page, "zh-hant") == []
    if user == "every.street":
        page.goto(page.url.replace("/today/", "/approvals/"))
        assert _faults(page, "zh-hant") == []


def test_the_keyboard_reaches_the_main_button(house: House, city: dict[str, str], visit: Visit) -> None:
    """First the way past the menu, then in the order of reading; the focus is always to be seen."""
    house.at("2026-08-10")
    page = visit(1280, "en")
    sign_in(page, "every.clerk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "q-skip"
    page.keyboard.press("Enter")
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 20)"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert any(words.startswith("Done") for words in reached), reached


def test_after_a_form_the_way_back_does_not_send_it_again(house: House, city: dict[str, str], visit: Visit) -> None:
    house.at("2026-08-10")
    page = visit(390, "zh-hant")
    sign_in(page, "every.clerk")
    page.goto(f"{city['unit']}tasks/?state=open&mine=1")
    page.locator(".q-task__acts button").first.click()
    page.wait_for_load_state()
    page.go_back()
    page.go_forward()
    page.reload()
    assert page.locator("#errors").count() == 0
    assert page.locator("h1").inner_text()
