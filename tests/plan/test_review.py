"""Taking a plan in and reviewing it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from qingli.archive.rules import KeyReusedError
from qingli.catalogue import load_catalogue
from qingli.ground import actions as ground
from qingli.ground.rules import NotAllowedError, PartyKind
from qingli.plan import actions, queries
from qingli.plan.actions import RefusedError
from qingli.plan.rules.compose import ChosenMeasure
from tests.ground.world import World, act
from tests.plan.plans import JUNE, TEXT, Running, draft, reading_of


@pytest.fixture
def plan(world: World) -> Running:
    ground.add_party(unit_id=world.units["xl"], kind=PartyKind.PROPERTY_FIRM, name="康居物業", **act())
    return draft(world)


def codes(plan: Running) -> dict[str, int]:
    page = plan.page()
    found = [*page.questions, *(question for action in page.actions for question in action.questions)]
    return {code: [one.code for one in found if one.is_open].count(code) for code in {one.code for one in found}}


def test_the_draft_holds_the_text_as_it_was_and_every_span_points_into_it(plan: Running) -> None:
    page = plan.page()
    assert page.text == TEXT
    assert [section.path for section in page.sections][:4] == ["一", "二", "二（一）", "二（二）"]
    for action in page.actions:
        assert page.text[action.begin : action.end] == action.title
        for schedule in action.schedules:
            assert schedule.offset is not None
            assert page.text[schedule.offset :].startswith(schedule.surface)
    assert (page.plan.starts, page.plan.ends) == (date(2026, 7, 1), date(2026, 12, 31))
    assert page.is_draft
    assert page.reviewed == 0


def test_a_plan_further_down_in_a_file_keeps_its_own_part(world: World) -> None:
    text = "前言，與計劃無關。\n" + TEXT
    start = text.index("杏林社區2026年")
    done = actions.take_in_plan(
        unit_id=world.units["xl"],
        reading=reading_of(text, start=start),
        text=text,
        **act(world.asker("clerk"), at=JUNE),
    )
    page = Running(world, done.object_id, world.asker("clerk")).page()
    assert page.text == TEXT
    assert all(page.text[action.begin : action.end] == action.title for action in page.actions)


def test_who_is_named_in_the_plan_is_found_among_those_known_here(plan: Running, world: World) -> None:
    assert plan.action("例會").owner.id == world.people["clerk"]
    tanks, corridors, lecture = plan.action("水箱").owner, plan.action("樓道").owner, plan.action("講座").owner
    assert (tanks.kind, tanks.name) == ("party", "康居物業")
    assert (corridors.kind, corridors.name, corridors.id) == ("role", "grid_worker", None)
    assert (lecture.name, lecture.id) == ("clerk", world.units["xl"])
    assert plan.action("講座").quantity == 60


def test_what_the_plan_leaves_open_is_asked(plan: Running) -> None:
    assert codes(plan) == {"choose-reading": 1, "choose-frequency": 1, "no-owner": 1}
    question = plan.action("水箱").questions[0]
    assert [option["reading"] for option in question.options] == [0, 1]


def test_a_masked_year_is_asked_and_never_guessed(world: World) -> None:
    plan = draft(world, year=None)
    page = plan.page()
    assert page.plan.starts is None
    (question,) = page.questions
    assert question.code == "no-period"
    with pytest.raises(RefusedError, match="no-period"):
        actions.adopt_plan(plan_id=plan.id, on=date(2026, 6, 24), **act(plan.clerk, at=JUNE))
    answer = {"period": ["2026-07-01", "2026-12-31"]}
    actions.answer_question(question_id=question.id, answer=answer, **act(plan.clerk, at=JUNE))
    assert plan.page().plan.ends == date(2026, 12, 31)


def test_a_reading_is_chosen_and_can_be_taken_back(plan: Running) -> None:
    question = plan.action("水箱").questions[0]
    actions.answer_question(question_id=question.id, answer={"reading": 1}, **act(plan.clerk, at=JUNE))
    tanks = plan.action("水箱")
    assert tanks.review == "edited"
    assert tanks.schedules[0].decided is not None
    assert tanks.schedules[0].decided["rules"][0]["until"] == "Y-11-30"
    assert "choose-reading" not in {one.code for one in tanks.questions if one.is_open}
    with pytest.raises(RefusedError, match="already-answered"):
        actions.answer_question(question_id=question.id, answer={"reading": 0}, **act(plan.clerk, at=JUNE))
    actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    again = plan.action("水箱")
    assert (again.review, again.schedules[0].decided) == ("unseen", None)
    assert [one.is_open for one in again.questions] == [True]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"reading": 7},
        {"reading": "x"},
        {"repeat": {"frequency": "hour"}},
        {"repeat": {"frequency": "week", "interval": "many"}},
        {"between": ["2026-10-31"]},
        {"between": ["2026-10-31", "2026-10-01"]},
        {"days": ["tomorrow"]},
        {"owner": {"person_id": "nobody"}},
    ],
)
def test_a_wrong_answer_changes_nothing(plan: Running, answer: dict[str, Any]) -> None:
    before = plan.action("水箱")
    with pytest.raises(RefusedError):
        actions.answer_question(question_id=before.questions[0].id, answer=answer, **act(plan.clerk, at=JUNE))
    assert plan.action("水箱") == before


def test_an_owner_is_answered_for(plan: Running, world: World) -> None:
    action = plan.action("商舖")
    question = next(one for one in action.questions if one.code == "no-owner")
    answer = {"owner": {"role": "clerk", "role_unit_id": str(world.units["xl"])}}
    actions.answer_question(question_id=question.id, answer=answer, **act(plan.clerk, at=JUNE))
    assert plan.action("商舖").owner.name == "clerk"
    assert "no-owner" not in {one.code for one in plan.action("商舖").questions if one.is_open}


def test_accept_edit_ignore_and_undo_one_after_the_other(plan: Running) -> None:
    before = plan.page()
    ids = {action.title[:4]: action.id for action in before.actions}
    first, second, third = list(ids.values())[:3]
    actions.accept_action(action_id=first, **act(plan.clerk, at=JUNE))
    actions.edit_action(action_id=second, changes={"title": "清理樓道", "quantity": "12"}, **act(plan.clerk, at=JUNE))
    actions.ignore_action(action_id=third, **act(plan.clerk, at=JUNE))
    page = plan.page()
    assert [action.review for action in page.actions[:3]] == ["accepted", "edited", "ignored"]
    assert page.actions[1].title == "清理樓道"
    assert page.can_undo
    for _ in range(3):
        actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    assert [action.title for action in plan.page().actions] == [action.title for action in before.actions]
    assert {action.review for action in plan.page().actions} == {"unseen"}
    with pytest.raises(RefusedError, match="nothing-to-undo"):
        actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))


def test_undo_is_one_s_own_and_is_refused_when_somebody_built_on_it(plan: Running, world: World) -> None:
    head = world.asker("head")
    action = plan.action("樓道")
    actions.edit_action(action_id=action.id, changes={"title": "清理樓道"}, **act(plan.clerk, at=JUNE))
    actions.edit_action(action_id=action.id, changes={"quantity": 5}, **act(head, at=JUNE))
    with pytest.raises(RefusedError, match="changed-since"):
        actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    actions.undo_review(plan_id=plan.id, **act(head, at=JUNE))
    actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    assert plan.action("樓道").title == action.title
    assert plan.action("樓道").quantity is None


def test_undoing_is_appended_to_the_history(plan: Running) -> None:
    action = plan.action("例會")
    actions.accept_action(action_id=action.id, **act(plan.clerk, at=JUNE))
    actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    kinds = [line.kind for line in queries.history(plan.clerk, "plan", plan.id)]
    assert kinds == ["plan.taken-in", "plan.review-undone"]
    assert [line.who for line in queries.history(plan.clerk, "plan", plan.id)] == ["林秋月", "林秋月"]


def test_split_gives_two_with_their_own_times_and_merge_puts_them_together(plan: Running) -> None:
    action = plan.action("水箱")
    assert action.begin is not None
    cut = TEXT.index("清洗二次供水")
    done = actions.split_action(action_id=action.id, at=cut, **act(plan.clerk, at=JUNE))
    page = plan.page()
    halves = [one for one in page.actions if one.begin in (action.begin, cut)]
    assert [page.text[one.begin : one.end] for one in halves] == ["11月份前督促康居物業", "清洗二次供水水箱，不漏一處"]
    assert halves[1].id == done.object_id
    assert [one.surface for one in halves[1].schedules] == ["11月份前"]
    actions.merge_actions(action_id=done.object_id, **act(plan.clerk, at=JUNE))
    first = plan.action("11月份前")
    assert (first.begin, first.end) == (action.begin, action.end)
    actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    assert plan.action("水箱") == action


@pytest.mark.parametrize("place", ["begin", "end", "outside"])
def test_a_split_with_nothing_on_one_side_is_refused(plan: Running, place: str) -> None:
    action = plan.action("水箱")
    assert action.begin is not None
    assert action.end is not None
    at = {"begin": action.begin, "end": action.end, "outside": 10**9}[place]
    with pytest.raises(RefusedError, match="cannot-split"):
        actions.split_action(action_id=action.id, at=at, **act(plan.clerk, at=JUNE))


def test_an_unread_passage_becomes_an_action(plan: Running) -> None:
    (unread,) = plan.page().unread
    begin = unread.offset
    end = TEXT.index("。", begin)
    done = actions.add_action(plan_id=plan.id, begin=begin, end=end, **act(plan.clerk, at=JUNE))
    page = plan.page()
    added = next(action for action in page.actions if action.id == done.object_id)
    assert added.title == "每逢上級部署再行安排"
    assert added.number == "二（三）"
    assert {one.code for one in added.questions} == {"no-owner", "no-schedule"}
    assert page.unread == ()
    assert [action.begin for action in page.actions] == sorted(a.begin for a in page.actions if a.begin is not None)


def test_a_placeholder_is_filled_in_beside_the_text(plan: Running) -> None:
    finding = next(one for one in plan.page().findings if one.code == "placeholder")
    actions.apply_fix(plan_id=plan.id, finding=finding.id, words="杏林", **act(plan.clerk, at=JUNE))
    page = plan.page()
    assert page.text == TEXT
    assert "placeholder" not in {one.code for one in page.findings}
    assert plan.action("通報").title == "每季度由社區主任向杏林社區通報一次"
    assert len(page.corrections) == 1
    actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    assert plan.page().corrections == ()
    assert "xx" in plan.action("通報").title


def test_times_can_be_set_by_hand(plan: Running) -> None:
    action = plan.action("商舖")
    answer = {"repeat": {"frequency": "month", "interval": 1, "count": 2}}
    actions.set_schedule(action_id=action.id, answer=answer, **act(plan.clerk, at=JUNE))
    decided = plan.action("商舖").schedules[0].decided
    assert decided is not None
    assert decided["count"] == 2


def test_a_replay_gives_the_first_result_and_changes_nothing(plan: Running) -> None:
    envelope = act(plan.clerk, at=JUNE)
    action = plan.action("例會")
    first = actions.accept_action(action_id=action.id, **envelope)
    actions.undo_review(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    again = actions.accept_action(action_id=action.id, **envelope)
    assert (again.object_id, again.entry_id, again.replayed) == (first.object_id, first.entry_id, True)
    assert plan.action("例會").review == "unseen"
    with pytest.raises(KeyReusedError):
        actions.ignore_action(action_id=action.id, **envelope)


def test_only_those_who_plan_here_review(plan: Running, world: World) -> None:
    action = plan.action("例會")
    for somebody in ("colleague", "grid", "neighbour", "street", "outsider", "resident"):
        with pytest.raises(NotAllowedError):
            actions.accept_action(action_id=action.id, **act(world.asker(somebody), at=JUNE))
    for somebody in ("grid", "neighbour", "street", "outsider", "resident"):
        with pytest.raises(NotAllowedError):
            queries.review_page(world.asker(somebody), plan.id, today=JUNE.date())
    assert queries.review_page(plan.clerk, plan.id, today=JUNE.date()).can_undo is False
    with pytest.raises(queries.NotFoundError):
        queries.review_page(plan.clerk, uuid4(), today=JUNE.date())


def test_bad_fields_are_refused(plan: Running) -> None:
    action = plan.action("例會")
    wrong: tuple[dict[str, Any], ...] = (
        {"state": "done"},
        {"title": "  "},
        {"quantity": "many"},
        {"quantity": "NaN"},
        {"owner": {}},
    )
    for changes in wrong:
        with pytest.raises(RefusedError):
            actions.edit_action(action_id=action.id, changes=changes, **act(plan.clerk, at=JUNE))
    assert plan.action("例會") == action


def test_a_copy_of_another_plan_here_is_told(plan: Running) -> None:
    assert "copy" not in {one.code for one in plan.page().findings}
    second = draft(plan.world)
    (copy,) = [one for one in second.page().findings if one.code == "copy"]
    assert copy.facts["id"] == str(plan.id)
    assert copy.facts["share"] > 0.99


def test_what_was_left_as_written_is_not_asked_again_in_an_amendment(plan: Running) -> None:
    question = next(one for one in plan.action("商舖").questions if one.code == "no-owner")
    actions.answer_question(question_id=question.id, answer={"as_written": True}, **act(plan.clerk, at=JUNE))
    actions.adopt_plan(plan_id=plan.id, on=JUNE.date(), **act(plan.clerk, at=JUNE))
    actions.amend_plan(plan_id=plan.id, **act(plan.clerk, at=JUNE))
    assert codes(plan) == {"choose-reading": 1, "choose-frequency": 1}


def test_a_plan_put_together_from_measures(world: World) -> None:
    catalogue = load_catalogue()
    chosen = [
        ChosenMeasure(
            "water-tank-cleaning", "清洗水箱", "飲水", "每半年", {"type": "rrule", "value": "FREQ=MONTHLY;INTERVAL=6"}
        ),
        ChosenMeasure("regular-meeting", "開例會", "組織", "每月", {"type": "rrule", "value": "FREQ=MONTHLY"}),
        ChosenMeasure("lecture", "辦講座", "組織"),
    ]
    clerk = world.asker("clerk")
    done = actions.compose_plan(
        unit_id=world.units["xl"],
        starts=date(2026, 7, 1),
        ends=date(2026, 12, 31),
        period_name="2026年下半年",
        measures=chosen,
        catalogue=catalogue,
        **act(clerk, at=JUNE),
    )
    page = Running(world, done.object_id, clerk).page()
    assert [action.number for action in page.actions] == ["一（一）", "二（一）", "二（二）"]
    for section in page.sections:
        assert page.text[section.begin :].startswith(section.number + section.heading)
    assert all(
        page.text[one.offset :].startswith(one.surface) for a in page.actions for one in a.schedules if one.offset
    )
    assert [[one.code for one in action.questions] for action in page.actions] == [
        ["no-owner"],
        ["no-owner"],
        ["no-owner", "no-schedule"],
    ]
    with pytest.raises(RefusedError, match="no-measures"):
        actions.compose_plan(
            unit_id=world.units["xl"],
            starts=date(2026, 7, 1),
            ends=date(2026, 12, 31),
            period_name="x",
            measures=[],
            **act(clerk, at=JUNE),
        )
