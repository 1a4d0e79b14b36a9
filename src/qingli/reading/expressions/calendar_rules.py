"""Months, days, quarters, halves and years: 5月底前, 3-4月, 4月、10月, 第一季度, 年底前, 20__年以前."""

import re
from itertools import pairwise

from ..numerals import to_int
from .dates import (
    AND,
    DAY,
    DURING,
    FROM,
    MONTH,
    PART,
    PREFIX,
    RANGE,
    RELATIVE_YEAR,
    SUFFIX,
    UNTIL,
    YEAR,
    Day,
    base_year,
    last_day,
    month_part,
    near_year,
    shift,
    year_number,
)
from .found import Answer, Rule, rrule, rule, window

_NUMERALS = "0123456789一二三四五六七八九十〇"
_STARTS = _NUMERALS + "每各历今本当明次翌来下去上民截不最"
_BY = r"(?P<by>截至|截止到?|不[迟晚]于|最[迟晚](?:于|在|不超过)?)?"
_NOT_NUMBER = r"(?<![\d.〇])"
_TO_YEAR = rf"(?:(?P<next>{RELATIVE_YEAR}|{YEAR}年度?))?"
_COUNT = re.compile(r"(?:至少|不少于)?[一二两三四1-9](?:次|回|遍|轮|场|期)")
_QUARTERS = {"首": 1, "1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_HALVES = {"上": (1, 6), "前": (1, 6), "下": (7, 12), "后": (7, 12)}
_WEEKDAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))


def _number(written: str | None) -> int:
    return to_int(written) or 0 if written else 0


def _around(first: Day, last: Day, match: re.Match[str], *, whole_month: bool = False) -> Answer:
    by = bool("by" in match.groupdict() and match["by"])
    return around(first, last, match["suffix"] or "", by=by, whole_month=whole_month)


def around(first: Day, last: Day, suffix: str, *, by: bool = False, whole_month: bool = False) -> Answer:
    """What 前, 起, 前后 and so on make of the stretch from `first` to `last`."""
    if suffix in ("前后", "左右"):
        return "window", window(first, last, approx=True)
    if re.fullmatch(UNTIL, suffix) or suffix in ("止", "前夕") or by:
        if whole_month and suffix:
            before = _month_before(first)
            return "deadline", window(None, before, alternative=f"..{last}"), (window(None, last),)
        return "deadline", window(None, last)
    if re.fullmatch(FROM, suffix) or suffix in ("以后", "之后", "后"):
        return "window", window(first if re.fullmatch(FROM, suffix) else last, None)
    return "window", window(first, last)


def _month_before(first: Day) -> Day:
    if first.month > 1:
        return Day(first.base, first.month - 1, last_day(first.month - 1, first.base))
    return Day(shift(first.base, -1) if first.base != "*" else "*", 12, 31)


@rule("month", _STARTS, rf"{_NOT_NUMBER}{_BY}{PREFIX}(?P<m>{MONTH})月份?(?P<part>{PART})?{SUFFIX}(?!{DAY}[日号]|经)")
def month(match: re.Match[str]) -> Answer:
    if match[0] == "一月" and _COUNT.match(match.string, match.end()):
        return None
    first, last = month_part(base_year(match), _number(match["m"]), match["part"])
    if match["part"] in ("底", "末") and not match["suffix"]:
        return "deadline", window(None, last)
    return _around(first, last, match, whole_month=not match["part"])


@rule("day", _STARTS, rf"{_NOT_NUMBER}{_BY}{PREFIX}(?P<m>{MONTH})月份?(?P<d>{DAY})[日号]{SUFFIX}")
def day(match: re.Match[str]) -> Answer:
    on = Day(base_year(match), _number(match["m"]), _number(match["d"]))
    if on.day > last_day(on.month, "2024"):
        return None
    if not match["suffix"] and not match["by"]:
        return "date", {"type": "date", "value": [str(on)]}
    if match["suffix"] in ("前后", "左右"):
        return "date", {"type": "date", "value": [str(on)], "approx": True}
    if match["suffix"] and re.fullmatch(DURING, match["suffix"]):
        return "date", {"type": "date", "value": [str(on)]}
    return _around(on, on, match)


