"""Every page of a community with a running plan: in both widths and all languages, with axe in English."""

import json

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.house import PASSWORD, House
from tests.journeys.pages import OF_THE_STREET, OPEN, PLAN_AND_WORK
from tests.journeys.walking import Look, sign_in

pytestmark = pytest.mark.browser

CITY = f"""
import json
from qingli.ground import actions
from qingli.plan import actions as plans
from qingli.plan.models import Plan
from qingli.work import actions as work
from tests.ground.world import act, build
from tests.plan.plans import at, draft, running
world = build()
plan = running(world)
fresh, sent = draft(world), draft(world)
plans.set_approval_way(plan_id=sent.id, way="above", **act(plan.clerk))
plans.submit_plan(plan_id=sent.id, **act(plan.clerk))
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
    "sent": str(sent.id),
    "street": f"/w/{{world.units['hl']}}/",
}}))
"""


@pytest.fixture(scope="module")
def city(house: House) -> dict[str, str]:
    house.at("2026-08-10")
    made: dict[str, str] = json.loads(house.installation.python(CITY).splitlines()[-1])
    return made


def test_every_page(house: House, city: dict[str, str], visit: Visit) -> None:
    house.at("2026-08-10")
    look = Look(visit, city)
    look.at("", OPEN)
    look.at("every.clerk", [city["unit"] + path for path in PLAN_AND_WORK])
    look.at("every.grid", ["/today/"])
    look.at("every.street", [city["street"] + path for path in OF_THE_STREET if "{sent}" not in path])
    look.at("every.street", [city["unit"] + path for path in OF_THE_STREET if "{sent}" in path])
    assert look.faults == {}


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
