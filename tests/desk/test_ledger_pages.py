"""The pages about money: what is received, spent and left, and the forms of finance."""

import html
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from qingli.desk.ledger.due import PaymentDue
from qingli.ledger import queries
from qingli.ledger.models import Account, Booking, Earmark
from qingli.ledger.rules import AccountKind
from tests.desk.conftest import SignIn, send
from tests.ground.world import World
from tests.ledger.money import Money, money_in


@pytest.fixture
def money(world: World, august: None) -> Money:
    return money_in(world)


@pytest.fixture
def finance(money: Money, sign_in: SignIn) -> Client:
    return sign_in("finance")


def at(money: Money, rest: str = "", unit: str = "xl") -> str:
    return f"/w/{money.world.units[unit]}/money/{rest}"


def text(client: Client, there: str) -> str:
    answer = client.get(there)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode())).split())


def spending(books: Money, **more: object) -> dict[str, Any]:
    place = f"{books.accounts['fund']}:{books.earmarks['award']}"
    return {
        "money": place,
        "category": "greening",
        "amount": "1,200.50",
        "on": "2026-08-01",
        "words": "補種綠籬",
        **more,
    }


def test_money_is_told_with_what_it_is_for_and_every_figure_leads_to_its_bookings(
    money: Money, finance: Client
) -> None:
    money.give()
    answer = send(finance, at(money, "spend/"), **spending(money))
    assert answer.status_code == 302
    said = text(finance, answer["Location"])
    for part in ("補種綠籬", "1,200.50 yuan", "−1,200.50 yuan", "+1,200.50 yuan", "蘇曉嵐", "社區專款戶"):
        assert part in said
    page = finance.get(at(money)).content.decode()
    said = text(finance, at(money))
    for part in (
        "Only for greening, equipment.",
        "10,000 yuan",
        "1,200.50 yuan",
        "8,799.50 yuan",
        "8,799.50 yuan left",
    ):
        assert part in said
    figures = [html.unescape(link) for link in re.findall(r'href="([^"]*bookings/\?earmark=[^"]*)"', page)]
    assert len(figures) == 3
    for link, total in zip(figures, ("10,000", "1,200.50", "8,799.50"), strict=True):
        behind = text(finance, link)
        assert f"{total} yuan" in behind
        amounts = [float(n.replace(",", "").replace("−", "-")) for n in re.findall(r"([+−][\d,.]+) yuan", behind)]
        assert sum(amounts) == float(total.replace(",", ""))
    assert "Spent on greening 1,200.50 yuan" in text(finance, at(money, f"earmarks/{money.earmarks['award']}/"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("amount", "12.345", "Write an amount in yuan"),
        ("amount", "-5", "Write an amount in yuan"),
        ("amount", "0", "Write an amount in yuan"),
        ("amount", "", "Write an amount in yuan"),
        ("amount", "10,000.01", "There is not that much left"),
        ("category", "training", "This money may not be spent on that"),
        ("category", "gambling", "This is no longer offered"),
        ("on", "2026-08-11", "This day has not come yet"),
        ("on", "soon", "Write a day"),
        ("money", "x:y", "This is no longer offered"),
        ("words", "", "Write what it was for"),
        ("words", "身分證 11010519491231002X", "identity number"),
    ],
)
def test_what_cannot_be_spent_is_said_at_its_field(
    money: Money, finance: Client, field: str, value: str, said: str
) -> None:
    money.give()
    answer = send(finance, at(money, "spend/"), **spending(money, **{field: value}))
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert said in page
    assert f'id="id_{field}_wrong"' in page
    assert (field == "words") or "補種綠籬" in page  # nothing that was typed is lost
    assert Booking.objects.count() == 1


def test_sent_twice_it_is_booked_once(money: Money, finance: Client) -> None:
    money.give()
    sent = {"key": uuid4(), **spending(money)}
    for _ in range(2):
        assert finance.post(at(money, "spend/"), sent).status_code == 302
    assert money.figures()[1] == 120_050


def test_what_is_narrowed_to_an_earmark(money: Money, finance: Client) -> None:
    money.give()
    page = finance.get(at(money, f"spend/?earmark={money.earmarks['award']}")).content.decode()
    assert "training" not in page
    assert "Open an account for equipment" in page
    assert f'value="{money.accounts["fund"]}:{money.earmarks["award"]}"' in page
    assert "There is no money to spend" in text(finance, at(money, f"spend/?earmark={new_earmark(money)}"))
    assert finance.get(at(money, f"spend/?earmark={uuid4()}")).status_code == 404