@rule("iso-day", "2", rf"(?<![\d.])(?P<year>20\d\d)(?P<sep>[-./])(?P<m>{MONTH})(?P=sep)(?P<d>{DAY})(?![\d.]){SUFFIX}")
def iso_day(match: re.Match[str]) -> Answer:
    on = Day(match["year"], _number(match["m"]), _number(match["d"]))
    return ("date", {"type": "date", "value": [str(on)]}) if not match["suffix"] else _around(on, on, match)


@rule(
    "dotted-months",
    "2",
    rf"(?<![\d.])(?P<y1>20\d\d)[./](?P<m1>1[0-2]|0?[1-9]){RANGE}(?P<y2>20\d\d)[./](?P<m2>1[0-2]|0?[1-9])(?![\d./])",
)
def dotted_months(match: re.Match[str]) -> Answer:
    last = _number(match["m2"])
    return "window", window(
        Day(match["y1"], _number(match["m1"]), 1), Day(match["y2"], last, last_day(last, match["y2"]))
    )


@rule(
    "day-list",
    _STARTS,
    (
        rf"{_NOT_NUMBER}{PREFIX}(?P<list>{MONTH}月{DAY}[日号]?(?:{AND}(?:{MONTH}月)?{DAY}[日号]?){{0,14}}{AND}(?:{MONTH}"
        rf"月)?{DAY}[日号])(?P<around>前后)?"
    ),
)
def day_list(match: re.Match[str]) -> Answer:
    base, at, days = base_year(match), 0, []
    for month_, day_ in re.findall(rf"(?:({MONTH})月)?({DAY})(?![\d一二三四五六七八九十月])", match["list"]):
        at = _number(month_) or at
        days.append(str(Day(base, at, _number(day_))))
    return "date", {"type": "date", "value": days, **({"approx": True} if match["around"] else {})}


@rule(
    "span",
    _STARTS,
    rf"{_NOT_NUMBER}{PREFIX}(?P<m1>{MONTH})(?:月份?(?:(?P<p1>{PART})|(?P<d1>{DAY})[日号]?)?)?(?:起|开始)?{RANGE}{_TO_YEAR}"
    rf"(?:(?P<m2>{MONTH})月份?(?:(?P<p2>{PART})|(?P<d2>{DAY})[日号])?|(?P<d3>{DAY})[日号]|(?P<p3>[中下]旬|[底末]))"
    r"(?P<suffix>前后|左右|期间|之间|间|止|内)?(?!起)",
)
def span(match: re.Match[str]) -> Answer:
    base, month1 = base_year(match), _number(match["m1"])
    bare_end = match["m2"] is None
    month2 = month1 if bare_end else _number(match["m2"])
    if bare_end and not match["d1"] and not match["p3"]:
        return None
    end_base = _end_base(match["next"], base) or (shift(base, 1) if month2 < month1 and base != "*" else base)
    first, _ = month_part(base, month1, match["p1"])
    _, last = month_part(end_base, month2, match["p2"] or match["p3"])
    if match["d1"]:
        first = Day(base, month1, _number(match["d1"]))
    if match["d2"] or match["d3"]:
        last = Day(end_base, month2, _number(match["d2"] or match["d3"]))
    more = {"approx": True} if match["suffix"] in ("前后", "左右") else {}
    return "window", window(first, last, **more)


def _end_base(written: str | None, base: str) -> str | None:
    if not written:
        return None
    if written.endswith(("年", "年度")) and re.match(YEAR, written):
        number = year_number(written.rstrip("年度"))
        return "Y" if number is None else str(number)
    year = near_year(written)
    return shift(base, 1) if year == "Y+1" and base.isdigit() else year


