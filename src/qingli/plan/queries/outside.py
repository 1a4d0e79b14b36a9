"""What leaves the house: pages without an account, feeds, papers. Names of people are never in the public ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingli.plan.queries.shapes import MonthCounts, QuestionCard, SectionCard, Who
from qingli.plan.rules.diff import ActionChange, Passage
from qingli.plan.rules.progress import Progress


@dataclass(frozen=True, slots=True)
class PublicAction:
    """A promise as residents see it. `not_done`: why tasks will not be done, each reason with their number."""

    number: str
    title: str
    section_heading: str
    schedule_words: str
    counts: Progress
    next_due: date | None
    late: tuple["PublicLate", ...]
    not_done: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PublicLate:
    """A late task as residents see it: no names of people."""

    title: str
    site_name: str
    due: date
    late_days: int
    reason: str
    new_due: date | None


@dataclass(frozen=True, slots=True)
class PublicPlan:
    """A published plan without an account: promised, done, late.

    Names of people are blotted out (○○○) wherever they stand in texts, at the same length, so offsets hold.
    `this_month`: what is still to be done this month. `corrections` as in PlanPaper.
    """

    title: str
    unit_name: str
    unit_path: str
    starts: date | None
    ends: date | None
    state: str
    approved_way: str
    approved_on: date | None
    number: int
    counts: Progress
    this_month: tuple["PublicUpcoming", ...]
    actions: tuple[PublicAction, ...]
    months: tuple[MonthCounts, ...]
    text: str
    corrections: tuple[tuple[int, int, str], ...]
    sections: tuple[SectionCard, ...]


@dataclass(frozen=True, slots=True)
class PublicUpcoming:
    """Something still to be done."""

    title: str
    due: date
    site_name: str


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """An entry of a calendar feed, on the day by which it is to be done; `uid` stays the same when that day moves."""

    uid: UUID
    opens: date
    day: date
    title: str
    place: str
    state: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar by its secret address."""

    name: str
    events: tuple[FeedEvent, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of a plan's table in a paper."""

    number: str
    section_heading: str
    title: str
    schedule_words: str
    owner: Who
    quantity: str
    evidence: tuple[str, ...]
    counts: Progress


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """A plan as `papers` prints it.

    `text` is the original; `corrections` are replacements (begin, end, words) for a corrected paper. `days` are its
    tasks: day, title, place, state.
    """

    title: str
    unit_name: str
    script: str
    starts: date | None
    ends: date | None
    state: str
    number: int
    text: str
    sections: tuple[SectionCard, ...]
    rows: tuple[PaperRow, ...]
    open_questions: tuple[QuestionCard, ...]
    corrections: tuple[tuple[int, int, str], ...]
    counts: Progress
    days: tuple[tuple[date, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An entry of the journal, as an object's history.

    who: a person's name; empty for the system, for a visitor, and for somebody whose name was erased. `actor` tells
    which: person, system, visitor.
    """

    kind: str
    actor: str
    who: str
    happened_at: datetime
    recorded_at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a plan: what became of each promise, and the two texts as passages in reading order."""

    title: str
    old: int
    new: int
    reason: str
    actions: tuple[ActionChange, ...]
    passages: tuple[Passage, ...]
