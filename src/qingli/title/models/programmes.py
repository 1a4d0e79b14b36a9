"""What a city calls for: a programme, and its years."""

from django.db import models
from django.db.models import F, Q

from qingli.lib.ids import new_id


class Programme(models.Model):
    """A programme of titles, with whose it is and by which document it was approved. It never costs a fee.

    `goal` is what is striven for, by code: the bar of three years is one of the same goal. `valid_years` is how long a
    title holds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    goal = models.CharField(max_length=24)
    issuing_body = models.CharField(max_length=120)
    approval_document = models.CharField(max_length=120)
    approval_date = models.DateField()
    fee = models.PositiveIntegerField(default=0)
    valid_years = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "name"), name="programme_name_once_in_unit"),
            models.CheckConstraint(name="programme_costs_nothing", condition=Q(fee=0)),
            models.CheckConstraint(
                name="programme_says_whose_it_is",
                condition=~Q(name="") & ~Q(goal="") & ~Q(issuing_body="") & ~Q(approval_document=""),
            ),
            models.CheckConstraint(
                name="programme_title_holds_a_while", condition=Q(valid_years__gte=1, valid_years__lte=10)
            ),
        )

    def __str__(self) -> str:
        return self.name


class Cycle(models.Model):
    """年度批次: one year of a programme. Its windows are gates; days are the last that belong to them.

    `standard_version` is the one in force for new drafts; `evidence_until` is the first day that counts no more.
    `mend_days` is how long what was sent back may be put right, also after the window of applying.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField()
    standard_id = models.CharField(max_length=60)
    standard_version = models.CharField(max_length=20)
    evidence_from = models.DateField()
    evidence_until = models.DateField()
    apply_from = models.DateField()
    apply_until = models.DateField()
    endorse_until = models.DateField()
    recommend_until = models.DateField()
    decide_until = models.DateField()
    mend_days = models.PositiveSmallIntegerField(default=10)
    notice_days = models.PositiveSmallIntegerField(default=7)
    notice_working_days = models.PositiveSmallIntegerField(default=5)
    quota = models.PositiveIntegerField(null=True)
    award_rule = models.CharField(max_length=24)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("programme", "year"), name="cycle_once_a_year"),
            models.CheckConstraint(name="cycle_evidence_in_order", condition=Q(evidence_from__lt=F("evidence_until"))),
            models.CheckConstraint(
                name="cycle_windows_in_order",
                condition=Q(
                    apply_from__lte=F("apply_until"),
                    endorse_until__gte=F("apply_until"),
                    recommend_until__gte=F("endorse_until"),
                    decide_until__gte=F("recommend_until"),
                ),
            ),
            models.CheckConstraint(name="cycle_quota_or_none", condition=Q(quota__isnull=True) | Q(quota__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.programme_id} {self.year}"
