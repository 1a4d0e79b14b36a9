"""What the plan promises to do: clauses with an undertaking, tied to their times, numbers and people."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .normal import Normal
from .types import ActorHit, Issue, Matcher, MeasureMatch, OutlineItem, PlanAction, QuantityHit, ScheduleHit, Span

_SENTENCE = re.compile(r"[^。;!?\n]+")
_VERB = (
    "成立|组建|建立|设立|设置|召开|举办|举行|开展|组织|制定|制订|编制|印发|发放|张贴|悬挂|发布|公布|公示|签订|签署|清理|清扫|清运|清洗|清掏|清除|清空|打扫|擦拭|冲洗|消毒|消杀|喷洒|喷药|投放|"
    "巡查|巡逻|巡河|检查|排查|督查|督促|监督|抽查|整治|整改|拆除|改造|维修|维护|更换|更新|安装|增设|新增|种植|栽植|补植|补种|修剪|养护|浇水|打药|培训|学习|宣传|讲解|走访|慰问|入户|发动|动员|引导|教育|评选|评比|表彰|奖励|考核|验收|申报|推荐|报送|上报|提交|汇总|登记|建档|归档|存档|统计|调查|回收|分类|收集|收运|转运|减少|控制|降低|推广|推行|推动|推进|使用|采用|"
    "落实|完善|健全|加强|强化|加大|做好|抓好|搞好|保持|保证|确保|利用|配合|协助|参加|参与|安排|完成|接受|防治|治理|处理|处置|关注|管理|养成|倡导|提倡|演练|测试|疏通|加固|施工|并网|送检|复查|复检|自查|自评|公开|播放|挂|贴|捡|种|打捞|监测|检测|化验|招募|选派|聘请|培育|打造|创建|实施|实行|执行|建设|交流|参观|观看|讨论|研究|提醒|劝导|外运|日产日清|值守|值班|轮值|碰头|征集|签名|展出|列支|拨付|补助|支付|通报|排名|取消|纠正|制止|劝阻|反馈|回复|回访|维持|拆|修|喷"
)
_DOES = re.compile(_VERB)
_BACKGROUND = re.compile(r"指导思想|工作思路|工作目标|总体目标|目标任务|基本原则|创建原则|总体要求|背景|现状|回顾|申报范围|条件|适用范围|说明|附件|主要目标|计划目标|宗旨|目的|依据|前言|名词")
_SLOGAN = re.compile(
    r"^(?:[、,]?(?:以[^,。]{2,40}为(?:指导|主题|主线|重点|目标|核心|宗旨|载体|契机|抓手|根本|保障|中心|动力|重心|出发点)|坚持以?|全面贯彻|深入贯彻|认真贯彻|为(?:了|进一步|积极|切实|深入|全面|巩固|维护|抓好|倡导|推进|加强|提高|做好|确保|扎实|贯彻|建设|响应|广大|社区|促进|保障|改善|创造|营造)|根据|按照|遵照|结合|紧紧围绕|在[^,。]{2,30}(?:领导|指导|基础|关心|支持)下|努力(?:营造|建设|使|实现)|力求|力争|使|让|从而|不断|形成|营造|构建|促进|实现|树立|促使|旨在|体现|推动[^,。]{2,20}发展|特制定|制定本|保护环境是))"
)
_NO_OBJECT = re.compile(r"^(?:认真|切实|积极|全面|进一步|不断|努力|充分|大力|扎实|继续)*(?:开展|做好|加强|落实|组织|推进|完成)(?:工作|活动|实施|到位)?$")
_FIELD = re.compile(r"^[ \t]*(?:责任|牵头|承办|主办|配合|协办|监督|完成|实施|负责|执行|审核|填表|报送|督办)[㐀-鿿]{0,4}[ ]?:|^[ \t]*(?:时限|时间|经费|地点|要求|目标)[ ]?:")
_CLAUSE = re.compile(r"[^,]+")
_SHORT = 4
_TITLE_LENGTH = 60
_LEADING = re.compile(r"^(?:[ \t,、:|]|\d{1,2}[、.．)](?!\d)|并(?!网)|同时|另外|此外|还要|要|应|须|将|且|其中|一是|二是|三是|四是|五是)+")
_GOOD_ENOUGH = 0.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A normalised stretch that may be an action; `row` when it is a whole table row or has lines of fields under it."""

    start: int
    end: int
    item: int | None
    tail: int


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits of one plan, sorted by offset, with the offsets to look them up."""

    schedule: Sequence[ScheduleHit]
    quantities: Sequence[QuantityHit]
    actors: Sequence[ActorHit]


def find_actions(
    normal: Normal, start: int, end: int, outline: Sequence[OutlineItem], hits: Hits, match: Matcher | None
) -> tuple[PlanAction, ...]:
    """The plan's undertakings in normalised [start, end), in order."""
    pieces = _pieces(normal, start, end, outline)
    index = _Index(hits, outline)
    return tuple(_action(normal, piece, index, match) for piece in pieces)


