"""Who does a task: a person or a post, chosen on the task's page."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from qingli.archive.models import Entry
from qingli.ground.rules import Role
from qingli.plan.models import Task
from tests.desk.conftest import SignIn, address, open_task, send
from tests.plan.plans import Running


def assign(client: Client, plan: Running, task: Task, to: str) -> int:
    status: int = send(client, address(plan, f"tasks/{task.id}/assign/"), to=to).status_code
    return status


def choices(client: Client, plan: Running, task: Task) -> list[str]:
    page = client.get(address(plan, f"tasks/{task.id}/")).content.decode()
    return re.findall(r'<option value="([a-z_]+:[0-9a-f-]{36})"', page)


def test_to_a_person_and_to_a_post(plan: Running, clerk: Client) -> None:
    task, world = open_task(plan), plan.world
    offered = choices(clerk, plan, task)
    person, post = f"person:{world.people['grid']}", f"grid_worker:{world.units['xl1']}"
    assert {person, post} <= set(offered)
    assert len(offered) == len(set(offered))
    assert assign(clerk, plan, task, person) == 302
    row = Task.objects.get(pk=task.id)
    assert (row.person_id, row.role, row.assigned) == (world.people["grid"], "", True)
    assert "何小滿" in clerk.get(address(plan, f"tasks/{task.id}/")).content.decode()
    assert assign(clerk, plan, task, post) == 302
    row = Task.objects.get(pk=task.id)
    assert (row.person_id, row.role, row.role_unit_id) == (None, "grid_worker", world.units["xl1"])
    page = clerk.get(address(plan, f"tasks/{task.id}/")).content.decode()
    assert "第1網格・grid worker" in page


def test_whoever_it_was_given_to_finds_it(plan: Running, clerk: Client, sign_in: SignIn) -> None:
    task, grid = open_task(plan), sign_in("grid")
    path = address(plan, f"tasks/{task.id}/")
    assert grid.get(path).status_code == 403
    assign(clerk, plan, task, f"grid_worker:{plan.world.units['xl1']}")
    page = grid.get(path)
    assert page.status_code == 200
    assert 'id="assign"' not in page.content.decode()


def test_a_volunteer_opens_and_does_what_was_given_to_them(plan: Running, clerk: Client, sign_in: SignIn) -> None:
    plan.world.person("volunteer", "何月娥", "xl", Role.VOLUNTEER)
    task = open_task(plan)
    assign(clerk, plan, task, f"person:{plan.world.people['volunteer']}")
    volunteer = sign_in("volunteer")
    page = volunteer.get(address(plan, f"tasks/{task.id}/"))
    assert page.status_code == 200
    assert "周明遠" not in page.content.decode()
    assert 'id="hand-over"' not in page.content.decode()
    assert send(volunteer, address(plan, f"tasks/{task.id}/done/"), words="做了").status_code == 302
    assert Task.objects.get(pk=task.id).state == "done"


@pytest.mark.parametrize("short", ["grid", "colleague", "neighbour", "street", "outsider"])
def test_others_give_nothing(plan: Running, sign_in: SignIn, short: str) -> None:
    task = open_task(plan)
    assert assign(sign_in(short), plan, task, f"person:{plan.world.people['grid']}") == 403
    assert Task.objects.get(pk=task.id).assigned is False


@pytest.mark.parametrize(
    "to", ["", "person:", "person:7", "clerk", "person:00000000-0000-4000-8000-000000000000", "administrator:x", "\x00"]
)
def test_what_was_not_offered_is_no_answer(plan: Running, clerk: Client, to: str) -> None:
    task, before = open_task(plan), Entry.objects.count()
    answer = send(clerk, address(plan, f"tasks/{task.id}/assign/"), to=to)
    assert answer.status_code == 422
    assert Entry.objects.count() == before


def test_somebody_of_another_unit_is_not_offered(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    stranger = f"person:{plan.world.people['neighbour']}"
    assert stranger not in choices(clerk, plan, task)
    assert assign(clerk, plan, task, stranger) == 422


def test_a_double_click_gives_once_and_a_done_task_is_not_given(plan: Running, clerk: Client) -> None:
    task, key = open_task(plan), uuid4()
    path, to = address(plan, f"tasks/{task.id}/assign/"), f"person:{plan.world.people['head']}"
    for _ in range(2):
        assert clerk.post(path, {"key": key, "to": to}).status_code == 302
    assert Entry.objects.filter(kind="task.assigned").count() == 1
    assert clerk.post(path, {"key": "garbled", "to": to}).status_code == 400
    send(clerk, address(plan, f"tasks/{task.id}/done/"))
    page = clerk.post(path, {"key": uuid4(), "to": to}, follow=True).content.decode()
    assert "This cannot be done at present" in page
    assert Entry.objects.filter(kind="task.assigned").count() == 1
