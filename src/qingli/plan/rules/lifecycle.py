"""The life of a plan and of a task: two tables of allowed moves, read from top to bottom.

A deed that is not in the table is not allowed. A face may ask `allowed` for the buttons it shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PlanState = Literal["draft", "submitted", "adopted", "published", "in-force", "closed"]
TaskState = Literal["open", "done", "not_done", "cancelled"]
Approval = Literal["own", "above"]


@dataclass(frozen=True, slots=True)
class MoveError:
    """Why a deed is refused: a code and the facts that a sentence about it needs."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that decided. Numbers are None where nobody counted; counted ones must carry the decision."""

    kind: Literal["committee", "residents", "above"]
    held_on: date
    entitled: int | None = None
    present: int | None = None
    in_favour: int | None = None


@dataclass(frozen=True, slots=True)
class PlanMoveFacts:
    """What is known when somebody wants to move a plan.

    `by_above`: the person acts for a unit above this one. `sent`: the amendment lies there.
    """

    today: date
    approval: Approval = "own"
    start: date | None = None
    end: date | None = None
    actions: int = 0
    open_tasks: int = 0
    meeting: Meeting | None = None
    by_above: bool = False
    sent: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TaskMoveFacts:
    """What is known when somebody answers a task. `by_amendment`: a new version of the plan does it, no person."""

    today: date
    happened_on: date | None = None
    reason: str = ""
    owner: str | None = None
    new_owner: str | None = None
    plan_state: PlanState = "in-force"
    by_amendment: bool = False


# A check names what is missing, or None when all is well.
_PlanCheck = Callable[[PlanMoveFacts], MoveError | None]
_TaskCheck = Callable[[TaskMoveFacts], MoveError | None]


def _own(facts: PlanMoveFacts) -> MoveError | None:
    return MoveError("approved-above") if facts.approval != "own" else None


def _above(facts: PlanMoveFacts) -> MoveError | None:
    return MoveError("adopted-here") if facts.approval != "above" else None


def _by_above(facts: PlanMoveFacts) -> MoveError | None:
    return None if facts.by_above else MoveError("not-above")


def _sent(facts: PlanMoveFacts) -> MoveError | None:
    return None if facts.sent else MoveError("not-sent")


def _has_content(facts: PlanMoveFacts) -> MoveError | None:
    if facts.start is None or facts.end is None:
        return MoveError("no-period")
    return None if facts.actions else MoveError("no-actions")


def _decided(facts: PlanMoveFacts) -> MoveError | None:
    """By the committee or the residents' meeting: over half present, over half of those present in favour.

    Source: 城市居民委員會組織法 (1989) art. 9, of the residents' meeting; the committee's is held to the same.
    """
    met = facts.meeting
    if met is None or met.kind == "above":
        return MoveError("no-meeting")
    if met.held_on > facts.today:
        return MoveError("in-future", {"day": met.held_on})
    if met.entitled is not None and met.present is not None and met.present * 2 <= met.entitled:
        return MoveError("no-quorum", {"present": met.present, "entitled": met.entitled})
    if met.present is not None and met.in_favour is not None and met.in_favour * 2 <= met.present:
        return MoveError("not-carried", {"in_favour": met.in_favour, "present": met.present})
    return None


def _decided_again(facts: PlanMoveFacts) -> MoveError | None:
    """An amendment is decided by whoever decided the plan; above only when it was sent there."""
    return _decided(facts) if facts.approval == "own" else _by_above(facts) or _sent(facts)


def _reason(facts: PlanMoveFacts | TaskMoveFacts) -> MoveError | None:
    return None if facts.reason.strip() else MoveError("no-reason")


def _begun(facts: PlanMoveFacts) -> MoveError | None:
    return MoveError("not-begun", {"start": facts.start}) if facts.start and facts.today < facts.start else None


def _over_or_reason(facts: PlanMoveFacts) -> MoveError | None:
    early = facts.end is not None and facts.today <= facts.end
    return MoveError("not-over", {"end": facts.end}) if early and not facts.reason.strip() else None


def _all_answered(facts: PlanMoveFacts) -> MoveError | None:
    return MoveError("tasks-open", {"count": facts.open_tasks}) if facts.open_tasks else None


@dataclass(frozen=True, slots=True)
class PlanMove:
    """One row: who does `deed` while the plan is in one of `before` leaves it in `after` ("" = as it was)."""

    deed: str
    before: tuple[PlanState, ...]
    after: PlanState | Literal[""]
    checks: tuple[_PlanCheck, ...] = ()


