"""The pages of the half-year report: each figure opens a list of exactly what it counted; files; who may see them."""

import html
import io
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from pytest_django import Settings

from qingli.board import actions as board
from qingli.board.rules import NoticeKind, ReplyKind
from qingli.ground.rules import Role, SiteType, visitor
from qingli.ledger import actions as ledger
from qingli.ledger.rules import AccountKind, LineFact
from tests.desk.conftest import SignIn, address, more_tasks, open_task, send
from tests.ground.world import World, act
from tests.insight.cities import CLEANING, TANKS, add_communities, everywhere, office
from tests.plan.plans import Running, at

HALF = "figures/half-year/2026-2/"


def figures(page: str) -> list[tuple[str, str]]:
    """Address and text of every figure of a page."""
    return [
        (html.unescape(there), text)
        for there, text in re.findall(r'class="q-fig(?: is-long)?" href="([^"]+)">([^<]+)<', page)
    ]


def listed(client: Client, there: str) -> int:
    """How many tasks or records a list shows, all its pages together."""
    split, n = urlsplit(there), 0
    while True:
        answer = client.get(there)
        assert answer.status_code == 200, there
        page = answer.content.decode()
        n += page.count('<li class="q-task"')
        further = re.search(r'href="\?([^"]+)"', page)
        if not further:
            return n
        there = f"{split.path}?{html.unescape(further[1])}"


@pytest.fixture
def busy(plan: Running, clerk: Client) -> Running:
    """Records, late, undone and future tasks, more than one page of them; some sites."""
    more_tasks(plan, 130)
    send(clerk, address(plan, f"tasks/{open_task(plan).id}/done/"), words="開了會")
    plan.world.site("xl1", SiteType.WATER_TANK, "3號樓水箱")
    return plan


def test_every_figure_opens_a_list_of_as_many(busy: Running, clerk: Client) -> None:
    page = clerk.get(address(busy, HALF)).content.decode()
    counted = {there: int(text) for there, text in figures(page) if re.search("/half-year/.*/(tasks|records)/", there)}
    assert len(counted) > 20
    assert max(counted.values()) > 100
    assert {there: listed(clerk, there) for there in counted} == counted


def test_the_other_figures_open_pages_that_are_there(busy: Running, clerk: Client) -> None:
    others = [
        there for there, _ in figures(clerk.get(address(busy, HALF)).content.decode()) if "half-year" not in there
    ]
    assert len(others) > 3
    assert {clerk.get(there).status_code for there in others} == {200}


def test_the_menu_leads_to_the_half_year_that_is_reported_on(plan: Running, clerk: Client) -> None:
    assert "Half-year report" in clerk.get(address(plan, "more/")).content.decode()
    assert clerk.get(address(plan, "figures/half-year/"))["Location"] == address(plan, HALF)


