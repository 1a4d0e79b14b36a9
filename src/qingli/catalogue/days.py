"""Finds the environment days of a year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from lunar_python import Lunar, LunarMonth

from .loader import load_catalogue
from .types import Catalogue, DayRule

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class NeedsAnnouncement:
    """The authority fixes this day each year, and the table does not have the year: ask, never guess."""

    day_id: str
    year: int


def resolve_day(day_id: str, year: int, catalogue: Catalogue | None = None) -> list[date] | NeedsAnnouncement:
    """All dates of a day (a week or a month gives each of its dates) that belong to `year`, 1900 to 2100.

    The list is empty for a year before the day existed. Dates of a lunar rule are counted from the anchor that falls
    in `year`. Raises KeyError for an unknown id, ValueError for a year out of range.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"year {year} is not within {FIRST_YEAR} to {LAST_YEAR}")
    rule = (catalogue or load_catalogue()).days[day_id].rule
    if rule.kind == "announced":
        if year not in rule.years:
            return NeedsAnnouncement(day_id, year)
        return _run(*rule.years[year])
    if year < rule.since:
        return []
    return _FINDERS[rule.kind](rule, year)


def _run(start: date, end: date) -> list[date]:
    return [start + timedelta(days=step) for step in range((end - start).days + 1)]


def _fixed(rule: DayRule, year: int) -> list[date]:
    if (rule.month, rule.day) == (2, 29) and monthrange(year, 2)[1] < 29:
        return []
    return _run(date(year, rule.month, rule.day), date(year, rule.to_month, rule.to_day))


def _nth_weekday(rule: DayRule, year: int) -> list[date]:
    if rule.before:
        limit = date(year, rule.month, rule.day)
        start = limit - timedelta(days=(limit.weekday() - rule.weekday - 1) % 7 + 1)
    else:
        length = monthrange(year, rule.month)[1]
        in_month = [date(year, rule.month, day) for day in range(1, length + 1)]
        fitting = [day for day in in_month if day.weekday() == rule.weekday]
        if rule.nth > len(fitting):
            return []
        start = fitting[rule.nth - 1 if rule.nth > 0 else rule.nth]
    return _run(start, start + timedelta(days=rule.days - 1))


def _lunar_relative(rule: DayRule, year: int) -> list[date]:
    for lunar_year in (year - 1, year):
        anchor = _anchor(rule.lunar, lunar_year)
        if anchor is not None and anchor.year == year:
            return _run(anchor + timedelta(days=rule.from_offset), anchor + timedelta(days=rule.to_offset))
    return []


def _anchor(name: str, lunar_year: int) -> date | None:
    """The solar date of a day of the lunar year; None where its month is too short."""
    if name == "lunar-new-year-eve":
        return _solar(lunar_year + 1, 1, 1) - timedelta(days=1)
    _, month, day = name.split("-")
    if int(day) > LunarMonth.fromYm(lunar_year, int(month)).getDayCount():
        return None
    return _solar(lunar_year, int(month), int(day))


def _solar(lunar_year: int, month: int, day: int) -> date:
    solar = Lunar.fromYmd(lunar_year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _month(rule: DayRule, year: int) -> list[date]:
    return _run(date(year, rule.month, 1), date(year, rule.month, monthrange(year, rule.month)[1]))


_FINDERS = {"fixed": _fixed, "nth_weekday": _nth_weekday, "lunar_relative": _lunar_relative, "month": _month}
