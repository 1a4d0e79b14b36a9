"""Rows of a version as plain values: a page loads two thousand, for which objects with behaviour are too dear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import starmap
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from qingli.plan.models import Action, Plan, Question, Schedule, Section


@dataclass(frozen=True, slots=True)
class SectionRow:
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


@dataclass(frozen=True, slots=True)
class ScheduleRow:
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


@dataclass(frozen=True, slots=True)
class QuestionRow:
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


@dataclass(frozen=True, slots=True)
class ActionRow:
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
    review: str


_ELSEWHERE = {
    "path": "section__path",
    "heading": "section__heading",
    "role_unit_name": "role_unit__name",
    "person_name": "person__name",
    "party_name": "party__name",
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A version's rows, loaded once for a page and for the doctor alike."""

    sections: list[SectionRow]
    actions: list[ActionRow]
    schedules: Mapping[UUID, list[ScheduleRow]]


def rows_of(plan: Plan, number: int) -> Rows:
    """Three queries."""
    holds = Q(version_from__lte=number) & (Q(version_to__isnull=True) | Q(version_to__gte=number))
    sections = Section.objects.filter(holds, plan=plan).order_by("order").values_list(*_names(SectionRow))
    actions = Action.objects.filter(holds, plan=plan)
    return Rows(
        sections=list(starmap(SectionRow, sections)),
        actions=action_rows(actions.order_by("order", "id")),
        schedules=grouped(schedule_rows(Schedule.objects.filter(action__in=actions).order_by("order")), "action_id"),
    )


def action_rows(actions: QuerySet[Action]) -> list[ActionRow]:
    return list(starmap(ActionRow, actions.values_list(*(_ELSEWHERE.get(name, name) for name in _names(ActionRow)))))


def schedule_rows(schedules: QuerySet[Schedule]) -> list[ScheduleRow]:
    return list(starmap(ScheduleRow, schedules.values_list(*_names(ScheduleRow))))


def question_rows(questions: QuerySet[Question]) -> list[QuestionRow]:
    return list(starmap(QuestionRow, questions.values_list(*_names(QuestionRow))))


def _names(row: type) -> list[str]:
    return [field.name for field in fields(row)]


def grouped(rows: Iterable[Any], key: str) -> dict[Any, list[Any]]:
    """Rows by one of their ids."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found
