"""Counting days: a deadline that meets a rest day, a notice that must hang long enough.

What is not known is never guessed: it comes back as `UnknownYear`, to be asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, Protocol

import chinese_calendar

FIRST_YEAR, LAST_YEAR = 2004, 2026
"""The years whose rest days chinesecalendar knows from the State Council's yearly notices (mainland only)."""
MAINLAND = frozenset({"Asia/Shanghai", "Asia/Urumqi"})
"""The zones of units that keep the mainland's rest days."""

DAY = timedelta(days=1)
Roll = Literal["none", "next", "before"]


@dataclass(frozen=True, slots=True)
class UnknownYear:
    """Nobody has told which days of `year` are worked; ask, and do not count."""

    year: int


class WorkCalendar(Protocol):
    """Which days are worked."""

    def is_working_day(self, day: date) -> bool | UnknownYear:
        """Whether offices work on `day`, shifted working days included."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The mainland's working days 2004-2026; other regions and years as the caller was told.

    `told` maps a year to (rest days, shifted working days).
    """

    region: str = "CN"
    told: Mapping[int, tuple[frozenset[date], frozenset[date]]] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool | UnknownYear:
        if day.year in self.told:
            rest, shifted = self.told[day.year]
            return day in shifted or (day.weekday() < 5 and day not in rest)
        if self.region != "CN" or not FIRST_YEAR <= day.year <= LAST_YEAR:
            return UnknownYear(day.year)
        return bool(chinese_calendar.is_workday(day))


def working_days_in(time_zone: str) -> WorkingDays:
    """The working days of a unit in this zone; only the mainland's are known."""
    return WorkingDays("CN" if time_zone in MAINLAND else time_zone)


def due_on_working_day(day: date, calendar: WorkCalendar, *, roll: Roll = "none") -> date | UnknownYear:
    """The day that counts as due. "none": the day as written (default); "next"/"before": the nearest working day.

    UnknownYear when the calendar does not know the year that the answer depends on.
    """
    if roll == "none":
        return day
    step = DAY if roll == "next" else -DAY
    while True:
        working = calendar.is_working_day(day)
        if isinstance(working, UnknownYear):
            return working
        if working:
            return day
        day += step


def add_working_days(day: date, count: int, calendar: WorkCalendar) -> date | UnknownYear:
    """The last day of a term of `count` working days that begins the day after `day`."""
    if count < 0:
        raise ValueError("negative-count")
    while count:
        day += DAY
        working = calendar.is_working_day(day)
        if isinstance(working, UnknownYear):
            return working
        count -= working
    return day


def working_days(start: date, end: date, calendar: WorkCalendar) -> int | UnknownYear:
    """How many days from `start` to `end`, both included, are worked."""
    total, day = 0, start
    while day <= end:
        working = calendar.is_working_day(day)
        if isinstance(working, UnknownYear):
            return working
        total += working
        day += DAY
    return total


def window_end(opens: date, calendar: WorkCalendar, *, days: int, at_least_working: int = 0) -> date | UnknownYear:
    """The last day of a posting: `days` calendar days and no fewer than `at_least_working` working days.

    The day of posting does not count: posted on the 1st for seven days, it hangs through the 8th.
    """
    by_days = opens + days * DAY
    if not at_least_working:
        return by_days
    by_working = add_working_days(opens, at_least_working, calendar)
    return by_working if isinstance(by_working, UnknownYear) else max(by_days, by_working)
