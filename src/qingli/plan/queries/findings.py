"""What the plan doctor says of a version as it now stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from qingli.plan.models import Action, Plan, PlanVersion, Schedule, Section
from qingli.plan.queries.rhythms import period_of, rhythm_of
from qingli.plan.rules.doctor import (
    ActionFact,
    Context,
    Finding,
    HeadingFact,
    MaskFact,
    PersonFact,
    PlanFacts,
    TimeFact,
    examine,
)


@dataclass(frozen=True, slots=True)
class FixCard:
    """Something to tap. `edits` are replacements (begin, end, words) in the text; `value` what a form takes over."""

    code: str
    edits: tuple[tuple[int, int, str], ...]
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding of the doctor. `id` stays the same while the text does; `apply_fix` takes it."""

    id: str
    code: str
    severity: str
    begin: int
    end: int
    surface: str
    facts: Mapping[str, Any]
    fixes: tuple[FixCard, ...]
    action_id: UUID | None


@dataclass(frozen=True, slots=True)
class Rows:
    """A version's rows, loaded once for a page and for the doctor alike."""

    sections: list[Section]
    actions: list[Action]
    schedules: Mapping[UUID, list[Schedule]]


def rows_of(plan: Plan, number: int) -> Rows:
    """Three queries; a fourth where actions still stand under a heading of an older version."""
    holds = Q(version_from__lte=number) & (Q(version_to__isnull=True) | Q(version_to__gte=number))
    sections = list(Section.objects.filter(holds, plan=plan).defer("unit", "plan").order_by("order"))
    actions = list(_with_names(Action.objects.filter(holds, plan=plan)).order_by("order", "id"))
    known = {section.id: section for section in sections}
    older = {row.section_id for row in actions if row.section_id and row.section_id not in known}
    known |= Section.objects.in_bulk(older) if older else {}
    for action in actions:
        action.section = known.get(action.section_id) if action.section_id else None
    schedules: dict[UUID, list[Schedule]] = {}
    for row in Schedule.objects.filter(action__in=actions).defer("unit").order_by("order"):
        schedules.setdefault(row.action_id, []).append(row)
    return Rows(sections, actions, schedules)


def _with_names(actions: QuerySet[Action]) -> QuerySet[Action]:
    """With the names of who answers for them, and no more of those rows: five hundred are loaded for one page."""
    unused = ("unit", "plan", "came_from")
    own = [field.attname for field in Action._meta.concrete_fields if field.name not in unused]
    related = ("person", "party", "role_unit")
    return actions.select_related(*related).only(*own, *(f"{name}__name" for name in related))


def findings_of(plan: Plan, version: PlanVersion, *, today: date, rows: Rows | None = None) -> tuple[FindingCard, ...]:
    """Findings of the version, those already corrected or about ignored actions left out. `plan.unit` loaded."""
    rows = rows or rows_of(plan, version.number)
    actions = [row for row in rows.actions if row.review != Action.Review.IGNORED and row.begin is not None]
    corrected = [(begin, end) for begin, end, _ in version.corrections]
    cards = _copies(version)
    for finding in examine(_facts(plan, version, rows, actions), _context(plan, today)):
        begin, end = finding.span
        if any(begin < there and here < end for here, there in corrected) and finding.action is None:
            continue
        cards.append(_card(finding, version.text, actions))
    return tuple(cards)


def _copies(version: PlanVersion) -> list[FindingCard]:
    """What was found when the plan was taken in: other plans here that it repeats to more than 85 %."""
    return [
        FindingCard(
            f"copy:{plan_id}", "copy", "should", 0, 0, "", {"id": plan_id, "title": title, "share": share}, (), None
        )
        for plan_id, title, share in version.reading.get("copies", ())
    ]


def _card(finding: Finding, text: str, actions: list[Action]) -> FindingCard:
    begin, end = finding.span
    return FindingCard(
        id=f"{finding.code}:{begin}:{end}",
        code=finding.code,
        severity=finding.severity,
        begin=begin,
        end=end,
        surface=text[begin:end][:200],
        facts=finding.facts,
        fixes=tuple(
            FixCard(fix.code, tuple((e.start, e.end, e.replacement) for e in fix.edits), fix.value)
            for fix in finding.fixes
        ),
        action_id=None if finding.action is None else actions[finding.action].id,
    )


def _context(plan: Plan, today: date) -> Context:
    return Context(year=plan.year, period=period_of(plan), places=(plan.unit.name,), today=today)


def _facts(plan: Plan, version: PlanVersion, rows: Rows, actions: list[Action]) -> PlanFacts:
    places = {section.id: index for index, section in enumerate(rows.sections)}
    times: list[TimeFact] = []
    facts = []
    for action in actions:
        first = len(times)
        times += _times(rows.schedules.get(action.id, ()))
        facts.append(_action_fact(action, places, range(first, len(times))))
    return PlanFacts(
        text=version.text,
        span=(0, len(version.text)),
        title=plan.title,
        year=plan.year,
        period=period_of(plan),
        script=plan.script,
        actions=tuple(facts),
        headings=tuple(_heading(section, places) for section in rows.sections),
        times=tuple(times),
        people=tuple(PersonFact(*_person(version.text, one)) for one in version.reading.get("people", ())),
        masks=tuple(
            MaskFact((at, at + len(surface)), surface, kind)
            for surface, at, kind in version.reading.get("placeholders", ())
        ),
    )


def _action_fact(action: Action, places: Mapping[UUID, int], times: range) -> ActionFact:
    owned = bool(action.person_id or action.party_id or action.role or action.owner_words)
    return ActionFact(
        title=action.title,
        span=(action.begin or 0, action.end or 0),
        item=places.get(action.section_id) if action.section_id else None,
        times=tuple(times),
        owners=int(owned),
        quantities=int(action.quantity is not None),
        evidence=len(action.evidence),
    )


def _times(schedules: Iterable[Schedule]) -> list[TimeFact]:
    return [
        TimeFact((row.offset or 0, (row.offset or 0) + len(row.surface)), row.surface, rhythm_of(row), row.kind)
        for row in schedules
    ]


def _heading(section: Section, places: Mapping[UUID, int]) -> HeadingFact:
    return HeadingFact(
        section.number,
        section.begin,
        section.heading,
        section.begin + len(section.number),
        places.get(section.parent_id) if section.parent_id else None,
        section.style,
        (section.begin, section.end),
    )


def _person(text: str, kept: tuple[str, int, int]) -> tuple[str, tuple[int, int]]:
    name, begin, end = kept
    at = max(text.find(name, begin, end), begin)
    return name, (at, at + len(name))
