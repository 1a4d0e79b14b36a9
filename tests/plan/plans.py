"""An invented plan, as the reader would give it, and the way from draft to a running plan."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from qingli.ground.rules import SYSTEM, Asker
from qingli.plan import actions, queries
from qingli.plan.queries.shapes import ActionCard, ReviewPage, TaskCard
from qingli.reading import (
    ActorHit,
    MeasureMatch,
    Mention,
    OutlineItem,
    Placeholder,
    PlanAction,
    PlanReading,
    QuantityHit,
    ScheduleHit,
    Unread,
)
from tests.ground.world import World, act

TEXT = """杏林社區2026年下半年環境保護工作計劃
一、加強組織
每月召開一次環境工作例會，由林秋月負責。
二、整治環境
（一）每月5日前由各網格員清理樓道雜物。
（二）11月份前督促康居物業清洗二次供水水箱，不漏一處。
（三）定期檢查沿街商舖，每逢上級部署再行安排。
（四）10月31日前由環保專幹舉辦垃圾分類講座一場，到場不少於60人。
（五）每季度由社區主任向xx社區通報一次。
"""
JUNE = datetime(2026, 6, 24, 2, 0, tzinfo=UTC)
JULY = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """Ten in the morning of a day in Shanghai."""
    return datetime.fromisoformat(f"{text}T02:00:00+00:00")


def monthly(value: str, **more: Any) -> dict[str, Any]:
    return {"type": "rrule", "value": value, **more}


TIMES: tuple[tuple[str, str, dict[str, Any], tuple[dict[str, Any], ...]], ...] = (
    ("每月", "recur", monthly("FREQ=MONTHLY"), ()),
    ("每月5日前", "recur", monthly("FREQ=MONTHLY;BYMONTHDAY=5", deadline_each=True), ()),
    (
        "11月份前",
        "deadline",
        {"type": "window", "from": None, "to": "Y-10-31"},
        ({"type": "window", "from": None, "to": "Y-11-30"},),
    ),
    ("定期", "vague", {"type": "unscheduled-periodic", "word": "定期"}, ()),
    ("10月31日前", "deadline", {"type": "window", "from": None, "to": "Y-10-31"}, ()),
    ("每季度", "recur", monthly("FREQ=MONTHLY;INTERVAL=3"), ()),
)
PROMISES = (
    ("每月召開一次環境工作例會，由林秋月負責", "regular-meeting"),
    ("每月5日前由各網格員清理樓道雜物", "corridor-clearing"),
    ("11月份前督促康居物業清洗二次供水水箱，不漏一處", "water-tank-cleaning"),
    ("定期檢查沿街商舖", "shopfront-inspection"),
    ("10月31日前由環保專幹舉辦垃圾分類講座一場，到場不少於60人", "lecture"),
    ("每季度由社區主任向xx社區通報一次", "public-disclosure"),
)
PLACES = (-1, 0, 1, 2, 3, 4, 5)


def reading_of(text: str = TEXT, year: int | None = 2026, start: int = 0) -> PlanReading:
    """The reading of the invented plan, or of a text with some of its passages; `start` is where the plan begins."""
    times = tuple(
        ScheduleHit(surface, _find(text, clause, surface), kind, True, norm, "test", others)
        for (surface, kind, norm, others), (clause, _) in zip(TIMES, PROMISES, strict=True)
        if clause in text
    )
    actors = tuple(
        ActorHit(surface, text.index(surface), "performer", "test", name)
        for surface, name in (
            ("林秋月", "林秋月"),
            ("各網格員", None),
            ("康居物業", None),
            ("環保專幹", None),
            ("社區主任", None),
        )
        if surface in text
    )
    count = QuantityHit("不少於60人", text.find("不少於60人"), "target", 60, "人", "到場", "test", ">=")
    quantities = (count,) if count.offset >= 0 else ()
    outline = _outline(text)
    return PlanReading(
        title=text[start:].split("\n", 1)[0],
        span=(start, len(text)),
        plan_year=year,
        period=("Y-07-01", "Y-12-31"),
        outline=outline,
        schedule=times,
        quantities=quantities,
        actors=actors,
        actions=tuple(
            _promise(text, clause, measure, times, actors, quantities, outline)
            for clause, measure in PROMISES
            if clause in text
        ),
        coverage=_mentions(text, "不漏一處", "every_site"),
        unread=(Unread("每逢上級部署", text.find("每逢上級部署"), "每"),) if "每逢上級部署" in text else (),
        placeholders=(Placeholder("xx", text.find("xx社區"), "community"),) if "xx社區" in text else (),
    )


def _find(text: str, clause: str, surface: str) -> int:
    return text.index(surface, text.index(clause))


def _outline(text: str) -> tuple[OutlineItem, ...]:
    items: list[OutlineItem] = []
    for number in ("一、", "二、", "（一）", "（二）", "（三）", "（四）", "（五）"):
        offset = text.find(f"\n{number}") + 1
        if not offset:
            continue
        line = text[offset:].split("\n", 1)[0]
        deep = number.startswith("（")
        parent = next((item.id for item in reversed(items) if item.level == 1), None) if deep else None
        items.append(
            OutlineItem(
                len(items) + 1,
                2 if deep else 1,
                number,
                offset,
                line.removeprefix(number),
                offset + len(number),
                parent,
                False,
                "paren" if deep else "cjk",
                offset + len(line) if deep else len(text),
            )
        )
    return tuple(items)


def _promise(
    text: str,
    clause: str,
    measure: str,
    times: tuple[ScheduleHit, ...],
    actors: tuple[ActorHit, ...],
    quantities: tuple[QuantityHit, ...],
    outline: tuple[OutlineItem, ...],
) -> PlanAction:
    begin = text.index(clause)
    end = begin + len(clause)
    around = [item for item in outline if item.offset <= begin < item.end]

    def inside(hits: tuple[Any, ...]) -> tuple[int, ...]:
        return tuple(index for index, hit in enumerate(hits) if begin <= hit.offset < end)

    return PlanAction(
        title=clause,
        span=(begin, end),
        item=max(around, key=lambda item: item.offset).id if around else None,
        measure=measure,
        topic="environment",
        schedule=inside(times),
        quantities=inside(quantities),
        actors=inside(actors),
        candidates=(MeasureMatch(measure, "environment", 0.9),),
    )


def _mentions(text: str, surface: str, rule: str) -> tuple[Mention, ...]:
    return (Mention(surface, text.index(surface), rule),) if surface in text else ()


@dataclass
class Running:
    """A plan of 杏林社區 with its people."""

    world: World
    id: UUID
    clerk: Asker

    def page(self, **more: Any) -> ReviewPage:
        return queries.review_page(self.clerk, self.id, today=JUNE.date(), **more)

    def action(self, words: str) -> ActionCard:
        return next(action for action in self.page().actions if words in action.title)

    def tasks(self, words: str = "", today: date = date(2026, 7, 1), **filters: Any) -> list[TaskCard]:
        page = queries.tasks(
            SYSTEM,
            self.world.units["xl"],
            today=today,
            filters=queries.TaskFilters(plan_id=self.id, **filters),
            limit=500,
        )
        return [task for task in page.tasks if words in task.title and task.state != "cancelled"]


def draft(world: World, text: str = TEXT, year: int | None = 2026, **more: Any) -> Running:
    """The invented plan, taken in by the clerk of 杏林社區."""
    clerk = world.asker("clerk")
    done = actions.take_in_plan(
        unit_id=world.units["xl"], reading=reading_of(text, year), text=text, **more, **act(clerk, at=JUNE)
    )
    return Running(world, done.object_id, clerk)


def adopted(plan: Running, on: date = date(2026, 6, 24)) -> Running:
    actions.adopt_plan(plan_id=plan.id, on=on, way="residents", words="居民會議通過", **act(plan.clerk, at=JUNE))
    return plan


def running(world: World, **more: Any) -> Running:
    """Adopted, published, in force, with its tasks."""
    plan = adopted(draft(world, **more))
    actions.publish_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    actions.start_plan(plan_id=plan.id, **act(plan.clerk, at=JULY))
    actions.make_tasks(plan_id=plan.id, **act(at=JULY))
    return plan
