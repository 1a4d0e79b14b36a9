"""What every row of this room has."""

from django.db import models

from qingli.lib.ids import new_id


class Owned(models.Model):
    """A row of a unit, with an identifier that sorts by the time it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