_HOLDS: tuple[PlanState, ...] = ("adopted", "published", "in-force")
PLAN_MOVES: tuple[PlanMove, ...] = (
    # Decided here: the committee's or the residents' meeting adopts; the level above is told, and may not stop it.
    PlanMove("adopt", ("draft",), "adopted", (_own, _has_content, _decided)),
    PlanMove("file", _HOLDS, "", (_own,)),
    # Decided above, where the setting says so.
    PlanMove("submit", ("draft",), "submitted", (_above, _has_content)),
    PlanMove("approve", ("submitted",), "adopted", (_above, _by_above)),
    PlanMove("send-back", ("submitted",), "draft", (_above, _by_above, _reason)),
    PlanMove("take-back", ("submitted",), "draft", (_above,)),
    # So does an amendment of it, while the version before it holds.
    PlanMove("send-amendment", _HOLDS, "", (_above, _has_content)),
    PlanMove("send-amendment-back", _HOLDS, "", (_above, _by_above, _sent, _reason)),
    PlanMove("take-amendment-back", _HOLDS, "", (_above, _sent)),
    # Then the same for both.
    PlanMove("publish", ("adopted",), "published"),
    PlanMove("begin", ("published",), "in-force", (_begun,)),
    PlanMove("amend", _HOLDS, "", (_reason, _decided_again)),
    PlanMove("close", ("in-force",), "closed", (_over_or_reason, _all_answered)),
)


def move(state: PlanState, deed: str, facts: PlanMoveFacts) -> PlanState | MoveError:
    """The state after `deed`, or why it is refused: not-now, or the code of the first check that fails."""
    row = next((row for row in PLAN_MOVES if row.deed == deed and state in row.before), None)
    if row is None:
        return MoveError("not-now", {"state": state, "deed": deed})
    refused = next((error for check in row.checks if (error := check(facts))), None)
    return refused or row.after or state


def allowed(state: PlanState, approval: Approval) -> tuple[str, ...]:
    """The deeds that the table knows for a plan in this state, whatever else they still need."""
    closed_to = {"own": _above, "above": _own}[approval]
    return tuple(row.deed for row in PLAN_MOVES if state in row.before and closed_to not in row.checks)


def _plan_runs(facts: TaskMoveFacts) -> MoveError | None:
    return None if facts.plan_state == "in-force" else MoveError("plan-not-in-force", {"state": facts.plan_state})


def _happened(facts: TaskMoveFacts) -> MoveError | None:
    if facts.happened_on is None:
        return MoveError("no-day")
    return MoveError("in-future", {"day": facts.happened_on}) if facts.happened_on > facts.today else None


def _somebody_else(facts: TaskMoveFacts) -> MoveError | None:
    if not facts.new_owner:
        return MoveError("no-new-owner")
    return MoveError("same-owner") if facts.new_owner == facts.owner else None


def _amended(facts: TaskMoveFacts) -> MoveError | None:
    return None if facts.by_amendment else MoveError("only-by-amendment")


@dataclass(frozen=True, slots=True)
class TaskMove:
    """One row of the tasks' table."""

    deed: str
    before: tuple[TaskState, ...]
    after: TaskState
    checks: tuple[_TaskCheck, ...] = ()


TASK_MOVES: tuple[TaskMove, ...] = (
    TaskMove("do", ("open", "not_done"), "done", (_plan_runs, _happened)),
    TaskMove("leave-undone", ("open",), "not_done", (_plan_runs, _reason)),
    TaskMove("hand-over", ("open",), "open", (_plan_runs, _somebody_else)),
    # What was done is corrected in the open, with a reason; it goes back to open only when somebody says why.
    TaskMove("correct", ("done",), "done", (_plan_runs, _happened, _reason)),
    TaskMove("reopen", ("done", "not_done"), "open", (_plan_runs, _reason)),
    # A new version of the plan; it never touches what was answered.
    TaskMove("cancel", ("open",), "cancelled", (_amended,)),
    TaskMove("revive", ("cancelled",), "open", (_amended,)),
    TaskMove("reschedule", ("open",), "open", (_amended,)),
)


def move_task(state: TaskState, deed: str, facts: TaskMoveFacts) -> TaskState | MoveError:
    """The task's state after `deed`, or why it is refused."""
    row = next((row for row in TASK_MOVES if row.deed == deed and state in row.before), None)
    if row is None:
        return MoveError("not-now", {"state": state, "deed": deed})
    refused = next((error for check in row.checks if (error := check(facts))), None)
    return refused or row.after


def allowed_for_task(state: TaskState) -> tuple[str, ...]:
    """The deeds of a person that the table knows for a task in this state."""
    return tuple(row.deed for row in TASK_MOVES if state in row.before and _amended not in row.checks)


@dataclass(frozen=True, slots=True)
class Answered:
    """One task of a plan that is being closed: its action's lineage and its state."""

    lineage: str
    state: TaskState


def to_carry_over(tasks: tuple[Answered, ...], already_carried: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The lineages offered to the next plan: those with something open or not done, once each, in order.

    Nothing is carried by itself: a person ticks what the next plan takes over. What was done or cancelled stays behind.
    """
    left = (task.lineage for task in tasks if task.state in ("open", "not_done"))
    return tuple(dict.fromkeys(lineage for lineage in left if lineage not in already_carried))
