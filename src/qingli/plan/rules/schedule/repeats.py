"""Repeating rules expanded into named stretches of days.

Counting starts at the calendar's own borders where it has some (ISO weeks, months, quarters, half-years), else at an
anchor, never at a day of the month: so nothing is lost because a plan begins on the 31st.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ..periods import DAY, Period, iso_week, month_end, period_key, week_key
from .types import Repeat

Named = tuple[str, Period]


def stretches(rule: Repeat, start: date, end: date, anchor: date) -> Iterator[Named]:
    """(key, whole stretch) of every period or day of `rule` that touches start..end, not yet clipped."""
    expand = {"day": _days, "week": _weeks, "month": _months, "year": _years}[rule.frequency]
    return (named for named in expand(rule, start, end, anchor) if named[1].clip(start, end))


def _allowed(rule: Repeat, day: date) -> bool:
    return not rule.months or day.month in rule.months


def _days(rule: Repeat, start: date, end: date, anchor: date) -> Iterator[Named]:
    size = rule.interval
    first = anchor + ((start - anchor).days // size) * size * DAY
    wanted = {weekday for weekday, _ in rule.weekdays}
    for offset in range(0, (end - first).days + 1, size):
        day = first + offset * DAY
        if _allowed(rule, day) and (not wanted or day.weekday() in wanted):
            yield (day.isoformat() if size == 1 else f"{day}x{size}d"), Period(day, day + (size - 1) * DAY)


def _weeks(rule: Repeat, start: date, end: date, anchor: date) -> Iterator[Named]:
    step = timedelta(weeks=rule.interval)
    origin = iso_week(anchor).start
    monday = origin + (start - origin) // step * step
    while monday <= end:
        if rule.weekdays:
            yield from _named_weekdays(rule, monday)
        else:
            key = week_key(monday) + (f"x{rule.interval}" if rule.interval > 1 else "")
            whole = _in_months(rule, Period(monday, monday + step - DAY))
            if whole:
                yield key, whole
        monday += step


def _in_months(rule: Repeat, stretch: Period) -> Period | None:
    """The part of a stretch of weeks or months that lies in the rule's months; the earlier part when there are two."""
    days = (stretch.start + n * DAY for n in range(stretch.days))
    first = next((day for day in days if _allowed(rule, day)), None)
    if first is None:
        return None
    last = first
    while last < stretch.end and _allowed(rule, last + DAY):
        last += DAY
    return Period(first, last)


def _named_weekdays(rule: Repeat, monday: date) -> Iterator[Named]:
    days = [monday + weekday * DAY for weekday in sorted({weekday for weekday, _ in rule.weekdays})]
    yield from _dated(rule, [day for day in days if _allowed(rule, day)], monday, week_key(monday))


def _dated(rule: Repeat, days: list[date], opens: date, key: str) -> Iterator[Named]:
    """Named days of one period: each on its day, or, for a deadline, from the day after the one before."""
    for day in days:
        if not rule.deadline:
            yield day.isoformat(), Period(day, day)
        else:
            yield (key if len(days) == 1 else day.isoformat()), Period(opens, day)
            opens = day + DAY


def _months(rule: Repeat, start: date, end: date, anchor: date) -> Iterator[Named]:
    size = rule.interval
    # Quarters and half-years are the calendar's; an odd number of months counts from the anchor.
    origin = 0 if 12 % size == 0 else anchor.year * 12 + anchor.month - 1
    ordinal = (start.year * 12 + start.month - 1 - origin) // size * size + origin
    while ordinal <= end.year * 12 + end.month - 1:
        yield from _month_block(rule, ordinal, size)
        ordinal += size


def _years(rule: Repeat, start: date, end: date, anchor: date) -> Iterator[Named]:
    year = anchor.year + (start.year - anchor.year) // rule.interval * rule.interval
    while year <= end.year:
        if rule.months or rule.month_days or rule.weekdays:
            for month in rule.months or range(1, 13):
                yield from _month_block(rule, year * 12 + month - 1, 1)
        else:
            key = str(year) + (f"x{rule.interval}" if rule.interval > 1 else "")
            yield key, Period(date(year, 1, 1), date(year + rule.interval - 1, 12, 31))
        year += rule.interval


def _month_block(rule: Repeat, ordinal: int, size: int) -> Iterator[Named]:
    last = ordinal + size - 1
    block = Period(date(ordinal // 12, ordinal % 12 + 1, 1), month_end(last // 12, last % 12 + 1))
    key = period_key(block.start, block.end)
    if rule.month_days or rule.weekdays:
        days = sorted(set(_month_days(rule, block)))
        yield from _dated(rule, [day for day in days if _allowed(rule, day)], block.start, key)
    elif whole := _in_months(rule, block):
        yield key, whole


def _month_days(rule: Repeat, block: Period) -> Iterator[date]:
    """The rule's days: counted from the start in the block's first month, from the end (-1) in its last month."""
    longest = block.end.day
    first_length = month_end(block.start.year, block.start.month).day
    for number in rule.month_days:
        if number > 0 and (number <= first_length or len(rule.month_days) == 1):
            # The 31st of a short month is its last day: the promise is monthly. (單日, the odd days, has other days.)
            yield block.start.replace(day=min(number, first_length))
        elif -longest <= number < 0:
            yield block.end.replace(day=longest + 1 + number)
    for weekday, nth in rule.weekdays:
        month = block.end if nth < 0 else block.start
        days = [date(month.year, month.month, n) for n in range(1, month_end(month.year, month.month).day + 1)]
        fitting = [day for day in days if day.weekday() == weekday]
        if not nth:
            yield from fitting
        elif abs(nth) <= len(fitting):
            yield fitting[nth - 1 if nth > 0 else nth]
