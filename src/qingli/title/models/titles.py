"""Titles that units hold: named here, or entered from a paper."""

from django.db import models
from django.db.models import F, Q

from qingli.lib.ids import new_id
from qingli.title.models.applications import Application
from qingli.title.models.programmes import Programme


class Title(models.Model):
    """稱號: what a unit was named, by whom, by which document, from when to when.

    Named here it has an application; otherwise it was entered from a paper. `sequence` numbers the titles of a year.
    `award` holds what the money rule of the day gave; what of it was paid is told by the ledger.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="titles")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, null=True, related_name="title")
    name = models.CharField(max_length=80)
    goal = models.CharField(max_length=24)
    level = models.CharField(max_length=12)
    number = models.CharField(max_length=16, unique=True)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    issuing_body = models.CharField(max_length=120)
    document = models.CharField(max_length=120)
    named_on = models.DateField()
    valid_until = models.DateField(null=True)
    award = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("year", "sequence"), name="title_sequence_once_a_year"),
            models.UniqueConstraint(fields=("unit", "goal", "level", "named_on"), name="title_once_a_day"),
            models.CheckConstraint(name="title_level_known", condition=Q(level__in=("district", "city"))),
            models.CheckConstraint(
                name="title_holds_forwards", condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("named_on"))
            ),
            models.CheckConstraint(
                name="title_says_whose_it_is", condition=~Q(name="") & ~Q(issuing_body="") & ~Q(document="")
            ),
            models.CheckConstraint(
                name="title_named_here_has_programme",
                condition=Q(application__isnull=True) | Q(programme__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=("unit", "named_on"), name="title_of_unit"),
            models.Index(fields=("-named_on", "-id"), name="title_register"),
        )

    def __str__(self) -> str:
        return self.number
