"""Figures over all communities below an office: sums of at least five, beside those of the half-year before.

No community is named and none is compared with another. What may be shown is settled in `suppress`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from qingli.board.queries.spans import units_with_goals
from qingli.catalogue import Catalogue
from qingli.ground.queries import UnitView, committees_below
from qingli.ground.rules import Access, Asker, NotAllowedError, UnitKind
from qingli.ground.rules.permissions import access_of
from qingli.insight.behind import NONE
from qingli.insight.periods import HalfYear
from qingli.insight.suppress import FEWEST, held_back, split_may_be_shown
from qingli.proof.queries.sums_below import Sums, SumsBelow, sums_below
from qingli.title.queries.counting import applicants_below, titles_below

TOGETHER = "together"
"""The line of those topics that may not be shown alone."""
NOT_APPLIED = "not-applied"
_PUBLIC = ("named", "posted")
_READS = ("task.read", "record.read")


@dataclass(frozen=True, slots=True)
class Summed:
    """A sum and over how many communities it is. `sums` is None where it must not be shown."""

    communities: int
    sums: Sums | None


@dataclass(frozen=True, slots=True)
class MonthSum:
    """One month; `coming` before it began."""

    first: date
    of: Summed
    coming: bool


@dataclass(frozen=True, slots=True)
class TopicSum:
    """One topic in this half-year and, where that may be shown, in the one before."""

    topic: str
    of: Summed
    before: Summed | None


@dataclass(frozen=True, slots=True)
class Split:
    """How many of how many communities; `part` is None where that would point at a few."""

    part: int | None
    whole: int


class TitleCounts(NamedTuple):
    """Titles named in the year, in the year before, and holding today. The register is public."""

    this_year: int
    last_year: int
    holding: int


@dataclass(frozen=True, slots=True)
class CityFigures:
    """What an office sees of the communities below it. `enough`: there are five; without them all else is empty."""

    period: HalfYear
    communities: int
    enough: bool
    whole: Summed
    before: Summed
    months: tuple[MonthSum, ...]
    months_before: tuple[MonthSum, ...]
    topics: tuple[TopicSum, ...]
    goals: Split
    applications: tuple[tuple[str, int | None], ...]
    titles: TitleCounts


def require_office(asker: Asker, unit: UnitView) -> None:
    """Only for a post in this very unit that reads sums below it: by the figures of two units, one inside the other,
    those of a few communities could be worked out. Raises NotAllowedError."""
    above = unit.kind not in (UnitKind.COMMUNITY, UnitKind.LI, UnitKind.GRID, UnitKind.NEIGHBOURHOOD)
    here = [post for post in asker.held if above and post.unit_path == unit.path]
    under = f"{unit.path}below/"
    if not any(all(access_of(post, deed, under) >= Access.AGGREGATE for deed in _READS) for post in here):  # type: ignore[arg-type]  # two deeds
        raise NotAllowedError


def city_figures(unit: UnitView, period: HalfYear, *, today: date, catalogue: Catalogue) -> CityFigures:
    """The figures of a half-year beside the one before. Six queries at any size. Whoever calls has asked
    `require_office`."""
    communities = committees_below(unit.path)
    titles = TitleCounts(*titles_below(unit.path, (period.year, period.year - 1), today=today))
    if len(communities) < FEWEST:
        nothing = Summed(0, None)
        return CityFigures(
            period, len(communities), False, nothing, nothing, (), (), (), Split(None, len(communities)), (), titles
        )
    found = sums_below(unit.path, since=period.before.since, turn=period.since, until=period.until, today=today)
    goals = len(units_with_goals(unit.path, since=period.since, until=period.until) & communities)
    return CityFigures(
        period=period,
        communities=len(communities),
        enough=True,
        whole=_whole(found, period),
        before=_whole(found, period.before),
        months=_months(found, period, today),
        months_before=_months(found, period.before, today),
        topics=_topics(found, catalogue),
        goals=Split(goals if split_may_be_shown(goals, len(communities)) else None, len(communities)),
        applications=applications_shown(applicants_below(unit.path, year=period.year), communities),
        titles=titles,
    )


def _together(sums: Iterable[Sums]) -> Sums:
    whole = Sums()
    for one in sums:
        whole += one
    return whole


def _summed(by_unit: Mapping[UUID, Sums]) -> Summed:
    """Over those communities that have something; None over one to four, and over none there is nothing to sum."""
    units = {unit for unit, sums in by_unit.items() if sums}
    return Summed(len(units), _together(by_unit.values()) if len(units) >= FEWEST else None)


def _whole(found: SumsBelow, period: HalfYear) -> Summed:
    units: dict[UUID, Sums] = {}
    for (unit, month), sums in found.months.items():
        if period.since <= month < period.until:
            units[unit] = units.get(unit, Sums()) + sums
    return _summed(units)


def _months(found: SumsBelow, period: HalfYear, today: date) -> tuple[MonthSum, ...]:
    """The months of a half-year whose sum may be shown; none of another."""
    by_month: dict[date, dict[UUID, Sums]] = {month: {} for month in period.months}
    for (unit, month), sums in found.months.items():
        if month in by_month and sums:
            by_month[month][unit] = sums
    if _whole(found, period).sums is None:
        return ()
    hidden = held_back({month: units.keys() for month, units in by_month.items()})
    return tuple(
        MonthSum(month, Summed(len(units), None if month in hidden else _together(units.values())), month > today)
        for month, units in by_month.items()
    )


def _topics(found: SumsBelow, catalogue: Catalogue) -> tuple[TopicSum, ...]:
    """Topics in the catalogue's order; those that may not stand alone make one line at the end."""
    now, before = (_by_topic(found, catalogue, later) for later in (True, False))
    lines, last = _shown(now), _shown(before)
    order = [*catalogue.topics, NONE, TOGETHER]
    return tuple(
        TopicSum(topic, lines[topic], last.get(topic) if topic != TOGETHER else None)
        for topic in order
        if topic in lines
    )


