"""Tasks that a plan wants, over runs, amendments and answers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qingli.plan.rules.calendar import ChineseCalendar
from qingli.plan.rules.lifecycle import TaskState
from qingli.plan.rules.periods import Period
from qingli.plan.rules.schedule import Schedule, from_norm
from qingli.plan.rules.tasks import Existing, Promise, TaskChange, wanted

CALENDAR = ChineseCalendar()
HALF = Period(date(2026, 7, 1), date(2026, 12, 31))


def rhythm(value: str, count: int = 1) -> Schedule:
    return from_norm({"type": "rrule", "value": value}, surface=value, count=count)


def by(day: str) -> Schedule:
    return from_norm({"type": "window", "from": None, "to": day}, surface=day)


def apply(existing: list[Existing], change: TaskChange) -> list[Existing]:
    """What the worker does with a change, on a list instead of a table with a unique (lineage, key)."""
    tasks = {task.id: task for task in existing}
    for moved in change.move:
        task = tasks[moved.id]
        state: TaskState = "open" if moved.revived else task.state
        tasks[moved.id] = replace(task, key=moved.key, opens=moved.opens, due=moved.due, owner=moved.owner, state=state)
    for gone in change.cancel:
        tasks[gone] = replace(tasks[gone], state="cancelled")
    for new in change.create:
        identity = f"t{len(tasks)}"
        tasks[identity] = Existing(identity, new.lineage, new.key, new.opens, new.due, "open", new.owner)
    found = list(tasks.values())
    assert len({(task.lineage, task.key) for task in found}) == len(found), "a task was made twice"
    return found


def run(
    promises: list[Promise], existing: list[Existing], today: date, **more: Any
) -> tuple[TaskChange, list[Existing]]:
    change = wanted(promises, existing, period=more.pop("period", HALF), today=today, calendar=CALENDAR, **more)
    return change, apply(existing, change)


def keys(tasks: list[Existing], state: str = "open") -> list[str]:
    return sorted(task.key for task in tasks if task.state == state)


def answer(tasks: list[Existing], key: str, **fields: Any) -> list[Existing]:
    return [replace(task, **fields) if task.key == key else task for task in tasks]


def test_tasks_are_made_sixty_days_ahead_and_only_once() -> None:
    monthly = [Promise("a", (rhythm("FREQ=MONTHLY"),), "person:1")]
    change, tasks = run(monthly, [], date(2026, 7, 1))
    assert [(new.key, new.owner) for new in change.create] == [("2026-07", "person:1"), ("2026-08", "person:1")]
    again, tasks = run(monthly, tasks, date(2026, 7, 1))
    assert again.empty
    assert len(again.keep) == 2
    _, tasks = run(monthly, tasks, date(2026, 7, 3))
    assert keys(tasks) == ["2026-07", "2026-08", "2026-09"]


def test_the_whole_period_can_be_made_at_once() -> None:
    change, _ = run([Promise("a", (rhythm("FREQ=MONTHLY", 2),))], [], date(2026, 7, 1), horizon=None)
    assert [new.key for new in change.create][:3] == ["2026-07#1", "2026-07#2", "2026-08#1"]
    assert len(change.create) == 12


def test_a_plan_adopted_in_october_makes_nothing_for_august() -> None:
    october = date(2026, 10, 10)
    change, _ = run([Promise("a", (rhythm("FREQ=MONTHLY"),))], [], october, since=october)
    assert [new.key for new in change.create] == ["2026-10", "2026-11", "2026-12"]


def test_a_changed_deadline_moves_the_task_with_the_person_who_has_it() -> None:
    _, tasks = run([Promise("a", (by("Y-10-31"),), "person:1")], [], date(2026, 9, 1))
    tasks = answer(tasks, "2026-10-31", owner="person:2", handed_over=True)
    change, tasks = run([Promise("a", (by("Y-11-15"),), "person:1")], tasks, date(2026, 9, 2))
    assert [(moved.key, moved.due, moved.owner) for moved in change.move] == [
        ("2026-11-15", date(2026, 11, 15), "person:2")
    ]
    assert not change.create
    assert not change.cancel


def test_a_new_responsible_person_gets_the_open_tasks_that_nobody_handed_over() -> None:
    _, tasks = run([Promise("a", (rhythm("FREQ=MONTHLY"),), "person:1")], [], date(2026, 7, 1))
    tasks = answer(tasks, "2026-08", owner="person:9", handed_over=True)
    _, tasks = run([Promise("a", (rhythm("FREQ=MONTHLY"),), "person:2")], tasks, date(2026, 7, 1))
    assert {task.key: task.owner for task in tasks} == {"2026-07": "person:2", "2026-08": "person:9"}


def test_an_amendment_never_touches_what_was_answered_or_is_late() -> None:
    monthly, quarterly = (rhythm("FREQ=MONTHLY"),), (rhythm("FREQ=MONTHLY;INTERVAL=3"),)
    _, tasks = run([Promise("a", monthly)], [], date(2026, 7, 1), horizon=None)
    tasks = answer(answer(tasks, "2026-09", state="done"), "2026-10", state="not_done")
    day = date(2026, 9, 10)
    change, after = run([Promise("a", quarterly)], tasks, day, since=day, horizon=None)
    assert keys(after, "done") == ["2026-09"]
    assert keys(after, "not_done") == ["2026-10"]
    assert keys(after) == ["2026-07", "2026-08", "2026Q3", "2026Q4"]  # July and August stay late
    assert keys(after, "cancelled") == ["2026-11", "2026-12"]
    assert {"2026-07", "2026-08"} == {t.key for t in tasks if t.id in change.keep and t.state == "open"}


def test_an_action_that_is_taken_out_cancels_its_open_tasks_and_putting_it_back_revives_them() -> None:
    monthly = [Promise("a", (rhythm("FREQ=MONTHLY"),), "person:1")]
    _, tasks = run(monthly, [], date(2026, 7, 1))
    _, tasks = run([], tasks, date(2026, 7, 2))
    assert keys(tasks, "cancelled") == ["2026-07", "2026-08"]
    change, tasks = run(monthly, tasks, date(2026, 7, 2))
    assert all(moved.revived for moved in change.move)
    assert keys(tasks) == ["2026-07", "2026-08"]


def test_an_open_question_makes_no_task_and_is_told() -> None:
    vague = from_norm({"type": "unscheduled-periodic", "word": "定期"}, surface="定期")
    change, tasks = run([Promise("a", (vague,))], [], date(2026, 7, 1))
    assert not tasks
    assert [(lineage, ask.code) for lineage, ask in change.asks] == [("a", "choose-frequency")]


def test_a_shorter_plan_cancels_what_now_lies_outside() -> None:
    weekly = [Promise("a", (rhythm("FREQ=WEEKLY"),))]
    _, tasks = run(weekly, [], date(2026, 7, 1), horizon=None)
    _, tasks = run(weekly, tasks, date(2026, 7, 1), horizon=None, period=Period(HALF.start, date(2026, 7, 15)))
    assert [(t.key, t.due) for t in tasks if t.state == "open"] == [
        ("2026-W27", date(2026, 7, 5)),
        ("2026-W28", date(2026, 7, 12)),
        ("2026-W29", date(2026, 7, 15)),
    ]


schedules = st.sampled_from(
    [
        rhythm("FREQ=MONTHLY"),
        rhythm("FREQ=MONTHLY", 2),
        rhythm("FREQ=MONTHLY;INTERVAL=3"),
        rhythm("FREQ=WEEKLY"),
        rhythm("FREQ=MONTHLY;BYMONTHDAY=1"),
        rhythm("FREQ=DAILY;INTERVAL=15"),
        by("Y-09-30"),
        by("Y-11-30"),
    ]
)
promise_lists = st.lists(
    st.tuples(st.sampled_from("abc"), st.lists(schedules, min_size=1, max_size=2), st.sampled_from(["p1", "p2"])),
    max_size=3,
    unique_by=lambda promise: promise[0],
).map(lambda found: [Promise(lineage, tuple(rhythms), owner) for lineage, rhythms, owner in found])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.integers(0, 40)),
        st.tuples(st.just("amend"), promise_lists),
        st.tuples(st.just("end"), st.integers(60, 183)),
        st.tuples(st.just("answer"), st.integers(0, 50), st.sampled_from(["done", "not_done"])),
        st.tuples(st.just("hand"), st.integers(0, 50)),
    ),
    max_size=12,
)


@given(promise_lists, steps, st.sampled_from([None, 0, 60]))
@settings(max_examples=1000, deadline=None)
def test_any_interleaving_of_runs_amendments_and_answers(
    promises: list[Promise], history: list[tuple[Any, ...]], horizon: int | None
) -> None:
    """Never a key twice (checked in `apply`), never a change to what was answered, and a second run does nothing."""
    today, period, tasks = HALF.start, HALF, list[Existing]()
    for step in [("start",), *history]:
        match step:
            case ("pass", days):
                today += timedelta(days)
            case ("amend", amended):
                promises = amended
            case ("end", days):
                period = Period(HALF.start, HALF.start + timedelta(days))
            case ("answer", place, state) if tasks and tasks[place % len(tasks)].state == "open":
                tasks[place % len(tasks)] = replace(tasks[place % len(tasks)], state=state)
            case ("hand", place) if tasks and tasks[place % len(tasks)].state == "open":
                tasks[place % len(tasks)] = replace(tasks[place % len(tasks)], owner="p9", handed_over=True)
        before = [task for task in tasks if task.state in ("done", "not_done")]
        _, tasks = run(promises, tasks, today, period=period, horizon=horizon)
        assert [task for task in tasks if task.state in ("done", "not_done")] == before
        again, _ = run(promises, tasks, today, period=period, horizon=horizon)
        assert again.empty
