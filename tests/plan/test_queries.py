"""What the pages ask: the same number of queries at any size, the figures of the rules, nothing that is not theirs."""

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingli.ground.rules import SYSTEM, NotAllowedError, SiteType, UnitKind
from qingli.plan import actions, queries
from qingli.plan.models import Action, Plan, PlanVersion, Task
from qingli.plan.rules.progress import Progress, TaskLine
from qingli.plan.rules.progress import progress as counted
from tests.ground.world import World, act
from tests.plan.plans import JULY, JUNE, Running, adopted, at, draft, running

TODAY = date(2026, 8, 10)


@pytest.fixture
def plan(world: World) -> Running:
    return running(world)


def more_tasks(plan: Running, number: int) -> None:
    """Tasks of every state around today, at the two grids and at none, of people and of roles."""
    world = plan.world
    rows = list(Action.objects.filter(plan_id=plan.id))
    site = world.site("xl1", SiteType.BUILDING, f"{uuid4()}"[:20])
    for n in range(number):
        due = TODAY + timedelta(days=n % 50 - 25)
        state = ("open", "done", "not_done", "cancelled", "open")[n % 5]
        Task.objects.create(
            unit_id=world.units["xl"],
            plan_id=plan.id,
            lineage=rows[n % len(rows)].lineage,
            action=rows[n % len(rows)],
            place_id=world.units["xl1" if n % 2 else "xl"],
            site_id=site if n % 3 == 0 else None,
            person_id=world.people["clerk"] if n % 4 == 0 else None,
            role="grid_worker" if n % 4 == 1 else "",
            role_unit_id=world.units["xl1"] if n % 4 == 1 else None,
            occurrence=f"extra-{uuid4()}",
            opens=due - timedelta(days=3),
            due=due,
            new_due=due + timedelta(days=9) if n % 7 == 0 and state == "open" else None,
            title=f"第{n}件",
            state=state,
            done_on=due + timedelta(days=n % 3 - 1) if state == "done" else None,
            reason="人手不足" if state == "not_done" else "",
            made_at=JULY,
        )


def pages(plan: Running) -> dict[str, Callable[[], Any]]:
    clerk, unit = plan.clerk, plan.world.units["xl"]
    task = Task.objects.filter(plan_id=plan.id, state="open").order_by("id")[0].id
    slug = Plan.objects.get(pk=plan.id).public_slug
    assert slug is not None
    return {
        "today": lambda: queries.today_page(clerk, today=TODAY),
        "tasks": lambda: queries.tasks(clerk, unit, today=TODAY),
        "late": lambda: queries.tasks(clerk, unit, today=TODAY, filters=queries.TaskFilters("late")),
        "task": lambda: queries.task_detail(clerk, task, today=TODAY),
        "plans": lambda: queries.plans_of_unit(clerk, unit, today=TODAY),
        "review": lambda: queries.review_page(clerk, plan.id, today=TODAY),
        "progress": lambda: queries.progress(clerk, plan.id, today=TODAY),
        "public": lambda: queries.public_plan(slug, today=TODAY),
        "month": lambda: queries.calendar_month(clerk, unit, 2026, 8, today=TODAY),
        "year": lambda: queries.calendar_year(clerk, unit, 2026, today=TODAY),
        "paper": lambda: queries.plan_paper(clerk, plan.id, today=TODAY),
        "difference": lambda: queries.difference(clerk, plan.id, 1, 1),
        "history": lambda: queries.history(clerk, "plan", plan.id),
        "below": lambda: queries.below(plan.world.asker("street"), plan.world.units["hl"], today=TODAY),
    }


def test_every_page_costs_the_same_number_of_queries_at_any_size(plan: Running) -> None:
    more_tasks(plan, 10)

    def cost() -> dict[str, int]:
        found = {}
        for name, page in pages(plan).items():
            with CaptureQueriesContext(connection) as captured:
                page()
            found[name] = len(captured)
        return found

    few = cost()
    more_tasks(plan, 90)
    for _ in range(12):
        actions.make_calendar_link(plan_id=plan.id, token=secrets.token_urlsafe(24), **act(plan.clerk, at=JULY))
        draft(plan.world).page()
    many = cost()
    few.pop("month"), many.pop("month")  # with more than sixty tasks it stops listing them: one query less
    assert many == few
    assert max(many.values()) <= 12


