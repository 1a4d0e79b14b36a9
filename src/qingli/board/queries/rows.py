"""From rows of the board to what its queries give."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qingli.board.models import Notice, Posting, Reply
from qingli.board.queries.shapes import NoticeLine, NoticeState
from qingli.board.rules import NoticeKind, ReplyKind, Subject
from qingli.board.rules.standing import days_left
from qingli.ground.rules.workdays import UnknownYear, add_working_days, working_days_in

WAITS = Q(replies__outcome="")


def notices() -> QuerySet[Notice]:
    """Notices with their unit and whether it is proved that they hang."""
    proved = Exists(Posting.objects.filter(notice=OuterRef("pk")))
    return Notice.objects.select_related("unit").annotate(proved=proved)


def with_counts(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """The same with the counts of their replies."""
    objects = Q(replies__kind=ReplyKind.OBJECTION.value)
    return rows.annotate(
        sent=Count("replies"),
        unanswered=Count("replies", filter=WAITS),
        objections=Count("replies", filter=WAITS & objects),
    )


def hangs(today: date) -> Q:
    """Notices to which one may reply today."""
    return Q(withdrawn_at__isnull=True, opens__lte=today, ends__gte=today)


def past(today: date) -> Q:
    """Notices that hang no more."""
    return Q(withdrawn_at__isnull=False) | Q(ends__lt=today)


def state(row: Notice, today: date) -> NoticeState:
    """Where a notice stands, in one word."""
    if row.withdrawn_at is not None:
        return "withdrawn"
    if today < row.opens:
        return "coming"
    return "open" if today <= row.ends else "over"


def line(row: Notice, today: date) -> NoticeLine:
    """A row of `notices`, with or without counts, as a line."""
    return NoticeLine(
        id=row.id,
        slug=row.slug,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        kind=NoticeKind(row.kind),
        title=row.title,
        state=state(row, today),
        opens=row.opens,
        ends=row.ends,
        days_left=0 if row.withdrawn_at else days_left(row.opens, row.ends, today),
        calendar_days=(row.ends - row.opens).days,
        working_days=row.working_days,
        proved=bool(getattr(row, "proved", False)),
        replies=getattr(row, "sent", 0),
        unanswered=getattr(row, "unanswered", 0),
        objections=getattr(row, "objections", 0),
    )


def subjects(row: Notice) -> tuple[Subject, ...]:
    return tuple(Subject(UUID(one["id"]), one["label"]) for one in row.subjects)


def label_of(row: Notice, subject_id: UUID | None) -> str:
    """What a subject is called; "" for all of the notice."""
    return next((one["label"] for one in row.subjects if one["id"] == str(subject_id)), "")


def two_ends(row: Notice) -> tuple[date, date | None]:
    """The end in calendar days and the one in working days; None where the rest days are not known."""
    worked = add_working_days(row.opens, row.at_least_working, working_days_in(row.unit.time_zone))
    return row.opens + timedelta(days=row.days), None if isinstance(worked, UnknownYear) else worked


def objections(notice_id: UUID) -> QuerySet[Reply]:
    return Reply.objects.filter(kind=ReplyKind.OBJECTION.value, notice_id=notice_id)


def all_objections(notice_ids: Iterable[UUID]) -> QuerySet[Reply]:
    return Reply.objects.filter(kind=ReplyKind.OBJECTION.value, notice_id__in=list(notice_ids))
