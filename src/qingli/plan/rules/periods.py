"""Stretches of days with a name that stays the same: 2026, 2026H2, 2026Q3, 2026-09, 2026-W31."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` to `end`, both included. `approx` marks a customary period that a person should confirm."""

    start: date
    end: date
    approx: bool = False

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("period-reversed")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def clip(self, start: date, end: date) -> "Period | None":
        """The part of this period inside start..end, or None."""
        first, last = max(self.start, start), min(self.end, end)
        return Period(first, last, self.approx) if first <= last else None


@dataclass(frozen=True, slots=True)
class PeriodUnknown:
    """The period cannot be told: `code` is no-year or no-period."""

    code: str


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months(year: int, first: int, count: int = 1) -> Period:
    """`count` whole months from month `first` (1 to 12) of `year`."""
    ordinal = year * 12 + first - 1 + count - 1
    return Period(date(year, first, 1), month_end(ordinal // 12, ordinal % 12 + 1))


def iso_week(day: date) -> Period:
    """Monday to Sunday around `day`."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + 6 * DAY)


def week_key(day: date) -> str:
    """2026-W31 for any day of that ISO week."""
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02d}"


def period_key(start: date, end: date) -> str:
    """The name of a stretch: a day, month, quarter, half-year or year by its own name, else both its days."""
    if start == end:
        return start.isoformat()
    if start.day == 1 and end == month_end(end.year, end.month) and start.year == end.year:
        length = end.month - start.month + 1
        if length == 1:
            return f"{start.year}-{start.month:02d}"
        for size, letter in ((3, "Q"), (6, "H")):
            if length == size and start.month % size == 1:
                return f"{start.year}{letter}{start.month // size + 1}"
        if length == 12:
            return str(start.year)
    if start.weekday() == 0 and (end - start).days == 6:
        return week_key(start)
    return f"{start.isoformat()}..{end.isoformat()}"


# What a title may say, most telling first: pattern, first month, number of months, customary only.
_NAMED: tuple[tuple[str, int, int, bool], ...] = (
    (r"上半年|前半年", 1, 6, False),
    (r"下半年|後半年|后半年", 7, 6, False),
    (r"第[一1]季|一季度|首季", 1, 3, False),
    (r"第[二2]季|二季度", 4, 3, False),
    (r"第[三3]季|三季度", 7, 3, False),
    (r"第[四4]季|四季度", 10, 3, False),
    (r"下學期|下学期|第二學期|第二学期", 14, 6, True),
    (r"上學期|上学期|第一學期|第一学期", 9, 5, True),
    (r"學年|学年", 9, 12, True),
)
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月份?(?:工作|環保|环保)?(?:計|计|安排)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ROC_YEAR = re.compile(r"(?:民國|民国)\s*(\d{2,3})\s*年|(?<!\d)(1[0-4]\d)\s*(?:年|學年)")
_CHINESE_YEAR = re.compile(r"二[○〇零]([一二三四五六七八九○〇零])([一二三四五六七八九○〇零])年?")
_DIGITS = {"○": 0, "〇": 0, "零": 0} | {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


def written_year(title: str) -> int | None:
    """The year that a title names: 2026, 二○二六 or 民國115年; None when it names none or a masked one."""
    if found := _YEAR.search(title):
        return int(found[1])
    if found := _CHINESE_YEAR.search(title):
        return 2000 + _DIGITS[found[1]] * 10 + _DIGITS[found[2]]
    if found := _ROC_YEAR.search(title):
        return 1911 + int(found[1] or found[2])
    return None


def plan_period(said: str | tuple[str, str] | Mapping[str, object], year: int | None) -> Period | PeriodUnknown:
    """The days a plan covers, from its title, from a pair such as ("Y-07-01", "Y-12-31") or from a window norm.

    `year` is the plan's year (of its first day); None lets a title's own year count. A school year or a term has no
    fixed days: the customary ones come back with `approx`, to be confirmed. A title without a period is the whole year.
    """
    if isinstance(said, Mapping):
        said = (str(said.get("from") or ""), str(said.get("to") or ""))
    if isinstance(said, tuple):
        return _from_pair(said, year)
    year = year if year is not None else written_year(said)
    if year is None:
        return PeriodUnknown("no-year")
    if found := _MONTH.search(said):
        return months(year, int(found[1]))
    for pattern, first, count, approx in _NAMED:
        if re.search(pattern, said):
            whole = months(year + (first - 1) // 12, (first - 1) % 12 + 1, count)
            return Period(whole.start, whole.end, approx)
    return months(year, 1, 12)


def _from_pair(pair: tuple[str, str], year: int | None) -> Period | PeriodUnknown:
    if not all(pair):
        return PeriodUnknown("no-period")
    if year is None and any(end.startswith("Y") for end in pair):
        return PeriodUnknown("no-year")
    start, end = (written_day(text, year or 0) for text in pair)
    return Period(start, end) if start and end and start <= end else PeriodUnknown("no-period")


_WRITTEN = re.compile(r"(Y|\*|\d{4})([+-]\d(?!\d))?(?:-(\d\d))?(?:-(\d\d))?$")


def written_day(text: str, year: int, *, last: bool = True) -> date | None:
    """The day that a normal form writes (Y-09-30, Y+1-02-28, *-03-01, 2026-09) in plan year `year`.

    A bare month or year is its last day, or its first with `last=False`. None when no such day exists or it is unclear.
    """
    found = _WRITTEN.match(text)
    if not found:
        return None
    whole = (year if found[1] in "Y*" else int(found[1])) + int(found[2] or 0)
    month = int(found[3]) if found[3] else (12 if last else 1)
    if not (1 <= month <= 12 and 1 <= whole <= 9998):
        return None
    longest = monthrange(whole, month)[1]
    day = int(found[4]) if found[4] else (longest if last else 1)
    return date(whole, month, day) if 1 <= day <= longest else None
