"""Dates in the normal form: a base year (`Y`, `Y+1`, `*`, `2026`) with month and day, and the pieces to match them."""

import re
from calendar import monthrange
from dataclasses import dataclass

from ..numerals import to_int

MASK = r"(?:[xX×*_○□◯]{1,6}|\.{2,4})"
RANGE = r"(?:-|~|至|到|—{1,2})"
AND = r"(?:[、,及和与]|以及)"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
DIGIT_YEAR = r"[12〇零二][\d〇零一二三四五六七八九]{3}"
YEAR = rf"(?:(?:民国)?1[0-3]\d|{DIGIT_YEAR}|20{MASK}|2{MASK}|民国[一二三四五六七八九十〇零]{{2,5}})"
RELATIVE_YEAR = r"(?:今年度?|本年度?|当年度?|明年度?|次年|翌年|来年|下一?年度|去年度?|上一?年度)"
EVERY_YEAR = r"(?:每|各|历)(?:一)?年(?:度)?的?"
PREFIX = (
    rf"(?:(?:(?P<year>{YEAR})(?:年度?)?(?:{RANGE}(?P<year2>{YEAR}))?年(?:度)?的?)?"
    rf"(?P<every>{EVERY_YEAR})?|(?P<near>{RELATIVE_YEAR})的?)"
)
UNTIL = r"(?:(?:到期|届满)?(?:或?以前|或?之前|或?前(?![往期置台列沿端述任线进提来行言后夕])))"
AROUND = r"(?:前后|左右)"
FROM = r"(?:起(?![来草到步诉点])|开始|以来)"
AFTER = r"(?:以后|之后|后(?![勤期续台备方天]))"
DURING = r"(?:期间|之间|间(?!隔|歇)|以内|之内|内(?![部容外涝河控务蒙]))"
SUFFIX = rf"(?P<suffix>{AROUND}|{UNTIL}|{FROM}|{AFTER}|{DURING}|止|前夕)?"
PART = r"(?:[上中下]旬|上、?中旬|中、?下旬|[初底末]|中(?=[,。;)前后至到]))"
_TENTHS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "上中旬": (1, 20), "中下旬": (11, 31)}
_TENTHS |= {"上、中旬": (1, 20), "中、下旬": (11, 31)}
_POINTS = {"初": (1, 10), "中": (11, 20), "底": (0, 31), "末": (0, 31)}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a base year; `month` may lie beyond December, which is the next year."""

    base: str
    month: int
    day: int

    def __str__(self) -> str:
        year = shift(self.base, (self.month - 1) // 12)
        return f"{year}-{(self.month - 1) % 12 + 1:02}-{self.day:02}"


def shift(base: str, years: int) -> str:
    """The base year moved: Y → Y+1, Y+1 → Y, 2026 → 2027. Every year stays every year."""
    if not years or base == "*":
        return base if not years else "*+1" if years == 1 else base
    if base[0] != "Y":
        return str(int(base) + years)
    offset = int(base[1:] or 0) + years
    return f"Y{offset:+}" if offset else "Y"


def last_day(month: int, base: str) -> int:
    """The last day of a month; February has 28 days unless the year is known to have 29."""
    year = int(base) if base.isdigit() else 2023
    return monthrange(year, (month - 1) % 12 + 1)[1]


def year_number(written: str) -> int | None:
    """2026 for 2026, 二〇二六, 115 (Republic) or 民国115; None for a masked year."""
    digits = written.removeprefix("民国")
    if re.search(MASK, digits):
        return None
    number = to_int(digits)
    if number is None:
        return None
    return number + 1911 if number < 200 else number


def base_year(match: re.Match[str]) -> str:
    """The base year that PREFIX found: every year before anything else, then a written one."""
    found = match.groupdict()
    if found.get("every"):
        return "*"
    if found.get("near"):
        return near_year(found["near"])
    if found.get("year"):
        number = year_number(found["year"])
        return "Y" if number is None else str(number)
    return "Y"


def near_year(written: str) -> str:
    if written[0] in "今本当":
        return "Y"
    return "Y-1" if written[0] in "去上" else "Y+1"


def month_part(base: str, month: int, part: str | None) -> tuple[Day, Day]:
    """First and last day of a month, or of its 上旬, 中旬, 下旬, 初, 中, 底."""
    last = last_day(month, base)
    first, final = (_TENTHS | _POINTS).get(part or "", (1, 31))
    return Day(base, month, first or last), Day(base, month, min(final, last))
