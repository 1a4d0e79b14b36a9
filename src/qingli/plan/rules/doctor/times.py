"""Days that do not exist, deadlines outside the plan's period or outside their own stage."""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from ..calendar import Needs
from ..periods import Period, plan_period
from ..schedule import Window
from ..schedule.moments import windows
from .types import Context, Finding, Fix, PlanFacts, Span, TextEdit, TimeFact

_DAY = re.compile(r"(?<![\d.])(\d{1,2})\s?月\s?(\d{1,2})\s?[日號号]")
_PLAIN_YEAR = 2001
"""A year without a leap day, for plans whose year is masked: only month and day are compared."""
_RUNNING = ("exclusion", "retrospective", "reference", "condition", "year-ref", "plan-period")


def impossible_days(plan: PlanFacts, context: Context) -> Iterator[Finding]:
    """9月31日, 2月30日, 13月1日, and 2月29日 when the plan's year has none; the fix is the month's last day."""
    year = plan.year or context.year
    for found in _DAY.finditer(plan.text, *plan.span):
        month, day = int(found[1]), int(found[2])
        longest = monthrange(year or 2000, month)[1] if 1 <= month <= 12 else 0
        if 1 <= day <= longest:
            continue
        fixes = (Fix("last-day", (TextEdit(*found.span(2), str(longest)),)),) if longest and day else ()
        yield Finding("no-such-day", "must", found.span(), {"surface": found[0], "last": longest}, fixes)


def misplaced(plan: PlanFacts, context: Context) -> Iterator[Finding]:
    """outside-period: due before or after the plan's own days. outside-stage: due outside the stage it stands in."""
    period = context.period or plan.period or _said(plan, context)
    year = period.start.year if period else plan.year or context.year or _PLAIN_YEAR
    whole = period if period and period.end.year > year else Period(date(year, 1, 1), date(year, 12, 31))
    stages = _stages(plan, whole)
    for time in plan.times:
        stretch = _stretch(time, whole)
        if stretch is None or time.kind in _RUNNING:
            continue
        if period and not _STANDING.match(_until(time)) and not stretch.clip(period.start, period.end):
            facts = {"surface": time.surface, "start": period.start, "end": period.end}
            yield Finding("outside-period", "should", time.span, facts, (Fix("set-schedule"),))
        elif (stage := _stage(plan, time, stages)) and not _due_inside(time, stretch, stage[1]):
            facts = {"surface": time.surface, "stage": stage[0].surface, "start": stage[1].start, "end": stage[1].end}
            yield Finding("outside-stage", "should", time.span, facts, (Fix("set-schedule"),))


_STANDING = re.compile(r"\*|Y-\d-")
"""Every year, or a year before the plan's: said of other years too, so the plan's own period is no measure."""


def _until(time: TimeFact) -> str:
    rule = time.schedule.rules[0]
    return (rule.until or "") if isinstance(rule, Window) else ""


def _said(plan: PlanFacts, context: Context) -> Period | None:
    """The period of a plan whose own year is masked, in the year that is known from elsewhere."""
    found = plan_period(plan.said_period or plan.title, context.year)
    return found if isinstance(found, Period) else None


def _stretch(time: TimeFact, whole: Period) -> Period | None:
    """The days of a single written window or day; None for what repeats or is still open."""
    rules = time.schedule.rules
    if time.schedule.asks or len(rules) != 1 or not isinstance(rules[0], Window) or rules[0].until is None:
        return None
    if rules[0].since == "ISSUE":
        return None
    found = [one for one in windows(rules[0], time.surface, whole.start, whole.end) if not isinstance(one, Needs)]
    return found[0][1] if found else None


def _stages(plan: PlanFacts, whole: Period) -> dict[int, tuple[TimeFact, Period]]:
    """The headings that name a window of their own: index → that window."""
    found: dict[int, tuple[TimeFact, Period]] = {}
    for time in plan.times:
        if time.heading is None or time.heading in found or time.kind in _RUNNING:
            continue
        stretch = _stretch(time, whole)
        if stretch and stretch.days > 1 and not _is_by(time):
            found[time.heading] = time, stretch
    return found


def _stage(
    plan: PlanFacts, time: TimeFact, stages: dict[int, tuple[TimeFact, Period]]
) -> tuple[TimeFact, Period] | None:
    """The stage of the nearest enclosing heading that has one, other than the time itself."""
    index = _heading_of(plan, time.span) if stages else None
    while index is not None:
        if index in stages and stages[index][0] is not time:
            return stages[index]
        index = plan.headings[index].parent
    return None


def _heading_of(plan: PlanFacts, span: Span) -> int | None:
    """The innermost heading around a span: headings come in the order of the text."""
    last = bisect_right(plan.headings, span[0], key=lambda heading: heading.span[0]) - 1
    index = last if last >= 0 else None
    while index is not None and span[0] >= plan.headings[index].span[1]:
        index = plan.headings[index].parent
    return index


def _is_by(time: TimeFact) -> bool:
    rule = time.schedule.rules[0]
    return isinstance(rule, Window) and rule.since is None


def _due_inside(time: TimeFact, stretch: Period, stage: Period) -> bool:
    return stretch.end in stage if _is_by(time) else stretch.clip(stage.start, stage.end) is not None
