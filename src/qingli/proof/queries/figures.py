"""Indicators: each counted from what the rooms below hold, for the days of a period.

A community is counted with its grids. What is made of days (tasks, records) comes from the tallies.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from qingli.board import queries as board
from qingli.catalogue import INDICATORS
from qingli.ground.queries import SiteView, UnitView, groups, sites
from qingli.ground.rules import SYSTEM, Asker, GroupKind, SiteType
from qingli.plan import queries as plan
from qingli.proof.queries.access import catalogue, parts_of, unit_for
from qingli.proof.queries.shapes import TaskLink
from qingli.proof.queries.tallies import sums_of
from qingli.proof.rules import (
    WANTED_SEATS,
    IndicatorValue,
    ProofError,
    check_period,
    count_figure,
    is_complete,
    share_figure,
)

SHOWN = 3
"""Open tasks that are named beside a criterion."""
SITES = 2000


@dataclass(frozen=True, slots=True)
class Ask:
    """What to count: an indicator, of which measures, and against what."""

    code: str
    measures: tuple[str, ...] = ()
    min_n: int = 0
    at_least: int = 0


@dataclass
class Ground:
    """A unit and a period, with what several figures share, fetched once."""

    unit: UnitView
    parts: tuple[UUID, ...]
    since: date
    until: date
    today: date
    covered: dict[tuple[str, ...], list[tuple[SiteView, date | None]]] = field(default_factory=dict, repr=False)
    _sums: Mapping[tuple[str, str], Mapping[str, int]] | None = field(default=None, repr=False)

    @property
    def period(self) -> tuple[date, date]:
        return self.since, self.until

    def total(self, kind: str, name: str, measures: Sequence[str]) -> int:
        """A sum of the tallies over the measures, or over all."""
        if self._sums is None:
            self._sums = sums_of(self.parts, since=self.since, until=self.until, today=self.today)
        return sum(
            row[name]
            for (of, measure), row in self._sums.items()
            if of == kind and (not measures or measure in measures)
        )


def ground_of(unit: UnitView, since: date, until: date, today: date) -> Ground:
    """Two queries. Raises bad-period."""
    check_period(since, until)
    return Ground(unit, parts_of(unit), since, until, today)


def indicator(
    asker: Asker,
    unit_id: UUID,
    code: str,
    *,
    measures: Sequence[str] = (),
    since: date,
    until: date,
    today: date,
    min_n: int = 0,
    at_least: int = 0,
    taken_up: bool = False,
) -> IndicatorValue:
    """One figure of a unit. Raises not-found, unknown-indicator, bad-period, not-allowed."""
    unit = unit_for(asker, unit_id, taken_up=taken_up)
    return figure(ground_of(unit, since, until, today), Ask(code, tuple(measures), min_n, at_least))


def figure(ground: Ground, ask: Ask) -> IndicatorValue:
    """Raises unknown-indicator."""
    counter = _COUNTERS.get(ask.code)
    if counter is None:
        raise ProofError("unknown-indicator")
    numerator, n, missing = counter(ground, ask)
    make = share_figure if INDICATORS[ask.code] == "share" else count_figure
    return make(
        ask.code,
        numerator,
        n,
        period=ground.period,
        missing=missing,
        min_n=ask.min_n,
        at_least=ask.at_least,
    )


def closing(ground: Ground, ask: Ask) -> tuple[TaskLink, ...]:
    """Open tasks that would bring the figure further. Where only other things would help there are none."""
    if ask.code == "tasks-on-time":
        since = max(ground.since, ground.today)  # what is late already cannot be in time any more
        found = plan.open_tasks(ground.parts, measures=ask.measures, since=since, until=ground.until, limit=SHOWN)
    elif ask.code == "activities":
        found = plan.open_tasks(
            ground.parts, measures=ask.measures, since=ground.since, until=ground.until, limit=SHOWN
        )
    elif ask.code == "sites-covered":
        open_sites = [site.id for site, done in coverage(ground, ask.measures) if done is None]
        found = plan.open_tasks_at(ground.parts, open_sites, measures=ask.measures, until=ground.until, limit=SHOWN)
    else:
        found = ()
    return tuple(TaskLink(task.id, task.title, task.due, task.site_name) for task in found)


def coverage(ground: Ground, measures: tuple[str, ...]) -> list[tuple[SiteView, date | None]]:
    """Every site in use that the measures are for, and the last day of the period on which one was done there."""
    if measures not in ground.covered:
        done = plan.sites_done(ground.parts, measures=measures, since=ground.since, until=ground.until)
        kinds = _types(measures)
        ground.covered[measures] = [
            (site, done.get(site.id)) for kind in kinds for site in sites_in_use(ground.unit.id, kind)
        ]
    return ground.covered[measures]


def _types(measures: Sequence[str]) -> list[SiteType]:
    known = catalogue().measures
    return sorted({SiteType(kind) for code in measures if code in known and (kind := known[code].site_type)})


def sites_in_use(unit_id: UUID, kind: SiteType) -> list[SiteView]:
    """All sites in use of a type in a unit and below it, by name. Two queries for each two thousand."""
    found: list[SiteView] = []
    after = None
    while True:
        page = sites(SYSTEM, unit_id, type=kind, after=after, limit=SITES)
        found += page.rows
        after = page.after
        if after is None:
            return found


def seats(unit_id: UUID) -> dict[str, int]:
    """How many hold each of the wanted seats of the leading groups of a unit."""
    held = dict.fromkeys(WANTED_SEATS, 0)
    for group in groups(SYSTEM, unit_id):
        for seat in group.seats if group.kind is GroupKind.LEADING else ():
            if seat.kind.value in held:
                held[seat.kind.value] += 1
    return held


def promises(ground: Ground) -> list[tuple[plan.PromiseFact, bool]]:
    """Every promise of the plans of the period, and whether it is complete."""
    known = catalogue().measures
    return [
        (
            fact,
            is_complete(
                owned=fact.owned,
                dated=fact.dated,
                number=fact.number,
                proof=fact.evidence or bool(fact.measure in known and known[fact.measure].evidence),
            ),
        )
        for fact in plan.promises(ground.parts, since=ground.since, until=ground.until)
    ]


def postings(ground: Ground) -> list[tuple[board.GoalPosting, bool]]:
    """Every notice of goals that hung in the period, and whether it hung long enough and where is told."""
    found = board.goal_postings(ground.unit.id, since=ground.since, until=ground.until, today=ground.today)
    return [(posting, posting.over and posting.proved) for posting in found]


def _on_time(ground: Ground, ask: Ask) -> tuple[int, int, int]:
    late = ground.total("due", "late", ask.measures)
    answered = ground.total("due", "done", ask.measures) + ground.total("due", "not_done", ask.measures)
    return ground.total("due", "on_time", ask.measures), answered + late, late


def _activities(ground: Ground, ask: Ask) -> tuple[int, int, int]:
    number = ground.total("record", "records", ask.measures)
    return number, number, max(ask.at_least - number, 0)


def _leading_group(ground: Ground, ask: Ask) -> tuple[int, int, int]:
    held = sum(1 for number in seats(ground.unit.id).values() if number)
    return held, len(WANTED_SEATS), len(WANTED_SEATS) - held


def _plan_complete(ground: Ground, ask: Ask) -> tuple[int, int, int]:
    found = promises(ground)
    whole = sum(complete for _, complete in found)
    return whole, len(found), len(found) - whole


def _goals_posted(ground: Ground, ask: Ask) -> tuple[int, int, int]:
    found = postings(ground)
    whole = sum(complete for _, complete in found)
    return whole, len(found), max(ask.at_least - whole, 0)


def _sites_covered(ground: Ground, ask: Ask) -> tuple[int, int, int]:
    found = coverage(ground, ask.measures)
    covered = sum(done is not None for _, done in found)
    return covered, len(found), len(found) - covered


_COUNTERS: Mapping[str, Callable[[Ground, Ask], tuple[int, int, int]]] = {
    "tasks-on-time": _on_time,
    "leading-group": _leading_group,
    "plan-complete": _plan_complete,
    "goals-posted": _goals_posted,
    "sites-covered": _sites_covered,
    "activities": _activities,
}
"""numerator, n, missing"""