def _pieces(normal: Normal, start: int, end: int, outline: Sequence[OutlineItem]) -> list[_Piece]:
    """Sentences cut at the headings, then clauses; a line of fields belongs to the piece before it."""
    text = normal.text
    starts = [item.offset for item in outline]
    behind = _background(normal, outline)
    pieces: list[_Piece] = []
    for sentence in _SENTENCE.finditer(text, start, end):
        if _FIELD.match(sentence[0]) and pieces:
            pieces[-1] = replace(pieces[-1], tail=sentence.end())
            continue
        for first, last in _cut(normal, sentence.start(), sentence.end(), outline, starts):
            item = bisect_left(starts, normal.at[first] + 1) - 1
            if item >= 0 and item in behind:
                continue
            for clause_start, clause_end in _clauses(text, first, last):
                pieces.append(_Piece(clause_start, clause_end, outline[item].id if item >= 0 else None, clause_end))
    return pieces


def _background(normal: Normal, outline: Sequence[OutlineItem]) -> set[int]:
    """Positions of items whose heading, or whose parent's heading, is not about doing."""
    behind: set[int] = set()
    positions = {item.id: position for position, item in enumerate(outline)}
    for position, item in enumerate(outline):
        heading = normal.text[_at(normal, item.heading_offset) : _at(normal, item.heading_offset) + 14]
        named = len(item.heading) <= 16 and _BACKGROUND.search(heading[: len(item.heading)])
        if named or item.style == "annex" or (item.parent and positions[item.parent] in behind):
            behind.add(position)
    return behind


def _at(normal: Normal, offset: int) -> int:
    return bisect_left(normal.at, offset)


def _cut(normal: Normal, start: int, end: int, outline: Sequence[OutlineItem], starts: Sequence[int]) -> list[Span]:
    """A sentence without the numbers of headings in it."""
    low = bisect_left(starts, normal.at[start])
    stop = normal.at[end - 1]
    cuts: list[Span] = []
    here = start
    while low < len(outline) and outline[low].offset <= stop:
        item = outline[low]
        number_start = _at(normal, item.offset)
        if number_start > here:
            cuts.append((here, number_start))
        here = min(end, _at(normal, item.offset + len(item.number)))
        low += 1
    return [*cuts, (here, end)] if here < end else cuts


def _clauses(text: str, start: int, end: int) -> list[Span]:
    """The undertakings of a sentence: a comma opens a new one where a new verb with its object follows."""
    if "\t" in text[start:end] or "|" in text[start:end]:
        return [(start, end)] if _DOES.search(text, start, end) or len(re.findall(r"[\t|]", text[start:end])) > 1 else []
    groups: list[list[int]] = []
    pending: int | None = None
    for clause in _CLAUSE.finditer(text, start, end):
        first, last = _trimmed(text, *clause.span())
        if last - first < 2:
            continue
        body = text[first:last]
        if _SLOGAN.match(body):
            pending = None
            continue
        doing = _DOES.search(body)
        if doing and (not groups or _new_object(body, text[groups[-1][0] : groups[-1][1]])):
            groups.append([pending if pending is not None else first, last])
            pending = None
        elif groups and pending is None:
            groups[-1][1] = last
        elif pending is None:
            pending = first
        elif doing:
            groups.append([pending, last])
            pending = None
    return [(a, b) for a, b in groups if b - a >= _SHORT and not _NO_OBJECT.match(text[a:b])]


def _new_object(body: str, before: str) -> bool:
    """Whether a clause does something of its own: it begins with a verb or names who does it, and is long enough."""
    return len(body) >= 6 and len(before) >= 6 and bool(re.match(rf"[㐀-鿿A-Za-z\d—~]{{0,12}}?(?:{_VERB})[㐀-鿿“《A-Z\d]{{2,}}", body))


def _trimmed(text: str, start: int, end: int) -> Span:
    lead = _LEADING.match(text[start:end])
    start += lead.end() if lead else 0
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t、:":
        end -= 1
    return start, end


class _Index:
    """Looks up the hits inside a stretch and what an item or its ancestors say about all of their children."""

    def __init__(self, hits: Hits, outline: Sequence[OutlineItem]) -> None:
        self.hits = hits
        self.items = {item.id: item for item in outline}
        self.order = list(outline)
        self.offsets = {
            name: [hit.offset for hit in getattr(hits, name)] for name in ("schedule", "quantities", "actors")
        }

    def inside(self, name: str, span: Span) -> tuple[int, ...]:
        offsets = self.offsets[name]
        return tuple(range(bisect_left(offsets, span[0]), bisect_left(offsets, span[1])))

    def headings(self, item: int | None) -> list[Span]:
        """Number and heading of the item and of those above it, nearest first."""
        spans = []
        while item is not None:
            entry = self.items[item]
            spans.append((entry.offset, entry.heading_offset + len(entry.heading)))
            item = entry.parent
        return spans


