"""Numbers that open a heading: 一、 (一) 1. ① 第三周 附件: … first on a line, or in an ascending run inside one."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from ..normal import Normal
from ..numerals import to_int

_CN = "[一二三四五六七八九十]{1,3}"
_N = rf"(?:\d{{1,2}}|{_CN})"
_CALLED = "任务|项目|行动|措施|专题|单元|专项|工程|目标|要点"
_RANGE = rf"{_N}(?:[-—~至到、]第?{_N})?"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"

_STYLES: dict[str, str] = {
    "annex": rf"(?:附(?:件|表|录|则)(?:{_N})?(?:[:.、]|(?=\s*$)|(?=[^,。;]{{1,24}}$))|(?:附注?|备注|注)[:])",
    "chapter": rf"第{_N}(?:章|编|部分|部)[、:.]?",
    "section": rf"第{_N}节(?!课|日)[、:.]?",
    "article": r"第(?:\d{1,3}|[一二三四五六七八九十百]{1,5})条[、:.]?",
    "stage": rf"第{_N}(?:阶段|步|步骤|轮)[、:.]?|(?:阶段|步骤){_N}[、:.]",
    "term": rf"(?:第?{_N}|[上下])学期[、:.]?",
    "quarter": rf"(?:第{_RANGE}季度?|{_N}季度)[、:.]?|[上下]半年(?::|(?=[ \t]*$))",
    "month": rf"(?:20\d\d年)?(?:\d{{1,2}}、\d{{1,2}}月份?(?=:|[ \t]*$)|{_CN}、{_CN}月份?"
    rf"|{_N}(?:(?:月份?)?[-—~至到]{_N}|月份?、{_N})?月份?)"
    rf"[、:.]?(?!{_N}[日号]|[上中下]旬|[底初末前])",
    "week": rf"第{_RANGE}(?:教学)?(?:周|星期)[、:.]?",
    "weekday": r"(?:周|星期|礼拜)[一二三四五六日天](?:[、和及至—-](?:周|星期|礼拜)?[一二三四五六日天])?"
    r"(?::|(?=[ \t]*$))",
    "called": rf"(?:{_CALLED}){_N}[:、.]",
    "nth": rf"第{_CN}(?:、|(?=,)|:)",
    "ord": rf"其{_CN}(?:、|:|(?=,)|是)",
    "turn": r"(?:首先|其次|再次|再者|然后|最后)(?:、|:|(?=,)|(?=[㐀-鿿]))",
    "capital": r"[壹贰叁参肆伍陆柒捌玖拾]{1,2}[、.．:]",
    "cn": rf"{_CN}[、.．:](?!{_CN}(?:年级|季度|楼|栋|班|期|级))",
    "cnparen": rf"\({_CN}\)[、.:]?|[㈠-㈩][、.．]?|{_CN}\)[、.．]?",
    "stem": rf"[{_STEMS}][、.]",
    "stemparen": rf"\([{_STEMS}]\)[、.．]?",
    "decimal": r"\d{1,2}(?:[.．]\d{1,2}){1,3}[、.．]?(?![\d万亿%/]|月(?![度报例考评]))",
    "num": r"\d{1,2}(?:、|．|\.(?!\d)|\.(?=\d{1,2}月|20\d\d年)|,(?=[㐀-鿿]))|[⒈-⒛]",
    "paren": r"\(\d{1,2}\)[、.:]?|[⑴-⒇][、.．]?",
    "half": r"\d{1,2}\)[、.．]?",
    "bracket": rf"\[{_N}\]|〔{_N}〕|【{_N}】",
    "circle": r"[①-⑳❶-❿][、.．]?",
    "upper": r"[A-Z](?:[．、)]|\.(?![A-Za-z.\d]))",
    "upperparen": r"\([A-Z]\)[、.．]?",
    "lower": r"[a-z](?:[．、)]|\.(?![A-Za-z.\d]))",
    "lowerparen": r"\([a-z]\)[、.．]?",
    "roman": rf"[{_ROMAN}][、.．]?|[IVX]{{2,4}}[.．、)]",
    "romanparen": rf"\([{_ROMAN}]\)[、.．]?|\([IVX]{{2,4}}\)[、.．]?",
    "smallroman": r"[ⅰ-ⅻ][、.．]?|[ivx]{2,4}[.．、)]",
    "smallromanparen": r"\([ⅰ-ⅻ]\)[、.．]?|\([ivx]{2,4}\)[、.．]?",
    "shi": rf"{_CN}是",
    "cnrow": rf"{_CN}(?=[ ]?[\t|][^\n\t|]+[\t|][^\n\t|]+)",
    "cnbare": rf"{_CN}(?=[ \t]{{0,3}}[㐀-鿿])(?![ \t]{{0,3}}[年月日周个名次岁时分户人家只处条栋楼天季期种项级班点是])",
    "row": r"\d{1,2}(?=[ ]?[\t|])",
    "bare": r"\d{1,2}(?=[ ]{0,3}[㐀-鿿])(?![ ]{0,3}[年月日周个号名次岁时分元度米户人家只处条栋楼天季期种项级班点])",
}
_NAMED = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _STYLES.items())
_FIRST = re.compile(rf"^(?:[ \t>#|*•·●◆■]{{0,16}})(?:{_NAMED})", re.MULTILINE)
_LETTERS = {"upper": "roman", "upperparen": "romanparen", "lower": "smallroman", "lowerparen": "smallromanparen"}
_ROMAN_LETTERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_ROMAN_VALUES = {letters: value for value, letters in enumerate(_ROMAN_LETTERS, start=1)}
_TURNS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "然后": 3, "最后": 4}
_RUNNING = (
    *("cn", "cnparen", "capital", "num", "paren", "half", "circle", "shi", "nth", "ord", "turn"),
    *("lowerparen", "upperparen", "smallromanparen"),
)
_INLINE = re.compile(
    "(?<=[。;:!?、,.)])[ \t]{0,4}(?:"
    + "|".join(f"(?P<{name}>{_STYLES[name]})" for name in _RUNNING)
    + ")|(?<=[,、])(?P<circle2>[①-⑳])"
)
_WEAK = frozenset(
    {
        *("stage", "term", "quarter", "month", "week", "weekday", "decimal", "roman", "romanparen", "smallroman"),
        *("smallromanparen", "upper", "upperparen", "lower", "lowerparen", "shi", "nth", "ord", "turn", "called"),
        *("row", "bare", "cnbare", "stem", "bracket"),
    }
)
_COUNTED = "元年月日号"  # 4.22日 and 3.5元 count something, 2.1 日常保洁 heads a passage: there the source has a gap
_NEEDS_GAP = frozenset({"bare", "cnbare", "month", "week", "quarter"})
_HEADS_TIME = re.compile(r"[^㐀-鿿,]|$|(?:工作|重点|安排|任务|计划|主题|活动)|[㐀-鿿]{1,10}[ \t]*(?:\n|$)")
_DATE_LIST = re.compile(r"\d{1,2}、\d{1,2}(?:[、,]\d{1,2})?(?:[月日号楼栋]|年级|季度)")
_STOPS = "。;:!?"
_IN_COMMAS = frozenset({"paren", "circle", "lowerparen", "smallromanparen"})


@dataclass(frozen=True, slots=True)
class Marker:
    """A number: normalised [start, end), its glyph class, its value and whether it stands inside a line."""

    style: str
    value: int
    start: int
    end: int
    inline: bool = False
    path: tuple[int, ...] = ()
    letter: str = ""


def find_markers(normal: Normal, start: int, end: int) -> list[Marker]:
    """Every number that opens a heading in normalised [start, end), in the order of the text."""
    first = [_marker(match) for match in _FIRST.finditer(normal.text, start, end)]
    first = [marker for marker in first if not _counts(normal, marker)]
    first = _letters(_numbers(normal.text, first))
    first = _believable([m for m in first if m.style not in _NEEDS_GAP or _spaced(normal, m) or _heads(normal.text, m)])
    return sorted(first + _inline(normal.text, first, start, end), key=lambda marker: marker.start)


def _numbers(text: str, markers: list[Marker]) -> list[Marker]:
    """Without 3、4月…: a list of dates, unless the number carries on a count (2、6月5日… after 1、) or opens one."""
    kept: list[Marker] = []
    last = 0
    following = _following(markers)
    for marker, after in zip(markers, following, strict=True):
        if marker.style == "num":
            counts = marker.value == last + 1 or (marker.value == 1 and after == 2)
            if not counts and _DATE_LIST.match(text, marker.start):
                continue
            last = marker.value
        kept.append(marker)
    return kept


def _letters(markers: list[Marker]) -> list[Marker]:
    """(i) is the ninth letter after (h), else the first of (i) (ii) (iii); so with I, V and X."""
    last: dict[str, int] = {}
    done = []
    for marker in markers:
        roman = _LETTERS.get(marker.style, "")
        value = _ROMAN_VALUES.get(marker.letter.upper(), 0) if roman else 0
        if value and (value == last.get(roman, 0) + 1 or value == 1) and marker.value != last.get(marker.style, 0) + 1:
            marker = replace(marker, style=roman, value=value)  # noqa: PLW2901  the same number, read anew
        last[marker.style] = marker.value
        done.append(marker)
    return done


def _marker(match: re.Match[str], inline: bool = False) -> Marker:
    style = (match.lastgroup or "").rstrip("2")
    style = "row" if style == "cnrow" else style
    written = match[match.lastgroup or 0]
    begin = match.start(match.lastgroup or 0)
    path = tuple(int(part) for part in re.findall(r"\d+", written)) if style == "decimal" else ()
    name = f"decimal{len(path)}" if path else style
    letter = written.strip("(). ．、") if style in _LETTERS else ""
    return Marker(name, path[-1] if path else _value(style, written), begin, match.end(), inline, path, letter)


def _value(style: str, written: str) -> int:
    char = next((c for c in written if c.isalnum() or "❶" <= c <= "❿"), "")
    own = _OWN_VALUES.get(style)
    if own is not None:
        return own(written)
    if style in _LETTERS:
        return ord(char.lower()) - 96
    if style == "quarter" and "半年" in written:
        return 1 if written[0] == "上" else 3
    for base in "①⑴⒈㈠❶":
        if char and 0 <= ord(char) - ord(base) < 20:
            return ord(char) - ord(base) + 1
    found = re.search(
        r"\d+|[一二三四五六七八九十百壹贰叁参肆伍陆柒捌玖拾]+",
        written.removeprefix("20") if style == "month" else written,
    )
    return (to_int(found[0]) or 0) if found else 1


def _roman(written: str) -> int:
    letters = written.strip("(). ．、")
    for glyphs in (_ROMAN, _ROMAN.lower()):
        if letters in glyphs:
            return glyphs.index(letters) + 1
    return _ROMAN_VALUES.get(letters.upper(), 0)


_OWN_VALUES: dict[str, Callable[[str], int]] = {
    "stem": lambda written: _STEMS.index(written[0]) + 1,
    "stemparen": lambda written: _STEMS.index(written[1]) + 1,
    "turn": lambda written: _TURNS[written[:2]],
    "weekday": lambda written: "一二三四五六日".index(re.sub("周|星期|礼拜", "", written)[0].replace("天", "日")) + 1,
    **dict.fromkeys(("roman", "romanparen", "smallroman", "smallromanparen"), _roman),
}


def _counts(normal: Normal, marker: Marker) -> bool:
    """A decimal number with what it counts right behind it."""
    return bool(marker.path) and normal.text[marker.end : marker.end + 1] in _COUNTED and not _spaced(normal, marker)


def _spaced(normal: Normal, marker: Marker) -> bool:
    """A bare number opens a heading only where the source has a gap after it."""
    after = normal.at[marker.end - 1] + 1
    return normal.source[after : after + 1].isspace()


def _heads(text: str, marker: Marker) -> bool:
    """三月份： and 三月份工作 head a passage; 3月为… and 第二周检查… begin a sentence."""
    if marker.style in ("bare", "cnbare"):
        return False
    return text[marker.end - 1] in "、:." or bool(_HEADS_TIME.match(text, marker.end))


def _believable(markers: list[Marker]) -> list[Marker]:
    """Drop numbers of the weaker classes that are not part of an ascending run: 3.12, 5月, a stray 甲、."""
    values: dict[str, list[int]] = defaultdict(list)
    for marker in markers:
        values[marker.style].append(marker.value)
    rising = {style for style, run in values.items() if _rises(run)}
    chains = _decimal_chains(m for m in markers if m.path)
    kept = []
    for marker in markers:
        weak = marker.style.rstrip("0123456789") in _WEAK
        if (marker.path and marker.path in chains) or (not marker.path and (not weak or marker.style in rising)):
            kept.append(marker)
    return kept


def _rises(run: list[int]) -> bool:
    return any(before < after <= before + 2 or (before, after) == (12, 1) for before, after in pairwise(run))


def _decimal_chains(markers: Iterable[Marker]) -> set[tuple[int, ...]]:
    """Decimal numbers that count up from .1; dates such as 3.12 and 4.22 do not."""
    good: set[tuple[int, ...]] = set()
    seen = Counter(marker.path for marker in markers)
    for path in sorted(seen):
        before = (*path[:-1], path[-1] - 1)
        if path[-1] == 1 or before in good:
            good.add(path)
    lone = {path for path in good if path[-1] == 1 and (*path[:-1], 2) not in good and len(path) == 2}
    return good - lone if len(good) > len(lone) else set()


def _inline(text: str, first: list[Marker], start: int, end: int) -> list[Marker]:
    """Numbers inside lines, kept only where they count up from 1 or on from the number that opens the line."""
    taken = {marker.start for marker in first}
    opens = {marker.end for marker in first}
    found = []
    for match in _INLINE.finditer(text, start, end):
        marker = _marker(match, inline=True)
        before = text[match.start() - 1]
        in_commas = before in ",、" and marker.style in _IN_COMMAS
        stands = before in _STOPS or in_commas or match.start() in opens or match.lastgroup in ("circle2",)
        if marker.start not in taken and stands:
            found.append(marker)
    if not found:
        return []
    found = _letters(found)
    kept: list[Marker] = []
    last: dict[str, int] = {}
    line_end = -1
    merged = sorted(first + found, key=lambda marker: marker.start)
    following = _following(merged)
    for index, marker in enumerate(merged):
        if marker.start > line_end:
            line_end = text.find("\n", marker.start)
            line_end = end if line_end < 0 else line_end
            last = {}
        if not marker.inline:
            last = {marker.style: marker.value}
        elif _counts_up(marker, last.get(marker.style, 0), following[index]):
            last[marker.style] = marker.value
            kept.append(marker)
    return kept


def _counts_up(marker: Marker, before: int, after: int) -> bool:
    if marker.style == "turn":  # 首先 … 最后: with or without 其次 and 再次 between them
        return marker.value > before if before else marker.value == 1 and after > 1
    return marker.value == before + 1 and (marker.value > 1 or after == 2)


def _following(markers: list[Marker]) -> list[int]:
    """For each marker the value of the next one of its class."""
    nexts: dict[str, int] = {}
    values = []
    for marker in reversed(markers):
        values.append(nexts.get(marker.style, 0))
        nexts[marker.style] = marker.value
    return values[::-1]
