"""A real plan becomes a plan that runs: taken in, adopted, run for a half-year, amended, closed, read by residents."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.house import PASSWORD, House
from tests.journeys.looking import faults_of, foreign_words, lines_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ELEVENTH = 10
LANGUAGES = {"zh-hant": "甲", "zh-hans": "乙", "en": "丙"}
"""Each with a sign for the name of a community of its own."""
PHOTO = Path(__file__).parent / "photo.jpg"
RENAME = """
from django.db import connection
with connection.cursor() as cursor:
    guards = []
    if connection.vendor == "postgresql":
        cursor.execute("SET session_replication_role = replica")
    else:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'archive_%%'")
        guards = cursor.fetchall()
    for name, _ in guards:
        cursor.execute("DROP TRIGGER " + name)
    cursor.execute("UPDATE archive_entry SET kind = %s WHERE kind = %s", [{after!r}, {before!r}])
    for _, sql in guards:
        cursor.execute(sql)
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_plan_eleven_runs_for_a_half_year(shared: Path, house: House, visit: Visit, width: int, language: str) -> None:
    clerk = f"half{width}{language}"
    house.at("2026-06-22")
    house.found(f"杏林社區{width}{LANGUAGES[language]}", clerk, "HANS" if language == "zh-hans" else "HANT")
    page = visit(width, language)
    journey = Journey(page, house, language)
    journey.sign_in(clerk)
    journey.take_in(shared / "data" / "plans-17.txt")
    journey.check_everything()
    journey.adopt("2026-06-24")
    journey.publish_and_start()
    journey.live_through(("07", "08", "09"))
    journey.amend("2026-10-08")
    journey.live_through(("10", "11", "12"))
    journey.close("2027-01-04")
    journey.read_as_resident(visit(width, language))
    house.seal()
    assert house.verify() == 0


