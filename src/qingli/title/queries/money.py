"""Awards: what a title brings, and what of it is still to be paid."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from qingli.ground.queries import public_unit
from qingli.ground.rules import Asker, require
from qingli.ledger.queries import booked_among
from qingli.title.models import Title
from qingli.title.queries.access import NotFoundError
from qingli.title.rules import Award, Part

SHOWN = 100


@dataclass(frozen=True, slots=True)
class AwardDue:
    """One payment of an award. `paid`: a booking for it stands."""

    title_id: UUID
    number: str
    name: str
    unit_id: UUID
    unit_name: str
    named_on: date
    part: str
    amount: int
    paid: bool


def award_of(title: Title) -> Award:
    """What a title was awarded, as it was kept on its day."""
    kept = title.award
    parts = tuple(Part(code, int(amount)) for code, amount in kept.get("parts", ()))
    return Award(kept.get("rule", "none"), kept.get("version", ""), parts, tuple(kept.get("categories", ())))


def reference(title_id: UUID, part: str) -> str:
    """By which the books know that this part was paid."""
    return f"award:{title_id}:{part}"


def awards_due(asker: Asker, unit_id: UUID) -> tuple[AwardDue, ...]:
    """Payments of the awards of a city's programmes, newest title first: those that have waited longest, and the last
    that were paid. Four queries.

    For whoever books the city's money. Raises NotFoundError, and the ground's NotAllowedError.
    """
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "money.write", unit.path)
    every = Title.objects.filter(programme__unit_id=unit_id).exclude(award={}).order_by("-named_on", "-id")
    wanted = {
        row.id: {reference(row.id, part.code) for part in award_of(row).parts} for row in every.only("id", "award")
    }
    paid = booked_among([one for references in wanted.values() for one in references])
    done = [id for id, references in wanted.items() if references <= paid]
    open_ones = [id for id, references in wanted.items() if not references <= paid]
    rows = every.filter(pk__in=[*done[:SHOWN], *open_ones[-SHOWN:]]).select_related("unit")
    titles = [(row, award_of(row).parts) for row in rows]
    return tuple(
        AwardDue(
            row.id,
            row.number,
            row.name,
            row.unit_id,
            row.unit.name,
            row.named_on,
            part.code,
            part.amount,
            reference(row.id, part.code) in paid,
        )
        for row, parts in titles
        for part in parts
    )
