"""When something is due, in the words of the page's language."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, gettext, ngettext, pgettext

from qingli.plan.rules.schedule import Moment, Repeat, Rule, Schedule, Window, from_json, from_norm
from qingli.web.templatetags.web import month_name

_WRITTEN = re.compile(r"(?:(?P<year>Y\+1|Y|\*|\d{4})-)?(?P<month>\d\d)-(?P<day>\d\d)$")
_JOIN = "、"


def stored_words(stored: Mapping[str, Any]) -> str:
    """The words of a schedule that a room keeps as JSON."""
    return schedule_words(from_json(stored))


def norm_words(norm: Mapping[str, Any]) -> str:
    """The words of a normal form, as the catalogue has it."""
    return schedule_words(from_norm(norm, surface=""))


def schedule_words(schedule: Schedule) -> str:
    """每月, 10月31日前: the rules, and within which days; the plan's own words where there are no rules."""
    words = listed(rule_words(rule, schedule.count) for rule in schedule.rules) or schedule.surface
    within = listed(_window(window) for window in schedule.within)
    return gettext("%(when)s (%(within)s)") % {"when": words, "within": within} if within else words


def listed(parts: Iterable[str]) -> str:
    joint = _JOIN if (get_language() or "").startswith("zh") else ", "
    return joint.join(dict.fromkeys(part for part in parts if part))


def rule_words(rule: Rule, count: int = 1) -> str:
    """One rule."""
    match rule:
        case Repeat():
            return _repeat(rule, count)
        case Window():
            return _window(rule)
        case Moment():
            return _moment(rule)


def _window(window: Window) -> str:
    since, until = window.since, window.until
    if since == "ISSUE" or not (since or until):
        return gettext("when there is need")
    if not since:
        return gettext("by %(day)s") % {"day": _day(until or "")}
    if not until:
        return gettext("from %(day)s on") % {"day": _day(since)}
    if since == until:
        return _day(since)
    return gettext("%(a)s to %(b)s") % {"a": _day(since), "b": _day(until)}


def _day(written: str) -> str:
    found = _WRITTEN.match(written)
    if found is None:
        return written
    month, day, year = int(found["month"]), int(found["day"]), found["year"] or "Y"
    if (get_language() or "").startswith("zh"):
        before = {"Y": "", "*": gettext("every year "), "Y+1": gettext("next year ")}.get(year, f"{year}年")
        return f"{before}{month}月{day}日"
    after = {"Y": "", "*": f" {gettext('every year ')}", "Y+1": f" {gettext('next year ')}"}.get(year, f" {year}")
    return f"{day} {month_name(month)}{after}".strip()


def every(frequency: str, interval: int) -> str:
    """每週, 每季度, 每3天."""
    named = {
        ("day", 1): gettext("every day"),
        ("week", 1): gettext("every week"),
        ("week", 2): gettext("every two weeks"),
        ("month", 1): gettext("every month"),
        ("month", 3): gettext("every quarter"),
        ("month", 6): gettext("every half-year"),
        ("year", 1): gettext("every year"),
    }.get((frequency, interval))
    if named:
        return named
    numbered = {
        "day": gettext("every %(n)s days"),
        "week": gettext("every %(n)s weeks"),
        "month": gettext("every %(n)s months"),
    }
    return numbered.get(frequency, gettext("every %(n)s years")) % {"n": interval}


def _repeat(rule: Repeat, count: int) -> str:
    days = [_weekday(day, nth) for day, nth in rule.weekdays] + [_month_day(day) for day in rule.month_days]
    words = every(rule.frequency, rule.interval)
    if rule.months:
        words = listed(month_name(month) for month in rule.months)
    if days:
        words = gettext("%(every)s, %(days)s") % {"every": words, "days": listed(days)}
        if rule.deadline:
            words = gettext("by %(day)s") % {"day": words}
    if count > 1:
        times = ngettext("once", "%(n)s times", count) % {"n": count}
        words = gettext("%(every)s, %(times)s") % {"every": words, "times": times}
    return words


def _weekday(day: int, nth: int) -> str:
    name = formats.date_format(date(2024, 1, 1 + day), "l")  # 1 January 2024 was a Monday
    if not nth:
        return name
    if nth == -1:
        return gettext("the last %(weekday)s") % {"weekday": name}
    return pgettext("nth weekday of a month", "%(weekday)s number %(n)s") % {"n": nth, "weekday": name}


def _month_day(day: int) -> str:
    return gettext("the last day") if day == -1 else pgettext("day of the month", "day %(n)s") % {"n": day}


def _moment(rule: Moment) -> str:
    value = gettext("lunar %(day)s") % {"day": rule.value} if rule.of == "lunar" else rule.value
    shaped = {
        "before": gettext("before %(day)s"),
        "by": gettext("by the end of %(day)s"),
        "after": gettext("after %(day)s"),
        "week": gettext("the week of %(day)s"),
    }.get(rule.shape)
    return shaped % {"day": value} if shaped else value
