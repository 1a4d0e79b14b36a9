"""Days and parts of a month that is named elsewhere.

25日前, 下旬, 第二周 belong to the month of their heading (三月份：…), or to the one named before in the same sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..normal import Normal, simplify
from ..numerals import to_int
from ..types import OutlineItem
from .calendar_rules import around
from .dates import AND, AROUND, DAY, FROM, MONTH, RANGE, UNTIL, Day, last_day, month_part
from .found import Answer, Found, Rule, rrule, rule, window

KIND = "in-month"
_NUMERALS = "0123456789一二三四五六七八九十廿"
_SUFFIX = rf"(?P<suffix>{AROUND}|{UNTIL}|{FROM}|止)?"
_HEADING = re.compile(
    rf"(?:(?P<year>20\d\d)年)?(?P<m>{MONTH})月份?(?:$|[:(\t| ]|的?(?:工作|重点|安排|任务|计划|主题|活动|工作重点))"
)
_NAMED_MONTH = re.compile(r"(?P<base>Y(?:\+1)?|\*|\d{4})-(?P<m>\d\d)-\d\d")
_SENTENCE_END = re.compile(r"[。\n]")
_WEEKDAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
_LONGEST_MONTH_WEEK = 5


@dataclass(frozen=True, slots=True)
class Month:
    """A month that holds for normalised [start, end)."""

    start: int
    end: int
    base: str
    month: int


@rule(
    "bare-day",
    _NUMERALS + "不截最",
    rf"(?<![\d月年第个.每初{_NUMERALS[10:]}])(?P<by>截至|不[迟晚]于|最[迟晚](?:于|在)?)?(?P<d>{DAY})(?:[日号]?(?P<sep>{RANGE}|{AND})"
    rf"(?P<d2>{DAY}))?(?:日(?![常报程志产内后夜均益])|号(?![楼栋线院门机井房文令]))(?:以?上午|以?下午)?{_SUFFIX}",
)
def bare_day(match: re.Match[str]) -> Answer:
    return KIND, {"type": KIND, **match.groupdict()}


@rule("bare-part", "上中下", rf"(?<![\d月年])(?P<part>[上中下]旬){_SUFFIX}")
def bare_part(match: re.Match[str]) -> Answer:
    return KIND, {"type": KIND, **match.groupdict()}


@rule(
    "bare-weekday",
    "第最首",
    r"(?P<nth>第[一二三四五1-5]|最后一?|首)个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])(?![次回])",
)
def bare_weekday(match: re.Match[str]) -> Answer:
    return KIND, {"type": KIND, **match.groupdict()}


RULES: tuple[Rule, ...] = (bare_day, bare_part, bare_weekday)


def headed_months(normal: Normal, outline: Sequence[OutlineItem]) -> list[Month]:
    """The stretches of the items that a single month heads, outer ones first."""
    months = []
    for item in outline:
        written = item.number if item.style == "month" else item.heading
        found = _HEADING.match(simplify(written).rstrip("、.:"))
        if found:
            start, end = (bisect_left(normal.at, offset) for offset in item.span)
            months.append(Month(start, end, found["year"] or "Y", to_int(found["m"]) or 1))
    return months


def resolve(text: str, hits: Sequence[Found], months: Sequence[Month], *, school: bool) -> list[Found]:
    """Give bare days and parts their month; those for which no month is named anywhere are no times of the plan."""
    done: list[Found] = []
    for hit in hits:
        open_rule = hit.rule == "month-edge" or (hit.rule == "school-week" and not school and _is_month_week(hit))
        if hit.kind != KIND and not open_rule:
            done.append(hit)
            continue
        said = None if hit.rule == "school-week" else _said_before(text, done, hit)
        month = said or next((m for m in reversed(months) if m.start <= hit.start < m.end), None)
        if isinstance(month, Month):
            done.append(_in(month, hit, text))
        elif hit.kind != KIND:
            done.append(hit)
        elif said == "monthly" and hit.norm.get("d"):
            norm = rrule(f"FREQ=MONTHLY;BYMONTHDAY={to_int(hit.norm['d'])}")
            by = {"deadline_each": True} if hit.norm["by"] or "前" in (hit.norm["suffix"] or "") else {}
            done.append(replace(hit, kind="recur", norm=norm | by))
    return done


def _is_month_week(hit: Found) -> bool:
    return isinstance(hit.norm["value"], int) and hit.norm["value"] <= _LONGEST_MONTH_WEEK


def _said_before(text: str, done: Sequence[Found], hit: Found) -> Month | str | None:
    """The month of the time before in the same sentence, or "monthly" where that comes back every month."""
    if not done or _SENTENCE_END.search(text, done[-1].end, hit.start):
        return None
    before = done[-1].norm
    if before.get("type") == "rrule":
        return "monthly" if str(before["value"]).startswith("FREQ=MONTHLY") and "INTERVAL" not in str(before) else None
    value: Any = before.get("value") if before.get("type") == "date" else before.get("to") or before.get("from")
    found = _NAMED_MONTH.fullmatch(str(value[-1] if isinstance(value, list) else value))
    return Month(0, 0, found["base"], int(found["m"])) if found else None


def _in(month: Month, hit: Found, text: str) -> Found:
    """The hit in that month."""
    base, at, norm = month.base, month.month, hit.norm
    answer: Answer
    if hit.rule == "school-week":
        first = int(norm["value"]) * 7 - 6
        last = min(first + 6, last_day(at, base))
        answer = "window", window(Day(base, at, min(first, last)), Day(base, at, last), approx=True)
    elif hit.rule == "month-edge":
        part = text[hit.start : hit.end].lstrip("本当")[1]
        first_day, final = month_part(base, at, part)
        before = text[hit.start : hit.end].endswith("前") or part in "底末"
        answer = ("deadline", window(None, final)) if before else ("window", window(first_day, final))
    elif norm.get("wd"):
        nth = -1 if norm["nth"][0] == "最" else 1 if norm["nth"] == "首" else to_int(norm["nth"][1]) or 1
        answer = "date", rrule(f"FREQ=YEARLY;BYMONTH={at};BYDAY={nth}{_WEEKDAYS[norm['wd']]}")
    elif norm.get("part"):
        answer = around(*month_part(base, at, norm["part"]), norm["suffix"] or "")
    else:
        answer = _day(month, norm)
    if answer is None:
        return hit
    return replace(hit, kind=answer[0], norm=answer[1], alternatives=answer[2] if len(answer) > 2 else ())


def _day(month: Month, norm: dict[str, Any]) -> Answer:
    first = Day(month.base, month.month, to_int(norm["d"]) or 1)
    last = Day(month.base, month.month, to_int(norm["d2"] or norm["d"]) or 1)
    if norm["d2"] and re.fullmatch(RANGE, norm["sep"]):
        return around(first, last, norm["suffix"] or "")
    if norm["suffix"] or norm["by"]:
        return around(first, last, norm["suffix"] or "", by=bool(norm["by"]))
    return "date", {"type": "date", "value": [str(first)] if not norm["d2"] else [str(first), str(last)]}
