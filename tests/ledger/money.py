"""A city that gives, a community that spends: accounts and an earmark made by the deeds themselves."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from qingli.ground.rules import Asker, Role
from qingli.ledger import actions, queries
from qingli.ledger.rules import AccountKind, LineFact
from tests.ground.world import TODAY, World, act

AWARD = 1_000_000  # 10,000 yuan


@dataclass
class Money:
    world: World
    accounts: dict[str, UUID] = field(default_factory=dict)
    earmarks: dict[str, UUID] = field(default_factory=dict)

    def who(self, short: str) -> Asker:
        return self.world.asker(short)

    def account(self, short: str, unit: str, by: str, kind: AccountKind, name: str, category: str = "") -> None:
        self.accounts[short] = actions.open_account(
            unit_id=self.world.units[unit], kind=kind, name=name, category=category, **act(self.who(by))
        ).object_id

    def earmark(self, short: str, unit: str, by: str, name: str, *categories: str) -> None:
        self.earmarks[short] = actions.open_earmark(
            unit_id=self.world.units[unit], name=name, categories=categories, **act(self.who(by))
        ).object_id

    def lines(self, *lines: tuple[str, str, int]) -> list[LineFact]:
        return [
            LineFact(self.accounts[account], self.earmarks[earmark] if earmark else None, amount)
            for account, earmark, amount in lines
        ]

    def give(self, amount: int = AWARD, to: str = "fund", reference: str = "", earmark: str = "award") -> UUID:
        return actions.book(
            unit_id=self.world.units["qj"],
            words="撥付獎勵",
            on=TODAY,
            lines=self.lines(("source", earmark, -amount), (to, earmark, amount)),
            reference=reference,
            **act(self.who("giver")),
        ).object_id

    def spend(self, amount: int, category: str = "greening", on: date = TODAY, by: str = "finance") -> UUID:
        return actions.spend(
            earmark_id=self.earmarks["award"],
            account_id=self.accounts["fund"],
            category=category,
            amount=amount,
            on=on,
            words="補種綠籬",
            **act(self.who(by)),
        ).object_id

    def figures(self, short: str = "award") -> tuple[int, int, int]:
        view = queries.earmark(self.who("finance"), self.earmarks[short])
        return view.received, view.spent, view.left


def money_in(world: World) -> Money:
    """The city's special fund, two communities with a fund each, and an award for greening and equipment."""
    for short, name, unit in (("giver", "鄭文碩", "qj"), ("finance", "蘇曉嵐", "xl"), ("treasurer", "方大同", "ll")):
        world.person(short, name, unit, Role.FINANCE)
    money = Money(world)
    money.account("source", "qj", "giver", AccountKind.SOURCE, "節能專項資金")
    money.account("fund", "xl", "finance", AccountKind.FUND, "社區專款戶")
    money.account("other", "ll", "treasurer", AccountKind.FUND, "柳浪專款戶")
    money.account("greening", "xl", "finance", AccountKind.EXPENSE, "綠化", "greening")
    money.account("training", "xl", "finance", AccountKind.EXPENSE, "培訓", "training")
    money.account("their greening", "ll", "treasurer", AccountKind.EXPENSE, "綠化", "greening")
    money.earmark("award", "xl", "giver", "示範社區獎勵", "greening", "equipment")
    return money
