"""Plans of a unit, one plan beside its text, and plan against done."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, Subquery

from qingli.ground.queries import below as below_path
from qingli.ground.queries import public_unit
from qingli.ground.rules import Access, Asker, NotAllowedError, access, may, require
from qingli.plan.models import Action, Approval, Plan, PlanVersion, Question, ReviewStep, Task
from qingli.plan.queries.access import NotFoundError, deeds_with, plan_for, task_rows, version_for
from qingli.plan.queries.cards import action_card, plan_line, question_card, section_card, task_card
from qingli.plan.queries.counting import NOTHING, Sums, added, count_by, count_days, total
from qingli.plan.queries.findings import findings_beside, promised
from qingli.plan.queries.rows import ActionRow, SectionRow, grouped, question_rows, rows_of
from qingli.plan.queries.shapes import (
    ActionProgress,
    ApprovalLine,
    Below,
    MonthCounts,
    PlanLine,
    ProgressPage,
    ReviewPage,
    SectionProgress,
    UnreadCard,
)
from qingli.plan.rules.lifecycle import allowed
from qingli.plan.rules.progress import Progress

SHOWN = 50  # late tasks beside the figures; the list has them all
FEWEST = 5  # units behind a figure that a level above may see


def plans_of_unit(asker: Asker, unit_id: UUID, *, today: date) -> tuple[PlanLine, ...]:
    """The plans of one unit, newest first, each with its counts; drafts only for those who may draft. Three queries."""
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "plan.read", unit.path)
    rows = Plan.objects.filter(unit_id=unit_id).annotate(last=Max("versions__number"))
    if not may(asker, "plan.draft", unit.path):
        rows = rows.exclude(state=Plan.State.DRAFT)
    plans = list(rows.order_by("-made_at", "-id"))
    counts = count_by(Task.objects.filter(plan__in=[plan.id for plan in plans]), "plan_id", today)
    return tuple(plan_line(plan, counts.get(plan.id, NOTHING), _draft(plan, plan.last)) for plan in plans)


def _draft(plan: Plan, last: int | None) -> int | None:
    return last if last is not None and last > plan.current_number and plan.state != Plan.State.CLOSED else None


def review_page(asker: Asker, plan_id: UUID, *, today: date, version: int | None = None) -> ReviewPage:
    """A version beside its text: the newest one unless `version` names another. Eight queries at any size."""
    plan = plan_for(asker, plan_id)
    row = version_for(asker, plan, version)
    rows = rows_of(plan, row.number)
    asked = Question.objects.filter(plan=plan, version=row.number).order_by("id")
    questions = question_rows(asked)
    of_action = grouped(questions, "action_id")
    last = row.number if version is None else plan.versions.aggregate(last=Max("number"))["last"]
    steps = ReviewStep.objects.filter(plan=plan, version=row.number, actor=asker.ref, undone_at__isnull=True)
    is_draft = row.number > plan.current_number
    return ReviewPage(
        plan=plan_line(plan, NOTHING, _draft(plan, last)),
        unit_name=plan.unit.name,
        version=row.number,
        is_draft=is_draft,
        is_sent=is_draft and (plan.state == Plan.State.SUBMITTED or row.sent_at is not None),
        text=row.text,
        source_name=row.source_name,
        script=plan.script,
        approval_way=plan.approval_way,
        sections=tuple(map(section_card, rows.sections)),
        actions=tuple(
            action_card(action, rows.schedules.get(action.id, ()), of_action.get(action.id, ()))
            for action in rows.actions
        ),
        questions=tuple(question_card(question) for question in questions if question.action_id is None),
        findings=findings_beside(plan, row, rows, today=today),
        without_number=sum(action.quantity is None for action in promised(rows)),
        without_proof=sum(not action.evidence for action in promised(rows)),
        unread=_unread(row, rows.actions),
        corrections=tuple((begin, end, words) for begin, end, words in row.corrections),
        can_undo=is_draft and steps.exists(),
        may=deeds_with(asker, plan),
        moves=_moves(plan),
    )


def unit_of_plan(asker: Asker, plan_id: UUID) -> UUID:
    """The unit whose plan it is, for those who may read it. One query."""
    return plan_for(asker, plan_id).unit_id


def action_in_newest(asker: Asker, plan_id: UUID, ids: Iterable[UUID | None]) -> UUID | None:
    """The action of the newest version that the first of these ids means: its own id, or that of one of its questions.

    One query for each id, and one for the plan.
    """
    plan = plan_for(asker, plan_id)
    for wanted in filter(None, ids):
        last = Subquery(PlanVersion.objects.filter(plan=plan).order_by("-number").values("number")[:1])
        holds = Q(version_from__lte=last) & (Q(version_to__isnull=True) | Q(version_to__gte=last))
        meant = Q(pk=wanted) | Q(pk__in=Question.objects.filter(pk=wanted, version=last).values("action"))
        if found := Action.objects.filter(holds, meant, plan=plan).values_list("pk", flat=True).first():
            return found
    return None


def _moves(plan: Plan) -> tuple[str, ...]:
    return allowed(plan.state, "above" if plan.approval_way == "above" else "own")  # type: ignore[arg-type]  # the states are the rules' own


def _unread(version: PlanVersion, actions: Iterable[ActionRow]) -> tuple[UnreadCard, ...]:
    """What was not understood, unless a person has made a promise of it or said that it is none."""
    decided = (Action.Review.EDITED, Action.Review.IGNORED)
    added_by_hand = [(row.begin, row.end) for row in actions if row.review in decided]
    return tuple(
        UnreadCard(surface, offset, near)
        for surface, offset, near in version.reading.get("unread", ())
        if not any(begin is not None and end is not None and begin <= offset < end for begin, end in added_by_hand)
    )


def progress(asker: Asker, plan_id: UUID, *, today: date) -> ProgressPage:
    """Promised, done, late and not due: in all, by section, by action, by month. Eight queries at any size."""
    plan = plan_for(asker, plan_id)
    rows = rows_of(plan, max(plan.current_number, 1))
    last = plan.versions.aggregate(last=Max("number"))["last"]
    tally = Tally(count_days(Task.objects.filter(plan=plan), "lineage", "due"), today)
    passed = task_rows().filter(unit_id=plan.unit_id, plan=plan, state=Task.State.OPEN, due__lt=today)
    return ProgressPage(
        plan=plan_line(plan, tally.whole, _draft(plan, last)),
        unit_name=plan.unit.name,
        counts=tally.whole,
        this_month=tally.months.get((today.year, today.month), NOTHING),
        sections=tally.sections(rows.sections, rows.actions),
        actions=tally.actions(rows.actions, rows.schedules),
        months=tally.by_month(),
        late=tuple(task_card(task, today, asker) for task in passed.order_by("due", "id")[:SHOWN]),
        approvals=approvals_of(plan),
        may=deeds_with(asker, plan),
        moves=_moves(plan),
    )


def approvals_of(plan: Plan) -> tuple[ApprovalLine, ...]:
    rows = Approval.objects.filter(plan=plan).order_by("on", "id")
    return tuple(
        ApprovalLine(row.version, row.decision, row.on, row.words, row.entitled, row.present, row.in_favour)
        for row in rows
    )


class Tally:
    """Counts of one plan's tasks, from rows (lineage, day promised, state, number, done late)."""

    def __init__(self, rows: Iterable[Any], today: date) -> None:
        lineages, months = Sums(today), Sums(today)
        self.next_due: dict[UUID, date] = {}
        for lineage, due, state, number, after in rows:
            lineages.add(lineage, state, due, number, after)
            months.add((due.year, due.month), state, due, number, after)
            if state == Task.State.OPEN and due >= today:
                self.next_due[lineage] = min(self.next_due.get(lineage, due), due)
        self.lineages: dict[UUID, Progress] = lineages.counts()
        self.months: dict[tuple[int, int], Progress] = months.counts()
        self.whole = total(self.lineages.values())

    def by_month(self) -> tuple[MonthCounts, ...]:
        return tuple(MonthCounts(year, month, counts) for (year, month), counts in sorted(self.months.items()))

    def actions(self, actions: Iterable[ActionRow], schedules: Any) -> tuple[ActionProgress, ...]:
        """Every promise of the version, with or without tasks; what is ignored is none."""
        return tuple(
            ActionProgress(
                lineage=row.lineage,
                action_id=row.id,
                section_id=row.section_id,
                number=row.path or "",
                title=row.title,
                measure=row.measure,
                schedule_words=words_of(schedules.get(row.id, ())),
                counts=self.lineages.get(row.lineage, NOTHING),
                next_due=self.next_due.get(row.lineage),
            )
            for row in actions
            if row.review != Action.Review.IGNORED
        )

    def sections(self, sections: Iterable[SectionRow], actions: Iterable[ActionRow]) -> tuple[SectionProgress, ...]:
        """By heading of the first level; what stands under none, and what the version no longer promises, last."""
        known = {section.id: section for section in sections}
        top: dict[UUID, UUID] = {}
        for section in known.values():
            top[section.id] = top.get(section.parent_id, section.id) if section.parent_id else section.id
        sums: dict[UUID | None, Progress] = {}
        left = dict(self.lineages)
        for action in actions:
            place = top.get(action.section_id) if action.section_id else None
            sums[place] = added(sums.get(place, NOTHING), left.pop(action.lineage, NOTHING))
        if left:
            sums[None] = added(sums.get(None, NOTHING), total(left.values()))
        found = [
            SectionProgress(section.id, section.path, section.heading, sums[section.id])
            for section in known.values()
            if section.id in sums
        ]
        return (*found, *([SectionProgress(None, "", "", sums[None])] if None in sums else []))


def words_of(schedules: Iterable[Any]) -> str:
    """The plan's own words for when, once each."""
    return "、".join(dict.fromkeys(row.surface for row in schedules if row.surface))


def below(asker: Asker, unit_id: UUID, *, today: date) -> Below:
    """What a level sees of the levels below it: one figure over all of them, none below five units. Three queries."""
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    if access(asker, "plan.read", f"{unit.path}below/") < Access.AGGREGATE:
        raise NotAllowedError
    under = below_path(unit.path, "unit__path", itself=False)
    running = Plan.objects.filter(under, state__in=(Plan.State.IN_FORCE, Plan.State.CLOSED))
    plans = list(running.values_list("id", "unit_id"))
    units = len({unit_id for _, unit_id in plans})
    if units < FEWEST:
        return Below(units, len(plans), None)
    counts = count_by(Task.objects.filter(under), "plan_id", today)
    return Below(units, len(plans), total(counts.values()))
