"""A hundred thousand tasks: how long the queries behind Today, lists, progress and the calendar take.

    .venv/bin/python -m benchmarks.tasks                     on SQLite, in a folder of its own
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.tasks     on PostgreSQL, in an empty database

One warm client; p50 and p95 in milliseconds, and the processor time that is left when others use the machine too (on
SQLite it is all of the work). The database must be empty: it is filled and left behind.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

TASKS = 100_000
START = date(2026, 1, 1)
TODAY = date(2026, 7, 15)
NOW = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)
MEASURES = ("corridor-clearing", "water-tank-cleaning", "lecture", "regular-meeting", "environment-cleanup", "")


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.tasks", description=__doc__)
    parser.add_argument("--tasks", type=int, default=TASKS)
    parser.add_argument("--rounds", type=int, default=40)
    arguments = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        os.environ["QINGLI_HOME"] = tempfile.mkdtemp(prefix="qingli-benchmark-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingli.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    place = fill(arguments.tasks)
    with connection.cursor() as cursor:
        # what PostgreSQL does by itself soon after so many rows came in
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"{connection.vendor}: {arguments.tasks} tasks made in {time.perf_counter() - began:.0f} s")
    worst = 0.0
    for name, query in queries_of(place).items():
        p50, p95, busy, count = measure(query, arguments.rounds)
        worst = max(worst, p95)
        print(f"{name:<24} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   processor {busy:6.1f} ms   {count} queries")
    return 0 if worst < 150 else 1


def measure(query: Callable[[], Any], rounds: int) -> tuple[float, float, float, int]:
    """p50 and p95 in milliseconds, this process's own processor time, and how many queries it cost."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        query()
    times, busy = [], time.process_time()
    for _ in range(rounds):
        began = time.perf_counter()
        query()
        times.append((time.perf_counter() - began) * 1000)
    busy = (time.process_time() - busy) * 1000 / rounds
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)], busy, len(captured)


class Place:
    """A community with four grids, its people, and one plan that holds most of the tasks."""

    unit: UUID
    grid: UUID
    plan: UUID
    clerk: Any
    worker: Any
    slug: str


def fill(number: int) -> Place:
    """Half of the tasks in one plan of a community, the others in nine smaller plans of its neighbours."""
    from qingli.ground import actions as ground
    from qingli.ground import queries
    from qingli.ground.rules import SYSTEM, Role, SiteType, UnitKind

    def act() -> dict[str, Any]:
        return {"by": SYSTEM, "happened_at": NOW, "recorded_at": NOW, "key": uuid4()}

    street = ground.found_unit(
        parent_id=None,
        kind=UnitKind.STREET,
        name="鶴林街道",
        code="hl",
        time_zone="Asia/Shanghai",
        **act(),
    ).object_id
    place = Place()
    for community in range(10):
        unit = ground.found_unit(
            parent_id=street,
            kind=UnitKind.COMMUNITY,
            name=f"第{community}社區",
            code=f"c{community}",
            time_zone="",
            **act(),
        ).object_id
        grids = [
            ground.found_unit(
                parent_id=unit, kind=UnitKind.GRID, name=f"第{grid}網格", code=f"g{grid}", time_zone="", **act()
            ).object_id
            for grid in range(4)
        ]
        people = {}
        for role, where in ((Role.CLERK, unit), (Role.GRID_WORKER, grids[0])):
            person = ground.add_person(unit_id=where, name=f"{role.value}{community}", **act()).object_id
            ground.add_post(person_id=person, unit_id=where, role=role, starts_on=START, **act())
            people[role] = queries.asker_for(person, at=NOW)
        sites = [
            ground.add_site(
                unit_id=grids[index % 4],
                type=SiteType.WATER_TANK if index % 5 == 4 else SiteType.BUILDING,
                name=f"{index}號樓",
                place="",
                count=None,
                **act(),
            ).object_id
            for index in range(40)
        ]
        share = number // 2 if community == 0 else number // 18
        plan, slug = _plan(unit, grids, sites, share)
        if community == 0:
            place.unit, place.grid, place.plan, place.slug = unit, grids[0], plan, slug
            place.clerk, place.worker = people[Role.CLERK], people[Role.GRID_WORKER]
    return place


