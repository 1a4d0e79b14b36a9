"""Paying what a title was awarded, part by part, once each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.rules import Asker, day_of, require
from qingli.ledger.actions import book, open_earmark
from qingli.ledger.queries import earmark_of_source, funds_of
from qingli.ledger.rules import LedgerError, LineFact
from qingli.lib.ids import derived
from qingli.title.models import Title
from qingli.title.queries.access import NotFoundError
from qingli.title.queries.money import award_of, reference
from qingli.title.rules import TitleError
from qingli.title.rules.money import part_of


@deed("title.award-paid")
def pay_award(
    *,
    title_id: UUID,
    part: str,
    from_account_id: UUID,
    to_account_id: UUID,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Pay one part of an award from a source of the city into a fund of the unit, where it is for its purpose only.

    Gives the title. Raises no-award, no-such-part, account-elsewhere, already-booked, and what the ledger says.
    """
    title = Title.objects.select_related("unit", "programme__unit").filter(pk=title_id).first()
    if title is None:
        raise NotFoundError
    if title.programme is None or not title.award.get("parts"):
        raise TitleError("no-award")
    payer = title.programme.unit
    require(by, "money.write", payer.path)
    amount = part_of(award_of(title), part).amount
    funds = funds_of([title.unit_id]).get(title.unit_id, ())
    if to_account_id not in {one.id for one in funds}:
        raise TitleError("account-elsewhere", field="to_account")
    when: dict[str, Any] = {"by": by, "happened_at": happened_at, "recorded_at": recorded_at}
    earmark_id = _earmark(title, key, when)
    booking = book(
        unit_id=payer.id,
        words=f"{title.name} {title.number}",
        on=day_of(recorded_at, payer.time_zone),
        lines=[LineFact(from_account_id, earmark_id, -amount), LineFact(to_account_id, earmark_id, amount)],
        reference=reference(title.id, part),
        key=derived(key, "booking"),
        **when,
    )
    return Act("title", title.id, title.unit.path, {"part": part, "amount": amount, "booking": str(booking.object_id)})


def _earmark(title: Title, key: UUID, when: Mapping[str, Any]) -> UUID:
    """The one earmark of this award; whoever pays the first part opens it."""
    if found := earmark_of_source("title", title.id):
        return found.id
    try:
        return open_earmark(
            unit_id=title.unit_id,
            name=f"{title.name} {title.number}"[:80],
            categories=list(title.award["categories"]),
            source_type="title",
            source_id=title.id,
            key=derived(key, "earmark"),
            **when,
        ).object_id
    except LedgerError:
        if found := earmark_of_source("title", title.id):  # opened for the other part at this very moment
            return found.id
        raise
