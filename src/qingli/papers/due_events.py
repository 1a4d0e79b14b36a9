"""Due dates as entries of a calendar. What comes back day after day or week after week is one entry that repeats."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise

from qingli.papers.values import CalendarEvent, DueDate, PlanPaper

_UIDS = uuid.UUID("6f0ba0f6-6f1c-5a5e-9d5c-2f0b5e1c9a11")
_LONGEST_BAR = 7  # days; what may be done within a longer time stands in the calendar on its last day only
_FEWEST = 3  # times that make a repetition

_Days = tuple[date, date]


def due_events(paper: PlanPaper) -> tuple[CalendarEvent, ...]:
    """The entries for `paper.dues`, by day. Each due date's `key` must name its action before its first hyphen."""
    events = []
    by_action = sorted(paper.dues, key=lambda due: (_action(due), due.opens, due.due))
    for _, dues in groupby(by_action, key=_action):
        known = {_shown(due): due for due in reversed(list(dues))}  # twice on one day is one entry
        for run in _repetitions(sorted(known)):
            events.append(_event(paper.title, known[run[0]], run))
    return tuple(sorted(events, key=lambda event: (event.start, event.end)))


def _action(due: DueDate) -> str:
    return due.key.partition("-")[0]


def _shown(due: DueDate) -> _Days:
    return (due.opens if (due.due - due.opens).days <= _LONGEST_BAR else due.due), due.due


def _event(title: str, due: DueDate, run: Sequence[_Days]) -> CalendarEvent:
    return CalendarEvent(
        uid=f"{uuid.uuid5(_UIDS, f'{title}/{due.key}')}@qingli",
        summary=f"{due.number}{due.action}",
        start=run[0][0],
        end=run[0][1],
        description="\n".join(line for line in (due.when, due.who) if line),
        repeat=((run[1][0] - run[0][0]).days, len(run)) if len(run) > 1 else None,
    )


def _repetitions(days: Sequence[_Days]) -> Iterator[list[_Days]]:
    """Stretches that repeat; of what is left, the same weekday week after week (Wednesdays and Saturdays)."""
    left: dict[int, list[_Days]] = {}
    for run in _runs(days):
        if len(run) > 1:
            yield run
        else:
            left.setdefault(run[0][0].weekday(), []).extend(run)
    for same_weekday in left.values():
        yield from _runs(same_weekday)


def _runs(days: Sequence[_Days]) -> Iterator[list[_Days]]:
    """Cut into stretches of equal length and distance; what is too short for a repetition comes one by one."""
    rest = list(days)
    while rest:
        length = _regular(rest)
        if length < _FEWEST:
            length = 1
        yield rest[:length]
        rest = rest[length:]


def _regular(days: Sequence[_Days]) -> int:
    """How many of the first days are as long as the first and as far apart as the first two, at most a month."""
    if len(days) < 2:
        return len(days)
    step = days[1][0] - days[0][0]
    size = days[0][1] - days[0][0]
    count = 1
    for one, other in pairwise(days):
        if other[0] - one[0] != step or other[1] - other[0] != size or not 1 <= step.days <= 28:
            break
        count += 1
    return count
