"""Do the tables say what the journal says, and does what they say hold?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar
from uuid import UUID

from django.db.models import Sum

from qingli.archive.queries import told
from qingli.ledger.models import Account, Balance, Booking, Earmark, Line
from qingli.ledger.rules import LineFact, Place
from qingli.ledger.rules.replay import AccountTold, BookingTold, Books, EarmarkTold, Event, fold, unsound

K = TypeVar("K")
V = TypeVar("V")


def faults() -> Iterator[str]:
    """Where the books differ from what the journal makes of them, or break a rule; a line each."""
    books = fold(Event(entry.kind, entry.object_id, entry.body) for entry in told("ledger."))
    yield from (f"ledger: {line}" for line in _differences(books))
    yield from (f"ledger: {line}" for line in unsound(books))


def _differences(books: Books) -> Iterator[str]:
    yield from _unlike("account", _accounts(), books.accounts)
    closed = set(Account.objects.filter(closed_at__isnull=False).values_list("pk", flat=True))
    yield from _one_sided("closing of account", closed, books.closed)
    yield from _unlike("earmark", _earmarks(), books.earmarks)
    yield from _unlike("booking", _bookings(), books.bookings)
    undone = dict(Booking.objects.filter(reversed_by__isnull=False).values_list("pk", "reversed_by"))
    yield from _unlike("reversal of booking", undone, books.reversals)
    kept = {(row.account_id, row.earmark_id): row.amount for row in Balance.objects.exclude(amount=0).iterator()}
    yield from _unlike("balance", kept, {place: amount for place, amount in books.balances.items() if amount})
    yield from _unlike("sum of lines", _sums(), kept)


def _accounts() -> dict[UUID, AccountTold]:
    rows = Account.objects.iterator()
    return {row.id: AccountTold(str(row.unit_id), row.kind, row.category, row.name) for row in rows}


def _earmarks() -> dict[UUID, EarmarkTold]:
    return {
        row.id: EarmarkTold(
            str(row.unit_id),
            row.name,
            tuple(row.categories),
            row.source_type,
            str(row.source_id) if row.source_id else None,
        )
        for row in Earmark.objects.iterator()
    }


def _bookings() -> dict[UUID, BookingTold]:
    lines: dict[UUID, list[LineFact]] = {}
    for line in Line.objects.order_by("booking_id", "position").iterator():
        lines.setdefault(line.booking_id, []).append(LineFact(line.account_id, line.earmark_id, line.amount))
    return {
        row.id: BookingTold(
            str(row.unit_id),
            row.on.isoformat(),
            row.reference,
            str(row.reverses_id) if row.reverses_id else None,
            tuple(lines.get(row.id, ())),
        )
        for row in Booking.objects.iterator()
    }


def _sums() -> dict[Place, int]:
    rows = Line.objects.values_list("account_id", "earmark_id").annotate(total=Sum("amount"))
    return {(account, earmark): total for account, earmark, total in rows.order_by() if total}


def _unlike(what: str, kept: Mapping[K, V], told: Mapping[K, V]) -> Iterator[str]:
    yield from _one_sided(what, kept.keys(), told.keys())
    for key in kept.keys() & told.keys():
        if kept[key] != told[key]:
            yield f"{what} {_named(key)}: the table says {kept[key]}, the journal {told[key]}"


def _one_sided(what: str, kept: Iterable[K], told: Iterable[K]) -> Iterator[str]:
    mine, theirs = set(kept), set(told)
    yield from (f"{what} {_named(key)}: not in the journal" for key in sorted(mine - theirs, key=str))
    yield from (f"{what} {_named(key)}: only in the journal" for key in sorted(theirs - mine, key=str))


def _named(key: object) -> str:
    return " under ".join(map(str, key)) if isinstance(key, tuple) else str(key)
