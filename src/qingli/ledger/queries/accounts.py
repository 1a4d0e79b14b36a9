"""Reads of accounts and of what lies in them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from qingli.ground.queries import public_unit
from qingli.ground.rules import Asker, require
from qingli.ledger.models import Account, Balance
from qingli.ledger.queries.shapes import AccountView, BalanceView
from qingli.ledger.rules import AccountKind, LedgerError


def path_for(asker: Asker, unit_id: UUID) -> str:
    """The path of a unit whose money the asker may look at. Raises not-found and the ground's not-allowed."""
    unit = public_unit(unit_id)
    if unit is None:
        raise LedgerError("not-found", "unit")
    require(asker, "money.read", unit.path)
    return unit.path


def accounts(asker: Asker, unit_id: UUID, *, closed: bool = False) -> tuple[AccountView, ...]:
    """The accounts of a unit, by kind and name; closed ones only where asked for. Two queries."""
    path_for(asker, unit_id)
    rows = _rows().filter(unit_id=unit_id).order_by("kind", "name", "id")
    return tuple(map(_view, rows if closed else rows.filter(closed_at__isnull=True)))


def account(asker: Asker, account_id: UUID) -> tuple[AccountView, tuple[BalanceView, ...]]:
    """One account, and what lies on it under each earmark, free money first. Two queries. Raises not-found."""
    row = _rows().filter(pk=account_id).first()
    if row is None:
        raise LedgerError("not-found", "account")
    require(asker, "money.read", row.unit.path)
    return _view(row), _balances(Balance.objects.filter(account_id=account_id))


def balances(unit_id: UUID, *, kind: AccountKind | None = None) -> tuple[BalanceView, ...]:
    """What lies on every account of a unit, or on those of one kind, under every earmark; for the house itself.

    One query.
    """
    rows = Balance.objects.filter(account__unit_id=unit_id)
    return _balances(rows if kind is None else rows.filter(kind=kind))


def funds_of(unit_ids: Iterable[UUID]) -> dict[UUID, tuple[AccountView, ...]]:
    """The open funds of several units, by unit, for whoever pays money into them. One query."""
    rows = _rows().filter(unit_id__in=list(unit_ids), kind=AccountKind.FUND, closed_at__isnull=True)
    found: dict[UUID, tuple[AccountView, ...]] = {}
    for view in map(_view, rows.order_by("name", "id")):
        found[view.unit_id] = (*found.get(view.unit_id, ()), view)
    return found


def _rows() -> QuerySet[Account]:
    return Account.objects.select_related("unit").annotate(total=Coalesce(Sum("balances__amount"), 0))


def _view(row: Account) -> AccountView:
    total: int = getattr(row, "total", 0)
    return AccountView(
        row.id,
        row.unit_id,
        row.unit.name,
        AccountKind(row.kind),
        row.name,
        row.category,
        row.closed_at is not None,
        total,
    )


def _balances(rows: QuerySet[Balance]) -> tuple[BalanceView, ...]:
    found = rows.select_related("earmark").exclude(amount=0)
    ordered = sorted(found, key=lambda row: (row.earmark.name if row.earmark else "", str(row.account_id)))
    return tuple(
        BalanceView(row.account_id, row.earmark_id, row.earmark.name if row.earmark else "", row.amount)
        for row in ordered
    )
