"""Which money comes with a title: rules with versions, each in force from a day. Amounts are whole fen (分)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qingli.title.rules.errors import TitleError

FEN = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One payment of an award: who pays it, by code, and how much."""

    code: str
    amount: int


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """One version of a money rule, in force from a day until the next version is.

    `categories` are what the money may be spent on; nothing else is.
    """

    version: str
    from_day: date
    parts: tuple[Part, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Award:
    """What a title was awarded by the rule in force on its day; it stays when the rule changes."""

    rule: str
    version: str
    parts: tuple[Part, ...]
    categories: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(part.amount for part in self.parts)


Rules = Mapping[str, Sequence[MoneyRule]]
_GREEN = (
    "publicity", "activities", "training", "cleaning", "greening", "waste", "water", "energy", "equipment", "repairs",
)  # fmt: skip
MONEY_RULES: Rules = {
    "none": (MoneyRule("1", date(2000, 1, 1), (), ()),),
    "two-payers": (
        MoneyRule(
            "1",
            date(2000, 1, 1),
            (Part("environment", 10_000 * FEN), Part("energy", 10_000 * FEN)),
            _GREEN,
        ),
    ),
}
"""By code. A changed rule is a further version with a later day; what was awarded before keeps its own."""


def award(code: str, named_on: date, rules: Rules = MONEY_RULES) -> Award:
    """The award of a title named on a day. Raises `money-rule-unknown`."""
    in_force = [rule for rule in rules.get(code, ()) if rule.from_day <= named_on]
    if not in_force:
        raise TitleError("money-rule-unknown", {"rule": code}, "award_rule")
    rule = max(in_force, key=lambda rule: rule.from_day)
    return Award(code, rule.version, rule.parts, rule.categories)


def part_of(award: Award, code: str) -> Part:
    """One payment of an award. Raises `no-such-part`."""
    for part in award.parts:
        if part.code == code:
            return part
    raise TitleError("no-such-part", {"part": code})