def _by_topic(found: SumsBelow, catalogue: Catalogue, later: bool) -> dict[str, dict[UUID, Sums]]:
    topics: dict[str, dict[UUID, Sums]] = {}
    for (unit, is_later, measure), sums in found.measures.items():
        if is_later is later and sums:
            known = catalogue.measures.get(measure)
            units = topics.setdefault(known.topic if known else NONE, {})
            units[unit] = units.get(unit, Sums()) + sums
    return topics


def _shown(topics: Mapping[str, Mapping[UUID, Sums]]) -> dict[str, Summed]:
    everybody = frozenset(unit for units in topics.values() for unit in units)
    if len(everybody) < FEWEST:
        return {}
    hidden = held_back({topic: units.keys() for topic, units in topics.items()})
    lines = {topic: _summed(units) for topic, units in topics.items() if topic not in hidden}
    if hidden:
        units: dict[UUID, Sums] = {}
        for topic in hidden:
            for unit, sums in topics[topic].items():
                units[unit] = units.get(unit, Sums()) + sums
        lines[TOGETHER] = _summed(units)
    return lines


def applications_shown(
    states: Mapping[str, frozenset[UUID]], communities: frozenset[UUID]
) -> tuple[tuple[str, int | None], ...]:
    """How many communities stand where with what they handed in for the year; None where that points at a few.

    Who is posted or named is public, and can be taken off by anybody: what is held back has to hold without them.
    """
    groups: dict[str, frozenset[UUID]] = {state: units & communities for state, units in sorted(states.items())}
    groups[NOT_APPLIED] = communities - frozenset().union(*groups.values())
    hidden = held_back({state: units for state, units in groups.items() if state not in _PUBLIC})
    return tuple((state, None if state in hidden else len(units)) for state, units in groups.items() if units)
