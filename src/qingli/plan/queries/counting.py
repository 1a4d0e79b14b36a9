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
_AFTER = Count("done_on", filter=Q(done_on__gt=F("due")))


def count_by(tasks: QuerySet[Task], field: str, today: date) -> dict[Any, Progress]:
    """Counts of the tasks by one field, in one query."""
    passed = Count("due", filter=Q(due__lt=today))
    rows = tasks.order_by().values_list(field, "state").annotate(number=Count("*"), passed=passed, after=_AFTER)
    sums = Sums(today)
    for key, state, number, late, after in rows:
        sums.put(key, state, number, late, after)
    return sums.counts()


def count_days(tasks: QuerySet[Task], *columns: str) -> list[Any]:
    """Rows (columns…, state, number, done late), in one query, for `Sums`."""
    return list(tasks.order_by().values_list(*columns, "state").annotate(number=Count("*"), after=_AFTER))


class Sums:
    """Counts by some key, added up from thousands of rows; plain numbers until the end, for speed."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.numbers: dict[Any, dict[str, int]] = {}

    def add(self, key: Any, state: str, due: date, number: int, after: int) -> None:
        """`number` tasks of one state that were promised for the same day, `after` of them done later than that."""
        self.put(key, state, number, number if due < self.today else 0, after)

    def put(self, key: Any, state: str, number: int, passed: int, after: int) -> None:
        """`number` tasks of one state, the promised day of `passed` of which is over."""
        counts = self.numbers.get(key)
        if counts is None:
            counts = self.numbers[key] = dict.fromkeys(_NAMES, 0)
        if state == Task.State.OPEN:
            counts["late"] += passed
            counts["not_due"] += number - passed
        else:
            counts[state] += number
        if state != Task.State.CANCELLED:
            counts["promised"] += number
        counts["done_late"] += after

    def counts(self) -> dict[Any, Progress]:
        return {key: Progress(**counts) for key, counts in self.numbers.items()}


def added(one: Progress, other: Progress) -> Progress:
    return Progress(*(getattr(one, name) + getattr(other, name) for name in _NAMES))


def total(counts: Iterable[Progress]) -> Progress:
    """All of them together."""
    numbers = dict.fromkeys(_NAMES, 0)
    for one in counts:
        for name in _NAMES:
            numbers[name] += getattr(one, name)
    return Progress(**numbers)
