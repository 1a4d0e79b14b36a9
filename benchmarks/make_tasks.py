"""Tasks made ahead while the maker is killed half-way, a thousand times: none is made twice, none is forgotten.

    ./qingli soak make_tasks [--runs 1000]

A child process, forked from one that has loaded everything, makes the tasks of several plans and is killed at a random
moment. After every kill each plan has either none or all of its new tasks. Then somebody else goes on. At the end every
plan has exactly the tasks that it promises, the journal tells of as many makings as there were, and it verifies. Runs
on SQLite, or in the empty database of DATABASE_URL.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

PLANS = 4
SITES = 5
WEEKS = 53  # begun in the half-year and year of the plans
NOW = datetime(2026, 1, 2, 1, 0, tzinfo=UTC)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make_tasks", description="Kill the making of tasks half-way.")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(argv)
    if "DATABASE_URL" not in os.environ:
        os.environ["QINGLI_HOME"] = tempfile.mkdtemp(prefix="qingli-soak-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingli.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    plans = fill()
    whole = duration(plans)
    chance = random.Random(arguments.seed)
    killed = finished = 0
    began = time.perf_counter()
    for run in range(arguments.runs):
        if all(tasks_of(plan) for plan in plans):
            clear()
        if make(chance.uniform(0, whole * 1.2)):
            finished += 1
        else:
            killed += 1
        check(plans, run)
        if (run + 1) % 100 == 0:
            print(
                f"{run + 1} runs: {killed} killed, {finished} to the end, {time.perf_counter() - began:.0f} s",
                flush=True,
            )
    make(None)
    check(plans, arguments.runs)
    assert all(tasks_of(plan) == SITES * WEEKS for plan in plans)
    entries = journal_is_sound()
    print(f"{arguments.runs} runs: {killed} killed half-way, {finished} to the end; one run takes {whole:.2f} s;")
    print(f"{entries} makings in the journal, which verifies; no task twice, none missing")
    return 0


def fill() -> list[UUID]:
    """A community with sites, and plans in force that want every site looked at every week."""
    from qingli.ground import actions as ground
    from qingli.ground.rules import SYSTEM, SiteType, UnitKind
    from qingli.plan.models import Action, Plan, PlanVersion, Schedule

    unit = ground.found_unit(
        parent_id=None,
        kind=UnitKind.COMMUNITY,
        name="杏林社區",
        code=f"x{uuid4().hex[:8]}",
        time_zone="Asia/Shanghai",
        by=SYSTEM,
        happened_at=NOW,
        recorded_at=NOW,
        key=uuid4(),
    ).object_id
    for number in range(SITES):
        ground.add_site(
            unit_id=unit,
            type=SiteType.BUILDING,
            name=f"{number + 1}號樓",
            by=SYSTEM,
            happened_at=NOW,
            recorded_at=NOW,
            key=uuid4(),
        )
    plans = []
    for number in range(PLANS):
        plan = Plan.objects.create(
            unit_id=unit,
            title=f"第{number + 1}份計劃",
            starts=date(2026, 1, 1),
            ends=date(2026, 12, 31),
            state="in-force",
            current_number=1,
            made_at=NOW,
        )
        PlanVersion.objects.create(unit_id=unit, plan=plan, number=1, made_at=NOW, adopted_at=NOW)
        action = Action.objects.create(
            unit_id=unit,
            plan=plan,
            lineage=uuid4(),
            version_from=1,
            order=0,
            title="看樓道",
            per_site=True,
            site_type="building",
        )
        norm = {"type": "rrule", "value": "FREQ=WEEKLY"}
        Schedule.objects.create(unit_id=unit, action=action, surface="每週", kind="recur", norm=norm)
        plans.append(plan.id)
    return plans


def make(seconds: float | None) -> bool:
    """Make tasks in a child; kill it after `seconds`. Whether it came to its end."""
    from django.db import connections

    from qingli.plan.actions import make_tasks_ahead

    connections.close_all()
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            make_tasks_ahead(recorded_at=NOW, key=uuid4())
            failed = 0
        finally:
            os._exit(failed)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the maker failed"
    return not os.WIFSIGNALED(status)


def duration(plans: list[UUID]) -> float:
    """Seconds of one whole run, after one in this process, whose children then need not load everything anew."""
    from qingli.plan.actions import make_tasks_ahead

    make_tasks_ahead(recorded_at=NOW, key=uuid4())
    clear()
    began = time.perf_counter()
    make(None)
    took = time.perf_counter() - began
    check(plans, -1)
    clear()
    return took


def tasks_of(plan: UUID) -> int:
    from qingli.plan.models import Task

    return Task.objects.filter(plan_id=plan).count()


def clear() -> None:
    """Take all tasks away, so that there is something to make."""
    from qingli.plan.models import Task

    Task.objects.all().delete()


def check(plans: list[UUID], run: int) -> None:
    """Every plan has all of its tasks or none, each once."""
    from qingli.plan.models import Task

    for plan in plans:
        rows = list(Task.objects.filter(plan_id=plan).values_list("lineage", "occurrence", "site_id"))
        assert len(rows) == len(set(rows)), f"run {run}: a task was made twice"
        assert len(rows) in (0, SITES * WEEKS), f"run {run}: {len(rows)} tasks, half a plan"


def journal_is_sound() -> int:
    """How many makings the journal tells of, after it was sealed and verified."""
    from qingli.archive.actions import seal
    from qingli.archive.queries import entries_since, verify

    seal(recorded_at=NOW)
    found = verify()
    assert not found.breaks, found
    number, sequence = 0, 0
    while entries := entries_since(sequence):
        number += sum(entry.kind == "plan.tasks-made" for entry in entries)
        sequence = entries[-1].sequence or 0
    return number


if __name__ == "__main__":
    sys.exit(main())