def _plan(unit: UUID, grids: list[UUID], sites: list[UUID], number: int) -> tuple[UUID, str]:
    """A year's plan in force with forty-two promises, most of them for every building."""
    from qingli.plan.models import Action, Plan, PlanVersion, Section, Task
    from qingli.work.models import Record

    plan = Plan.objects.create(
        unit_id=unit,
        title="環境保護工作計劃",
        starts=START,
        ends=date(2026, 12, 31),
        year=2026,
        state="in-force",
        current_number=1,
        made_at=NOW,
        public_slug=str(uuid4())[:8],
    )
    PlanVersion.objects.create(unit_id=unit, plan=plan, number=1, text="一、工作\n" * 500, made_at=NOW, adopted_at=NOW)
    sections = Section.objects.bulk_create(
        Section(
            unit_id=unit, plan=plan, version_from=1, order=n, level=1, number=f"{n}、", path=str(n), begin=n, end=n + 1
        )
        for n in range(6)
    )
    actions = Action.objects.bulk_create(
        Action(
            unit_id=unit,
            plan=plan,
            lineage=uuid4(),
            version_from=1,
            section=sections[n % 6],
            order=n,
            title=f"第{n}項措施",
            measure=MEASURES[n % len(MEASURES)],
            quantity=n,
            review="accepted",
        )
        for n in range(42)
    )
    chance = random.Random(number)
    rows = []
    for n in range(number):
        action, site = actions[n % 42], n % 40
        due = START + timedelta(days=(n // 1680) * 365 // max(number // 1680, 1) % 365)
        done = due < TODAY and chance.random() < 0.93
        rows.append(
            Task(
                unit_id=unit,
                plan=plan,
                lineage=action.lineage,
                action=action,
                place_id=grids[site % 4],
                site_id=sites[site],
                role="grid_worker" if n % 3 else "clerk",
                role_unit_id=grids[site % 4] if n % 3 else unit,
                occurrence=f"{n}",
                opens=due - timedelta(days=6),
                due=due,
                title=action.title,
                state="done" if done else "open",
                done_on=due + timedelta(days=chance.randint(-3, 2)) if done else None,
                made_at=NOW,
            )
        )
    Task.objects.bulk_create(rows, batch_size=1000)
    Record.objects.bulk_create(
        (
            Record(unit_id=unit, task=row, site_id=row.site_id, happened_at=moment, recorded_at=moment)
            for row in rows
            if row.done_on
            for moment in [datetime.combine(row.done_on, NOW.time(), UTC)]
        ),
        batch_size=1000,
    )
    assert plan.public_slug
    return plan.id, plan.public_slug


def queries_of(place: Place) -> dict[str, Callable[[], Any]]:
    """What the pages ask."""
    from qingli.plan import queries
    from qingli.plan.queries import TaskFilters, tasks

    clerk, unit = place.clerk, place.unit

    def listed(filters: TaskFilters | None = None, where: UUID = unit, asker: Any = clerk) -> Callable[[], Any]:
        return lambda: tasks(asker, where, today=TODAY, filters=filters)

    deep = tasks(clerk, unit, today=TODAY, limit=20_000).after if place else None
    return {
        "today, clerk": lambda: queries.today_page(clerk, today=TODAY),
        "today, grid worker": lambda: queries.today_page(place.worker, today=TODAY),
        "tasks of a unit": listed(),
        "tasks of a unit, deep": lambda: tasks(clerk, unit, today=TODAY, after=deep),
        "tasks of a unit, late": listed(TaskFilters("late")),
        "tasks of a unit, open": listed(TaskFilters("open")),
        "tasks of a unit, done": listed(TaskFilters("done")),
        "tasks of a unit, mine": listed(TaskFilters("open", mine=True)),
        "tasks of a plan": listed(TaskFilters(plan_id=place.plan)),
        "tasks of a grid": listed(None, place.grid, place.worker),
        "plans of a unit": lambda: queries.plans_of_unit(clerk, unit, today=TODAY),
        "plan progress": lambda: queries.progress(clerk, place.plan, today=TODAY),
        "public plan": lambda: queries.public_plan(place.slug, today=TODAY),
        "calendar, month": lambda: queries.calendar_month(clerk, unit, 2026, 7, today=TODAY),
        "calendar, year": lambda: queries.calendar_year(clerk, unit, 2026, today=TODAY),
        "reading page": lambda: queries.review_page(clerk, place.plan, today=TODAY),
    }


if __name__ == "__main__":
    sys.exit(main())
