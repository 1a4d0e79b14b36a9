"""What the plan doctor looks at and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ..periods import Period
from ..schedule import Schedule

Span = tuple[int, int]
Severity = Literal["must", "should", "note"]
"""must: wrong as it stands. should: the plan cannot be run or checked well. note: worth a look."""


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace text[start:end] by `replacement`. Offsets are those of the text that was examined."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Something to tap. `edits` change the text; `value` is what a form takes over (a frequency, an index) if any."""

    code: str
    edits: tuple[TextEdit, ...] = ()
    value: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor found: a code, the characters it is about, facts for the sentence, fixes to offer.

    `action` is the index of the action it is about, None for the plan.
    """

    code: str
    severity: Severity
    span: Span
    facts: Mapping[str, Any] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()
    action: int | None = None


@dataclass(frozen=True, slots=True)
class TimeFact:
    """A time expression. `heading` is the index of the heading that it stands in, None in running text."""

    span: Span
    surface: str
    schedule: Schedule
    kind: str
    heading: int | None = None


@dataclass(frozen=True, slots=True)
class ActionFact:
    """A promise and what was found for it. `times` are indices into the plan's times; `item` is its heading's index."""

    title: str
    span: Span
    item: int | None
    times: tuple[int, ...]
    owners: int
    quantities: int
    evidence: int


@dataclass(frozen=True, slots=True)
class HeadingFact:
    """A numbered heading; `number` as written, `parent` an index or None, `span` with everything under it."""

    number: str
    offset: int
    heading: str
    heading_offset: int
    parent: int | None
    style: str
    span: Span


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A person named in the plan."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class MaskFact:
    """Something left to fill in that the reader saw. kind: year, place, community, name, number, file, quote, blank."""

    span: Span
    surface: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as the doctor sees it. `text` is the whole source, `span` this plan's part; all spans point into it.

    `said_period` is the period as read ("Y-07-01", "Y-12-31"), for plans whose year is masked.
    """

    text: str
    span: Span
    title: str
    year: int | None = None
    period: Period | None = None
    said_period: tuple[str, str] | None = None
    script: str = "Hant"
    actions: tuple[ActionFact, ...] = ()
    headings: tuple[HeadingFact, ...] = ()
    times: tuple[TimeFact, ...] = ()
    people: tuple[PersonFact, ...] = ()
    masks: tuple[MaskFact, ...] = ()

    @property
    def body(self) -> str:
        return self.text[self.span[0] : self.span[1]]


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """Another plan kept here, to compare with: its shingles as `shingles` made them."""

    id: str
    title: str
    shingles: frozenset[int]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about whose plan this is; everything may be unknown (a visitor without an account).

    `places` are the unit's own names, from its community up (青禾社區, 柳岸街道, …), in the plan's script. `people`:
    names known in the unit. `today` offers this year and the next where no year is known.
    """

    year: int | None = None
    period: Period | None = None
    places: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    others: tuple[OtherPlan, ...] = ()
    today: date | None = None