def test_the_database_counts_as_the_rules_do(plan: Running) -> None:
    more_tasks(plan, 60)
    lines = [TaskLine("", task.state, task.due, task.done_on) for task in Task.objects.filter(plan_id=plan.id)]  # type: ignore[arg-type]  # the states are the rules' own
    wanted = counted(lines, today=TODAY)
    page = queries.progress(plan.clerk, plan.id, today=TODAY)
    assert page.counts == wanted
    assert page.counts.promised == sum(month.counts.promised for month in page.months)
    assert page.counts.promised == sum(section.counts.promised for section in page.sections)
    (line,) = queries.plans_of_unit(plan.clerk, plan.world.units["xl"], today=TODAY)
    assert line.counts == wanted
    assert [section.number for section in page.sections] == ["一", "二"]


def test_every_task_is_on_exactly_one_page(plan: Running) -> None:
    more_tasks(plan, 70)
    unit = plan.world.units["xl"]
    for filters in (queries.TaskFilters(), queries.TaskFilters("late"), queries.TaskFilters("open")):
        found: list[UUID] = []
        after: str | None = None
        while True:
            page = queries.tasks(SYSTEM, unit, today=TODAY, filters=filters, after=after, limit=7)
            found += [task.id for task in page.tasks]
            after = page.after
            if after is None:
                break
        whole = queries.tasks(SYSTEM, unit, today=TODAY, filters=filters, limit=1000)
        assert found == [task.id for task in whole.tasks]
        assert len(set(found)) == len(found)
    with pytest.raises(queries.PageKeyError):
        queries.tasks(SYSTEM, unit, today=TODAY, after="yesterday")


def test_today_holds_what_is_late_due_open_and_tomorrow(plan: Running) -> None:
    more_tasks(plan, 100)
    page = queries.today_page(plan.clerk, today=TODAY)
    assert all(task.due < TODAY and task.act_by <= TODAY for task in page.late)
    assert all(task.act_by == TODAY and task.due >= TODAY for task in page.due)
    assert all(task.opens <= TODAY < task.act_by and task.due >= TODAY for task in page.open)
    assert all(task.act_by == TODAY + timedelta(days=1) for task in page.tomorrow)
    assert all(task.new_due and task.new_due > TODAY + timedelta(days=1) for task in page.waiting)
    shown = [task.id for part in (page.late, page.due, page.open, page.tomorrow, page.waiting) for task in part]
    assert shown
    assert len(set(shown)) == len(shown)
    grid = queries.today_page(plan.world.asker("grid"), today=TODAY)
    assert {task.who.name for task in (*grid.late, *grid.due, *grid.open)} == {"grid_worker"}
    nobody = queries.today_page(plan.world.asker("resident"), today=TODAY)
    assert (nobody.late, nobody.due, nobody.open, nobody.drafts) == ((), (), (), ())


def test_a_draft_waits_for_its_answers(plan: Running) -> None:
    waiting = draft(plan.world)
    lines = {line.plan_id: line for line in queries.today_page(plan.clerk, today=TODAY).drafts}
    assert (lines[waiting.id].questions, lines[waiting.id].unseen) == (3, 6)
    assert plan.id not in lines
    assert queries.today_page(plan.world.asker("neighbour"), today=TODAY).drafts == ()


def test_the_calendar_counts_by_the_day_of_doing(plan: Running) -> None:
    (task,) = plan.tasks("講座")
    actions.put_off_task(
        task_id=task.id, new_due=date(2026, 11, 3), reason="場地維修", **act(plan.clerk, at=at("2026-10-30"))
    )
    unit = plan.world.units["xl"]
    month = queries.calendar_month(plan.clerk, unit, 2026, 11, today=date(2026, 11, 1))
    (day,) = [cell for cell in month.days if cell.day == date(2026, 11, 3)]
    assert [one.id for one in day.tasks] == [task.id]
    assert day.counts.late == 1
    year = queries.calendar_year(plan.clerk, unit, 2026, today=TODAY)
    assert sum(one.counts.promised for one in year.months) == 15
    more_tasks(plan, 300)
    full = queries.calendar_month(plan.clerk, unit, 2026, 8, today=TODAY)
    assert full.counts.promised > 60
    assert all(cell.tasks == () for cell in full.days)


