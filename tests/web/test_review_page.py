"""The page on which a draft is checked: what clerks, neighbours and broken forms get."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingli.plan import actions
from qingli.plan.queries.shapes import ActionCard
from tests.ground.world import World, act
from tests.plan.plans import JULY, JUNE, TEXT, Running, adopted, draft, running

SignIn = Callable[[str], Client]
NONE = "00000000-0000-4000-8000-000000000000"
Answer = Any
"""What Django's test client gives."""


@pytest.fixture
def plan(world: World) -> Running:
    return draft(world)


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def address(plan: Running, rest: str = "", unit: str = "xl") -> str:
    return f"/w/{plan.world.units[unit]}/plans/{plan.id}/review/{rest}"


def tap(client: Client, plan: Running, do: str, action: ActionCard | None = None, **more: object) -> Answer:
    """Press one of the page's buttons."""
    data = {"key": uuid4(), "do": do, "action": action.id if action else "", **more}
    return client.post(address(plan, "act/"), data)


def question(plan: Running, words: str, code: str) -> UUID:
    return next(one.id for one in plan.action(words).questions if one.code == code and one.is_open)


def text_of(answer: Answer) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def said(client: Client, plan: Running) -> str:
    page = client.get(address(plan)).content.decode()
    return re.sub(r"<[^>]+>", "", page.split('id="said"', 1)[1].split("</div>", 1)[0]).partition(">")[2].strip()


def test_the_text_stands_unchanged_beside_its_cards(clerk: Client, plan: Running) -> None:
    page = clerk.get(address(plan))
    assert page.status_code == 200
    text = re.sub(r"\s", "", text_of(page))
    for line in TEXT.splitlines():
        assert re.sub(r"\s", "", line) in text
    whole = page.content.decode()
    for action in plan.page().actions:
        assert f'id="a-{action.id}"' in whole
        assert f'href="#a-{action.id}"' in whole  # from the passage to the card
        assert f'href="#t-{action.id}"' in whole  # and back
    assert '<span class="q-kind q-kind--when">每月5日前</span>' in whole
    assert '<span class="q-kind q-kind--unsure">11月份前</span>' in whole
    assert '<span class="q-kind q-kind--unread">每逢上級部署</span>' in whole
    assert "0 checked of 6" in whole


def test_a_tap_accepts_and_leads_back_to_the_card(clerk: Client, plan: Running) -> None:
    action = plan.action("樓道")
    answer = tap(clerk, plan, "accept", action)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/review/?at={action.id}#a-{action.id}")
    assert plan.action("樓道").review == "accepted"
    assert "1 checked of 6" in clerk.get(address(plan)).content.decode()


def test_sent_twice_it_is_done_once(clerk: Client, plan: Running) -> None:
    key = uuid4()
    action = plan.action("商舖")
    for _ in range(2):
        assert (
            clerk.post(address(plan, f"split/{action.id}/"), {"key": key, "at": (action.begin or 0) + 4}).status_code
            == 302
        )
    assert len(plan.page().actions) == 7


def test_an_answer_is_a_button(clerk: Client, plan: Running) -> None:
    page = clerk.get(address(plan)).content.decode()
    tanks = question(plan, "水箱", "choose-reading")
    assert f'value="answer:{tanks}:reading.1">by 30 November<' in page
    tap(clerk, plan, f"answer:{tanks}:reading.1", plan.action("水箱"))
    schedule = plan.action("水箱").schedules[0]
    assert schedule.decided is not None
    assert schedule.decided["rules"][0]["until"] == "Y-11-30"
    shops = question(plan, "商舖", "no-owner")
    tap(clerk, plan, f"answer:{shops}:role.grid_worker", plan.action("商舖"))
    assert plan.action("商舖").owner.name == "grid_worker"


def test_undo_goes_back_to_what_it_changed(clerk: Client, plan: Running) -> None:
    action = plan.action("講座")
    tap(clerk, plan, "ignore", action)
    assert plan.action("講座").review == "ignored"
    answer = tap(clerk, plan, "undo")
    assert answer["Location"].endswith(f"#a-{action.id}")
    assert plan.action("講座").review == "unseen"


