"""What comes back: 每半年, 每月第一天, 每周三, 隔日, 逢周三、周六, 一年两次, 日产日清, 工作日, and the vague words."""

import re

from ..numerals import to_int
from .dates import AND, DAY, RANGE
from .found import Answer, Rule, rrule, rule

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WD = {char: index for index, char in enumerate("一二三四五六日")} | {"天": 6} | {str(n + 1): n for n in range(7)}
_WEEK = "(?:周|星期|礼拜)"
_N = r"[一二两三四五六七八九十半\d]{1,3}"
_TIMES = "[次回遍趟轮场期篇查测题课歌评练讲更换清扫议]|主题|通报|公示|调度|碰头|研判|小结|例会|总结"
_COUNTED = (
    r"(?:[次回遍趟]|轮(?![值流])|场(?![所地部馆])|个|小时|分钟|节课|课时|期(?!间)|篇|名(?!义)|人次|条|件|份|班次|车次)"
)
_ONE_IS_COUNT = (
    r"(?!一(?:[次回遍趟轮场期篇题课歌]|主题|通报|公示|调度|碰头|研判|小结|例会|总结|个|大|小|份|条|件|学|步"
    r"|[查测评练讲更换清扫议检训报](?=[,。;、”]|$))|[一二两三四五六七八九十\d]{1,2}"
    rf"(?:(?:{RANGE}|或)?[一二两三四五六七八九十\d]{{1,2}})?{_COUNTED})"
)
_WD_LIST = (
    rf"[一二三四五六日天1-7](?:(?:(?:{AND}|或){_WEEK}?[一二三四五六日天1-7]|[一二三四五六日天])"
    r"(?![次个天号日月周年时点:\d])){0,14}"
)
_WD_RANGE = rf"[一二三四五六1-6]{RANGE}{_WEEK}?[二三四五六日天2-7]"
_DAY_END = r"(?P<before>以前|之前|前(?![往期后]))?(?:[早晚](?![会餐报上间]))?"
_UNITS = {
    "天": ("DAILY", 1),
    "日": ("DAILY", 1),
    "晚": ("DAILY", 1),
    "晨": ("DAILY", 1),
    "早": ("DAILY", 1),
    "周": ("WEEKLY", 1),
    "星期": ("WEEKLY", 1),
    "礼拜": ("WEEKLY", 1),
    "月": ("MONTHLY", 1),
    "旬": ("DECADE", 1),
    "季": ("MONTHLY", 3),
    "学期": ("MONTHLY", 6),
    "年": ("YEARLY", 1),
    "学年": ("YEARLY", 1),
    "小时": ("HOURLY", 1),
    "分钟": ("MINUTELY", 1),
}
_UNIT = r"(?:小时|分钟|天|日|晚|周|星期|礼拜|学期|学年|年(?![级龄轻纪])|季|旬|月)"


def _unit(written: str) -> tuple[str, int]:
    for unit, meaning in _UNITS.items():
        if written.startswith(unit):
            return meaning
    return "DAILY", 1


def every(count: str | None, unit: str) -> dict[str, object]:
    """The rule for 每 + count + unit; half a year is six months, a season three."""
    freq, step = _unit(unit)
    if freq == "DECADE":
        return rrule("FREQ=MONTHLY;BYMONTHDAY=1,11,21")
    more: dict[str, object] = {"condition": unit} if unit.startswith("学") else {}
    if count == "半":
        freq, interval = {"YEARLY": ("MONTHLY", 6), "MONTHLY": ("DAILY", 15), "DAILY": ("HOURLY", 12)}.get(
            freq, (freq, 1)
        )
    else:
        interval = step * (int(to_int(count) or 1) if count else 1)
    return rrule(f"FREQ={freq}" + (f";INTERVAL={interval}" if interval > 1 else ""), **more)


def weekdays(written: str) -> str:
    """BYDAY for 三、六 or 一至五."""
    if re.fullmatch(_WD_RANGE, written):
        found = [_WD[char] for char in written if char in _WD and char != "至"]
        return ",".join(_DAYS[found[0] : found[-1] + 1])
    return ",".join(_DAYS[index] for index in sorted({_WD[char] for char in written if char in _WD}))


