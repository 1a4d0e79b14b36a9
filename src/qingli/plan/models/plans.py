"""The written plan: its versions, outline, what it promises, and what is still to be asked."""

from typing import get_args

from django.db import models
from django.db.models import F, Q

from qingli.plan.models.base import Owned, choices, one_of
from qingli.plan.rules.lifecycle import PlanState

WAYS = ("committee", "residents", "above")
DECISIONS = (*WAYS, "filed", "sent-back")


class ActionReview(models.TextChoices):
    """How far a person has gone with an action that was read."""

    UNSEEN = "unseen"
    ACCEPTED = "accepted"
    EDITED = "edited"
    IGNORED = "ignored"


class Plan(Owned):
    """A plan of a unit, from draft to closed.

    `current_number` is the number of the version that holds; 0 while nothing has been adopted. A version with the next
    number is the draft under review.
    """

    class State(models.TextChoices):
        """As in `rules.lifecycle.PlanState`."""

        DRAFT = "draft"
        SUBMITTED = "submitted"
        ADOPTED = "adopted"
        PUBLISHED = "published"
        IN_FORCE = "in-force"
        CLOSED = "closed"

    title = models.CharField(max_length=200)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    approval_way = models.CharField(max_length=12, choices=choices(WAYS), default="committee")
    script = models.CharField(max_length=4, choices=(("Hant", "Hant"), ("Hans", "Hans")), default="Hant")
    current_number = models.PositiveSmallIntegerField(default=0)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    public_slug = models.SlugField(max_length=40, null=True, unique=True)  # noqa: DJ001 - none before it is published
    calendar_token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - none before it is asked
    made_at = models.DateTimeField()
    closing_words = models.TextField(blank=True)

    class Meta:
        constraints = (
            one_of("state", get_args(PlanState), "plan_state_known"),
            one_of("approval_way", WAYS, "plan_way_known"),
            models.CheckConstraint(
                name="plan_period_in_order",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lte=F("ends")),
            ),
        )
        indexes = (models.Index(fields=("unit", "state"), name="plan_of_unit"),)


class PlanVersion(Owned):
    """One wording of a plan. `text` is the original exactly as read; nobody edits it.

    `corrections` are replacements (begin, end, words) for a corrected paper. `reading` keeps what the reader said of
    the whole: unread passages, placeholders, people. `reason` says why an amendment was made. `sent_at`: since when it
    lies with the office above, or when it was sent there last; null once it was taken back or sent back.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    source_file = models.ForeignKey("archive.File", on_delete=models.PROTECT, null=True, related_name="+")
    source_info = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    corrections = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    adopted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="version_number_once"),)


class Section(Owned):
    """A heading of the outline, numbered as written; `path` with the numbers above it: 三（二）.

    It holds from one version to another.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sections")
    version_from = models.PositiveSmallIntegerField()
    version_to = models.PositiveSmallIntegerField(null=True)
    order = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=120, blank=True)
    heading = models.TextField(blank=True)
    style = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    begin = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("plan", "order"), name="section_of_plan"),)


class Action(Owned):
    """What a plan promises. `lineage` stays the same over versions; a row holds from one version to another.

    The span `begin..end` points into the text of each version in which the row holds. A row without a span (`begin`
    null) was put in by a person. Who answers for it: a `person`, a `party`, or whoever holds `role`, in `role_unit`
    or, where that is null, in the unit of each site. `owner_words` is what the plan says. `came_from` is the lineage
    that it had in the plan it was carried over from.
    """

    Review = ActionReview

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    lineage = models.UUIDField()
    came_from = models.UUIDField(null=True)
    version_from = models.PositiveSmallIntegerField()
    version_to = models.PositiveSmallIntegerField(null=True)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    order = models.PositiveIntegerField()
    begin = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=300)
    measure = models.CharField(max_length=60, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    candidates = models.JSONField(default=list)
    owner_words = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=30, blank=True)
    role_unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("ground.Person", on_delete=models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey("ground.Party", on_delete=models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    quantity_unit = models.CharField(max_length=20, blank=True)
    quantity_words = models.CharField(max_length=200, blank=True)
    coverage_words = models.CharField(max_length=200, blank=True)
    site_type = models.CharField(max_length=40, blank=True)
    per_site = models.BooleanField(default=False)
    evidence = models.JSONField(default=list)
    issues = models.JSONField(default=list)
    review = models.CharField(max_length=10, choices=Review, default=Review.UNSEEN)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("lineage", "version_from"), name="action_once_per_version"),
            one_of("review", [value.value for value in ActionReview], "action_review_known"),
            models.CheckConstraint(
                name="action_versions_in_order",
                condition=Q(version_to__isnull=True) | Q(version_to__gte=F("version_from")),
            ),
            models.CheckConstraint(
                name="action_span_whole",
                condition=Q(begin__isnull=True, end__isnull=True) | Q(begin__isnull=False, end__gte=F("begin")),
            ),
        )
        indexes = (models.Index(fields=("plan", "order"), name="action_of_plan"),)


class Schedule(Owned):
    """When an action is due. `norm` is what was read; `decided`, a stored `rules.schedule.Schedule`, is a person's."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="schedules")
    order = models.PositiveSmallIntegerField(default=0)
    surface = models.CharField(max_length=300, blank=True)
    offset = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=20)
    count = models.PositiveSmallIntegerField(default=1)
    norm = models.JSONField(default=dict)
    alternatives = models.JSONField(default=list)
    decided = models.JSONField(null=True)
    inherited = models.BooleanField(default=False)


class Question(Owned):
    """What only a person can decide. `answer` is null while it is open; nothing is ever guessed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="questions")
    version = models.PositiveSmallIntegerField()
    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="questions")
    schedule = models.ForeignKey(Schedule, on_delete=models.SET_NULL, null=True, related_name="+")
    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(null=True)
    surface = models.CharField(max_length=300, blank=True)
    offsets = models.JSONField(default=list)
    options = models.JSONField(default=list)
    answer = models.JSONField(null=True)
    answered_by = models.ForeignKey("ground.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="question_answered_whole",
                condition=Q(answer__isnull=True, answered_at__isnull=True)
                | Q(answer__isnull=False, answered_at__isnull=False),
            ),
        )
        indexes = (models.Index(fields=("plan", "version"), name="question_of_plan"),)


class ReviewStep(Owned):
    """One act of review on a draft, with what the rows were before, so that its doer can take it back."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    version = models.PositiveSmallIntegerField()
    actor = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    touched = models.JSONField(default=list)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("plan", "version", "made_at"), name="step_of_plan"),)


class Approval(Owned):
    """Somebody's decision about a version: by the committee or the residents' meeting, approved above, filed above."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="approvals")
    version = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=12, choices=choices(DECISIONS))
    on = models.DateField()
    entitled = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    in_favour = models.PositiveIntegerField(null=True)
    words = models.TextField(blank=True)
    file = models.ForeignKey("archive.File", on_delete=models.PROTECT, null=True, related_name="+")
    entered_by = models.CharField(max_length=80)

    class Meta:
        constraints = (one_of("decision", DECISIONS, "approval_decision_known"),)
        indexes = (models.Index(fields=("plan", "on"), name="approval_of_plan"),)
