"""Answers to a plan's open questions, and the doctor's fixes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.rules import Asker
from qingli.plan.actions.answers import choice_of, days_of, owner_fields
from qingli.plan.actions.base import (
    RefusedError,
    actions_in,
    day_in,
    draft_number,
    last_number,
    locked_plan,
    row_in_draft,
)
from qingli.plan.actions.steps import reviewing
from qingli.plan.models import Action, Plan, PlanVersion, Question, Schedule
from qingli.plan.queries.access import NotFoundError
from qingli.plan.queries.findings import findings_of
from qingli.plan.queries.rhythms import TOLD, rhythm_of
from qingli.plan.rules.doctor import EditError, TextEdit, apply_edits
from qingli.plan.rules.schedule import Choice, ChoiceError, as_json, decide
from qingli.plan.rules.schedule import Schedule as Rhythm


@deed("plan.question-answered")
def answer_question(
    *,
    question_id: UUID,
    answer: Mapping[str, Any],
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Decide what the plan leaves open; the shapes of `answer` are those of `answers.Answer`. Gives the question.

    An announced day may also be told while the plan is in force; what else is open then waits for an amendment.
    Raises already-answered, bad-answer, no-draft, and the codes of `rules.schedule.ChoiceError`.
    """
    found = Question.objects.filter(pk=question_id).values_list("plan_id", flat=True).first()
    if found is None:
        raise NotFoundError
    plan = locked_plan(by, "plan.draft", found)
    question = Question.objects.select_related("action", "schedule").get(pk=question_id)
    if question.answer is not None:
        raise RefusedError("already-answered")
    number = last_number(plan) if question.code in TOLD else draft_number(plan)
    lineages = [question.action.lineage] if question.action else []
    with reviewing(plan, number, "answer", *lineages, whole=not lineages, by=by, recorded_at=recorded_at):
        _apply(plan, question, answer, number)
        question.answer, question.answered_at, question.answered_by_id = dict(answer), recorded_at, by.person_id
        question.save()
    said = {"plan": str(plan.id), "code": question.code, "surface": question.surface, "answer": dict(answer)}
    return Act("question", question.id, plan.unit.path, said)


def _apply(plan: Plan, question: Question, answer: Mapping[str, Any], number: int) -> None:
    """Write what the answer decides. The question goes along when its action's row is copied for the draft."""
    if answer.get("as_written") is True and question.action is not None:
        return
    if question.code == "no-period":
        _set_period(plan, *days_of(answer, "period"))
    elif question.code in TOLD:
        days_of(answer, "between")
    elif question.action is None:
        raise RefusedError("bad-answer")
    elif question.code == "no-owner":
        action = _own_row(question, number)
        fields = owner_fields(answer.get("owner") or {})
        Action.objects.filter(pk=action.pk).update(**fields, review=Action.Review.EDITED)
    elif (choice := choice_of(answer)) is not None:
        _decide_time(_own_row(question, number), question.schedule, choice)
    else:
        raise RefusedError("bad-answer")


def _own_row(question: Question, number: int) -> Action:
    assert question.action is not None
    before = question.action.pk
    place = question.schedule.order if question.schedule else None
    action = row_in_draft(question.action, number)
    if action.pk != before:
        question.action, question.version = action, number
        question.schedule = action.schedules.filter(order=place).first() if place is not None else None
    return action


def _decide_time(action: Action, row: Schedule | None, choice: Choice) -> None:
    rhythm = rhythm_of(row) if row else Rhythm("")
    decided = as_json(decided_by(rhythm, choice))
    if row is None:
        Schedule.objects.create(unit_id=action.unit_id, action=action, kind="decided", decided=decided)
    else:
        row.decided = decided
        row.save(update_fields=["decided"])
    Action.objects.filter(pk=action.pk).update(review=Action.Review.EDITED)


def decided_by(rhythm: Rhythm, choice: Choice) -> Rhythm:
    """The rhythm after a choice. Raises RefusedError with the code of the rules."""
    try:
        return decide(rhythm, choice)
    except ChoiceError as error:
        raise RefusedError(error.code) from None


def _set_period(plan: Plan, start: date, end: date) -> None:
    plan.starts, plan.ends, plan.year = start, end, start.year
    plan.save(update_fields=["starts", "ends", "year"])


