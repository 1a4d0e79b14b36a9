"""The pages of the half-year report: each figure opens a list of exactly what it counted; files; who may see them."""

import html
import io
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from qingli.ground.rules import SiteType
from tests.desk.conftest import SignIn, address, more_tasks, open_task, send
from tests.plan.plans import Running

HALF = "figures/half-year/2026-2/"


def figures(page: str) -> list[tuple[str, str]]:
    """Address and text of every figure of a page."""
    return [(html.unescape(there), text) for there, text in re.findall(r'class="q-fig" href="([^"]+)">([^<]+)<', page)]


def listed(client: Client, there: str) -> int:
    """How many tasks or records a list shows, all its pages together."""
    split, n = urlsplit(there), 0
    while True:
        page = client.get(there).content.decode()
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


@pytest.mark.parametrize("rest", ["0001-1/", "9999-2/", "2026-2/tasks/?outcome=everything", "2026-2/tasks/?after=x"])
def test_addresses_that_no_page_gives_are_not_there(plan: Running, clerk: Client, rest: str) -> None:
    assert clerk.get(address(plan, f"figures/half-year/{rest}")).status_code == 404


def test_a_choice_that_fits_nothing_counts_nothing(plan: Running, clerk: Client) -> None:
    page = clerk.get(address(plan, HALF + "tasks/?heading=x")).content.decode()
    assert "Nothing was counted here" in page