def _action(normal: Normal, piece: _Piece, index: _Index, match: Matcher | None) -> PlanAction:
    start, end = normal.span(piece.start, piece.end)
    span = (start, normal.span(piece.start, piece.tail)[1])
    own_times = tuple(i for i in index.inside("schedule", span) if _counts(index.hits.schedule[i]))
    quantities = index.inside("quantities", span)
    own_actors = index.inside("actors", span)
    times = own_times or _inherited_times(index, piece.item, span)
    actors = own_actors or _inherited_actors(index, piece.item, span)
    clause = normal.text[piece.start : piece.end]
    candidates = tuple(MeasureMatch(m.measure, m.topic, m.score) for m in match(clause)[:3]) if match else ()
    best = candidates[0] if candidates and candidates[0].score > _GOOD_ENOUGH else None
    action = PlanAction(
        title=_title(normal, piece),
        span=span,
        item=piece.item,
        measure=best.measure if best else None,
        topic=best.topic if best else None,
        schedule=times,
        quantities=quantities,
        actors=actors,
        inherited=() if own_times else times,
        inherited_actors=() if own_actors else actors,
        candidates=candidates,
    )
    return replace(action, issues=tuple(_issues(action, index.hits, normal.source)))


def _counts(hit: ScheduleHit) -> bool:
    return hit.core or hit.kind in ("relative", "timeofday", "blank")


def _inherited_times(index: _Index, item: int | None, span: Span) -> tuple[int, ...]:
    """Of the nearest heading that names a time; a stage's months hold for everything under it."""
    for heading in index.headings(item):
        found = tuple(i for i in index.inside("schedule", heading) if index.hits.schedule[i].core and not _within(index.hits.schedule[i].offset, span))
        if found:
            return found
    return ()


def _inherited_actors(index: _Index, item: int | None, span: Span) -> tuple[int, ...]:
    """Of the same item, who was named last before the clause as acting; else of the headings above."""
    if item is not None:
        entry = index.items[item]
        before = [
            i for i in index.inside("actors", (entry.offset, span[0])) if index.hits.actors[i].role in ("performer", "lead", "leader")
        ]
        if before:
            return (before[-1],)
        for heading in index.headings(entry.parent):
            found = tuple(i for i in index.inside("actors", heading) if index.hits.actors[i].role in ("performer", "lead"))
            if found:
                return found
    return ()


def _within(offset: int, span: Span) -> bool:
    return span[0] <= offset < span[1]


def _title(normal: Normal, piece: _Piece) -> str:
    """The clause in the text's own words, without line breaks, cut at a comma when it is long."""
    words = " ".join(normal.surface(piece.start, piece.end).split())
    if len(words) <= _TITLE_LENGTH:
        return words
    cut = max(words.rfind("，", 0, _TITLE_LENGTH), words.rfind(",", 0, _TITLE_LENGTH))
    return words[:cut] if cut >= _SHORT * 2 else words[: _TITLE_LENGTH - 1] + "…"


def _issues(action: PlanAction, hits: Hits, source: str) -> list[Issue]:
    """What the action lacks, by code."""
    issues = []
    times = [hits.schedule[i] for i in action.schedule]
    if not any(hits.actors[i].role not in ("recipient", "approver", "funder") for i in action.actors):
        issues.append(Issue("no-owner", action.span))
    if not times:
        issues.append(Issue("no-schedule", action.span))
    elif all(hit.kind == "vague" for hit in times):
        issues.append(Issue("vague-schedule", action.span, times[0].surface))
    for hit in times:
        if hit.alternatives or "alternative" in hit.norm or hit.norm.get("any_of"):
            issues.append(Issue("ambiguous-schedule", (hit.offset, hit.end), hit.surface))
        if re.search(r"20[xX×*_○□◯]|2[xX×*_]{1,3}年", hit.surface):
            issues.append(Issue("masked-year", (hit.offset, hit.end), hit.surface))
        if hit.kind == "blank":
            issues.append(Issue("blank-date", (hit.offset, hit.end), hit.surface))
    if not any(hits.quantities[i].kind != "rhetorical" for i in action.quantities):
        issues.append(Issue("no-quantity", action.span))
    if re.search(r"[xX×*_○□]{2,}", source[action.span[0] : action.span[1]]):
        issues.append(Issue("placeholder", action.span))
    return issues
