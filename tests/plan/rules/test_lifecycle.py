"""Who may do what with a plan and a task, and when."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from qingli.plan.rules.lifecycle import (
    PLAN_MOVES,
    TASK_MOVES,
    Answered,
    Meeting,
    MoveError,
    PlanMoveFacts,
    PlanState,
    TaskMoveFacts,
    TaskState,
    allowed,
    allowed_for_task,
    move,
    move_task,
    to_carry_over,
)

MEETING = Meeting("committee", date(2026, 6, 28), entitled=7, present=5, in_favour=4)
OWN = PlanMoveFacts(
    today=date(2026, 7, 1), start=date(2026, 7, 1), end=date(2026, 12, 31), actions=12, meeting=MEETING, reason="修訂"
)
ABOVE = replace(OWN, approval="above", by_above=True)
TASK = TaskMoveFacts(today=date(2026, 8, 5), happened_on=date(2026, 8, 4), reason="雨天", owner="p1", new_owner="p2")


def code(result: str | MoveError) -> str:
    assert isinstance(result, MoveError), result
    return result.code


def walk(deeds: list[str], facts: PlanMoveFacts) -> list[str]:
    state: PlanState = "draft"
    states: list[str] = []
    for deed in deeds:
        after = move(state, deed, facts)
        assert not isinstance(after, MoveError), (deed, after)
        state = after
        states.append(state)
    return states


def test_a_plan_adopted_here() -> None:
    deeds = ["adopt", "file", "publish", "begin", "amend", "close"]
    assert walk(deeds, OWN) == ["adopted", "adopted", "published", "in-force", "in-force", "closed"]


def test_a_plan_approved_above_may_be_sent_back() -> None:
    deeds = ["submit", "send-back", "submit", "approve", "publish", "begin", "close"]
    assert walk(deeds, ABOVE) == ["submitted", "draft", "submitted", "adopted", "published", "in-force", "closed"]


@pytest.mark.parametrize(
    ("state", "deed", "changes", "expected"),
    [
        ("draft", "adopt", {"meeting": None}, "no-meeting"),
        ("draft", "adopt", {"meeting": replace(MEETING, held_on=date(2026, 7, 2))}, "in-future"),
        ("draft", "adopt", {"meeting": replace(MEETING, entitled=10)}, "no-quorum"),
        ("draft", "adopt", {"meeting": replace(MEETING, present=8, in_favour=4)}, "not-carried"),
        ("draft", "adopt", {"actions": 0}, "no-actions"),
        ("draft", "adopt", {"start": None}, "no-period"),
        ("draft", "adopt", {"approval": "above"}, "approved-above"),
        ("draft", "submit", {}, "adopted-here"),
        ("published", "begin", {"today": date(2026, 6, 30)}, "not-begun"),
        ("in-force", "amend", {"reason": " "}, "no-reason"),
        ("in-force", "amend", {"meeting": None}, "no-meeting"),
        ("in-force", "close", {"open_tasks": 3}, "tasks-open"),
        ("in-force", "close", {"reason": ""}, "not-over"),
        ("draft", "publish", {}, "not-now"),
        ("closed", "amend", {}, "not-now"),
        ("draft", "burn", {}, "not-now"),
    ],
)
def test_what_is_refused(state: PlanState, deed: str, changes: dict[str, object], expected: str) -> None:
    assert code(move(state, deed, replace(OWN, **changes))) == expected  # type: ignore[arg-type]  # fields by name


def test_only_the_level_above_approves() -> None:
    assert code(move("submitted", "approve", replace(ABOVE, by_above=False))) == "not-above"
    assert code(move("submitted", "send-back", replace(ABOVE, reason=""))) == "no-reason"
    assert code(move("in-force", "amend", ABOVE)) == "not-sent"
    assert move("in-force", "amend", replace(ABOVE, sent=True)) == "in-force"


def test_an_amendment_goes_above_and_comes_back_while_the_plan_holds() -> None:
    assert move("in-force", "send-amendment", ABOVE) == "in-force"
    assert code(move("in-force", "send-amendment", OWN)) == "adopted-here"
    for deed in ("take-amendment-back", "send-amendment-back"):
        assert code(move("in-force", deed, ABOVE)) == "not-sent"
        assert move("in-force", deed, replace(ABOVE, sent=True)) == "in-force"
    assert code(move("in-force", "send-amendment-back", replace(ABOVE, sent=True, by_above=False))) == "not-above"


def test_uncounted_meetings_are_taken_at_their_word() -> None:
    assert move("draft", "adopt", replace(OWN, meeting=Meeting("residents", date(2026, 6, 28)))) == "adopted"


def test_a_plan_whose_time_is_over_closes_without_a_reason() -> None:
    assert move("in-force", "close", replace(OWN, today=date(2027, 1, 1), reason="")) == "closed"


def test_the_buttons_of_a_plan_are_those_of_its_setting() -> None:
    assert allowed("draft", "own") == ("adopt",)
    assert allowed("draft", "above") == ("submit",)
    assert allowed("in-force", "own") == ("file", "amend", "close")
    assert allowed("closed", "own") == ()


def test_every_state_can_be_reached_and_left_or_is_the_last() -> None:
    reached = {row.after for row in PLAN_MOVES} | {"draft"}
    left = {state for row in PLAN_MOVES for state in row.before if row.after not in ("", state)}
    assert set(get_args(PlanState)) <= reached
    assert set(get_args(PlanState)) - left == {"closed"}
    assert {row.after for row in TASK_MOVES} == set(get_args(TaskState))


def test_a_task_is_done_corrected_and_reopened_only_with_a_reason() -> None:
    assert move_task("open", "do", TASK) == "done"
    assert move_task("done", "correct", TASK) == "done"
    assert code(move_task("done", "correct", replace(TASK, reason=""))) == "no-reason"
    assert code(move_task("done", "do", TASK)) == "not-now"
    assert code(move_task("done", "reopen", replace(TASK, reason=""))) == "no-reason"
    assert move_task("done", "reopen", TASK) == "open"


def test_not_done_needs_a_reason_and_may_still_be_done_later() -> None:
    assert code(move_task("open", "leave-undone", replace(TASK, reason=""))) == "no-reason"
    assert move_task("open", "leave-undone", TASK) == "not_done"
    assert move_task("not_done", "do", TASK) == "done"


def test_handing_over_keeps_it_open_with_somebody_else() -> None:
    assert move_task("open", "hand-over", TASK) == "open"
    assert code(move_task("open", "hand-over", replace(TASK, new_owner="p1"))) == "same-owner"
    assert code(move_task("open", "hand-over", replace(TASK, new_owner=None))) == "no-new-owner"


def test_nobody_does_a_task_tomorrow_or_of_a_plan_that_is_not_in_force() -> None:
    assert code(move_task("open", "do", replace(TASK, happened_on=date(2026, 8, 6)))) == "in-future"
    assert code(move_task("open", "do", replace(TASK, happened_on=None))) == "no-day"
    assert code(move_task("open", "do", replace(TASK, plan_state="closed"))) == "plan-not-in-force"


def test_only_an_amendment_cancels_and_it_never_touches_done_work() -> None:
    assert code(move_task("open", "cancel", TASK)) == "only-by-amendment"
    amended = replace(TASK, by_amendment=True)
    assert move_task("open", "cancel", amended) == "cancelled"
    assert move_task("cancelled", "revive", amended) == "open"
    for deed in ("cancel", "reschedule", "revive"):
        assert code(move_task("done", deed, amended)) == "not-now"
        assert code(move_task("not_done", deed, amended)) == "not-now"
    assert allowed_for_task("cancelled") == ()
    assert "cancel" not in allowed_for_task("open")


def test_what_was_left_is_offered_to_the_next_plan_once() -> None:
    tasks = (
        Answered("a", "done"),
        Answered("b", "not_done"),
        Answered("c", "open"),
        Answered("b", "open"),
        Answered("d", "cancelled"),
        Answered("e", "open"),
    )
    assert to_carry_over(tasks, frozenset({"e"})) == ("b", "c")
