"""From what the reader found to what the doctor looks at."""

from bisect import bisect_right

from qingli.reading import PlanReading, ScheduleHit

from ..periods import Period, plan_period
from ..schedule import from_norm
from .types import ActionFact, HeadingFact, MaskFact, PersonFact, PlanFacts, TimeFact


def facts_of(plan: PlanReading, text: str) -> PlanFacts:
    """The facts of one plan of `text`, the same text that was read."""
    places = {item.id: index for index, item in enumerate(plan.outline)}
    headings = tuple(
        HeadingFact(
            item.number,
            item.offset,
            item.heading,
            item.heading_offset,
            places.get(item.parent) if item.parent is not None else None,
            item.style,
            item.span,
        )
        for item in plan.outline
    )
    period = plan_period(plan.period or plan.title, plan.plan_year)
    return PlanFacts(
        text=text,
        span=plan.span,
        title=plan.title,
        year=plan.plan_year,
        period=period if isinstance(period, Period) else None,
        said_period=plan.period,
        script=plan.script,
        actions=tuple(_action(plan, index, places) for index in range(len(plan.actions))),
        headings=headings,
        times=tuple(_time(hit, headings) for hit in plan.schedule),
        people=tuple(
            PersonFact(actor.name, (start, start + len(actor.name)))
            for actor in plan.actors
            if actor.name and (start := text.find(actor.name, actor.offset, actor.end)) >= 0
        ),
        masks=tuple(MaskFact((p.offset, p.offset + len(p.surface)), p.surface, p.kind) for p in plan.placeholders),
    )


def _time(hit: ScheduleHit, headings: tuple[HeadingFact, ...]) -> TimeFact:
    last = bisect_right(headings, hit.offset, key=lambda heading: heading.heading_offset) - 1
    inside = last >= 0 and hit.offset < headings[last].heading_offset + len(headings[last].heading)
    schedule = from_norm(hit.norm, surface=hit.surface, alternatives=hit.alternatives)
    return TimeFact((hit.offset, hit.end), hit.surface, schedule, hit.kind, last if inside else None)


def _action(plan: PlanReading, index: int, places: dict[int, int]) -> ActionFact:
    action = plan.actions[index]
    start, end = action.span
    return ActionFact(
        title=action.title,
        span=action.span,
        item=places.get(action.item) if action.item is not None else None,
        times=action.schedule,
        owners=sum(1 for actor in action.actors if plan.actors[actor].role not in _NOT_OWNERS),
        quantities=sum(1 for number in action.quantities if plan.quantities[number].kind in _TARGETS),
        evidence=sum(1 for mention in plan.evidence if start <= mention.offset < end),
    )


_NOT_OWNERS = {"recipient", "supervisor", "approver", "funder"}
_TARGETS = {"target", "count", "freq", "money", "threshold", "limit", "rank"}
