"""A plan's way from draft to closed. `rules.lifecycle` holds the table of moves; these deeds write what it allows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.rules import Asker, may
from qingli.plan.actions.base import (
    RefusedError,
    actions_in,
    day_in,
    draft_number,
    granted,
    is_sent,
    last_number,
    locked_plan,
)
from qingli.plan.actions.steps import reviewing
from qingli.plan.models import Action, Approval, Plan, PlanVersion, Task
from qingli.plan.rules import lifecycle
from qingli.plan.rules.lifecycle import Meeting, PlanMoveFacts

Way = Literal["committee", "residents", "above"]
LONGEST = 366 * 6  # days a plan may cover


@deed("plan.renamed")
def rename_plan(
    *, plan_id: UUID, title: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Another title for the draft. Raises no-title."""
    plan = locked_plan(by, "plan.draft", plan_id)
    name, before = " ".join(title.split())[:200], plan.title
    if not name:
        raise RefusedError("no-title")
    with reviewing(plan, draft_number(plan), "rename", whole=True, by=by, recorded_at=recorded_at):
        plan.title = name
        plan.save(update_fields=["title"])
    return Act("plan", plan.id, plan.unit.path, {"before": before, "after": name})


@deed("plan.period-set")
def set_period(
    *, plan_id: UUID, starts: date, ends: date, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """The days the plan covers, both included; the year of the first is the plan's. Raises bad-days."""
    plan = locked_plan(by, "plan.draft", plan_id)
    if starts > ends or (ends - starts).days > LONGEST:
        raise RefusedError("bad-days")
    with reviewing(plan, draft_number(plan), "period", whole=True, by=by, recorded_at=recorded_at):
        plan.starts, plan.ends, plan.year = starts, ends, starts.year
        plan.save(update_fields=["starts", "ends", "year"])
    return Act("plan", plan.id, plan.unit.path, {"starts": str(starts), "ends": str(ends)})


@deed("plan.way-set")
def set_approval_way(
    *, plan_id: UUID, way: Way, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Who decides about this plan: the committee, the residents' meeting, or the unit above."""
    plan = locked_plan(by, "plan.draft", plan_id)
    if plan.state != Plan.State.DRAFT:
        raise RefusedError("not-now", {"state": plan.state})
    plan.approval_way = way
    plan.save(update_fields=["approval_way"])
    return Act("plan", plan.id, plan.unit.path, {"way": way})


@deed("plan.adopted")
def adopt_plan(
    *,
    plan_id: UUID,
    on: date,
    way: Way = "committee",
    words: str = "",
    entitled: int | None = None,
    present: int | None = None,
    in_favour: int | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """The committee or the residents' meeting adopted the draft on a day; who came is counted where somebody counted.

    Raises what the rules refuse: no-period, no-actions, no-meeting, in-future, no-quorum, not-carried, approved-above.
    """
    plan = locked_plan(by, "plan.adopt", plan_id)
    meeting = Meeting(way, on, entitled, present, in_favour)
    _move(plan, "adopt", replace(move_facts(plan, recorded_at), meeting=meeting))
    hold(plan, recorded_at)
    decide_on(plan, way, on, words, by=by, meeting=meeting)
    return _act(plan, {"way": way, "on": str(on), "version": plan.current_number})


@deed("plan.submitted")
def submit_plan(*, plan_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """The draft or the amendment goes to the unit above, whose approval it needs."""
    plan = locked_plan(by, "plan.adopt", plan_id)
    number = draft_number(plan)
    _move(plan, "send-amendment" if plan.current_number else "submit", move_facts(plan, recorded_at))
    PlanVersion.objects.filter(plan=plan, number=number).update(sent_at=recorded_at)
    return _act(plan, {"version": number})


@deed("plan.taken-back")
def take_back_plan(*, plan_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """What was sent above comes back before it is decided. Raises not-sent for an amendment that does not lie there."""
    plan = locked_plan(by, "plan.adopt", plan_id)
    _move(plan, "take-amendment-back" if plan.current_number else "take-back", move_facts(plan, recorded_at))
    return _act(plan, {"version": _returned(plan)})


def _returned(plan: Plan) -> int:
    """The version that lay above is the community's again."""
    number = last_number(plan)
    PlanVersion.objects.filter(plan=plan, number=number).update(sent_at=None)
    return number


@deed("plan.approved-above")
def approve_above(
    *, plan_id: UUID, on: date, words: str = "", by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Somebody of a unit above approves what was submitted. Raises in-future for a day to come."""
    plan = locked_plan(by, "plan.approve", plan_id)
    must_have_come(plan, on, recorded_at)
    _move(plan, "approve", replace(move_facts(plan, recorded_at), by_above=may(by, "plan.approve", plan.unit.path)))
    hold(plan, recorded_at)
    PlanVersion.objects.filter(plan=plan, number=plan.current_number).update(approved_at=recorded_at)
    decide_on(plan, "above", on, words, by=by)
    return _act(plan, {"on": str(on), "version": plan.current_number})


@deed("plan.sent-back")
def send_back_plan(
    *, plan_id: UUID, reason: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Somebody of a unit above sends back what was sent there and says why. Raises not-sent like `take_back_plan`."""
    plan = locked_plan(by, "plan.approve", plan_id)
    above = may(by, "plan.approve", plan.unit.path)
    facts = replace(move_facts(plan, recorded_at), by_above=above, reason=reason)
    _move(plan, "send-amendment-back" if plan.current_number else "send-back", facts)
    number = _returned(plan)
    decide_on(plan, "sent-back", day_in(plan, recorded_at), reason, by=by, version=number)
    return _act(plan, {"reason": reason, "version": number})


@deed("plan.filed-above")
def file_above(
    *, plan_id: UUID, on: date, words: str = "", by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """The adopted plan was given to the unit above for information. Raises in-future for a day to come."""
    plan = locked_plan(by, "plan.file", plan_id)
    must_have_come(plan, on, recorded_at)
    _move(plan, "file", move_facts(plan, recorded_at))
    PlanVersion.objects.filter(plan=plan, number=plan.current_number).update(filed_at=recorded_at)
    decide_on(plan, "filed", on, words, by=by)
    return _act(plan, {"on": str(on), "version": plan.current_number})


@deed("plan.published")
def publish_plan(*, plan_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Residents can see the plan at its own address, which stays the same over versions."""
    plan = locked_plan(by, "plan.publish", plan_id)
    _move(plan, "publish", move_facts(plan, recorded_at))
    plan.public_slug = plan.public_slug or plan.id.hex[-10:]
    plan.save(update_fields=["public_slug"])
    PlanVersion.objects.filter(plan=plan, number=plan.current_number).update(published_at=recorded_at)
    return _act(plan, {"slug": plan.public_slug})


@deed("plan.started")
def start_plan(*, plan_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """The plan is in force: `make_tasks` makes what it promises. Raises not-begun before its first day."""
    plan = locked_plan(by, "plan.publish", plan_id)
    _move(plan, "begin", move_facts(plan, recorded_at))
    return _act(plan, {})


@deed("plan.closed")
def close_plan(
    *,
    plan_id: UUID,
    words: str = "",
    reasons: Mapping[UUID, str] | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """The plan is over. `reasons` says of each task still open why it was not done; nothing is left unanswered.

    Raises tasks-open (with how many), not-over (before its last day without `words`), no-reason.
    """
    plan = locked_plan(by, "plan.close", plan_id)
    given = {task_id: reason.strip() for task_id, reason in (reasons or {}).items()}
    if not all(given.values()):
        raise RefusedError("no-reason")
    open_ = Task.objects.filter(plan=plan, state=Task.State.OPEN)
    for task in open_.filter(pk__in=given):
        Task.objects.filter(pk=task.pk).update(state=Task.State.NOT_DONE, reason=given[task.pk])
    _move(plan, "close", replace(move_facts(plan, recorded_at), open_tasks=open_.count(), reason=words))
    plan.closing_words = words
    plan.save(update_fields=["closing_words"])
    return _act(plan, {"words": words, "not_done": {str(task): reason for task, reason in given.items()}})


def decide_on(
    plan: Plan,
    decision: str,
    on: date,
    words: str,
    *,
    by: Asker,
    meeting: Meeting | None = None,
    version: int | None = None,
) -> None:
    """Keep somebody's decision about `version`: the one that holds, or the draft, unless it is named."""
    Approval.objects.create(
        unit_id=plan.unit_id,
        plan=plan,
        version=version or plan.current_number or last_number(plan),
        decision=decision,
        on=on,
        words=words,
        entitled=meeting.entitled if meeting else None,
        present=meeting.present if meeting else None,
        in_favour=meeting.in_favour if meeting else None,
        entered_by=by.ref,
    )


def move_facts(plan: Plan, moment: datetime) -> PlanMoveFacts:
    promised = actions_in(plan, last_number(plan)).exclude(review=Action.Review.IGNORED)
    return PlanMoveFacts(
        today=day_in(plan, moment),
        approval="above" if plan.approval_way == "above" else "own",
        start=plan.starts,
        end=plan.ends,
        actions=promised.count(),
        sent=is_sent(plan),
    )


def must_have_come(plan: Plan, on: date, moment: datetime) -> None:
    """Nothing is decided on a day to come. Raises in-future."""
    if on > day_in(plan, moment):
        raise RefusedError("in-future", {"day": on})


def _move(plan: Plan, name: str, facts: PlanMoveFacts) -> None:
    plan.state = granted(lifecycle.move(plan.state, name, facts))  # type: ignore[arg-type]  # the states are the rules' own
    plan.save(update_fields=["state"])


def hold(plan: Plan, recorded_at: datetime) -> None:
    """The draft is the version that holds from now on."""
    plan.current_number = last_number(plan)
    plan.save(update_fields=["current_number"])
    PlanVersion.objects.filter(plan=plan, number=plan.current_number).update(adopted_at=recorded_at)


def _act(plan: Plan, payload: Mapping[str, object]) -> Act:
    return Act("plan", plan.id, plan.unit.path, {"state": plan.state, **payload})
