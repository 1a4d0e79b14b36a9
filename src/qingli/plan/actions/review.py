"""Acts of review on a draft: accept, edit, split, merge, ignore, add, undo. Each can be taken back by who did it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.catalogue import Catalogue
from qingli.ground.rules import Asker
from qingli.lib.ids import new_id
from qingli.plan.actions.answers import owner_fields
from qingli.plan.actions.base import RefusedError, actions_in, draft_number, in_version, locked_plan, row_in_draft
from qingli.plan.actions.steps import reviewing, undo_last
from qingli.plan.models import Action, Plan, PlanVersion, Question, Schedule, Section
from qingli.plan.queries.access import NotFoundError

TEXTS = {"title": 300, "measure": 60, "topic": 60, "quantity_unit": 20, "quantity_words": 200, "coverage_words": 200}
REVIEW = Action.Review


@deed("plan.action-accepted")
def accept_action(*, action_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """A person has looked at the action beside its text and takes it as it was read. Gives the action."""
    plan, action, number = _found(by, action_id)
    with reviewing(plan, number, "accept", action.lineage, by=by, recorded_at=recorded_at):
        action = row_in_draft(action, number)
        _review(action, REVIEW.ACCEPTED)
    return Act("action", action.id, plan.unit.path, {"plan": str(plan.id), "title": action.title})


@deed("plan.actions-accepted")
def accept_actions(
    *, plan_id: UUID, action_ids: Sequence[UUID], by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Several at once, all of which the person has seen; those already reviewed stay as they are. Gives the plan."""
    plan = locked_plan(by, "plan.draft", plan_id)
    number = draft_number(plan)
    rows = list(actions_in(plan, number).filter(pk__in=list(action_ids), review=REVIEW.UNSEEN))
    with reviewing(plan, number, "accept", *(row.lineage for row in rows), by=by, recorded_at=recorded_at):
        for row in rows:
            _review(row_in_draft(row, number), REVIEW.ACCEPTED)
    return Act("plan", plan.id, plan.unit.path, {"actions": [str(row.lineage) for row in rows]})