@rule(
    "every",
    "每逐",
    rf"(?:每|逐)(?:间?隔)?(?:一个?)?(?P<n>{_N})?(?:{RANGE}(?P<n2>{_N}))?个?(?P<unit>{_UNIT}|季度)度?(?!期|边|转|刊|报社|之星|度月|有所)",
)
def every_unit(match: re.Match[str]) -> Answer:
    count, unit = match["n"], match["unit"]
    if match["n2"]:
        return "recur", every(count, unit), (every(match["n2"], unit),)
    if "隔" in match[0] and not count:
        return "recur", every("2", unit)
    if "隔" in match[0] and count and count != "半":
        number = int(to_int(count) or 1)
        base = every(str(number), unit)
        if number == 1:
            return "recur", every("2", unit)
        return "recur", base, (every(str(number + 1), unit),)
    return "recur", every(count, unit)


@rule(
    "every-weekday",
    "每逢",
    rf"(?:每|逢|每逢|每到|逢每)(?:{_WEEK}的?)?(?:{_WEEK}){_ONE_IS_COUNT}(?P<wd>{_WD_RANGE}|{_WD_LIST}){_DAY_END}",
)
def every_weekday(match: re.Match[str]) -> Answer:
    return "recur", _weekly(match)


@rule(
    "weekday",
    "周星礼",
    (
        rf"(?<![本上下第一二两三四五六七八九十\d每半个])(?:{_WEEK}){_ONE_IS_COUNT}(?P<wd>{_WD_RANGE}"
        rf"|{_WD_LIST}){_DAY_END}(?![年月])"
    ),
)
def weekday(match: re.Match[str]) -> Answer:
    return "recur", _weekly(match)


def _weekly(match: re.Match[str]) -> dict[str, object]:
    norm: dict[str, object] = rrule(f"FREQ=WEEKLY;BYDAY={weekdays(match['wd'])}")
    if match["before"]:
        norm["deadline_each"] = True
    return norm


@rule(
    "workday",
    "每逢工周双",
    (
        r"(?<![\d个一二三四五六七八九十两第])(?:(?:每个?|逢)?工作日(?![志程记报历内])|(?:每个?|逢)(?:周末"
        r"|双休日|休息日)|(?<!一)(?:周末|双休日)(?![㐀-鿿]{1,4}日(?:[”活]|$)))"
    ),
)
def workday(match: re.Match[str]) -> Answer:
    days = "MO,TU,WE,TH,FR" if "工作日" in match[0] else "SA,SU"
    return "recur", rrule(f"FREQ=WEEKLY;BYDAY={days}")


_MONTHLY = r"每(?:个|一)?月(?:份)?(?:的|逢)?"


@rule(
    "month-nth-weekday",
    "每",
    (
        rf"{_MONTHLY}(?P<nth>第[一二三四五1-5](?:个?{_WEEK}?{AND}第?[一二三四五1-5])*|最[后末]|[首末])(?:一)?个?{_WEEK}的?(?:{_WEEK})?(?P<wd>[一二三"
        rf"四五六日天])"
    ),
)
def month_nth_weekday(match: re.Match[str]) -> Answer:
    edge = {"首": 1, "末": -1, "最": -1}.get(match["nth"][0])
    numbers = [edge] if edge else [to_int(found) or 1 for found in re.findall("[一二三四五1-5]", match["nth"])]
    day = _DAYS[_WD[match["wd"]]]
    return "recur", rrule("FREQ=MONTHLY;BYDAY=" + ",".join(f"{number}{day}" for number in numbers))


