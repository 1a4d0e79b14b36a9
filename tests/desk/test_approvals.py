"""A plan that the office above approves, by the forms of both sides; and one that is only filed there."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from qingli.archive.models import Entry
from qingli.ground import actions as ground
from qingli.ground.rules import Role, UnitKind
from qingli.plan.models import Approval, Plan
from tests.desk.conftest import SignIn, address, send
from tests.ground.world import SPRING, World, act
from tests.plan.plans import Running, draft

NASTY = "<script>alert('x')</script>"


@pytest.fixture
def fresh(world: World, august: None) -> Running:
    return draft(world)


@pytest.fixture
def street(sign_in: SignIn) -> Client:
    return sign_in("street")


def at(plan: Running, rest: str = "") -> str:
    return address(plan, f"plans/{plan.id}/{rest}")


def state(plan: Running) -> str:
    return Plan.objects.get(pk=plan.id).state


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


@pytest.fixture
def sent(fresh: Running, clerk: Client) -> Running:
    send(clerk, at(fresh, "way/"), way="above")
    send(clerk, at(fresh, "send/"))
    assert state(fresh) == "submitted"
    return fresh


def test_from_the_draft_to_in_force_by_way_of_the_street(fresh: Running, clerk: Client, street: Client) -> None:
    page = text(clerk, at(fresh))
    assert "Decided by the committee: change it" in page
    assert "The office above: 鶴林街道" in page
    page = clerk.post(at(fresh, "way/"), {"key": uuid4(), "way": "above"}, follow=True).content.decode()
    assert "Send to the office above" in page
    assert "Adopt this plan" not in page
    page = clerk.post(at(fresh, "send/"), {"key": uuid4()}, follow=True).content.decode()
    assert "This plan is with 鶴林街道" in page
    assert "Take it back" in page
    today = text(street, address(fresh, "today/", "hl"))
    assert "Waiting for your approval" in today
    assert "杏林社區2026年下半年環境保護工作計劃" in today
    listed = text(street, address(fresh, "approvals/", "hl"))
    assert f"/plans/{fresh.id}/" in listed
    read = text(street, at(fresh))
    assert "杏林社區 sent this plan." in read
    assert "每月召開一次環境工作例會" in read
    assert "Take it back" not in read
    answer = send(street, at(fresh, "approve/"), on="2026-08-09", words="同意")
    assert answer["Location"] == address(fresh, "approvals/", "hl")
    assert state(fresh) == "adopted"
    assert "approved by the office above" in text(street, address(fresh, "approvals/", "hl"))
    page = text(clerk, at(fresh))
    assert "approved by the office above" in page
    assert "File with the office above" not in page
    for name, after in (("publish", "published"), ("start", "in-force")):
        send(clerk, at(fresh, f"do/{name}/"))
        assert state(fresh) == after
    assert fresh.tasks()


def test_sent_back_changed_and_sent_again(sent: Running, clerk: Client, street: Client) -> None:
    empty = send(street, at(sent, "send-back/"), reason="")
    assert empty.status_code == 422
    assert "Write what is to be changed" in empty.content.decode()
    send(street, at(sent, "send-back/"), reason=f"請寫明負責人{NASTY}")
    assert state(sent) == "draft"
    page = text(clerk, at(sent))
    assert "Sent back by the office above" in page
    assert "請寫明負責人" in page
    assert "<script>alert" not in page
    assert "sent back by the office above" in text(street, address(sent, "approvals/", "hl"))
    assert street.get(at(sent, "review/")).status_code == 403  # it is a draft again
    action = sent.page().actions[0]
    send(clerk, at(sent, "review/act/"), do=f"accept:{action.id}", action=action.id)
    send(clerk, at(sent, "send/"))
    again = text(street, address(sent, "approvals/", "hl"))
    assert "sent anew after" in again
    send(street, at(sent, "approve/"), on="2026-08-10")
    assert state(sent) == "adopted"


def test_taken_back_it_is_a_draft_again_and_closed_to_the_street(sent: Running, clerk: Client, street: Client) -> None:
    page = clerk.post(at(sent, "take-back/"), {"key": uuid4()}, follow=True).content.decode()
    assert "Taken back. It is a draft again." in page
    assert state(sent) == "draft"
    assert street.get(at(sent, "review/")).status_code == 403
    assert send(street, at(sent, "approve/"), on="2026-08-10").status_code == 403
    assert "No plan is waiting." in text(street, address(sent, "today/", "hl"))


def test_while_it_is_above_nothing_of_it_changes(sent: Running, clerk: Client) -> None:
    action = sent.page().actions[0]
    page = text(clerk, at(sent, "review/"))
    assert 'name="do"' not in page
    send(clerk, at(sent, "review/act/"), do=f"accept:{action.id}", action=action.id)
    assert sent.page().actions[0].review == "unseen"
    send(clerk, at(sent, "adopt/"), on="2026-08-09", way="committee", unread="promised")
    assert state(sent) == "submitted"


STEPS = ("approve/", "send-back/", "send/", "take-back/", "way/", "file/")
FIELDS = {"on": "2026-08-09", "reason": "x", "way": "committee"}


@pytest.mark.parametrize("short", ["neighbour", "outsider", "administrator", "other-street", "grid"])
def test_nobody_else_decides(sent: Running, sign_in: SignIn, short: str) -> None:
    world = sent.world
    world.unit("other", UnitKind.STREET, "柏溪街道", "nan")
    world.person("other-street", "顧長河", "other", Role.STREET_OFFICE)
    client = sign_in(short)
    for rest in STEPS:
        assert send(client, at(sent, rest), **FIELDS).status_code == 403, rest
    if short != "grid":
        assert client.get(at(sent, "review/")).status_code == 403
    assert client.get(address(sent, "approvals/", "hl")).status_code == 403
    assert state(sent) == "submitted"


def test_the_clerk_does_not_approve_and_the_street_does_not_send(sent: Running, clerk: Client, street: Client) -> None:
    for client, names in ((clerk, ("approve/", "send-back/")), (street, ("send/", "take-back/", "way/", "file/"))):
        for rest in names:
            assert send(client, at(sent, rest), **FIELDS).status_code == 403, rest
    assert clerk.get(address(sent, "approvals/", "xl")).status_code == 403
    assert state(sent) == "submitted"


def test_nobody_is_led_to_the_sign_in(sent: Running) -> None:
    for path in (at(sent, "approve/"), address(sent, "approvals/", "hl")):
        assert Client().get(path)["Location"].startswith("/sign-in/")


def test_an_address_of_another_unit_is_not_there(sent: Running, clerk: Client, street: Client) -> None:
    for client, rest in ((street, "approve/"), (clerk, "take-back/")):
        assert send(client, address(sent, f"plans/{sent.id}/{rest}", "ll"), **FIELDS).status_code == 404
    assert send(street, address(sent, f"plans/{uuid4()}/approve/"), **FIELDS).status_code == 404
    assert state(sent) == "submitted"


def test_a_double_click_decides_once(sent: Running, street: Client) -> None:
    key = uuid4()
    for _ in range(2):
        answer = street.post(at(sent, "approve/"), {"key": key, "on": "2026-08-09"})
        assert answer.status_code == 302
    assert Approval.objects.filter(plan_id=sent.id).count() == 1
    page = street.post(at(sent, "approve/"), {"key": uuid4(), "on": "2026-08-09"}).content.decode()
    assert "This cannot be done at present" in page
    assert street.get(at(sent, "approve/"), follow=True).status_code == 200
    assert Approval.objects.filter(plan_id=sent.id).count() == 1


@pytest.mark.parametrize("key", ["", "garbled"])
def test_without_a_sound_key_nothing_happens(sent: Running, clerk: Client, street: Client, key: str) -> None:
    before = Entry.objects.count()
    for client, rest in ((street, "approve/"), (street, "send-back/"), (clerk, "take-back/"), (clerk, "way/")):
        assert client.post(at(sent, rest), {"key": key, **FIELDS}).status_code == 400, rest
    assert Entry.objects.count() == before


@pytest.mark.parametrize("day", ["", "soon", "2027-01-01", "0000-00-00"])
def test_no_decision_on_a_day_that_is_none(sent: Running, street: Client, day: str) -> None:
    assert send(street, at(sent, "approve/"), on=day).status_code in (200, 422)
    assert state(sent) == "submitted"


@pytest.mark.parametrize("way", ["", "nobody", "filed"])
def test_a_way_that_is_none_changes_nothing(fresh: Running, clerk: Client, way: str) -> None:
    send(clerk, at(fresh, "way/"), way=way)
    assert Plan.objects.get(pk=fresh.id).approval_way == "committee"


def test_where_nothing_lies_above_nobody_above_decides(world: World, clerk: Client, sign_in: SignIn) -> None:
    world.unit("alone", UnitKind.COMMUNITY, "清溪社區")
    ground.add_post(
        person_id=world.people["clerk"], unit_id=world.units["alone"], role=Role.CLERK, starts_on=SPRING, **act()
    )
    plan = draft(world)
    Plan.objects.filter(pk=plan.id).update(unit_id=world.units["alone"])
    path = address(plan, f"plans/{plan.id}/", "alone")
    assert "The office above" not in text(clerk, path)
    send(clerk, path + "way/", way="above")
    assert Plan.objects.get(pk=plan.id).approval_way == "committee"


def test_filing_is_offered_once_and_shown_with_its_day(plan: Running, clerk: Client, street: Client) -> None:
    assert street.get(at(plan)).status_code == 403
    assert "File with the office above" in text(clerk, at(plan))
    assert "to 鶴林街道" in text(clerk, at(plan, "file/"))
    answer = send(clerk, at(plan, "file/"), on="2026-08-08", words="備案")
    assert answer["Location"] == at(plan)
    page = text(clerk, at(plan))
    assert "filed with the office above Sat 8 August 2026" in page
    assert not re.search(r"href=[^>]*/file/", page)
    assert state(plan) == "in-force"
    assert street.get(at(plan)).status_code == 200
    assert "filed with the office above" in text(street, address(plan, "approvals/", "hl"))


def test_what_was_approved_above_is_not_filed_there(sent: Running, clerk: Client, street: Client) -> None:
    send(street, at(sent, "approve/"), on="2026-08-09")
    page = send(clerk, at(sent, "file/"), on="2026-08-09").content.decode()
    assert "This plan is approved by the office above" in page
    assert Approval.objects.filter(plan_id=sent.id).count() == 1


def test_an_amendment_of_what_the_street_approved_is_approved_there(
    sent: Running, clerk: Client, street: Client
) -> None:
    send(street, at(sent, "approve/"), on="2026-08-09")
    for name in ("publish", "start"):
        send(clerk, at(sent, f"do/{name}/"))
    send(clerk, at(sent, "amend/"))
    page = text(clerk, at(sent, "review/"))
    assert "Send to the office above" in page
    assert "Adopt this plan" not in page
    path = at(sent, "approve-amendment/")
    send(street, path, on="2026-08-10", reason="廣場改建")
    assert Plan.objects.get(pk=sent.id).current_number == 1  # it was not sent yet
    send(clerk, at(sent, "send/"))
    assert "Amendments waiting" in text(street, address(sent, "approvals/", "hl"))
    assert "杏林社區 sent this amendment." in text(street, at(sent, "review/"))
    assert send(clerk, path, on="2026-08-10", reason="廣場改建").status_code == 403
    assert send(street, path, on="2026-08-10", reason="").status_code == 422
    send(street, path, on="2027-01-01", reason="廣場改建")
    assert Plan.objects.get(pk=sent.id).current_number == 1
    key = uuid4()
    for _ in range(2):
        answer = street.post(path, {"key": key, "on": "2026-08-10", "reason": "廣場改建"})
        assert answer["Location"] == address(sent, "approvals/", "hl")
    assert Plan.objects.get(pk=sent.id).current_number == 2
    assert "Amendments waiting" not in text(street, address(sent, "approvals/", "hl"))


def test_the_street_reads_an_amendment_only_while_it_lies_there(sent: Running, clerk: Client, street: Client) -> None:
    send(street, at(sent, "approve/"), on="2026-08-09")
    send(clerk, at(sent, "amend/"))
    action = sent.page().actions[0]
    edit = {"title": "每旬召開例會", "owner": "", "owner_words": "", "when": "", "quantity": "", "measure": ""}
    send(clerk, at(sent, f"review/edit/{action.id}/"), **edit, quantity_unit="")

    def read() -> tuple[bool, int]:
        listed = "Amendments waiting" in text(street, address(sent, "approvals/", "hl"))
        assert listed == ("Amendments" in text(street, address(sent, "today/", "hl")))
        shown = "每旬召開例會" in text(street, at(sent, "review/"))
        assert listed == shown
        return shown, street.get(at(sent, "difference/1/2/")).status_code

    assert read() == (False, 404)
    send(clerk, at(sent, "send/"))
    assert read() == (True, 200)
    assert 'name="do"' not in text(clerk, at(sent, "review/"))
    send(clerk, at(sent, "take-back/"))
    assert read() == (False, 404)
    send(clerk, at(sent, "send/"))
    assert send(street, at(sent, "send-back/"), reason="請寫明為什麼").status_code == 302
    assert read() == (False, 404)
    assert "請寫明為什麼" in text(clerk, at(sent, "review/"))
    assert "每旬召開例會" in text(clerk, at(sent, "review/"))
    send(street, at(sent, "send-back/"), reason="再退一次")
    assert Approval.objects.filter(plan_id=sent.id, decision="sent-back").count() == 1


def test_the_street_does_not_approve_an_amendment_of_the_committee(
    plan: Running, clerk: Client, street: Client
) -> None:
    send(clerk, at(plan, "file/"), on="2026-08-08")
    send(clerk, at(plan, "amend/"))
    assert "Adopt this plan" in text(clerk, at(plan, "review/"))
    assert "sent this amendment" not in text(street, at(plan, "review/"))
    send(clerk, at(plan, "send/"))
    assert "Amendments waiting" not in text(street, address(plan, "approvals/", "hl"))
    send(street, at(plan, "approve-amendment/"), on="2026-08-10", reason="x")
    assert Plan.objects.get(pk=plan.id).current_number == 1
