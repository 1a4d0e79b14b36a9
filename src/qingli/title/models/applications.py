"""Applications for a title."""

from typing import get_args

from django.db import models
from django.db.models import Q

from qingli.lib.ids import new_id
from qingli.title.models.programmes import Cycle
from qingli.title.rules import State

STATES: tuple[str, ...] = get_args(State)


class Application(models.Model):
    """申報: one unit's application in one cycle, and no second one.

    The standard is that of its first save. `facts` are what was known of the unit when it was handed in, `assessment`
    the frozen result, `notice` where it was posted. `handed_in` is the day of that, None while nobody above may look.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="applications")
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=[(state, state) for state in STATES], default="draft")
    standard_id = models.CharField(max_length=60)
    standard_version = models.CharField(max_length=20)
    words = models.CharField(max_length=1500, blank=True)
    facts = models.JSONField(default=dict)
    assessment = models.ForeignKey("proof.Assessment", on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey("board.Notice", on_delete=models.PROTECT, null=True, related_name="+")
    handed_in = models.DateField(null=True)
    moved_on = models.DateField()
    mend_until = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("cycle", "unit"), name="application_once_in_cycle"),
            models.CheckConstraint(name="application_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="application_handed_in_is_frozen",
                condition=Q(state__in=("draft", "withdrawn")) | Q(assessment__isnull=False, handed_in__isnull=False),
            ),
            models.CheckConstraint(
                name="application_posted_has_notice",
                condition=~Q(state__in=("posted", "named")) | Q(notice__isnull=False),
            ),
        )
        indexes = (models.Index(fields=("unit", "handed_in", "id"), name="application_of_unit"),)

    def __str__(self) -> str:
        return str(self.id)
