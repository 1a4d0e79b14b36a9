"""How long a posting hangs: docs/rules/notices.md.

The day of posting does not count; the window ends with the later of two ends, so many calendar days and so many working
days on. It is open through its last day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from qingli.board.rules.refusals import BoardError
from qingli.ground.rules.workdays import UnknownYear, WorkCalendar, add_working_days, window_end, working_days

DAYS = 7
AT_LEAST_WORKING = 5
MOST_DAYS = 90
MOST_AHEAD = 90
"""A notice can be written so many days before it is hung up; further off, the year is most likely a slip."""


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens` through `ends`. `by_days` and `by_working` are the two ends of which the later holds.

    `calendar_days` and `working_days` are counted after the day of posting; `working_days` and `by_working` are None
    where nobody has told the rest days of the year. `told`: the poster named the end, because it cannot be counted.
    """

    opens: date
    ends: date
    by_days: date
    by_working: date | None
    calendar_days: int
    working_days: int | None
    told: bool = False


def window(
    opens: date,
    calendar: WorkCalendar,
    *,
    today: date,
    days: int = DAYS,
    at_least_working: int = AT_LEAST_WORKING,
    ends_on: date | None = None,
) -> Window:
    """The window of a notice that is posted today.

    A named end may be later than the counted one, never earlier. Where the rest days are not known, the poster must
    name the end. Raises window-out-of-range, opens-in-past, opens-too-far, rest-days-unknown, window-too-short.
    """
    if not 1 <= days <= MOST_DAYS or not 0 <= at_least_working <= MOST_DAYS:
        raise BoardError("window-out-of-range", "days")
    if opens < today:
        raise BoardError("opens-in-past", "opens_on")
    if opens > today + timedelta(days=MOST_AHEAD):
        raise BoardError("opens-too-far", "opens_on")
    counted = window_end(opens, calendar, days=days, at_least_working=at_least_working)
    unknown = isinstance(counted, UnknownYear)
    if isinstance(counted, UnknownYear):
        if ends_on is None:
            raise BoardError("rest-days-unknown", "ends_on", {"year": counted.year})
        least = opens + timedelta(days=days)
    else:
        least = counted
    ends = ends_on or least
    if ends < least:
        raise BoardError("window-too-short", "ends_on", {"least": least})
    if ends > opens + timedelta(days=2 * MOST_DAYS):
        raise BoardError("window-out-of-range", "ends_on")
    return _counted(opens, ends, calendar, days, at_least_working, told=unknown)


def preview(
    opens: date, calendar: WorkCalendar, *, days: int = DAYS, at_least_working: int = AT_LEAST_WORKING
) -> Window | None:
    """The window as it would be counted, to be shown before posting; None where the rest days are not known."""
    counted = window_end(opens, calendar, days=days, at_least_working=at_least_working)
    if isinstance(counted, UnknownYear):
        return None
    return _counted(opens, counted, calendar, days, at_least_working, told=False)


def _counted(
    opens: date, ends: date, calendar: WorkCalendar, days: int, at_least_working: int, *, told: bool
) -> Window:
    by_working = add_working_days(opens, at_least_working, calendar)
    worked = working_days(opens + timedelta(days=1), ends, calendar)
    return Window(
        opens=opens,
        ends=ends,
        by_days=opens + timedelta(days=days),
        by_working=None if isinstance(by_working, UnknownYear) else by_working,
        calendar_days=(ends - opens).days,
        working_days=None if isinstance(worked, UnknownYear) else worked,
        told=told,
    )
