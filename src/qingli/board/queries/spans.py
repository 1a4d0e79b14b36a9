"""What was posted and said in a span of days, for those who report on it: counts, and the very notices and replies."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal, get_args
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from qingli.board.models import Notice, Reply
from qingli.board.queries import rows
from qingli.board.queries.shapes import NoticeLine
from qingli.board.rules import NotFoundError, NoticeKind, Outcome, ReplyKind
from qingli.ground.queries import Page, UnitView, below, public_unit
from qingli.ground.queries.scope import page_key
from qingli.ground.rules import Asker, require, zone

Fate = Literal["all", "answered", "waiting", "upheld", "rejected"]
FATES: tuple[Fate, ...] = get_args(Fate)


@dataclass(frozen=True, slots=True)
class Voice:
    """Counts of a span: notices opened in it (withdrawn ones left out), and the replies sent in it."""

    notices: int
    opinions: int
    opinions_answered: int
    objections: int
    upheld: int
    rejected: int
    objections_waiting: int


@dataclass(frozen=True, slots=True)
class SentReply:
    """A reply in a list behind a figure: never who sent it, nor in which words."""

    id: UUID
    notice_id: UUID
    notice_title: str
    kind: ReplyKind
    subject: str
    sent_at: datetime
    outcome: Outcome | None
    reason: str


def voice_between(asker: Asker, unit_id: UUID, *, since: date, until: date) -> Voice:
    """Of a unit, from `since` to before `until`. Three queries. Raises NotFoundError, `not-allowed`."""
    unit = _unit(asker, unit_id)
    sent = _replies(unit, since, until).values_list("kind", "outcome").annotate(number=Count("id"))
    counts = {(kind, outcome): number for kind, outcome, number in sent.order_by()}
    opinions = {outcome: n for (kind, outcome), n in counts.items() if kind == ReplyKind.OPINION}
    objections = {outcome: n for (kind, outcome), n in counts.items() if kind == ReplyKind.OBJECTION}
    return Voice(
        notices=_notices(unit, since, until).count(),
        opinions=sum(opinions.values()),
        opinions_answered=sum(n for outcome, n in opinions.items() if outcome),
        objections=sum(objections.values()),
        upheld=objections.get(Outcome.UPHELD.value, 0),
        rejected=objections.get(Outcome.REJECTED.value, 0),
        objections_waiting=objections.get("", 0),
    )


def notices_between(
    asker: Asker, unit_id: UUID, *, since: date, until: date, today: date, after: str | None = None, limit: int = 50
) -> Page[NoticeLine]:
    """The notices that `voice_between` counted, newest first. Two queries."""
    found = rows.notices().filter(pk__in=_notices(_unit(asker, unit_id), since, until).values("id"))
    if key := page_key(after):
        last = Notice.objects.filter(pk=key).values("opens")[:1]
        found = found.filter(Q(opens__lt=last) | Q(opens=last, id__lt=key))
    page = list(found.order_by("-opens", "-id")[: limit + 1])
    lines = tuple(rows.line(row, today) for row in page[:limit])
    return Page(lines, str(lines[-1].id) if len(page) > limit else None)


def replies_between(
    asker: Asker,
    unit_id: UUID,
    *,
    since: date,
    until: date,
    kind: ReplyKind,
    fate: Fate = "all",
    after: str | None = None,
    limit: int = 50,
) -> Page[SentReply]:
    """The replies that `voice_between` counted, oldest first, without who sent them. Two queries."""
    found = _replies(_unit(asker, unit_id), since, until).filter(kind=kind.value)
    if fate in ("answered", "waiting"):
        found = found.exclude(outcome="") if fate == "answered" else found.filter(outcome="")
    elif fate != "all":
        found = found.filter(outcome=fate)
    if key := page_key(after):
        found = found.filter(id__gt=key)
    page = list(found.select_related("notice").order_by("id")[: limit + 1])
    shown = tuple(_sent(row) for row in page[:limit])
    return Page(shown, str(shown[-1].id) if len(page) > limit else None)


def _unit(asker: Asker, unit_id: UUID) -> UnitView:
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "reply.read", unit.path)
    return unit


def _notices(unit: UnitView, since: date, until: date) -> QuerySet[Notice]:
    return Notice.objects.filter(unit_id=unit.id, opens__gte=since, opens__lt=until, withdrawn_at__isnull=True)


def _replies(unit: UnitView, since: date, until: date) -> QuerySet[Reply]:
    start, end = (datetime.combine(day, time(), zone(unit.time_zone)).astimezone(UTC) for day in (since, until))
    return Reply.objects.filter(unit_id=unit.id, sent_at__gte=start, sent_at__lt=end)


def _sent(row: Reply) -> SentReply:
    return SentReply(
        row.id,
        row.notice_id,
        row.notice.title,
        ReplyKind(row.kind),
        rows.label_of(row.notice, row.subject_id),
        row.sent_at,
        Outcome(row.outcome) if row.outcome else None,
        row.reason,
    )


def units_with_goals(path: str, *, since: date, until: date) -> frozenset[UUID]:
    """For the house: the units in and below a path whose goals were hung up in a span and not withdrawn. One query.

    It says nothing about who may know this: whoever shows it shows how many, of at least five.
    """
    goals = Notice.objects.filter(below(path, "unit__path"), kind=NoticeKind.GOALS.value, withdrawn_at__isnull=True)
    hung = goals.filter(opens__gte=since, opens__lt=until)
    return frozenset(hung.order_by().values_list("unit_id", flat=True).distinct())
