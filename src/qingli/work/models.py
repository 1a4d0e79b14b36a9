"""Records of work: who did what, where, when and how much. Rows are only added; a correction is a row of its own."""

from django.db import models
from django.db.models import F, Q

from qingli.lib.ids import new_id


class Record(models.Model):
    """工作記錄. `corrects` is the record that this one takes the place of.

    At most one photo; `quantities` holds figures by code. `person` is who recorded it, null for the house itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    task = models.ForeignKey("plan.Task", on_delete=models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey("ground.Site", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("ground.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    words = models.CharField(max_length=1000, blank=True)
    quantities = models.JSONField(default=dict)
    photo = models.ForeignKey("archive.File", on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="record_has_happened", condition=Q(happened_at__lte=F("recorded_at"))),
            models.CheckConstraint(
                name="record_correction_has_reason",
                condition=Q(corrects__isnull=True, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
            ),
        )
        indexes = (
            models.Index(fields=("unit", "happened_at", "id"), name="record_of_unit"),
            models.Index(fields=("person", "happened_at"), name="record_of_person"),
        )

    def __str__(self) -> str:
        return str(self.id)
