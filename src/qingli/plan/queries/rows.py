"""Rows of a version as tuples: a page loads two thousand of them, for which objects with behaviour are too dear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from qingli.plan.models import Action, Plan, Question, Schedule, Section


class SectionRow(NamedTuple):
    """A heading."""

    id: UUID
    level: int
    number: str
    path: str
    heading: str
    parent_id: UUID | None
    begin: int
    end: int
    style: str


class ScheduleRow(NamedTuple):
    """A time of an action."""

    id: UUID
    action_id: UUID
    surface: str
    offset: int | None
    kind: str
    count: int
    norm: dict[str, Any]
    alternatives: list[dict[str, Any]]
    decided: dict[str, Any] | None
    inherited: bool


class QuestionRow(NamedTuple):
    """A question about an action or about the whole plan."""

    id: UUID
    action_id: UUID | None
    schedule_id: UUID | None
    code: str
    year: int | None
    surface: str
    offsets: list[int]
    options: list[dict[str, Any]]
    answer: dict[str, Any] | None


class ActionRow(NamedTuple):
    """An action with the names of who answers for it, and with its heading; `path` and `heading` None without one."""

    id: UUID
    lineage: UUID
    version_from: int
    section_id: UUID | None
    path: str | None
    heading: str | None
    order: int
    begin: int | None
    end: int | None
    title: str
    measure: str
    topic: str
    candidates: list[dict[str, Any]]
    owner_words: str
    role: str
    role_unit_id: UUID | None
    role_unit_name: str | None
    person_id: UUID | None
    person_name: str | None
    party_id: UUID | None
    party_name: str | None
    quantity: Decimal | None
    quantity_unit: str
    quantity_words: str
    coverage_words: str
    site_type: str
    per_site: bool
    evidence: list[str]
    issues: list[str]
    review: str


_ELSEWHERE = {
    "path": "section__path",
    "heading": "section__heading",
    "role_unit_name": "role_unit__name",
    "person_name": "person__name",
    "party_name": "party__name",
}
_ACTION = tuple(_ELSEWHERE.get(name, name) for name in ActionRow._fields)


@dataclass(frozen=True, slots=True)
class Rows:
    """A version's rows, loaded once for a page and for the doctor alike."""

    sections: list[SectionRow]
    actions: list[ActionRow]
    schedules: Mapping[UUID, list[ScheduleRow]]


def rows_of(plan: Plan, number: int) -> Rows:
    """Three queries."""
    holds = Q(version_from__lte=number) & (Q(version_to__isnull=True) | Q(version_to__gte=number))
    sections = Section.objects.filter(holds, plan=plan).order_by("order").values_list(*SectionRow._fields)
    actions = Action.objects.filter(holds, plan=plan)
    return Rows(
        sections=list(map(SectionRow._make, sections)),
        actions=action_rows(actions.order_by("order", "id")),
        schedules=grouped(schedule_rows(Schedule.objects.filter(action__in=actions).order_by("order")), "action_id"),
    )


def action_rows(actions: QuerySet[Action]) -> list[ActionRow]:
    return list(map(ActionRow._make, actions.values_list(*_ACTION)))


def schedule_rows(schedules: QuerySet[Schedule]) -> list[ScheduleRow]:
    return list(map(ScheduleRow._make, schedules.values_list(*ScheduleRow._fields)))


def question_rows(questions: QuerySet[Question]) -> list[QuestionRow]:
    return list(map(QuestionRow._make, questions.values_list(*QuestionRow._fields)))


def grouped(rows: Iterable[Any], key: str) -> dict[Any, list[Any]]:
    """Rows by one of their ids."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found
