"""Reads of earmarks: what was received, what it was spent on, what is left."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Sum

from qingli.ground.queries import Page
from qingli.ground.rules import Asker, may, require
from qingli.ledger.models import Balance, Earmark, Line
from qingli.ledger.queries.accounts import path_for
from qingli.ledger.queries.keys import uuid_key
from qingli.ledger.queries.shapes import EarmarkView, PublicUse, Spending, UseView
from qingli.ledger.rules import AccountKind, LedgerError


def earmarks(asker: Asker, unit_id: UUID, *, after: str | None = None, limit: int = 50) -> Page[EarmarkView]:
    """The earmarks of a unit, and those whose money lies or lay on its accounts, newest first. Three queries.

    The figures are those of the whole earmark, wherever its money lies. Raises not-found, not-allowed.
    """
    path_for(asker, unit_id)
    here = Balance.objects.filter(earmark=OuterRef("pk"), account__unit_id=unit_id)
    rows = Earmark.objects.filter(Q(unit_id=unit_id) | Exists(here)).select_related("unit")
    if key := uuid_key(after):
        rows = rows.filter(pk__lt=key)
    found = list(rows.order_by("-pk")[: limit + 1])
    return Page(_views(found[:limit]), str(found[limit - 1].id) if len(found) > limit else None)


def earmark(asker: Asker, earmark_id: UUID) -> EarmarkView:
    """One earmark: for whoever may look at the money of its unit, or of a unit that holds some of it. Raises not-found.

    Two queries, three for another unit.
    """
    row = Earmark.objects.select_related("unit").filter(pk=earmark_id).first()
    if row is None:
        raise LedgerError("not-found", "earmark")
    if not may(asker, "money.read", row.unit.path):
        paths = Balance.objects.filter(earmark=row).values_list("account__unit__path", flat=True).distinct()
        if not any(may(asker, "money.read", path) for path in paths):
            require(asker, "money.read", row.unit.path)
    return _views([row])[0]


def earmark_of_source(source_type: str, source_id: UUID) -> EarmarkView | None:
    """The earmark of what money was given for, for the house itself; None where there is none. Two queries."""
    row = Earmark.objects.select_related("unit").filter(source_type=source_type, source_id=source_id).first()
    return _views([row])[0] if row else None


def public_use(source_type: str, source_id: UUID, *, shown: int = 100) -> PublicUse | None:
    """What became of the money given for something: amounts, categories and days, for anybody. Three queries.

    None where there is no earmark for it. A use that was undone is left out, with what undid it.
    """
    view = earmark_of_source(source_type, source_id)
    if view is None:
        return None
    standing = Line.objects.filter(booking__reversed_by__isnull=True, booking__reverses__isnull=True)
    rows = standing.filter(earmark_id=view.id, account__kind=AccountKind.EXPENSE).order_by("-on", "-booking_id", "id")
    uses = [UseView(*row) for row in rows.values_list("on", "account__category", "amount")[: shown + 1]]
    figures = view.received, view.spent, view.left
    return PublicUse(view.categories, *figures, view.by_category, tuple(uses[:shown]), len(uses) <= shown)


def _views(rows: Iterable[Earmark]) -> tuple[EarmarkView, ...]:
    rows = list(rows)
    sums = Balance.objects.filter(earmark__in=rows).values_list("earmark_id", "kind", "account__category")
    by_kind: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    spent: dict[UUID, list[Spending]] = defaultdict(list)
    for earmark_id, kind, category, amount in sums.annotate(total=Sum("amount")).order_by("account__category"):
        assert earmark_id is not None
        by_kind[earmark_id][kind] += amount
        if kind == AccountKind.EXPENSE and amount:
            spent[earmark_id].append(Spending(category, amount))
    return tuple(_view(row, by_kind[row.id], spent[row.id]) for row in rows)


def _view(row: Earmark, sums: dict[str, int], spent: Iterable[Spending]) -> EarmarkView:
    return EarmarkView(
        row.id,
        row.unit_id,
        row.unit.name,
        row.name,
        tuple(row.categories),
        row.source_type,
        row.source_id,
        -sums[AccountKind.SOURCE],
        sums[AccountKind.EXPENSE],
        sums[AccountKind.FUND],
        tuple(spent),
    )
