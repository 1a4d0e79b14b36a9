"""The books built anew from what the journal says, and nothing else.

The order of the entries does not matter: two processes may record in another order than they committed. So the fold
only adds, and what must hold is asked of the end.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from qingli.ledger.rules.bookings import LineFact, Place, sums_by_earmark
from qingli.ledger.rules.kinds import AccountKind

BOOKED = frozenset({"ledger.booked", "ledger.spent", "ledger.reversed"})


@dataclass(frozen=True, slots=True)
class Event:
    """What the fold needs of a journal entry. `body` is None once it was erased."""

    kind: str
    object_id: UUID
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class AccountTold:
    unit: str
    kind: str
    category: str
    name: str


@dataclass(frozen=True, slots=True)
class EarmarkTold:
    unit: str
    name: str
    categories: tuple[str, ...]
    source_type: str
    source_id: str | None


@dataclass(frozen=True, slots=True)
class BookingTold:
    unit: str
    on: str
    reference: str
    reverses: str | None
    lines: tuple[LineFact, ...]


@dataclass(slots=True)
class Books:
    """All accounts, earmarks, bookings and balances, as the journal tells them."""

    accounts: dict[UUID, AccountTold] = field(default_factory=dict)
    closed: set[UUID] = field(default_factory=set)
    earmarks: dict[UUID, EarmarkTold] = field(default_factory=dict)
    bookings: dict[UUID, BookingTold] = field(default_factory=dict)
    balances: Counter[Place] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)

    @property
    def reversals(self) -> dict[UUID, UUID]:
        """What undid each booking that was undone."""
        return {UUID(booking.reverses): key for key, booking in self.bookings.items() if booking.reverses}


def booking_body(
    *, unit_id: UUID, on: str, reference: str, reverses: UUID | None, lines: Sequence[LineFact]
) -> dict[str, object]:
    """What the journal keeps of a booking: all that the balances need. The words stay outside, so that nothing in it
    ever has to be erased."""
    return {
        "unit": str(unit_id),
        "on": on,
        "reference": reference,
        "reverses": str(reverses) if reverses else None,
        "lines": [[str(line.account_id), _text(line.earmark_id), line.amount] for line in lines],
    }


def fold(events: Iterable[Event]) -> Books:
    """The books that these entries make, in whatever order they come. Entries of other kinds change nothing."""
    books = Books()
    for event in events:
        if event.kind == "ledger.account-closed":
            books.closed.add(event.object_id)
        elif event.body is None:
            books.silent.append(f"{event.kind} {event.object_id}: erased, so the books cannot be built anew")
        else:
            _take(books, event.kind, event.object_id, event.body)
    return books


def unsound(books: Books) -> Iterator[str]:
    """What of the rules does not hold in these books, a line each."""
    yield from books.silent
    for booking_id, booking in books.bookings.items():
        if any(sums_by_earmark(booking.lines).values()):
            yield f"booking {booking_id}: does not balance"
        yield from (f"booking {booking_id}: {fault}" for line in booking.lines for fault in _line_faults(books, line))
    for (account_id, earmark_id), amount in books.balances.items():
        account = books.accounts.get(account_id)
        if account is not None and account.kind != AccountKind.SOURCE and amount < 0:
            yield f"account {account_id}, earmark {earmark_id}: below zero"
        if account is not None and account.kind == AccountKind.FUND and amount and account_id in books.closed:
            yield f"account {account_id}, earmark {earmark_id}: closed, but not empty"


def _take(books: Books, kind: str, object_id: UUID, body: Mapping[str, Any]) -> None:
    if kind == "ledger.account-opened":
        books.accounts[object_id] = AccountTold(body["unit"], body["kind"], body["category"], body["name"])
    elif kind == "ledger.earmark-opened":
        books.earmarks[object_id] = EarmarkTold(
            body["unit"], body["name"], tuple(body["categories"]), body["source_type"], body["source_id"]
        )
    elif kind in BOOKED:
        lines = tuple(LineFact(UUID(account), _id(earmark), amount) for account, earmark, amount in body["lines"])
        books.bookings[object_id] = BookingTold(body["unit"], body["on"], body["reference"], body["reverses"], lines)
        for line in lines:
            books.balances[line.place] += line.amount


def _line_faults(books: Books, line: LineFact) -> Iterator[str]:
    account = books.accounts.get(line.account_id)
    if account is None:
        yield f"account {line.account_id} was never opened"
    if line.earmark_id is None:
        return
    earmark = books.earmarks.get(line.earmark_id)
    if earmark is None:
        yield f"earmark {line.earmark_id} was never opened"
    elif account is not None and account.kind == AccountKind.EXPENSE and account.category not in earmark.categories:
        yield f"spent on {account.category}, which earmark {line.earmark_id} is not for"


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