def test_one_step_further_back_can_be_taken_up_again(clerk: Client, plan: Running) -> None:
    tap(clerk, plan, "accept", plan.action("樓道"))
    tap(clerk, plan, "accept", plan.action("講座"))
    tap(clerk, plan, "reopen", plan.action("樓道"))
    assert [plan.action(words).review for words in ("樓道", "講座")] == ["unseen", "accepted"]


def test_put_together_with_the_one_before(clerk: Client, plan: Running) -> None:
    tap(clerk, plan, "join", plan.action("水箱"))
    kept = plan.action("樓道")
    assert "水箱" in kept.title
    page = clerk.get(address(plan)).content.decode()
    assert "Put together with the one before" in page
    assert tap(clerk, plan, "join", plan.page().actions[0]).status_code == 302  # there is none before it
    assert plan.page().actions[0].review == "unseen"


def test_what_was_not_understood_becomes_an_action_or_explanation(clerk: Client, plan: Running) -> None:
    page = clerk.get(address(plan)).content.decode()
    add = re.search(r'value="(add:\d+-\d+)"', page)
    assert add is not None
    tap(clerk, plan, add[1])
    assert "每逢上級部署再行安排" in [action.title for action in plan.page().actions]
    tap(clerk, plan, "undo")
    explain = add[1].replace("add", "explain")
    tap(clerk, plan, explain)
    assert plan.page().unread == ()
    assert plan.action("每逢上級部署").review == "ignored"


def test_a_card_can_be_put_differently(clerk: Client, plan: Running) -> None:
    action = plan.action("商舖")
    form = clerk.get(address(plan), {"edit": str(action.id)})
    assert "As it is: 定期" in text_of(form)
    data = {"key": uuid4(), "title": "檢查沿街商舖門前", "owner": f"person:{plan.world.people['grid']}"}
    data |= {"owner_words": "", "when": "month.1", "quantity": "37", "quantity_unit": "戶", "measure": ""}
    answer = clerk.post(address(plan, f"edit/{action.id}/"), data)
    assert answer.status_code == 302
    changed = plan.action("商舖門前")
    assert (changed.owner.id, changed.quantity, changed.quantity_unit) == (plan.world.people["grid"], 37, "戶")
    assert changed.measure == ""
    decided = changed.schedules[0].decided
    assert decided is not None
    assert decided["rules"][0]["frequency"] == "month"


def test_what_stays_as_it_is_changes_nothing(clerk: Client, plan: Running) -> None:
    action = plan.action("講座")
    owner = f"role:{action.owner.name}:{action.owner.id}"
    data = {"key": uuid4(), "title": action.title, "owner": owner, "when": "", "quantity": "60"}
    data |= {"quantity_unit": "人", "measure": action.measure}
    assert clerk.post(address(plan, f"edit/{action.id}/"), data).status_code == 302
    after = plan.action("講座")
    assert (after.owner, after.quantity_words, after.schedules) == (action.owner, "不少於60人", action.schedules)


def test_a_form_filled_in_wrongly_comes_back_with_a_word(clerk: Client, plan: Running) -> None:
    action = plan.action("講座")
    data = {"key": uuid4(), "title": "", "when": "between", "starts": "2026-09-31", "quantity": "viele"}
    answer = clerk.post(address(plan, f"edit/{action.id}/"), data)
    assert answer.status_code == 422
    words = text_of(answer)
    assert words.strip().startswith("Error:")
    for sentence in ("Write what is to be done", "Write a day, for example", "Write the last day", "Write a number"):
        assert sentence in words
    assert plan.action("講座") == action


def test_split_by_breaking_the_line(clerk: Client, plan: Running) -> None:
    action = plan.action("講座")
    broken = action.title.replace("，到場", "，\r\n到場")
    answer = clerk.post(address(plan, f"split/{action.id}/"), {"key": uuid4(), "passage": broken})
    assert answer.status_code == 302
    assert plan.action("到場").title == "到場不少於60人"
    refused = clerk.post(address(plan, f"split/{action.id}/"), {"key": uuid4(), "passage": "etwas\nanderes"})
    assert refused.status_code == 422
    assert "The words were changed" in text_of(refused)