@deed("plan.schedule-set")
def set_schedule(
    *,
    action_id: UUID,
    answer: Mapping[str, Any],
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Say when an action of the draft is due instead of what was read. Gives it. Raises as `answer_question`."""
    found = Action.objects.filter(pk=action_id).values_list("plan_id", flat=True).first()
    if found is None:
        raise NotFoundError
    plan = locked_plan(by, "plan.draft", found)
    number = draft_number(plan)
    action = Action.objects.get(pk=action_id)
    choice = choice_of(answer)
    if choice is None:
        raise RefusedError("bad-answer")
    with reviewing(plan, number, "schedule", action.lineage, by=by, recorded_at=recorded_at):
        action = row_in_draft(action, number)
        rows = list(action.schedules.order_by("order"))
        decided = decided_by(rhythm_of(rows[0]) if rows else Rhythm(""), choice)
        Schedule.objects.filter(pk__in=[row.pk for row in rows[1:]]).delete()
        if rows:
            Schedule.objects.filter(pk=rows[0].pk).update(decided=as_json(decided))
        else:
            Schedule.objects.create(unit_id=plan.unit_id, action=action, kind="decided", decided=as_json(decided))
        Action.objects.filter(pk=action.pk).update(review=Action.Review.EDITED)
    return Act("action", action.id, plan.unit.path, {"plan": str(plan.id), "answer": dict(answer)})


@deed("plan.fix-applied")
def apply_fix(
    *,
    plan_id: UUID,
    finding: str,
    fix: int = 0,
    words: str = "",
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Take one of the doctor's fixes: `finding` is a `FindingCard.id`, `fix` the index of its fix. Gives the plan.

    The original text stays as it is; the correction is kept beside it, for the corrected paper and for titles. `words`
    are what the person fills in where the fix itself does not know. Raises no-such-finding, needs-words.
    """
    plan = locked_plan(by, "plan.draft", plan_id)
    number = draft_number(plan)
    version = PlanVersion.objects.get(plan=plan, number=number)
    cards = findings_of(plan, version, today=day_in(plan, recorded_at))
    card = next((card for card in cards if card.id == finding), None)
    if card is None or not 0 <= fix < len(card.fixes):
        raise RefusedError("no-such-finding")
    chosen = card.fixes[fix]
    edits = chosen.edits
    if not edits and words.strip():
        edits = ((card.begin, card.end, words.strip()[:200]),)
    year = chosen.value.get("year") if card.code == "placeholder" else None
    if not edits and not year:
        raise RefusedError("needs-words")
    rows = [row for row in actions_in(plan, number) if any(_touches(row, edit) for edit in edits)]
    with reviewing(plan, number, "fix", *(row.lineage for row in rows), whole=True, by=by, recorded_at=recorded_at):
        _correct(plan, version, edits)
        for row in rows:
            _retitle(row_in_draft(row, number), version.text, edits)
    return Act("plan", plan.id, plan.unit.path, {"finding": card.code, "edits": [list(edit) for edit in edits]})


Edit = tuple[int, int, str]


def _touches(row: Action, edit: Edit) -> bool:
    return row.begin is not None and row.end is not None and row.begin <= edit[0] and edit[1] <= row.end


def _correct(plan: Plan, version: PlanVersion, edits: tuple[Edit, ...]) -> None:
    kept = [tuple(one) for one in version.corrections]
    try:
        apply_edits(version.text, [TextEdit(*one) for one in (*kept, *edits)])
    except EditError as error:
        raise RefusedError(error.code) from None
    version.corrections = [list(one) for one in (*kept, *edits)]
    version.save(update_fields=["corrections"])
    plan.title = _replaced(plan.title, version.text, edits)[:200]
    plan.save(update_fields=["title"])


def _retitle(row: Action, text: str, edits: tuple[Edit, ...]) -> None:
    row.title = _replaced(row.title, text, tuple(edit for edit in edits if _touches(row, edit)))[:300]
    row.save(update_fields=["title"])


def _replaced(title: str, text: str, edits: tuple[Edit, ...]) -> str:
    """The title with the same corrections, where it holds the corrected words."""
    for begin, end, words in edits:
        if text[begin:end]:
            title = title.replace(text[begin:end], words)
    return title
