"""Reads of bookings. Lists are read from the lines, which an index keeps by unit, account and earmark."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from qingli.ground.queries import Page
from qingli.ground.rules import Asker, may, require
from qingli.ledger.models import Booking, Line
from qingli.ledger.queries.accounts import path_for
from qingli.ledger.queries.keys import day_key
from qingli.ledger.queries.shapes import BookingView, LineView
from qingli.ledger.rules import AccountKind, LedgerError


def bookings(
    asker: Asker,
    unit_id: UUID,
    *,
    account_id: UUID | None = None,
    earmark_id: UUID | None = None,
    kind: AccountKind | None = None,
    since: date | None = None,
    until: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[BookingView]:
    """What moved money on accounts of a unit, newest day first, with all its lines. Four queries.

    From `since` to before `until` where these are said. Of one account, of one earmark, or of accounts of one kind
    where asked for: the rows behind a figure. Under an earmark of the unit also what other units moved. Raises
    not-found, not-allowed.
    """
    path_for(asker, unit_id)
    rows = Line.objects.filter(unit_id=unit_id)
    if earmark_id is not None:
        rows = Line.objects.filter(Q(unit_id=unit_id) | Q(earmark__unit_id=unit_id), earmark_id=earmark_id)
    if account_id is not None:
        rows = rows.filter(account_id=account_id)
    if kind is not None:
        rows = rows.filter(account__kind=kind)
    if since is not None:
        rows = rows.filter(on__gte=since)
    if until is not None:
        rows = rows.filter(on__lt=until)
    if key := day_key(after):
        rows = rows.filter(Q(on__lt=key[0]) | Q(on=key[0], booking_id__lt=key[1]))
    keys = list(rows.order_by("-on", "-booking_id").values_list("on", "booking_id").distinct()[: limit + 1])
    shown = keys[:limit]
    found = {row.id: row for row in _rows().filter(pk__in=[last for _, last in shown])}
    views = _views([found[last] for _, last in shown])
    return Page(views, f"{shown[-1][0].isoformat()}_{shown[-1][1]}" if len(keys) > limit else None)


def booking(asker: Asker, booking_id: UUID) -> BookingView:
    """One booking: for whoever may look at the money of its unit, or of one whose account it touched. Three queries."""
    row = _rows().filter(pk=booking_id).first()
    if row is None:
        raise LedgerError("not-found", "booking")
    if not may(asker, "money.read", row.unit.path):
        paths = Line.objects.filter(booking=row).values_list("unit__path", flat=True).distinct()
        if not any(may(asker, "money.read", path) for path in paths):
            require(asker, "money.read", row.unit.path)
    return _views([row])[0]


def booked(reference: str) -> bool:
    """Whether a booking with this reference stands."""
    return bool(reference) and Booking.objects.filter(reference=reference, reversed_by__isnull=True).exists()


def booked_among(references: Iterable[str]) -> frozenset[str]:
    """Those of the references of which a booking stands. One query."""
    rows = Booking.objects.filter(reference__in=[one for one in references if one], reversed_by__isnull=True)
    return frozenset(rows.values_list("reference", flat=True))


def _rows() -> QuerySet[Booking]:
    return Booking.objects.select_related("unit", "person")


def _views(rows: Iterable[Booking]) -> tuple[BookingView, ...]:
    rows = list(rows)
    lines: dict[UUID, list[LineView]] = {row.id: [] for row in rows}
    found = Line.objects.filter(booking__in=rows).select_related("account", "unit", "earmark")
    for line in found.order_by("booking_id", "position"):
        lines[line.booking_id].append(_line(line))
    return tuple(_view(row, lines[row.id]) for row in rows)


def _view(row: Booking, lines: Iterable[LineView]) -> BookingView:
    return BookingView(
        row.id,
        row.unit_id,
        row.unit.name,
        row.on,
        row.words,
        row.reference,
        row.person.name if row.person else "",
        row.booked_at,
        row.reverses_id,
        row.reversed_by_id,
        tuple(lines),
    )


def _line(row: Line) -> LineView:
    return LineView(
        row.account_id,
        row.account.name,
        AccountKind(row.account.kind),
        row.account.category,
        row.unit_id,
        row.unit.name,
        row.earmark_id,
        row.earmark.name if row.earmark else "",
        row.amount,
    )
