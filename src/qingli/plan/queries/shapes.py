"""What the room's queries give: frozen values, ready for a page, a paper or a feed. Days are the unit's own days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from qingli.plan.queries.findings import FindingCard
from qingli.plan.rules.progress import Progress


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read: the plan's own number as written (三（二）) and the span in the version's text.

    `number` is empty and `begin` None for what a person put in.
    """

    plan_id: UUID
    number: str
    begin: int | None
    end: int | None
    surface: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody responsible. kind: person, role, party, words or none.

    `name` is a person's or a party's name, the code of a role (a face translates it; `unit_name` says where) or the
    plan's own words.
    """

    kind: str
    id: UUID | None
    name: str
    unit_name: str = ""


NOBODY = Who("none", None, "")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list."""

    id: UUID
    unit_id: UUID
    title: str
    state: str
    starts: date | None
    ends: date | None
    number: int
    draft_number: int | None
    slug: str | None
    counts: Progress


@dataclass(frozen=True, slots=True)
class ScheduleCard:
    """When: the plan's words, what was read in them and, if a person decided otherwise, what was decided."""

    id: UUID
    surface: str
    offset: int | None
    kind: str
    norm: Mapping[str, Any]
    alternatives: tuple[Mapping[str, Any], ...]
    decided: Mapping[str, Any] | None
    inherited: bool


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """Something to decide. `options` are ready answers: each a mapping with `code` and what it sets."""

    id: UUID
    action_id: UUID | None
    schedule_id: UUID | None
    code: str
    year: int | None
    surface: str
    offsets: tuple[int, ...]
    options: tuple[Mapping[str, Any], ...]
    answer: Mapping[str, Any] | None

    @property
    def is_open(self) -> bool:
        return self.answer is None


@dataclass(frozen=True, slots=True)
class ActionCard:
    """An action with everything that its card shows. review: unseen, accepted, edited, ignored."""

    id: UUID
    lineage: UUID
    section_id: UUID | None
    number: str
    order: int
    begin: int | None
    end: int | None
    title: str
    measure: str
    topic: str
    candidates: tuple[Mapping[str, Any], ...]
    owner_words: str
    owner: Who
    quantity: float | None
    quantity_unit: str
    quantity_words: str
    coverage_words: str
    site_type: str
    per_site: bool
    evidence: tuple[str, ...]
    review: str
    schedules: tuple[ScheduleCard, ...]
    questions: tuple[QuestionCard, ...]


@dataclass(frozen=True, slots=True)
class SectionCard:
    """A heading. `path` is its number with those above it, as written: 三（二）."""

    id: UUID
    level: int
    number: str
    path: str
    heading: str
    parent_id: UUID | None
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class UnreadCard:
    """A stretch beside 每, 前, 底 or 內 that was not understood; `add_action` may make a promise of it."""

    surface: str
    offset: int
    near: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A version of a plan beside its original text. `is_sent`: the draft lies with the office above.

    `questions` are those about the whole plan; an action holds its own, so that `findings` leave out what single
    actions lack. Those without a number or a proof, which is often right, are counted. `corrections` are replacements
    (begin, end, words) beside the text, which itself stays as it was. `may` holds the deeds that the asker's posts
    allow with the plan, `moves` those that `rules.lifecycle` knows for its state.
    """

    plan: PlanLine
    unit_name: str
    version: int
    is_draft: bool
    is_sent: bool
    text: str
    source_name: str
    script: str
    approval_way: str
    sections: tuple[SectionCard, ...]
    actions: tuple[ActionCard, ...]
    questions: tuple[QuestionCard, ...]
    findings: tuple[FindingCard, ...]
    without_number: int
    without_proof: int
    unread: tuple[UnreadCard, ...]
    corrections: tuple[tuple[int, int, str], ...]
    can_undo: bool
    may: frozenset[str]
    moves: tuple[str, ...]

    @property
    def reviewed(self) -> int:
        return sum(action.review != "unseen" for action in self.actions)


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task in a list.

    status: done, late, open (may be done now), not_due (opens later), not_done, cancelled. `late_days` counts from
    `due`, what was promised. `number` is the plan's own (三（二）). `may`: do, assign, hand_over, reschedule.
    """

    id: UUID
    plan_id: UUID
    lineage: UUID
    title: str
    number: str
    unit_id: UUID
    place_id: UUID
    place_name: str
    site_id: UUID | None
    site_name: str
    who: Who
    opens: date
    due: date
    new_due: date | None
    act_by: date
    wanted: float | None
    wanted_unit: str
    state: str
    status: str
    late_days: int
    done_on: date | None
    reason: str
    measure: str
    may: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of tasks; `after` is the key that the next page is asked with, None at the end."""

    tasks: tuple[TaskCard, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """A task with the passage that it comes from. Its records are asked of `work.queries.records_of_task`."""

    task: TaskCard
    plan_title: str
    unit_name: str
    source: Source
    action: ActionCard | None
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class TodayPage:
    """What one person has before them. `work.queries.recorded_on` gives what they wrote down that day.

    `late`: promised for an earlier day, to be done now. `due`: to be done by today. `open`: may be done now, due later.
    `tomorrow`: due the next day. `waiting`: handed to somebody else and not done yet, or late with a later day agreed.
    `drafts`: plans whose questions this person may answer.
    """

    late: tuple[TaskCard, ...]
    due: tuple[TaskCard, ...]
    open: tuple[TaskCard, ...]
    tomorrow: tuple[TaskCard, ...]
    waiting: tuple[TaskCard, ...]
    drafts: tuple["DraftLine", ...]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft that waits for answers."""

    plan_id: UUID
    unit_id: UUID
    title: str
    questions: int
    unseen: int


