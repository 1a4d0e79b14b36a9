"""Channels, coverage rules, evidence wanted, and what was left blank."""

import re
from collections import defaultdict
from collections.abc import Iterable

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
    "full": r"全覆盖|全员覆盖|百分之百覆盖|不留死角|不留盲区|无死角|无盲区|应[㐀-鿿]尽[㐀-鿿]|一个不[漏少]|不漏一[㐀-鿿]",
    "each": r"(?:户户|楼楼|家家|人人)(?:[㐀-鿿]{1,4})|一户一[㐀-鿿]|一[楼店企点]一[㐀-鿿]",
    "missing-none": r"[㐀-鿿]不漏[㐀-鿿]{1,3}",
    "three-duties": r"门前[三四五]包",
}
_EVIDENCE = {
    "record": r"[㐀-鿿]{0,4}(?:检查|巡查|会议|培训|投放|消杀|活动|走访|工作)[记纪]录|做好[记纪]录|[记纪]录表",
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


def _together(kinds: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, pattern in kinds.items()))


_CHANNEL_PATTERN, _COVERAGE_PATTERN = _together(_CHANNELS), _together(_COVERAGE)
_EVIDENCE_PATTERN, _BLANK_PATTERN = _together(_EVIDENCE), _together(_BLANKS)


def _mentions(pattern: re.Pattern[str], normal: Normal, start: int, end: int) -> tuple[Mention, ...]:
    found = []
    for match in pattern.finditer(normal.text, start, end):
        begin, stop = normal.span(*match.span())
        found.append(Mention(normal.source[begin:stop], begin, (match.lastgroup or "").replace("_", "-")))
    return tuple(found)


def find_channels(normal: Normal, start: int, end: int) -> tuple[Mention, ...]:
    return _mentions(_CHANNEL_PATTERN, normal, start, end)


def find_coverage(normal: Normal, start: int, end: int) -> tuple[Mention, ...]:
    return _mentions(_COVERAGE_PATTERN, normal, start, end)


def find_evidence(normal: Normal, start: int, end: int) -> tuple[Mention, ...]:
    return _mentions(_EVIDENCE_PATTERN, normal, start, end)


def find_placeholders(normal: Normal, start: int, end: int) -> tuple[Placeholder, ...]:
    """Masks and blanks. Which year, which place: asked for, never guessed."""
    return tuple(
        Placeholder(mention.surface, mention.offset, mention.rule)
        for mention in _mentions(_BLANK_PATTERN, normal, start, end)
    )


def questions(placeholders: Iterable[Placeholder]) -> tuple[Question, ...]:
    """One question for each kind of mask, wherever it stands."""
    grouped: dict[tuple[str, str], list[int]] = defaultdict(list)
    for blank in placeholders:
        grouped[blank.kind, blank.surface].append(blank.offset)
    return tuple(Question(kind, surface, tuple(offsets)) for (kind, surface), offsets in grouped.items())
