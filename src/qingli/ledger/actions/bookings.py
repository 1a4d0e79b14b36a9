"""Money received, passed on, spent; and bookings that undo another."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.rules import Asker, clean_text, day_of, require
from qingli.ledger.actions.posting import Draft, post, unit_of
from qingli.ledger.models import Account, Booking, Earmark
from qingli.ledger.rules import AccountKind, LedgerError, LineFact, check_amount, check_day, reversed_lines

WORDS = 200


@deed("ledger.booked")
def book(
    *,
    unit_id: UUID,
    words: str,
    on: date,
    lines: Sequence[LineFact],
    reference: str = "",
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Book these lines in the name of a unit. Gives the booking.

    Lines on accounts of other units may only put money into their funds. A booking with a reference stands once.
    Raises in-future, too-long-ago, already-booked, bad-reference and what `rules.posted` raises.
    """
    unit = unit_of(unit_id)
    require(by, "money.write", unit.path)
    check_day(on, day_of(recorded_at, unit.time_zone))
    draft = Draft(unit, clean_text(words, WORDS, "words"), on, tuple(lines), reference)
    return post(draft, by, recorded_at)


@deed("ledger.spent")
def spend(
    *,
    earmark_id: UUID | None,
    account_id: UUID,
    category: str,
    amount: int,
    on: date,
    words: str,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Spend fen from a fund on a category, under an earmark or (None) free money. Gives the booking.

    The fund's unit has an account for the category already; none is opened silently. Raises not-found, not-a-fund,
    bad-amount, category-not-allowed, no-expense-account and what `book` raises.
    """
    fund = Account.objects.select_related("unit").filter(pk=account_id).first()
    if fund is None:
        raise LedgerError("not-found", "account")
    require(by, "money.write", fund.unit.path)
    check_amount(amount)
    check_day(on, day_of(recorded_at, fund.unit.time_zone))
    if fund.kind != AccountKind.FUND:
        raise LedgerError("not-a-fund", "account")
    into = _category_account(fund, earmark_id, category)
    lines = LineFact(fund.id, earmark_id, -amount), LineFact(into.id, earmark_id, amount)
    return post(Draft(unit_of(fund.unit_id), clean_text(words, WORDS, "words"), on, lines), by, recorded_at)


@deed("ledger.reversed")
def reverse_booking(
    *, booking_id: UUID, reason: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Undo a booking by another one of today that says why; both can be read. Gives the new booking.

    It is refused when the money is no longer there to take back, and on closed accounts. What the first one's reference
    stood for may be booked again. Raises not-found, no-reason, already-reversed, not-reversible, account-closed,
    not-enough.
    """
    first = Booking.objects.select_for_update(of=("self",)).filter(pk=booking_id).first()
    if first is None:
        raise LedgerError("not-found", "booking")
    unit = unit_of(first.unit_id)
    require(by, "money.write", unit.path)
    reason = clean_text(reason, WORDS, "reason", needed=False)
    if not reason:
        raise LedgerError("no-reason", "reason")
    if first.reverses_id is not None:
        raise LedgerError("not-reversible", "booking")
    if first.reversed_by_id is not None:
        raise LedgerError("already-reversed", "booking")
    lines = [LineFact(row.account_id, row.earmark_id, row.amount) for row in first.lines.order_by("position")]
    draft = Draft(unit, reason, day_of(recorded_at, unit.time_zone), reversed_lines(lines), reverses=first)
    act = post(draft, by, recorded_at)
    first.reversed_by_id = act.object_id
    first.save(update_fields=["reversed_by"])
    return act


def _category_account(fund: Account, earmark_id: UUID | None, category: str) -> Account:
    if earmark_id is not None:
        earmark = Earmark.objects.filter(pk=earmark_id).first()
        if earmark is None:
            raise LedgerError("not-found", "earmark")
        if category not in earmark.categories:
            raise LedgerError("category-not-allowed", "category")
    into = Account.objects.filter(unit_id=fund.unit_id, kind=AccountKind.EXPENSE, category=category, closed_at=None)
    if found := into.first():
        return found
    raise LedgerError("no-expense-account", "category")
