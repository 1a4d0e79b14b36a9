"""Named days and stretches: 4.22地球日, 中秋, 冬至, 台风季前, 春、秋两季, 农历八月十五, 第三周."""

import re
from collections.abc import Iterable
from typing import Any

from ..numerals import to_int
from . import festivals as names
from .dates import DAY, MONTH, RANGE, Day, last_day, shift
from .found import Answer, Rule, firsts, rule, window

_NUMERALS = '“"0123456789一二三四五六七八九十'
_LUNAR = '农阴旧夏逢年大每正冬腊闰初一二三四五六七八九十“"'
_ORIGINS = '“"国世全中联我'
_ORIGIN = "(?:国际|世界|全国|国家|中国|全球|联合国|我国)?"
_ORIGIN_BEFORE = re.compile('[“"]?(?:国际|世界|全国|国家|中国|全球|联合国|我国)')
_HAN = re.compile("[㐀-鿿]")
_BEFORE_NAMES = "在于和与及以合用绕助展办行到过迎的年逢是日节值天对抓等前后届球织庆区村镇个"
_WEEK_TOPICS = "节科垃推民食防环森公网职爱低绿水生安全"
_ABOUT = (
    r"(?P<about>来临之际|来临之?前|到来之?前|前后|前夕|期间|当[天日周]|之际|之前|前(?![往期])"
    r"|到来之际|之后|过后|后(?![勤期续山]))?"
)
_NUMBER_DATE = (
    rf"(?:(?P<m>{MONTH})(?:[.·•/]|月)(?P<d>{DAY})[日号]?|(?P<word>六·?五|四·?二二|三·?一二"
    rf"|三·?五|五·?一二|一一九|119|三·?八|六·?一|五·?四|五·?一))"
)
_SEASON_MONTHS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}
_PLAIN_SEASONS = (
    "主汛期|防汛期|汛期|台风季节?|雨季|旱季|梅雨季节?|黄梅天|生长季节?|生长期|采暖[季期]"
    "|供暖[季期]|登革热流行[季期]|流行季节?|"
    "高温季节?|高温期|蚊虫孳生季节?|蚊蝇孳生季节?|森林防火期|防火期|农忙季节?|旅游旺季"
    "|三伏天?|数九寒?天|寒暑假期?|暑假|寒假|暑期|春假|秋假|花期|落叶期|枯水期|丰水期|采收期"
)