def test_much_to_choose_from_becomes_a_list(money: Money, finance: Client) -> None:
    for number in range(13):
        money.earmark(f"more {number}", "xl", "giver", f"專款{number}", "greening")
        money.give(100, earmark=f"more {number}")
    page = finance.get(at(money, "spend/")).content.decode()
    assert re.search(r'<select name="money"[^>]*id="id_money"', page)
    place = f"{money.accounts['fund']}:{money.earmarks['more 7']}"
    assert send(finance, at(money, "spend/"), **spending(money, money=place, amount="1")).status_code == 302
    assert money.figures("more 7") == (100, 100, 0)


def new_earmark(money: Money) -> UUID:
    money.earmark("second", "xl", "finance", "第二筆", "training")
    return money.earmarks["second"]


def test_from_nothing_to_the_first_spending(money: Money, sign_in: SignIn) -> None:
    """A community without any account opens what it needs, receives and spends, through the forms alone."""
    treasurer, there = sign_in("treasurer"), at(money, unit="ll")
    Account.objects.all().delete()
    assert "No earmarks yet" in text(treasurer, there)
    assert "No accounts yet" in text(treasurer, there)
    assert "A source and a fund are needed first" in text(treasurer, there + "receive/")
    for kind, name in (("fund", "柳浪專款戶"), ("source", "居民捐款")):
        assert send(treasurer, there + "accounts/new/", kind=kind, name=name).status_code == 302
    answer = send(treasurer, there + "earmarks/new/", name="花園捐款 2026", categories=["greening", "water"])
    assert answer.status_code == 302
    assert [row.name for row in Account.objects.filter(kind="expense").order_by("category")] == ["綠化", "節水"]
    assert "Nothing received yet" in text(treasurer, there)
    ids = {row.name: row.id for row in Account.objects.all()}
    earmark = Earmark.objects.get(name="花園捐款 2026").id
    sent = {"source": ids["居民捐款"], "fund": ids["柳浪專款戶"], "earmark": earmark, "amount": "300"}
    assert send(treasurer, there + "receive/", **sent, on="2026-08-02", words="春季募捐").status_code == 302
    money_ = f"{ids['柳浪專款戶']}:{earmark}"
    sent = {"money": money_, "category": "water", "amount": "99.9", "on": "2026-08-03", "words": "雨水桶"}
    assert send(treasurer, there + "spend/", **sent).status_code == 302
    said = text(treasurer, there)
    for part in ("Only for greening, saving water.", "300 yuan given", "200.10 yuan left", "99.90 yuan spent"):
        assert part in said


def test_accounts_and_earmarks_are_refused_at_their_fields(money: Money, finance: Client) -> None:
    def wrong(path: str, field: str, said: str, **sent: object) -> None:
        answer = send(finance, at(money, path), **sent)
        page = html.unescape(answer.content.decode())
        assert (answer.status_code, said in page, f"id_{field}_wrong" in page) == (422, True, True)

    before = Account.objects.count(), Earmark.objects.count()
    wrong("accounts/new/", "name", "Write a name", kind="fund", name="")
    wrong("accounts/new/", "name", "There is an account with this name already", kind="fund", name="社區專款戶")
    wrong("accounts/new/", "category", "Choose what is paid", kind="expense")
    wrong("accounts/new/", "category", "Leave the category out", kind="fund", name="新戶", category="water")
    wrong("accounts/new/", "category", "This is no longer offered", kind="expense", category="greening")
    wrong("accounts/new/", "kind", "Choose what the account is", name="新戶")
    wrong("earmarks/new/", "categories", "Choose at least one thing", name="什麼都行")
    wrong("earmarks/new/", "name", "There is an earmark for this already", name="示範社區獎勵", categories=["water"])
    assert (Account.objects.count(), Earmark.objects.count()) == before


def test_an_account_is_closed(money: Money, finance: Client) -> None:
    money.give()
    there = at(money, f"accounts/{money.accounts['fund']}/")
    assert "There is still money in this fund" in html.unescape(
        finance.post(there + "close/", {"key": uuid4()}, follow=True).content.decode()
    )
    empty = at(money, f"accounts/{money.accounts['training']}/")
    assert "No bookings yet" in text(finance, empty)
    assert send(finance, empty + "close/").status_code == 302
    assert "closed" in text(finance, empty)
    assert "培訓" not in text(finance, at(money))


