"""The self-assessment as a clerk sees it: every figure with its whole and a way to what is behind it."""

import hashlib
import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingli.proof import actions, queries
from qingli.proof.models import Mark, Sample, SampleSite
from tests.desk.conftest import SignIn, address, send
from tests.ground.world import World, act
from tests.plan.plans import JULY, Running, at
from tests.proof.house import HALF, STANDARD, catch_up, community, done

ASKED = "standard=sample-green-community&version=1.0&period=2026H2"


@pytest.fixture
def plan(world: World, august: None) -> Running:
    found = community(world)
    catch_up()
    return found


def page(client: Client, plan: Running, rest: str = "", unit: str = "xl") -> str:
    answer = client.get(address(plan, f"proof/{rest}", unit))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_it_says_what_is_there_and_which_task_would_bring_it_further(plan: Running, clerk: Client) -> None:
    html = page(clerk, plan, f"?{ASKED}")
    said = text(html)
    assert "of 100 points (示例" in said
    assert "0 of 2 sites done (0 %)" in said
    assert "No data: nothing was recorded in this period." in said
    tanks = plan.tasks("水箱")
    for task in tanks:
        assert f"/tasks/{task.id}/" in html
    done(plan, "水箱", "2026-08-03", number=2)
    catch_up()
    html = page(clerk, plan, f"?{ASKED}")
    assert "2 of 2 sites done (100 %)" in text(html)
    assert f"/tasks/{tanks[0].id}/" not in html


def test_no_share_without_its_whole_and_no_names_of_people(plan: Running, clerk: Client) -> None:
    done(plan, "例會", "2026-07-20")
    catch_up()
    main = page(clerk, plan, f"?{ASKED}").partition("<main")[2]
    said = text(main)
    for share in re.finditer(r"\((\d+) %\)", said):
        assert re.search(r"\d+ of (\d+|one) [a-z ]+ $", said[: share.start()]), said[share.start() - 40 : share.end()]
    titles = " ".join(task.title for task in plan.tasks())
    for name in ("沈國棟", "周明遠", "何小滿", "吳承志"):
        assert name not in titles
        assert name not in said


@pytest.mark.parametrize(
    ("criterion", "shown"),
    [
        ("tasks-on-time", "tasks/"),
        ("plan-complete", "plans/"),
        ("tanks-cleaned", "tasks/"),
        ("activities-held", "records/"),
        ("leading-group", "liaison"),
        ("goals-posted", "No goals were posted"),
    ],
)
def test_every_figure_leads_to_what_is_behind_it(plan: Running, clerk: Client, criterion: str, shown: str) -> None:
    done(plan, "講座", "2026-07-20")
    done(plan, "水箱", "2026-07-21")
    catch_up()
    assert f"/proof/{criterion}/behind/" in page(clerk, plan)
    html = page(clerk, plan, f"{criterion}/behind/?{ASKED}").partition("<main")[2]
    assert shown in html
    for link in set(re.findall(r'href="(/w/[^"?#]+/(?:tasks|records|plans)/[0-9a-f-]{36}/)"', html)):
        assert clerk.get(link).status_code == 200


def test_points_are_given_with_a_reason(plan: Running, clerk: Client) -> None:
    there = address(plan, f"proof/local-practice/points/?{ASKED}")
    for fields, says in (
        ({"points": "9", "reason": "不錯"}, "from 0 to 6"),
        ({"points": "x", "reason": "不錯"}, "from 0 to 6"),
        ({"points": "3", "reason": ""}, "Write why"),
    ):
        answer = send(clerk, there, **fields)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert Mark.objects.count() == 0
    answer = send(clerk, there, points="4", reason="舊衣再用角已經開了三個月")
    assert answer.status_code == 302
    assert answer["Location"].endswith("#local-practice")
    html = page(clerk, plan, f"?{ASKED}")
    assert "舊衣再用角已經開了三個月" in html
    assert "<b>4</b> of 6 points" in html
    assert clerk.get(address(plan, f"proof/tasks-on-time/points/?{ASKED}")).status_code == 404


def test_sites_are_drawn_and_marked_one_by_one(plan: Running, clerk: Client) -> None:
    there = address(plan, f"proof/stairwells-tidy/sample/?{ASKED}")
    assert "Draw the sites" in clerk.get(there).content.decode()
    send(clerk, there)
    assert "Being drawn" in clerk.get(there).content.decode()
    catch_up()
    html = clerk.get(there).content.decode()
    sample = Sample.objects.get()
    assert sample.seed in html
    frame = clerk.get(address(plan, f"proof/samples/{sample.id}/sites.txt")).content
    assert sorted(frame.decode().split()) == sorted(sample.frame)
    assert hashlib.sha256(frame).hexdigest() in html
    for site in SampleSite.objects.order_by("place"):
        action = f"proof/samples/{sample.id}/{site.id}/?period=2026H2"
        assert action in html
        answer = send(clerk, address(plan, action), outcome="met", words="")
        assert answer["Location"].startswith(there.partition("?")[0])
    assert "5 of 5 sites looked at are in order (100 %)" in text(page(clerk, plan, f"?{ASKED}"))
    send(clerk, there)  # again
    assert Sample.objects.count() == 1
    assert "drawn only once" in clerk.get(there).content.decode()


