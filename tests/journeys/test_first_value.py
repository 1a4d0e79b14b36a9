"""First value without an account: paste last period's plan, mend it, take it away, keep it."""

import io
from pathlib import Path

import docx
import icalendar
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.house import PASSWORD, House
from tests.journeys.looking import faults_of, foreign_words, lines_of

pytestmark = pytest.mark.browser

PLANS = {
    "zh-hant": """20xx年下半年環境保護工作計劃
一、宣傳教育
（一）每月更換一次宣傳欄的環保內容，由宣傳委員負責。
（二）9月舉辦垃圾分類講座1場，到場居民不少於40人。
二、環境整治
（一）每月最後一個週五開展大掃除，由各網格員帶隊。
（二）10月底前清洗水箱14處。
（三）清理樓道雜物。
""",
    "zh-hans": """20xx年下半年环境保护工作计划
一、宣传教育
（一）每月更换一次宣传栏的环保内容，由宣传委员负责。
（二）9月举办垃圾分类讲座1场，到场居民不少于40人。
二、环境整治
（一）每月最后一个周五开展大扫除，由各网格员带队。
（二）10月底前清洗水箱14处。
（三）清理楼道杂物。
""",
}
LONG = [(390, "zh-hant"), (1280, "zh-hans")]
SHORT = [(1280, "zh-hant"), (390, "zh-hans"), (390, "en"), (1280, "en")]


@pytest.mark.parametrize(("width", "language"), LONG + SHORT)
def test_a_plan_is_pasted_mended_and_taken_away(house: House, visit: Visit, width: int, language: str) -> None:
    house.at("2026-06-22")
    page = visit(width, language, accept_downloads=True)
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}.get(
        language, "en"
    )
    plan = PLANS.get(language, PLANS["zh-hant"])
    page.fill("[name=text]", plan)
    page.click("main form button.q-button")
    _look(page, language)
    findings = page.locator(".q-finding")
    before = findings.count()
    page.click("button[value^='fix:0:']")
    expect(findings).to_have_count(before - 1)
    page.locator("button[value^='one:']").first.click()
    expect(findings).to_have_count(before - 2)
    if (width, language) in LONG:
        _download_both(page)
        _keep(page, width)
        _look(page, language)


def _look(page: Page, language: str) -> None:
    assert lines_of(page) == []
    assert faults_of(page) == []
    if language.startswith("zh"):
        assert [word for word in foreign_words(page) if word.lower() not in ("xiuqin",)] == []


def _download_both(page: Page) -> None:
    with page.expect_download() as taken:
        page.click("button[value=docx]")
    words = docx.Document(io.BytesIO(Path(taken.value.path()).read_bytes()))
    text = "\n".join(paragraph.text for paragraph in words.paragraphs)
    assert "2026年" in text
    assert "20xx" not in text
    with page.expect_download() as taken:
        page.click("button[value=ics]")
    calendar = icalendar.Calendar.from_ical(Path(taken.value.path()).read_bytes())
    assert len(calendar.walk("VEVENT")) > 10


def _keep(page: Page, width: int) -> None:
    """The community, its first person and the draft are there at once; nothing was set up before."""
    page.click("button[value=keep]")
    page.fill("[name=community]", f"杏林社區{width}")
    page.fill("[name=name]", "林秋月")
    page.fill("[name=username]", f"first{width}")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.q-button")
    page.wait_for_url("**/review/**")
    assert page.locator("[data-accept]").count() >= 5
    page.goto("/today/")
    page.wait_for_url("**/w/*/today/")