class Journey:
    """What one clerk does in the browser; each step ends on a page that says that it worked."""

    def __init__(self, page: Page, house: House, language: str) -> None:
        self.page, self.house, self.language = page, house, language
        self.unit = self.plan = self.public = ""
        self.looked: set[str] = set()

    def sign_in(self, user: str) -> None:
        self.page.goto("/sign-in/")
        self.page.fill("[name=username]", user)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main form button.q-button")
        self.page.wait_for_url("**/today/")
        self.unit = self._path().removesuffix("today/")
        self.look()

    def take_in(self, file: Path) -> None:
        """Seventeen plans in one file; the eleventh is ours."""
        self.page.goto(f"{self.unit}plans/")
        self.look()
        self.page.click("main a.q-button")
        self.look()
        self.page.set_input_files("[name=file]", file)
        self.page.click("main form button.q-button")
        self.page.click(f"button[name=plan][value='{ELEVENTH}']")
        self.page.wait_for_url("**/review/**")
        self.plan = self._path().partition("review/")[0]

    def check_everything(self) -> None:
        """Say from when to when, answer a question, look at every action."""
        self.look()
        self.page.locator("button[value*='2026-07-01.2026-12-31']").first.click()
        expect(self.page.locator("button[value*='2026-07-01.2026-12-31']")).to_have_count(0)
        self._answer_one()
        for _ in range(200):
            open_ = self.page.locator("[data-accept]")
            following = self.page.locator("[data-next]")
            if open_.count():
                self._accept(open_.first)
            elif (following.get_attribute("href") or "").startswith("?at="):
                following.click()
                self.page.wait_for_load_state()
            else:
                break
        self.page.goto(f"{self.plan}review/")
        expect(self.page.locator("[data-accept]")).to_have_count(0)
        self.look()

    def _answer_one(self) -> None:
        """An action that does not say when is to be done every week."""
        weekly = self.page.locator(".q-panes__row button[value^='answer:'][value$=':repeat.week.1']")
        before = weekly.count()
        assert before
        weekly.first.click()
        expect(weekly).to_have_count(before - 1)

    def _accept(self, button: Locator) -> None:
        card = button.locator("xpath=ancestor::article").get_attribute("id")
        button.click()
        self.page.wait_for_function(
            "id => !document.getElementById(id) || !document.getElementById(id).querySelector('[data-accept]')",
            arg=card,
        )

    def adopt(self, day: str) -> None:
        self.house.at(day)
        self.page.goto(f"{self.plan}adopt/")
        self.look()
        self.page.fill("[name=on]", day)
        self.page.check("[name=way][value=residents]")
        self._send("main form button.q-button")
        assert self._path() == self.plan

    def publish_and_start(self) -> None:
        self._send("form[action$='/do/publish/'] button")
        self.public = self.page.locator("a[href^='/p/']").first.get_attribute("href") or ""
        self.house.at("2026-07-01")
        self._send("form[action$='/do/start/'] button")
        assert self._promised() >= 27, "an action is due every week"

    def live_through(self, months: tuple[str, ...]) -> None:
        """Each month: the worker's night, one task with a record, one as it is, one put off, one handed over."""
        for month in months:
            self.house.at(f"2026-{month}-27")
            self.house.make_tasks()
            self._with_record()
            self._done_from_today()
            self._put_off(f"2026-{month}-30")
            if month == months[0]:
                self._hand_over()
        self.page.goto(self.plan)
        self.look()
        for address in ("tasks/", f"calendar/2026/{int(months[-1])}/", "calendar/2026/"):
            self.page.goto(self.unit + address)
            self.look()

    def _open_first(self) -> None:
        self.page.goto(f"{self.unit}tasks/?state=open&mine=1")
        self.page.locator(".q-task__what a").first.click()
        self.page.wait_for_url(re.compile(r"/tasks/[0-9a-f-]{36}/"))

    def _with_record(self) -> None:
        self._open_first()
        self.page.fill("#done [name=words]", "宣傳欄換好了，拍照留底")
        self.page.fill("#done [name=amount]", "12")
        self.page.set_input_files("#done [name=photo]", PHOTO)
        self._send("#done button.q-button")
        expect(self.page.locator("#records + ul li")).to_have_count(1)
        self.look()

    def _done_from_today(self) -> None:
        self.page.goto(f"{self.unit}today/")
        self.look()
        self._send(".q-next button.q-button, .q-task__acts button.q-button2 >> nth=0")
        assert self._path().endswith("/today/")

    def _put_off(self, day: str) -> None:
        self._open_first()
        self.page.click("#not-done > summary")
        self.page.fill("#not-done [name=reason]", "連日大雨，場地進不去")
        self.page.fill("#not-done [name=new_due]", day)
        self._send("#not-done button.q-button2")
        expect(self.page.locator("aside .q-facts")).to_contain_text("連日大雨，場地進不去")

    def _hand_over(self) -> None:
        self._open_first()
        self.page.click("#hand-over > summary")
        self.page.select_option("#hand-over [name=person]", label="周明遠")
        self._send("#hand-over button.q-button2")
        expect(self.page.locator("aside .q-facts")).to_contain_text("周明遠")

    def amend(self, day: str) -> None:
        """A new version with an action put differently; what is done stays done."""
        self.house.at(day)
        self.page.goto(self.plan)
        done = self._done()
        self.page.locator("details", has=self.page.locator("form[action$='/amend/']")).locator("summary").click()
        self._send("form[action$='/amend/'] button")
        self.page.locator("[data-edit]").first.click()
        title = self.page.locator("form[action*='/review/edit/'] [name=title]")
        title.fill("每月更換宣傳欄，並在群裡發一遍")
        self.page.locator(
            "form[action*='/review/edit/'] button.q-button, form[action*='/review/edit/'] button"
        ).first.click()
        expect(title).to_have_count(0)
        self.page.goto(f"{self.plan}adopt/")
        self.page.fill("[name=on]", day)
        self.page.check("[name=way][value=committee]")
        self.page.fill("[name=reason]", "居民希望群裡也看得到")
        self._send("main form button.q-button")
        assert self._path() == self.plan
        assert self._done() == done
        self.page.click("a[href*='/difference/1/2/']")
        expect(self.page.locator("ins", has_text="群裡發一遍").first).to_be_visible()
        self.look()

    def close(self, day: str) -> None:
        self.house.at(day)
        self.page.goto(self.plan)
        self.page.click("#close > summary")
        self.page.fill("#close [name=reason]", "半年已過，併入下一份計劃")
        self._send("#close button.q-button2")
        self.look()
        assert self.page.locator("#carry").count() == 1
        self.page.goto(f"{self.plan}history/")
        self.look()

    def read_as_resident(self, page: Page) -> None:
        """Without an account: what was promised, what was done, and why the rest was not; no names of people."""
        page.goto(self.public)
        text = page.locator("main").inner_text()
        assert "周明遠" not in text
        assert "半年已過，併入下一份計劃" in text
        assert page.locator(".q-bar").count() > 1
        resident = Journey(page, self.house, self.language)
        resident.look()
        page.locator("a[href$='/text/']").first.click()
        resident.look()

    def look(self) -> None:
        """Whatever page this is, it keeps to what every page keeps to; each kind of page is looked at once."""
        kind = re.sub(r"[0-9a-f-]{36}", "…", self._path()) + self.page.locator("h1").first.inner_text()
        if kind in self.looked:
            return
        self.looked.add(kind)
        with naming(self.page.url):
            assert lines_of(self.page) == []
            assert faults_of(self.page) == []
            assert self.language == "en" or foreign_words(self.page) == []

    def _send(self, button: str) -> None:
        """Press a button that leads to another page, on which no error is said."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        assert self.page.locator("#errors").count() == 0

    def _path(self) -> str:
        return self.page.url.removeprefix(self.house.address).partition("?")[0].partition("#")[0]

    def _promised(self) -> int:
        return int(self.page.locator(".q-figures b").first.inner_text())

    def _done(self) -> int:
        return int(self.page.locator(".q-figures .is-done b").inner_text())


@contextmanager
def naming(address: str) -> Iterator[None]:
    """An assertion about a page says which page."""
    try:
        yield
    except AssertionError as error:
        raise AssertionError(f"{address}: {error}") from error


def test_a_tampered_row_comes_to_light(house: House) -> None:
    """And is put back: other journeys live in the same house."""
    house.found("荷塘社區", "spoiled")
    house.seal()
    assert house.verify() == 0
    house.installation.python(RENAME.format(before="community.founded", after="community.altered"))
    try:
        assert house.verify() == 1
    finally:
        house.installation.python(RENAME.format(before="community.altered", after="community.founded"))
    assert house.verify() == 0