def test_who_may_open_it(plan: Running, sign_in: SignIn) -> None:
    for who, status in (("clerk", 200), ("colleague", 200), ("street", 403), ("neighbour", 403), ("grid", 403)):
        client = sign_in(who)
        assert client.get(address(plan, "proof/")).status_code == status, who
        assert client.get(address(plan, "proof/tasks-on-time/behind/")).status_code == status, who
    registrar = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert registrar.get(address(plan, "proof/")).status_code == 302


def test_who_reads_but_may_not_judge(plan: Running, sign_in: SignIn) -> None:
    colleague = sign_in("colleague")
    assert "/points/" not in page(colleague, plan)
    assert colleague.get(address(plan, f"proof/local-practice/points/?{ASKED}")).status_code == 403
    answer = send(colleague, address(plan, f"proof/stairwells-tidy/sample/?{ASKED}"))
    assert answer.status_code == 403
    assert not Sample.objects.exists()


@pytest.mark.parametrize(
    "rest",
    [
        "?period=nonsense",
        "?standard=x&version=1",
        "nothing/behind/",
        "local-practice/behind/",
        "tasks-on-time/sample/",
        "tasks-on-time/behind/?after=x",
        "kept/00000000-0000-7000-8000-000000000000/",
        "samples/00000000-0000-7000-8000-000000000000/sites.txt",
    ],
)
def test_what_is_not_there_is_not_there(plan: Running, clerk: Client, rest: str) -> None:
    assert clerk.get(address(plan, f"proof/{rest}")).status_code == 404


def test_what_was_kept_can_be_looked_at(plan: Running, clerk: Client, sign_in: SignIn) -> None:
    asked: dict[str, Any] = {**STANDARD, **HALF, "today": JULY.date()}
    kept: UUID = actions.freeze(unit_id=plan.world.units["xl"], **asked, **act(plan.clerk, at=JULY)).object_id
    done(plan, "水箱", "2026-08-03", number=2)
    catch_up()
    assert "0 of 2 sites done (0 %)" in text(page(clerk, plan, f"kept/{kept}/"))
    assert clerk.get(address(plan, f"proof/kept/{kept}/", "xl1")).status_code == 404
    assert sign_in("neighbour").get(address(plan, f"proof/kept/{kept}/")).status_code == 403


def test_other_days_have_other_figures(plan: Running, clerk: Client) -> None:
    done(plan, "講座", "2026-07-20")
    catch_up()
    assert "One record" in page(clerk, plan, "?period=2026H2")
    assert "No data: nothing was recorded" in page(clerk, plan, "?period=2026H1")
    html = page(clerk, plan, "?both=sample-green-community@1.1&period=2026H2")
    assert "Wanted: 85 %, of at least 10" in html


def test_the_menu_leads_there_for_a_community(plan: Running, clerk: Client, sign_in: SignIn) -> None:
    link = address(plan, "proof/")
    assert f'href="{link}"' in clerk.get(address(plan, "today/")).content.decode()
    assert "/proof/" not in sign_in("street").get(address(plan, "today/", "hl")).content.decode()


def test_a_page_costs_the_same_with_more_in_it(plan: Running, clerk: Client) -> None:
    def cost(rest: str) -> int:
        page(clerk, plan, rest)
        with CaptureQueriesContext(connection) as captured:
            page(clerk, plan, rest)
        return len(captured)

    pages = (f"?{ASKED}", *(f"{one}/behind/?{ASKED}" for one in ("tasks-on-time", "plan-complete", "tanks-cleaned")))
    before = [cost(rest) for rest in pages]
    for words in ("例會", "樓道", "講座", "通報"):
        done(plan, words, "2026-08-03", number=3)
    for number in range(3):
        actions.judge(
            unit_id=plan.world.units["xl"],
            **STANDARD,
            **HALF,
            criterion="local-practice",
            points=number,
            reason="試著評一評",
            **act(plan.clerk, at=at("2026-08-04")),
        )
    catch_up()
    assert [cost(rest) for rest in pages] == before
    assert list(queries.faults()) == []
