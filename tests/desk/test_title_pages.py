"""Titles by the pages: apply, endorse, recommend, post, name, pay; and who is told what when it cannot be done."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingli.board.rules import Outcome
from qingli.ground.models import Unit
from qingli.ledger import queries as ledger
from qingli.title.models import Application, Cycle, Programme, Title
from tests.desk.conftest import SignIn, send
from tests.ground.world import World
from tests.title.city import City, found, open_cycle

NASTY = "<script>alert('x')</script>"
SetDay = Callable[[date], None]


@pytest.fixture
def city(world: World, august: None) -> City:
    return found(world)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, august: None) -> SetDay:
    """What day it is for every page from now on."""

    def set_day(day: date) -> None:
        clock = tmp_path / "title-clock"
        clock.write_text(f"{day}T02:00:00+00:00", encoding="ascii")
        monkeypatch.setenv("QINGLI_CLOCK_FILE", str(clock))

    set_day(date(2026, 3, 12))
    return set_day


def at(city: City, unit: str, rest: str = "") -> str:
    return f"/w/{city.unit(unit)}/titles/{rest}"


def of(city: City, unit: str, application: UUID, rest: str = "") -> str:
    return at(city, unit, f"applications/{application}/{rest}")


def text(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path, follow=True).content.decode())


def test_the_whole_way_by_the_pages(city: City, sign_in: SignIn, on: SetDay) -> None:
    clerk = sign_in("clerk")
    page = text(clerk, at(city, "xl"))
    assert "Your community may apply." in page
    assert "none, at any step" in page
    assert "青政函〔2025〕41號" in page
    begun = send(clerk, at(city, "xl", f"begin/{city.cycle}/"))
    application = Application.objects.get()
    assert begun["Location"] == of(city, "xl", application.id)
    page = text(clerk, of(city, "xl", application.id))
    assert "杏林社區" in page
    assert "Assessment, as it stands now" in page
    handed = send(clerk, of(city, "xl", application.id, "write/"), words=f"公開水箱{NASTY}", hand_in="1")
    assert handed.status_code == 302
    street = sign_in("street")
    on(date(2026, 4, 2))
    assert "杏林社區" in text(street, at(city, "hl"))
    page = text(street, of(city, "hl", application.id))
    assert "公開水箱" in page
    assert NASTY not in page
    assert "38 more days" in page
    send(street, of(city, "hl", application.id, "do/endorse/"))
    district = sign_in("district")
    assert "Recommend it" in text(district, of(city, "nan", application.id))
    send(district, of(city, "nan", application.id, "do/recommend/"))
    office = sign_in("city")
    on(date(2026, 6, 1))
    page = text(office, at(city, "qj", f"years/{city.cycle}/"))
    assert "20, 20 left" in page
    words = {"title": "擬命名公示", "body": "有異議請提出。", "applications": [str(application.id)]}
    assert send(office, at(city, "qj", f"years/{city.cycle}/post/"), **words).status_code == 302
    page = text(office, of(city, "qj", application.id))
    assert "nobody is named before" in page
    assert "Name this community" not in page
    on(date(2026, 6, 9))
    assert "Name this community" in text(office, of(city, "qj", application.id))
    send(office, of(city, "qj", application.id, "name/"), document="青環〔2026〕88號")
    title = Title.objects.get(application=application)
    page = text(clerk, of(city, "xl", application.id))
    assert title.number in page
    assert "Download the certificate" in page


def test_finance_pays_each_part_with_one_button(city: City, sign_in: SignIn, on: SetDay) -> None:
    city.until("named")
    on(date(2026, 6, 10))
    finance = sign_in("finance")
    assert "The city has no source of money here yet" in text(finance, at(city, "qj", "awards/"))
    source, fund = city.accounts()
    assert "/titles/awards/" in text(finance, f"/w/{city.unit('qj')}/money/")
    page = finance.get(at(city, "qj", "awards/")).content.decode()
    assert page.count('class="q-button"') == 1
    title = Title.objects.get(application__isnull=False)
    for part in ("environment", "energy", "energy"):
        send(finance, at(city, "qj", f"awards/{title.id}/{part}/"), from_account=source, to_account=fund)
    page = text(finance, at(city, "qj", "awards/"))
    assert "This has been paid already" in page
    assert "Everything is paid." in page
    assert sum(row.amount for row in ledger.balances(city.unit("xl"))) == 2_000_000
    wrong = send(finance, at(city, "qj", f"awards/{title.id}/energy/"), from_account=fund, to_account=source)
    assert wrong.status_code == 302
    assert "Choose the account from which it is paid" in text(finance, at(city, "qj", "awards/"))
    for short in ("city", "auditor"):
        other = sign_in(short)
        assert other.get(at(city, "qj", "awards/")).status_code == 403
        paid = send(other, at(city, "qj", f"awards/{title.id}/energy/"), from_account=source, to_account=fund)
        assert paid.status_code == 403


def test_why_not_and_from_when(city: City, sign_in: SignIn, on: SetDay) -> None:
    city.city_title(date(2024, 4, 5), day=date(2026, 3, 3))
    page = text(sign_in("clerk"), at(city, "xl"))
    assert "It can apply again from 5 April 2027." in page
    assert "Begin the application" not in page
    outsider = sign_in("outsider")
    assert "Ask the district office to enter it." in text(outsider, at(city, "ht"))
    page = outsider.post(at(city, "ht", f"begin/{city.cycle}/"), {"key": uuid4()}, follow=True).content.decode()
    assert "Ask the district office to enter it." in page
    assert not Application.objects.exists()


def test_too_late_keeps_what_was_written(city: City, sign_in: SignIn, on: SetDay) -> None:
    application = city.until("draft")
    on(date(2026, 5, 1))
    clerk = sign_in("clerk")
    answer = send(clerk, of(city, "xl", application, "write/"), words="寫了很久的話", hand_in="1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Applications were taken until 30 April 2026." in page
    assert "寫了很久的話" in page
    assert Application.objects.get().state == "draft"


def test_twenty_thousand_characters_are_told_and_not_cut(city: City, sign_in: SignIn, on: SetDay) -> None:
    application = city.until("draft")
    answer = send(sign_in("clerk"), of(city, "xl", application, "write/"), words="環" * 20_000, hand_in="1")
    assert answer.status_code == 422
    assert "環" * 20_000 in answer.content.decode()
    assert Application.objects.get().state == "draft"


def test_a_newer_standard_is_told(city: City, sign_in: SignIn, on: SetDay) -> None:
    application = city.until("submitted")
    office = sign_in("city")
    assert "Take version 1.1" in text(office, at(city, "qj", f"years/{city.cycle}/"))
    send(office, at(city, "qj", f"years/{city.cycle}/standard/"), version="1.1")
    page = text(sign_in("clerk"), of(city, "xl", application))
    assert "This application keeps version 1.0 of the standard" in page
    send(office, at(city, "qj", f"years/{city.cycle}/standard/"), version="7")
    assert Cycle.objects.get().standard_version == "1.1"


def test_sent_back_with_a_reason_and_declined(city: City, sign_in: SignIn, on: SetDay) -> None:
    application = city.until("submitted")
    on(date(2026, 4, 2))
    street = sign_in("street")
    assert send(street, of(city, "hl", application, "return/"), reason="").status_code == 422
    long = send(street, of(city, "hl", application, "return/"), reason="長" * 900)
    assert long.status_code == 422
    assert "長" * 900 in long.content.decode()
    send(street, of(city, "hl", application, "return/"), reason=f"請補記錄{NASTY}")
    clerk = sign_in("clerk")
    page = text(clerk, of(city, "xl", application))
    assert "請補記錄" in page
    assert NASTY not in page
    assert "請補記錄" in text(clerk, at(city, "xl"))
    assert street.get(of(city, "hl", application, "return/"))["Location"] == of(city, "hl", application)


def test_an_upheld_objection_leaves_only_declining(city: City, sign_in: SignIn, on: SetDay) -> None:
    application = city.until("recommended")
    reply = city.object(city.post(application), application)
    on(date(2026, 6, 9))
    office = sign_in("city")
    page = text(office, of(city, "qj", application))
    assert "One objection has no answer yet." in page
    assert "Name this community" not in page
    page = office.post(of(city, "qj", application, "name/"), {"key": uuid4()}, follow=True).content.decode()
    assert "An objection has no answer yet." in page
    city.answer(reply, Outcome.UPHELD)
    page = text(office, of(city, "qj", application))
    assert "One objection was upheld" in page
    send(office, of(city, "qj", application, "decline/"), reason="異議屬實")
    assert Application.objects.get().state == "declined"


def test_a_naming_document_that_is_too_long_names_nobody(city: City, sign_in: SignIn, on: SetDay) -> None:
    application, office = city.until("posted"), sign_in("city")
    on(date(2026, 6, 9))
    answer = send(office, of(city, "qj", application, "name/"), document="青" * 121)
    assert answer.status_code == 422
    assert "青" * 121 in answer.content.decode()
    assert not Title.objects.filter(level="city").exists()


def test_a_notice_over_unknown_rest_days_asks_for_its_last_day(city: City, sign_in: SignIn, on: SetDay) -> None:
    application = city.until("recommended")
    on(date(2027, 1, 4))
    office, path = sign_in("city"), at(city, "qj", f"years/{city.cycle}/post/")
    words: dict[str, Any] = {"title": "擬命名公示", "body": "有異議請提出。", "applications": [str(application)]}
    refused = send(office, path, **words)
    assert refused.status_code == 422
    assert "Write the last day of the window yourself." in refused.content.decode()
    assert send(office, path, **words, ends_on="2027-01-15").status_code == 302
    assert Application.objects.get().state == "posted"


def test_every_figure_leads_to_what_it_came_from(city: City, sign_in: SignIn, on: SetDay) -> None:
    application = city.until("submitted")
    street = sign_in("street")
    page = street.get(of(city, "hl", application)).content.decode()
    links = re.findall(r'href="(/w/[^"]+/figures/[^"]+)"', page)
    assert len(links) == 10
    for link in links:
        assert street.get(link).status_code == 200, link
    assert street.get(of(city, "hl", application, "figures/no-such/")).status_code == 404


def test_the_city_sets_up_a_programme_and_opens_its_year(city: City, sign_in: SignIn, on: SetDay) -> None:
    office = sign_in("city")
    empty = send(office, at(city, "qj", "programmes/new/"))
    assert empty.status_code == 422
    facts = {
        "name": "節能社區", "issuing_body": "青江市能源局", "approval_document": "青能〔2026〕2號",
        "approval_date": "2026-02-01", "goal": "demonstration", "valid_years": "3",
    }  # fmt: skip
    future = send(office, at(city, "qj", "programmes/new/"), **{**facts, "approval_date": "2026-03-13"})
    assert "Write the day of the approval document." in future.content.decode()
    made = send(office, at(city, "qj", "programmes/new/"), **facts)
    programme = Programme.objects.get(name="節能社區")
    path = at(city, "qj", f"programmes/{programme.id}/years/new/")
    assert made["Location"] == path
    days = {
        "year": "2026", "standard": "sample-green-community@1.1", "evidence_from": "2025-10-01",
        "evidence_last": "2026-09-30", "apply_from": "2026-05-01", "apply_until": "2026-09-30",
        "endorse_until": "2026-10-10", "recommend_until": "2026-10-31", "decide_until": "2026-12-31",
        "award_rule": "none", "quota": "",
    }  # fmt: skip
    wrong = send(office, path, **{**days, "recommend_until": "2026-10-01"})
    assert wrong.status_code == 422
    assert "This day lies before the one above it." in wrong.content.decode()
    for slip in (
        {"year": "9" * 20},
        {"year": "0"},
        {"evidence_last": "9999-12-31"},
        dict.fromkeys(list(days)[4:9], "9999-12-31"),
    ):
        assert send(office, path, **{**days, **slip}).status_code == 422, slip
    opened = send(office, path, **days)
    cycle = Cycle.objects.get(programme=programme)
    assert opened["Location"] == at(city, "qj", f"years/{cycle.id}/")
    assert "no limit" in text(office, opened["Location"])
    assert "節能社區 2026" in text(sign_in("clerk"), at(city, "xl"))
    again = send(office, path, **days)
    assert "The year 2026 of this programme is open already." in again.content.decode()


def test_the_district_enters_its_title(city: City, sign_in: SignIn, on: SetDay) -> None:
    district = sign_in("other-district")
    facts = {
        "unit": city.unit("ht"), "name": "區級綠色社區", "issuing_body": "北塘區創建辦",
        "document": "北環〔2026〕1號", "named_on": "2026-02-03",
    }  # fmt: skip
    elsewhere = send(district, at(city, "bei", "enter/"), **{**facts, "unit": city.unit("xl")})
    assert elsewhere.status_code == 422
    assert send(district, at(city, "bei", "enter/"), **facts).status_code == 302
    assert "Your community may apply." in text(sign_in("outsider"), at(city, "ht"))
    assert sign_in("street").get(at(city, "hl", "enter/")).status_code == 403


def test_a_title_is_entered_however_many_units_there_are(city: City, sign_in: SignIn, on: SetDay) -> None:
    first = Unit.objects.get(pk=city.unit("ll"))
    for number in range(205):  # 柳浪 comes before 杏林 in the tree
        path = f"{first.path}z{number}/"
        Unit.objects.create(
            kind="grid", name=f"第{number}片", parent=first, code=f"z{number}", path=path, depth=first.depth + 1,
            time_zone=first.time_zone, script=first.script,
        )  # fmt: skip
    assert "杏林社區" in text(sign_in("district"), at(city, "nan", "enter/"))


def test_nobody_else_gets_in(city: City, sign_in: SignIn, on: SetDay) -> None:
    application = city.until("submitted")
    for short in ("neighbour", "other-street", "other-district", "grid", "administrator"):
        client = sign_in(short)
        assert client.get(of(city, "xl", application)).status_code == 403, short
        for rest in ("do/endorse/", "do/recommend/", "do/withdraw/", "name/", "return/"):
            assert send(client, of(city, "xl", application, rest), reason="x").status_code == 403, (short, rest)
    clerk = sign_in("clerk")
    assert send(clerk, of(city, "xl", application, "do/endorse/")).status_code == 403
    for path in ("programmes/new/", f"years/{city.cycle}/post/"):
        assert send(clerk, at(city, "qj", path)).status_code in (403, 405)
    assert Client().get(of(city, "xl", application))["Location"].startswith("/sign-in/")
    assert clerk.get(of(city, "ll", application)).status_code == 404
    assert Application.objects.get().state == "submitted"


def test_without_a_sound_key_nothing_happens(city: City, sign_in: SignIn, on: SetDay) -> None:
    clerk = sign_in("clerk")
    assert clerk.post(at(city, "xl", f"begin/{city.cycle}/"), {"key": "x"}).status_code == 400
    application = city.until("draft")
    assert clerk.post(of(city, "xl", application, "write/"), {"key": "", "words": "x"}).status_code == 400


def test_a_double_click_hands_in_once(city: City, sign_in: SignIn, on: SetDay) -> None:
    application, clerk, key = city.until("draft"), sign_in("clerk"), uuid4()
    for _ in range(2):
        answer = clerk.post(of(city, "xl", application, "write/"), {"key": key, "words": "x", "hand_in": "1"})
        assert answer.status_code == 302
    assert Application.objects.get().state == "submitted"


def test_pages_cost_the_same_at_any_length(city: City, sign_in: SignIn, on: SetDay) -> None:
    city.accounts()
    first = city.until("named")
    on(date(2026, 6, 10))
    asked = [
        (sign_in("city"), at(city, "qj")),
        (sign_in("finance"), at(city, "qj", "awards/")),
        (sign_in("clerk"), at(city, "xl")),
        (sign_in("street"), of(city, "hl", first)),
    ]

    def cost() -> list[int]:
        found = []
        for client, path in asked:
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        return found

    before = cost()
    second = city.until("recommended", "ll", "neighbour")
    city.post(second)
    city.do("name_title", second, "city", date(2026, 6, 9))
    city.district_title("ht", "other-district")
    third = city.begin("ht", "outsider")
    city.do("submit", third, "outsider", date(2026, 4, 1))
    open_cycle(city, 2027)
    assert cost() == before
