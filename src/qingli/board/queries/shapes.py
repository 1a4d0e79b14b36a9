"""What the queries of the board give."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from qingli.board.rules import NoticeKind, Outcome, ReplyKind, Standing, Subject

NoticeState = Literal["coming", "open", "over", "withdrawn"]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in a list. `unanswered` counts replies without an answer, `objections` those of them that object.

    `working_days` is None where the rest days were not known. In public lists the two counts are 0 and mean nothing.
    """

    id: UUID
    slug: str
    unit_id: UUID
    unit_name: str
    kind: NoticeKind
    title: str
    state: NoticeState
    opens: date
    ends: date
    days_left: int
    calendar_days: int
    working_days: int | None
    proved: bool
    replies: int = 0
    unanswered: int = 0
    objections: int = 0


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A unit's notices: what hangs or will hang, then past ones, newest first. `after` is the key of the next page."""

    current: tuple[NoticeLine, ...]
    past: tuple[NoticeLine, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class PostingView:
    """Where a notice hangs, since when; `photo_id` for whoever may see the file."""

    id: UUID
    place: str
    hung_at: datetime
    photo_id: UUID | None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice for those who answer for it. `by_days`, `by_working`: the two ends of which the later holds."""

    line: NoticeLine
    body: str
    subjects: tuple[Subject, ...]
    standing: Standing
    by_days: date
    by_working: date | None
    ends_told: bool
    withdrawn_why: str
    about_type: str
    about_id: UUID | None
    postings: tuple[PostingView, ...]
    may_post: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply for those who answer it. `subject` is the label of what it is about; "" for all of the notice.

    `name` and `contact` are "" for whoever reads but does not answer.
    """

    id: UUID
    kind: ReplyKind
    subject: str
    name: str
    contact: str
    words: str
    sent_at: datetime
    outcome: Outcome | None
    reason: str
    answered_at: datetime | None
    forgotten: bool


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """An answer as everybody may read it: never who asked, nor in which words."""

    kind: ReplyKind
    subject: str
    outcome: Outcome
    reason: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice as everybody may read it. `replies` counts all that came, `waiting` those without an answer yet."""

    line: NoticeLine
    body: str
    subjects: tuple[Subject, ...]
    by_days: date
    by_working: date | None
    ends_told: bool
    withdrawn_why: str
    places: tuple[str, ...]
    answers: tuple[PublicAnswer, ...]
    replies: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a replier finds at their secret address: their own words and what became of them; no name, no contact."""

    notice: NoticeLine
    kind: ReplyKind
    subject: str
    words: str
    sent_at: datetime
    outcome: Outcome | None
    reason: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class GoalPosting:
    """One posting of a unit's goals, for whoever counts it as proof. `proved`: somebody said where it hung."""

    notice_id: UUID
    slug: str
    opens: date
    ends: date
    calendar_days: int
    working_days: int | None
    over: bool
    proved: bool
