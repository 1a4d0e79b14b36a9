"""What the catalogue holds, as plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

Language = Literal["zh-Hant", "zh-Hans", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-Hant", "zh-Hans", "en")

SITE_TYPES = frozenset(
    {"building", "household", "enterprise", "shop", "market", "open_yard", "water_tank", "river_reach"}
    | {"green_belt", "notice_board", "office", "meter"}
)
COVERAGE_RULES = frozenset({"none", "every_site", "every_household", "every_grid"})
REGIONS = frozenset({"CN", "TW", "HK", "world"})

Norm = Mapping[str, Any]
"""A schedule in normal form: `{"type": "rrule", "value": …}`, `{"type": "window", "from": …, "to": …}` or
`{"type": "date", "value": (…)}`, where `Y` is the plan's year."""


class CatalogueError(ValueError):
    """Content that cannot be used. `code` says what is wrong, `detail` which word; `path` and `line` (from 1) where."""

    def __init__(self, code: str, path: Path, line: int, detail: str = "") -> None:
        self.code, self.path, self.line, self.detail = code, path, line, detail
        super().__init__(f"{path}:{line}: {code}" + (f": {detail}" if detail else ""))


@dataclass(frozen=True, slots=True)
class Names:
    """One name in the three languages."""

    zh_hant: str
    zh_hans: str
    en: str

    def get(self, language: Language) -> str:
        """The name in one language."""
        return {"zh-Hant": self.zh_hant, "zh-Hans": self.zh_hans, "en": self.en}[language]


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading under which measures are listed."""

    id: str
    names: Names


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of proof."""

    id: str
    names: Names


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that a record may yield. `unit` is a code (kg, m2, person), `unit_names` how it is written."""

    id: str
    names: Names
    unit: str
    unit_names: Names


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a round must reach. `words` (Simplified) are those by which plans ask for it."""

    rule: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An object concept and the verb concepts that make it this measure's undertaking.

    `beside`: a second object concept that must be named too. `alone`: the object tells enough without any verb.
    """

    object: str
    verbs: frozenset[str]
    beside: str | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of undertaking. `default_schedule` is None for what is done when there is need."""

    id: str
    names: Names
    topic: str
    site_type: str | None
    default_schedule: Norm | None
    coverage: Coverage
    evidence: tuple[Evidence, ...]
    quantities: tuple[Quantity, ...]
    phrases: tuple[str, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class DayRule:
    """How a day is found in a year; see days.yaml for the kinds. Fields that a kind does not use keep their default."""

    kind: str
    month: int = 0
    day: int = 0
    to_month: int = 0
    to_day: int = 0
    since: int = 0
    weekday: int = 0
    nth: int = 0
    days: int = 1
    before: bool = False
    lunar: str = ""
    from_offset: int = 0
    to_offset: int = 0
    years: Mapping[int, tuple[date, date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EnvironmentDay:
    """A day, week or month of environmental work."""

    id: str
    names: Names
    aliases: tuple[str, ...]
    region: str
    rule: DayRule


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the concepts (Simplified): id → words. See concepts.yaml."""

    objects: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[str, ...]]
    broad_objects: Mapping[str, tuple[str, ...]]
    verbs: Mapping[str, tuple[str, ...]]
    broad_verbs: Mapping[str, tuple[str, ...]]
    slogans: tuple[str, ...]
    fillers: tuple[str, ...]


CriterionKind = Literal["record", "sample", "judged"]
INDICATORS: Mapping[str, Literal["share", "count"]] = {
    "tasks-on-time": "share",
    "leading-group": "count",
    "plan-complete": "share",
    "goals-posted": "count",
    "sites-covered": "share",
    "activities": "count",
}
"""What can be counted from records, and whether its threshold is a share in per cent or a number."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a standard asks for.

    record: `indicator` over `measures` (none: all) must reach `at_least`, in per cent for a share; below `min_n` it is
    not enough data. sample: of the sites of `site_type` that were drawn and seen, `at_least` per cent. judged: people
    give 0 to `points`. `partial`: below `at_least` the points are in proportion. `shows` says what is looked at.
    """

    id: str
    names: Names
    shows: Names
    points: int
    kind: CriterionKind
    indicator: str = ""
    measures: tuple[str, ...] = ()
    site_type: str = ""
    at_least: int = 0
    min_n: int = 0
    partial: bool = False

    @property
    def is_share(self) -> bool:
        """Whether value and threshold are shares, not numbers."""
        return self.kind == "sample" or INDICATORS.get(self.indicator) == "share"


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of a standard. `levels`: the fewest points for each. `sample`: its thresholds are invented (示例)."""

    id: str
    version: str
    names: Names
    sample: bool
    levels: Mapping[str, int]
    criteria: tuple[Criterion, ...]

    @property
    def points(self) -> int:
        """The most that can be reached."""
        return sum(criterion.points for criterion in self.criteria)

    def criterion(self, identity: str) -> Criterion:
        """One of its criteria. Raises KeyError."""
        for criterion in self.criteria:
            if criterion.id == identity:
                return criterion
        raise KeyError(identity)


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All content. Mappings keep the order of the files; measures are in the order of their topics.

    `standards` are known by id and version; the newest version of each comes last.
    """

    topics: Mapping[str, Topic]
    evidence: Mapping[str, Evidence]
    quantities: Mapping[str, Quantity]
    measures: Mapping[str, Measure]
    days: Mapping[str, EnvironmentDay]
    vocabulary: Vocabulary
    standards: Mapping[tuple[str, str], Standard]
