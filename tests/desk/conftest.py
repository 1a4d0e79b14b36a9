"""The invented city with a running plan, on a day in August, and browsers for its people."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from qingli.ground.rules import SiteType
from qingli.plan.models import Action, Task
from tests.ground.world import World
from tests.plan.plans import JULY, Running, running
from tests.web.conftest import quick, sign_in, world

__all__ = ["quick", "sign_in", "world"]

TODAY = date(2026, 8, 10)
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def august(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What day it is for every page."""
    clock = tmp_path / "clock"
    clock.write_text(f"{TODAY}T02:00:00+00:00", encoding="ascii")
    monkeypatch.setenv("QINGLI_CLOCK_FILE", str(clock))


@pytest.fixture
def plan(world: World, august: None) -> Running:
    return running(world)


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def address(plan: Running, rest: str = "", unit: str = "xl") -> str:
    """A page of a unit of the invented city."""
    return f"/w/{plan.world.units[unit]}/{rest}"


def open_task(plan: Running, words: str = "林秋月") -> Any:
    """The first task still open of a promise."""
    return next(task for task in plan.tasks(words, today=TODAY) if task.state == "open")


def send(client: Client, path: str, **fields: Any) -> Any:
    """Send a form as the page would, with a key of its own."""
    return client.post(path, {"key": uuid4(), **fields})


def more_tasks(plan: Running, number: int) -> None:
    """Open, done and undone tasks around today, some with a site, some of the grid worker."""
    rows = list(Action.objects.filter(plan_id=plan.id))
    site = plan.world.site("xl1", SiteType.BUILDING, f"{uuid4()}"[:20])
    units = plan.world.units
    for n in range(number):
        due = TODAY + timedelta(days=n % 40 - 10)
        state = ("open", "done", "not_done")[n % 3]
        Task.objects.create(
            unit_id=units["xl"],
            plan_id=plan.id,
            lineage=rows[n % len(rows)].lineage,
            action=rows[n % len(rows)],
            place_id=units["xl1" if n % 2 else "xl"],
            site_id=site if n % 4 == 0 else None,
            person_id=plan.world.people["clerk"] if n % 2 else None,
            occurrence=f"extra-{uuid4()}",
            opens=due - timedelta(days=3),
            due=due,
            title=f"第{n}件",
            state=state,
            done_on=due if state == "done" else None,
            reason="人手不足" if state == "not_done" else "",
            made_at=JULY,
        )
