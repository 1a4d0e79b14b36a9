"""Reads days.yaml."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import MappingProxyType

from .source import Entry, read
from .types import REGIONS, CatalogueError, DayRule, EnvironmentDay, Names

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LEAP_YEAR = 2024  # a year in which every calendar day exists


def read_days(path: Path, names: Callable[[Entry], Names]) -> dict[str, EnvironmentDay]:
    """All days of one file by id."""
    days = {}
    for key, entry in read(path).items():
        fields = entry.fields(required=("names", "region", "rule"), optional=("aliases",))
        aliases = fields["aliases"].texts() if "aliases" in fields else ()
        days[key] = EnvironmentDay(
            key, names(fields["names"]), aliases, fields["region"].choice(REGIONS), _rule(fields["rule"])
        )
    return days


def _rule(entry: Entry) -> DayRule:
    kind = dict(entry.items()).get("kind", entry).choice(tuple(_KINDS))
    return _KINDS[kind](entry)


def _fixed(entry: Entry) -> DayRule:
    fields = entry.fields(required=("kind", "month", "day"), optional=("to_month", "to_day", "since"))
    if ("to_month" in fields) != ("to_day" in fields):
        entry.fail("missing-field", "to_month, to_day")
    month, day = _calendar_day(fields["month"], fields["day"])
    to_month, to_day = _calendar_day(fields["to_month"], fields["to_day"]) if "to_day" in fields else (month, day)
    if (to_month, to_day) < (month, day):
        entry.fail("ends-before-it-starts")
    since = fields["since"].whole(1, 9999) if "since" in fields else 0
    return DayRule("fixed", month=month, day=day, to_month=to_month, to_day=to_day, since=since)


def _nth_weekday(entry: Entry) -> DayRule:
    fields = entry.fields(
        required=("kind", "weekday"), optional=("month", "nth", "days", "before_month", "before_day", "since")
    )
    weekday = WEEKDAYS.index(fields["weekday"].choice(WEEKDAYS))
    since = fields["since"].whole(1, 9999) if "since" in fields else 0
    days = fields["days"].whole(1, 31) if "days" in fields else 1
    if "before_day" in fields:
        fields = entry.fields(required=("kind", "weekday", "before_month", "before_day"), optional=("days", "since"))
        month, day = _calendar_day(fields["before_month"], fields["before_day"])
        return DayRule("nth_weekday", month=month, day=day, weekday=weekday, before=True, days=days, since=since)
    fields = entry.fields(required=("kind", "weekday", "month", "nth"), optional=("days", "since"))
    nth = fields["nth"].whole(-1, 5)
    if nth == 0:
        fields["nth"].fail("not-a-number-in-range", "0")
    return DayRule("nth_weekday", month=fields["month"].whole(1, 12), nth=nth, weekday=weekday, days=days, since=since)


def _lunar_relative(entry: Entry) -> DayRule:
    fields = entry.fields(required=("kind", "to", "from_offset", "to_offset"))
    anchor = fields["to"].text()
    if anchor != "lunar-new-year-eve":
        month, _, day = anchor.removeprefix("lunar-").partition("-")
        if not (anchor.startswith("lunar-") and _two_digits(month, 12) and _two_digits(day, 30)):
            fields["to"].fail("unknown-value", anchor)
    start, end = fields["from_offset"].whole(-60, 60), fields["to_offset"].whole(-60, 60)
    if end < start:
        entry.fail("ends-before-it-starts")
    return DayRule("lunar_relative", lunar=anchor, from_offset=start, to_offset=end)


def _two_digits(text: str, highest: int) -> bool:
    return len(text) == 2 and text.isascii() and text.isdigit() and 1 <= int(text) <= highest


def _month(entry: Entry) -> DayRule:
    return DayRule("month", month=entry.fields(required=("kind", "month"))["month"].whole(1, 12))


def _announced(entry: Entry) -> DayRule:
    table: dict[int, tuple[date, date]] = {}
    for key, value in entry.fields(required=("kind", "years"))["years"].items():
        if not (key.isascii() and key.isdigit() and len(key) == 4):
            value.fail("not-a-year", key)
        ends = [end.day() for end in value.entries()]
        if len(ends) != 2 or ends[1] < ends[0] or ends[0].year != int(key):
            value.fail("not-a-period-of-the-year", key)
        table[int(key)] = (ends[0], ends[1])
    return DayRule("announced", years=MappingProxyType(table))


def _calendar_day(month: Entry, day: Entry) -> tuple[int, int]:
    number, in_month = month.whole(1, 12), day.whole(1, 31)
    try:
        date(LEAP_YEAR, number, in_month)
    except ValueError:
        raise CatalogueError("not-a-date", day.path, day.line, f"{number}-{in_month}") from None
    return number, in_month


_KINDS: dict[str, Callable[[Entry], DayRule]] = {
    "fixed": _fixed,
    "nth_weekday": _nth_weekday,
    "lunar_relative": _lunar_relative,
    "month": _month,
    "announced": _announced,
}
