"""Tallies while the worker is killed half-way, runs twice, and reads the journal again: they equal a full recount.

    ./qingli soak tallies [--runs 500]

People record, correct, reopen, amend at random. Between their deeds child processes, one or two at once, carry out what
follows, and are killed at a random moment; now and then the journal is read again from the beginning. Whenever the
worker has caught up, every tally is what a recount of all tasks and records gives. Runs on SQLite, or in the empty
database of DATABASE_URL.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Shanghai
MEASURES = ("corridor-clearing", "lecture", "regular-meeting", "")
EVERY_WEEK = {"repeat": {"frequency": "week", "interval": 1, "count": 1}}
EVERY_MONTH = {"repeat": {"frequency": "month", "interval": 1, "count": 1}}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tallies", description="Kill the worker that keeps the tallies.")
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(argv)
    if "DATABASE_URL" not in os.environ:
        os.environ["QINGLI_HOME"] = tempfile.mkdtemp(prefix="qingli-soak-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingli.settings")
    os.environ.setdefault("QINGLI_LOG_LEVEL", "ERROR")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    chance = random.Random(arguments.seed)
    life = Life(chance)
    whole = work() or 1.0
    killed = finished = looked = 0
    for run in range(arguments.runs):
        for _ in range(chance.randint(1, 6)):
            life.something()
        if chance.random() < 0.1:
            read_again(chance)
        ends = (
            [work(chance.uniform(0, whole * 1.5)) for _ in range(1)]
            if chance.random() < 0.7
            else together([chance.uniform(0, whole * 2) for _ in range(2)])
        )
        killed += sum(end is None for end in ends)
        finished += sum(end is not None for end in ends)
        let_leases_lapse()
        if chance.random() < 0.2 or run == arguments.runs - 1:
            catch_up()
            check(run)
            looked += 1
    print(f"{arguments.runs} runs, {life.deeds} deeds: {killed} workers killed half-way, {finished} to the end;")
    print(f"{looked} times caught up, {tallies()} tallies: each is what a recount gives")
    return 0


class Life:
    """A community with two plans in force, and people who do something at random."""

    def __init__(self, chance: random.Random) -> None:
        from qingli.ground import actions as ground
        from qingli.ground.rules import SYSTEM, SiteType, UnitKind

        self.chance, self.now, self.deeds = chance, START, 0
        self.unit = ground.found_unit(
            parent_id=None,
            kind=UnitKind.COMMUNITY,
            name="杏林社區",
            code=f"x{uuid4().hex[:8]}",
            time_zone="Asia/Shanghai",
            **self.act(),
        ).object_id
        for number in range(3):
            ground.add_site(unit_id=self.unit, type=SiteType.BUILDING, name=f"{number + 1}號樓", **self.act())
        self.by = SYSTEM
        self.plans = [self._plan(number) for number in range(2)]

    def act(self) -> dict[str, Any]:
        from qingli.ground.rules import SYSTEM

        return {"by": SYSTEM, "happened_at": self.now, "recorded_at": self.now, "key": uuid4()}

    def something(self) -> None:
        """One deed, whichever it is; what the rules refuse is not done."""
        from qingli.plan.actions import RefusedError

        self.now += timedelta(minutes=self.chance.choice((1, 7, 600, 4000)))
        deeds: list[tuple[int, Callable[[], object]]] = [
            (8, self._record),
            (3, self._record_apart),
            (4, self._correct),
            (3, self._reopen),
            (3, self._leave),
            (2, self._make),
            (2, self._amend),
        ]
        (deed,) = self.chance.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])
        with suppress(RefusedError):
            deed()
            self.deeds += 1

    def _plan(self, number: int) -> UUID:
        from qingli.plan.actions import make_tasks
        from qingli.plan.models import Action, Plan, PlanVersion, Schedule

        plan = Plan.objects.create(
            unit_id=self.unit,
            title=f"第{number + 1}份計劃",
            starts=date(2026, 1, 1),
            ends=date(2026, 12, 31),
            state="in-force",
            current_number=1,
            made_at=self.now,
        )
        PlanVersion.objects.create(unit_id=self.unit, plan=plan, number=1, made_at=self.now, adopted_at=self.now)
        for order, measure in enumerate(MEASURES):
            action = Action.objects.create(
                unit_id=self.unit,
                plan=plan,
                lineage=uuid4(),
                version_from=1,
                order=order,
                title=measure or "其他",
                measure=measure,
                per_site=order == 0,
                site_type="building" if order == 0 else "",
            )
            norm = {"type": "rrule", "value": "FREQ=MONTHLY"}
            Schedule.objects.create(unit_id=self.unit, action=action, surface="每月", kind="recur", norm=norm)
        make_tasks(plan_id=plan.id, **self.act())
        return plan.id

    def _task(self, *states: str) -> UUID | None:
        """One of the tasks in these states, rather one that is due."""
        from qingli.plan.models import Task

        found = list(Task.objects.filter(state__in=states).order_by("due", "id").values_list("id", flat=True)[:12])
        return self.chance.choice(found) if found else None

    def _record(self) -> None:
        from qingli.work.actions import record_work

        task = self._task("open", "not_done")
        if task is not None:
            record_work(task_id=task, words="做了", finish=self.chance.random() < 0.8, **self.act())

    def _record_apart(self) -> None:
        from qingli.work.actions import record_work

        record_work(unit_id=self.unit, words="順手清了一處", **self.act())

    def _correct(self) -> None:
        from qingli.work.actions import correct_record
        from qingli.work.models import Record

        found = list(
            Record.objects.filter(correction__isnull=True).order_by("-happened_at").values_list("id", flat=True)[:8]
        )
        if found:
            earlier = {**self.act(), "happened_at": self.now - timedelta(days=self.chance.randint(0, 5))}
            correct_record(record_id=self.chance.choice(found), reason="日子記錯了", words="改過", **earlier)

    def _reopen(self) -> None:
        from qingli.plan.actions import reopen_task

        if task := self._task("done", "not_done"):
            reopen_task(task_id=task, reason="沒做完", **self.act())

    def _leave(self) -> None:
        from qingli.plan.actions import mark_not_done

        if task := self._task("open"):
            mark_not_done(task_id=task, reason="下雨", **self.act())

    def _make(self) -> None:
        from qingli.plan.actions import make_tasks

        make_tasks(plan_id=self.chance.choice(self.plans), **self.act())

    def _amend(self) -> None:
        """Another measure, another rhythm, or no longer a promise: what lies ahead moves, and is counted elsewhere."""
        from qingli.plan.actions import adopt_amendment, amend_plan, edit_action, ignore_action, set_schedule
        from qingli.plan.models import Action

        plan = self.chance.choice(self.plans)
        amend_plan(plan_id=plan, **self.act())
        rows = Action.objects.filter(plan_id=plan, version_to__isnull=True).exclude(review="ignored").order_by("order")
        action = self.chance.choice(list(rows))
        kind = self.chance.random()
        if kind < 0.4:
            measure = self.chance.choice(MEASURES)
            edit_action(action_id=action.id, changes={"measure": measure}, **self.act())
        elif kind < 0.9 or len(rows) < 3:
            rhythm = self.chance.choice((EVERY_WEEK, EVERY_MONTH))
            set_schedule(action_id=action.id, answer=rhythm, **self.act())
        else:
            ignore_action(action_id=action.id, **self.act())
        today = (self.now + timedelta(hours=8)).date()
        adopt_amendment(plan_id=plan, on=today, reason="改一改", **self.act())


def work(seconds: float | None = None) -> float | None:
    """A worker of its own until nothing is left, killed after `seconds`; how long it took, None where it was killed."""
    return together([seconds])[0]


def together(ends: list[float | None] | list[float]) -> list[float | None]:
    """Several workers at once, each killed after its time."""
    from django.db import connections

    connections.close_all()
    began = time.perf_counter()
    children = [_child(number) for number in range(len(ends))]
    for child, seconds in sorted(zip(children, ends, strict=True), key=lambda pair: pair[1] or 0):
        if seconds is not None:
            time.sleep(max(0.0, began + seconds - time.perf_counter()))
            os.kill(child, signal.SIGKILL)
    found: list[float | None] = []
    for child in children:
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the worker failed"
        found.append(None if os.WIFSIGNALED(status) else time.perf_counter() - began)
    return found


def _child(number: int) -> int:
    from qingli.cli.worker import turn

    child = os.fork()
    if child == 0:
        failed = 1
        try:
            while turn(f"w{number}"):
                pass
            failed = 0
        finally:
            os._exit(failed)
    return child


def let_leases_lapse() -> None:
    """As if the time had passed after which a job in the hands of a dead worker is taken up again."""
    from qingli.lib import clock
    from qingli.lib.jobs.models import Lease

    Lease.objects.filter(held=True).update(until=clock.machine() - timedelta(minutes=1), attempt=1)


def read_again(chance: random.Random) -> None:
    """The journal is read again from some place, and what had been asked for is asked for again."""
    from qingli.lib.jobs.models import JobKey, Position

    row = Position.objects.filter(pk="flow").first()
    if row is not None:
        row.sequence = chance.randint(0, row.sequence)
        row.save(update_fields=["sequence"])
        JobKey.objects.filter(key__startswith="flow:").delete()


def catch_up() -> None:
    while work() is None:
        let_leases_lapse()


def check(run: int) -> None:
    """Nothing has failed for good, and every tally is what a recount gives."""
    from qingli.lib.jobs.regular import failed_jobs
    from qingli.proof.queries import faults

    assert failed_jobs() == 0, f"run {run}: a job was given up"
    found = list(faults())
    assert not found, f"run {run}: {found[:5]}"


def tallies() -> int:
    from qingli.proof.models import Tally

    return Tally.objects.count()


if __name__ == "__main__":
    sys.exit(main())