@rule(
    "month-nth-day",
    "每",
    rf"{_MONTHLY}(?:(?P<nth>第[一二三四五1-5]|最后一?)个?(?P<unit>天|日|工作日|双休日|周末)|(?P<first>首日|末日|首个工作[日天]))",
)
def month_nth_day(match: re.Match[str]) -> Answer:
    if match["first"] and match["first"].startswith("首个"):
        return "recur", rrule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1")
    if match["first"]:
        return "recur", rrule(f"FREQ=MONTHLY;BYMONTHDAY={1 if match['first'][0] == '首' else -1}")
    nth = -1 if match["nth"][0] == "最" else to_int(match["nth"][1]) or 1
    if match["unit"] in ("天", "日"):
        return "recur", rrule(f"FREQ=MONTHLY;BYMONTHDAY={nth}")
    if match["unit"] == "工作日":
        return "recur", rrule(f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={nth}")
    return "recur", rrule(f"FREQ=MONTHLY;BYDAY={nth}SA")


@rule("month-nth-week", "每", rf"{_MONTHLY}(?P<nth>第[一二三四1-4]|最后一|首)个?{_WEEK}(?![一二三四五六日天](?!次))")
def month_nth_week(match: re.Match[str]) -> Answer:
    if match["nth"][0] == "最":
        days = "-7,-6,-5,-4,-3,-2,-1"
    else:
        start = 1 if match["nth"] == "首" else (to_int(match["nth"][1]) or 1) * 7 - 6
        days = ",".join(str(day) for day in range(start, start + 7))
    return "recur", rrule(f"FREQ=MONTHLY;BYMONTHDAY={days}")


@rule(
    "month-days",
    "每",
    rf"{_MONTHLY}(?P<days>{DAY}(?:[日号])?(?:{AND}{DAY}(?:[日号])?){{0,14}}{AND}{DAY}[日号]|{DAY}[日号](?:{RANGE}{DAY}"
    rf"[日号])?|{DAY}{RANGE}{DAY}[日号])"
    r"(?P<suffix>(?:或?以前|或?之前|前(?!往))|前后|左右)?",
)
def month_days(match: re.Match[str]) -> Answer:
    numbers = [to_int(found) or 0 for found in re.findall(DAY, match["days"])]
    if re.search(rf"[\d日号十]{RANGE}", match["days"]) and len(numbers) == 2:
        numbers = list(range(numbers[0], numbers[1] + 1))
    norm = rrule("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, numbers)))
    suffix = match["suffix"] or ""
    if suffix.endswith("前"):
        norm["deadline_each"] = True
    elif suffix:
        norm["approx"] = True
    return "recur", norm


@rule(
    "month-part",
    "每",
    rf"{_MONTHLY}(?:月)?(?P<part>[上中下]旬|[初底末]|中(?=[,。;]))(?P<suffix>或?以前|或?之前|前(?!往)|前后)?",
)
def month_part_each(match: re.Match[str]) -> Answer:
    tens = {"上": range(1, 11), "中": range(11, 21), "下": range(21, 32)}
    part = match["part"]
    days = ",".join(map(str, tens[part[0]])) if part.endswith("旬") else {"初": "1", "中": "15"}.get(part, "-1")
    norm = rrule(f"FREQ=MONTHLY;BYMONTHDAY={days}")
    if match["suffix"] and match["suffix"] != "前后":
        norm["deadline_each"] = True
    return "recur", norm


@rule("next-month", "次下翌", rf"(?:次|下个?|翌)月的?(?P<d>{DAY})[日号](?P<before>(?:或?[以之])?前(?![往期]))?")
def next_month(match: re.Match[str]) -> Answer:
    norm = rrule(f"FREQ=MONTHLY;BYMONTHDAY={to_int(match['d'])}")
    return "recur", norm | ({"deadline_each": True} if match["before"] else {})


@rule(
    "odd-week",
    "每逢单双",
    r"(?P<every>每|逢|每逢)?(?P<odd>[单双])(?:周|星期)(?:(?:的?(?:周|星期))?(?P<wd>[一二三四五六日天])(?![次回])|(?=[一两二三\d]次))?",
)
def odd_week(match: re.Match[str]) -> Answer:
    if not match["every"] and not match["wd"] and match.string[match.end() + 1 : match.end() + 2] != "次":
        return None
    value = "FREQ=WEEKLY;INTERVAL=2" + (f";BYDAY={weekdays(match['wd'])}" if match["wd"] else "")
    return "recur", rrule(value, condition=f"{match['odd']}周")


@rule(
    "month-edge",
    "月本当",
    r"(?:[本当]月|(?<![\d一二三四五六七八九十个每本上下当正腊两])月)(?P<part>[底末初])(?P<suffix>前)?(?!起)",
)
def month_edge(match: re.Match[str]) -> Answer:
    norm = rrule(f"FREQ=MONTHLY;BYMONTHDAY={1 if match['part'] == '初' else -1}")
    if match["suffix"]:
        norm["deadline_each"] = True
    return "recur", norm


@rule(
    "quarter-edge",
    "每",
    (
        r"每(?:个)?季度?(?:的)?(?P<part>首月|末月|第[一二三]个月|最后一个?月|[末底初])(?P<suffix>(?:[初底末]"
        r"|(?P<day>\d{1,2})日)?前)?"
    ),
)
def quarter_edge(match: re.Match[str]) -> Answer:
    part = match["part"]
    offset = {"初": 1, "首": 1, "末": 3, "底": 3, "最": 3}.get(part[0]) or to_int(part[1]) or 1
    norm = rrule("FREQ=YEARLY;BYMONTH=" + ",".join(str(month) for month in range(offset, 13, 3)))
    if part in ("末", "底", "初"):
        norm["value"] += f";BYMONTHDAY={1 if part == '初' else -1}"
    elif match["day"]:
        norm["value"] += f";BYMONTHDAY={int(match['day'])}"
    if match["suffix"]:
        norm["deadline_each"] = True
    return "recur", norm


@rule(
    "times-per",
    "一两二三四五六123456半",
    r"(?<![\d每第前后个全近一二三四五六七八九十月年])(?P<n>[一两二三四五六1-6]|半)?(?:个)?(?P<unit>年"
    r"|月|周|星期|季度?|天|日|学期)"
    rf"度?(?=(?:内)?(?:至少|不少于|不低于|开展|组织|召开|举办|进行|保证)?[一二两三四五1-9](?:{_TIMES}|检|度(?!电)))",
)
def times_per(match: re.Match[str]) -> Answer:
    if not match["n"]:
        return None
    return "recur", every(None if match["n"] in ("一", "1") else match["n"], match["unit"])


@rule(
    "alternate",
    "隔日天周月季逐按",
    (
        r"隔(?P<unit>[日天周月年]|星期|礼拜)(?P<wd>(?<=[周期拜])[一二三四五六日天](?![次个]))?(?!离|热|壁|音)|(?P<step>日日|天天|周周|月月|季季|逐[日周月季年])"
        r"|(?P<by>按[日周月季年](?:度)?)(?!照|期|龄|级|时|薪|租)"
    ),
)
def alternate(match: re.Match[str]) -> Answer:
    if match["wd"]:
        return "recur", rrule(f"FREQ=WEEKLY;INTERVAL=2;BYDAY={weekdays(match['wd'])}")
    if match["unit"]:
        return "recur", every("2", match["unit"])
    return "recur", every(None, (match["step"] or match["by"])[1])


@rule(
    "daily-idiom", "日随", r"日产日清|日清日结|日清日毕|日产日运|日集日清|日收日清|日清日洁|日扫日清|随产随清(?=、日)"
)
def daily_idiom(match: re.Match[str]) -> Answer:
    return "recur", rrule("FREQ=DAILY")


@rule(
    "odd-even",
    "每逢单双",
    rf"(?:每|逢|每逢)?(?P<odd>[单双])(?P<unit>[月日])(?:份?的?(?P<day>{DAY})[日号](?P<before>前)?|(?!志)(?=[,。;、组开进召]|清|各|的|\d|一))",
)
def odd_even(match: re.Match[str]) -> Answer:
    start = 1 if match["odd"] == "单" else 2
    if match["unit"] == "月":
        months = rrule("FREQ=YEARLY;BYMONTH=" + ",".join(map(str, range(start, 13, 2))))
        if match["day"]:
            months["value"] += f";BYMONTHDAY={to_int(match['day'])}"
        return "recur", months | ({"deadline_each": True} if match["before"] else {})
    return "recur", rrule("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, range(start, 32, 2))))


@rule("rest-months", "其剩", r"(?:其余|其他|其它|剩余)(?:的)?月份?")
def rest_months(match: re.Match[str]) -> Answer:
    return "rest", {"type": "rest"}


@rule(
    "vague",
    "不定适经视按必",
    r"(?:不定期|不定时|视(?:实际)?需要|按(?:实际)?需要|必要时(?!间)|定期(?![存限])|适时|经常性?(?!工作|支出|费|账|出现|发生|有)|不时(?=地|对|组|开|进))",
)
def vague(match: re.Match[str]) -> Answer:
    return "vague", {"type": "unscheduled-periodic"}


RULES: tuple[Rule, ...] = (
    month_nth_weekday,
    month_nth_day,
    month_nth_week,
    month_days,
    month_part_each,
    quarter_edge,
    every_weekday,
    every_unit,
    weekday,
    workday,
    next_month,
    odd_week,
    month_edge,
    times_per,
    alternate,
    daily_idiom,
    odd_even,
    rest_months,
    vague,
)
