"""Finds time expressions: every rule over the text, the longest at each place, then neighbours put together."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..normal import Normal
from ..types import ScheduleHit, Unread
from . import calendar_rules, event_rules, in_month, recurrence_rules, relative_rules
from .combine import combine
from .found import CORE, Found, Rule

RULES: tuple[Rule, ...] = (
    *calendar_rules.RULES,
    *event_rules.RULES,
    *recurrence_rules.RULES,
    *relative_rules.RULES,
    *in_month.RULES,
)
_BY_START: dict[str, list[tuple[int, Rule, Callable[[str, int], re.Match[str] | None]]]] = {
    char: [(priority, rule, rule.pattern.match) for priority, rule in enumerate(RULES) if char in rule.starts]
    for char in sorted(set("".join(rule.starts for rule in RULES)))
}
_STARTS = re.compile("(?<![0-9])[0-9]|[" + re.escape("".join(set(_BY_START) - set("0123456789"))) + "]")
_UNREAD = re.compile(
    r"(?P<every>每)隔?(?:[一二两三四五六七八九十\d几数半]{0,3}个?)(?:[天日周月季年旬晚]|星期|学期|逢[^,。;]{1,6})"
    r"|[\d一二三四五六七八九十年月季周期末]{1,4}(?P<edge>前|底|内)(?![往期置台列部容外涝河控务沿端述任线进提来行言])"
)
_CALL = re.compile(r"^\w+\(|\)$")
_SPRING = re.compile(r"\bY-(?=0[1-7]-)")
_SCHOOL_YEAR = re.compile(r"学年|(?:校|学|园)[^\n]{0,4}20\d\d(?:[-—/~至]|年至)(?:20)?\d\d年度")
_CONDITION = re.compile(r"(?<![㐀-鿿])(?:[在于逢遇如])?(?P<hit>(?:(?!每|各|在)[㐀-鿿]){2,8}期间)(?![的:])")
_NEAR_YEARS = 5
_PERIODS = frozenset({"half", "whole-term", "quarter", "month", "span", "school-week", "year-part"})
_INTERNAL = frozenset({"rest", "half-day"})


def find_schedules(text: str) -> list[Found]:
    """All time expressions of a normalised text, in order and without overlaps."""
    found: list[tuple[int, int, int, Found]] = []
    for start in _STARTS.finditer(text):
        position = start.start()
        for priority, rule, match in _BY_START[start[0]]:
            if match(text, position) is None:  # nearly always: not worth a call of `at`
                continue
            hit = rule.at(text, position)
            if hit is not None and hit.end > hit.start:
                found.append((hit.start, -hit.end, priority, hit))
    found.sort(key=lambda entry: entry[:3])
    kept: list[Found] = []
    for _, _, _, hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    hits = [hit for hit in combine(text, kept) if hit.kind not in _INTERNAL]
    return _with_conditions(text, hits)


def _with_conditions(text: str, hits: list[Found]) -> list[Found]:
    """创卫迎检期间: a stretch that hangs on something else, where it is not a time of its own."""
    starts = [hit.start for hit in hits]
    more = []
    for match in _CONDITION.finditer(text):
        start, end = match.span("hit")
        at = bisect_left(starts, end)
        if not at or hits[at - 1].end <= start:
            norm = {"type": "cond", "value": match["hit"]}
            more.append(Found(start, end, "condition", norm, "condition"))
    return sorted([*hits, *more], key=lambda hit: hit.start) if more else hits


def in_school_year(title: str) -> bool:
    return bool(_SCHOOL_YEAR.search(title))


def to_hits(
    normal: Normal, found: Iterable[Found], *, plan_year: int | None, title: tuple[int, int]
) -> list[ScheduleHit]:
    """The hits as they stand in the source; a half-year or year named in the title is the plan's own period."""
    school_year = in_school_year(normal.text[slice(*title)])
    return [_hit(normal, hit, plan_year, title[1], school_year) for hit in found]


def _hit(normal: Normal, hit: Found, plan_year: int | None, title_end: int, school_year: bool) -> ScheduleHit:
    surface = normal.surface(hit.start, hit.end)
    norm = dict(hit.norm)
    if norm["type"] == "unscheduled-periodic":
        norm["word"] = surface
    if norm["type"] in ("season", "solarterm", "weekof", "holiday", "holidays", "rel", "cond"):
        norm["value"] = _as_written(norm["value"], hit, normal)
    if norm["type"] == "yearref" and plan_year is not None:
        norm["value"] = _from_plan_year(norm["value"], plan_year)
    if school_year:
        norm = _school_window({key: _in_school_year(value) for key, value in norm.items()}, hit.rule)
    kind = hit.kind
    if hit.end <= title_end and hit.rule in _PERIODS and kind == "window":
        kind = "plan-period"
    offset = normal.span(hit.start, hit.end)[0]
    return ScheduleHit(surface, offset, kind, kind in CORE, norm, hit.rule, hit.alternatives)


def _in_school_year(value: Any) -> Any:
    """A school year begins in August: January to July lie in the year after."""
    if isinstance(value, list):
        return [_in_school_year(inner) for inner in value]
    return _SPRING.sub("Y+1-", value) if isinstance(value, str) else value


def _school_window(norm: dict[str, Any], rule: str) -> dict[str, Any]:
    """A window that does not run backwards: the whole year is September to August, and 7月至8月 lies in one summer."""
    if norm["type"] != "window" or not norm.get("from") or not norm.get("to"):
        return norm
    if rule == "year-part":
        return norm | {"from": "Y-09-01", "to": "Y+1-08-31"}
    if str(norm["from"]).startswith("Y+1-") and str(norm["to"]).startswith("Y-"):
        return norm | {"to": f"Y+1-{norm['to'][2:]}"}
    return norm


def _from_plan_year(value: str, plan_year: int) -> str:
    """2022 → Y and 2023 → Y+1 in a plan of 2022; years further away stay as they are written."""
    return "..".join(_near(year, plan_year) for year in value.split(".."))


def _near(year: str, plan_year: int) -> str:
    away = int(year) - plan_year if year.isdigit() else 9
    return year if abs(away) > _NEAR_YEARS else f"Y{away:+}" if away else "Y"


def _as_written(value: Any, hit: Found, normal: Normal) -> Any:
    """Names in the script of the source: 台风季 inside before(台风季) comes back as 颱風季 where the plan has that."""
    name = _CALL.sub("", str(value))
    at = normal.text.find(name, hit.start, hit.end)
    return str(value).replace(name, normal.surface(at, at + len(name))) if at >= 0 else value


def find_unread(normal: Normal, text: str, taken: Sequence[tuple[int, int]], start: int) -> list[Unread]:
    """What looks like a time beside 每, 前, 底 or 内 and lies in none of the `taken` stretches of `text`.

    `text` is the piece of the normalised text that begins at `start`.
    """
    unread = []
    index = 0
    for match in _UNREAD.finditer(text):
        while index < len(taken) and taken[index][1] <= match.start():
            index += 1
        if index < len(taken) and taken[index][0] < match.end():
            continue
        begin, end = normal.span(match.start() + start, match.end() + start)
        unread.append(Unread(normal.source[begin:end], begin, match["every"] or match["edge"]))
    return unread
