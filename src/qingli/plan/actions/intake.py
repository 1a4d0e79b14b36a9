"""A reading becomes a draft: original text, outline, actions with their schedules, and questions."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from qingli.archive.actions import Taken, deed, keep_file
from qingli.archive.rules import Act, Retention
from qingli.catalogue import Catalogue
from qingli.ground.queries import public_unit
from qingli.ground.queries.views import UnitView
from qingli.ground.rules import Asker, require
from qingli.lib.ids import new_id
from qingli.plan.actions.grounding import Known, owner_of
from qingli.plan.actions.questions import refresh_questions
from qingli.plan.models import Action, Plan, PlanVersion, Schedule, Section
from qingli.plan.queries.access import NotFoundError
from qingli.plan.rules.doctor import COPY, shingles, similarity
from qingli.plan.rules.periods import Period, plan_period
from qingli.reading import PlanAction, PlanReading, Span

COMPARED = 40
TARGETS = frozenset({"target", "count", "money", "threshold", "limit"})


@deed("plan.taken-in")
def take_in_plan(
    *,
    unit_id: UUID,
    reading: PlanReading,
    text: str,
    source: Taken | None = None,
    source_info: dict[str, Any] | None = None,
    catalogue: Catalogue | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A draft from one plan of a text that was read; `text` is the whole text, of which the plan's own part is kept.

    `source` is the file it came from (`archive.actions.take_file`), `source_info` whatever the loader says of it.
    `catalogue` tells which measures cover every site. Gives the plan.
    """
    unit = planning_unit(by, unit_id)
    period = plan_period(reading.period or reading.title, reading.plan_year)
    known = isinstance(period, Period)
    plan = Plan.objects.create(
        unit_id=unit_id,
        title=(reading.title or unit.name)[:200],
        starts=period.start if isinstance(period, Period) else None,
        ends=period.end if isinstance(period, Period) else None,
        year=reading.plan_year,
        script=reading.script,
        made_at=recorded_at,
    )
    version = add_version(plan, 1, reading, text, recorded_at)
    version.source_info = source_info or {}
    if source is not None:
        version.source_name = source.name
        version.source_file_id = keep_file(
            source, retention=Retention.PERMANENT, scope=unit.path, recorded_at=recorded_at
        )
    version.save(update_fields=["source_info", "source_name", "source_file"])
    number = Intake(plan, version, reading, catalogue).write()
    version.reading = {**version.reading, "copies": copies_of(plan, version.text)}
    version.save(update_fields=["reading"])
    refresh_questions(plan, version.number)
    return Act("plan", plan.id, unit.path, {"title": plan.title, "actions": number, "period_known": known})


def planning_unit(by: Asker, unit_id: UUID) -> UnitView:
    """The unit, in which this asker may make plans."""
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(by, "plan.draft", unit.path)
    return unit


def add_version(plan: Plan, number: int, reading: PlanReading, text: str, recorded_at: datetime) -> PlanVersion:
    """A version with its own part of the text; every offset kept with it counts from the beginning of that part."""
    start, end = reading.span
    whole = {
        "unread": [[one.surface, one.offset - start, one.near] for one in reading.unread],
        "placeholders": [[one.surface, one.offset - start, one.kind] for one in reading.placeholders],
        "people": [[one.name, one.offset - start, one.end - start] for one in reading.actors if one.name],
    }
    return PlanVersion.objects.create(
        unit_id=plan.unit_id, plan=plan, number=number, text=text[start:end], reading=whole, made_at=recorded_at
    )


def copies_of(plan: Plan, text: str) -> list[list[Any]]:
    """Plans of this unit, and published ones of others, of which this text repeats most: id, title, share.

    Only the newest are compared, so that taking a plan in stays quick in a full house.
    """
    mine = shingles(text)
    near = Q(plan__unit_id=plan.unit_id) | Q(plan__public_slug__isnull=False)
    others = PlanVersion.objects.filter(near).exclude(plan=plan).exclude(text="").order_by("-id")[:COMPARED]
    found = []
    for other in others.select_related("plan"):
        share = max(similarity(mine, shingles(other.text)))
        if share > COPY:
            found.append([str(other.plan_id), other.plan.title, round(share, 3)])
    return found


