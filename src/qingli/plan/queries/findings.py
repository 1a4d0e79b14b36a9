"""What the plan doctor says of a version as it now stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from qingli.plan.models import Action, Plan, PlanVersion
from qingli.plan.queries.rhythms import period_of, rhythm_of
from qingli.plan.queries.rows import ActionRow, Rows, ScheduleRow, SectionRow, rows_of
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
    examine_text,
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


def findings_of(plan: Plan, version: PlanVersion, *, today: date) -> tuple[FindingCard, ...]:
    """Findings of the version, those already corrected or about ignored actions left out. `plan.unit` loaded."""
    rows = rows_of(plan, version.number)
    actions = promised(rows)
    return _cards(version, examine(_facts(plan, version, rows, actions), _context(plan, today)), actions)


def findings_beside(plan: Plan, version: PlanVersion, rows: Rows, *, today: date) -> tuple[FindingCard, ...]:
    """The same without what single actions lack, for a page that asks for that action by action."""
    actions = promised(rows)
    return _cards(version, examine_text(_facts(plan, version, rows, actions), _context(plan, today)), actions)


def promised(rows: Rows) -> list[ActionRow]:
    """The actions of the text that the doctor looks at."""
    return [row for row in rows.actions if row.review != Action.Review.IGNORED and row.begin is not None]


def _cards(version: PlanVersion, found: Iterable[Finding], actions: list[ActionRow]) -> tuple[FindingCard, ...]:
    corrected = [(begin, end) for begin, end, _ in version.corrections]
    cards = _copies(version)
    for finding in found:
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


def _card(finding: Finding, text: str, actions: list[ActionRow]) -> FindingCard:
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


def _facts(plan: Plan, version: PlanVersion, rows: Rows, actions: list[ActionRow]) -> PlanFacts:
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


def _action_fact(action: ActionRow, places: Mapping[UUID, int], times: range) -> ActionFact:
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


def _times(schedules: Iterable[ScheduleRow]) -> list[TimeFact]:
    return [
        TimeFact((row.offset or 0, (row.offset or 0) + len(row.surface)), row.surface, rhythm_of(row), row.kind)
        for row in schedules
    ]


def _heading(section: SectionRow, places: Mapping[UUID, int]) -> HeadingFact:
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
