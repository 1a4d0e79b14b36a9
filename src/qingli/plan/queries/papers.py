"""A plan for papers, two versions side by side, and the history of a thing."""

from datetime import date
from typing import Any
from uuid import UUID

from qingli.archive import queries as archive
from qingli.ground.queries import people, person
from qingli.ground.rules import SYSTEM, Asker, require
from qingli.plan.models import Action, Plan, Question, Task
from qingli.plan.queries.access import NotFoundError, plan_for, version_for
from qingli.plan.queries.cards import owner_of, question_card, section_card
from qingli.plan.queries.counting import NOTHING, count_days
from qingli.plan.queries.outside import Difference, HistoryLine, PaperRow, PlanPaper
from qingli.plan.queries.plans import Tally, words_of
from qingli.plan.queries.rows import ActionRow, Rows, ScheduleRow, question_rows, rows_of
from qingli.plan.queries.tasks import task_for
from qingli.plan.rules.diff import ActionVersion, Value, compare_actions, compare_texts

STRANGERS = 5  # people from other units whose names are looked up one by one


def plan_paper(asker: Asker, plan_id: UUID, *, today: date, version: int | None = None) -> PlanPaper:
    """The version that holds, or the draft while nothing has been adopted. Eight queries at any size."""
    plan = plan_for(asker, plan_id)
    row = version_for(asker, plan, version or max(plan.current_number, 1))
    rows = rows_of(plan, row.number)
    tally = Tally(count_days(Task.objects.filter(plan=plan), "lineage", "due"), today)
    tasks = Task.objects.filter(plan=plan).exclude(state=Task.State.CANCELLED).select_related("site")
    open_ = Question.objects.filter(plan=plan, version=row.number, answer__isnull=True).order_by("id")
    return PlanPaper(
        title=plan.title,
        unit_name=plan.unit.name,
        script=plan.script,
        starts=plan.starts,
        ends=plan.ends,
        state=plan.state,
        number=row.number,
        text=row.text,
        sections=tuple(map(section_card, rows.sections)),
        rows=tuple(_row(action, rows, tally) for action in _promised(rows)),
        open_questions=tuple(map(question_card, question_rows(open_))),
        corrections=tuple((begin, end, words) for begin, end, words in row.corrections),
        counts=tally.whole,
        days=tuple(
            (task.act_by, task.title, task.site.name if task.site else "", task.state)
            for task in tasks.order_by("act_by", "id")
        ),
    )


def _promised(rows: Rows) -> list[ActionRow]:
    return [action for action in rows.actions if action.review != Action.Review.IGNORED]


def _row(action: ActionRow, rows: Rows, tally: Tally) -> PaperRow:
    quantity = action.quantity_words
    if not quantity and action.quantity is not None:
        quantity = f"{action.quantity.normalize():f}{action.quantity_unit}"
    return PaperRow(
        number=action.path or "",
        section_heading=action.heading or "",
        title=action.title,
        schedule_words=words_of(rows.schedules.get(action.id, ())),
        owner=owner_of(action),
        quantity=quantity,
        evidence=tuple(action.evidence),
        counts=tally.lineages.get(action.lineage, NOTHING),
    )


def difference(asker: Asker, plan_id: UUID, old: int, new: int) -> Difference:
    """What changed between two versions. Nine queries at any size."""
    plan = plan_for(asker, plan_id)
    before, after = version_for(asker, plan, old), version_for(asker, plan, new)
    return Difference(
        title=plan.title,
        old=old,
        new=new,
        reason=after.reason,
        actions=compare_actions(_compared(plan, old), _compared(plan, new)),
        passages=compare_texts(before.text, after.text),
    )


def _compared(plan: Plan, number: int) -> list[ActionVersion]:
    rows = rows_of(plan, number)
    return [
        ActionVersion(str(action.lineage), action.title, _fields(action, rows.schedules.get(action.id, [])))
        for action in _promised(rows)
    ]


def _fields(action: ActionRow, schedules: list[ScheduleRow]) -> dict[str, Value]:
    """What people compare; `schedule` is the words and, where somebody decided otherwise, what was decided."""
    owner = owner_of(action)
    when = [f"{row.surface} {_decided(row.decided)}".strip() for row in schedules]
    return {
        "section": action.path or "",
        "schedule": tuple(when),
        "owner": owner.name,
        "quantity": action.quantity_words or (None if action.quantity is None else float(action.quantity)),
        "coverage": action.coverage_words,
        "measure": action.measure,
        "evidence": tuple(action.evidence),
        "site_type": action.site_type if action.per_site else "",
    }


def _decided(decided: dict[str, Any] | None) -> str:
    if not decided:
        return ""
    said = []
    for rule in decided["rules"]:
        if rule["kind"] == "repeat":
            said.append(f"{decided['count']}/{rule['interval']} {rule['frequency']}")
        else:
            said.append("..".join(str(rule[end]) for end in ("since", "until") if rule.get(end)))
    return "; ".join(said)


def history(asker: Asker, object_type: str, object_id: UUID) -> tuple[HistoryLine, ...]:
    """Everything that was done to a thing, oldest first. Who may read the thing may read its history.

    Of other things than plans and tasks, whoever may read the journal of their unit. Raises NotFoundError.
    """
    entries = archive.history(object_type, object_id)
    unit_id = _readable(asker, object_type, object_id)
    if not entries and unit_id is None:
        raise NotFoundError
    if unit_id is None:
        for scope in {entry.scope for entry in entries}:
            require(asker, "journal.read", scope)
    names = _names({entry.actor for entry in entries}, unit_id)
    return tuple(
        HistoryLine(
            kind=entry.kind,
            actor=entry.actor.partition(":")[0],
            who=names.get(entry.actor, ""),
            happened_at=entry.happened_at,
            recorded_at=entry.recorded_at,
            payload=entry.body or {},
        )
        for entry in entries
    )


def _readable(asker: Asker, object_type: str, object_id: UUID) -> UUID | None:
    """The unit of a plan or a task that the asker may read; None for other things."""
    if object_type == "plan":
        return plan_for(asker, object_id).unit_id
    return task_for(asker, object_id).unit_id if object_type == "task" else None


def _names(actors: set[str], unit_id: UUID | None) -> dict[str, str]:
    names = {f"person:{one.id}": one.name for one in people(SYSTEM, unit_id)} if unit_id else {}
    strangers = sorted(actor for actor in actors - names.keys() if actor.startswith("person:"))
    for actor in strangers[:STRANGERS]:
        if found := person(SYSTEM, UUID(actor.removeprefix("person:"))):
            names[actor] = found.name
    return names
