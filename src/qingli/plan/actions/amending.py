"""A running plan changes by versions; what was left undone goes over into the next plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from rapidfuzz import fuzz

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.catalogue import Catalogue
from qingli.ground.rules import Asker, may
from qingli.lib.ids import new_id
from qingli.plan.actions.base import (
    RefusedError,
    actions_in,
    day_in,
    draft_number,
    granted,
    in_version,
    last_number,
    locked_plan,
    open_number,
)
from qingli.plan.actions.intake import Intake, add_version
from qingli.plan.actions.lifecycle import Way, decide_on, hold, move_facts, must_have_come
from qingli.plan.actions.making import apply_change, change_of
from qingli.plan.actions.questions import refresh_questions
from qingli.plan.models import Action, Plan, PlanVersion, Question, ReviewStep, Section, Task
from qingli.plan.queries.rhythms import rhythm_of
from qingli.plan.rules import lifecycle
from qingli.plan.rules.lifecycle import Answered, Meeting, to_carry_over
from qingli.plan.rules.schedule import Repeat
from qingli.reading import PlanReading

ALIKE = 60  # per cent (rapidfuzz ratio): below it two promises are two, not one reworded


@deed("plan.amendment-opened")
def amend_plan(
    *,
    plan_id: UUID,
    reading: PlanReading | None = None,
    text: str = "",
    catalogue: Catalogue | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """The next version as a draft beside the one that holds: the same words to be edited, or new words that were read.

    With new words, a promise that is found again keeps its lineage and with it its tasks. Gives the plan.
    Raises draft-open while another amendment is open, not-now in a state that allows none.
    """
    plan = locked_plan(by, "plan.amend", plan_id)
    if plan.state not in ("adopted", "published", "in-force"):
        raise RefusedError("not-now", {"state": plan.state})
    if last_number(plan) != plan.current_number:
        raise RefusedError("draft-open")
    number = plan.current_number + 1
    if reading is None:
        _same_words(plan, number, recorded_at)
    else:
        _new_words(plan, number=number, reading=reading, text=text, catalogue=catalogue, recorded_at=recorded_at)
    refresh_questions(plan, number)
    return Act("plan", plan.id, plan.unit.path, {"version": number, "new_words": reading is not None})


def _same_words(plan: Plan, number: int, recorded_at: datetime) -> None:
    version = PlanVersion.objects.get(plan=plan, number=plan.current_number)
    version.pk, version.number, version.made_at = new_id(), number, recorded_at
    version.sent_at = version.adopted_at = version.approved_at = version.filed_at = version.published_at = None
    version._state.adding = True
    version.save()


def _new_words(
    plan: Plan,
    *,
    number: int,
    reading: PlanReading,
    text: str,
    catalogue: Catalogue | None,
    recorded_at: datetime,
) -> None:
    old = list(actions_in(plan, plan.current_number))
    for rows in (Action.objects, Section.objects):
        rows.filter(in_version(plan.current_number), plan=plan).update(version_to=plan.current_number)
    version = add_version(plan, number, reading, text, recorded_at)
    Intake(plan, version, reading, catalogue).write(_found_again(old, reading))


def _found_again(old: Sequence[Action], reading: PlanReading) -> dict[int, UUID]:
    """Promises of the new words that the old ones knew, each once: the most alike first; one measure counts for it."""
    pairs = sorted(
        (
            (fuzz.ratio(row.title, read.title) + (15 if row.measure and row.measure == read.measure else 0), index, row)
            for index, read in enumerate(reading.actions)
            for row in old
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2].order),
    )
    found: dict[int, UUID] = {}
    for score, index, row in pairs:
        if score >= ALIKE and index not in found and row.lineage not in found.values():
            found[index] = row.lineage
    return found


@deed("plan.amendment-dropped")
def drop_amendment(*, plan_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """The open amendment comes to nothing; the version that holds is untouched. Gives the plan. Raises no-draft."""
    plan = locked_plan(by, "plan.amend", plan_id)
    number = draft_number(plan)
    if number == 1:
        raise RefusedError("no-draft")
    ReviewStep.objects.filter(plan=plan, version=number).delete()
    Question.objects.filter(plan=plan, version=number).delete()
    Action.objects.filter(plan=plan, version_from=number).delete()
    Section.objects.filter(plan=plan, version_from=number).order_by("-order").delete()
    for rows in (Action.objects, Section.objects):
        rows.filter(plan=plan, version_to=number - 1).update(version_to=None)
    PlanVersion.objects.filter(plan=plan, number=number).delete()
    refresh_questions(plan, plan.current_number)
    return Act("plan", plan.id, plan.unit.path, {"version": number})


@deed("plan.amended")
def adopt_amendment(
    *,
    plan_id: UUID,
    on: date,
    reason: str,
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
    """The amendment holds, decided by whoever decided the plan; in a running plan the tasks ahead follow it at once.

    What was answered, and what is already late, stays as it is. Gives the plan. Raises no-draft, no-reason, no-meeting…
    """
    plan = locked_plan(by, "plan.approve" if way == "above" else "plan.amend", plan_id)
    number = open_number(plan)
    must_have_come(plan, on, recorded_at)
    meeting = Meeting(way, on, entitled, present, in_favour)
    above = may(by, "plan.approve", plan.unit.path)
    facts = replace(move_facts(plan, recorded_at), meeting=meeting, by_above=above, reason=reason)
    granted(lifecycle.move(plan.state, "amend", facts))  # type: ignore[arg-type]  # the states are the rules' own
    hold(plan, recorded_at)
    PlanVersion.objects.filter(plan=plan, number=number).update(reason=reason)
    if plan.public_slug:
        PlanVersion.objects.filter(plan=plan, number=number).update(published_at=recorded_at)
    decide_on(plan, way, on, words or reason, by=by, meeting=meeting)
    payload: dict[str, object] = {"version": number, "reason": reason, "on": str(on)}
    if plan.state == Plan.State.IN_FORCE:
        today = day_in(plan, recorded_at)
        change = change_of(plan, today)
        apply_change(plan, change, today, recorded_at)
        payload |= {"made": len(change.create), "moved": len(change.move), "cancelled": len(change.cancel)}
    return Act("plan", plan.id, plan.unit.path, payload)


@deed("plan.carried-over")
def carry_over(
    *,
    plan_id: UUID,
    title: str,
    starts: date,
    ends: date,
    lineages: Sequence[UUID] | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A new draft with what was not done in this plan: of the undone promises those in `lineages`, or all. Gives it.

    They are promised anew, to be looked at again; their times are asked for, since the old ones are over.
    Raises nothing-to-carry, no-title, bad-days.
    """
    old = locked_plan(by, "plan.carry_over", plan_id)
    if not title.strip():
        raise RefusedError("no-title")
    if starts > ends:
        raise RefusedError("bad-days")
    chosen = _undone(old, lineages)
    if not chosen:
        raise RefusedError("nothing-to-carry")
    new = Plan.objects.create(
        unit_id=old.unit_id,
        title=title.strip()[:200],
        starts=starts,
        ends=ends,
        year=starts.year,
        approval_way=old.approval_way,
        script=old.script,
        carried_from=old,
        made_at=recorded_at,
    )
    PlanVersion.objects.create(unit_id=old.unit_id, plan=new, number=1, made_at=recorded_at)
    for order, action in enumerate(chosen):
        _carry(action, new, order * 100)
    refresh_questions(new, 1)
    said = {"from": str(old.id), "actions": [str(action.lineage) for action in chosen]}
    return Act("plan", new.id, old.unit.path, said)


