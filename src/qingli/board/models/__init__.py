"""Postings, the proof that they hung, and what people replied."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from qingli.board.rules.kinds import NoticeKind, Outcome, ReplyKind
from qingli.lib.ids import new_id


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


def _one_of(field: str, values: Iterable[str], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [str(value) for value in values]}))


class Notice(models.Model):
    """公示: what a unit posts for everybody, open from `opens` through `ends`. Its words never change.

    `days` and `at_least_working` are what was asked of the window, `working_days` how many it has (null: the rest days
    were not known, and the poster told the end: `ends_told`). `about_type` and `about_id` name what it is about in a
    room above; `subjects` is a list of {id, label}.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=_choices(NoticeKind))
    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    body = models.TextField()
    opens = models.DateField()
    ends = models.DateField()
    days = models.PositiveSmallIntegerField()
    at_least_working = models.PositiveSmallIntegerField()
    working_days = models.PositiveSmallIntegerField(null=True)
    ends_told = models.BooleanField(default=False)
    about_type = models.CharField(max_length=30, blank=True)
    about_id = models.UUIDField(null=True)
    subjects = models.JSONField(default=list)
    posted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="notice_ends_after_opening", condition=Q(ends__gt=F("opens"))),
            models.CheckConstraint(name="notice_has_title", condition=~Q(title="")),
            models.CheckConstraint(name="notice_has_body", condition=~Q(body="")),
            models.CheckConstraint(
                name="notice_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
            models.CheckConstraint(
                name="notice_about_whole",
                condition=Q(about_type="", about_id__isnull=True) | (~Q(about_type="") & Q(about_id__isnull=False)),
            ),
            _one_of("kind", NoticeKind, "notice_kind_known"),
        )
        indexes = (
            models.Index(fields=("unit", "opens", "id"), name="notice_of_unit"),
            models.Index(fields=("opens", "id"), name="notice_by_opening"),
        )

    def __str__(self) -> str:
        return self.title


class Posting(models.Model):
    """Proof that a notice hung somewhere: where, since when, and at most one photo, which is never required."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="postings")
    place = models.CharField(max_length=120)
    photo = models.ForeignKey("archive.File", on_delete=models.PROTECT, null=True, related_name="+")
    hung_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "place"), name="posting_place_once"),
            models.CheckConstraint(name="posting_has_place", condition=~Q(place="")),
        )

    def __str__(self) -> str:
        return self.place


class Reply(models.Model):
    """意見、異議: what somebody without an account said to a notice, and the answer.

    `token` is the secret part of the address at which the replier finds the answer. Name and contact are erased when
    the replier is forgotten; the words stay as long as the answer that refers to them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="replies", db_index=False)
    kind = models.CharField(max_length=10, choices=_choices(ReplyKind))
    subject_id = models.UUIDField(null=True)
    name = models.CharField(max_length=40, blank=True)
    contact = models.CharField(max_length=80, blank=True)
    words = models.TextField()
    token = models.CharField(max_length=40, unique=True)
    sent_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=_choices(Outcome), blank=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="reply_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="reply_answered_with_reason",
                condition=Q(answered_at__isnull=True, outcome="", reason="")
                | (Q(answered_at__isnull=False, outcome__in=[str(one) for one in Outcome]) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="reply_objection_decided", condition=~Q(kind=ReplyKind.OBJECTION.value, outcome="noted")
            ),
            models.CheckConstraint(
                name="reply_objection_has_sender",
                condition=~Q(kind=ReplyKind.OBJECTION.value, forgotten_at__isnull=True)
                | (~Q(name="") & ~Q(contact="")),
            ),
            models.CheckConstraint(
                name="reply_forgotten_is_empty",
                condition=Q(forgotten_at__isnull=True) | Q(answered_at__isnull=False, name="", contact=""),
            ),
            _one_of("kind", ReplyKind, "reply_kind_known"),
        )
        indexes = (models.Index(fields=("notice", "kind", "outcome", "id"), name="reply_to_notice"),)

    def __str__(self) -> str:
        return str(self.id)
