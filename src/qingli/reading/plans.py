"""Where the plans of one text begin and end, and what each is called, covers and leaves blank."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .expressions.dates import year_number
from .normal import Normal
from .numerals import to_int

_N = r"(?:\d{1,5}|[一二三四五六七八九十百]{1,4})"
_NUMBERED = re.compile(
    rf"^[ \t>#*【\[(《]{{0,6}}(?P<title>[^\n。;]{{0,50}}?)(?:第(?P<a>{_N})篇|(?:篇|范文"
    rf"|方案|计划|样本)[ ]?(?P<b>{_N}))"
    r"(?:[ \t]*[】\])》:、.][^\n。;]{0,50})?[ \t]*$",
    re.MULTILINE,
)
_NOUN = (
    r"(?:计划书?|方案|安排表?|要点|规划|预案|意见|办法|任务表|工作表|行事历|计划表|日程表?"
    r"|工作思路|设想|清单|分解表)"
)
_TITLE = re.compile(
    rf"^[ \t#*《【]{{0,6}}(?P<title>[^\n。;:,!?|\t]{{2,44}}{_NOUN})[》】]?[ \t]*(?:\([^()\n]{{1,20}}\))?[ \t*]*$",
    re.MULTILINE,
)
_OPENING = re.compile(
    r"^[ \t]{0,8}(?:[(]?[一壹1][)、.]|[(]1[)]|第[一1][章条周部阶]|甲、|[①⑴㈠Ⅰ]|[AI][.、])", re.MULTILINE
)
_NOT_TITLE = re.compile(
    r"^[ \t]*(?:附(?:件|表|录)|第?[一二三四五六七八九十\d]{1,3}[、.)]|[(][一二三四五六七八九十\d]|[《“\"])"
)
_MASKED_YEAR = re.compile(r"(?:20[xX×*_○□◯]{1,4}|2[xX×*_]{1,3}(?=年)|[xX×*_]{2,4}(?=年))")
_YEAR = re.compile(
    r"(?<![\d〔\[(])(?:(?P<west>20\d\d|[二][〇零○][\d〇零一二三四五六七八九]{2})(?=[年度学~—\s至/-]"
    r"|$|[㐀-鿿])|(?P<roc>(?:民国)?1[0-3]\d)(?=年|学年|年度))"
)
_TERM = re.compile(r"(?:第([一二12])|([上下]))学期")
_HALF = re.compile(r"[上下]半年|全年")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_TITLE_LINES = 6
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Bounds:
    """A plan at normalised [start, end); its title ends at `title_end`."""

    start: int
    end: int
    title: str
    title_end: int


def split_plans(normal: Normal) -> list[Bounds]:
    """The plans of the text, in order. A text without any sign of several plans is one plan."""
    text = normal.text
    starts = _numbered_starts(text) or _titled_starts(text)
    if len(starts) < 2:
        starts = [_first_line(text, 0, len(text))]
    edges = [*starts, len(text)]
    plans = []
    for start, end in pairwise(edges):
        stop = end
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        plans.append(_bounds(normal, start, max(stop, start)))
    return plans


def _numbered_starts(text: str) -> list[int]:
    """Starts of 篇1, 第二篇, 【篇三】 … where they count up from one."""
    starts: list[int] = []
    expected = 1
    for match in _NUMBERED.finditer(text):
        number = to_int(match["a"] or match["b"] or "")
        if number == expected or (starts and number == expected + 1):
            starts.append(match.start())
            expected = number + 1
    return starts if len(starts) > 1 else []


def _titled_starts(text: str) -> list[int]:
    """Starts at lines that read like a title and are each followed by a numbering that starts anew."""
    titles = [
        match
        for match in _TITLE.finditer(text)
        if not _NOT_TITLE.match(match[0]) and _stands_alone(text, match.start())
    ]
    if len(titles) < 2:
        return []
    openings = [match.start() for match in _OPENING.finditer(text)]
    starts: list[int] = []
    for index, title in enumerate(titles):
        following = titles[index + 1].start() if index + 1 < len(titles) else len(text)
        if any(title.end() < opening < following for opening in _between(openings, title.end(), following)):
            starts.append(title.start())
    return starts


def _between(numbers: Sequence[int], low: int, high: int) -> Sequence[int]:
    return numbers[bisect_left(numbers, low) : bisect_left(numbers, high)][:1]


def _stands_alone(text: str, position: int) -> bool:
    """First line of the text, or after an empty line or a ruler."""
    before = text[max(0, position - 80) : position].rstrip(" \t")
    return not before.strip() or before.endswith("\n\n") or bool(re.search(r"\n[ \t]*[-=—*_#]{3,}[ \t]*\n$", before))


def _first_line(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _bounds(normal: Normal, start: int, end: int) -> Bounds:
    """The title: of the first lines the one that names a plan, with the lines above it when they are short."""
    text, at = normal.text, start
    lines: list[tuple[int, int]] = []
    while at < end and len(lines) < _TITLE_LINES:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            lines.append((at, stop))
        at = stop + 1
    for index, (first, stop) in enumerate(lines):
        line = text[first:stop].strip()
        if re.match(r"附(?:件|表|录)", line):
            continue
        if len(line) > _LONGEST_TITLE or line.endswith(("。", ";", ":")) or (index and _OPENING.match(line)):
            break
        if re.search(_NOUN, line):
            begin = lines[0][0] if index and all(b - a <= 30 for a, b in lines[:index]) else first
            return Bounds(start, end, _written(normal, begin, stop), stop)
    if (
        lines
        and lines[0][1] - lines[0][0] <= _LONGEST_TITLE
        and not text[lines[0][0] : lines[0][1]].strip().endswith(("。", ";"))
    ):
        return Bounds(start, end, _written(normal, *lines[0]), lines[0][1])
    return Bounds(start, end, "", start)


def _written(normal: Normal, start: int, end: int) -> str:
    return " ".join(normal.surface(start, end).split()).strip("#*《》 ")


def plan_year(text: str, plan: Bounds) -> int | None:
    """The year the plan is for: from its title, else from its first sentences; None where it is masked or missing."""
    for start, end in ((plan.start, plan.title_end), (plan.title_end, min(plan.end, plan.title_end + 400))):
        masked, written = _MASKED_YEAR.search(text, start, end), _YEAR.search(text, start, end)
        if masked and (written is None or masked.start() < written.start()):
            return None
        if written:
            return year_number(written["west"] or written["roc"])
    return None


def period(text: str, plan: Bounds, year: int | None) -> tuple[str, str] | None:
    """The half-year, quarter or year that the title names, as first and last day."""
    base = "Y" if year is None else str(year)
    title = text[plan.start : plan.title_end]
    quarter, half = _QUARTER.search(title), _HALF.search(title)
    if "学年" in title:
        return _school_period(title, year)
    if half and half[0] != "全年":
        return (f"{base}-01-01", f"{base}-06-30") if half[0][0] == "上" else (f"{base}-07-01", f"{base}-12-31")
    if quarter:
        number = to_int(quarter[1]) or 1
        last = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}[number]
        return f"{base}-{number * 3 - 2:02}-01", f"{base}-{last}"
    if half or re.search(r"年度?", title):
        return f"{base}-01-01", f"{base}-12-31"
    return None


def _school_period(title: str, year: int | None) -> tuple[str, str]:
    """A term of the school year, or the whole of it."""
    base, following = ("Y", "Y+1") if year is None else (str(year), str(year + 1))
    term = _TERM.search(title)
    if term is None:
        return f"{base}-09-01", f"{following}-08-31"
    if (term[1] or term[2]) in "一1上":
        return f"{base}-09-01", f"{following}-01-31"
    return f"{following}-02-01", f"{following}-07-31"
