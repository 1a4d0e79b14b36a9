"""Times that hang on an event or on the clock: 24小时内, 清洗前三天, 提前7天, 三年内, 上午9:00-10:00."""

import re

from ..numerals import to_int
from .dates import RANGE
from .found import Answer, Rule, rule, window

_NUMERALS = "0123456789一二两三四五六七八九十半"
_N = r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})"
_UNIT = r"(?:个?小时|分钟|个?工作[日天]|个?月|个?星期|周|天|日|个?季度|年)"
_CODES = {
    "小时": ("PT", "H"),
    "分钟": ("PT", "M"),
    "工作日": ("P", "WD"),
    "工作天": ("P", "WD"),
    "月": ("P", "M"),
    "星期": ("P", "W"),
    "周": ("P", "W"),
}
_INSIDE = r"(?:之内|以内|内(?![部容外涝河控务]))"


def duration(count: str, unit: str) -> str:
    """ISO 8601, with WD for working days: P3D, PT24H, P5WD."""
    unit = unit.removeprefix("个")
    number: int | str = to_int(count) or 0
    if count == "半":
        halves = {"天": "PT12H", "日": "PT12H", "年": "P6M", "月": "P15D", "小时": "PT30M"}
        return halves.get(unit, "P1D")
    if unit == "季度":
        return f"P{int(number) * 3}M"
    before, after = _CODES.get(unit, ("P", "Y" if unit == "年" else "D"))
    return f"{before}{number}{after}"


_BARRED = "提以之每最年月日周个向靠朝目今往空"


def _event_start(text: str, position: int) -> int:
    """Where the event before 前 or 后 begins: after a stop at most six characters back, else two characters back."""
    start = position
    while start > 0 and position - start <= 6 and "\u3400" <= text[start - 1] <= "\u9fff":
        start -= 1
    return start if position - start <= 6 else position - 2


@rule(
    "around-event",
    "前后起之以",
    (
        rf"(?:之日)?(?P<side>之?前|之?后|起|以后)(?:的)?(?P<n>{_N})(?P<unit>{_UNIT})(?P<inside>{_INSIDE})?(?!"
        rf"一次|[1一]遍)"
    ),
    back=_event_start,
)
def around_event(match: re.Match[str]) -> Answer:
    start = _event_start(match.string, match.start())
    event = match.string[start : match.start()]
    if (
        not event
        or event[-1] in _BARRED
        or (len(event) == 2 and not match["inside"] and start and _han(match.string[start - 1]))
    ):
        return None
    length = duration(match["n"], match["unit"])
    side = "before" if "前" in match["side"] else "after"
    return "relative", {"type": "rel", "value": f"{side}({event},{length})"}


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


@rule("ahead", "提", rf"提前(?:至少|不少于)?(?P<n>{_N})(?:至{_N})?(?P<unit>{_UNIT})")
def ahead(match: re.Match[str]) -> Answer:
    return "relative", {"type": "rel", "value": f"before({duration(match['n'], match['unit'])})"}


@rule(
    "days-before",
    _NUMERALS + "最至",
    rf"(?:最少|至少|最迟)?(?<![第每\d.年月前后])(?P<n>{_N})(?P<unit>{_UNIT})(?:以前|之前|前)(?![往期])",
)
def days_before(match: re.Match[str]) -> Answer:
    if match["unit"] in ("年", "月", "日"):
        return None
    return "relative", {"type": "rel", "value": f"before({duration(match['n'], match['unit'])})"}


@rule("within", _NUMERALS, rf"(?<![第每\d.年月])(?P<n>{_N})(?P<unit>{_UNIT}){_INSIDE}")
def within(match: re.Match[str]) -> Answer:
    count, unit = match["n"], match["unit"]
    if unit != "年":
        return "relative", {"type": "rel", "value": f"within({duration(count, unit)})"}
    if _forbids(match):
        return "exclusion", {"type": "duration", "value": duration(count, unit)}
    years = (to_int(count) or 1) - 1
    return "window", window("Y", f"Y+{years}" if years else "Y")


def _forbids(match: re.Match[str]) -> bool:
    """五年内不得…: a period of exclusion, not one to work in."""
    return bool(
        re.match(
            r"[^,。;]{0,4}(?:不得|不再|不重复|不予|不能|禁止|免|累计|连续|两次|[二三]次)",
            match.string[match.end() : match.end() + 10],
        )
    )


_CLOCK = r"(?:\d{1,2}:\d{2}|(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|时(?![间期段候代常]))(?:半|\d{1,2}分)?)"
_HALF_DAY = "(?:早上|上、?下午|上午|下午|晚上|中午|傍晚|凌晨|清晨|早晨|晚间|夜间|早、?中、?晚|早、?午、?晚|早、?晚)"
_MOMENT = (
    "(?:[早午晚]膳|[早午晚中]餐|[早午晚]饭|放学|上学|上课|下课|上班|下班|开市|收市|开门|收摊|营业|开店|打烊|课间|午休|早读)"
    "(?:之?[前后]|期间|时段?|(?<=间)|(?<=休)|(?<=读))"
)


@rule(
    "clock",
    _NUMERALS + "早上下晚中傍凌清夜",
    (
        rf"(?<![\d.:几小多同及]){_HALF_DAY}?(?P<a>{_CLOCK})(?:{RANGE}{_HALF_DAY}?(?P<b>{_CLOCK}))?(?:以?前"
        rf"|之前|左右)?(?![\d:])"
    ),
)
def clock(match: re.Match[str]) -> Answer:
    if not match["b"] and not re.search(r"\d:\d\d|[早上下晚中]", match[0]):
        return "half-day", {"type": "time", "value": match[0]}
    return "timeofday", {"type": "time", "value": match[0]}


@rule("half-day", "早上下晚中傍凌清夜午放开收营打课", rf"{_MOMENT}|{_HALF_DAY}")
def half_day(match: re.Match[str]) -> Answer:
    return "half-day", {"type": "time", "value": match[0]}


RULES: tuple[Rule, ...] = (around_event, ahead, days_before, within, clock, half_day)
