"""Windows and named days, resolved to stretches of days."""

from collections.abc import Iterator
from datetime import date, timedelta

from ..calendar import Calendar, Needs
from ..periods import DAY, Period, iso_week, month_end, period_key, written_day
from .types import Moment, Window

Named = tuple[str, Period]
_ASKED = {
    "festival": "festival-date",
    "season": "season-dates",
    "semester": "semester-start",
    "announced": "announced-dates",
    "condition": "condition-dates",
}


def windows(rule: Window, surface: str, start: date, end: date) -> Iterator[Named | Needs]:
    """The stretches that a written window means for a plan from `start` to `end`, not yet clipped."""
    if rule.since == "ISSUE":
        last = end if rule.until is None else written_day(rule.until, start.year)
        yield (
            ("whole" if rule.until is None else f"..{last}", Period(start, last))
            if last and last >= start
            else Needs("unread-schedule", surface)
        )
        return
    found = [stretch for year in _years(rule, start, end) if (stretch := _resolve(rule, surface, year, start, end))]
    if not found:
        yield Needs("unread-schedule", surface)
    inside = [stretch for stretch in found if stretch[1].clip(start, end)]
    yield from inside if _repeats(rule) else (inside or found)[:1]


def _repeats(rule: Window) -> bool:
    return "*" in (rule.since or "")[:1] + (rule.until or "")[:1]


def _years(rule: Window, start: date, end: date) -> range:
    """Every year for "*"; else the plan's, then the next: 3月 in a plan begun in September is next year's."""
    return (
        range(start.year - _repeats(rule), end.year + 1)
        if _repeats(rule) or _floats(rule)
        else range(start.year, start.year + 1)
    )


def _floats(rule: Window) -> bool:
    return (rule.since or rule.until or "").startswith("Y-")


def _resolve(rule: Window, surface: str, year: int, start: date, end: date) -> Named | None:
    since = written_day(rule.since, year, last=False) if rule.since else None
    until = _end_of_february(written_day(rule.until, year), surface) if rule.until else None
    if (rule.since and not since) or (rule.until and not until):
        return None
    if since and until and until < since:
        until = until.replace(year=until.year + 1)  # 11月至2月 runs over the new year
    if since and until:
        return period_key(since, until), Period(since, until)
    if since:
        return f"{since}..", Period(since, max(end, since))
    assert until
    opens = max(start, date(until.year, 1, 1)) if _repeats(rule) else start
    return until.isoformat(), Period(min(opens, until), until)


def _end_of_february(day: date | None, surface: str) -> date | None:
    """2月底 is written 02-28 whatever the year; somebody who means the 28th writes 28."""
    if day and (day.month, day.day) == (2, 28) and "28" not in surface and "二十八" not in surface:
        return month_end(day.year, 2)
    return day


def moments(rule: Moment, start: date, end: date, calendar: Calendar) -> Iterator[Named | Needs]:
    """The stretches that named days mean, or what must be asked for each year of the plan."""
    for year in range(start.year - 1, end.year + 1):
        days = _known(rule, year, calendar)
        # "After last year's festival" is no promise of this plan.
        yield from (_shaped(rule, one, start, end) for one in days if rule.shape != "after" or one.end >= start)
        if not days and year >= start.year and not (rule.of == "semester" and _before_spring_term(year, start, end)):
            yield Needs(_ASKED.get(rule.of, "unread-schedule"), rule.value, year if rule.of in _ASKED else None)


def _before_spring_term(year: int, start: date, end: date) -> bool:
    """A plan that ends in January has no weeks of the spring term to ask for."""
    return year > start.year and end < date(year, 2, 15)


def _known(rule: Moment, year: int, calendar: Calendar) -> list[Period]:
    if rule.of == "lunar":
        return _lunar(rule.value, year, calendar)
    if rule.of == "solarterm":
        day = calendar.solar_term(year, rule.value)
    elif rule.of == "day":
        day = written_day(rule.value if len(rule.value) > 5 else f"*-{rule.value}", year)
    else:
        days = calendar.named(rule.of, rule.value, year)
        return [_weeks(rule, days)] if days else []
    return [Period(day, day)] if day else []


def _lunar(value: str, year: int, calendar: Calendar) -> list[Period]:
    first, _, last = value.partition("..")
    if first.startswith("*"):
        days = [calendar.lunar(year, month, int(first[2:])) for month in range(1, 13)]
        return [Period(day, day) for day in days]
    if len(first) == 2:
        return [Period(calendar.lunar(year, int(first), 1), calendar.lunar(year, int(first), 30))]
    since, until = (calendar.lunar(year, int(text[:2]), int(text[3:])) for text in (first, last or first))
    return [Period(since, until)] if since <= until else []


def _weeks(rule: Moment, days: Period) -> Period:
    if rule.weeks is None:
        return days
    monday = iso_week(days.start).start
    first, last = rule.weeks
    return Period(monday + timedelta(weeks=first - 1), monday + timedelta(weeks=last) - DAY)


def _shaped(rule: Moment, days: Period, start: date, end: date) -> Named:
    if rule.shape in ("before", "by"):
        due = days.end if rule.shape == "by" else days.start - DAY
        return due.isoformat(), Period(min(max(start, date(due.year, 1, 1)), due), due)
    if rule.shape == "after":
        since = days.end + DAY
        return f"{since}..", Period(since, max(since, end))
    stretch = iso_week(days.start) if rule.shape == "week" else days
    return period_key(stretch.start, stretch.end), stretch
