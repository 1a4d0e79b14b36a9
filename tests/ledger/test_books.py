"""Deeds and queries of the ledger through the database."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from qingli.archive.models import Entry, Payload
from qingli.archive.queries import history
from qingli.ground.rules import GroundError
from qingli.ledger import actions, queries
from qingli.ledger.models import Account, Balance, Booking, Earmark, Line
from qingli.ledger.rules import LARGEST, AccountKind, LedgerError, LineFact
from tests.ground.world import TODAY, act
from tests.ledger.money import AWARD, Money


def code_of(call: Any, *args: Any, **kwargs: Any) -> str:
    """The code of a refusal, which has changed nothing."""
    before = state()
    code = ""
    try:
        call(*args, **kwargs)
    except (LedgerError, GroundError) as error:
        code = error.code
    assert state() == before
    return code


def state() -> list[object]:
    amounts = list(Balance.objects.order_by("pk").values_list("pk", "amount"))
    return [
        amounts,
        Account.objects.filter(closed_at=None).count(),
        *(m.objects.count() for m in (Entry, Line, Earmark)),
    ]


def test_an_award_is_given_spent_and_accounted_for(money: Money) -> None:
    money.give(reference="award:1")
    booking = money.spend(120_050)
    assert money.figures() == (AWARD, 120_050, AWARD - 120_050)
    view = queries.booking(money.who("finance"), booking)
    assert (view.words, view.person_name, view.on, view.amount) == ("補種綠籬", "蘇曉嵐", TODAY, 120_050)
    assert [(line.account_name, line.amount) for line in view.lines] == [("社區專款戶", -120_050), ("綠化", 120_050)]
    (entry,) = history("booking", booking)
    assert (entry.kind, entry.body is not None and "words" in entry.body) == ("ledger.spent", False)
    assert [(a.name, a.amount) for a in queries.accounts(money.who("clerk"), money.world.units["xl"])] == [
        ("培訓", 0),
        ("綠化", 120_050),
        ("社區專款戶", AWARD - 120_050),
    ]
    assert list(queries.faults()) == []


def test_what_the_deeds_refuse(money: Money) -> None:
    money.give()
    tomorrow = TODAY + timedelta(days=1)
    assert code_of(money.spend, AWARD + 1) == "not-enough"
    assert code_of(money.spend, 1, "training") == "category-not-allowed"
    assert code_of(money.spend, 1, "equipment") == "no-expense-account"
    assert code_of(money.spend, 1, on=tomorrow) == "in-future"
    assert code_of(money.spend, 1, on=date(26, 3, 1)) == "too-long-ago"
    amounts: list[Any] = [0, -5, LARGEST + 1, True, 2.0, "5", None]
    assert {code_of(money.spend, amount) for amount in amounts} == {"bad-amount"}
    assert {code_of(money.give, amount) for amount in (0, LARGEST + 1, True, 2.0)} == {"bad-amount"}
    assert code_of(money.give, -5) == "only-receipts"
    money.accounts["fund"], fund = money.accounts["greening"], money.accounts["fund"]
    assert code_of(money.spend, 1) == "not-a-fund"
    money.accounts["fund"] = uuid4()
    assert code_of(money.spend, 1) == "not-found"
    money.accounts["fund"], money.earmarks["award"] = fund, uuid4()
    assert code_of(money.spend, 1) == "not-found"


def test_who_may_and_who_may_not(money: Money) -> None:
    money.give()
    for short in ("clerk", "head", "treasurer", "giver", "street", "district", "administrator", "outsider", "resident"):
        assert code_of(money.spend, 1, by=short) == "not-allowed"
    xl, giver = money.world.units["xl"], money.who("giver")
    lines = money.lines(("source", "award", -5), ("fund", "award", 5))
    facts: dict[str, Any] = {"words": "自己撥給自己", "on": TODAY, "lines": lines}
    assert code_of(actions.book, unit_id=xl, **facts, **act(money.who("finance"))) == "only-receipts"
    assert code_of(actions.book, unit_id=xl, **facts, **act(giver)) == "not-allowed"
    assert code_of(actions.close_account, account_id=money.accounts["fund"], **act(giver)) == "not-allowed"
    assert code_of(money.account, "x", "xl", "giver", AccountKind.FUND, "別人的戶") == "not-allowed"
    assert code_of(money.earmark, "x", "xl", "treasurer", "別人的專款", "greening") == "not-allowed"
    assert code_of(money.earmark, "x", "qj", "finance", "上面的專款", "greening") == "not-allowed"
    for read in (queries.accounts, queries.earmarks, queries.bookings):
        assert read(money.who("head"), xl)
        assert code_of(read, money.who("treasurer"), xl) == "not-allowed"
        assert code_of(read, money.who("street"), xl) == "not-allowed"
        assert code_of(read, money.who("head"), uuid4()) == "not-found"
    # who gave and who got may both look at the payment; the neighbours may not
    (paid,) = queries.bookings(money.who("head"), xl).rows
    assert queries.booking(giver, paid.id) == queries.booking(money.who("head"), paid.id)
    assert queries.earmark(giver, money.earmarks["award"]).left == AWARD
    assert code_of(queries.booking, money.who("treasurer"), paid.id) == "not-allowed"
    assert code_of(queries.earmark, money.who("treasurer"), money.earmarks["award"]) == "not-allowed"
    assert code_of(queries.account, money.who("treasurer"), money.accounts["fund"]) == "not-allowed"


def test_money_to_a_closed_account(money: Money) -> None:
    finance = money.who("finance")
    paid = money.give(5)
    assert code_of(actions.close_account, account_id=money.accounts["fund"], **act(finance)) == "account-not-empty"
    money.spend(5)
    actions.close_account(account_id=money.accounts["fund"], **act(finance))
    assert code_of(money.give) == "account-closed"
    assert code_of(money.spend, 1) == "account-closed"
    assert (
        code_of(actions.reverse_booking, booking_id=paid, reason="錯了", **act(money.who("giver"))) == "account-closed"
    )
    assert code_of(actions.close_account, account_id=money.accounts["fund"], **act(finance)) == "account-closed"
    assert "社區專款戶" not in [row.name for row in queries.accounts(finance, money.world.units["xl"])]
    assert "社區專款戶" in [row.name for row in queries.accounts(finance, money.world.units["xl"], closed=True)]
    money.account("fund", "xl", "finance", AccountKind.FUND, "社區專款戶")  # a new one may take the name
    assert list(queries.faults()) == []


def test_accounts_and_earmarks_stand_once(money: Money) -> None:
    xl = money.world.units["xl"]

    def opening(kind: AccountKind, name: str, category: str = "", unit: UUID = xl) -> str:
        facts = {"unit_id": unit, "kind": kind, "name": name, "category": category}
        return code_of(actions.open_account, **facts, **act(money.who("finance")))

    assert opening(AccountKind.FUND, " 社區專款戶 ") == "account-already-there"
    assert opening(AccountKind.EXPENSE, "又一個綠化", "greening") == "category-taken"
    assert opening(AccountKind.EXPENSE, "雜項") == opening(AccountKind.EXPENSE, "雜項", "misc") == "category-missing"
    assert opening(AccountKind.FUND, "新戶", "greening") == "category-not-wanted"
    assert opening(AccountKind.FUND, "") == "text-blank"
    assert opening(AccountKind.FUND, "新戶", unit=uuid4()) == "not-found"
    assert code_of(money.earmark, "x", "xl", "finance", "什麼都行") == "no-categories"
    assert code_of(money.earmark, "x", "xl", "finance", "什麼都行", "misc") == "no-categories"
    assert code_of(money.earmark, "x", "xl", "finance", "示範社區獎勵", "greening") == "earmark-already-there"
    source: dict[str, Any] = {"source_type": "title", "source_id": uuid4(), "categories": ["greening"], "unit_id": xl}
    first = actions.open_earmark(name="獎勵", **source, **act(money.who("giver"))).object_id
    assert code_of(actions.open_earmark, name="獎勵二", **source, **act(money.who("giver"))) == "earmark-already-there"
    found = queries.earmark_of_source("title", source["source_id"])
    assert found is not None
    assert found.id == first


def test_a_reference_stands_once(money: Money) -> None:
    first = money.give(reference="award:7:1")
    assert queries.booked("award:7:1")
    assert code_of(money.give, reference="award:7:1") == "already-booked"
    money.account("second source", "qj", "giver", AccountKind.SOURCE, "另一筆資金")
    money.accounts["source"] = money.accounts["second source"]
    assert code_of(money.give, reference="award:7:1") == "already-booked"
    assert code_of(money.give, reference="長" * 121) == "bad-reference"
    row = Booking.objects.get(pk=first)
    row.pk, row._state.adding = uuid4(), True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    # what was undone was not paid: it may be paid again, once
    actions.reverse_booking(booking_id=first, reason="撥錯社區", **act(money.who("giver")))
    assert not queries.booked("award:7:1")
    money.give(reference="award:7:1")
    assert code_of(money.give, reference="award:7:1") == "already-booked"
    assert not queries.booked("")
    assert money.figures() == (AWARD, 0, AWARD)
    assert list(queries.faults()) == []


def test_a_booking_is_undone_by_another(money: Money) -> None:
    paid, finance = money.give(), money.who("finance")
    spent = money.spend(400)

    def undoing(booking: UUID, reason: str = "重複登記", by: str = "finance") -> str:
        return code_of(actions.reverse_booking, booking_id=booking, reason=reason, **act(money.who(by)))

    assert undoing(spent, " ") == "no-reason"
    assert undoing(uuid4()) == "not-found"
    assert undoing(spent, by="giver") == undoing(paid) == "not-allowed"
    assert undoing(paid, by="giver") == "not-enough"  # some of it is spent
    undo = actions.reverse_booking(booking_id=spent, reason="重複登記", **act(finance)).object_id
    assert undoing(spent) == "already-reversed"
    assert undoing(undo) == "not-reversible"
    first, second = queries.booking(finance, spent), queries.booking(finance, undo)
    assert (first.reversed_by, second.reverses, second.words) == (undo, spent, "重複登記")
    assert money.figures() == (AWARD, 0, AWARD)
    actions.reverse_booking(booking_id=paid, reason="撥錯社區", **act(money.who("giver")))
    assert money.figures() == (0, 0, 0)
    assert list(queries.faults()) == []


def test_sent_twice_is_booked_once(money: Money) -> None:
    envelope = act(money.who("giver"))
    facts: dict[str, Any] = {"unit_id": money.world.units["qj"], "words": "撥付", "on": TODAY}
    lines = money.lines(("source", "award", -7), ("fund", "award", 7))
    first = actions.book(**facts, lines=lines, **envelope)
    again = actions.book(**facts, lines=lines, **envelope)
    assert (again.object_id, again.replayed) == (first.object_id, True)
    assert money.figures() == (7, 0, 7)


def test_the_database_itself_refuses_an_empty_fund(money: Money) -> None:
    money.give(5)
    row = Balance.objects.get(account_id=money.accounts["fund"])
    row.amount = -1
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_public_sees_amounts_categories_and_days_only(money: Money) -> None:
    source = uuid4()
    money.earmarks["award"] = actions.open_earmark(
        unit_id=money.world.units["xl"],
        name="獎勵",
        categories=["greening", "equipment"],
        source_type="title",
        source_id=source,
        **act(money.who("giver")),
    ).object_id
    money.give()
    wrong = money.spend(300)
    actions.reverse_booking(booking_id=wrong, reason="寫錯", **act(money.who("finance")))
    money.spend(200, on=date(2026, 2, 1))
    money.spend(100)
    use = queries.public_use("title", source)
    assert use is not None
    assert (use.received, use.spent, use.left) == (AWARD, 300, AWARD - 300)
    assert [(row.on, row.category, row.amount) for row in use.uses] == [
        (TODAY, "greening", 100),
        (date(2026, 2, 1), "greening", 200),
    ]
    assert use.all_shown
    one = queries.public_use("title", source, shown=1)
    assert one is not None
    assert (len(one.uses), one.all_shown) == (1, False)
    assert queries.public_use("title", uuid4()) is None


def test_bookings_are_paged_and_lead_to_every_figure(
    money: Money, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    money.give()
    spent = [money.spend(n, on=TODAY - timedelta(days=n % 4)) for n in range(1, 25)]
    head, xl = money.who("head"), money.world.units["xl"]
    seen: list[UUID] = []
    after: str | None = None
    for _ in range(9):
        with django_assert_num_queries(4):
            page = queries.bookings(head, xl, after=after, limit=10)
        seen += [row.id for row in page.rows]
        if (after := page.after) is None:
            break
    assert len(seen) == len(set(seen)) == 25
    days = [queries.booking(head, one).on for one in seen]
    assert days == sorted(days, reverse=True)
    award = money.earmarks["award"]
    behind = queries.bookings(head, xl, earmark_id=award, kind=AccountKind.EXPENSE, limit=100).rows
    assert {row.id for row in behind} == set(spent)
    assert sum(row.amount for row in behind) == money.figures()[1]
    received = queries.bookings(head, xl, earmark_id=award, kind=AccountKind.SOURCE).rows
    assert [row.amount for row in received] == [AWARD]
    assert queries.bookings(head, xl, account_id=money.accounts["training"]).rows == ()
    assert queries.bookings(head, xl, after="nonsense", limit=2).rows == queries.bookings(head, xl, limit=2).rows


@pytest.mark.parametrize("harm", ["balance", "line", "words of the journal", "closing", "reference", "reversal"])
def test_whatever_differs_from_the_journal_is_a_fault(money: Money, harm: str) -> None:
    booking = money.give(reference="award:9")
    spent = money.spend(5)
    assert list(queries.faults()) == []
    if harm == "balance":
        Balance.objects.filter(account_id=money.accounts["fund"]).update(amount=AWARD)
    elif harm == "line":
        Line.objects.filter(booking_id=booking, amount__gt=0).update(amount=AWARD + 1)
    elif harm == "words of the journal":
        Payload.objects.filter(entry__object_id=booking).update(body=None, salt="", erased_at="2026-03-02T00:00Z")
    elif harm == "closing":
        Account.objects.filter(pk=money.accounts["training"]).update(closed_at="2026-03-02T00:00Z")
    elif harm == "reference":
        Booking.objects.filter(pk=booking).update(reference="award:10")
    else:
        Booking.objects.filter(pk=booking).update(reversed_by=spent)
    assert list(queries.faults()) != []


places = st.tuples(
    st.sampled_from(["source", "fund", "other", "greening", "training", "their greening"]), st.booleans()
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["giver", "finance", "treasurer"]), places, places, st.integers(-3, 40)), max_size=12
    )
)
def test_any_sequence_of_deeds_leaves_sound_books(money: Money, steps: list[Any]) -> None:
    homes = {"giver": "qj", "finance": "xl", "treasurer": "ll"}
    with transaction.atomic():
        money.give(50)
        for who, (giving, bound), (taking, _), amount in steps:
            earmark = money.earmarks["award"] if bound else None
            lines = [
                LineFact(money.accounts[giving], earmark, -amount),
                LineFact(money.accounts[taking], earmark, amount),
            ]
            facts: dict[str, Any] = {"unit_id": money.world.units[homes[who]], "words": "移動", "on": TODAY}
            try:
                done = actions.book(**facts, lines=lines, **act(money.who(who)))
            except LedgerError:
                continue
            if amount % 3 == 0:
                with suppress(LedgerError):
                    actions.reverse_booking(booking_id=done.object_id, reason="改", **act(money.who(who)))
        assert list(queries.faults()) == []
        assert sum(Balance.objects.values_list("amount", flat=True)) == 0
        transaction.set_rollback(True)
