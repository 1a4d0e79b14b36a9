"""Opening and closing accounts, and saying what money is for."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.rules import Asker, NotAllowedError, ancestors, clean_text, may, require
from qingli.ledger.actions.posting import unit_of
from qingli.ledger.models import Account, Balance, Earmark
from qingli.ledger.rules import AccountKind, Category, LedgerError

NAME = 80
SOURCE_TYPE = 30


@deed("ledger.account-opened")
def open_account(
    *,
    unit_id: UUID,
    kind: AccountKind,
    name: str,
    category: str = "",
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A source, a fund, or the account of one category of spending. Gives the account.

    Raises category-missing, category-not-wanted, category-taken, account-already-there.
    """
    unit = unit_of(unit_id)
    require(by, "money.write", unit.path)
    name = clean_text(name, NAME, "name")
    if category and kind is not AccountKind.EXPENSE:
        raise LedgerError("category-not-wanted", "category")
    if kind is AccountKind.EXPENSE and not _known([category]):
        raise LedgerError("category-missing", "category")
    mine = Account.objects.filter(unit_id=unit_id, closed_at__isnull=True)
    if mine.filter(name=name).exists():
        raise LedgerError("account-already-there", "name")
    if category and mine.filter(category=category).exists():
        raise LedgerError("category-taken", "category")
    account = Account(unit_id=unit_id, kind=kind, name=name, category=category, opened_at=recorded_at)
    _insert(account, LedgerError("account-already-there", "name"))
    told = {"unit": str(unit_id), "kind": str(kind), "name": name, "category": category}
    return Act("account", account.id, unit.path, told)


@deed("ledger.account-closed")
def close_account(*, account_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Nothing is booked on it any more. A fund is closed only when it is empty; a source or a category holds no money,
    so its sum stays and can be read. Raises not-found, account-closed, account-not-empty."""
    account = Account.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=account_id).first()
    if account is None:
        raise LedgerError("not-found", "account")
    require(by, "money.write", account.unit.path)
    if account.closed_at is not None:
        raise LedgerError("account-closed", "account")
    if account.kind == AccountKind.FUND and Balance.objects.filter(account=account).exclude(amount=0).exists():
        raise LedgerError("account-not-empty", "account")
    account.closed_at = recorded_at
    account.save(update_fields=["closed_at"])
    return Act("account", account.id, account.unit.path, {"unit": str(account.unit_id)})


@deed("ledger.earmark-opened")
def open_earmark(
    *,
    unit_id: UUID,
    name: str,
    categories: Sequence[str],
    source_type: str = "",
    source_id: UUID | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Say what some money is for: these categories of spending and no other. Gives the earmark.

    The unit's own finance may, and that of a unit above it: who gives money says what it is for. What the money was
    given for (`source_type`, `source_id`) has one earmark. Raises no-categories, earmark-already-there.
    """
    unit = unit_of(unit_id)
    if not any(may(by, "money.write", path) for path in (unit.path, *ancestors(unit.path))):
        raise NotAllowedError
    name = clean_text(name, NAME, "name")
    chosen = sorted(set(categories))
    if not chosen or not _known(chosen):
        raise LedgerError("no-categories", "categories")
    if (source_id is None) != (source_type == "") or len(source_type) > SOURCE_TYPE:
        raise ValueError("a source has a type and an id")
    taken = LedgerError("earmark-already-there", "name")
    same = Earmark.objects.filter(unit_id=unit_id, name=name, source_id__isnull=True)
    if source_id is not None:
        same = Earmark.objects.filter(source_type=source_type, source_id=source_id)
    if same.exists():
        raise taken
    earmark = Earmark(unit_id=unit_id, name=name, categories=chosen, source_type=source_type, source_id=source_id)
    earmark.opened_at = recorded_at
    _insert(earmark, taken)
    told: dict[str, object] = {"unit": str(unit_id), "name": name, "categories": chosen}
    told |= {"source_type": source_type, "source_id": str(source_id) if source_id else None}
    return Act("earmark", earmark.id, unit.path, told)


def _known(categories: Iterable[str]) -> bool:
    return set(categories) <= {category.value for category in Category}


def _insert(row: Account | Earmark, taken: LedgerError) -> None:
    """Two may open the same at once: the database lets one through, and the other is told."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise taken from None
