"""The very tasks, records, promises, seats, notices or sites behind a figure, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from qingli.ground.rules import Asker, day_of
from qingli.plan import queries as plan
from qingli.proof.queries.access import unit_for
from qingli.proof.queries.figures import Ask, Ground, coverage, figure, ground_of, postings, promises, seats
from qingli.proof.queries.shapes import Behind, BehindRow
from qingli.work import queries as work

Rows = tuple[tuple[BehindRow, ...], str | None]


def behind(
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
    after: str | None = None,
    limit: int = 50,
    taken_up: bool = False,
) -> Behind:
    """A figure and what it was counted from. Raises as `indicator`, and PageKeyError for a key that no page gave."""
    ground = ground_of(unit_for(asker, unit_id, taken_up=taken_up), since, until, today)
    ask = Ask(code, tuple(measures), min_n, at_least)
    found = figure(ground, ask)
    rows, more = _FINDERS[code](ground, ask, after, limit)
    return Behind(found, rows, more)


def _tasks(ground: Ground, ask: Ask, after: str | None, limit: int) -> Rows:
    found, more = plan.counted_tasks(
        ground.parts,
        measures=ask.measures,
        since=ground.since,
        until=ground.until,
        today=ground.today,
        after=after,
        limit=limit,
    )
    rows = (
        BehindRow("task", task.id, task.title, task.due, _state(task), bool(task.on_time), task.site_name)
        for task in found
    )
    return tuple(rows), more


def _state(task: plan.CountedTask) -> str:
    if task.state == "open":
        return "late"
    return "done-late" if task.state == "done" and not task.on_time else task.state


def _records(ground: Ground, ask: Ask, after: str | None, limit: int) -> Rows:
    zone = ground.unit.time_zone
    page = work.counted_records(
        ground.parts,
        measures=ask.measures,
        since=ground.since,
        until=ground.until,
        time_zone=zone,
        after=after,
        limit=limit,
    )
    rows = (
        BehindRow(
            "record",
            record.id,
            record.task_title or record.words,
            day_of(record.happened_at, zone),
            "done",
            counts=True,
            detail=record.site_name,
        )
        for record in page.records
    )
    return tuple(rows), page.after


def _promises(ground: Ground, ask: Ask, after: str | None, limit: int) -> Rows:
    rows = {
        str(fact.action_id): BehindRow(
            "action", fact.plan_id, fact.title, None, _lacks(fact, complete), complete, fact.plan_title
        )
        for fact, complete in promises(ground)
    }
    return _cut(rows, after, limit)


def _lacks(fact: plan.PromiseFact, complete: bool) -> str:
    """The first thing that a promise does not say."""
    if complete:
        return "complete"
    return "no-owner" if not fact.owned else "no-time" if not fact.dated else "no-number"


def _seats(ground: Ground, ask: Ask, after: str | None, limit: int) -> Rows:
    rows = {
        kind: BehindRow("seat", None, kind, None, "held" if number else "empty", number > 0)
        for kind, number in seats(ground.unit.id).items()
    }
    return _cut(rows, after, limit)


def _notices(ground: Ground, ask: Ask, after: str | None, limit: int) -> Rows:
    rows = {}
    for posting, complete in postings(ground):
        state = "complete" if complete else "hanging" if not posting.over else "not-proved"
        rows[str(posting.notice_id)] = BehindRow(
            "notice", posting.notice_id, posting.slug, posting.opens, state, complete
        )
    return _cut(rows, after, limit)


def _sites(ground: Ground, ask: Ask, after: str | None, limit: int) -> Rows:
    rows = {
        str(site.id): BehindRow(
            "site", site.id, site.name, day, "covered" if day else "not-covered", day is not None, site.place
        )
        for site, day in coverage(ground, ask.measures)
    }
    shown, more = _cut(rows, after, limit)
    days = {row.id: row.day for row in shown if row.id and row.day}
    tasks = plan.tasks_done_at(ground.parts, days, measures=ask.measures)
    return tuple(replace(row, id=tasks.get(row.id) if row.id else None) for row in shown), more


def _cut(rows: Mapping[str, BehindRow], after: str | None, limit: int) -> Rows:
    """A page of what was counted one by one anyway: of a plan's promises or a unit's sites there are few."""
    keys = list(rows)
    if after is not None and after not in rows:
        raise plan.PageKeyError
    start = keys.index(after) + 1 if after is not None else 0
    shown = keys[start : start + limit]
    return tuple(rows[key] for key in shown), shown[-1] if len(keys) > start + limit else None


_FINDERS: Mapping[str, Callable[[Ground, Ask, str | None, int], Rows]] = {
    "tasks-on-time": _tasks,
    "leading-group": _seats,
    "plan-complete": _promises,
    "goals-posted": _notices,
    "sites-covered": _sites,
    "activities": _records,
}
