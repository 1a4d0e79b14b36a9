"""Cuts a plan's text into undertakings: sentences, then clauses where a new object or a new time begins."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..normal import Normal
from ..types import OutlineItem, Span

_SENTENCE = re.compile(r"[^。;!?\n]+")
_VERB = (
    "成立|组建|建立|设立|设置|召开|举办|举行|开展|组织|制定|制订|编制|印发|发放|张贴|悬挂"
    "|发布|公布|公示|签订|签署|清理|清扫|清运|清洗|清掏|清除|清空|打扫|擦拭|冲洗|消毒"
    "|消杀|喷洒|喷药|投放|"
    "巡查|巡逻|巡河|检查|排查|督查|督促|监督|抽查|整治|整改|拆除|改造|维修|维护|更换|更新"
    "|安装|增设|新增|种植|栽植|补植|补种|修剪|养护|浇水|打药|培训|学习|宣传|讲解|走访"
    "|慰问|入户|发动|动员|引导|教育|评选|评比|表彰|奖励|考核|验收|申报|推荐|报送|上报"
    "|提交|汇总|登记|建档|归档|存档|统计|调查|回收|分类|收集|收运|转运|减少|控制|降低"
    "|推广|推行|推动|推进|使用|采用|"
    "落实|完善|健全|加强|强化|加大|做好|抓好|搞好|保持|保证|确保|利用|配合|协助|参加|参与"
    "|安排|完成|接受|防治|治理|处理|处置|关注|管理|养成|倡导|提倡|演练|测试|疏通|加固"
    "|施工|并网|送检|复查|复检|自查|自评|公开|播放|挂|贴|捡|种|打捞|监测|检测|化验|招募"
    "|选派|聘请|培育|打造|创建|实施|实行|执行|建设|交流|参观|观看|讨论|研究|提醒|劝导"
    "|统筹|开罚|处罚|罚款|劝导|外运|日产日清|值守|值班|轮值|碰头|征集|签名|展出|列支|拨付|补助|支付|通报|排名|取消"
    "|纠正|制止|劝阻|反馈|回复|回访|维持|拆|修|喷"
)
_DOES = re.compile(_VERB)
_BACKGROUND = re.compile(
    r"指导思想|现况|现状分析|强项|弱项|不足|实施期间|计划期间|起止时间|期程|概算|预期|工作思路|工作目标|总体目标|目标任务|基本原则|创建原则|总体要求|背景|现状"
    r"|回顾|申报范围|条件|适用范围|说明|附件|主要目标|计划目标|宗旨|目的|依据|前言|名词"
)
_SLOGAN = re.compile(
    r"(?:[、,]?(?:以[^,。]{2,40}为(?:指导|主题|主线|重点|目标|核心|宗旨|载体|契机|抓手"
    r"|根本|保障|中心|动力|重心|出发点|主(?![题线任管持]))|坚持以?"
    r"|全面贯彻|深入贯彻|认真贯彻|为(?:了|进一步|积极|切实|深入|全面|巩固|维护|抓好|倡导"
    r"|推进|加强|提高|做好|确保|扎实|贯彻|建设|响应|广大|社区|促进|保障|改善|创造|营造)"
    r"|根据|按照|遵照|紧紧围绕|在[^,。]{2,30}(?:领导|指导|基础|关心|支持)下|努力(?:营造"
    r"|建设|使|实现)|力求|使|让|从而|不断|形成(?![^,。]{0,8}(?:报告|方案|记录|台账|清单|纪要|档案|表))|营造|构建|促进|实现|树立|促使|旨在|体现"
    r"|推动[^,。]{2,20}发展|特制定|制定本|[^,。]{0,14}(?<![一二三四五六其一二凡但可只还就])是(?!否|指|对)))"
)
_NO_OBJECT = re.compile(
    r"^(?:认真|切实|积极|全面|进一步|不断|努力|充分|大力|扎实|继续)*(?:开展|做好|加强|落实|组织|推进|完成)"
    r"(?:工作|活动|实施|到位)?$"
)
_FIELD = re.compile(
    r"^[ \t]*(?:责任|牵头|承办|主办|配合|协办|监督|完成|实施|负责|执行|报送|督办)[㐀-鿿]{0,4}[ ]?:"
    r"|^[ \t]*(?:时限|时间|经费|地点|要求|目标)[ ]?:"
)
_CLOSING = re.compile(r"[ \t]*本(?:计划|方案|办法|规定|安排)(?:书)?[^,]{0,14}(?:实施|施行|生效|执行|解释|修正)")
_SIGNED = re.compile(r"[ \t]*(?:填表|审核|制表|签发|填报|编制|核准|日期|联系电话|联系人)[㐀-鿿]{0,2}[ ]?:")
_OBJECT = re.compile(rf"[㐀-鿿A-Za-z\d—~]{{0,12}}?(?:{_VERB})[㐀-鿿“《A-Z\d]{{2,}}")
_RESULT = re.compile(
    r"(?:并|以|从而)?(?:确保|保证|保障|使得?|让|实现|达到|力争|争取|做到|促进|防止|避免)(?!用)"
    r"|(?:如)?遇[^,]{2,12}(?:提前|顺延|延后|除外)|研究(?:解决|部署|讨论)"
    r"|(?:全年|全学年|每[年月季周次]|总|各)?(?:不少于|不低于|至少|不超过|共|合计)[^,]{1,6}[次场期遍回]$"
    r"|[㐀-鿿]{1,10}(?:[率量数度]|面积|比例|标准)(?:要|应|均|需)?(?:稳定|达|不|保持|控制|提[高升]|为|逾|超|约|至|在|≥|>|\d)"
)
_NAMES_DAY = re.compile(r"(?:把|将|以|定|确定)?[^,]{2,16}(?:作为|定为|设为|列为|为)[^,]{1,12}[日周月]”?$")
_EMPTY = re.compile(
    r"(?:进一步|切实|全面|不断|继续|大力|着力|认真|充分|要|深入|严格|高度|统一思想)*"
    r"(?:加强|强化|加大|提高|提升|落实|重视|统一|增强|明确|压实)(?:对[^,]{2,20}的(?:组织)?(?:领导|重视)"
    r"|(?![^,]*对)[^,\d]{0,12}(?:领导|重视|认识|思想|意识|责任|协作|配合))$"
)
_REST = re.compile(r"其中|(?:并?[于在]|须于|应于)?[^,。]{2,12}(?:前|底|旬|日|内|月)?(?:全部)?(?:完成|结束|办妥|到位)$")
_MERE_HEADING = re.compile(r"^[^,]*:[ \t]*$")
_VAGUE_NAME = re.compile("不?定期|经常|适时")
_STAGE = re.compile(r"阶段|步骤|时期|环节")
_CLAUSE = re.compile(r"[^,]+")
_HEAD_ROW = re.compile(
    r"(?<![^\n])[ \t|]*(?:(?:序号?|编号|项目|工作|内容|任务|措施|目标|活动|主题|时间|日期|时限|月份?|周次|地点|负责"
    r"|责任|主办|协办|配合|同?人员?|单位|部门|组别|老师|金额|预算|经费|费用|备注|数量|频[次率]|完成|情况|要求|标准|类别|名称|说明"
    r"|[ \t|/、()元])+)$"
    r"|序号|责任单位|完成时限|工作内容|负责人[ ]*[\t|]|[\t|][ ]*(?:备注|时间|时限)[ ]*(?:[\t|]|$)"
)
SHORTEST = 4
_LONG = 6
_NAME_LENGTH = 12
_LEADING = re.compile(
    r"^(?:[ \t,、:|●•·◆■□▪◇※▶*]|[-—](?=[ \t㐀-鿿])|\d{1,2}[、.．)](?!\d)|并(?!网)|同时|另外|此外"
    r"|还要|要|应|须|将|且|一是|二是|三是|四是|五是)+"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A normalised stretch that is an undertaking; `fields` are the lines 责任单位：… and 完成时限：… under it."""

    start: int
    end: int
    item: int | None
    fields: tuple[Span, ...] = ()