def test_residents_see_promised_done_and_late_but_no_names(plan: Running) -> None:
    first, second = plan.tasks("樓道")[:2]
    actions.finish_task(task_id=first.id, **act(plan.clerk, at=at("2026-07-04")))
    actions.put_off_task(
        task_id=second.id, new_due=date(2026, 8, 20), reason="何小滿請假", **act(plan.clerk, at=at("2026-08-06"))
    )
    slug = Plan.objects.get(pk=plan.id).public_slug
    assert slug is not None
    page = queries.public_plan(slug, today=TODAY)
    assert (page.counts.done, page.counts.late) == (1, 2)
    corridors = next(action for action in page.actions if "樓道" in action.title)
    (late,) = corridors.late
    assert (late.late_days, late.reason, late.new_due) == (5, "○○○請假", date(2026, 8, 20))
    assert page.approved_way == "residents"
    said = repr(page)
    assert not [name for name in ("林秋月", "何小滿", "周明遠") if name in said]
    assert len(page.text) == len(plan.page().text)
    with pytest.raises(queries.NotFoundError):
        queries.public_plan("nothing", today=TODAY)


def test_a_draft_has_no_public_page(world: World) -> None:
    plan = adopted(draft(world))
    assert Plan.objects.get(pk=plan.id).public_slug is None
    assert queries.public_plans(world.units["xl"]) == ()


def test_a_calendar_link_is_secret_and_can_be_changed(plan: Running) -> None:
    token, other = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    actions.make_calendar_link(plan_id=plan.id, token=token, **act(plan.clerk, at=JULY))
    events = queries.feed(token, today=TODAY).events
    assert len(events) == 15
    assert len({event.uid for event in events}) == 15
    assert token not in repr([line.payload for line in queries.history(plan.clerk, "plan", plan.id)])
    actions.make_calendar_link(plan_id=plan.id, token=other, **act(plan.clerk, at=JULY))
    with pytest.raises(queries.NotFoundError):
        queries.feed(token, today=TODAY)
    with pytest.raises(actions.RefusedError, match="weak-token"):
        actions.make_calendar_link(plan_id=plan.id, token="1234", **act(plan.clerk, at=JULY))


def test_a_level_above_sees_figures_of_five_units_or_none(world: World) -> None:
    street = world.asker("street")
    running(world)
    assert queries.below(street, world.units["hl"], today=TODAY).counts is None
    for n in range(4):
        world.unit(f"c{n}", UnitKind.COMMUNITY, f"第{n}社區", "hl")
        plan = Plan.objects.create(unit_id=world.units[f"c{n}"], title="計劃", state="in-force", made_at=JUNE)
        PlanVersion.objects.create(unit_id=plan.unit_id, plan=plan, number=1, made_at=JUNE)
    seen = queries.below(street, world.units["hl"], today=TODAY)
    assert seen.units == 5
    assert isinstance(seen.counts, Progress)
    assert seen.counts.promised == 15
    for somebody in ("grid", "outsider", "resident"):
        with pytest.raises(NotAllowedError):
            queries.below(world.asker(somebody), world.units["hl"], today=TODAY)


def test_a_list_leaves_out_what_is_not_the_asker_s(plan: Running) -> None:
    more_tasks(plan, 20)
    unit = plan.world.units["xl"]
    for somebody in ("neighbour", "street", "outsider", "resident"):
        assert queries.tasks(plan.world.asker(somebody), unit, today=TODAY).tasks == ()
    grid = queries.tasks(plan.world.asker("grid"), unit, today=TODAY, limit=500).tasks
    elsewhere = {(task.who.name, task.title) for task in grid if task.place_name != "第1網格"}
    assert elsewhere == {("grid_worker", "每月5日前由各網格員清理樓道雜物")}  # it falls to each of them


def test_a_history_is_for_those_who_may_read_the_thing(plan: Running) -> None:
    task = plan.tasks("講座")[0]
    actions.mark_not_done(task_id=task.id, reason="取消", **act(plan.clerk, at=JULY))
    (line,) = queries.history(plan.clerk, "task", task.id)
    assert (line.kind, line.who, line.payload["reason"]) == ("task.not-done", "林秋月", "取消")
    for somebody in ("neighbour", "street", "resident"):
        with pytest.raises(NotAllowedError):
            queries.history(plan.world.asker(somebody), "task", task.id)
    with pytest.raises(queries.NotFoundError):
        queries.history(plan.clerk, "task", uuid4())


def test_a_draft_is_for_those_who_draft(world: World) -> None:
    plan, unit, grid = draft(world), world.units["xl"], world.asker("grid")
    assert [line.id for line in queries.plans_of_unit(plan.clerk, unit, today=TODAY)] == [plan.id]
    assert queries.plans_of_unit(grid, unit, today=TODAY) == ()
    with pytest.raises(NotAllowedError):
        queries.review_page(grid, plan.id, today=TODAY)
    adopted(plan)
    assert [line.id for line in queries.plans_of_unit(grid, unit, today=TODAY)] == [plan.id]
    assert queries.review_page(grid, plan.id, today=TODAY).plan.id == plan.id
