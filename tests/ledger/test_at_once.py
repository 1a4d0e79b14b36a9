"""Several people at the same moment: the last money is spent once, an award is paid once."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from qingli.ledger import actions, queries
from qingli.ledger.models import Balance, Booking
from qingli.ledger.rules import AccountKind, LedgerError
from tests.ground.world import TODAY, act
from tests.ledger.money import AWARD, Money


def together(deeds: list[Callable[[], object]]) -> list[str]:
    """Run all at once; "done" or the code of the refusal of each, sorted."""
    start = threading.Barrier(len(deeds))
    said: list[str] = []

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
            said.append("done")
        except LedgerError as error:
            said.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(said)


def test_two_spend_the_last_money(shared_money: Money) -> None:
    shared_money.give(100)
    assert together([lambda: shared_money.spend(60)] * 3) == ["done", "not-enough", "not-enough"]
    assert shared_money.figures() == (100, 60, 40)
    assert list(queries.faults()) == []


def test_an_award_is_paid_once_whoever_comes_first(shared_money: Money) -> None:
    money = shared_money
    money.account("second source", "qj", "giver", AccountKind.SOURCE, "另一筆資金")
    money.account("second fund", "xl", "finance", AccountKind.FUND, "另一個戶")

    def pay(source: str, fund: str) -> object:
        return actions.book(
            unit_id=money.world.units["qj"],
            words="撥付獎勵",
            on=TODAY,
            lines=money.lines((source, "award", -AWARD), (fund, "award", AWARD)),
            reference="award:1:1",
            **act(money.who("giver")),
        )

    # no account in common, so no lock is: the database's own constraint decides
    ways = [lambda: pay("source", "fund"), lambda: pay("second source", "second fund")] * 2
    assert together(ways) == ["already-booked"] * 3 + ["done"]
    assert Booking.objects.filter(reference="award:1:1").count() == 1
    assert money.figures() == (AWARD, 0, AWARD)


def test_first_bookings_from_both_ends_make_each_balance_once(shared_money: Money) -> None:
    """Two bookings name the same accounts in opposite order, and both want balances that are not there yet."""
    money = shared_money

    def swap(*lines: tuple[str, str, int]) -> object:
        facts: dict[str, Any] = {"unit_id": money.world.units["qj"], "words": "調整", "on": TODAY}
        return actions.book(**facts, lines=money.lines(*lines), **act(money.who("giver")))

    there = [("source", "award", -10), ("fund", "award", 10)]
    ways: list[Callable[[], object]] = [lambda: swap(*there), lambda: swap(*reversed(there))] * 3
    assert together(ways) == ["done"] * 6
    assert sorted(Balance.objects.values_list("amount", flat=True)) == [-60, 60]
    assert list(queries.faults()) == []


def test_a_fund_is_closed_while_money_comes(shared_money: Money) -> None:
    money = shared_money

    def close() -> object:
        return actions.close_account(account_id=money.accounts["fund"], **act(money.who("finance")))

    said = together([close, lambda: money.give(5)])
    assert said in (["account-closed", "done"], ["account-not-empty", "done"])
    assert list(queries.faults()) == []


def test_one_booking_is_undone_once(shared_money: Money) -> None:
    money = shared_money
    money.give(100)
    spent = money.spend(60)

    def undo() -> object:
        return actions.reverse_booking(booking_id=spent, reason="寫錯", **act(money.who("finance")))

    assert together([undo] * 3) == ["already-reversed", "already-reversed", "done"]
    assert money.figures() == (100, 0, 100)