def _undone(plan: Plan, lineages: Sequence[UUID] | None) -> list[Action]:
    rows = Task.objects.filter(plan=plan).order_by("due", "id").values_list("lineage", "state")
    carried = Action.objects.filter(plan__carried_from=plan, came_from__isnull=False).values_list(
        "came_from", flat=True
    )
    undone = to_carry_over(
        tuple(Answered(str(lineage), state) for lineage, state in rows),  # type: ignore[arg-type]  # the states are the rules' own
        frozenset(str(one) for one in carried),
    )
    offered = {UUID(lineage) for lineage in undone}
    if lineages is not None:
        offered &= set(lineages)
    return [action for action in actions_in(plan, plan.current_number) if action.lineage in offered]


def _carry(action: Action, plan: Plan, order: int) -> None:
    """The promise without its place in the old text. What repeats goes on repeating; single days are over."""
    rows = list(action.schedules.order_by("order"))
    action.pk, action.plan, action.section, action.order = new_id(), plan, None, order
    action.came_from, action.lineage = action.lineage, new_id()
    action.version_from, action.version_to, action.begin, action.end = 1, None, None, None
    action.review = Action.Review.UNSEEN
    action._state.adding = True
    action.save()
    for row in rows:
        if all(isinstance(rule, Repeat) for rule in rhythm_of(row).rules):
            row.pk, row.action, row.offset = new_id(), action, None
            row._state.adding = True
            row.save()
