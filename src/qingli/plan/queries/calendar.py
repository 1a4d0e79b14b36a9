"""The calendar of a unit: a year in months, a month in days."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from qingli.ground.queries import public_unit
from qingli.ground.queries.views import UnitView
from qingli.ground.rules import Asker, require
from qingli.plan.models import Task
from qingli.plan.queries.access import NotFoundError, TaskRow, seen, task_rows
from qingli.plan.queries.cards import task_card
from qingli.plan.queries.counting import NOTHING, Sums, added, count_days, total
from qingli.plan.queries.shapes import CalendarMonth, CalendarYear, DayCell, MonthCounts, TaskCard
from qingli.plan.rules.progress import Progress

SHOWN = 60
"""Tasks that a month still shows one by one; with more, each day shows its number with its whole."""


def calendar_month(asker: Asker, unit_id: UUID, year: int, month: int, *, today: date) -> CalendarMonth:
    """Every day of a month, by the day on which things are to be done. Four queries at any size."""
    unit = _unit(asker, unit_id)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    counts = _days(unit_id, first, last, today)
    cards: dict[date, list[TaskCard]] = {}
    whole = total(counts.values())
    if whole.promised <= SHOWN:
        for task in seen(asker, _tasks(unit_id, first, last)):
            cards.setdefault(task.act_by, []).append(task_card(task, today, asker))
    days = (first.replace(day=number) for number in range(1, last.day + 1))
    cells = tuple(DayCell(day, counts.get(day, NOTHING), tuple(cards.get(day, ()))) for day in days)
    return CalendarMonth(unit_id, unit.name, year, month, cells, whole)


def calendar_year(asker: Asker, unit_id: UUID, year: int, *, today: date) -> CalendarYear:
    """Twelve months with their counts. Three queries at any size."""
    unit = _unit(asker, unit_id)
    months: dict[int, Progress] = {}
    for day, counts in _days(unit_id, date(year, 1, 1), date(year, 12, 31), today).items():
        months[day.month] = added(months.get(day.month, NOTHING), counts)
    found = tuple(MonthCounts(year, month, months.get(month, NOTHING)) for month in range(1, 13))
    return CalendarYear(unit_id, unit.name, year, found)


def _unit(asker: Asker, unit_id: UUID) -> UnitView:
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(asker, "task.read", unit.path)
    return unit


def _scopes(unit_id: UUID, first: date, last: date) -> Iterable[QuerySet[Task]]:
    """Of the unit's own plans, and to be done in it by another's plan; no task in both (see `queries.tasks`)."""
    days = Q(act_by__gte=first, act_by__lte=last)
    yield Task.objects.filter(days, unit_id=unit_id)
    yield Task.objects.filter(days, ~Q(unit_id=unit_id), place_id=unit_id)


def _days(unit_id: UUID, first: date, last: date, today: date) -> dict[date, Progress]:
    sums = Sums(today)
    for tasks in _scopes(unit_id, first, last):
        for day, due, state, number, after in count_days(tasks, "act_by", "due"):
            sums.add(day, state, due, number, after)
    return sums.counts()


def _tasks(unit_id: UUID, first: date, last: date) -> list[TaskRow]:
    days = Q(act_by__gte=first, act_by__lte=last) & ~Q(state=Task.State.CANCELLED)
    where = Q(unit_id=unit_id) | Q(place_id=unit_id)
    return list(task_rows().filter(days, where).order_by("act_by", "id"))
