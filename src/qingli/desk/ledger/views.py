"""What was received, what it was spent on, what is left; and the bookings behind every figure."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qingli.desk.ledger.due import PaymentDue, payments_due
from qingli.desk.ledger.forms import UndoForm
from qingli.ground.rules import Asker, may
from qingli.ledger import queries
from qingli.ledger.queries import AccountView, BookingView, LineView
from qingli.ledger.rules import AccountKind
from qingli.web.asking import UnitView, in_unit
from qingli.web.templatetags.money import moved, yuan

PAGE = 50
NEWEST = 5


@in_unit
def money(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    return render(request, "desk/ledger/money.html", overview(request, who, unit, payments_due(who, unit)))


def overview(request: HttpRequest, who: Asker, unit: UnitView, due: Sequence[PaymentDue] = ()) -> dict[str, Any]:
    """What the page about money shows. `due`: payments that wait for this unit's finance."""
    accounts = queries.accounts(who, unit.id)
    page = queries.bookings(who, unit.id, limit=NEWEST)
    return {
        "earmarks": queries.earmarks(who, unit.id, after=request.GET.get("after"), limit=PAGE),
        "kinds": by_kind(accounts),
        "bookings": with_amounts(page.rows),
        "more_bookings": page.after is not None,
        "due": due,
        **may_write(who, unit),
        "can_spend": any(row.kind is AccountKind.FUND and row.amount for row in accounts),
        "can_receive": {AccountKind.FUND, AccountKind.SOURCE} <= {row.kind for row in accounts},
    }


@in_unit
def earmark(request: HttpRequest, who: Asker, unit: UnitView, earmark_id: UUID) -> HttpResponse:
    """One earmark: what it is for, how much of it went where."""
    page = queries.bookings(who, unit.id, earmark_id=earmark_id, after=request.GET.get("after"), limit=PAGE)
    context = {
        "earmark": queries.earmark(who, earmark_id),
        "page": page,
        "rows": with_amounts(page.rows),
        **may_write(who, unit),
    }
    return render(request, "desk/ledger/earmark.html", context)


@in_unit
def account(request: HttpRequest, who: Asker, unit: UnitView, account_id: UUID) -> HttpResponse:
    """One account: what lies on it under which earmark."""
    row, balances = queries.account(who, account_id)
    if row.unit_id != unit.id:
        raise Http404
    page = queries.bookings(who, unit.id, account_id=account_id, after=request.GET.get("after"), limit=PAGE)
    context = {
        "account": row,
        "balances": balances,
        "page": page,
        "rows": with_parts(page.rows, row.kind, lambda line: line.account_id == account_id),
        **may_write(who, unit),
    }
    return render(request, "desk/ledger/account.html", context)


@in_unit
def bookings(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """All bookings of the unit, or the rows behind one figure of an earmark."""
    kind = next((one for one in AccountKind if one == request.GET.get("kind")), None)
    earmark = queries.earmark(who, asked) if (asked := asked_id(request, "earmark")) else None
    earmark_id = earmark.id if earmark else None
    page = queries.bookings(who, unit.id, earmark_id=earmark_id, kind=kind, after=request.GET.get("after"), limit=PAGE)
    rows = with_amounts(page.rows)
    if earmark and kind:
        rows = with_parts(page.rows, kind, lambda line: (line.earmark_id, line.account_kind) == (earmark_id, kind))
    context = {"page": page, "rows": rows, "earmark": earmark, "kind": kind}
    return render(request, "desk/ledger/bookings.html", context)


@in_unit
def booking(request: HttpRequest, who: Asker, unit: UnitView, booking_id: UUID) -> HttpResponse:
    return render(request, "desk/ledger/booking.html", booking_page(who, unit, booking_id, UndoForm()))


def booking_page(who: Asker, unit: UnitView, booking_id: UUID, form: UndoForm) -> dict[str, Any]:
    """One booking with its lines, and the form that undoes it where it can be undone here."""
    row = queries.booking(who, booking_id)
    if unit.id not in _units_of(row):
        raise Http404
    can_undo = row.unit_id == unit.id and row.reverses is None and row.reversed_by is None
    return {
        "booking": row,
        "form": form if can_undo and may(who, "money.write", unit.path) else None,
        "form_errors": bool(form.errors),
    }


def with_amounts(rows: Iterable[BookingView]) -> list[tuple[BookingView, str]]:
    """Bookings with how much each moved."""
    return [(row, yuan(row.amount)) for row in rows]


def with_parts(
    rows: Iterable[BookingView], kind: AccountKind, counts: Callable[[LineView], bool]
) -> list[tuple[BookingView, str]]:
    """Bookings with what each adds to a figure, so that they add up to it; what a source gave counts as received."""
    sign = -1 if kind is AccountKind.SOURCE else 1
    return [(row, moved(sign * sum(line.amount for line in row.lines if counts(line)))) for row in rows]


def _units_of(row: BookingView) -> set[UUID]:
    return {row.unit_id, *(line.unit_id for line in row.lines)}


def by_kind(accounts: Sequence[AccountView]) -> list[tuple[AccountKind, list[AccountView]]]:
    """Accounts under their kinds: where money comes from, where it lies, where it went."""
    groups = [(kind, [row for row in accounts if row.kind is kind]) for kind in AccountKind]
    return [(kind, rows) for kind, rows in groups if rows]


def may_write(who: Asker, unit: UnitView) -> dict[str, bool]:
    return {"may_write": may(who, "money.write", unit.path)}


def asked_id(request: HttpRequest, name: str) -> UUID | None:
    """An id that an address names; what is none asks for nothing."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
