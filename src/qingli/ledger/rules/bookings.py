"""When a booking is sound: it balances for every earmark, keeps to the purpose, and takes from no empty fund."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from qingli.ground.rules import Level, level
from qingli.ledger.rules.errors import LedgerError
from qingli.ledger.rules.kinds import AccountKind
from qingli.ledger.rules.money import check_amount

MOST_LINES = 40
FIRST_DAY = date(2000, 1, 1)  # a year that was typed wrongly is the likelier reading of anything before it

Place = tuple[UUID, UUID | None]
"""Where an amount lies: an account, and the earmark that binds it there (None: free money)."""


@dataclass(frozen=True, slots=True)
class LineFact:
    """One line of a booking: so many fen more (or, below zero, fewer) on an account, under an earmark or free."""

    account_id: UUID
    earmark_id: UUID | None
    amount: int

    @property
    def place(self) -> Place:
        return self.account_id, self.earmark_id


@dataclass(frozen=True, slots=True)
class AccountFact:
    """What the rules need to know of an account."""

    kind: AccountKind
    unit_path: str
    category: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class EarmarkFact:
    """What the rules need to know of an earmark: whose it is, and what its money is for."""

    unit_path: str
    categories: Collection[str]


def posted(
    lines: Sequence[LineFact],
    *,
    unit_path: str,
    accounts: Mapping[UUID, AccountFact],
    earmarks: Mapping[UUID, EarmarkFact],
    balances: Mapping[Place, int],
    reversal: bool = False,
) -> dict[Place, int]:
    """The balances of every place that the lines touch, after them.

    `balances` holds those before; a place that is missing is empty. `reversal`: the lines undo a booking that kept to
    the purpose, so they may take back from another unit's fund what was put there, if it is still there.
    Raises no-lines, too-many-lines, bad-amount, not-found, account-closed, only-receipts, category-not-allowed,
    earmark-elsewhere, not-balanced, not-enough.
    """
    if len(lines) < 2:
        raise LedgerError("no-lines")
    if len(lines) > MOST_LINES:
        raise LedgerError("too-many-lines")
    for line in lines:
        _check_line(line, accounts, earmarks)
        if not reversal:
            _check_purpose(line, unit_path, accounts, earmarks)
    if any(sums_by_earmark(lines).values()):
        raise LedgerError("not-balanced")
    return _after(lines, accounts, balances)


def sums_by_earmark(lines: Sequence[LineFact]) -> dict[UUID | None, int]:
    """What the lines add up to under each earmark, and among free money. All are zero in a sound booking."""
    sums: Counter[UUID | None] = Counter()
    for line in lines:
        sums[line.earmark_id] += line.amount
    return dict(sums)


def reversed_lines(lines: Sequence[LineFact]) -> tuple[LineFact, ...]:
    """The lines that undo these."""
    return tuple(LineFact(line.account_id, line.earmark_id, -line.amount) for line in lines)


def outside_purpose(account: AccountFact, earmark: EarmarkFact) -> LedgerError | None:
    """Why money under this earmark may not be spent through this account; None where it may.

    Money passes freely between sources and funds: what it is for is decided where it is spent.
    """
    if account.kind is not AccountKind.EXPENSE:
        return None
    if account.category not in earmark.categories:
        return LedgerError("category-not-allowed", "category")
    here = level(earmark.unit_path, account.unit_path) in (Level.OWN, Level.BELOW)
    return None if here else LedgerError("earmark-elsewhere", "account")


def check_day(on: date, today: date) -> None:
    """A booking tells what has happened. Raises in-future, too-long-ago."""
    if on > today:
        raise LedgerError("in-future", "on")
    if on < FIRST_DAY:
        raise LedgerError("too-long-ago", "on")


def _check_line(line: LineFact, accounts: Mapping[UUID, AccountFact], earmarks: Mapping[UUID, EarmarkFact]) -> None:
    if line.account_id not in accounts:
        raise LedgerError("not-found", "account")
    if line.earmark_id is not None and line.earmark_id not in earmarks:
        raise LedgerError("not-found", "earmark")
    whole = isinstance(line.amount, int) and not isinstance(line.amount, bool)
    check_amount(abs(line.amount) if whole else line.amount)
    if accounts[line.account_id].closed:
        raise LedgerError("account-closed", "account")


def _check_purpose(
    line: LineFact, unit_path: str, accounts: Mapping[UUID, AccountFact], earmarks: Mapping[UUID, EarmarkFact]
) -> None:
    account = accounts[line.account_id]
    receipt = account.kind is AccountKind.FUND and line.amount > 0
    if account.unit_path != unit_path and not receipt:
        raise LedgerError("only-receipts", "account")
    if line.earmark_id and (wrong := outside_purpose(account, earmarks[line.earmark_id])):
        raise wrong


def _after(
    lines: Sequence[LineFact], accounts: Mapping[UUID, AccountFact], balances: Mapping[Place, int]
) -> dict[Place, int]:
    after: dict[Place, int] = {}
    for line in lines:
        after[line.place] = after.get(line.place, balances.get(line.place, 0)) + line.amount
    for place, amount in after.items():
        if amount < 0 and accounts[place[0]].kind is not AccountKind.SOURCE:
            raise LedgerError("not-enough", "amount", {"left": balances.get(place, 0)})
    return after
