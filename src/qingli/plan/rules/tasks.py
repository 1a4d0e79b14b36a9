"""Which tasks a plan's promises ask for, beside those that exist.

A task is known by its action's lineage and the key of its turn: so no second run, crash or amendment makes it twice.
What was answered (done, not done) is never touched; what is already late stays late.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import Calendar, Needs
from .lifecycle import TaskState
from .periods import Period
from .schedule import Schedule, Turn, needs, occurrences, together

DEFAULT_HORIZON = 60
"""Days ahead for which tasks are made."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An action as far as its tasks go. `lineage` is the same in all versions; `responsible`: who the plan names."""

    lineage: str
    schedules: tuple[Schedule, ...]
    responsible: str | None = None


@dataclass(frozen=True, slots=True)
class Existing:
    """A task that exists. `handed_over`: somebody gave it to another person, so the plan's own name counts no more."""

    id: str
    lineage: str
    key: str
    opens: date
    due: date
    state: TaskState
    owner: str | None = None
    handed_over: bool = False


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to make."""

    lineage: str
    key: str
    opens: date
    due: date
    owner: str | None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """An open task whose key, window or owner must become this. `revived`: it was cancelled and is wanted again."""

    id: str
    key: str
    opens: date
    due: date
    owner: str | None
    revived: bool = False


@dataclass(frozen=True, slots=True)
class TaskChange:
    """What to do. `cancel` and `keep` are ids of tasks, `asks` what is still open, by lineage."""

    create: tuple[NewTask, ...] = ()
    move: tuple[Moved, ...] = ()
    cancel: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    asks: tuple[tuple[str, Needs], ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.create or self.move or self.cancel)


def wanted(
    promises: Sequence[Promise],
    existing: Iterable[Existing],
    *,
    period: Period,
    today: date,
    calendar: Calendar,
    since: date | None = None,
    horizon: int | None = DEFAULT_HORIZON,
) -> TaskChange:
    """What must be made, moved, cancelled and kept so that the tasks are those the plan promises.

    `since`: the day the plan or its newest version came into force; turns due before it are not made. `horizon`: days
    ahead of `today` that tasks are made for, None for the whole period. An amendment looks forward only: open
    tasks that are already late stay as they are. Calling again with the result applied gives an empty change.
    """
    by_lineage: dict[str, dict[str, Existing]] = {}
    for task in existing:
        by_lineage.setdefault(task.lineage, {})[task.key] = task
    changes, asks = [], []
    for promise in promises:
        schedule = together(promise.schedules)
        turns = _turns(schedule, period, calendar)
        asks += [(promise.lineage, ask) for ask in _asked(schedule, period, calendar)]
        here = by_lineage.pop(promise.lineage, {})
        changes.append(_compare(promise, turns, here, today=today, since=since or period.start, horizon=horizon))
    gone = Promise("", ())
    changes += [_compare(gone, {}, here, today=today, since=today, horizon=horizon) for here in by_lineage.values()]
    return _merged(changes, tuple(asks))


def _turns(schedule: Schedule, period: Period, calendar: Calendar) -> dict[str, Turn]:
    found = occurrences(schedule, start=period.start, end=period.end, calendar=calendar)
    return {turn.key: turn for occurrence in found for turn in occurrence.turns()}


def _asked(schedule: Schedule, period: Period, calendar: Calendar) -> tuple[Needs, ...]:
    return needs(schedule, start=period.start, end=period.end, calendar=calendar)


def _compare(
    promise: Promise,
    turns: Mapping[str, Turn],
    here: Mapping[str, Existing],
    *,
    today: date,
    since: date,
    horizon: int | None,
) -> TaskChange:
    missing = [turn for key, turn in turns.items() if key not in here and turn.due >= since]
    movable = {key: task for key, task in here.items() if task.state == "open" and task.due >= today}
    unwanted = [task for key, task in movable.items() if key not in turns]
    moves = [_moved(promise, movable[key], turns[key]) for key in movable if key in turns]
    moves += [_moved(promise, task, turns[task.key], revived=True) for task in _cancelled(here, turns, today)]
    if len(unwanted) == 1 and len(missing) == 1 and missing[0].due >= today:
        # One date became another: the task moves along with whoever has it, instead of being cancelled and made anew.
        moves.append(_moved(promise, unwanted.pop(), missing.pop()))
    last = None if horizon is None else today + timedelta(days=horizon)
    create = [turn for turn in missing if last is None or turn.opens <= last]
    changed = tuple(one for one in moves if one is not None)
    touched = {one.id for one in changed} | {task.id for task in unwanted}
    return TaskChange(
        create=tuple(
            NewTask(promise.lineage, one.key, one.opens, one.due, promise.responsible, one.approx) for one in create
        ),
        move=changed,
        cancel=tuple(task.id for task in unwanted),
        keep=tuple(task.id for task in here.values() if task.id not in touched),
    )


def _cancelled(here: Mapping[str, Existing], turns: Mapping[str, Turn], today: date) -> list[Existing]:
    return [t for key, t in here.items() if t.state == "cancelled" and key in turns and turns[key].due >= today]


def _moved(promise: Promise, task: Existing, turn: Turn, *, revived: bool = False) -> Moved | None:
    owner = task.owner if task.handed_over else promise.responsible
    after = Moved(task.id, turn.key, turn.opens, turn.due, owner, revived)
    same = (task.key, task.opens, task.due, task.owner) == (turn.key, turn.opens, turn.due, owner)
    return None if same and not revived else after


def _merged(changes: Sequence[TaskChange], asks: tuple[tuple[str, Needs], ...]) -> TaskChange:
    return TaskChange(
        create=tuple(one for change in changes for one in change.create),
        move=tuple(one for change in changes for one in change.move),
        cancel=tuple(one for change in changes for one in change.cancel),
        keep=tuple(one for change in changes for one in change.keep),
        asks=asks,
    )
