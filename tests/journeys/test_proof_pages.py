"""The pages of proof in both widths and all languages, and a sample drawn and marked on a phone."""

import json

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.house import PASSWORD, House
from tests.journeys.looking import faults_of, foreign_words, lines_of

pytestmark = pytest.mark.browser

CITY = f"""
import json
from qingli.ground import actions
from qingli.proof import actions as proof
from tests.ground.world import act, build
from tests.plan.plans import at
from tests.proof.house import HALF, STANDARD, catch_up, community, done
world = build("qjp")
plan = community(world)
for words, number, day in (("例會", 2, "2026-07-20"), ("講座", 1, "2026-08-03"), ("水箱", 1, "2026-08-04")):
    done(plan, words, day, number=number)
catch_up()
actions.open_account(person_id=world.people["clerk"], username="proof.clerk", password={PASSWORD!r}, **act())
kept = proof.freeze(unit_id=world.units["xl"], **STANDARD, **HALF, today=at("2026-08-05").date(),
                    **act(plan.clerk, at=at("2026-08-05")))
print(json.dumps({{"unit": f"/w/{{world.units['xl']}}/proof/", "kept": str(kept.object_id)}}))
"""
CATCH_UP = "from tests.proof.house import catch_up; catch_up()"
ASKED = "?standard=sample-green-community&version=1.1&period=2026H2"
PAGES = (
    "",
    "tasks-on-time/behind/",
    "plan-complete/behind/",
    "tanks-cleaned/behind/",
    "leading-group/behind/",
    "goals-posted/behind/",
    "local-practice/points/",
    "stairwells-tidy/sample/",
)


@pytest.fixture(scope="module")
def made(house: House) -> dict[str, str]:
    house.at("2026-08-10")
    made: dict[str, str] = json.loads(house.installation.python(CITY).splitlines()[-1])
    return made


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["zh-hant", "en", "zh-hans"])
def test_the_pages_of_proof(house: House, made: dict[str, str], visit: Visit, width: int, language: str) -> None:
    house.at("2026-08-10")
    page = visit(width, language)
    page.goto("/sign-in/")
    page.fill("[name=username]", "proof.clerk")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    for rest in (*(f"{one}{ASKED}" for one in PAGES), f"kept/{made['kept']}/"):
        answer = page.goto(made["unit"] + rest)
        assert answer is not None
        assert answer.status == 200, rest
        assert lines_of(page) == [], rest
        if language == "en":
            assert faults_of(page) == [], rest
        else:
            assert foreign_words(page) == [], rest


def test_a_sample_is_drawn_and_marked_on_a_phone(house: House, made: dict[str, str], visit: Visit) -> None:
    house.at("2026-08-10")
    page = visit(390, "en")
    page.goto("/sign-in/")
    page.fill("[name=username]", "proof.clerk")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.goto(f"{made['unit']}{ASKED}")
    page.get_by_role("link", name="Draw the sites").click()
    page.get_by_role("button", name="Draw the sites").click()
    house.installation.python(CATCH_UP)
    page.get_by_role("link", name="Load again").click()
    assert faults_of(page) == []
    assert lines_of(page) == []
    for number in range(4):
        page.locator(".q-next").get_by_role(
            "button", name="Not in order" if number == 2 else "In order", exact=True
        ).click()
    page.locator(".q-next input[name=words]").fill("the gate was locked")
    page.locator(".q-next").get_by_role("button", name="Could not see it").click()
    assert "3 of 4 sites looked at are in order (75 %)" in page.locator("main").inner_text()
    page.locator("summary", has_text="Correct").last.click()
    page.locator("details[open]").get_by_role("button", name="In order", exact=True).click()
    assert "4 of 5 sites looked at are in order (80 %)" in page.locator("main").inner_text()
    assert lines_of(page) == []
    page.get_by_role("link", name="Self-assessment,").click()
    assert page.locator("#stairwells-tidy").get_by_text("Has it").is_visible()