class Intake:
    """Writes the rows of one reading as one version."""

    def __init__(
        self, plan: Plan, version: PlanVersion, reading: PlanReading, catalogue: Catalogue | None = None
    ) -> None:
        self.plan, self.version, self.reading = plan, version, reading
        self.measures = catalogue.measures if catalogue else {}
        self.start = reading.span[0]
        self.known = Known.of(plan.unit_id)

    def write(self, lineages: dict[int, UUID] | None = None) -> int:
        """Sections, actions, schedules; how many actions. `lineages` by index: promises that an older version knew."""
        sections = self._sections()
        actions: list[Action] = []
        schedules: list[Schedule] = []
        for order, read in enumerate(self.reading.actions):
            action = self._action(order, read, sections, (lineages or {}).get(order))
            actions.append(action)
            schedules += self._schedules(action, read)
        Action.objects.bulk_create(actions)
        Schedule.objects.bulk_create(schedules)
        return len(actions)

    def _sections(self) -> dict[int, Section]:
        rows: dict[int, Section] = {}
        for order, item in enumerate(self.reading.outline):
            parent = rows.get(item.parent) if item.parent is not None else None
            rows[item.id] = Section(
                unit_id=self.plan.unit_id,
                plan=self.plan,
                version_from=self.version.number,
                order=order,
                level=item.level,
                number=item.number[:40],
                path=path_of(parent.path if parent else "", item.number),
                heading=item.heading,
                style=item.style[:20],
                parent=parent,
                begin=item.offset - self.start,
                end=item.end - self.start,
            )
        Section.objects.bulk_create(rows.values())
        return rows

    def _action(self, order: int, read: PlanAction, sections: dict[int, Section], lineage: UUID | None) -> Action:
        begin, end = read.span
        coverage = _within(read.span, self.reading.coverage)
        measure = self.measures.get(read.measure or "")
        everywhere = measure is not None and measure.coverage.rule == "every_site" and bool(coverage)
        return Action(
            unit_id=self.plan.unit_id,
            plan=self.plan,
            lineage=lineage or new_id(),
            version_from=self.version.number,
            section=sections.get(read.item) if read.item is not None else None,
            order=order * 100,  # room for what is split off
            begin=begin - self.start,
            end=end - self.start,
            title=read.title[:300],
            measure=read.measure or "",
            topic=read.topic or "",
            candidates=[{"measure": c.measure, "topic": c.topic, "score": c.score} for c in read.candidates[:3]],
            coverage_words="、".join(mention.surface for mention in coverage)[:200],
            site_type=(measure.site_type or "") if measure else "",
            per_site=everywhere,
            evidence=[mention.rule for mention in _within(read.span, self.reading.evidence)],
            issues=[issue.code for issue in read.issues],
            **owner_of([self.reading.actors[index] for index in read.actors], self.known),
            **self._quantity(read),
        )

    def _quantity(self, read: PlanAction) -> dict[str, Any]:
        found = next((q for q in map(self.reading.quantities.__getitem__, read.quantities) if q.kind in TARGETS), None)
        if found is None or abs(found.value) >= 10**11:
            return {}
        return {
            "quantity": Decimal(str(round(found.value, 2))),
            "quantity_unit": found.unit[:20],
            "quantity_words": found.surface[:200],
        }

    def _schedules(self, action: Action, read: PlanAction) -> Iterable[Schedule]:
        times = [self.reading.quantities[index] for index in read.quantities]
        count = next((int(found.value) for found in times if found.kind == "freq" and 1 <= found.value <= 366), 1)
        for order, index in enumerate(read.schedule):
            hit = self.reading.schedule[index]
            repeats = hit.norm.get("type") == "rrule"
            yield Schedule(
                unit_id=action.unit_id,
                action=action,
                order=order,
                surface=hit.surface[:300],
                offset=hit.offset - self.start,
                kind=hit.kind,
                norm=dict(hit.norm),
                count=count if repeats else 1,
                alternatives=[dict(norm) for norm in hit.alternatives],
                inherited=index in read.inherited,
            )


def path_of(above: str, number: str) -> str:
    """A heading's number with those above it, as the plan writes them: 三 and （二） make 三（二）."""
    return (above + number.strip().rstrip("、，,.．"))[:120]


def _within(span: Span, mentions: Iterable[Any]) -> list[Any]:
    return [mention for mention in mentions if span[0] <= mention.offset < span[1]]