class Cutter:
    """The cutting of one plan. `times` are the normalised stretches of its core times, in order."""

    def __init__(self, normal: Normal, outline: Sequence[OutlineItem], times: Sequence[Span]) -> None:
        self.normal = normal
        self.text = normal.text
        self.outline = outline
        self.times = [start for start, _ in times]
        self.time_ends = dict(times)
        self.starts = [item.offset for item in outline]
        self.parents = {item.parent for item in outline}
        self.behind = self._background()

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Every undertaking in normalised [start, end); a line of fields belongs to those of the item before it."""
        pieces: list[Piece] = []
        for sentence in _SENTENCE.finditer(self.text, start, end):
            if len(sentence[0]) <= _NAME_LENGTH and _MERE_HEADING.search(sentence[0]):
                continue
            if _FIELD.match(sentence[0]):
                _attach(pieces, sentence.span())
            elif not _SIGNED.match(sentence[0]):
                for first, last in self._without_numbers(*sentence.span()):
                    if not _CLOSING.match(self.text, first, last):
                        pieces += self._in_item(first, last)
        return self._concrete(pieces)

    def _concrete(self, pieces: list[Piece]) -> list[Piece]:
        """Without appeals such as 进一步加强领导 in an item that says something to be done beside them."""
        empty = [self._is_appeal(piece.start, piece.end) for piece in pieces]
        told = {piece.item for piece, nothing in zip(pieces, empty, strict=True) if not nothing}
        return [p for p, nothing in zip(pieces, empty, strict=True) if not (nothing and p.item in told)]

    def _in_item(self, first: int, last: int) -> Iterator[Piece]:
        """Nothing from the preamble, from passages of background, or from a mere heading."""
        position = bisect_left(self.starts, self.normal.at[first] + 1) - 1
        if position < 0:
            if not self.outline:
                yield from (Piece(a, b, None) for a, b in self._clauses(first, last))
        elif position not in self.behind and not self._only_names(self.outline[position], first, last):
            item = self.outline[position]
            below = item.style == "row" and "\n" in self.text[self._at(item.offset) : first]
            yield from (Piece(a, b, item.parent if below else item.id) for a, b in self._clauses(first, last))

    def _background(self) -> set[int]:
        """Positions of items whose heading, or whose parent's heading, is not about doing."""
        behind: set[int] = set()
        positions = {item.id: position for position, item in enumerate(self.outline)}
        for position, item in enumerate(self.outline):
            at = self._at(item.heading_offset)
            named = len(item.heading) <= 16 and _BACKGROUND.search(self.text, at, at + len(item.heading))
            if named or item.style == "annex" or (item.parent and positions[item.parent] in behind):
                behind.add(position)
        return behind

    def _at(self, offset: int) -> int:
        return bisect_left(self.normal.at, offset)

    def _timed(self, span: Span) -> bool:
        return bisect_left(self.times, span[0]) < bisect_left(self.times, span[1])

    def _only_names(self, item: OutlineItem, first: int, last: int) -> bool:
        """A mere heading: one with items under it, or a few words before what is really to be done."""
        start, end = self.normal.span(first, last)
        heading_end = item.heading_offset + len(item.heading)
        if start > item.heading_offset + 1 or end < item.heading_offset:
            return False
        if item.id in self.parents:
            does = self._timed((first, last)) and last - first > _NAME_LENGTH
            return end <= heading_end + 1 and (not does or bool(_STAGE.search(self.text, first, last)))
        rest = self.normal.source[heading_end : item.end].strip("。；;：: \n\t　")
        vague = _VAGUE_NAME.match(self.text, first, last)
        names = (vague or not self._timed((first, last))) and last - first <= _NAME_LENGTH
        return (bool(names) or bool(_STAGE.search(self.text, first, last))) and len(rest) > 1

    def _without_numbers(self, start: int, end: int) -> list[Span]:
        """A sentence without the numbers of headings in it."""
        low = bisect_left(self.starts, self.normal.at[start])
        stop = self.normal.at[end - 1]
        cuts: list[Span] = []
        here = start
        while low < len(self.outline) and self.outline[low].offset <= stop:
            item = self.outline[low]
            number_start = self._at(item.offset)
            if number_start > here:
                cuts.append((here, number_start))
            here = min(end, self._at(item.offset + len(item.number)))
            low += 1
        return [*cuts, (here, end)] if here < end else cuts

    def _clauses(self, start: int, end: int) -> list[Span]:
        """The undertakings of a sentence: a comma opens a new one where a new object, or a time of its own, follows."""
        text = self.text
        if "\t" in text[start:end] or "|" in text[start:end]:
            return _row(text, start, end)
        groups: list[list[int]] = []
        pending: int | None = None
        for first, last in self._commas(start, end):
            if groups and pending is None and self._follows(first, last):
                groups[-1][1] = last
                continue
            if not groups and self._is_appeal(first, last) and last < end - 1:
                continue
            if _SLOGAN.match(text[first:last]):
                pending = None
                continue
            if groups and pending is None and _REST.match(text, first, last):
                groups[-1][1] = last
                continue
            if pending is None and (self._only_time(first, last) or self._names_day(first, last)):
                pending = first
                continue
            does = self._timed((first, last)) or _DOES.search(text, first, last)
            opens = pending is not None or not groups or self._opens((first, last), (groups[-1][0], groups[-1][1]))
            if does and opens:
                groups.append([first if pending is None else pending, last])
                pending = None
            elif groups and pending is None:
                groups[-1][1] = last
            elif pending is None:
                pending = first
        return [(a, b) for a, b in groups if b - a >= SHORTEST and not _NO_OBJECT.match(text[a:b])]

    def _only_time(self, first: int, last: int) -> bool:
        """12月25日前, 国家清洁周期间: the clause after it says what is done then."""
        at = bisect_left(self.times, first)
        return at < len(self.times) and self.times[at] - first <= 1 and self.time_ends[self.times[at]] >= last - 1

    def _follows(self, first: int, last: int) -> bool:
        """What comes of the undertaking before it, or an exception to it, and no undertaking of its own."""
        found = _RESULT.match(self.text, first, last)
        return bool(found and (not self._timed((first, last)) or found[0][-1] in "次场期遍回前延后外"))

    def _is_appeal(self, first: int, last: int) -> bool:
        return not self._timed((first, last)) and bool(_EMPTY.fullmatch(self.text, first, last))

    def _names_day(self, first: int, last: int) -> bool:
        """把每月第一天作为环境日: the clause after it says what is done on that day."""
        follows = self.text[last : last + 1] == ","
        return follows and self._timed((first, last)) and bool(_NAMES_DAY.fullmatch(self.text, first, last))

    def _opens(self, clause: Span, before: Span) -> bool:
        """Whether a clause does something of its own: both have a time, or it does something to an object."""
        if self._timed(clause) and self._timed(before):
            return True
        long = clause[1] - clause[0] >= _LONG and before[1] - before[0] >= _LONG
        return long and bool(_OBJECT.match(self.text, *clause))

    def _commas(self, start: int, end: int) -> list[Span]:
        """Stretches between commas; 每月巡查、每季度测试 is cut too: a verb before the mark, a time after it."""
        stretches = []
        for clause in _CLAUSE.finditer(self.text, start, end):
            here = clause.start()
            for at in self.times[bisect_left(self.times, here + 1) : bisect_left(self.times, clause.end())]:
                if self.text[at - 1] == "、" and _DOES.search(self.text, here, at):
                    stretches.append(_trimmed(self.text, here, at - 1))
                    here = at
            stretches.append(_trimmed(self.text, here, clause.end()))
        return [(first, last) for first, last in stretches if last - first >= 2]


def _attach(pieces: list[Piece], field: Span) -> None:
    at = len(pieces) - 1
    while at >= 0 and pieces[at].item == pieces[-1].item and (at == len(pieces) - 1 or pieces[at].item is not None):
        pieces[at] = replace(pieces[at], fields=(*pieces[at].fields, field))
        at -= 1


def _row(text: str, start: int, end: int) -> list[Span]:
    """A table row is one undertaking, unless it is the head of the table."""
    if _HEAD_ROW.search(text, start, end):
        return []
    cells = len(re.findall(r"[\t|]", text[start:end]))
    first, last = _trimmed(text, start, end)
    told = last - first >= SHORTEST and re.search(r"\w{2}", text[first:last])
    return [(first, last)] if told and (cells > 1 or _DOES.search(text, start, end)) else []


def _trimmed(text: str, start: int, end: int) -> Span:
    lead = _LEADING.match(text[start:end])
    start += lead.end() if lead else 0
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t、:":
        end -= 1
    return start, end