def test_a_booking_is_undone_with_its_reason(money: Money, finance: Client) -> None:
    money.give()
    spent = money.spend(500)
    there = at(money, f"bookings/{spent}/")
    answer = send(finance, there + "undo/", reason="")
    assert (answer.status_code, "Write what was wrong" in answer.content.decode()) == (422, True)
    answer = send(finance, there + "undo/", reason="登記了兩次")
    assert answer.status_code == 302
    assert "登記了兩次" in text(finance, answer["Location"])
    assert "undone" in text(finance, there)
    assert "Undo this booking" not in text(finance, there)
    again = send(finance, there + "undo/", reason="再撤一次")
    assert (again.status_code, Booking.objects.count()) == (422, 3)
    paid = next(
        row.id for row in queries.bookings(money.who("head"), money.world.units["xl"]).rows if row.unit_name == "青江市"
    )
    assert "Undo this booking" not in text(finance, at(money, f"bookings/{paid}/"))  # the giver's to undo


def test_nothing_is_undone_or_closed_under_the_address_of_another_unit(money: Money, finance: Client) -> None:
    money.give()
    spent = money.spend(500)
    for rest in (f"bookings/{spent}/undo/", f"accounts/{money.accounts['training']}/close/"):
        assert send(finance, at(money, rest, "ll"), reason="x").status_code == 404, rest
    assert Booking.objects.count() == 2
    assert not Account.objects.filter(closed_at__isnull=False).exists()


def test_who_sees_and_who_writes(money: Money, sign_in: SignIn) -> None:
    money.give()
    clerk, neighbour, street = sign_in("clerk"), sign_in("neighbour"), sign_in("street")
    assert "10,000 yuan" in text(clerk, at(money))
    assert "Enter spending" not in text(clerk, at(money))
    assert "Earmarked money" in text(clerk, at(money)[:-6] + "more/")
    for path in ("spend/", "receive/", "accounts/new/", "earmarks/new/"):
        assert clerk.get(at(money, path)).status_code == 403
        assert send(clerk, at(money, path)).status_code == 403
    assert send(clerk, at(money, f"accounts/{money.accounts['training']}/close/")).status_code == 403
    for client in (neighbour, street):
        for path in ("", "bookings/", f"accounts/{money.accounts['fund']}/", f"earmarks/{money.earmarks['award']}/"):
            assert client.get(at(money, path)).status_code == 403
    assert "Earmarked money" not in text(street, at(money)[:-6] + "more/")
    # through one's own unit another's account, booking or earmark is not reached either
    own = at(money, unit="ll")
    assert neighbour.get(f"{own}earmarks/{money.earmarks['award']}/").status_code == 403
    assert neighbour.get(f"{own}bookings/{Booking.objects.get().id}/").status_code == 403
    assert neighbour.get(f"{own}accounts/{money.accounts['fund']}/").status_code == 403
    assert neighbour.get(f"{own}bookings/?earmark={money.earmarks['award']}").status_code == 403


def test_the_giver_sees_what_was_given(money: Money, sign_in: SignIn) -> None:
    paid = money.give()
    giver = sign_in("giver")
    said = text(giver, at(money, unit="qj"))
    for part in ("10,000 yuan given", "示範社區獎勵 杏林社區"):
        assert part in said
    assert "Undo this booking" in text(giver, at(money, f"bookings/{paid}/", unit="qj"))
    assert "+10,000 yuan" in text(giver, at(money, f"accounts/{money.accounts['source']}/", unit="qj"))


def test_payments_that_wait_are_listed_where_they_are_handed_in() -> None:
    rows = [PaymentDue("柳浪社區", "綠色社區獎勵，第一筆", 1_000_000, "/w/1/titles/")]
    said = render_to_string("desk/ledger/due.html", {"due": rows}, RequestFactory().get("/"))
    assert "柳浪社區" in said
    assert 'href="/w/1/titles/"' in said


@pytest.mark.parametrize("rest", ["", "bookings/", "spend/", "receive/", "earmarks/{award}/", "accounts/{fund}/"])
def test_more_money_costs_no_more_queries(money: Money, finance: Client, rest: str) -> None:
    money.give()
    there = at(money, rest.format(**money.earmarks, **money.accounts))

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries_:
            assert finance.get(there).status_code == 200
        return len(queries_)

    money.spend(1)
    counted()
    before = counted()
    for number in range(6):
        money.earmark(f"more {number}", "xl", "giver", f"專款{number}", "training")
        money.give(9, earmark=f"more {number}")
        money.account(f"fund {number}", "xl", "finance", AccountKind.FUND, f"專戶{number}")
        money.spend(1)
    assert counted() == before < 25
