"""Every page for everybody: one's own unit, the neighbour, the office above, an outsider, nobody."""

from uuid import uuid4

import pytest
from django.test import Client

from qingli.plan.models import Plan
from qingli.work import actions as work
from tests.desk.conftest import SignIn, address, open_task, send
from tests.ground.world import act
from tests.plan.plans import Running, at, draft

OWN = ("clerk", "head", "colleague")
STRANGE = ("neighbour", "street", "district", "outsider", "administrator")


def pages(plan: Running) -> list[str]:
    """Every page that shows plans or tasks of 杏林社區."""
    task = open_task(plan)
    done = work.record_work(
        task_id=open_task(plan, "樓道").id, words="清了", **act(plan.clerk, at=at("2026-08-09"))
    ).object_id
    return [
        address(plan, rest)
        for rest in (
            "plans/",
            f"plans/{plan.id}/",
            f"plans/{plan.id}/history/",
            f"plans/{plan.id}/difference/1/1/",
            f"plans/{plan.id}/plan.docx",
            f"plans/{plan.id}/plan.xlsx",
            "tasks/",
            "tasks/?state=late",
            f"tasks/?plan={plan.id}",
            f"tasks/{task.id}/",
            f"records/{done}/",
            "calendar/",
            "calendar/2026/8/",
            "calendar/2026/",
        )
    ]


@pytest.mark.parametrize("short", OWN)
def test_the_unit_sees_its_own(plan: Running, sign_in: SignIn, short: str) -> None:
    client = sign_in(short)
    answers = {path: client.get(path).status_code for path in pages(plan)}
    assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize("short", STRANGE)
def test_others_see_nothing_of_it(plan: Running, sign_in: SignIn, short: str) -> None:
    client = sign_in(short)
    answers = {path: client.get(path).status_code for path in pages(plan)}
    assert set(answers.values()) <= {403, 404}, answers


def test_nobody_is_led_to_the_sign_in_and_back(plan: Running) -> None:
    for path in pages(plan):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=/w/")


@pytest.mark.parametrize("short", [*OWN, "grid", "neighbour", "street", "district", "administrator"])
def test_everybody_has_a_today_of_their_own(plan: Running, sign_in: SignIn, short: str) -> None:
    client = sign_in(short)
    answer = client.get("/today/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].endswith("/today/")


def test_without_a_post_the_page_says_so(plan: Running, sign_in: SignIn) -> None:
    answer = sign_in("resident").get("/today/")
    assert answer.status_code == 403
    assert "You hold no post at present" in answer.content.decode()


def test_a_grid_worker_has_what_falls_to_the_grid_workers(plan: Running, sign_in: SignIn) -> None:
    client = sign_in("grid")
    page = client.get(address(plan, "today/", "xl1")).content.decode()
    assert "每月5日前由各網格員清理樓道雜物" in page
    task = open_task(plan, "樓道")
    assert client.get(address(plan, f"tasks/{task.id}/", "xl1")).status_code == 200
    done = send(client, address(plan, f"tasks/{task.id}/done/", "xl1"))
    assert done.status_code == 302
    assert next(one for one in plan.tasks("樓道") if one.id == task.id).state == "done"


def test_a_grid_worker_does_not_read_the_clerks_tasks(plan: Running, sign_in: SignIn) -> None:
    client = sign_in("grid")
    task = open_task(plan, "林秋月")
    assert client.get(address(plan, f"tasks/{task.id}/", "xl1")).status_code in (403, 404)
    assert send(client, address(plan, f"tasks/{task.id}/done/", "xl1")).status_code in (403, 404)
    assert open_task(plan, "林秋月").id == task.id


@pytest.mark.parametrize("short", STRANGE)
def test_others_change_nothing(plan: Running, sign_in: SignIn, short: str) -> None:
    client, task = sign_in(short), open_task(plan)
    for rest, fields in (
        (f"tasks/{task.id}/done/", {}),
        (f"tasks/{task.id}/not-done/", {"reason": "x"}),
        (f"tasks/{task.id}/hand-over/", {"person": plan.world.people["head"]}),
        (f"plans/{plan.id}/close/", {"reason": "x", "words": "x"}),
        (f"plans/{plan.id}/amend/", {}),
        (f"plans/{plan.id}/do/publish/", {}),
        (f"plans/{plan.id}/calendar-link/", {}),
    ):
        assert send(client, address(plan, rest), **fields).status_code in (403, 404), rest
    assert open_task(plan).id == task.id
    assert Plan.objects.get(pk=plan.id).state == "in-force"


def test_a_plan_has_one_address_only(plan: Running, clerk: Client) -> None:
    """Not under another unit, not even one that the same person may see."""
    for rest in (f"plans/{plan.id}/", f"plans/{plan.id}/history/", f"plans/{plan.id}/plan.xlsx"):
        assert clerk.get(address(plan, rest, "xl1")).status_code == 404


def test_a_draft_leads_to_its_checking_page(plan: Running, clerk: Client) -> None:
    fresh = draft(plan.world)
    answer = clerk.get(address(plan, f"plans/{fresh.id}/"))
    assert answer.status_code == 302
    assert answer["Location"].endswith("/review/")


def test_what_is_not_there_is_404(plan: Running, clerk: Client) -> None:
    for rest in (f"plans/{uuid4()}/", f"tasks/{uuid4()}/", f"records/{uuid4()}/", f"plans/{plan.id}/difference/1/9/"):
        assert clerk.get(address(plan, rest)).status_code == 404
    assert clerk.get(f"/w/{uuid4()}/today/").status_code == 404


def test_the_public_page_needs_no_account_and_names_nobody(plan: Running) -> None:
    slug = Plan.objects.get(pk=plan.id).public_slug
    for rest in ("", "text/"):
        page = Client().get(f"/p/{slug}/{rest}")
        assert page.status_code == 200
        assert "林秋月" not in page.content.decode()
    assert Client().get("/p/there-is-none/").status_code == 404
