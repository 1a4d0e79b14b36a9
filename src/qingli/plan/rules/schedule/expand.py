"""A schedule laid over a plan's period."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ..calendar import Calendar, Needs
from ..periods import Period
from .moments import moments, windows
from .repeats import stretches
from .types import Moment, Occurrence, Repeat, Rule, Schedule, Window


def occurrences(schedule: Schedule, *, start: date, end: date, calendar: Calendar) -> tuple[Occurrence, ...]:
    """Everything that falls due from `start` to `end` (both included), by due day; keys are unique.

    A key names the period it was promised for (2026-W31, 2026-09, 2026H2, 2026-10-31), never the clipped window: moving
    the plan's end keeps the keys of what came before. Nothing falls due while a question is open (`needs`).
    """
    if schedule.asks or end < start:
        return ()
    found: dict[str, Occurrence] = {}
    for rule in schedule.rules:
        for one in _expanded(schedule, rule, start, end, calendar):
            if not isinstance(one, Needs):
                found.setdefault(one.key, one)
    return tuple(sorted(found.values(), key=lambda one: (one.due, one.opens, one.key)))


def needs(schedule: Schedule, *, start: date, end: date, calendar: Calendar) -> tuple[Needs, ...]:
    """What must be asked before everything that the schedule promises from `start` to `end` can fall due."""
    asked = [Needs(ask.code, ask.what) for ask in schedule.asks]
    if end < start:
        return tuple(asked)
    for rule in schedule.rules:
        asked += [one for one in _expanded(schedule, rule, start, end, calendar) if isinstance(one, Needs)]
    return tuple(dict.fromkeys(asked))


def _expanded(
    schedule: Schedule, rule: Rule, start: date, end: date, calendar: Calendar
) -> Iterator[Occurrence | Needs]:
    for one in _stretches(schedule, rule, start, end, calendar):
        if isinstance(one, Needs):
            yield one
            continue
        key, whole = one
        shown = _limited(schedule, rule, whole, start, end)
        if shown:
            count = 1 if shown.days == 1 and isinstance(rule, Repeat) and rule.by_day else schedule.count
            approx = not isinstance(rule, Repeat) and rule.approx
            yield Occurrence(key, shown.start, shown.end, count, approx, clipped=whole.clip(start, end) != whole)


def _stretches(
    schedule: Schedule, rule: Rule, start: date, end: date, calendar: Calendar
) -> Iterator[tuple[str, Period] | Needs]:
    match rule:
        case Repeat():
            yield from stretches(rule, start, end, schedule.anchor or start)
        case Window():
            yield from windows(rule, schedule.surface, start, end)
        case Moment():
            yield from moments(rule, start, end, calendar)


def _limited(schedule: Schedule, rule: Rule, whole: Period, start: date, end: date) -> Period | None:
    """The stretch inside the plan's period and, where it repeats, inside the first fitting limit."""
    shown = whole.clip(start, end)
    if shown is None or not isinstance(rule, Repeat) or not schedule.within:
        return shown
    for window in schedule.within:
        for limit in windows(window, schedule.surface, start, end):
            if not isinstance(limit, Needs) and (part := shown.clip(limit[1].start, limit[1].end)):
                return replace(part, approx=window.approx)
    return None
