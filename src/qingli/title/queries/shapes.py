"""What the room's queries give: frozen values, ready for a page or a paper. Days are the units' own days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from qingli.catalogue import Names
from qingli.ledger.queries import PublicUse
from qingli.proof.queries import AssessmentView
from qingli.title.rules import Award, MoveName, Posted, Reason, State, Waits, Window, Windows


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme: whose it is, by which document, at which fee (always none)."""

    id: UUID
    unit_id: UUID
    unit_name: str
    name: str
    goal: str
    issuing_body: str
    approval_document: str
    approval_date: date
    fee: int
    valid_years: int


@dataclass(frozen=True, slots=True)
class CycleView:
    """One year of a programme. `evidence_until` is the first day that counts no more; `quota` None: no limit."""

    id: UUID
    programme: ProgrammeView
    year: int
    standard_id: str
    standard_version: str
    evidence_from: date
    evidence_until: date
    windows: Windows
    mend_days: int
    notice_days: int
    notice_working_days: int
    quota: int | None
    award: Award


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """An application in a list. `waits`: who has to do something next, by `until`, with `days` left (below 0: late).

    `since` is the day of the last move, `handed_in` None while nobody above may look.
    """

    id: UUID
    cycle_id: UUID
    programme: str
    year: int
    unit_id: UUID
    unit_name: str
    state: State
    waits: Waits
    since: date
    until: date | None
    days: int | None
    handed_in: date | None
    reason: str
    posted: Posted | None


@dataclass(frozen=True, slots=True)
class Opening:
    """A cycle as one community sees it: why it may not hand in today, and its application if there is one."""

    cycle: CycleView
    reasons: tuple[Reason, ...]
    application: ApplicationLine | None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a unit may hand in on a day. `from_day` is when it may, where every reason against it says a day."""

    reasons: tuple[Reason, ...]
    from_day: date | None

    @property
    def may(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Station:
    """A move of the past: what it led to, when, how many days before the end of which window, and why if said."""

    kind: str
    state: str
    on: date
    window: Window | None
    days: int | None
    reason: str
    without_street: bool


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """An application for those who may read it.

    `known` and `assessment` are what was frozen when it was handed in, before that what is so now. `newer`: the
    version of the standard that new applications take, "" while it is the same. `moves`: what this asker may try.
    `assessment` is None for whoever may not look into the figures.
    """

    line: ApplicationLine
    cycle: CycleView
    words: str
    standard_id: str
    standard_version: str
    newer: str
    known: Mapping[str, Any]
    assessment: AssessmentView | None
    frozen: bool
    reasons: tuple[Reason, ...]
    moves: tuple[MoveName, ...]
    stations: tuple[Station, ...]
    notice_id: UUID | None
    notice_slug: str
    mend_until: date | None
    title: "TitleLine | None"


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A title in a list. `here`: it was decided in this house; otherwise it was entered from a paper."""

    id: UUID
    number: str
    name: str
    goal: str
    level: str
    unit_id: UUID
    unit_name: str
    issuing_body: str
    document: str
    named_on: date
    valid_until: date | None
    valid: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Register:
    """A page of the public register, newest first, with the years that there are; `after` is the key of the next."""

    titles: tuple[TitleLine, ...]
    years: tuple[int, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """How a title was decided. `points` of `of`; `standard` is its name in each language."""

    stations: tuple[Station, ...]
    notice_slug: str
    opens: date
    ends: date
    calendar_days: int
    working_days: int | None
    objections: int
    standard: Names
    standard_version: str
    points: str
    of: int
    approval_document: str
    approval_date: date


@dataclass(frozen=True, slots=True)
class Certificate:
    """What anybody may check of a title. `place` are the units above, from the city down; `script` the unit's own."""

    title: TitleLine
    place: tuple[str, ...]
    script: str
    decided: Decided | None
    award: Award | None
    use: PublicUse | None


@dataclass(frozen=True, slots=True)
class Below:
    """Applications that were handed in below an office: those that wait for this asker, and the others."""

    waiting: tuple[ApplicationLine, ...]
    others: tuple[ApplicationLine, ...]
    after: str | None