def test_the_files_speak_the_unit_s_language_and_link_to_the_house(busy: Running, clerk: Client) -> None:
    document = clerk.get(address(busy, HALF + "report.docx"))
    assert "2026" in document["Content-Disposition"]
    read = Document(io.BytesIO(document.content))
    assert read.paragraphs[0].text == "杏林社區2026年下半年環境保護工作總結"
    links = {rel.target_ref for rel in read.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.HYPERLINK}
    assert len(links) > 20
    assert all(link.startswith("http://testserver/w/") for link in links)
    paths = {link.removeprefix("http://testserver") for link in links}
    assert paths == {there for there, _ in figures(clerk.get(address(busy, HALF)).content.decode())}
    pdf = clerk.get(address(busy, HALF + "report.pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Type"] == "application/pdf"


def test_words_of_one_s_own_go_into_the_file_and_nowhere_else(plan: Running, clerk: Client) -> None:
    answer = clerk.post(address(plan, HALF + "report.docx"), {"problems": "雨季改在週三。", "next": ""})
    assert "雨季改在週三。" in [paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs]
    again = Document(io.BytesIO(clerk.get(address(plan, HALF + "report.docx")).content))
    assert "雨季改在週三。" not in [paragraph.text for paragraph in again.paragraphs]


def test_words_that_are_too_long_come_back_as_they_were(plan: Running, clerk: Client) -> None:
    answer = clerk.post(address(plan, HALF + "report.pdf"), {"problems": "雨" * 601, "next": "明年再來"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "longer than 600 characters" in page
    assert "雨" * 601 in page
    assert "明年再來" in page


@pytest.mark.parametrize("short", ["neighbour", "street", "district", "outsider", "administrator", "grid"])
@pytest.mark.parametrize("rest", ["", "report.docx", "report.pdf", "tasks/", "records/"])
def test_others_see_nothing_of_it(plan: Running, sign_in: SignIn, short: str, rest: str) -> None:
    assert sign_in(short).get(address(plan, HALF + rest)).status_code == 403


@pytest.mark.parametrize(
    "rest",
    [
        "0001-1/",
        "0002-1/",
        "9998-1/",
        "9998-2/",
        "9998-2/notices/",
        "9999-2/",
        "2026-2/tasks/?outcome=everything",
        "2026-2/tasks/?after=x",
    ],
)
def test_addresses_that_no_page_gives_are_not_there(plan: Running, clerk: Client, rest: str) -> None:
    assert clerk.get(address(plan, f"figures/half-year/{rest}")).status_code == 404


def test_a_choice_that_fits_nothing_counts_nothing(plan: Running, clerk: Client) -> None:
    page = clerk.get(address(plan, HALF + "tasks/?heading=x")).content.decode()
    assert "Nothing was counted here" in page


@pytest.fixture
def city(world: World, sign_in: SignIn, settings: Settings, tmp_path: Path) -> Client:
    """The city office, of a city with eight further communities that have something."""
    kept = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "kept"}
    settings.CACHES = {**settings.CACHES, "figures": kept}
    office(world)
    names = add_communities(world, 8)
    everywhere(world, names, date(2026, 7, 8), CLEANING, done=2)
    everywhere(world, names[:2], date(2026, 7, 9), TANKS, done=3)
    return sign_in("city")


def test_the_city_sees_sums_and_names_nobody(world: World, city: Client) -> None:
    page = city.get(f"/w/{world.units['qj']}/figures/").content.decode()
    assert "Summed over 8 of 11 communities" in page
    assert "Of 22 that were due by now, 22 were done on time (100.0%)." in page
    assert "0 of 11 communities have posted their goals." in page
    assert "Topics of a few, together" in page
    assert not [f"c{n}社區" for n in range(8) if f"c{n}社區" in page]
    assert "杏林社區" not in page
    assert page.count("%") == 1


def test_figures_stand_in_the_menu_of_offices_and_reports_in_that_of_communities(world: World, city: Client) -> None:
    menu = city.get(f"/w/{world.units['qj']}/more/").content.decode()
    assert f"/w/{world.units['qj']}/figures/" in menu
    assert "half-year/" not in menu


def test_a_street_with_few_communities_is_told_why_it_sees_nothing(world: World, sign_in: SignIn) -> None:
    page = sign_in("street").get(f"/w/{world.units['hl']}/figures/").content.decode()
    assert "Only 2 communities lie below" in page
    assert "over at least 5 communities" in page


@pytest.mark.parametrize(("short", "unit"), [("district", "hl"), ("clerk", "xl"), ("clerk", "hl"), ("outsider", "nan")])
def test_nobody_sees_the_sums_of_another_office(world: World, sign_in: SignIn, short: str, unit: str) -> None:
    assert sign_in(short).get(f"/w/{world.units[unit]}/figures/").status_code == 403


def test_replies_are_listed_without_who_sent_them(world: World, clerk: Client) -> None:
    facts: dict[str, Any] = {
        "kind": NoticeKind.GOALS,
        "title": "創建目標",
        "body": "每月清理",
        "opens_on": date(2026, 8, 3),
    }
    by = world.asker("clerk")
    notice = board.post_notice(unit_id=world.units["xl"], **facts, **act(by, at=at("2026-08-03"))).object_id
    told: dict[str, Any] = {"name": "居民甲", "contact": "13800000000", "words": "樓道燈不亮"}
    for kind in (ReplyKind.OPINION, ReplyKind.OBJECTION, ReplyKind.OBJECTION):
        board.reply(notice_id=notice, kind=kind, **told, **act(visitor("v"), at=at("2026-08-04")))
    there = f"/w/{world.units['xl']}/{HALF}"
    counted = {
        path: int(text)
        for path, text in figures(clerk.get(there).content.decode())
        if re.search("(notices|replies)/", path)
    }
    assert sorted(counted.values()) == [1, 1, 2, 2]
    assert {path: listed(clerk, path) for path in counted} == counted
    page = clerk.get(f"{there}replies/?kind=objection").content.decode()
    assert "創建目標" in page
    assert not [word for word in told.values() if word in page]
    assert clerk.get(f"{there}replies/?kind=praise").status_code == 404


def test_bookings_behind_a_figure_add_up_to_it(world: World, clerk: Client) -> None:
    world.person("treasurer", "陸小舟", "xl", Role.FINANCE)
    unit, by = world.units["xl"], world.asker("treasurer")
    source = ledger.open_account(unit_id=unit, kind=AccountKind.SOURCE, name="街道撥款", **act(by)).object_id
    fund = ledger.open_account(unit_id=unit, kind=AccountKind.FUND, name="社區專戶", **act(by)).object_id
    earmark = ledger.open_earmark(unit_id=unit, name="清潔專款", categories=("equipment",), **act(by)).object_id
    for day, amount in (("2026-06-30", 100_000), ("2026-07-01", 200_000), ("2026-07-02", 50_050)):
        lines = (LineFact(source, earmark, -amount), LineFact(fund, earmark, amount))
        on = date.fromisoformat(day)
        ledger.book(unit_id=unit, words=f"撥款{day}", on=on, lines=lines, **act(by, at=at(day)))
    page = clerk.get(f"/w/{unit}/{HALF}").content.decode()
    received, left = (
        next(path for path, text in figures(page) if text == wanted) for wanted in ("2,500.50", "3,500.50")
    )
    assert (listed(clerk, received), listed(clerk, left)) == (2, 3)
    assert "撥款2026-06-30" not in clerk.get(received).content.decode()
    assert clerk.get(f"/w/{unit}/{HALF}money/?earmark=x&kind=source").status_code == 404
