"""When an action falls due: rows as the rules want them, and the calendar with what people here have told."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from django.conf import settings

from qingli.catalogue import load_catalogue
from qingli.plan.models import Plan, Question, Schedule
from qingli.plan.queries.rows import ScheduleRow
from qingli.plan.rules.calendar import Calendar, ChineseCalendar, told_by
from qingli.plan.rules.periods import Period
from qingli.plan.rules.schedule import Schedule as Rhythm
from qingli.plan.rules.schedule import from_json, from_norm

TOLD = {
    "festival-date": "festival",
    "season-dates": "season",
    "semester-start": "semester",
    "announced-dates": "announced",
}
"""Questions whose answer is a stretch of days that holds for the whole plan: code → kind of named days."""


@cache
def _known_days(year: int) -> Mapping[tuple[str, str, int], Period]:
    """What the catalogue tells about a plan's year and the one after it."""
    return told_by(load_catalogue(settings.CATALOGUE), (year, year + 1))


def calendar_of(plan: Plan) -> Calendar:
    """Festivals and lunar dates, the catalogue's environment days, and above both what was told for this plan."""
    year = plan.starts.year if plan.starts else plan.year
    told = dict(_known_days(year)) if year else {}
    for question in Question.objects.filter(plan=plan, code__in=TOLD, answer__isnull=False):
        days = (question.answer or {}).get("between")
        if days and question.year is not None:
            start, end = (date.fromisoformat(day) for day in days)
            told[TOLD[question.code], question.surface, question.year] = Period(start, end)
    return ChineseCalendar(told=told)


def rhythm_of(row: Schedule | ScheduleRow) -> Rhythm:
    """What a row means: what a person decided, or else what was read."""
    if row.decided is not None:
        return from_json(row.decided)
    return from_norm(row.norm, surface=row.surface, count=row.count, alternatives=row.alternatives)


def rhythms_of(rows: Iterable[Schedule]) -> tuple[Rhythm, ...]:
    return tuple(rhythm_of(row) for row in rows)


def period_of(plan: Plan) -> Period | None:
    """The days the plan covers; None while they are asked for."""
    return Period(plan.starts, plan.ends) if plan.starts and plan.ends else None
