"""Numbers with a unit and their bound words: 不少于2次, 90%以上, 1.2万元, HK$26,000, 前三名, 一度電."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ..numerals import CN, NUMBER, to_number

Span = tuple[int, int]

_MORE = r"(?:不(?:得|能|应)?(?:少于|低于|小于|短于|下于)|至少|最少|起码|≥|>=|⩾)"
_LESS = r"(?:不(?:得|能|应)?(?:超过|高于|多于|大于|逾|长于)|最多|至多|≤|<=|⩽)"
_OVER = r"(?:超过|超出|超|高于|大于|多于|逾|突破|>)"
_UNDER = r"(?:低于|少于|小于|不足|未满|不到|<)"
_ABOUT = r"(?:约|大约|近|将近|约为)"
_BOUND = re.compile(rf"(?:{_MORE}|{_LESS}|{_OVER}|{_UNDER}|{_ABOUT})[ ]?$")
_AFTER = r"(?P<post>及?以上|及?以下|以内|之内|左右|上下)?"
_CURRENCY = r"(?P<currency>HK\$|NT\$|US\$|\$|¥|人民币|新台币|台币|港币|RMB)?"
_MONEY = "元|块钱|港元|港币|美元|圆"
_PEOPLE = "人次|人|名|位|户次|户|家次|家"
_LENGTHS = (
    "平方公里|平方公尺|立方公尺|公尺|延米|延长米|平方米|平米|公里|千米|厘米|立方米|米|公顷|亩|吨标准煤|标准煤|公吨|吨|千克"
    "|公斤|毫克|斤|克|毫升|升|千瓦时|千瓦|兆瓦|度|摄氏度|℃|°C|分贝"
)
_LATIN = r"(?:mg/L|mg/m3|kWh|MWh|kW|MW|kg|km|m2|㎡|m²|m3|m³|dB|mg|cm|mm|L|g|t|m)(?![A-Za-z])"
_DURATIONS = (
    "个?小时|分钟|秒|天|个?工作[日天]|个?星期|周|个?月|学时|课时|年(?!级|度|来|前|底|初"
    "|行动|计划|规划|期|一|以|龄|代|轻)"
)
_TIMES = (
    "车次|场次|梯次|班次|次(?!性|序|日|年|要|数|生|供|品|级|月|季)|遍|回(?!收|复|访|报|应|头)|趟"
    "|轮(?!换|值|流|训|岗|班)"
)
_THINGS = (
    "个百分点|百分点|个(?![性人体别案])|处(?!理|置|罚|于|长)|座(?!谈)|栋|幢|间(?!隔|歇"
    "|接|断)|套|台(?!账|风|帐)|辆|部(?!门|分|署|队)|盏|只|支(?!部|持|出|队|撑)|条(?!件"
    "|例)|张(?!贴)|份|本(?!社|辖|次|年|月|市|区|街|里|校|单|级|着)"
    "|册|篇|摊(?!位|主|点|贩|派)|尾|车(?![辆道棚位间库流行站主])|字(?!号|样|数)|期(?!间|末|中|初|满|限)|块|面(?!积|向|对|临)|幅|件|项(?!目)|宗|起|例(?!会"
    "|如|行)|棵|株|盆|桶|箱|袋|瓶|罐|根(?!据|本)|口(?!号)|眼|段|班(?!级|子|长|组|主|倒|制)|所(?!有"
    "|在|需|属|以)|场(?!所|地|景|馆)|节(?!约|能|水|电|日|假|俭|气)|堂|令|艘|颗|粒|滴|副(?!主"
    "|组|书|校|局|队|总)|卷|倍|支队伍|批次|片"
)
_STRICT = (  # what Chinese numerals may count without being a figure of speech
    f"{_PEOPLE}|{_TIMES}|{_DURATIONS}|{_LENGTHS}|场(?!所|地|景|馆)|份|篇|张(?!贴)|本(?!社"
    f"|辖|次)|册|节(?!约|能|水|电|日|假|俭|气)|堂|台(?!账|风|帐)|辆|座(?!谈)|栋|幢|处(?!理"
    f"|置|罚)|间(?!隔)|套|支(?!部|持|出)|盏|棵|株|块|件"
    "|摊(?![位主点贩派])|尾|箱|桶(?!装)|袋(?!装)|车(?![辆道棚位间库流行站主])|字(?![号样数])|条(?!件|例)|个(?![性人体别案]|文明|意识|维护|确立|自信|代表|一|方面|阶段|层面|环节"
    "|到位|坚持|统一)|班(?!级|子|长|组|主|倒|制)|倍|期(?!间|末|中|初|满)|所(?!有|在|需)|盆|只"
    "|成[一二三四五六七八九](?=以上|左右|[,。;、)]|$)|成(?![立为员果绩本效年功熟长都材交品型片套活形])"
)
_ONE = (
    (  # what 一 may count
        f"{_TIMES}|个?小时|分钟|学时|课时|名(?!义|称|录)|场(?!所|地)|期(?!间|工程)|份(?!子)"
        f"|节(?!约)|篇|堂|支(?!部|持)|处(?!理)|台|座|辆|成(?![立为员果绩本效年功熟长都材交品型片套活形])|公顷|倍|(?:年|个月|天|周)(?=[,。;、)\n]|$)|吨|公斤|本(?=[^,。]{{0,6}}[册账])"
    )
    .replace("{{", "{")
    .replace("}}", "}")
)
_PER = r"(?P<per>/(?:年|月|次|户|人|日|天|个|吨|[A-Za-z]+))?"

_MONEY_RULE = re.compile(
    rf"{_CURRENCY}(?P<num>{NUMBER})(?P<big>[万亿])?余?(?P<unit>{_MONEY}){_PER}(?:人民币|新台币|台币|港币|整)?{_AFTER}"
    rf"|(?P<cur2>HK\$|NT\$|US\$|\$|¥)(?P<num2>\d[\d,]*(?:\.\d+)?)(?P<big2>[万亿])?(?P<post2>以上"
    rf"|以下|以内|之内|左右)?"
)
_PERCENT_RULE = re.compile(
    rf"(?:(?P<num>\d{{1,4}}(?:\.\d{{1,3}})?)(?:[-~—至]\d{{1,3}}(?:\.\d+)?)?[ ]?(?P<unit>[%‰])"
    rf"|百分之(?P<cn>[{CN}\d]{{1,6}})){_AFTER}"
)
_DIGIT_RULE = re.compile(
    rf"(?<![\d.A-Za-z第#])(?:\d{{1,6}}(?:\.\d{{1,2}})?[余多]?(?:[-~—至到]|—{{2}}))?(?P<num>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}(?:\.\d{{1,4}})?)(?P<big>[万亿千百])?(?"
    rf"P<odd>余|多|来)?[ ]?"
    rf"(?P<unit>{_LATIN}|{_PEOPLE}|{_LENGTHS}|{_DURATIONS}|{_TIMES}|{_THINGS}|分(?![类别管工片区批级布组期"
    rf"层开]|钟)){_PER}{_AFTER}"
)
_CN_RULE = re.compile(
    rf"(?<![第{CN}\d“每其这那哪某数几])(?:[一二两三四五六七八九十]{{1,3}}[至到])?(?:(?P<one>[一壹])(?P<unit1>{_ONE})|(?P<num>[两俩三四五六七八九十百]"
    rf"|[{CN}]{{2,8}})(?P<big>[万亿])?(?P<odd>余|多)?(?P<unit>{_STRICT})){_PER}{_AFTER}"
)
_FRACTION = re.compile(rf"(?P<whole>[{CN}]{{1,3}})分之(?P<num>[{CN}]{{1,3}}){_AFTER}")
_TWICE = re.compile(r"(?<!第)(?P<num>二)(?P<unit>次|遍|回)(?!供水|污染|装修|利用|加压|水|扬尘|创业|供|函|元|分)")
_RANK = re.compile(rf"(?:前|后|第)(?P<num>[{CN}\d]{{1,3}})(?P<unit>名(?!义)|位(?!置))")
_ORDINAL = re.compile(rf"第(?P<num>[{CN}\d]{{1,3}})(?P<unit>届|期|批)(?!次?性)")
_SMALL_THINGS = "电水油煤纸粮米饭菜布笔草木树花气汽灯油绿叶"
_RHETORIC = re.compile(
    rf"一[度滴粒张块片寸分支盏根棵朵本口页升][{_SMALL_THINGS}](?=[、,和及。]|$|做起|开始"
    rf"|,)|(?<=、)一[度滴粒张块片寸分支盏根棵朵本口页升][{_SMALL_THINGS}]"
)
_IDIOM_BEFORE = re.compile(r"(?:其中|新|任何|同|另|再|万无)$")
_CURRENCIES = {
    "HK$": "HKD",
    "港币": "HKD",
    "港元": "HKD",
    "NT$": "TWD",
    "新台币": "TWD",
    "台币": "TWD",
    "US$": "USD",
    "美元": "USD",
}
_CLAUSE = "。;,:!?\n"
_MAKING = re.compile(
    r"完成|新增|增设|设置|设立|设|发放|印发|派发|张贴|创建|建成|建立|建设|组织|举办|开展"
    r"|种植|栽植|栽种|补植|补种|更换|改造|清理|清运|培训|走访|入户|签订|招募|整治|达到"
    r"|达|安装|慰问|目标|力争|确保|争取|动员|参与|拆除|召开|投放|评选|实现|培育|打造|推选"
    r"|回收|提交"
)
_LATE = re.compile(r"(?:去年|上年|上年度|往年|同期)[^,]{0,4}$|现状|基数")
_IS_MORE, _IS_LESS, _IS_OVER, _IS_UNDER = (re.compile(words) for words in (_MORE, _LESS, _OVER, _UNDER))
_IS_DURATION, _IS_COUNTED_TIMES = re.compile(_DURATIONS), re.compile(_TIMES)
_PERIODIC = re.compile(r"[每全]")
_BARS = re.compile(r"(?:之|以)?内?[^,]{0,3}不(?:再|得|重复)")
_CONDITION = re.compile(r"的(?!目标|要求)|为合格|为优|者|由|须|报|时")
_CLAUSE_START = re.compile(r"$|(?!的|者|由|须|报|时|以)[㐀-鿿]{0,4}$")
_CLAUSE_END = re.compile(r"[。;,:!?\n、)(]")
_NOUN, _NO_NOUN = re.compile(r"[㐀-鿿]{1,8}"), re.compile(r"[的由以,对进]")
_NOUN_BEFORE = re.compile(r"([㐀-鿿]{1,8})$")
_FILLERS = re.compile(r"(?:达到?|力争|为|共|各|每[㐀-鿿]{1,2}|全年|至|到|在)+$")
_CAP = re.compile(r"上限|限额|封顶|控制在|限")


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity at normalised [start, end)."""

    start: int
    end: int
    kind: str
    value: int | float
    unit: str
    what: str
    rule: str
    qualifier: str | None = None


