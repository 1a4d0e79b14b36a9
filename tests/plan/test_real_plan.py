"""A real plan, read, reviewed, adopted, run for half a year, amended, closed, and seen by a resident."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from qingli.archive import actions as archive
from qingli.archive.queries import verify
from qingli.catalogue import default_matcher, load_catalogue
from qingli.plan import actions, queries
from qingli.plan.queries.shapes import QuestionCard
from qingli.reading import PlanReading, read_text
from qingli.work.actions import record_work
from tests.ground.world import World, act
from tests.plan.plans import JULY, JUNE, Running, at

ELEVENTH = 10


def eleventh(shared: Path) -> tuple[PlanReading, str]:
    text = (shared / "data" / "plans-17.txt").read_text(encoding="utf8")
    return read_text(text, match=default_matcher()).plans[ELEVENTH], text


def answers(plan: Running) -> dict[str, dict[str, Any]]:
    """What the clerk says, by what is asked."""
    return {
        "no-period": {"period": ["2026-07-01", "2026-12-31"]},
        "no-owner": {"owner": {"role": "clerk", "role_unit_id": str(plan.world.units["xl"])}},
        "no-schedule": {"as_needed": True},
        "choose-frequency": {"repeat": {"frequency": "month", "interval": 1, "count": 1}},
    }


def open_questions(plan: Running) -> Iterator[QuestionCard]:
    page = plan.page()
    yield from (one for one in page.questions if one.is_open)
    for action in page.actions:
        yield from (one for one in action.questions if one.is_open)


def reviewed(world: World, shared: Path) -> Running:
    reading, text = eleventh(shared)
    clerk = world.asker("clerk")
    done = actions.take_in_plan(
        unit_id=world.units["xl"], reading=reading, text=text, catalogue=load_catalogue(), **act(clerk, at=JUNE)
    )
    plan = Running(world, done.object_id, clerk)
    page = plan.page()
    assert text[reading.span[0] : reading.span[1]] == page.text
    assert len(page.actions) == len(reading.actions)
    assert page.plan.starts is None  # the year is left blank, and nobody guesses it
    while question := next(open_questions(plan), None):
        said = answers(plan)[question.code]
        actions.answer_question(question_id=question.id, answer=said, **act(clerk, at=JUNE))
    ids = [action.id for action in plan.page().actions]
    actions.accept_actions(plan_id=plan.id, action_ids=ids, **act(clerk, at=JUNE))
    assert plan.page().reviewed == len(ids)
    return plan


def test_a_real_plan_from_paper_to_closed(world: World, shared: Path) -> None:
    plan = reviewed(world, shared)
    clerk = plan.clerk
    actions.adopt_plan(plan_id=plan.id, on=date(2026, 6, 24), way="residents", **act(clerk, at=JUNE))
    actions.file_above(plan_id=plan.id, on=date(2026, 6, 24), **act(clerk, at=JUNE))
    actions.publish_plan(plan_id=plan.id, **act(clerk, at=JUNE))
    actions.start_plan(plan_id=plan.id, **act(clerk, at=JULY))
    assert actions.make_tasks_ahead(recorded_at=JULY, key=uuid4()) == 1
    monthly = plan.tasks("環境保護日")
    assert [task.due.day for task in monthly] == [1] * 6

    run_until(plan, date(2026, 7, 1), date(2026, 9, 15))
    done = {task.id for task in plan.tasks() if task.state == "done"}
    assert done
    actions.amend_plan(plan_id=plan.id, **act(clerk, at=at("2026-09-16")))
    action = plan.action("環境保護日")
    weekly = {"repeat": {"frequency": "week", "interval": 2, "count": 1}}
    actions.set_schedule(action_id=action.id, answer=weekly, **act(clerk, at=at("2026-09-16")))
    actions.adopt_amendment(
        plan_id=plan.id,
        on=date(2026, 9, 16),
        reason="環境日改為兩週一次",
        **act(clerk, at=at("2026-09-17")),
    )
    assert done <= {task.id for task in plan.tasks() if task.state == "done"}
    run_until(plan, date(2026, 9, 17), date(2026, 12, 31))

    new_year = at("2027-01-05")
    left = {task.id: "轉入下一年" for task in plan.tasks() if task.state == "open"}
    actions.close_plan(plan_id=plan.id, reasons=left, words="完成", **act(clerk, at=new_year))
    counts = queries.progress(clerk, plan.id, today=new_year.date()).counts
    assert counts.promised == counts.done + counts.not_done
    assert counts.done > 10
    page = next(line for line in queries.public_plans(world.units["xl"]) if line.id == plan.id)
    assert page.slug is not None
    seen = queries.public_plan(page.slug, today=new_year.date())
    assert (seen.counts, seen.number, seen.state) == (counts, 2, "closed")
    reading, _ = eleventh(shared)
    names = {actor.name for actor in reading.actors if actor.name}
    assert names
    assert not [name for name in names if name in repr(seen)]
    archive.seal(recorded_at=new_year)
    assert verify().breaks == ()


def run_until(plan: Running, first: date, last: date) -> None:
    """Every day the clerk does what is due, except that every fifth thing is forgotten."""
    day = first
    while day <= last:
        asker = plan.world.asker("clerk", at(day.isoformat()))
        for number, task in enumerate(queries.today_page(asker, today=day).due):
            if (day.toordinal() + number) % 5:
                record_work(task_id=task.id, words="做了", **act(asker, at=at(day.isoformat())))
        day += timedelta(days=1)
