"""A draft is checked beside its text in a browser: by mouse and touch, by keyboard, and without JavaScript."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.house import PASSWORD, House
from tests.journeys.looking import faults_of, foreign_words, lines_of

pytestmark = pytest.mark.browser

PLAN = """柳岸社區2026年下半年環境保護工作計劃

一、加強組織
（一）每月召開一次環境工作例會，由社區主任主持。
（二）每季度由環保專幹向居民通報一次工作進展。

二、整治環境
（一）每月5日前由各網格員清理樓道雜物，清除小廣告。
（二）11月份前督促物業公司清洗二次供水水箱一次。
（三）定期檢查沿街商舖門前三包。
（四）10月31日前由環保專幹舉辦垃圾分類講座一場，到場居民不少於60人。
"""


@pytest.mark.parametrize("width", [390, 1280])
def test_by_mouse_and_touch(house: House, visit: Visit, width: int) -> None:
    desk = Desk(visit(width, "zh-hant", has_touch=width < 600), house, f"look{width}")
    page = desk.page
    desk.is_sound()
    desk.accept("例會")
    desk.says(1, 6)
    expect(page.locator("#said")).to_have_text("已採用。")
    desk.lights_up("通報")
    page.get_by_role("button", name="11月30日前").click()
    expect(desk.card("水箱")).to_contain_text("11月30日前")
    desk.says(2, 6)
    desk.edit("商舖")
    desk.says(3, 6)
    desk.split("樓道雜物")
    desk.says(3, 7)
    desk.more("清除小廣告", "併入上一項")
    expect(desk.card("清理樓道雜物")).to_contain_text("已修改")
    desk.more("講座", "這不是措施")
    desk.says(6, 7)
    desk.undo("講座")
    desk.says(5, 7)
    desk.is_sound()
    desk.leave_and_come_back()
    desk.says(5, 7)
    desk.accept("通報")
    page.get_by_role("link", name="下一項").click()
    expect(desk.card("講座")).to_be_focused()
    desk.accept("講座")
    desk.says(7, 7)
    page.locator("#end").get_by_role("link", name="通過這份計劃").click()
    page.wait_for_url("**/adopt/")


def test_by_keyboard(house: House, visit: Visit) -> None:
    desk = Desk(visit(1280, "zh-hant"), house, "keys")
    page = desk.page
    page.keyboard.press("j")
    expect(desk.card("例會")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(desk.card("例會")).to_be_focused()
    page.keyboard.press("a")
    desk.says(1, 6)
    expect(desk.card("通報")).to_be_focused()
    page.keyboard.press("e")
    title = desk.card("通報").locator("[name=title]")
    expect(title).to_be_focused()
    page.keyboard.type("aeu")  # letters, while a field is in use
    expect(title).to_have_value("每季度由環保專幹向居民通報一次工作進展aeu")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="保存").focus()
    page.keyboard.press("Enter")
    desk.says(2, 6)
    page.keyboard.press("u")
    page.wait_for_url("**/review/?at=*")
    desk.says(1, 6)
    expect(desk.card("通報")).to_be_focused()
    page.get_by_text("鍵盤快捷鍵").click()
    page.get_by_role("button", name="快捷鍵已打開").click()
    desk.card("通報").focus()
    page.keyboard.press("a")
    page.reload()
    desk.says(1, 6)


def test_without_javascript(house: House, visit: Visit) -> None:
    desk = Desk(visit(390, "zh-hant", java_script_enabled=False), house, "plain")
    page = desk.page
    desk.card("例會").get_by_role("button", name="採用").click()
    assert "#a-" in page.url
    desk.says(1, 6)
    desk.card("例會").get_by_role("button", name="撤銷").click()
    desk.says(0, 6)
    desk.card("商舖").get_by_role("link", name="修改").first.click()
    desk.card("商舖").locator("[name=when]").select_option("month.1")
    page.get_by_role("button", name="保存").click()
    desk.says(1, 6)
    desk.card("講座").get_by_text("更多").click()
    desk.card("講座").get_by_role("link", name="拆成兩項").click()
    page.locator(".q-cut").first.click()
    desk.says(1, 7)
    page.locator("#bar").get_by_role("button", name="撤銷").click()
    desk.says(1, 6)
    desk.card("講座").get_by_role("link", name="出處").click()
    assert "#t-" in page.url


class Desk:
    """A clerk before the page."""

    def __init__(self, page: Page, house: House, user: str) -> None:
        self.page = page
        house.at("2026-06-22")
        house.found("柳岸社區", user)
        page.goto("/sign-in/")
        page.fill("[name=username]", user)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button.q-button")
        page.wait_for_url("**/today/")
        self.unit = page.url.removesuffix("today/")
        page.goto(f"{self.unit}plans/new/")
        page.fill("[name=text]", PLAN)
        page.get_by_role("button", name="讀入").or_(page.locator("main form button.q-button")).first.click()
        page.wait_for_url("**/review/")

    def card(self, words: str) -> Locator:
        return self.page.locator(".q-card", has_text=words).first

    def says(self, done: int, whole: int) -> None:
        expect(self.page.locator("#bar .q-bar__say")).to_have_text(f"已核對{done}項，共{whole}項")

    def accept(self, words: str) -> None:
        self.card(words).locator("[data-accept]").click()
        expect(self.card(words).locator("[data-accept]")).to_have_count(0)

    def lights_up(self, words: str) -> None:
        """Card and passage show that they belong together, whichever one points at."""
        card = self.card(words)
        act = card.get_attribute("data-act")
        passage = self.page.locator(f".q-span[data-act='{act}']").first
        card.hover()
        expect(passage).to_have_class("q-span is-lit")
        self.page.locator("h1").hover()
        passage.click()
        expect(card).to_be_focused()
        expect(card).to_be_in_viewport()

    def edit(self, words: str) -> None:
        self.card(words).get_by_role("link", name="修改").first.click()
        card = self.card(words)
        card.locator("[name=when]").select_option(label="每月")
        card.locator("[name=owner]").select_option(label="網格員")
        card.locator("[name=quantity]").fill("37")
        card.locator("[name=quantity_unit]").fill("家")
        self.faultless()
        card.get_by_role("button", name="保存").click()
        expect(self.card(words)).to_contain_text("每月・網格員・37家")

    def split(self, words: str) -> None:
        self.more(words, "拆成兩項")
        self.faultless()
        self.page.locator(".q-cut").first.click()
        expect(self.page.locator(".q-card", has_text="清除小廣告")).to_have_count(1)

    def more(self, words: str, what: str) -> None:
        card = self.card(words)
        card.get_by_text("更多").click()
        card.get_by_text(what).click()

    def undo(self, words: str) -> None:
        self.page.locator("[data-undo]").click()
        self.page.wait_for_url("**/review/?at=*")
        expect(self.card(words)).to_be_focused()

    def leave_and_come_back(self) -> None:
        address = self.page.url.partition("?")[0]
        self.page.get_by_role("link", name="先存著，下次再看").click()
        self.page.wait_for_url("**/plans/")
        self.page.goto(address)

    def faultless(self) -> None:
        assert faults_of(self.page) == []
        assert lines_of(self.page) == []

    def is_sound(self) -> None:
        self.faultless()
        assert foreign_words(self.page) == []
