"""Channels, coverage rules, evidence wanted, and what was left blank."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..normal import Normal
from ..types import Mention, Placeholder, Question

_CHANNELS = {
    "notice-board": r"公[示告]栏|布告栏|告示板|公布栏",
    "bulletin-board": r"宣传栏|宣传橱窗|橱窗|宣传板|展板|宣传牌|文化墙",
    "blackboard": r"黑板报|板报|墙报",
    "banner": r"横幅|标语|条幅|旗帜",
    "screen": r"LED(?:显示)?屏|电子(?:显示)?屏|大屏|电视机?",
    "leaflet": r"宣传单|传单|宣传册|宣传资料|倡议书|手册|折页|明白纸|小报|(?:致|告)[㐀-鿿]{2,4}书|一封信",
    "poster": r"海报|宣传画",
    "message-group": r"(?:QQ|微信|居民|业主|家长|LINE|WhatsApp)[ ]?群组?|朋友圈",
    "account": r"公众号|微博|网站|抖音|短视频|视频号|脸书|Facebook",
    "broadcast": r"广播|小喇叭|大喇叭",
    "lecture": r"讲座|讲堂|培训班|市民学校|道德讲堂|课堂",
    "performance": r"文艺(?:演出|活动|汇演)|表演|演出",
    "library": r"图书[室角馆]|阅览室|书屋",
    "visit": r"入户宣传|上门宣传|走家串户",
    "media": r"媒体|报纸|报刊|电视台",
}
_COVERAGE = {
    "none-missed": r"[一二三四五六七八九](?:个)?不漏投?",
    "full": (
        r"全覆盖|全员覆盖|百分之百覆盖|不留死角|不留盲区|无死角|无盲区|应[㐀-鿿]尽[㐀-鿿]"
        r"|一[㐀-鿿]不[漏少落]|不漏一[㐀-鿿]|无一(?:遗漏|缺漏)"
    ),
    "each": r"(?:户户|楼楼|家家|人人)(?:[㐀-鿿]{1,4})|一户一[㐀-鿿]|一[楼店企点]一[㐀-鿿]",
    "missing-none": r"不漏(?:户|室|外环境|楼|人|项|点|栋|店|家)",
    "three-duties": r"门前[三四五]包",
}
_EVIDENCE = {
    "record": r"(?:检查|巡查|会议|培训|投放|消杀|活动|走访|工作)[记纪]录|做好[㐀-鿿]{0,6}[记纪]录|[记纪]录表",
    "ledger": r"台[账帐]|登记造册|登记簿|列册|建档|档案",
    "photo": r"拍照|照片|影像资料|图片资料|留影",
    "report": r"检测报告|化验报告|总结报告|书面总结|成果报告|工作总结|工作报告",
    "receipt": r"签收|回执|签到表?|签名册|单据|发票",
    "pledge": r"承诺书|责任书|责任状|协议书",
    "notice": r"整改(?:通知)?书|停水通知|通知书",
    "publication": r"张榜公[示布]|公示(?!栏)",
}
_BLANKS = {
    "year": r"20(?:[xX×*_○□◯]{1,4})|(?<![\dA-Za-z])2[xX×*_]{1,3}(?=年)|(?<![\dxX×*_○□])[xX×*_○□]{2,4}(?=年)",
    "blank": r"[_○□]{0,6}月[_○□]{1,6}日|_{1,6}月_{1,6}日",
    "community": r"(?:[xX×*_○□◯]{1,6})(?=社区|小区|村|居委会|里(?![程面])|屋苑|街道|镇|乡|苑)",
    "place": r"(?:[xX×*_○□◯]{1,6})(?=市|区|县|省|路|街)",
    "name": r"(?:[xX×*_○□◯]{2,6})(?=同志|先生|女士|任|为|担任)",
    "file": r"〔20[xX×*_○□]{1,4}〕[xX×*_\d]{1,4}号",
    "quote": r"“[ ]{0,4}”|‘[ ]{0,4}’|《[ ]{0,4}》",
    "number": r"(?:[xX×*_○□◯]{1,6})(?=届|次|个|名|人|户|元|万|份|场|处|%|项)",
    "unknown": r"(?<![A-Za-z\d])[xX×*○□◯]{2,6}(?![A-Za-z\d])|_{2,20}|\*\*+",
}


@dataclass(frozen=True, slots=True)
class _Words:
    """Named patterns, looked for only at the characters they can begin with: many times faster than everywhere."""

    starts: re.Pattern[str]
    pattern: re.Pattern[str]

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        here = start
        while found := self.starts.search(text, here, end):
            match = self.pattern.match(text, found.start(), end)
            here = match.end() if match else found.end()
            if match:
                yield match


def _together(starts: str, kinds: dict[str, str]) -> _Words:
    named = "|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, pattern in kinds.items())
    return _Words(re.compile(f"[{re.escape(starts)}]"), re.compile(named))


_CHANNEL_WORDS = _together(
    "公布告宣橱展文黑板墙横标条旗LE电大传倡手折明小致一海QW微居业家朋网抖短视脸F广喇讲培市道课表演图阅书入上走媒报",
    _CHANNELS,
)
_COVERAGE_WORDS = _together("一二三四五六七八九全百不无应户楼家人门", _COVERAGE)
_EVIDENCE_WORDS = _together("检巡会培投消活走工做记纪台登列建档拍照影图留化总书成签回单发承责协整停通张公", _EVIDENCE)
_BLANK_WORDS = _together("2xX×*_○□◯月〔“‘《", _BLANKS)


def _mentions(words: _Words, normal: Normal, start: int, end: int) -> tuple[Mention, ...]:
    found = []
    for match in words.finditer(normal.text, start, end):
        begin, stop = normal.span(*match.span())
        found.append(Mention(normal.source[begin:stop], begin, (match.lastgroup or "").replace("_", "-")))
    return tuple(found)


def find_channels(normal: Normal, start: int, end: int) -> tuple[Mention, ...]:
    return _mentions(_CHANNEL_WORDS, normal, start, end)


def find_coverage(normal: Normal, start: int, end: int) -> tuple[Mention, ...]:
    return _mentions(_COVERAGE_WORDS, normal, start, end)


def find_evidence(normal: Normal, start: int, end: int) -> tuple[Mention, ...]:
    return _mentions(_EVIDENCE_WORDS, normal, start, end)


def find_placeholders(normal: Normal, start: int, end: int) -> tuple[Placeholder, ...]:
    """Masks and blanks. Which year, which place: asked for, never guessed."""
    return tuple(
        Placeholder(mention.surface, mention.offset, mention.rule)
        for mention in _mentions(_BLANK_WORDS, normal, start, end)
    )


def questions(placeholders: Iterable[Placeholder]) -> tuple[Question, ...]:
    """One question for each kind of mask, wherever it stands."""
    grouped: dict[tuple[str, str], list[int]] = defaultdict(list)
    for blank in placeholders:
        grouped[blank.kind, blank.surface].append(blank.offset)
    return tuple(Question(kind, surface, tuple(offsets)) for (kind, surface), offsets in grouped.items())