def _longest(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _month_day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    return int(month), int(day)


def _is_own_name(match: re.Match[str]) -> bool:
    """校园清洁日, 作为环境日: a day that the plan names itself, or a plain word without 世界 or a date before it."""
    text, name, start = match.string, match["name"], match.start()
    origin = _ORIGIN_BEFORE.match(text, start)
    if not name.endswith(("日", "月")) or origin or match.groupdict().get("m") or match.groupdict().get("word"):
        return False
    before = text[max(0, start - 2) : start].rstrip('“"')
    if before.endswith(("为", "作", "设立", "设")):
        return True
    return name in names.PLAIN_WORDS or (_HAN.fullmatch(before[-1:]) is not None and before[-1] not in _BEFORE_NAMES)


def _about(match: re.Match[str], norm: dict[str, Any]) -> Answer:
    """A named day, or what lies before or after it."""
    about = match["about"] or ""
    if about in ("前后", "前夕"):
        return "festival", norm | {"approx": True}
    side = "before" if about.endswith("前") else "after" if about.endswith("后") else ""
    if not side:
        return "festival", norm
    kind = "deadline" if side == "before" else "window"
    if norm["type"] == "date":
        day = norm["value"][0]
        return kind, window(None, day) if side == "before" else window(day, None)
    return kind, norm | {"value": f"{side}({norm['value']})"}


@rule(
    "named-day",
    _ORIGINS + _NUMERALS + firsts(names.FIXED_DATES),
    (
        rf"(?:[“\"]?{_NUMBER_DATE}[”\"]?的?[“\"]?)?{_ORIGIN}(?P<name>{_longest(names.FIXED_DATES)})(?!奖"
        rf"|路|街|先进|广场|小学|中学|红旗手)[”\"]?(?:假期|小?长假|黄金周)?{_ABOUT}"
    ),
)
def named_day(match: re.Match[str]) -> Answer:
    if _is_own_name(match):
        return None
    usual = names.FIXED_DATES[match["name"]]
    day = _month_day(usual)
    if match["m"] and to_int(match["m"]) and to_int(match["d"]):
        day = (to_int(match["m"]) or 1, to_int(match["d"]) or 1)
    norm: dict[str, Any] = {"type": "date", "value": [str(Day("Y", *day))]}
    if match["name"] in names.STATUTORY and not match["m"]:
        norm = {"type": "holiday", "value": match["name"]}
    answer = _about(match, norm)
    other_date = None if match["m"] else names.ALTERNATIVES.get(match["name"])
    if answer and other_date:
        return answer[0], answer[1], ({"type": "date", "value": [f"Y-{other_date}"]},)
    return answer


@rule(
    "dated-day",
    _NUMERALS,
    (
        rf"[“\"]?(?P<m>{MONTH})(?:[.·•/]|月)(?P<d>{DAY})[日号]?[”\"]?的?[“\"]?(?P<name>(?:(?![和与及]"
        rf"|纪念)[㐀-鿿]){{2,9}}?(?:日|节))[”\"]?(?=[,。;、)”等活主宣前期和与及]|$){_ABOUT}"
    ),
)
def dated_day(match: re.Match[str]) -> Answer:
    day = Day("Y", to_int(match["m"]) or 1, to_int(match["d"]) or 1)
    if day.day > last_day(day.month, "2024"):
        return None
    return _about(match, {"type": "date", "value": [str(day)]})


@rule(
    "lunar-festival",
    _LUNAR + firsts(names.LUNAR_DATES),
    (
        rf"(?:(?:农历|阴历|旧历)?(?P<month>[正腊二三四五六七八九十]月)?(?P<day>初?[一二三四五六七八九十]{{1,3}}"
        rf"))?[“\"]?(?P<name>{_longest(names.LUNAR_DATES)})(?!联欢|晚会|运输)[”\"]?{_ABOUT}"
    ),
)
def lunar_festival(match: re.Match[str]) -> Answer:
    if match["day"] and not match["month"]:
        return None
    return _about(match, {"type": "lunar", "value": names.LUNAR_DATES[match["name"]]})


@rule(
    "lunar-date",
    _LUNAR,
    r"(?:(?:每逢|每|逢)(?=农历|阴历))?(?:(?P<calendar>农历|阴历|旧历|夏历)?(?:每月逢?|每?逢|(?<=历)(?=初|十五[,。、日;前]|十五$)|(?P<month>正|冬|腊|闰?[一二三四五六七八九十]{1,2})月)"
    r"(?P<days>初[一二三四五六七八九十]|[一二三四五六七八九十廿]{1,3})"
    r"(?P<more>(?:[、,及和至到](?:初[一二三四五六七八九十]|[一二三四五六七八九十廿]{1,3})){0,14})日?(?![月号个"
    r"]))" + _ABOUT,
)
def lunar_date(match: re.Match[str]) -> Answer:
    if not match["calendar"] and match["month"] not in ("正", "腊") and not match["days"].startswith("初"):
        return None
    month = {"正": 1, "冬": 11, "腊": 12}.get(match["month"] or "") or to_int((match["month"] or "").removeprefix("闰"))
    days = [
        to_int(day.removeprefix("初"))
        for day in [match["days"], *re.findall(r"[初一二三四五六七八九十廿]+", match["more"])]
    ]
    written = [f"{month:02}-{day:02}" if month else f"*-{day:02}" for day in days if day]
    if re.search("[至到]", match["more"]) and len(written) == 2:
        return "window", {"type": "lunar", "value": "..".join(written)}
    if len(written) != 1:
        return "date", {"type": "lunar", "value": written}
    answer = _about(match, {"type": "lunar", "value": written[0]})
    return ("date", answer[1]) if answer and answer[0] == "festival" else answer


@rule(
    "year-end-day",
    _LUNAR,
    r"(?:农历|阴历)?(?P<day>年(?:廿|二十)[一二三四五六七八九]|大?年三十)(?:晚|夜)?" + _ABOUT,
)
def year_end_day(match: re.Match[str]) -> Answer:
    day = to_int(match["day"].lstrip("大").removeprefix("年")) or 30
    return _about(match, {"type": "lunar", "value": f"12-{day:02}"})


@rule(
    "lunar-month",
    _LUNAR,
    (
        r"(?:农历|阴历)(?P<month>正|冬|腊|[一二三四五六七八九十]{1,2})月(?![初一二三四五六七八九十廿])"
        r"|正月(?=期间|里|,|。|、)|腊月(?=期间|里|,|。|、)"
    ),
)
def lunar_month(match: re.Match[str]) -> Answer:
    written = match["month"] or match[0][0]
    month = {"正": 1, "冬": 11, "腊": 12}.get(written) or to_int(written)
    return "window", {"type": "lunar", "value": f"{month:02}"}


@rule(
    "solar-term",
    firsts(names.TERMS),
    rf"(?P<name>{_longest(names.TERMS)})(?P<mark>节气|节)?(?!确|晰|白|显|了|楚|灾|天气|收集|管|口|井|篦){_ABOUT}",
)
def solar_term(match: re.Match[str]) -> Answer:
    name = match["name"]
    if name in names.WEATHER_TERMS and not (match["mark"] or match["about"]):
        return None
    return _about(match, {"type": "solarterm", "value": name})


@rule(
    "ruled-day",
    _ORIGINS + firsts(names.RULED_DAYS),
    rf"[“\"]?{_ORIGIN}(?P<name>{_longest(names.RULED_DAYS)})[”\"]?{_ABOUT}",
)
def ruled_day(match: re.Match[str]) -> Answer:
    if _is_own_name(match):
        return None
    return _about(match, {"type": "rrule", "value": names.RULED_DAYS[match["name"]]})


@rule(
    "announced-day", _ORIGINS + firsts(names.ANNOUNCED), rf"(?P<name>{_ORIGIN}(?:{_longest(names.ANNOUNCED)})){_ABOUT}"
)
def announced_day(match: re.Match[str]) -> Answer:
    if _is_own_name(match):
        return None
    return _about(match, {"type": "holiday", "value": match["name"]})


@rule(
    "named-week",
    "国全世中城" + _WEEK_TOPICS,
    (
        rf"(?P<name>{_ORIGIN}(?:城市)?[{_WEEK_TOPICS}](?:(?![每一两二三四五六七八九十第])[㐀-鿿]){{1,7}}?(?:宣传|活动|清洁"
        rf"|环保|教育|服务|节水|营养|科普|推广)周(?![年边转末一二三四五六日天至]|期(?!间))|中国水周|国家清洁周|世界水周){_ABOUT}"
    ),
)
def named_week(match: re.Match[str]) -> Answer:
    return _about(match, {"type": "weekof", "value": match["name"]})


@rule(
    "named-month",
    _ORIGINS + firsts(names.NAMED_MONTHS),
    rf"[“\"]?{_ORIGIN}(?P<name>{_longest(names.NAMED_MONTHS)})[”\"]?{_ABOUT}",
)
def named_month(match: re.Match[str]) -> Answer:
    if _is_own_name(match):
        return None
    month = names.NAMED_MONTHS[match["name"]]
    return "festival", window(Day("Y", month, 1), Day("Y", month, last_day(month, "Y")))


@rule(
    "holidays",
    "每逢各重节传" + firsts(names.HOLIDAYS),
    (
        rf"(?:(?:每逢|逢|各类|各种|各个|每个)?(?P<name>{_longest(names.HOLIDAYS)})|(?:逢|每逢)节(?:日)?"
        rf"|(?:重大|重要|传统)?节日(?=期间|来临|前)){_ABOUT}"
    ),
)
def holidays(match: re.Match[str]) -> Answer:
    return _about(match, {"type": "holidays", "value": match["name"] or "节日"})


_NOT_A_NAME = r"(?![㐀-鿿]{0,4}(?:行动|攻势|战役|工程|计划|运动会|之声|之星)|[”\"])"


@rule(
    "season",
    "春夏秋冬",
    (
        rf"(?<![“《])(?P<a>[春夏秋冬])(?:(?P<sep>、|,|和|与|及|至|到|-|)(?P<b>[春夏秋冬]))?(?:(?:两|二)?季(?:节)?"
        rf"|天|(?<=。[春夏秋冬][春夏秋冬])(?=\n))(?P<about>来临前|来临之际|期间|前后|前|末|初"
        rf"|后)?{_NOT_A_NAME}"
    ),
)
def season(match: re.Match[str]) -> Answer:
    first, second = match["a"], match["b"]
    months = _SEASON_MONTHS[first]
    if match["about"] in ("前", "来临前"):
        return "deadline", {"type": "season", "value": f"before({match[0].removesuffix(match['about'])})"}
    if second and match["sep"] not in ("至", "到", "-"):
        return "window", {"type": "window", "parts": [_season(first), _season(second)]}
    last = _SEASON_MONTHS[second or first][1]
    return "window", window(Day("Y", months[0], 1), _end(months[0], last))


def _end(first: int, last: int) -> Day:
    last += 12 if last < first else 0
    return Day("Y", last, last_day(last, "Y"))


def _season(name: str) -> str:
    first, last = _SEASON_MONTHS[name]
    return f"{Day('Y', first, 1)}..{_end(first, last)}"


@rule(
    "plain-season",
    "入进" + firsts(_PLAIN_SEASONS.split("|")) + "春夏秋冬伏汛",
    (
        rf"(?<![“《])(?P<enter>入|进入)?(?P<name>{_PLAIN_SEASONS}|(?<=入)[春夏秋冬伏汛])(?P<about>来临之?前"
        rf"|到来之?前|之前|前(?!往)|期间|前后|结束[前后]|过后|后)?{_NOT_A_NAME}"
    ),
)
def plain_season(match: re.Match[str]) -> Answer:
    return _season_answer(match["name"], match["about"] or "")


@rule(
    "entering", "入汛", r"(?:入(?=[春夏秋冬伏汛梅])|(?=汛))(?P<name>[春夏秋冬伏汛梅])(?P<about>之?前|之?后|以来|前后)"
)
def entering(match: re.Match[str]) -> Answer:
    return _season_answer(match[0].removesuffix(match["about"]), match["about"])


def _season_answer(name: str, about: str) -> Answer:
    if about in ("前后", "期间", ""):
        return "window", {"type": "season", "value": name, **({"approx": True} if about == "前后" else {})}
    if about.endswith("前") and not about.startswith("结束"):
        return "deadline", {"type": "season", "value": f"before({name})"}
    if about == "结束前":
        return "deadline", {"type": "season", "value": f"by({name})"}
    return "window", {"type": "season", "value": f"after({name})"}


_NTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"


@rule(
    "school-week",
    "第开",
    (
        rf"(?:开学(?:后)?)?(?<![个月后])(?<!月的)第(?P<a>{_NTH})(?:(?:{RANGE}|(?P<list>(?:、第?{_NTH})*、))第?(?P<b>{_NTH}))?个?(?:教学"
        rf"|校历)?周(?P<before>以前|之前|前(?![往期后]))?(?!年|岁|期|[一二三四五六日天](?!次))"
        rf"|开学(?P<first>首周|当天|首日|第一天|初|前后|前)"
    ),
)
def school_week(match: re.Match[str]) -> Answer:
    if match["first"]:
        before = match["first"] == "前"
        return ("deadline" if before else "window"), {"type": "semesterweek", "value": "before(1)" if before else 1}
    first, last = to_int(match["a"]) or 0, to_int(match["b"] or "") or 0
    if match["list"]:
        listed = [to_int(found) or 0 for found in re.findall(_NTH, match["list"])]
        return "window", {"type": "semesterweek", "value": [first, *listed, last]}
    if match["before"]:
        return "deadline", {"type": "semesterweek", "value": f"before({last or first})"}
    return "window", {"type": "semesterweek", "value": list(range(first, last + 1)) if last > first else first}


@rule(
    "school-term",
    "第上下新本秋春学期",
    (
        r"(?P<name>(?:第[一二12]|[上下新本秋春])学期|学期|学年|期)(?P<edge>初|中|末|结束前"
        r"|开始前|结束时|前半段|后半段|考试?前后)(?!期|考)"
    ),
)
def school_term(match: re.Match[str]) -> Answer:
    if match["name"] == "期" and match["edge"] not in ("中", "末"):
        return None
    kind = "deadline" if match["edge"].endswith("前") else "window"
    return kind, {"type": "season", "value": match[0]}


@rule("whole-term", "第上下", r"(?<![每])(?P<name>第[一二12]学期|[上下]学期)(?!期?[初中末])")
def whole_term(match: re.Match[str]) -> Answer:
    first = match["name"][-3] in "一1上"
    base = "Y" if first else shift("Y", 1)
    return "window", window(Day(base, 9, 1), Day("Y", 13, 31)) if first else window(Day(base, 2, 1), Day(base, 7, 31))


RULES: tuple[Rule, ...] = (
    named_day,
    dated_day,
    lunar_festival,
    lunar_date,
    lunar_month,
    year_end_day,
    solar_term,
    ruled_day,
    announced_day,
    named_week,
    named_month,
    holidays,
    season,
    plain_season,
    entering,
    school_week,
    school_term,
    whole_term,
)
