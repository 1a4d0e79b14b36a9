"""A plan and the office above: what lies there stays as it is, who finds it, and what is no day for a decision."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingli.ground.rules import NotAllowedError
from qingli.plan import actions, queries
from qingli.plan.actions import RefusedError
from tests.ground.world import World, act
from tests.plan.plans import JUNE, Running, adopted, draft

LATER = date(2027, 1, 1)


@pytest.fixture
def sent(world: World) -> Running:
    plan = draft(world)
    actions.set_approval_way(plan_id=plan.id, way="above", **act(plan.clerk, at=JUNE))
    actions.submit_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    return plan


def test_what_lies_above_is_not_changed_meanwhile(sent: Running) -> None:
    action = sent.page().actions[0].id
    with pytest.raises(RefusedError, match="not-now"):
        actions.accept_action(action_id=action, **act(sent.clerk, at=JUNE))
    with pytest.raises(RefusedError, match="not-now"):
        actions.rename_plan(plan_id=sent.id, title="別的", **act(sent.clerk, at=JUNE))
    actions.take_back_plan(plan_id=sent.id, **act(sent.clerk, at=JUNE))
    actions.accept_action(action_id=action, **act(sent.clerk, at=JUNE))
    assert sent.page().actions[0].review == "accepted"


def test_the_offices_above_find_it(sent: Running) -> None:
    world = sent.world
    for short, unit in (("street", "hl"), ("district", "nan")):
        given = queries.given_above(world.asker(short), world.units[unit])
        assert [(plan.id, plan.unit_name) for plan in given.waiting] == [(sent.id, "杏林社區")]
        assert not given.answered
    for short, unit in (("clerk", "xl"), ("clerk", "hl"), ("neighbour", "hl"), ("street", "nan"), ("outsider", "bei")):
        with pytest.raises(NotAllowedError):
            queries.given_above(world.asker(short), world.units[unit])


def test_what_was_answered_is_listed_with_its_day(sent: Running) -> None:
    world, street = sent.world, sent.world.asker("street")
    actions.send_back_plan(plan_id=sent.id, reason="請寫明負責人", **act(street, at=JUNE))
    told = adopted(draft(world))
    actions.file_above(plan_id=told.id, on=date(2026, 6, 25), **act(told.clerk, at=JUNE.replace(day=26)))
    given = queries.given_above(street, world.units["hl"])
    assert not given.waiting
    assert [(plan.id, plan.decision) for plan in given.answered] == [(told.id, "filed"), (sent.id, "sent-back")]
    short = queries.given_above(street, world.units["hl"], limit=1)
    assert ([plan.id for plan in short.answered], short.more) == ([told.id], True)
    assert [line.words for line in queries.decisions(sent.clerk, sent.id)] == ["請寫明負責人"]


def test_a_list_of_many_costs_what_one_of_few_costs(sent: Running) -> None:
    street, unit = sent.world.asker("street"), sent.world.units["hl"]

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.given_above(street, unit)
        return len(captured)

    few = cost()
    for _ in range(4):
        more = draft(sent.world)
        actions.set_approval_way(plan_id=more.id, way="above", **act(more.clerk, at=JUNE))
        actions.submit_plan(plan_id=more.id, **act(more.clerk, at=JUNE))
    assert cost() == few == 4


def test_no_decision_on_a_day_to_come(sent: Running) -> None:
    street = sent.world.asker("street")
    with pytest.raises(RefusedError, match="in-future"):
        actions.approve_above(plan_id=sent.id, on=LATER, **act(street, at=JUNE))
    told = adopted(draft(sent.world))
    with pytest.raises(RefusedError, match="in-future"):
        actions.file_above(plan_id=told.id, on=LATER, **act(told.clerk, at=JUNE))
    assert sent.page().plan.state == "submitted"


def test_what_waits_above_is_nothing_to_check_today(sent: Running) -> None:
    assert sent.id not in {line.plan_id for line in queries.today_page(sent.clerk, today=JUNE.date()).drafts}
    actions.take_back_plan(plan_id=sent.id, **act(sent.clerk, at=JUNE))
    assert sent.id in {line.plan_id for line in queries.today_page(sent.clerk, today=JUNE.date()).drafts}
