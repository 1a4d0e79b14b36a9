"""The leading group is founded and filled on its page; what the self-assessment lacks leads there."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingli.ground import queries as ground
from tests.desk.conftest import SignIn, address, send
from tests.plan.plans import Running


def group_of(plan: Running) -> ground.GroupView:
    (group,) = ground.groups(plan.clerk, plan.world.units["xl"])
    return group


def found(clerk: Client, plan: Running) -> ground.GroupView:
    send(clerk, address(plan, "groups/new/"), name="環境保護領導小組", kind="leading", purpose="")
    return group_of(plan)


def test_a_group_is_founded_and_filled(plan: Running, clerk: Client) -> None:
    assert "No groups yet" in clerk.get(address(plan, "groups/")).content.decode()
    group = found(clerk, plan)
    page = clerk.get(address(plan, "groups/")).content.decode()
    assert "Nobody yet as: group leader, deputy leader, liaison" in page
    seats = address(plan, f"groups/{group.id}/seats/")
    send(clerk, seats, kind="leader", person=plan.world.people["head"])
    send(clerk, seats, kind="member", words="各樓棟長")
    page = clerk.get(address(plan, "groups/")).content.decode()
    assert "周明遠" in page
    assert "各樓棟長" in page
    assert "Nobody yet as: deputy leader, liaison" in page
    leader = group_of(plan).seats[0]
    send(clerk, address(plan, f"groups/{group.id}/seats/{leader.id}/free/"))
    assert [seat.name for seat in group_of(plan).seats] == ["各樓棟長"]


def test_a_wrong_form_is_shown_again_with_what_to_do(plan: Running, clerk: Client) -> None:
    group = found(clerk, plan)
    answer = send(clerk, address(plan, f"groups/{group.id}/seats/"), kind="leader", person="", words="")
    assert answer.status_code == 422
    assert "Choose a person or a partner, or write who it is." in answer.content.decode()
    again = send(clerk, address(plan, "groups/new/"), name="環境保護領導小組", kind="leading")
    assert again.status_code == 422
    assert "A group with this name is here already" in again.content.decode()


@pytest.mark.parametrize("short", ["neighbour", "street", "grid"])
def test_others_change_nothing(plan: Running, clerk: Client, sign_in: SignIn, short: str) -> None:
    group = found(clerk, plan)
    send(clerk, address(plan, f"groups/{group.id}/seats/"), kind="leader", person=plan.world.people["head"])
    seat, other = group_of(plan).seats[0], sign_in(short)
    for path, fields in (
        ("groups/new/", {"name": "別的小組", "kind": "leading"}),
        (f"groups/{group.id}/seats/", {"kind": "member", "words": "某某"}),
        (f"groups/{group.id}/seats/{seat.id}/free/", {}),
    ):
        assert send(other, address(plan, path), **fields).status_code in (403, 404), path
    assert len(group_of(plan).seats) == 1


def test_a_group_of_another_unit_is_not_found(plan: Running, clerk: Client) -> None:
    group = found(clerk, plan)
    assert send(clerk, address(plan, f"groups/{uuid4()}/seats/"), kind="member", words="某某").status_code == 404
    assert clerk.get(address(plan, f"groups/{group.id}/seats/")).status_code == 405


def test_the_page_costs_the_same_however_many_sit_in_it(plan: Running, clerk: Client) -> None:
    group = found(clerk, plan)
    seats = address(plan, f"groups/{group.id}/seats/")
    send(clerk, seats, kind="leader", words="第一位")
    few = _queries(clerk, address(plan, "groups/"))
    for number in range(8):
        send(clerk, seats, kind="member", words=f"第{number}位成員")
    assert _queries(clerk, address(plan, "groups/")) == few


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)