@deed("plan.action-edited")
def edit_action(
    *,
    action_id: UUID,
    changes: Mapping[str, Any],
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Change what is named in `changes` and nothing else. Gives the action.

    title, measure, topic, quantity_unit, quantity_words, coverage_words (text), quantity (a number or None), per_site
    (bool), site_type, evidence (list of codes), owner (see `answers.Answer`). Raises bad-field, bad-answer, no-title.
    """
    plan, action, number = _found(by, action_id)
    fields = _fields(changes)
    with reviewing(plan, number, "edit", action.lineage, by=by, recorded_at=recorded_at):
        action = row_in_draft(action, number)
        before = {name: _plain(getattr(action, name)) for name in fields}
        for name, value in fields.items():
            setattr(action, name, value)
        action.review = REVIEW.EDITED
        action.save(update_fields=[*fields, "review"])
    after = {name: _plain(value) for name, value in fields.items()}
    return Act("action", action.id, plan.unit.path, {"plan": str(plan.id), "before": before, "after": after})


@deed("plan.action-split")
def split_action(
    *, action_id: UUID, at: int, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Two actions from one, cut before character `at` of the text; times go with the words they stand in.

    Gives the second one. Both are to be looked at again. Raises cannot-split where there is nothing on one side.
    """
    plan, action, number = _found(by, action_id)
    text = _text(plan, number)
    if action.begin is None or action.end is None or not action.begin < at < action.end:
        raise RefusedError("cannot-split")
    halves = _title(text[action.begin : at]), _title(text[at : action.end])
    if not all(halves):
        raise RefusedError("cannot-split")
    with reviewing(plan, number, "split", action.lineage, by=by, recorded_at=recorded_at) as step:
        action = row_in_draft(action, number)
        second = _second_half(action, at, halves[1], number)
        step.lineages.add(second.lineage)
        action.end, action.title, action.review = at, halves[0], REVIEW.UNSEEN
        action.save(update_fields=["end", "title", "review"])
    return Act("action", second.id, plan.unit.path, {"plan": str(plan.id), "from": str(action.lineage), "at": at})


@deed("plan.actions-merged")
def merge_actions(*, action_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """The action becomes part of the one before it, with its times. Gives the one that stays.

    Raises nothing-before where it is the first.
    """
    plan, action, number = _found(by, action_id)
    rows = list(actions_in(plan, number).exclude(review=REVIEW.IGNORED))
    place = next((index for index, row in enumerate(rows) if row.pk == action.pk), 0)
    if place == 0:
        raise RefusedError("nothing-before")
    first = rows[place - 1]
    with reviewing(plan, number, "merge", first.lineage, action.lineage, by=by, recorded_at=recorded_at):
        first, action = row_in_draft(first, number), row_in_draft(action, number)
        _join(first, action)
        _review(action, REVIEW.IGNORED)
    return Act("action", first.id, plan.unit.path, {"plan": str(plan.id), "merged": str(action.lineage)})


@deed("plan.action-ignored")
def ignore_action(*, action_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """This is no promise, or no longer one: it stays visible beside its text and makes no tasks. Gives the action."""
    plan, action, number = _found(by, action_id)
    with reviewing(plan, number, "ignore", action.lineage, by=by, recorded_at=recorded_at):
        action = row_in_draft(action, number)
        _review(action, REVIEW.IGNORED)
    return Act("action", action.id, plan.unit.path, {"plan": str(plan.id), "title": action.title})


@deed("plan.action-reopened")
def reopen_action(*, action_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """To be looked at again, whatever was said of it; what was edited stays. Gives the action."""
    plan, action, number = _found(by, action_id)
    with reviewing(plan, number, "reopen", action.lineage, by=by, recorded_at=recorded_at):
        action = row_in_draft(action, number)
        _review(action, REVIEW.UNSEEN)
    return Act("action", action.id, plan.unit.path, {"plan": str(plan.id), "title": action.title})


@deed("plan.action-added")
def add_action(
    *,
    plan_id: UUID,
    begin: int | None = None,
    end: int | None = None,
    title: str = "",
    measure: str = "",
    promise: bool = True,
    catalogue: Catalogue | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A promise that was not read: from a passage `begin..end` of the text, or without one by its title. Gives it.

    Without `promise` the passage was looked at and is none: it is kept as ignored, and no longer counts as unread.
    """
    plan = locked_plan(by, "plan.draft", plan_id)
    number = draft_number(plan)
    passage = _passage(plan, number, begin, end)
    known = catalogue.measures.get(measure) if catalogue and measure else None
    lineage = new_id()
    name = title.strip() or _title(passage)
    if not name:
        raise RefusedError("no-title")
    with reviewing(plan, number, "add", lineage, by=by, recorded_at=recorded_at):
        action = Action.objects.create(
            unit_id=plan.unit_id,
            plan=plan,
            lineage=lineage,
            version_from=number,
            section=_section_at(plan, number, begin),
            order=_order_at(plan, number, begin),
            begin=begin,
            end=end,
            title=name[:300],
            measure=measure[:60],
            topic=known.topic if known else "",
            site_type=(known.site_type or "") if known else "",
            review=REVIEW.EDITED if promise else REVIEW.IGNORED,
        )
    return Act("action", action.id, plan.unit.path, {"plan": str(plan.id), "title": action.title})


@deed("plan.review-undone")
def undo_review(*, plan_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Take back this person's last act of review on the draft; the journal keeps both. Gives the plan.

    Raises nothing-to-undo, or changed-since where somebody else has worked on the same actions in the meantime.
    """
    plan = locked_plan(by, "plan.draft", plan_id)
    step = undo_last(plan, draft_number(plan), by=by, recorded_at=recorded_at)
    return Act("plan", plan.id, plan.unit.path, {"undone": step.kind, "step": str(step.id), "touched": step.touched})


def _found(by: Asker, action_id: UUID) -> tuple[Plan, Action, int]:
    """The plan, locked; the action as the draft has it; the draft's number."""
    found = Action.objects.filter(pk=action_id).values_list("plan_id", "lineage").first()
    if found is None:
        raise NotFoundError
    plan = locked_plan(by, "plan.draft", found[0])
    number = draft_number(plan)
    action = actions_in(plan, number).filter(lineage=found[1]).first()
    if action is None:
        raise NotFoundError
    return plan, action, number


def _review(action: Action, review: str) -> None:
    action.review = review
    action.save(update_fields=["review"])


def _fields(changes: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in changes.items():
        if name in TEXTS:
            fields[name] = " ".join(str(value).split())[: TEXTS[name]]
        elif name == "quantity":
            fields[name] = _quantity(value)
        elif name == "per_site":
            fields[name] = bool(value)
        elif name == "site_type":
            fields[name] = str(value or "")[:40]
        elif name == "evidence":
            fields[name] = [str(code)[:40] for code in value]
        elif name == "owner":
            fields |= owner_fields(value)
        else:
            raise RefusedError("bad-field", {"field": name})
    if "title" in fields and not fields["title"]:
        raise RefusedError("no-title")
    return fields


def _quantity(value: Any) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise RefusedError("bad-number") from None
    if not number.is_finite() or not 0 <= number < 10**11:
        raise RefusedError("bad-number")
    return round(number, 2)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | list) else str(value)


def _text(plan: Plan, number: int) -> str:
    return PlanVersion.objects.values_list("text", flat=True).get(plan=plan, number=number)


def _title(passage: str) -> str:
    return " ".join(passage.split()).strip("，,；;。、 ")[:300]


def _second_half(action: Action, at: int, title: str, number: int) -> Action:
    """A new lineage with the words from `at` on, next in order, with the times that stand in them."""
    fields = {
        field.attname: getattr(action, field.attname)
        for field in Action._meta.concrete_fields
        if field.attname not in ("id", "lineage")
    }
    fields |= {"begin": at, "title": title, "order": action.order + 1, "review": REVIEW.UNSEEN, "version_from": number}
    second = Action.objects.create(lineage=new_id(), **fields)
    own = Schedule.objects.filter(action=action, offset__gte=at)
    Question.objects.filter(schedule__in=own).update(action=second)
    if own.exists():
        own.update(action=second)
        return second
    for row in Schedule.objects.filter(
        action=action
    ):  # the first half's times hold for both until somebody says otherwise
        row.pk, row.action, row.inherited = new_id(), second, True
        row._state.adding = True
        row.save()
    return second


def _join(first: Action, action: Action) -> None:
    order = first.schedules.count()
    said = {(row.surface, row.offset) for row in first.schedules.all()}
    for row in action.schedules.all():
        if not row.inherited and (row.surface, row.offset) not in said:
            row.pk, row.action, row.order, order = new_id(), first, order, order + 1
            row._state.adding = True
            row.save()
    if first.end is not None and action.end is not None:
        first.end = max(first.end, action.end)
    first.title = f"{first.title}；{action.title}"[:300]
    first.quantity = first.quantity if first.quantity is not None else action.quantity
    first.owner_words = first.owner_words or action.owner_words
    first.review = REVIEW.EDITED
    first.save(update_fields=["end", "title", "quantity", "owner_words", "review"])


def _passage(plan: Plan, number: int, begin: int | None, end: int | None) -> str:
    if begin is None and end is None:
        return ""
    text = _text(plan, number)
    if begin is None or end is None or not 0 <= begin < end <= len(text):
        raise RefusedError("bad-passage")
    return text[begin:end]


def _section_at(plan: Plan, number: int, begin: int | None) -> Section | None:
    if begin is None:
        return None
    around = Section.objects.filter(in_version(number), plan=plan, begin__lte=begin, end__gt=begin)
    return around.order_by("-level", "-begin").first()


def _order_at(plan: Plan, number: int, begin: int | None) -> int:
    """After the action that stands before it in the text; at the end without a passage."""
    rows = actions_in(plan, number)
    before = rows if begin is None else rows.filter(begin__lte=begin)
    last = before.order_by("-order").values_list("order", flat=True).first()
    return 0 if last is None else last + 1
