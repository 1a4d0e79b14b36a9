"""What the room's queries give: frozen values. Amounts are whole fen."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qingli.ledger.rules import AccountKind


@dataclass(frozen=True, slots=True)
class BalanceView:
    """What lies on an account under one earmark; `earmark_id` is None for free money."""

    account_id: UUID
    earmark_id: UUID | None
    earmark_name: str
    amount: int


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account. `amount` is the sum over all earmarks: below zero for a source, whose money went out."""

    id: UUID
    unit_id: UUID
    unit_name: str
    kind: AccountKind
    name: str
    category: str
    closed: bool
    amount: int


@dataclass(frozen=True, slots=True)
class Spending:
    """What was spent on one category."""

    category: str
    amount: int


@dataclass(frozen=True, slots=True)
class EarmarkView:
    """An earmark with what was received under it, spent on its categories, and is left. received = spent + left."""

    id: UUID
    unit_id: UUID
    unit_name: str
    name: str
    categories: tuple[str, ...]
    source_type: str
    source_id: UUID | None
    received: int
    spent: int
    left: int
    by_category: tuple[Spending, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    account_id: UUID
    account_name: str
    account_kind: AccountKind
    category: str
    unit_id: UUID
    unit_name: str
    earmark_id: UUID | None
    earmark_name: str
    amount: int


@dataclass(frozen=True, slots=True)
class BookingView:
    """A booking with its lines. `reversed_by` is the booking that undid it, `reverses` the one that it undid."""

    id: UUID
    unit_id: UUID
    unit_name: str
    on: date
    words: str
    reference: str
    person_name: str
    booked_at: datetime
    reverses: UUID | None
    reversed_by: UUID | None
    lines: tuple[LineView, ...]

    @property
    def amount(self) -> int:
        """How much was moved."""
        return sum(line.amount for line in self.lines if line.amount > 0)


@dataclass(frozen=True, slots=True)
class UseView:
    """One use of public interest: when, for what, how much. Words are left out: they may name somebody."""

    on: date
    category: str
    amount: int


@dataclass(frozen=True, slots=True)
class PublicUse:
    """What became of money that was given for something, for anybody to see. `uses` are the newest, at most `shown`."""

    categories: tuple[str, ...]
    received: int
    spent: int
    left: int
    by_category: tuple[Spending, ...]
    uses: tuple[UseView, ...]
    all_shown: bool
