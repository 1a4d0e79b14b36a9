"""What came in and was used under each earmark in a span of days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from qingli.ground.rules import Asker
from qingli.ledger.models import Line
from qingli.ledger.queries.accounts import path_for
from qingli.ledger.rules import AccountKind


@dataclass(frozen=True, slots=True)
class EarmarkUse:
    """An earmark in a span: received and spent in it, and what was left at its end. Whole fen."""

    earmark_id: UUID
    name: str
    received: int
    spent: int
    left: int


def earmark_uses(asker: Asker, unit_id: UUID, *, since: date, until: date) -> tuple[EarmarkUse, ...]:
    """The earmarks of a unit under which money moved from `since` to before `until`, or was left. By name. Two queries.

    Raises not-found, not-allowed.
    """
    path_for(asker, unit_id)
    rows = Line.objects.filter(earmark__unit_id=unit_id, on__lt=until).order_by()
    moved = Sum("amount", filter=Q(on__gte=since), default=0)
    by_kind = rows.values_list("earmark_id", "earmark__name", "account__kind").annotate(
        whole=Sum("amount"), moved=moved
    )
    names: dict[UUID, str] = {}
    sums: dict[UUID, dict[str, tuple[int, int]]] = defaultdict(dict)
    for earmark_id, name, kind, whole, in_span in by_kind:
        assert earmark_id is not None
        names[earmark_id] = name
        sums[earmark_id][kind] = (whole, in_span)
    found = (
        EarmarkUse(
            earmark_id,
            names[earmark_id],
            -of.get(AccountKind.SOURCE, (0, 0))[1],
            of.get(AccountKind.EXPENSE, (0, 0))[1],
            of.get(AccountKind.FUND, (0, 0))[0],
        )
        for earmark_id, of in sums.items()
    )
    return tuple(sorted((use for use in found if use.received or use.spent or use.left), key=lambda use: use.name))
