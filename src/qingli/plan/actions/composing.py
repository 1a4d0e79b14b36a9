"""A plan put together from measures of the catalogue."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.catalogue import Catalogue
from qingli.ground.rules import Asker
from qingli.lib.ids import new_id
from qingli.plan.actions.base import RefusedError
from qingli.plan.actions.intake import path_of, planning_unit
from qingli.plan.actions.questions import refresh_questions
from qingli.plan.models import Action, Plan, PlanVersion, Schedule, Section
from qingli.plan.rules.compose import ChosenMeasure, Composed, ComposedAction, chinese_number, compose


@deed("plan.composed")
def compose_plan(
    *,
    unit_id: UUID,
    starts: date,
    ends: date,
    period_name: str,
    measures: Sequence[ChosenMeasure],
    title: str = "",
    catalogue: Catalogue | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A draft with a text of its own, made of the chosen measures. Gives the plan. Raises no-measures, bad-days."""
    unit = planning_unit(by, unit_id)
    if starts > ends:
        raise RefusedError("bad-days")
    hans = unit.script == "zh-hans"
    try:
        composed = compose(
            measures,
            unit_name=unit.name,
            period_name=period_name,
            script="zh-Hans" if hans else "zh-Hant",
            title=title.strip(),
        )
    except ValueError as error:
        raise RefusedError(str(error)) from None
    plan = Plan.objects.create(
        unit_id=unit_id,
        title=composed.title[:200],
        starts=starts,
        ends=ends,
        year=starts.year,
        script="Hans" if hans else "Hant",
        made_at=recorded_at,
    )
    PlanVersion.objects.create(unit_id=unit_id, plan=plan, number=1, text=composed.text, made_at=recorded_at)
    _write(plan, composed, catalogue)
    refresh_questions(plan, 1)
    return Act("plan", plan.id, unit.path, {"title": plan.title, "measures": [one.measure for one in measures]})


def _write(plan: Plan, composed: Composed, catalogue: Catalogue | None) -> None:
    topics: dict[str, list[ComposedAction]] = {}
    for action in composed.actions:
        topics.setdefault(action.section, []).append(action)
    order = 0
    for place, (topic, actions) in enumerate(topics.items(), 1):
        number = f"{chinese_number(place)}、"
        begin = composed.text.rindex(f"{number}{topic}", 0, actions[0].span[0])
        parent = _section(plan, order, number, topic, span=(begin, actions[-1].span[1]), parent=None)
        order += 1
        for line, action in enumerate(actions, 1):
            sign = f"（{chinese_number(line)}）"
            span = action.span[0] - len(sign), action.span[1]
            section = _section(plan, order, sign, action.title, span=span, parent=parent)
            _action(plan, order, action, section=section, text=composed.text, catalogue=catalogue)
            order += 1


def _section(
    plan: Plan, order: int, number: str, heading: str, *, span: tuple[int, int], parent: Section | None
) -> Section:
    return Section.objects.create(
        unit_id=plan.unit_id,
        plan=plan,
        version_from=1,
        order=order,
        level=2 if parent else 1,
        number=number,
        path=path_of(parent.path if parent else "", number),
        heading=heading,
        style="cjk-paren" if parent else "cjk",
        parent=parent,
        begin=span[0],
        end=span[1],
    )


def _action(
    plan: Plan, order: int, line: ComposedAction, *, section: Section, text: str, catalogue: Catalogue | None
) -> None:
    known = catalogue.measures.get(line.measure) if catalogue else None
    action = Action.objects.create(
        unit_id=plan.unit_id,
        plan=plan,
        lineage=new_id(),
        version_from=1,
        section=section,
        order=order * 100,
        begin=line.span[0],
        end=line.span[1],
        title=line.title[:300],
        measure=line.measure,
        topic=known.topic if known else "",
        site_type=(known.site_type or "") if known else "",
        evidence=[proof.id for proof in known.evidence] if known else [],
        review=Action.Review.ACCEPTED,
    )
    if line.when and line.norm:
        Schedule.objects.create(
            unit_id=plan.unit_id,
            action=action,
            surface=text[slice(*line.when)],
            offset=line.when[0],
            kind="recur" if line.norm.get("type") == "rrule" else "window",
            norm=dict(line.norm),
        )
