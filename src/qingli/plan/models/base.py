"""What every row of this room has."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from qingli.lib.ids import new_id


class Owned(models.Model):
    """A row of a unit, with an identifier that sorts by the time it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


def choices(values: Iterable[str]) -> list[tuple[str, str]]:
    """Values of the rules as choices of a field; faces translate them."""
    return [(value, value) for value in values]


def one_of(field: str, values: Iterable[str], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": list(values)}))
