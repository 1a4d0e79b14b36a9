"""What is counted: derived from tasks and records, and counted anew whenever these change."""

from django.db import models
from django.db.models import F, Q

from qingli.lib.ids import new_id


class Tally(models.Model):
    """計數: one unit, one measure, one day.

    kind due: the tasks of the unit's plans promised for that day. kind record: the records of the unit of that day, as
    they now hold. `measure` is "" for what has none. A row of zeros means the same as no row.
    """

    class Kind(models.TextChoices):
        DUE = "due"
        RECORD = "record"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=6, choices=Kind)
    day = models.DateField()
    measure = models.CharField(max_length=60, blank=True)
    promised = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    not_done = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "kind", "day", "measure"), name="tally_once"),
            models.CheckConstraint(name="tally_kind_known", condition=Q(kind__in=["due", "record"])),
            models.CheckConstraint(
                name="tally_adds_up",
                condition=Q(promised=F("done") + F("not_done") + F("open"), on_time__lte=F("done")),
            ),
            models.CheckConstraint(
                name="tally_of_one_kind",
                condition=Q(kind="due", records=0) | Q(kind="record", promised=0, cancelled=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.measure}"
