"""How every booking gets into the books: accounts locked, rules asked, lines and balances written together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from qingli.archive.rules import Act
from qingli.ground.queries import UnitView, public_unit
from qingli.ground.rules import Asker
from qingli.ledger.models import Account, Balance, Booking, Earmark, Line
from qingli.ledger.rules import AccountFact, AccountKind, EarmarkFact, LedgerError, LineFact, Place, posted
from qingli.ledger.rules.replay import booking_body

REFERENCE = 120


@dataclass(frozen=True, slots=True)
class Draft:
    """A booking that is about to be made."""

    unit: UnitView
    words: str
    on: date
    lines: Sequence[LineFact]
    reference: str = ""
    reverses: Booking | None = None


def unit_of(unit_id: UUID) -> UnitView:
    """The unit. Raises not-found."""
    unit = public_unit(unit_id)
    if unit is None:
        raise LedgerError("not-found", "unit")
    return unit


def post(draft: Draft, by: Asker, recorded_at: datetime) -> Act:
    """Make the booking inside the transaction of a deed. Raises already-booked and what `rules.posted` raises.

    Accounts are locked in the order of their ids, so that two bookings wait for each other and never for good; a
    balance is only ever written under the lock of its account.
    """
    reference = draft.reference
    if len(reference) > REFERENCE or not reference.isprintable():
        raise LedgerError("bad-reference", "reference")
    if reference and Booking.objects.filter(reference=reference, reversed_by__isnull=True).exists():
        raise LedgerError("already-booked", "reference")
    accounts = _locked({line.account_id for line in draft.lines})
    earmarks = {line.earmark_id for line in draft.lines if line.earmark_id}
    rows = _balances(accounts, earmarks)
    after = posted(
        draft.lines,
        unit_path=draft.unit.path,
        accounts={row.id: _account_fact(row) for row in accounts.values()},
        earmarks=_earmark_facts(earmarks),
        balances={place: row.amount for place, row in rows.items()},
        reversal=draft.reverses is not None,
    )
    booking = _booking(draft, by, recorded_at)
    _lines(booking, draft.lines, accounts)
    _write(after, rows, accounts)
    body = booking_body(
        unit_id=draft.unit.id,
        on=draft.on.isoformat(),
        reference=reference,
        reverses=draft.reverses.id if draft.reverses else None,
        lines=draft.lines,
    )
    return Act("booking", booking.id, draft.unit.path, body)


def _locked(ids: set[UUID]) -> dict[UUID, Account]:
    rows = Account.objects.select_for_update(of=("self",)).select_related("unit").filter(pk__in=ids).order_by("pk")
    return {row.id: row for row in rows}


def _balances(accounts: dict[UUID, Account], earmarks: set[UUID]) -> dict[Place, Balance]:
    rows = Balance.objects.filter(Q(earmark__in=earmarks) | Q(earmark__isnull=True), account__in=accounts)
    return {(row.account_id, row.earmark_id): row for row in rows}


def _account_fact(row: Account) -> AccountFact:
    return AccountFact(AccountKind(row.kind), row.unit.path, row.category, row.closed_at is not None)


def _earmark_facts(ids: set[UUID]) -> dict[UUID, EarmarkFact]:
    rows = Earmark.objects.select_related("unit").filter(pk__in=ids)
    return {row.id: EarmarkFact(row.unit.path, frozenset(row.categories)) for row in rows}


def _booking(draft: Draft, by: Asker, recorded_at: datetime) -> Booking:
    booking = Booking(unit_id=draft.unit.id, on=draft.on, words=draft.words, reference=draft.reference)
    booking.person_id, booking.booked_at, booking.reverses = by.person_id, recorded_at, draft.reverses
    try:
        with transaction.atomic():
            booking.save(force_insert=True)
    except IntegrityError:  # the same reference at the same moment, from other accounts
        raise LedgerError("already-booked", "reference") from None
    return booking


def _lines(booking: Booking, lines: Sequence[LineFact], accounts: dict[UUID, Account]) -> None:
    Line.objects.bulk_create(
        Line(
            booking=booking,
            position=position,
            unit_id=accounts[line.account_id].unit_id,
            account_id=line.account_id,
            earmark_id=line.earmark_id,
            on=booking.on,
            amount=line.amount,
        )
        for position, line in enumerate(lines, start=1)
    )


def _write(after: dict[Place, int], rows: dict[Place, Balance], accounts: dict[UUID, Account]) -> None:
    for place, amount in after.items():
        row = rows.get(place) or Balance(account_id=place[0], earmark_id=place[1], kind=accounts[place[0]].kind)
        row.amount = amount
        if place in rows:
            row.save(update_fields=["amount"])
        else:
            row.save(force_insert=True)
