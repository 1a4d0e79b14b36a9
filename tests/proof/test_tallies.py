"""Tallies equal a recount, whatever happened and in whatever order it was taken up: twice, late, after kills."""

import os
import random
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from benchmarks.tallies import Life
from django.db import connection

from qingli import flow
from qingli.archive import queries as archive
from qingli.archive.actions import seal
from qingli.archive.queries import JournalEntry
from qingli.lib.jobs.queue import Job
from qingli.proof import actions, queries
from qingli.proof.models import Tally
from qingli.proof.queries.tallies import Cell
from qingli.work.actions import record_work
from tests.ground.world import World, act
from tests.plan.plans import JULY, at
from tests.proof.house import catch_up, community

ROOT = Path(__file__).resolve().parents[2]


def told() -> list[JournalEntry]:
    """Every entry that has consequences of counting, by the table of consequences itself."""
    kinds = [kind for kind, named in flow.CONSEQUENCES.items() if "proof.recount" in named]
    return list(archive.told(*kinds))


def follow(entry: JournalEntry) -> None:
    flow.CONSEQUENCES[entry.kind]["proof.recount"](entry, Job(key=entry.id, now=JULY, attempt=1))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_do_and_in_whatever_order_it_is_taken_up(seed: int) -> None:
    chance = random.Random(seed)
    life = Life(chance)
    waiting, taken_up = told(), []
    known = {entry.id for entry in waiting}
    for _ in range(25):
        for _ in range(chance.randint(1, 4)):
            life.something()
        waiting += [entry for entry in told() if entry.id not in known]
        known |= {entry.id for entry in waiting}
        chance.shuffle(waiting)
        for _ in range(chance.randint(0, len(waiting))):
            taken_up.append(waiting.pop())
            follow(taken_up[-1])
        if taken_up and chance.random() < 0.3:
            follow(chance.choice(taken_up))  # once more, much later
    while waiting:
        follow(waiting.pop())
    assert list(queries.faults()) == []
    assert {entry.kind for entry in told()} >= {"work.recorded", "work.corrected", "plan.amended", "task.reopened"}
    before = sorted(Tally.objects.values_list())
    for entry in told():
        follow(entry)
    assert sorted(Tally.objects.values_list()) == before


@pytest.mark.django_db
def test_a_wrong_tally_is_told_with_its_place(world: World) -> None:
    plan = community(world)
    catch_up()
    assert list(queries.faults()) == []
    row = Tally.objects.filter(kind="due", open__gt=0).order_by("day").first()
    assert row is not None
    Tally.objects.filter(pk=row.pk).update(open=row.open + 1, promised=row.promised + 1)
    (fault,) = queries.faults()
    assert str(row.day) in fault
    assert row.measure in fault
    actions.recount_unit(plan.world.units["xl"])
    assert list(queries.faults()) == []
    Tally.objects.filter(pk=row.pk).delete()
    assert len(list(queries.faults())) == 1


@pytest.mark.django_db
def test_a_house_from_before_is_counted_once(world: World) -> None:
    plan = community(world)
    done_before = Tally.objects.count()
    assert done_before == 0
    assert actions.recount_missing() == 1
    assert actions.recount_missing() == 0
    assert list(queries.faults()) == []
    assert Tally.objects.filter(unit_id=plan.world.units["xl"]).exists()


@pytest.mark.django_db
def test_a_record_counts_on_the_day_it_was_in_the_unit(world: World) -> None:
    plan = community(world)
    late = at("2026-07-04").replace(hour=17)  # one in the morning of the fifth in Shanghai
    record_work(unit_id=plan.world.units["xl"], words="順手清了一處", **act(plan.clerk, at=late))
    catch_up()
    (row,) = Tally.objects.filter(kind="record")
    assert (row.day, row.records, row.measure) == (date(2026, 7, 5), 1, "")


@pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="two at once on one row needs PostgreSQL")
def test_of_two_who_count_at_once_the_last_has_seen_everything(shared_world: World) -> None:
    plan = community(shared_world)
    seal(recorded_at=JULY)
    unit = plan.world.units["xl"]
    cells = [Cell(unit, "due", task.due, "corridor-clearing") for task in plan.tasks("樓道")]

    def count() -> None:
        try:
            for _ in range(20):
                actions.recount_cells(cells)
                actions.recount_unit(unit)
        finally:
            connection.close()

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for task in plan.tasks("樓道")[:4]:
        record_work(task_id=task.id, **act(plan.clerk, at=at("2026-07-20")))
    for thread in threads:
        thread.join()
    actions.recount_unit(unit)
    assert list(queries.faults()) == []


@pytest.mark.slow
def test_the_worker_is_killed_half_way() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "tallies.py"), "--runs", "12"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "each is what a recount gives" in done.stdout
    assert " 0 workers killed" not in done.stdout