@pytest.mark.parametrize("at", ["-1", "0", "99999999999", "7.5", "x", "", "\0", "１２"])
def test_no_place_to_cut_is_said_and_changes_nothing(clerk: Client, plan: Running, at: str) -> None:
    action = plan.action("講座")
    answer = clerk.post(address(plan, f"split/{action.id}/"), {"key": uuid4(), "at": at})
    assert answer.status_code in (302, 422)
    assert answer.status_code == 422 or said(clerk, plan)
    assert len(plan.page().actions) == 6


NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    "do",
    [
        "", "nonsense", "perform", "_do", "accept:", "answer", "answer:x:y", f"answer:{NONE}:needed",
        "add:5", "add:9-3", "add:0-999999999", "explain:a-b", "fix:0:nothing", "fix:99:placeholder:1:2", "fix:x",
        "period:days:", f"period:period.2026-13-01.2026-12-31:{NONE}", "undo", "reopen:1", "join",
    ],
)  # fmt: skip
def test_a_tampered_form_is_answered_with_a_sentence(clerk: Client, plan: Running, do: str) -> None:
    before = plan.page()
    assert tap(clerk, plan, do, starts="2026-02-31", ends="").status_code == 302
    assert said(clerk, plan)
    assert plan.page() == before


@pytest.mark.parametrize(
    "code", ["reading.9", "reading.-1", "repeat.month.0", "role.king", "period.2026-01-01.2026-02-01"]
)
def test_an_answer_that_no_button_has_is_refused(clerk: Client, plan: Running, code: str) -> None:
    asked = question(plan, "水箱", "choose-reading")
    assert tap(clerk, plan, f"answer:{asked}:{code}", plan.action("水箱")).status_code == 302
    assert said(clerk, plan)
    assert question(plan, "水箱", "choose-reading") == asked


def test_a_form_without_its_key_is_refused(clerk: Client, plan: Running) -> None:
    answer = clerk.post(address(plan, "act/"), {"do": "accept", "action": plan.action("講座").id})
    assert answer.status_code == 400
    assert plan.action("講座").review == "unseen"


def test_a_page_that_somebody_else_has_overtaken(clerk: Client, plan: Running, sign_in: SignIn) -> None:
    head = sign_in("head")
    asked = question(plan, "水箱", "choose-reading")
    tap(head, plan, f"answer:{asked}:reading.0", plan.action("水箱"))
    tap(clerk, plan, f"answer:{asked}:reading.1", plan.action("水箱"))
    assert said(clerk, plan)
    decided = plan.action("水箱").schedules[0].decided
    assert decided is not None
    assert decided["rules"][0]["until"] == "Y-10-31"


@pytest.mark.parametrize(("who", "status"), [("neighbour", 403), ("outsider", 403), ("resident", 404)])
def test_others_do_not_see_a_draft(plan: Running, sign_in: SignIn, who: str, status: int) -> None:
    client = sign_in(who)
    assert client.get(address(plan)).status_code == status
    assert tap(client, plan, "accept", plan.action("講座")).status_code == status
    assert client.get(address(plan, unit="ll")).status_code in (403, 404)
    assert plan.action("講座").review == "unseen"


def test_under_another_units_address_there_is_no_such_plan(clerk: Client, plan: Running) -> None:
    assert clerk.get(address(plan, unit="xl1")).status_code == 404
    assert clerk.get(f"/w/{plan.world.units['xl']}/plans/{uuid4()}/review/").status_code == 404
    assert Client().get(address(plan)).status_code == 302  # to the sign-in


def test_whoever_may_not_edit_reads(plan: Running, sign_in: SignIn) -> None:
    colleague = sign_in("colleague")
    action = plan.action("講座")
    assert colleague.get(address(plan)).status_code == 403  # a draft is for those who draft
    assert tap(colleague, plan, "accept", action).status_code == 403
    assert colleague.get(address(plan), {"edit": str(action.id)}).status_code == 403
    assert plan.action("講座") == action
    adopted(plan)
    page = colleague.get(address(plan))
    assert page.status_code == 200
    assert 'name="do"' not in page.content.decode()


