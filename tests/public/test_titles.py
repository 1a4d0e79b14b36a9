"""The register of titles without an account: who holds what, is this number real, how was it decided."""

import io
from datetime import date, timedelta
from pathlib import Path

import pdfplumber
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingli.board.rules import Outcome
from qingli.ledger import actions as ledger
from qingli.ledger.queries import earmark_of_source
from qingli.ledger.rules import AccountKind
from qingli.title import actions
from qingli.title.models import Title
from qingli.title.rules import title_number
from tests.ground.world import build
from tests.title.city import City, found

NAMED_ON = date(2026, 6, 9)


@pytest.fixture
def city(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> City:
    on(monkeypatch, tmp_path, date(2026, 7, 1))
    return found(build())


def on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, day: date) -> None:
    clock = tmp_path / "clock"
    clock.write_text(f"{day}T02:00:00+00:00", encoding="ascii")
    monkeypatch.setenv("QINGLI_CLOCK_FILE", str(clock))


def named(city: City) -> Title:
    return Title.objects.get(application_id=city.until("named"))


def test_how_a_title_was_decided(city: City, visitor: Client) -> None:
    application = city.until("recommended")
    city.answer(city.object(city.post(application), application), Outcome.REJECTED)
    city.do("name_title", application, "city", NAMED_ON)
    title = Title.objects.get(application_id=application)
    page = visitor.get(f"/titles/{title.number}/").content.decode()
    for words in (
        "青江市環境保護委員會", "青政函〔2025〕41號", "Endorsed by the street, in time",
        "Recommended by the district, in time",
        "one, answered", "of 100 points", "none, at any step", "10,000 yuan", "It has not been paid yet.",
    ):  # fmt: skip
        assert words in page, words
    for secret in ("林秋月", "孫立文", "羅阿婆", "水箱半年沒有清洗", "已現場核對"):
        assert secret not in page
    assert title.number in visitor.get("/titles/").content.decode()


def test_what_became_of_the_money(city: City, visitor: Client) -> None:
    title, (source, fund) = named(city), city.accounts()
    actions.pay_award(
        title_id=title.id, part="energy", from_account_id=source, to_account_id=fund, **city.by("finance", NAMED_ON)
    )
    earmark = earmark_of_source("title", title.id)
    assert earmark is not None
    ledger.open_account(
        unit_id=city.unit(),
        kind=AccountKind.EXPENSE,
        name="綠化",
        category="greening",
        **city.by("treasurer", NAMED_ON),
    )
    ledger.spend(
        earmark_id=earmark.id,
        account_id=fund,
        category="greening",
        amount=250_000,
        on=NAMED_ON,
        words="給林秋月買樹苗",
        **city.by("treasurer", NAMED_ON),
    )
    page = visitor.get(f"/titles/{title.number}/").content.decode()
    assert "Received 10,000 yuan, spent 2,500 yuan, left 7,500 yuan." in page
    assert "林秋月" not in page


def test_a_title_ends_after_its_last_day(
    city: City, visitor: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    number = named(city).number
    for day, word in ((date(2029, 6, 8), ">valid<"), (date(2029, 6, 9), "no longer valid")):
        on(monkeypatch, tmp_path, day)
        assert word in visitor.get(f"/titles/{number}/").content.decode()


def test_the_certificate_leads_to_the_page_where_it_is_checked(city: City, visitor: Client) -> None:
    title = named(city)
    answer = visitor.get(f"/titles/{title.number}/certificate.pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(answer.content)) as opened:
        words = "".join((opened.pages[0].extract_text() or "").split())
    assert f"http://testserver/titles/{title.number}/" in words
    assert "杏林社區" in words


def test_of_a_title_from_a_paper_the_paper_holds(city: City, visitor: Client) -> None:
    title = Title.objects.filter(level="district").order_by("id")[0]
    page = visitor.get(f"/titles/{title.number}/").content.decode()
    assert "The original paper holds." in page
    assert visitor.get(f"/titles/{title.number}/certificate.pdf").status_code == 404


def test_a_number_that_was_copied_wrongly_is_told_from_one_that_there_is_not(city: City, visitor: Client) -> None:
    number = named(city).number
    right = visitor.get("/titles/check/", {"number": f" {number} "})
    assert right["Location"] == f"/titles/{number}/"
    for typed in (number[:-1] + str((int(number[-1]) + 1) % 10), "", "<b>", "2" * 500):
        wrong = visitor.get("/titles/check/", {"number": typed})
        assert wrong.status_code == 422
        assert "There is a slip in this number." in wrong.content.decode()
        assert "<b>" not in wrong.content.decode()
    for path in (title_number(2031, 77), "x", "2026-0001-0", "%00"):
        for rest in ("", "certificate.pdf"):
            assert visitor.get(f"/titles/{path}/{rest}").status_code == 404, path


def test_the_register_is_paged_and_filtered_by_year(city: City, visitor: Client) -> None:
    for n in range(55):
        city.city_title(date(2020, 1, 1) + timedelta(days=n), day=date(2026, 3, 3), goal=f"g{n}", unit="ht")
    page = visitor.get("/titles/").content.decode()
    assert page.count('scope="row"') == 50
    after = page.split("after=")[1].split('"')[0]
    assert visitor.get(f"/titles/?after={after}").content.decode().count('scope="row"') == 7
    assert visitor.get("/titles/?year=2026").content.decode().count('scope="row"') == 2
    for odd in ("?year=x", "?after=x", "?year=0000", "?year=99999999999"):
        assert visitor.get(f"/titles/{odd}").status_code == 200


def test_the_register_and_the_check_cost_the_same_at_any_length(city: City, visitor: Client) -> None:
    number = named(city).number

    def cost() -> list[int]:
        found = []
        for path in ("/titles/", f"/titles/{number}/"):
            with CaptureQueriesContext(connection) as asked:
                assert visitor.get(path).status_code == 200
            found.append(len(asked))
        return found

    before = cost()
    for n in range(20):
        city.city_title(date(2020, 1, 1) + timedelta(days=n), day=date(2026, 3, 3), goal=f"g{n}", unit="ht")
    assert cost() == before
    assert max(before) <= 20
