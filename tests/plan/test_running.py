"""A plan's way from draft to closed, with its tasks."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from qingli.ground import actions as ground
from qingli.ground.rules import SYSTEM, NotAllowedError, PartyKind, Role, SiteType
from qingli.plan import actions, queries
from qingli.plan.actions import RefusedError
from tests.ground.world import World, act
from tests.plan.plans import JULY, JUNE, TEXT, Running, adopted, at, draft, reading_of, running


def due_days(plan: Running, words: str) -> list[date]:
    return [task.due for task in plan.tasks(words)]


def test_adopted_published_in_force(world: World) -> None:
    plan = draft(world)
    with pytest.raises(RefusedError, match="not-now"):
        actions.publish_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    adopted(plan)
    assert plan.page().is_draft is False
    with pytest.raises(RefusedError, match="no-draft"):
        actions.rename_plan(plan_id=plan.id, title="別的", **act(plan.clerk, at=JUNE))
    actions.file_above(plan_id=plan.id, on=date(2026, 6, 24), **act(plan.clerk, at=JUNE))
    actions.publish_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    with pytest.raises(RefusedError, match="not-begun"):
        actions.start_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    actions.start_plan(plan_id=plan.id, **act(plan.clerk, at=JULY))
    page = queries.progress(plan.clerk, plan.id, today=JULY.date())
    assert (page.plan.state, page.plan.number, page.plan.draft_number) == ("in-force", 1, None)
    assert [line.decision for line in page.approvals] == ["residents", "filed"]
    assert {"amend", "close", "file"} == set(page.moves)


def test_what_was_filed_above_can_be_read_above(world: World) -> None:
    plan = adopted(draft(world))
    with pytest.raises(NotAllowedError):
        queries.progress(world.asker("street"), plan.id, today=JULY.date())
    actions.file_above(plan_id=plan.id, on=date(2026, 6, 24), **act(plan.clerk, at=JUNE))
    assert queries.progress(world.asker("street"), plan.id, today=JULY.date()).counts.promised == 0
    with pytest.raises(NotAllowedError):
        queries.progress(world.asker("neighbour"), plan.id, today=JULY.date())


def test_a_meeting_without_a_majority_adopts_nothing(world: World) -> None:
    plan = draft(world)
    for counts, code in (((60, 30, 30), "no-quorum"), ((60, 40, 20), "not-carried")):
        with pytest.raises(RefusedError, match=code):
            actions.adopt_plan(
                plan_id=plan.id,
                on=date(2026, 6, 20),
                entitled=counts[0],
                present=counts[1],
                in_favour=counts[2],
                **act(plan.clerk, at=JUNE),
            )
    assert plan.page().plan.state == "draft"


def test_a_plan_that_is_decided_above(world: World) -> None:
    plan, street = draft(world), world.asker("street")
    actions.set_approval_way(plan_id=plan.id, way="above", **act(plan.clerk, at=JUNE))
    with pytest.raises(RefusedError, match="approved-above"):
        adopted(plan)
    actions.submit_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    assert queries.review_page(street, plan.id, today=JUNE.date()).text == TEXT
    actions.send_back_plan(plan_id=plan.id, reason="請寫明負責人", **act(street, at=JUNE))
    actions.submit_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    with pytest.raises(NotAllowedError):
        actions.approve_above(plan_id=plan.id, on=JUNE.date(), **act(plan.clerk, at=JUNE))
    actions.approve_above(plan_id=plan.id, on=JUNE.date(), **act(street, at=JUNE))
    assert plan.page().plan.state == "adopted"


def test_tasks_are_those_the_plan_promises(world: World) -> None:
    plan = running(world)
    ends = [date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)]
    assert due_days(plan, "例會") == [*ends, date(2026, 12, 31)]
    assert due_days(plan, "樓道") == [date(2026, month, 5) for month in range(7, 13)]
    assert due_days(plan, "講座") == [date(2026, 10, 31)]
    assert due_days(plan, "通報") == [date(2026, 9, 30), date(2026, 12, 31)]
    assert due_days(plan, "水箱") == []  # two readings: nothing falls due until one is chosen
    assert due_days(plan, "商舖") == []
    (lecture,) = plan.tasks("講座")
    assert (lecture.wanted, lecture.wanted_unit, lecture.number) == (60, "人", "二（四）")


def test_made_twice_is_made_once(world: World) -> None:
    plan = running(world)
    before = plan.tasks()
    assert actions.make_tasks_ahead(recorded_at=JULY, key=uuid4()) == 0
    actions.make_tasks(plan_id=plan.id, **act(at=JULY))
    assert plan.tasks() == before


def test_one_task_for_each_site_where_all_are_to_be_reached(world: World) -> None:
    for name in ("1號樓水箱", "2號樓水箱"):
        world.site("xl1", SiteType.WATER_TANK, name)
    world.site("xl", SiteType.WATER_TANK, "會所水箱")
    plan = draft(world)
    tanks = plan.action("水箱")
    actions.answer_question(question_id=tanks.questions[0].id, answer={"reading": 0}, **act(plan.clerk, at=JUNE))
    changes = {"per_site": True, "site_type": "water_tank", "owner": {"role": "grid_worker"}}
    actions.edit_action(action_id=tanks.id, changes=changes, **act(plan.clerk, at=JUNE))
    adopted(plan)
    actions.publish_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    actions.start_plan(plan_id=plan.id, **act(plan.clerk, at=JULY))
    actions.make_tasks(plan_id=plan.id, **act(at=JULY))
    assert {(task.site_name, task.place_name) for task in plan.tasks("水箱")} == {
        ("1號樓水箱", "第1網格"),
        ("2號樓水箱", "第1網格"),
        ("會所水箱", "杏林社區"),
    }
    today = queries.today_page(world.asker("grid"), today=JULY.date())
    mine = {task.site_name for task in today.open if task.site_name}
    assert mine == {"1號樓水箱", "2號樓水箱", "會所水箱"}  # the last lies in no grid and falls to every grid worker
    world.site("xl2", SiteType.WATER_TANK, "3號樓水箱")
    assert actions.make_tasks_ahead(recorded_at=JULY, key=uuid4()) == 1
    assert len(plan.tasks("水箱")) == 4


def test_done_with_its_day_and_late_with_reason_and_new_day(world: World) -> None:
    plan = running(world)
    first, second = plan.tasks("樓道")[:2]
    actions.finish_task(task_id=first.id, **act(plan.clerk, at=at("2026-07-07")))
    actions.put_off_task(
        task_id=second.id, new_due=date(2026, 8, 20), reason="颱風", **act(plan.clerk, at=at("2026-08-06"))
    )
    today = date(2026, 8, 10)
    done, late = plan.tasks("樓道", today)[:2]
    assert (done.status, done.done_on) == ("done", date(2026, 7, 7))
    assert (late.status, late.late_days, late.reason, late.new_due) == ("late", 5, "颱風", date(2026, 8, 20))
    counts = queries.progress(plan.clerk, plan.id, today=today).counts
    assert (counts.done, counts.done_late, counts.late) == (1, 1, 2)
    with pytest.raises(RefusedError, match="bad-days"):
        actions.put_off_task(
            task_id=second.id, new_due=date(2026, 8, 1), reason="x", **act(plan.clerk, at=at("2026-08-06"))
        )


def test_done_in_the_future_is_refused(world: World) -> None:
    plan = running(world)
    task = plan.tasks("樓道")[0]
    envelope = act(plan.clerk, at=at("2026-07-09")) | {"recorded_at": at("2026-07-02")}
    with pytest.raises(RefusedError, match="in-future"):
        actions.finish_task(task_id=task.id, **envelope)


def test_not_done_says_why_and_can_be_reopened(world: World) -> None:
    plan = running(world)
    task = plan.tasks("講座")[0]
    with pytest.raises(RefusedError, match="no-reason"):
        actions.mark_not_done(task_id=task.id, reason=" ", **act(plan.clerk, at=JULY))
    actions.mark_not_done(task_id=task.id, reason="講師生病", **act(plan.clerk, at=JULY))
    assert (plan.tasks("講座")[0].status, plan.tasks("講座")[0].reason) == ("not_done", "講師生病")
    actions.reopen_task(task_id=task.id, reason="另請講師", **act(plan.clerk, at=JULY))
    actions.finish_task(task_id=task.id, **act(plan.clerk, at=JULY))
    assert plan.tasks("講座")[0].status == "done"
    kinds = [line.kind for line in queries.history(plan.clerk, "task", task.id)]
    assert kinds == ["task.not-done", "task.reopened", "task.done"]


def test_cover_takes_over_and_gives_back(world: World) -> None:
    plan = running(world)
    (task,) = plan.tasks("講座")
    day = date(2026, 7, 20)
    mine = {one.id for one in queries.today_page(world.asker("clerk", at("2026-07-20")), today=day).open}
    assert task.id in mine
    stand_in = world.asker("grid2", at("2026-07-20"))
    assert task.id not in {one.id for one in queries.today_page(stand_in, today=day).open}
    ground.set_cover(
        post_id=world.posts["clerk"],
        by_post_id=world.posts["grid2"],
        starts_on=date(2026, 7, 15),
        ends_on=date(2026, 8, 1),
        **act(),
    )
    stand_in = world.asker("grid2", at("2026-07-20"))
    assert task.id in {one.id for one in queries.today_page(stand_in, today=day).open}
    actions.finish_task(task_id=task.id, **act(stand_in, at=at("2026-07-20")))
    later = world.asker("grid2", at("2026-08-05"))
    assert queries.today_page(later, today=date(2026, 8, 5)).open == ()


def test_staff_of_a_partner_have_what_falls_to_the_partner(world: World) -> None:
    firm, other = (
        ground.add_party(unit_id=world.units["xl"], kind=PartyKind.PROPERTY_FIRM, name=name, **act()).object_id
        for name in ("康居物業", "安居物業")
    )
    for short, name, party in (("manager", "康志強", firm), ("stranger", "安大力", other)):
        world.person(short, name, "xl")
        ground.add_post(
            person_id=world.people[short],
            unit_id=world.units["xl"],
            role=Role.PARTY_STAFF,
            party_id=party,
            starts_on=date(2026, 1, 1),
            **act(),
        )
    plan = draft(world)
    (question,) = plan.action("水箱").questions
    actions.answer_question(question_id=question.id, answer=dict(question.options[0]), **act(plan.clerk, at=JUNE))
    actions.publish_plan(plan_id=adopted(plan).id, **act(plan.clerk, at=JUNE))
    actions.start_plan(plan_id=plan.id, **act(plan.clerk, at=JULY))
    actions.make_tasks(plan_id=plan.id, **act(at=JULY))
    (task, *_) = plan.tasks("水箱")
    manager, stranger = (world.asker(short, JULY) for short in ("manager", "stranger"))
    shown = queries.today_page(manager, today=date(2026, 7, 1))
    assert task.id in {one.id for one in (*shown.due, *shown.open)}
    nothing = queries.today_page(stranger, today=date(2026, 7, 1))
    assert (nothing.due, nothing.open) == ((), ())
    with pytest.raises(NotAllowedError):
        actions.finish_task(task_id=task.id, **act(stranger, at=JULY))
    actions.finish_task(task_id=task.id, **act(manager, at=JULY))


def test_handed_over_and_kept_in_sight(world: World) -> None:
    plan = running(world)
    (task,) = plan.tasks("講座")
    actions.hand_over_task(task_id=task.id, person_id=world.people["grid"], reason="出差", **act(plan.clerk, at=JULY))
    assert plan.tasks("講座")[0].who.name == "何小滿"
    assert [one.id for one in queries.today_page(plan.clerk, today=JULY.date()).waiting] == [task.id]
    grid = world.asker("grid")
    assert queries.task_detail(grid, task.id, today=JULY.date()).source.surface.startswith("10月31日前")
    with pytest.raises(NotAllowedError):
        queries.task_detail(world.asker("grid2"), task.id, today=JULY.date())
    actions.finish_task(task_id=task.id, **act(grid, at=JULY))
    assert queries.today_page(plan.clerk, today=JULY.date()).waiting == ()
    with pytest.raises(RefusedError, match="not-now"):
        actions.hand_over_task(task_id=task.id, person_id=world.people["grid2"], **act(plan.clerk, at=JULY))


def test_named_people_and_a_task(world: World) -> None:
    plan = running(world)
    (task,) = plan.tasks("講座")
    for somebody in ("grid", "neighbour", "street", "district", "outsider", "resident"):
        with pytest.raises(NotAllowedError):
            actions.finish_task(task_id=task.id, **act(world.asker(somebody), at=JULY))
        with pytest.raises(NotAllowedError):
            queries.task_detail(world.asker(somebody), task.id, today=JULY.date())
    for somebody in ("neighbour", "outsider", "resident"):
        with pytest.raises(NotAllowedError):
            queries.progress(world.asker(somebody), plan.id, today=JULY.date())
    actions.finish_task(task_id=task.id, **act(world.asker("colleague"), at=JULY))
    assert queries.task_detail(world.asker("head"), task.id, today=JULY.date()).task.status == "done"


def amendment(plan: Running, when: str) -> UUID:
    return actions.amend_plan(plan_id=plan.id, **act(plan.clerk, at=at(when))).object_id


def test_an_amendment_never_touches_done_work(world: World) -> None:
    plan = running(world)
    july, august = plan.tasks("樓道")[:2]
    actions.finish_task(task_id=july.id, **act(plan.clerk, at=at("2026-07-03")))
    amendment(plan, "2026-08-10")
    action = plan.action("樓道")
    answer = {"repeat": {"frequency": "week", "interval": 1, "count": 1}}
    actions.set_schedule(action_id=action.id, answer=answer, **act(plan.clerk, at=at("2026-08-10")))
    actions.ignore_action(action_id=plan.action("講座").id, **act(plan.clerk, at=at("2026-08-10")))
    before = queries.progress(plan.clerk, plan.id, today=date(2026, 8, 10))
    assert len(before.actions) == 6  # the version that holds is still the first
    actions.adopt_amendment(
        plan_id=plan.id, on=date(2026, 8, 12), reason="改為每週", **act(plan.clerk, at=at("2026-08-12"))
    )
    tasks = {task.id: task for task in plan.tasks("樓道", date(2026, 8, 12))}
    assert (tasks[july.id].status, tasks[july.id].due) == ("done", july.due)
    assert (tasks[august.id].status, tasks[august.id].due) == ("late", august.due)
    ahead = [task for task in tasks.values() if task.due >= date(2026, 8, 12)]
    assert {task.due.weekday() for task in ahead if task.due < date(2026, 12, 31)} == {6}
    assert len(ahead) == 21
    assert plan.tasks("講座") == []
    change = queries.difference(plan.clerk, plan.id, 1, 2)
    assert {(one.kind, one.title[:6]) for one in change.actions} == {
        ("removed", "10月31日"),
        ("changed", "每月5日前由"),
    }
    assert change.reason == "改為每週"
    assert actions.make_tasks_ahead(recorded_at=at("2026-08-13"), key=uuid4()) == 0


def test_an_amendment_with_new_words_finds_its_promises_again(world: World) -> None:
    plan = running(world)
    (lecture,) = plan.tasks("講座")
    actions.finish_task(task_id=lecture.id, **act(plan.clerk, at=at("2026-07-20")))
    text = TEXT.replace("每季度由社區主任向xx社區通報一次。", "").replace("二、整治環境", "二、整治與美化環境")
    actions.amend_plan(plan_id=plan.id, reading=reading_of(text), text=text, **act(plan.clerk, at=at("2026-09-01")))
    with pytest.raises(RefusedError, match="draft-open"):
        amendment(plan, "2026-09-01")
    actions.adopt_amendment(
        plan_id=plan.id, on=date(2026, 9, 2), reason="刪去通報", **act(plan.clerk, at=at("2026-09-02"))
    )
    assert [task.id for task in plan.tasks("講座")] == [lecture.id]
    assert plan.tasks("通報") == []
    assert len(plan.tasks("例會")) == 6
    assert queries.difference(plan.clerk, plan.id, 1, 2).passages


def test_an_amendment_that_comes_to_nothing(world: World) -> None:
    plan = running(world)
    before = plan.page(version=1)
    tasks = plan.tasks()
    amendment(plan, "2026-08-10")
    actions.ignore_action(action_id=plan.action("講座").id, **act(plan.clerk, at=at("2026-08-10")))
    actions.drop_amendment(plan_id=plan.id, **act(plan.clerk, at=at("2026-08-11")))
    assert plan.page(version=1).actions == before.actions
    assert plan.tasks() == tasks
    with pytest.raises(RefusedError, match="no-draft"):
        actions.drop_amendment(plan_id=plan.id, **act(plan.clerk, at=at("2026-08-11")))


def test_a_plan_closes_only_when_everything_is_answered(world: World) -> None:
    plan = running(world)
    new_year = at("2027-01-04")
    with pytest.raises(RefusedError, match="tasks-open") as refused:
        actions.close_plan(plan_id=plan.id, **act(plan.clerk, at=new_year))
    open_ = [task for task in plan.tasks() if task.state == "open"]
    assert refused.value.facts == {"count": len(open_)}
    done, left = open_[:5], open_[5:]
    for task in done:
        actions.finish_task(task_id=task.id, **act(plan.clerk, at=at("2026-12-30")))
    reasons = {task.id: "人手不足" for task in left}
    actions.close_plan(plan_id=plan.id, reasons=reasons, words="大體完成", **act(plan.clerk, at=new_year))
    counts = queries.progress(plan.clerk, plan.id, today=new_year.date()).counts
    assert (counts.done, counts.not_done, counts.late) == (5, len(left), 0)
    with pytest.raises(RefusedError, match="plan-not-in-force"):
        actions.finish_task(task_id=left[0].id, **act(plan.clerk, at=new_year))
    carried = actions.carry_over(
        plan_id=plan.id,
        title="杏林社區2027年計劃",
        starts=date(2027, 1, 1),
        ends=date(2027, 12, 31),
        **act(plan.clerk, at=new_year),
    )
    page = queries.review_page(plan.clerk, carried.object_id, today=new_year.date())
    old = {task.lineage for task in left}
    assert {action.title for action in page.actions} == {a.title for a in plan.page().actions if a.lineage in old}
    assert all(action.review == "unseen" and action.begin is None for action in page.actions)
    with pytest.raises(RefusedError, match="nothing-to-carry"):
        actions.carry_over(
            plan_id=plan.id,
            title="再來一次",
            starts=date(2027, 1, 1),
            ends=date(2027, 12, 31),
            **act(plan.clerk, at=new_year),
        )


def test_half_a_year_day_by_day(world: World) -> None:
    """Every day the worker makes tasks ahead and people do what is due, except where they are a week late."""
    plan = running(world)
    day = date(2026, 7, 1)
    while day <= date(2026, 12, 31):
        moment = at(day.isoformat())
        if day.day in (1, 15):
            actions.make_tasks_ahead(recorded_at=moment, key=uuid4())
        for short in ("clerk", "head"):
            asker = world.asker(short, moment)
            for task in queries.today_page(asker, today=day).due:
                late = moment + timedelta(days=7 if "樓道" in task.title else 0)
                if late == moment:
                    actions.finish_task(task_id=task.id, **act(asker, at=moment))
        for task in plan.tasks("樓道", day, status="late"):
            if task.late_days == 3:
                actions.finish_task(task_id=task.id, **act(plan.clerk, at=moment))
        day += timedelta(days=1)
    counts = queries.progress(plan.clerk, plan.id, today=date(2026, 12, 31)).counts
    assert (counts.promised, counts.done, counts.late, counts.not_due) == (15, 15, 0, 0)
    assert counts.done_late == 6
    assert SYSTEM.is_system