@dataclass(frozen=True, slots=True)
class SectionProgress:
    section_id: UUID | None
    number: str
    heading: str
    counts: Progress


@dataclass(frozen=True, slots=True)
class ActionProgress:
    lineage: UUID
    action_id: UUID
    section_id: UUID | None
    number: str
    title: str
    measure: str
    schedule_words: str
    counts: Progress
    next_due: date | None


@dataclass(frozen=True, slots=True)
class MonthCounts:
    year: int
    month: int
    counts: Progress


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """A decision about a version: committee, residents, above, filed or sent-back."""

    version: int
    decision: str
    on: date
    words: str
    entitled: int | None
    present: int | None
    in_favour: int | None


@dataclass(frozen=True, slots=True)
class GivenPlan:
    """A plan of a unit below that lies, or lay, with the office above.

    `decision`, `on`: the last that was noted there (above, filed, sent-back); empty and None before the first.
    """

    id: UUID
    unit_id: UUID
    unit_name: str
    title: str
    state: str
    starts: date | None
    ends: date | None
    decision: str
    on: date | None


@dataclass(frozen=True, slots=True)
class GivenAbove:
    """What units below gave to an office: plans that wait for its approval, and those it answered or was told of.

    `changing`: amendments that wait for it, of plans that it approved. `more`: older answered ones are not listed.
    """

    waiting: tuple[GivenPlan, ...]
    changing: tuple[GivenPlan, ...]
    answered: tuple[GivenPlan, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """Plan against done. `late` are the late tasks (the first hundred), oldest first."""

    plan: PlanLine
    unit_name: str
    counts: Progress
    this_month: Progress
    sections: tuple[SectionProgress, ...]
    actions: tuple[ActionProgress, ...]
    months: tuple[MonthCounts, ...]
    late: tuple[TaskCard, ...]
    approvals: tuple[ApprovalLine, ...]
    may: frozenset[str]
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the calendar: its counts, and its tasks where the month has few enough to show (60)."""

    day: date
    counts: Progress
    tasks: tuple[TaskCard, ...]


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    unit_id: UUID
    unit_name: str
    year: int
    month: int
    days: tuple[DayCell, ...]
    counts: Progress


@dataclass(frozen=True, slots=True)
class CalendarYear:
    unit_id: UUID
    unit_name: str
    year: int
    months: tuple[MonthCounts, ...]


@dataclass(frozen=True, slots=True)
class Below:
    """What a level sees of the levels below it: figures over all of them, no names and no details.

    `units` counts those with a plan that runs. `counts` is None while fewer than five units stand behind it.
    """

    units: int
    plans: int
    counts: Progress | None
