"""Counting days: a deadline that meets a rest day, a notice that must hang long enough."""

from datetime import date, timedelta
from typing import Literal

from .calendar import Calendar, UnknownYear

DAY = timedelta(days=1)
Roll = Literal["none", "next", "before"]


def due_on_working_day(day: date, calendar: Calendar, *, roll: Roll = "none") -> date | UnknownYear:
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


def add_working_days(day: date, count: int, calendar: Calendar) -> date | UnknownYear:
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


def working_days(start: date, end: date, calendar: Calendar) -> int | UnknownYear:
    """How many days from `start` to `end`, both included, are worked."""
    total, day = 0, start
    while day <= end:
        working = calendar.is_working_day(day)
        if isinstance(working, UnknownYear):
            return working
        total += working
        day += DAY
    return total


def window_end(opens: date, calendar: Calendar, *, days: int, at_least_working: int = 0) -> date | UnknownYear:
    """The last day of a posting: `days` calendar days and no fewer than `at_least_working` working days.

    The day of posting does not count: posted on the 1st for seven days, it hangs through the 8th.
    """
    by_days = opens + days * DAY
    if not at_least_working:
        return by_days
    by_working = add_working_days(opens, at_least_working, calendar)
    return by_working if isinstance(by_working, UnknownYear) else max(by_days, by_working)
