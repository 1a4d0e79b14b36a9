"""What the room's queries give: frozen values, ready for a page or a paper. Days are the unit's own days."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from qingli.catalogue import Criterion, Standard
from qingli.proof.rules import IndicatorValue, State


@dataclass(frozen=True, slots=True)
class TaskLink:
    """An open task that would bring a criterion further."""

    id: UUID
    title: str
    due: date
    site_name: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """Points that were given, by which side, and why. Nobody is named."""

    points: int
    reason: str
    kind: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """What one criterion comes to. `value` is a share (0 to 1) or a number, None where there is no data.

    `n`, `numerator` and `missing` as in `rules.IndicatorValue`. `mark` is of a judged criterion, `sample_id` of a
    sample. `closes` are open tasks that would bring it further.
    """

    criterion: Criterion
    state: State
    points: Decimal
    of: int
    value: float | None
    n: int
    numerator: int
    missing: int
    closes: tuple[TaskLink, ...] = ()
    mark: MarkView | None = None
    sample_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """A standard applied to a unit for a period (`until` is the first day after it), live or as it was kept.

    `has` are criteria that are met, `lacks` those that are not or only partly; the others have not enough data
    (`unclear`) or are to be judged (`to_judge`). `id` and `made_at` are None while it is live.
    """

    unit_id: UUID
    standard: Standard
    since: date
    until: date
    day: date
    kind: str
    results: tuple[CriterionResult, ...]
    points: Decimal
    of: int
    has: int
    lacks: int
    unclear: int
    to_judge: int
    id: UUID | None = None
    made_at: datetime | None = None

    @property
    def level(self) -> str:
        """The highest level whose points are reached; "" for none."""
        reached = [(least, name) for name, least in self.standard.levels.items() if self.points >= least]
        return max(reached)[1] if reached else ""


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One of the things that a figure was counted from.

    kind: task, record, action, seat, notice, site. `id` leads to its page; for a site to the task that covered it, None
    where none did. `counts`: whether it is in the numerator. `day` is when it was promised, done or posted.
    """

    kind: Literal["task", "record", "action", "seat", "notice", "site"]
    id: UUID | None
    title: str
    day: date | None
    state: str
    counts: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure with a page of what is behind it; `after` is the key of the next page, None at the end."""

    figure: IndicatorValue
    rows: tuple[BehindRow, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class SampleSiteView:
    """A site of a sample, in its place of the draw."""

    id: UUID
    site_id: UUID
    name: str
    detail: str
    place: int
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class SampleView:
    """A sample: from how many sites, by which seed, and what was found. `seed` is "" until the request was sealed."""

    id: UUID
    unit_id: UUID
    standard_id: str
    version: str
    criterion: str
    since: date
    until: date
    size: int
    frame: int
    frame_hash: str
    batch: int | None
    seed: str
    made_at: datetime
    sites: tuple[SampleSiteView, ...]


@dataclass(frozen=True, slots=True)
class UnitTally:
    """What a community with its grids has in one month, by measure. `late`: open, and the promised day is over."""

    unit_id: UUID
    month: date
    measure: str
    promised: int
    done: int
    on_time: int
    not_done: int
    open: int
    late: int
    cancelled: int
    records: int
