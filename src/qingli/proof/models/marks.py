"""What people judged, what was drawn and looked at, and assessments that were handed in."""

from django.db import models
from django.db.models import F, Q

from qingli.lib.ids import new_id


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(since__lt=F("until")))


class Asked(models.Model):
    """A criterion of a version of a standard, applied to a unit for a period (`until` is the first day after it)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    standard = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


class Mark(Asked):
    """評審給分: points for a judged criterion, with a reason. Rows are only added; the newest of its kind holds."""

    class Kind(models.TextChoices):
        SELF = "self"
        PANEL = "panel"

    criterion = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=Kind)
    points = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    actor = models.CharField(max_length=80)

    class Meta:
        constraints = (
            _in_order("mark_period_in_order"),
            models.CheckConstraint(name="mark_kind_known", condition=Q(kind__in=["self", "panel"])),
            models.CheckConstraint(name="mark_has_reason", condition=~Q(reason="")),
        )
        indexes = (models.Index(fields=("unit", "standard", "version", "since", "until"), name="mark_of_unit"),)


class Sample(Asked):
    """抽查: sites to be drawn from `frame` (their ids). `seed` is "" until the request was sealed."""

    criterion = models.CharField(max_length=60)
    site_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    frame = models.JSONField()
    batch = models.PositiveBigIntegerField(null=True)
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            _in_order("sample_period_in_order"),
            models.UniqueConstraint(
                fields=("unit", "standard", "version", "since", "until", "criterion"), name="sample_once"
            ),
            models.CheckConstraint(name="sample_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="sample_drawn_whole",
                condition=Q(seed="", batch__isnull=True, drawn_at__isnull=True)
                | (~Q(seed="") & Q(batch__isnull=False, drawn_at__isnull=False)),
            ),
        )


class SampleSite(models.Model):
    """A site that was drawn, in its place of the draw, and what was found. `outcome` is "" until somebody went."""

    class Outcome(models.TextChoices):
        MET = "met"
        NOT_MET = "not-met"
        NOT_SEEN = "not-seen"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="sites", db_index=False)
    site = models.ForeignKey("ground.Site", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    words = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("sample", "place"), name="sample_place_once"),
            models.UniqueConstraint(fields=("sample", "site"), name="sample_site_once"),
            models.CheckConstraint(
                name="sample_outcome_known", condition=Q(outcome__in=["", "met", "not-met", "not-seen"])
            ),
            models.CheckConstraint(
                name="sample_checked_whole",
                condition=Q(outcome="", checked_at__isnull=True) | (~Q(outcome="") & Q(checked_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Assessment(Asked):
    """評分: what a standard came to on a day, kept as it was. `content` holds the standard and every result."""

    class Kind(models.TextChoices):
        SELF = "self"
        DISTRICT = "district"
        CITY = "city"
        PANEL = "panel"

    kind = models.CharField(max_length=10, choices=Kind)
    points = models.DecimalField(max_digits=7, decimal_places=1)
    of = models.PositiveIntegerField()
    content = models.JSONField()

    class Meta:
        constraints = (
            _in_order("assessment_period_in_order"),
            models.CheckConstraint(
                name="assessment_kind_known", condition=Q(kind__in=["self", "district", "city", "panel"])
            ),
            models.CheckConstraint(name="assessment_within", condition=Q(points__gte=0, points__lte=F("of"))),
        )
        indexes = (models.Index(fields=("unit", "made_at"), name="assessment_of_unit"),)
