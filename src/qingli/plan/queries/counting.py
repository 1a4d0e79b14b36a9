"""Counting tasks in the database. `rules.progress` says what the counts mean; a test holds both to the same numbers."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from qingli.plan.models import Task
from qingli.plan.rules.progress import Progress

NOTHING = Progress()
_NAMES = tuple(field.name for field in fields(Progress))


def count_by(tasks: QuerySet[Task], field: str, today: date) -> dict[Any, Progress]:
    """Counts of the tasks by one field, in one query."""
    rows = (
        tasks.order_by()
        .values_list(field, "state")
        .annotate(
            number=Count("*"),
            passed=Count("*", filter=Q(due__lt=today)),
            after=Count("*", filter=Q(done_on__gt=F("due"))),
        )
    )
    sums: dict[Any, Progress] = {}
    for key, state, number, passed, after in rows:
        sums[key] = added(sums.get(key, NOTHING), _of_state(state, number, passed, after))
    return sums


def count_days(tasks: QuerySet[Task], *columns: str) -> list[Any]:
    """Rows (columns…, state, number, done late), in one query; `of_day` makes counts of them."""
    late = Count("*", filter=Q(done_on__gt=F("due")))
    return list(tasks.order_by().values_list(*columns, "state").annotate(number=Count("*"), after=late))


def of_day(state: str, due: date, number: int, after: int, today: date) -> Progress:
    """Counts of `number` tasks of one state that were promised for the same day."""
    return _of_state(state, number, number if due < today else 0, after)


def _of_state(state: str, number: int, passed: int, after: int) -> Progress:
    match state:
        case Task.State.DONE:
            return Progress(promised=number, done=number, done_late=after)
        case Task.State.NOT_DONE:
            return Progress(promised=number, not_done=number)
        case Task.State.OPEN:
            return Progress(promised=number, late=passed, not_due=number - passed)
    return Progress(cancelled=number)


def added(one: Progress, other: Progress) -> Progress:
    return Progress(*(getattr(one, name) + getattr(other, name) for name in _NAMES))


def total(counts: Iterable[Progress]) -> Progress:
    """All of them together."""
    numbers = dict.fromkeys(_NAMES, 0)
    for one in counts:
        for name in _NAMES:
            numbers[name] += getattr(one, name)
    return Progress(**numbers)
