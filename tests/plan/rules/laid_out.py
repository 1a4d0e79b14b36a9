"""Schedules laid over a plan's days, written shortly for the tests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from qingli.plan.rules.calendar import ChineseCalendar
from qingli.plan.rules.schedule import Schedule, from_norm, occurrences

Norm = Mapping[str, Any]
Due = tuple[str, str, str]

CALENDAR = ChineseCalendar()
HALF = (date(2026, 7, 1), date(2026, 12, 31))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def due(
    norm: Norm | Schedule,
    surface: str = "",
    *,
    period: tuple[date, date] = YEAR,
    calendar: ChineseCalendar = CALENDAR,
    **more: Any,
) -> list[Due]:
    """(key, opens, due) of every occurrence, days as 08-31."""
    schedule = norm if isinstance(norm, Schedule) else from_norm(norm, surface=surface, **more)
    found = occurrences(schedule, start=period[0], end=period[1], calendar=calendar)
    return [(one.key, f"{one.opens:%m-%d}", f"{one.due:%m-%d}") for one in found]


def rrule(value: str | list[str], **more: Any) -> Norm:
    return {"type": "rrule", "value": value, **more}


def window(since: str | None, until: str | None, **more: Any) -> Norm:
    return {"type": "window", "from": since, "to": until, **more}
