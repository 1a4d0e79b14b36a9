"""Two people at the same moment, and a process that dies half-way."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from qingli.plan import actions
from qingli.plan.actions import RefusedError
from qingli.plan.models import Approval, Task
from tests.ground.world import World, act
from tests.plan.plans import JULY, JUNE, adopted, at, draft, running

ROOT = Path(__file__).resolve().parents[2]


def together(deeds: list[Callable[[], object]]) -> list[str]:
    """Run all at once; "done" or the code of the refusal of each, sorted."""
    start = threading.Barrier(len(deeds))
    said: list[str] = []

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
            said.append("done")
        except RefusedError as error:
            said.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(said)


def test_two_adopt_the_same_plan(shared_world: World) -> None:
    plan = draft(shared_world)
    assert together([lambda: adopted(plan)] * 4) == ["done", "not-now", "not-now", "not-now"]
    assert Approval.objects.filter(plan_id=plan.id).count() == 1


def test_one_click_that_arrives_four_times_adopts_once_and_tells_everybody_so(shared_world: World) -> None:
    plan = draft(shared_world)
    envelope = act(plan.clerk, at=JUNE)

    def adopt() -> object:
        return actions.adopt_plan(plan_id=plan.id, on=JUNE.date(), **envelope)

    assert together([adopt] * 4) == ["done"] * 4
    assert Approval.objects.filter(plan_id=plan.id).count() == 1


def test_two_finish_the_same_task(shared_world: World) -> None:
    plan = running(shared_world)
    (task,) = plan.tasks("講座")
    askers = [shared_world.asker(short) for short in ("clerk", "head", "colleague")]
    deeds: list[Callable[[], object]] = [
        lambda asker=asker: actions.finish_task(task_id=task.id, **act(asker, at=at("2026-07-05")))  # type: ignore[misc]  # bound now
        for asker in askers
    ]
    assert together(deeds) == ["done", "not-now", "not-now"]


def test_three_workers_make_the_same_tasks(shared_world: World) -> None:
    plan = adopted(draft(shared_world))
    actions.publish_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    actions.start_plan(plan_id=plan.id, **act(plan.clerk, at=JULY))
    makers: list[Callable[[], object]] = [lambda: actions.make_tasks_ahead(recorded_at=JULY, key=uuid4())] * 3
    assert together(makers) == ["done"] * 3
    rows = list(Task.objects.filter(plan_id=plan.id).values_list("lineage", "occurrence"))
    assert len(rows) == len(set(rows)) == 15


def test_the_database_itself_refuses_a_second_task(world: World) -> None:
    plan = running(world)
    row = Task.objects.get(pk=plan.tasks("講座")[0].id)
    row.pk = uuid4()
    row._state.adding = True
    assert [one.pk for one in Task.objects.bulk_create([row], ignore_conflicts=True)]
    assert len(plan.tasks("講座")) == 1


@pytest.mark.slow
def test_making_tasks_is_killed_half_way() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "make_tasks.py"), "--runs", "12"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no task twice, none missing" in done.stdout
