"""Rows to cards: the one place where a task or an action gets the shape that pages show."""

from collections.abc import Iterable
from datetime import date

from qingli.ground.rules import Asker
from qingli.plan.models import Plan, Task
from qingli.plan.queries.access import TaskRow, deeds_with_task
from qingli.plan.queries.rows import ActionRow, QuestionRow, ScheduleRow, SectionRow
from qingli.plan.queries.shapes import (
    NOBODY,
    ActionCard,
    PlanLine,
    QuestionCard,
    ScheduleCard,
    SectionCard,
    TaskCard,
    Who,
)
from qingli.plan.rules.progress import Progress


def status_of(state: str, opens: date, due: date, today: date) -> str:
    """done, late, open, not_due, not_done or cancelled: an open task is late from the day after it was due."""
    if state != Task.State.OPEN:
        return state
    if due < today:
        return "late"
    return "open" if opens <= today else "not_due"


def owner_of(row: ActionRow | TaskRow) -> Who:
    """Who answers for a promise, or is to do a task, most definite first."""
    if row.person_id is not None:
        return Who("person", row.person_id, row.person_name or "")
    if row.party_id is not None:
        return Who("party", row.party_id, row.party_name or "")
    if row.role:
        return Who("role", row.role_unit_id, row.role, row.role_unit_name or "")
    return Who("words", None, row.owner_words) if row.owner_words else NOBODY


def task_card(task: TaskRow, today: date, asker: Asker | None = None) -> TaskCard:
    """The card of a row of `task_rows`."""
    status = status_of(task.state, task.opens, task.due, today)
    return TaskCard(
        id=task.id,
        plan_id=task.plan_id,
        lineage=task.lineage,
        title=task.title,
        number=task.number or "",
        unit_id=task.unit_id,
        place_id=task.place_id,
        place_name=task.place_name,
        site_id=task.site_id,
        site_name=task.site_name or "",
        who=owner_of(task),
        opens=task.opens,
        due=task.due,
        new_due=task.new_due,
        act_by=task.act_by,
        wanted=None if task.wanted is None else float(task.wanted),
        wanted_unit=task.wanted_unit,
        state=task.state,
        status=status,
        late_days=(today - task.due).days if status == "late" else 0,
        done_on=task.done_on,
        reason=task.reason,
        measure=task.measure,
        may=deeds_with_task(asker, task) if asker else frozenset(),
    )


def section_card(section: SectionRow) -> SectionCard:
    return SectionCard(
        section.id,
        section.level,
        section.number,
        section.path,
        section.heading,
        section.parent_id,
        section.begin,
        section.end,
    )


def schedule_card(row: ScheduleRow) -> ScheduleCard:
    return ScheduleCard(
        id=row.id,
        surface=row.surface,
        offset=row.offset,
        kind=row.kind,
        norm=row.norm,
        alternatives=tuple(row.alternatives),
        decided=row.decided,
        inherited=row.inherited,
    )


def question_card(row: QuestionRow) -> QuestionCard:
    return QuestionCard(
        id=row.id,
        action_id=row.action_id,
        schedule_id=row.schedule_id,
        code=row.code,
        year=row.year,
        surface=row.surface,
        offsets=tuple(row.offsets),
        options=tuple(row.options),
        answer=row.answer,
    )


def action_card(row: ActionRow, schedules: Iterable[ScheduleRow], questions: Iterable[QuestionRow]) -> ActionCard:
    return ActionCard(
        id=row.id,
        lineage=row.lineage,
        section_id=row.section_id,
        number=row.path or "",
        order=row.order,
        begin=row.begin,
        end=row.end,
        title=row.title,
        measure=row.measure,
        topic=row.topic,
        candidates=tuple(row.candidates),
        owner_words=row.owner_words,
        owner=owner_of(row),
        quantity=None if row.quantity is None else float(row.quantity),
        quantity_unit=row.quantity_unit,
        quantity_words=row.quantity_words,
        coverage_words=row.coverage_words,
        site_type=row.site_type,
        per_site=row.per_site,
        evidence=tuple(row.evidence),
        review=row.review,
        schedules=tuple(schedule_card(schedule) for schedule in schedules),
        questions=tuple(question_card(question) for question in questions),
    )


def plan_line(plan: Plan, counts: Progress, draft_number: int | None) -> PlanLine:
    return PlanLine(
        id=plan.id,
        unit_id=plan.unit_id,
        title=plan.title,
        state=plan.state,
        starts=plan.starts,
        ends=plan.ends,
        number=plan.current_number,
        draft_number=draft_number,
        slug=plan.public_slug,
        counts=counts,
    )
