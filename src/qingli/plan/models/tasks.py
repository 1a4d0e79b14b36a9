"""Due occurrences of what a plan promises."""

from typing import get_args

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from qingli.plan.models.base import Owned, one_of
from qingli.plan.models.plans import Action, Plan
from qingli.plan.rules.lifecycle import TaskState


class Task(Owned):
    """One due occurrence of an action, at one site or at none.

    `due` is what was promised and does not move when a later day is agreed: that day is `new_due`, and `act_by` is
    whichever holds. A task whose `due` has passed counts as late until it is done, with its reason and its new day
    beside it. `unit` is the plan's; `place` is where it is done (a grid, or the same unit). It falls to `person`, or to
    whoever holds `role` in `role_unit` on the day that it is looked at, or covers for them: nothing is rewritten when a
    post changes hands. `assigned`: somebody gave it to another than the plan names, and an amendment leaves it there.
    """

    class State(models.TextChoices):
        """As in `rules.lifecycle.TaskState`."""

        OPEN = "open"
        DONE = "done"
        NOT_DONE = "not_done"
        CANCELLED = "cancelled"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    lineage = models.UUIDField()
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey("ground.Site", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("ground.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    role = models.CharField(max_length=30, blank=True)
    role_unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    party = models.ForeignKey("ground.Party", on_delete=models.PROTECT, null=True, related_name="+")
    occurrence = models.CharField(max_length=60)
    opens = models.DateField()
    due = models.DateField()
    new_due = models.DateField(null=True)
    act_by = models.GeneratedField(
        expression=Coalesce("new_due", "due"), output_field=models.DateField(), db_persist=True
    )
    title = models.CharField(max_length=300)
    wanted = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    wanted_unit = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    done_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    assigned = models.BooleanField(default=False)
    handed_from = models.ForeignKey("ground.Person", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("lineage", "occurrence", "site"), condition=Q(site__isnull=False), name="task_once_per_site"
            ),
            models.UniqueConstraint(
                fields=("lineage", "occurrence"), condition=Q(site__isnull=True), name="task_once_without_site"
            ),
            one_of("state", get_args(TaskState), "task_state_known"),
            models.CheckConstraint(
                name="task_done_has_day",
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on__isnull=True)),
            ),
            models.CheckConstraint(name="task_not_done_has_reason", condition=~Q(state="not_done") | ~Q(reason="")),
            models.CheckConstraint(
                name="task_role_has_unit",
                condition=Q(role="", role_unit__isnull=True) | (~Q(role="") & Q(role_unit__isnull=False)),
            ),
            models.CheckConstraint(name="task_opens_before_due", condition=Q(opens__lte=F("due"))),
        )
        indexes = (
            models.Index(fields=("plan", "lineage", "due", "state", "done_on"), name="task_progress"),
            models.Index(fields=("unit", "act_by", "id"), name="task_of_unit"),
            models.Index(fields=("unit", "act_by", "due", "state", "done_on"), name="task_in_calendar"),
            models.Index(fields=("unit", "state", "act_by", "id"), name="task_of_unit_by_state"),
            models.Index(fields=("unit", "state", "due", "id"), name="task_of_unit_by_promise"),
            models.Index(fields=("place", "act_by", "id"), name="task_at_place"),
            models.Index(fields=("place", "state", "act_by", "id"), name="task_at_place_by_state"),
            models.Index(fields=("person", "state", "act_by"), name="task_of_person"),
            models.Index(fields=("role_unit", "role", "state", "act_by"), name="task_of_role"),
        )