def test_htmx_gets_the_row_and_the_next_card(clerk: Client, plan: Running) -> None:
    page = clerk.get(address(plan)).content.decode()
    action, following = plan.action("樓道"), plan.action("水箱")
    row = re.search(rf'name="action" value="{action.id}"><input type="hidden" name="row" value="([^"]+)"', page)
    assert row is not None
    data = {"key": uuid4(), "do": "accept", "action": action.id, "row": row[1]}
    answer = clerk.post(address(plan, "act/"), data, headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert body.lstrip().startswith('<section class="q-panes__row"')
    assert body.count("q-panes__row") == 1
    assert 'id="bar" hx-swap-oob="true"' in body
    assert "1 checked of 6" in body
    assert str(following.id) in answer["HX-Trigger-After-Settle"]
    stale = clerk.post(address(plan, "act/"), {**data, "key": uuid4(), "row": "1-2"}, headers={"HX-Request": "true"})
    assert f"#a-{action.id}" in stale["HX-Redirect"]


def test_the_period_is_asked_for_and_answered(clerk: Client, world: World) -> None:
    plan = draft(world, TEXT.replace("2026年", ""), year=None)
    page = clerk.get(address(plan)).content.decode()
    assert "From when to when does this plan run?" in page
    offered = re.search(r'value="(period:period\.[^"]+)"', page)
    assert offered is not None
    tap(clerk, plan, offered[1])
    assert plan.page().plan.starts is not None
    tap(clerk, plan, "undo")
    asked = next(one.id for one in plan.page().questions if one.code == "no-period")
    tap(clerk, plan, f"period:days:{asked}", starts="2026-07-01", ends="2026-12-31")
    assert (plan.page().plan.starts, plan.page().plan.ends) == (date(2026, 7, 1), date(2026, 12, 31))
    assert "Adopt this plan" in clerk.get(address(plan)).content.decode()


def test_the_doctors_fix_is_one_tap(clerk: Client, plan: Running) -> None:
    page = clerk.get(address(plan)).content.decode()
    fix = re.search(r'value="(fix:0:placeholder:[^"]+)">Write “杏林社區”<', page)
    assert fix is not None
    tap(clerk, plan, fix[1])
    after = plan.page()
    assert after.text == TEXT
    assert "杏林社區" in [words for _, _, words in after.corrections]


def test_an_amendment_is_checked_in_rows_of_its_own(clerk: Client, world: World) -> None:
    plan = running(world)
    held = clerk.get(address(plan))
    assert "begin an amendment" in text_of(held)
    assert 'name="do"' not in held.content.decode()
    assert tap(clerk, plan, "ignore", plan.action("講座")).status_code == 302
    assert plan.action("講座").review != "ignored"
    actions.amend_plan(plan_id=plan.id, **act(plan.clerk, at=JULY))
    before = plan.action("講座")
    answer = tap(clerk, plan, "ignore", before)
    after = plan.action("講座")
    assert after.id != before.id
    assert after.review == "ignored"
    assert answer["Location"].endswith(f"#a-{after.id}")


def many(world: World, number: int) -> Running:
    """A draft of that many actions, some with a question."""
    plan = draft(world)
    for index in range(number - 6):
        actions.add_action(
            plan_id=plan.id, title=f"第{index}項：清理樓道雜物", measure="corridor-clearing", **act(plan.clerk, at=JUNE)
        )
    return plan


def test_the_page_costs_the_same_for_twenty_and_two_hundred(clerk: Client, world: World) -> None:
    counts = []
    for number in (20, 200):
        plan = many(world, number)
        clerk.get(address(plan))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert clerk.get(address(plan)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_long_plan_opens_only_where_one_works(clerk: Client, world: World) -> None:
    plan = many(world, 200)
    page = clerk.get(address(plan)).content.decode()
    assert page.count('<article class="q-card') <= 50
    last = plan.page().actions[-1]
    there = clerk.get(address(plan), {"at": str(last.id)}).content.decode()
    assert f'id="a-{last.id}"' in there