def find_quantities(text: str, taken: Sequence[Span], *, currency: str = "CNY") -> list[Amount]:
    """Quantities of a normalised text outside the `taken` stretches (times), in order, without overlaps."""
    found: list[tuple[int, int, int, Amount]] = []
    for priority, (name, pattern) in enumerate(_RULES.items()):
        for match in pattern.finditer(text):
            amount = _amount(name, match, text, currency)
            if amount and not _inside(taken, amount.start, amount.end):
                found.append((amount.start, -amount.end, priority, amount))
    found.sort(key=lambda entry: entry[:3])
    kept: list[Amount] = []
    for _, _, _, amount in found:
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


_RULES = {
    "rhetorical": _RHETORIC,
    "money": _MONEY_RULE,
    "percent": _PERCENT_RULE,
    "fraction": _FRACTION,
    "rank": _RANK,
    "ordinal": _ORDINAL,
    "digits": _DIGIT_RULE,
    "numerals": _CN_RULE,
    "twice": _TWICE,
}


def _inside(taken: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_left(taken, (end, 0)) - 1
    return at >= 0 and taken[at][1] > start


def _amount(name: str, match: re.Match[str], text: str, currency: str) -> Amount | None:
    start, end = match.span()
    found = match.groupdict()
    if name == "rhetorical":
        return (
            Amount(start, end, "rhetorical", 1, text[start + 1], text[start + 2], name)
            if _saving(text, start)
            else None
        )
    written = found.get("num") or found.get("num2") or found.get("cn") or found.get("one") or ""
    if name == "percent" and written == "百":
        written = "100"
    value = to_number(written + (found.get("big") or found.get("big2") or "").replace("千", "").replace("百", ""))
    if value is None:
        return None
    value = (
        int(value * {"千": 1000, "百": 100}.get(found.get("big") or "", 1))
        if found.get("big") in ("千", "百")
        else value
    )
    bound = _BOUND.search(text, max(0, start - 6), start) if name not in ("rank", "ordinal") else None
    start, pre = (bound.start(), bound[0].rstrip()) if bound else (start, "")
    before, after = _clause_before(text, start), _clause_after(text, end)
    if name in ("numerals", "twice") and (_IDIOM_BEFORE.search(before) or _paired(text, match)):
        return None
    post = found.get("post") or found.get("post2") or ""
    qualifier = _qualifier(pre, post)
    unit = _unit_of(name, found, currency)
    if name == "fraction":
        whole = to_number(found["whole"] or "")
        if not whole or found["whole"] == "百":
            return None
        value = round(100 * value / whole, 1)
    if unit[:1] == "成":
        value, unit = value * 10 + (to_number(unit[1:]) or 0), "%"
    kind = _kind(name, unit, qualifier, before, after)
    return Amount(start, end, kind, value, unit, _what(before, after, unit), name, qualifier)


def _saving(text: str, start: int) -> bool:
    """One of a row of small things, or one that is saved or wasted."""
    around = text[max(0, start - 8) : start + 9]
    return (
        bool(re.search(r"节约|节省|珍惜|爱惜|爱护|浪费|节能|省下|从", around[:8]))
        or len(re.findall(r"一[㐀-鿿]{2}(?=、|$|。|,)", around)) > 1
    )


def _paired(text: str, match: re.Match[str]) -> bool:
    """一户一档, 一桶一签: a saying, not a number."""
    found = match.groupdict()
    if not found.get("one") or found.get("unit1") in ("次", "遍", "回"):
        return False
    return (
        text[match.end() : match.end() + 1] in ("一", "多", "两") or text[match.start() - 2 : match.start() - 1] == "一"
    )


def _clause_before(text: str, start: int) -> str:
    low = max(0, start - 24)
    piece = text[low:start]
    cut = max(piece.rfind(char) for char in _CLAUSE)
    return piece[cut + 1 :]


def _clause_after(text: str, end: int) -> str:
    return _CLAUSE_END.split(text[end : end + 16], maxsplit=1)[0]


def _qualifier(pre: str, post: str) -> str | None:
    if _IS_MORE.fullmatch(pre) or post.endswith("以上"):
        return ">="
    if _IS_LESS.fullmatch(pre) or post.endswith(("以下", "以内", "之内")):
        return "<="
    if pre and _IS_OVER.fullmatch(pre):
        return ">"
    if pre and _IS_UNDER.fullmatch(pre):
        return "<"
    return "~" if pre or post else None


def _unit_of(name: str, found: dict[str, str | None], currency: str) -> str:
    if name == "money":
        written = found.get("currency") or found.get("cur2") or found.get("unit") or ""
        unit = _CURRENCIES.get(written, _CURRENCIES.get(found.get("unit") or "", currency))
        return unit + (found.get("per") or "")
    if name in ("percent", "fraction"):
        return found.get("unit") or "%"
    return (found.get("unit") or found.get("unit1") or "") + (found.get("per") or "")


def _kind(name: str, unit: str, qualifier: str | None, before: str, after: str) -> str:
    """The first kind whose sign is there."""
    capped = qualifier == "<=" or bool(_CAP.search(before))
    lasting = bool(_IS_DURATION.fullmatch(unit)) and unit not in ("课时", "学时")
    again = bool(_IS_COUNTED_TIMES.fullmatch(unit)) or (unit[:1] in ("场", "期") and bool(_PERIODIC.search(before)))
    signs = (
        (name, name in ("rank", "ordinal")),
        ("threshold", _conditional(qualifier, before, after)),
        ("limit", capped and not lasting),
        ("money", name == "money"),
        ("constraint", lasting and bool(_BARS.match(after))),
        ("duration", lasting),
        ("baseline", qualifier is None and bool(_LATE.search(before))),
        ("freq", again),
        (
            "target",
            name in ("percent", "fraction") or unit == "%" or qualifier in (">=", ">") or bool(_MAKING.search(before)),
        ),
    )
    return next((kind for kind, present in signs if present), "count")


def _conditional(qualifier: str | None, before: str, after: str) -> bool:
    """…万元以下由…审批, 低于80分的…: a bound at which something else happens."""
    if qualifier == "<" or (qualifier == ">" and not _CLAUSE_START.match(after)):
        return True
    return qualifier is not None and bool(_CONDITION.match(after))


def _what(before: str, after: str, unit: str) -> str:
    """The noun that is counted: what follows the unit, else what stands before the number."""
    noun = _NOUN.match(after)
    if noun and unit not in ("%", "次") and not _NO_NOUN.match(after):
        return noun[0]
    named = _NOUN_BEFORE.search(_FILLERS.sub("", before))
    return named[1] if named else ""
