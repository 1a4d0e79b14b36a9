"""Payments that wait, as the room that knows of them hands them to the page about money."""

from dataclasses import dataclass

from django.urls import reverse

from qingli.ground.rules import Asker, may
from qingli.title import queries as titles
from qingli.web.asking import UnitView


@dataclass(frozen=True, slots=True)
class PaymentDue:
    """One line of `desk/ledger/due.html`: who is to get how much (in fen) for what, and where it is paid."""

    to: str
    words: str
    amount: int
    href: str


def payments_due(who: Asker, unit: UnitView) -> list[PaymentDue]:
    """The awards of the unit's titles that nobody has paid yet, for whoever books its money."""
    if not may(who, "money.write", unit.path):
        return []
    href = reverse("desk:title-awards", args=[unit.id])
    return [
        PaymentDue(one.unit_name, f"{one.name} {one.number}", one.amount, href)
        for one in titles.awards_due(who, unit.id)
        if not one.paid
    ]
