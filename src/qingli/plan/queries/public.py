"""What anybody may see: published plans without an account, and a calendar by its secret address."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q

from qingli.ground.queries import people
from qingli.ground.rules import SYSTEM
from qingli.plan.models import Action, Approval, Plan, PlanVersion, Task
from qingli.plan.queries.access import NotFoundError
from qingli.plan.queries.cards import plan_line, section_card
from qingli.plan.queries.counting import NOTHING, count_days
from qingli.plan.queries.outside import Feed, FeedEvent, PublicAction, PublicLate, PublicPlan, PublicUpcoming
from qingli.plan.queries.plans import Tally, words_of
from qingli.plan.queries.rows import Rows, rows_of
from qingli.plan.queries.shapes import PlanLine, SectionCard

SHOWN = 100
FEED_DAYS = 400
BLOT = "○"


def public_plans(unit_id: UUID) -> tuple[PlanLine, ...]:
    """The published plans of a unit, newest first, without counts. One query."""
    rows = Plan.objects.filter(unit_id=unit_id, public_slug__isnull=False).order_by("-starts", "-id")
    return tuple(plan_line(plan, NOTHING, None) for plan in rows)


def public_plan(slug: str, *, today: date) -> PublicPlan:
    """A published plan by its address. Eleven queries at any size. Raises NotFoundError."""
    plan = Plan.objects.select_related("unit").filter(public_slug=slug).first()
    if plan is None:
        raise NotFoundError
    version = PlanVersion.objects.get(plan=plan, number=plan.current_number)
    rows = rows_of(plan, plan.current_number)
    tally = Tally(count_days(Task.objects.filter(plan=plan), "lineage", "due"), today)
    blot = Blotter(names_in(plan, version, rows))
    decided = Approval.objects.filter(plan=plan, decision__in=("committee", "residents", "above"))
    approval = decided.order_by("-version", "-on").first()
    return PublicPlan(
        title=blot(plan.title),
        unit_name=plan.unit.name,
        unit_path=plan.unit.path,
        starts=plan.starts,
        ends=plan.ends,
        state=plan.state,
        approved_way=approval.decision if approval else "",
        approved_on=approval.on if approval else None,
        number=plan.current_number,
        counts=tally.whole,
        this_month=_coming(plan, today, blot),
        actions=_actions(plan, rows, tally, today, blot),
        months=tally.by_month(),
        text=blot(version.text),
        corrections=tuple((begin, end, blot(words)) for begin, end, words in version.corrections),
        sections=tuple(_section(section_card(section), blot) for section in rows.sections),
    )


class Blotter:
    """Puts blots over people's names, as many as the name has characters."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        for name in self.names:
            text = text.replace(name, BLOT * len(name))
        return text


def names_in(plan: Plan, version: PlanVersion, rows: Rows) -> set[str]:
    """Names that the reader found in the text, and those of everybody known in the unit."""
    known = {person.name for person in people(SYSTEM, plan.unit_id)}
    owners = {action.person_name for action in rows.actions if action.person_name}
    return known | owners | {name for name, _, _ in version.reading.get("people", ())}


def _section(card: SectionCard, blot: Blotter) -> SectionCard:
    return SectionCard(
        card.id, card.level, card.number, card.path, blot(card.heading), card.parent_id, card.begin, card.end
    )


def _coming(plan: Plan, today: date, blot: Blotter) -> tuple[PublicUpcoming, ...]:
    month_end = (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    coming = Q(state=Task.State.OPEN, due__gte=today, due__lte=month_end)
    rows = Task.objects.filter(coming, unit_id=plan.unit_id, plan=plan)
    found = rows.select_related("site").order_by("due", "id")[:SHOWN]
    return tuple(PublicUpcoming(blot(row.title), row.due, row.site.name if row.site else "") for row in found)


def _actions(plan: Plan, rows: Rows, tally: Tally, today: date, blot: Blotter) -> tuple[PublicAction, ...]:
    late: dict[UUID, list[PublicLate]] = {}
    passed = Task.objects.filter(unit_id=plan.unit_id, plan=plan, state=Task.State.OPEN, due__lt=today)
    for task in passed.select_related("site").order_by("due", "id")[:SHOWN]:
        late.setdefault(task.lineage, []).append(
            PublicLate(
                title=blot(task.title),
                site_name=task.site.name if task.site else "",
                due=task.due,
                late_days=(today - task.due).days,
                reason=blot(task.reason),
                new_due=task.new_due,
            )
        )
    reasons = _reasons(plan, blot)
    return tuple(
        PublicAction(
            number=action.path or "",
            title=blot(action.title),
            section_heading=blot(action.heading or ""),
            schedule_words=words_of(rows.schedules.get(action.id, ())),
            counts=tally.lineages.get(action.lineage, NOTHING),
            next_due=tally.next_due.get(action.lineage),
            late=tuple(late.get(action.lineage, ())),
            not_done=tuple(reasons.get(action.lineage, ())),
        )
        for action in rows.actions
        if action.review != Action.Review.IGNORED
    )


def _reasons(plan: Plan, blot: Blotter) -> dict[UUID, list[tuple[str, int]]]:
    """Why tasks will not be done, by promise; the reason of most of them first."""
    given = Task.objects.filter(unit_id=plan.unit_id, plan=plan, state=Task.State.NOT_DONE)
    found: dict[UUID, list[tuple[str, int]]] = {}
    counted = given.order_by().values_list("lineage", "reason").annotate(number=Count("*"))
    for lineage, reason, number in counted.order_by("-number", "reason")[:SHOWN]:
        found.setdefault(lineage, []).append((blot(reason), number))
    return found


def feed(token: str, *, today: date) -> Feed:
    """The calendar behind a secret address: what is to be done around today, without people. Two queries.

    Raises NotFoundError for an address that never was or no longer holds.
    """
    secret = hashlib.sha256(token.encode()).hexdigest()
    plan = Plan.objects.select_related("unit").filter(calendar_token_hash=secret).first()
    if plan is None:
        raise NotFoundError
    span = today - timedelta(days=FEED_DAYS), today + timedelta(days=FEED_DAYS)
    rows = Task.objects.filter(plan=plan, act_by__range=span).exclude(state=Task.State.CANCELLED)
    events = (
        FeedEvent(task.id, task.opens, task.act_by, task.title, task.site.name if task.site else "", task.state)
        for task in rows.select_related("site").order_by("act_by", "id")
    )
    return Feed(plan.title, tuple(events))
