"""What the reader finds, as plain frozen values.

Every `offset` and `span` counts Unicode code points in the text that was given to `read_text`, so that
`text[hit.offset : hit.offset + len(hit.surface)] == hit.surface` always holds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

Norm = Mapping[str, Any]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MeasureMatch:
    """One measure that a matcher offers for a clause: its catalogue id, its topic and a score from 0 to 1."""

    measure: str
    topic: str
    score: float


class _MatchLike(Protocol):
    @property
    def measure(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def score(self) -> float: ...


Matcher = Callable[[str], Sequence[_MatchLike]]
"""Given a clause, the measures that fit it, best first. The caller brings it: the reader knows no catalogue."""


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A numbered heading. `number` is what is written, never corrected; `level` is its depth in this document."""

    id: int
    level: int
    number: str
    offset: int
    heading: str
    heading_offset: int
    parent: int | None
    inline: bool
    style: str
    end: int
    """Where this item's own text and everything under it ends."""
    subject: bool = False
    """Whether the heading is a word before a colon, of which the rest of the item speaks: 化糞池：…"""

    @property
    def span(self) -> Span:
        return self.offset, self.end


@dataclass(frozen=True, slots=True)
class ScheduleHit:
    """A time expression. `norm` is its normal form (see README); `alternatives` are the other ways to read it.

    kind: recur, window, date, deadline, festival, vague (core) or plan-period, relative, timeofday, year-ref, blank,
    exclusion, retrospective, condition, reference (not core).
    """

    surface: str
    offset: int
    kind: str
    core: bool
    norm: Norm
    rule: str
    alternatives: tuple[Norm, ...] = ()

    @property
    def end(self) -> int:
        return self.offset + len(self.surface)


@dataclass(frozen=True, slots=True)
class QuantityHit:
    """A number with its unit and its bound word. qualifier: ">=", "<=", ">", "<", "~" or None.

    kind: target, count, freq, money, threshold, constraint, duration, limit, baseline, ordinal, rank, rhetorical.
    """

    surface: str
    offset: int
    kind: str
    value: int | float
    unit: str
    what: str
    rule: str
    qualifier: str | None = None
    alternatives: tuple[Norm, ...] = ()

    @property
    def end(self) -> int:
        return self.offset + len(self.surface)


@dataclass(frozen=True, slots=True)
class ActorHit:
    """Who acts or holds a post.

    role: leader, deputy, member, body, office, liaison, performer, partner, approver, funder, supervisor, recipient,
    founder, lead. `name` and `post` are parts of the surface; `group` is the index of the body that this actor sits in.
    """

    surface: str
    offset: int
    role: str
    rule: str
    name: str | None = None
    post: str | None = None
    group: int | None = None
    alternatives: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.offset + len(self.surface)


@dataclass(frozen=True, slots=True)
class Mention:
    """A channel (宣傳欄), a coverage rule (三不漏投) or evidence wanted (檢查記錄); `rule` is the normal name of it."""

    surface: str
    offset: int
    rule: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch beside 每, 前, 底 or 內 that looks like a time and was not understood."""

    surface: str
    offset: int
    near: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something left to fill in. kind: year, place, community, name, number, file, quote, blank."""

    surface: str
    offset: int
    kind: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the plan's owner must be asked, once for all `offsets` where the same thing is missing."""

    code: str
    surface: str
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something lacking or odd, by code; `span` points at it. A face turns the code into a sentence.

    Actions: no-owner, no-schedule, no-quantity, no-evidence, vague-schedule, masked-year,
    ambiguous-schedule, blank-date, placeholder.
    Plans: number-gap, number-repeat, number-restart.
    """

    code: str
    span: Span
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PlanAction:
    """One promise of the plan. The index tuples point into the plan's `schedule`, `quantities` and `actors`.

    `inherited` and `inherited_actors` are those of the indices that come from an enclosing item or the clause before.
    `candidates` are the best three measures; `measure` is the first of them when it is good enough for the matcher.
    """

    title: str
    span: Span
    item: int | None
    measure: str | None = None
    topic: str | None = None
    schedule: tuple[int, ...] = ()
    quantities: tuple[int, ...] = ()
    actors: tuple[int, ...] = ()
    inherited: tuple[int, ...] = ()
    inherited_actors: tuple[int, ...] = ()
    candidates: tuple[MeasureMatch, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanReading:
    """One plan of a text. `period` is ISO-like with Y for an unknown year; `duplicate_of` is the index of an earlier
    plan of the same family, `family` the number of that family, `script` "Hant" or "Hans"."""

    title: str
    span: Span
    plan_year: int | None
    period: tuple[str, str] | None = None
    duplicate_of: int | None = None
    family: int = 0
    script: str = "Hant"
    outline: tuple[OutlineItem, ...] = ()
    schedule: tuple[ScheduleHit, ...] = ()
    quantities: tuple[QuantityHit, ...] = ()
    actors: tuple[ActorHit, ...] = ()
    actions: tuple[PlanAction, ...] = ()
    channels: tuple[Mention, ...] = ()
    coverage: tuple[Mention, ...] = ()
    evidence: tuple[Mention, ...] = ()
    unread: tuple[Unread, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    questions: tuple[Question, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one text of `chars` code points."""

    chars: int
    plans: tuple[PlanReading, ...] = field(default=())

    @property
    def families(self) -> tuple[tuple[int, ...], ...]:
        """Indices of the plans that are near-copies of one another, family by family."""
        groups: dict[int, list[int]] = {}
        for index, plan in enumerate(self.plans):
            groups.setdefault(plan.family, []).append(index)
        return tuple(tuple(group) for group in groups.values())

    def as_json(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, ready for `json.dumps`."""
        return {"chars": self.chars, "plans": [_plain(plan) for plan in self.plans]}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if hasattr(value, "__dataclass_fields__"):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    return value