@rule(
    "month-list",
    _STARTS,
    rf"{_NOT_NUMBER}{PREFIX}(?P<list>{MONTH}(?:月份?)?(?:(?:{AND}|或){MONTH}(?:月份?)?){{0,14}}(?:{AND}"
    rf"|或){MONTH})月份?(?!{DAY}[日号])"
    rf"(?P<part>[上中下]旬|[初底末])?(?:的(?P<on>{DAY})[日号])?(?P<before>前(?![往期后]))?",
)
def month_list(match: re.Match[str]) -> Answer:
    base = base_year(match)
    months = [_number(written) for written in re.findall(MONTH, match["list"])]
    if match["on"]:
        each = rrule(f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={_number(match['on'])}")
        return "recur", each | ({"deadline_each": True} if match["before"] else {})
    if match["before"]:
        ends = [str(Day(base, m, last_day(m, base))) for m in months]
        return "deadline", {"type": "date", "value": ends, "deadline_each": True}
    if match["part"]:
        parts = [month_part(base, m, match["part"]) for m in months]
        return "window", {"type": "window", "parts": [f"{first}..{last}" for first, last in parts]}
    listed = ",".join(map(str, months))
    recurring = rrule(f"FREQ=YEARLY;BYMONTH={listed}")
    if all(after - before == 1 for before, after in pairwise(months)) and base != "*":
        first, last = Day(base, months[0], 1), Day(base, months[-1], last_day(months[-1], base))
        return "window", window(first, last), (recurring,)
    return "recur", recurring


@rule(
    "month-weekday",
    _STARTS,
    (
        rf"{_NOT_NUMBER}{PREFIX}(?P<m>{MONTH})月份?的?(?P<nth>第[一二三四五1-5]|最[后末])(?:一)?个?(?:周"
        rf"|星期|礼拜)(?P<wd>[一二三四五六日天])"
    ),
)
def month_weekday(match: re.Match[str]) -> Answer:
    nth = -1 if match["nth"][0] == "最" else _number(match["nth"][1])
    by = f"BYMONTH={_number(match['m'])};BYDAY={nth}{_WEEKDAYS[match['wd']]}"
    return "recur" if match["every"] else "date", rrule(f"FREQ=YEARLY;{by}")


@rule(
    "month-week",
    _STARTS,
    (
        rf"{_NOT_NUMBER}{PREFIX}(?P<m>{MONTH})月份?的?(?P<nth>第[一二三四1-4]|最后一)个?(?:周"
        rf"|星期)(?![一二三四五六日天])"
    ),
)
def month_week(match: re.Match[str]) -> Answer:
    base, at = base_year(match), _number(match["m"])
    last = last_day(at, base)
    first = last - 6 if match["nth"][0] == "最" else _number(match["nth"][1]) * 7 - 6
    return "window", window(Day(base, at, first), Day(base, at, min(first + 6, last)), approx=True)


@rule(
    "quarter",
    _STARTS + "第首前Qq",
    rf"{_BY}{PREFIX}(?:第(?P<a>[一二三四1-4])(?:(?:{RANGE}|{AND})第?(?P<b>[一二三四1-4]))?季度?|(?P<c>[一二三四1-4])"
    rf"(?:(?:{RANGE}|{AND})(?P<d>[一二三四1-4]))?季度|(?P<e>首)季度?|前三季度|[Qq](?P<g>[1-4]))(?P<part>["
    rf"初底末]|内)?{SUFFIX}",
)
def quarter(match: re.Match[str]) -> Answer:
    if match["c"] and not match["d"] and _COUNT.match(match.string, match.end()):
        return None
    base = base_year(match)
    start = _QUARTERS.get(match["a"] or match["c"] or match["e"] or match["g"] or "1", 1)
    final = _QUARTERS.get(match["b"] or match["d"] or "", start)
    if "前三季" in match[0]:
        final = 3
    first, last = Day(base, start * 3 - 2, 1), Day(base, final * 3, last_day(final * 3, base))
    if match["part"] in ("底", "末"):
        first = Day(base, final * 3, 1)
    elif match["part"] == "初":
        last = month_part(base, start * 3 - 2, "初")[1]
    return _around(first, last, match)


@rule("half", _STARTS + "前后", rf"{_BY}{PREFIX}(?P<half>[上下前后])半年(?!度?工作总结){SUFFIX}")
def half(match: re.Match[str]) -> Answer:
    base, (start, final) = base_year(match), _HALVES[match["half"]]
    return _around(Day(base, start, 1), Day(base, final, last_day(final, base)), match)


@rule(
    "year-part",
    _STARTS + "年岁底全",
    rf"{_BY}(?:{PREFIX}(?:(?<=[年度的])|(?<![一二三四五六七八九十两几半\d多近成常青少往])(?=[年岁]))"
    rf"(?P<part>年?[初中](?=[,。;)、前后至]|年|完成|组织|开展|召开)|[年岁][底末终]|年?底(?=[前,。;)完])"
    rf"|年(?:度)?内|(?<=[年度])内){SUFFIX}|(?P<whole>全年度?(?!龄|账|帐|总结|工作总结)))",
)
def year_part(match: re.Match[str]) -> Answer:
    if match["whole"]:
        return "window", window("Y-01-01", "Y-12-31")
    base, part = base_year(match), match["part"]
    if part.endswith("初"):
        return _around(Day(base, 1, 1), Day(base, 1, 31), match)
    if part.endswith("中"):
        return _around(Day(base, 6, 1), Day(base, 6, 30), match)
    if part.endswith("内"):
        return "window", window(Day(base, 1, 1), Day(base, 12, 31))
    if not match["suffix"]:
        return "deadline", window(None, Day(base, 12, 31))
    return _around(Day(base, 12, 1), Day(base, 12, 31), match)


@rule(
    "year",
    _STARTS,
    rf"{_NOT_NUMBER}(?:(?P<year>{YEAR})(?:年度?)?(?:{RANGE}(?P<year2>{YEAR}))?(?:学年度?"
    rf"|年度?)|(?P<near>{RELATIVE_YEAR}))"
    r"(?P<suffix>以前|之前|前(?![往期])|以后|之后|起)?(?![级龄轻纪来])",
)
def year(match: re.Match[str]) -> Answer:
    written = match["year"]
    if (
        written
        and len(written) < 4
        and not re.search(r"[xX×*_○□民]", written)
        and "年度" not in match[0]
        and "学年" not in match[0]
    ):
        return None
    base = near_year(match["near"]) if match["near"] else base_year(match)
    suffix = match["suffix"] or ""
    if suffix in ("以前", "之前", "前"):
        return "window", window(None, f"{shift(base, -1)}-12-31")
    if suffix:
        return "window", window(f"{base if suffix == '起' else shift(base, 1)}-01-01", None)
    if match["year2"]:
        number = year_number(match["year2"])
        return "year-ref", {"type": "yearref", "value": f"{base}..{'Y2' if number is None else number}"}
    return "year-ref", {"type": "yearref", "value": base}


@rule(
    "from-now",
    "自从即本印发公",
    (
        rf"(?:自|从)?(?:即日|本方案印发之日|印发之日|发布之日|公布之日)(?:起|开始)(?:至(?P<m>{MONTH})月(?:(?P"
        rf"<d>{DAY})[日号]|(?P<part>[底末])))?"
    ),
)
def from_now(match: re.Match[str]) -> Answer:
    if not match["m"]:
        return "window", window("ISSUE", None)
    _, last = month_part("Y", _number(match["m"]), match["part"])
    return "window", window("ISSUE", Day("Y", last.month, _number(match["d"])) if match["d"] else last)


@rule(
    "blank-date",
    "_xX×*○□ 年",
    (
        r"(?:[_xX×*○□]{2,4}年)?(?:[_xX×*○□]{1,6}|[ ]{1,6}(?=月))月(?:[_xX×*○□]{1,6}|[ ]{1,6}(?=日))日"
        r"|年[ ]{1,8}月[ ]{0,8}日"
    ),
)
def blank_date(match: re.Match[str]) -> Answer:
    return "blank", {"type": "blank", "value": "date"}


RULES: tuple[Rule, ...] = (
    dotted_months,
    day_list,
    span,
    day,
    iso_day,
    month_list,
    month_weekday,
    month_week,
    month,
    quarter,
    half,
    year_part,
    year,
    from_now,
    blank_date,
)
