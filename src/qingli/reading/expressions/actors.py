"""Who acts or holds a post: 书记王某任组长, 由物业公司负责, 报街道办, 与业委会, 责任单位：…, columns of a table."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import actor_words as words

Span = tuple[int, int]

TIME = "@"
_CHAR = r"[㐀-鿿A-Za-z_xX*×○“”·]"
_STOP = (
    r"和|及|与|对|把|将|被|使|让|给|从|以|于|在|向|与|跟|的|了|是|要|有(?!限)|到|并|且|而|或"
    r"|(?<!申)请|由|经|按|为|任(?!课)|该|其(?!他)|则|等|不|等"
    r"|约谈|加强|开展|组织(?!部)|做好|落实|推进|推动|建立|成立|完善|利用|通过|进行|提高|强化"
    r"|发挥|督促|确保|充分|认真|积极|继续|切实|提升|改善|营造|形成|明确|健全|动员|发动"
    r"|引导|邀请|配合|协助|会同|联合(?!会)|召开|举办|实施|开放|制定|全面|深入|清理|清扫"
    r"|打扫|检查(?!组|员)|巡查(?!员|队|组|[一二三四])|参加|参观|参与|张贴|发放|走访|慰问|派(?!出所)"
    r"|设(?!备|施|计)|带领|评选|推选|清空|倡导|引导|鼓励|支持|更换|选派|指定|聘请|冲洗"
    r"|喷|纳入|列入|迎接|上交|委托|责成|聘用|负责|牵头|完成|上报|报送|提交|处理|维护|优化|降低"
)
_PREFIX = rf"(?:(?:各?[市区县镇乡]|街道|社区)、)?(?:(?!{_STOP}){_CHAR}){{0,16}}"
_NAMED = (
    rf"(?:[㐀-鿿xX*_○]{{2,4}}?(?:同志|先生|女士|老师)|[㐀-鿿xX*_○]{{2,3}}(?=总?负责|总?牵头"
    r"|审批|批准|(?<!班主)任|担任|兼任|带领|为(?:组|副|主|成|召|队)|主持|担)"
    rf"|[{words.FAMILY_NAMES}](?:某某?|[㐀-鿿]{{1,2}}?)(?=[、,;)。任兼@]|{words.VERBS}|$))?"
)
_HEAD = f"(?:{words.BODIES}|{words.OFFICES}|{words.POSTS}|{words.PEOPLE}|{words.PLACES}|{words.GROUPS})"
_ORG = f"(?:{words.BODIES}|{words.OFFICES}|{words.PLACES}|{words.GROUPS})"
_STRONG = "(?:领导小组办公室|领导小组|工作小组|工作专班|指挥部办公室|指挥部)"
_WORK_NAMED = re.compile(r"(?:整治|治理|管理|清理|改造|保洁|维护|养护|培训|宣传|检查|清洗|消毒)(?:[。:\n]|$)")
_ONE = (
    rf"(?:(?:(?:[市区县镇乡]|街道|社区)、)?(?:(?!和|及|与|由|对|向|把|将|为|的|在|成立|组成"
    rf"|设立|组建|负责|报){_CHAR}){{0,22}}{_STRONG}|{_PREFIX}{_HEAD}){_NAMED}(?:\([^()\n]{{1,12}}\))?[”]?"
    rf"(?!{_HEAD})"
)
_LIST = rf"{_ONE}(?:,?(?:、|和|及|与|以及)“?{_ONE}){{0,8}}"
_VERB = f"(?:{words.VERBS}|{TIME}|由[㐀-鿿]{{2,12}}(?:带领|率领))"
_FOLLOWED = rf"(?!{words.NOT_AFTER})(?=[,]?{_VERB})"
_AT_START = r"(?<![^。;:,!?\n\t |)@”(])"

_SUBJECT = re.compile(rf"{_AT_START}“?(?P<a>{_LIST}){_FOLLOWED}")
_BY = re.compile(rf"由“?(?P<a>{_LIST}|[㐀-鿿]{{2,4}}(?=审批|批准|负责|牵头))(?P<after>[^。;,\n]{{0,14}})")
_ROLES = re.compile(
    rf"(?:分别)?(?:担任|兼任|出任|任|为|是)(?:本?(?:领导|工作)?小组)?(?P<post>{words.DEPUTIES}"
    rf"|{words.LEADERS}|{words.MEMBERS}|{words.LIAISONS})(?![㐀-鿿]{{0,2}}(?:单位|会议))"
)
_HOLDS = re.compile(
    rf"(?P<post>{words.DEPUTIES}|{words.LEADERS}|{words.LIAISONS})(?:一职)?由(?P<a>[㐀-鿿、]{{2,12}}?)(?:分别)?"
    rf"(?:出任|担任|兼任)(?!{words.LEADERS}|{words.DEPUTIES}|{words.LIAISONS}|{words.MEMBERS})"
)
_LEAD_IN = re.compile(r"(?:[^由]{0,40}(?:(?<!自)由|派|指定|聘请|推选|选派))|其中|同时|并|以")
_CLAUSE_START = re.compile(r"[^。;:,\n@]{2,60}$")
_LABELLED = re.compile(
    rf"(?:^|[\n\t ,;。|()])[ \t]*(?P<post>{words.DEPUTIES}|{words.LEADERS}|{words.MEMBERS}"
    rf"|{words.LIAISONS}|组[ \t]{{1,4}}[长员]|成[ \t]{{1,4}}员|主[ \t]{{1,4}}任)"
    rf"[ ]?:[ \t]*(?P<a>(?:(?![ \t,]{{0,4}}(?:{words.DEPUTIES}|{words.LEADERS}|{words.MEMBERS}"
    rf"|{words.LIAISONS})[ ]?:)[^\n。;:|]){{2,80}})"
)
_SEATED = re.compile(
    r"(?:组员|成员|委员)(?:单位)?(?:包括|包含|有|由)(?P<a>[^。;:,\n@]{2,60}?)(?=组成|担任|出任|[。;,\n]|$)"
)
_FIELDS = "|".join(f"(?P<{role}>{names})" for role, names in words.FIELD_NAMES.items())
_FIELD = re.compile(rf"(?:{_FIELDS})(?:及[㐀-鿿]{{1,4}})?[ ]?:[ \t]*(?P<a>[^\n。;:|\t(]{{2,60}})")
_CELL = re.compile(rf"[ ]*(?:{_FIELDS})[ ]*")
_RECIPIENT = re.compile(
    rf"(?:(?<![申填汇通预海日晚小板墙简电回])报(?![道刊名表废警纸酬销考价])送?(?:至|到|给)?"
    rf"|上报(?:至|到|给)?|送(?:至|交|到)?|提交(?:至|到|给)?|(?<!提)交(?:至|到|给)?|移交"
    rf"|报告|回报|通报(?:至|给)?|汇报给|反馈(?:至|到|给)?)“?(?P<a>{_PREFIX}(?:{_ORG}|{words.POSTS}))(?P<a"
    rf"fter>[^。;,\n]{{0,10}})"
    rf"|向“?(?P<b>{_LIST})(?=[^。;,\n]{{0,18}}?(?:报告|汇报|报送|报备|提交|反映|推荐|申报|申请|反馈"
    rf"|移交|上报|通报|述职|报备|备案))"
)
_APPROVER = re.compile(
    rf"经“?(?P<a>{_LIST})(?=[^。;,\n]{{0,4}}(?:批准|审批|核定|核准|审议|同意|审核|通过|研究|审定|签核))"
)
_PARTNER = re.compile(
    rf"(?:(?<![参给赋授])与|会同|联合|协同|商请|邀请|配合|联动|联系)(?:各)?“?(?P<a>{_LIST})(?!的?(?:工作"
    rf"|关系|需求|力量|作用|之间))"
)
_MOVED = re.compile(
    rf"(?:组织|发动|动员|带领|委托|责成|(?<!申)请|督促|要求|发挥|调动|责令|派)(?:好|各)?“?(?P<a>{_LIST})(?!的?(?:建"
    rf"设|环境|活动|会议|意识|培训|名单))"
)
_BODY = re.compile(
    rf"(?:(?:机构|专门机构)为|成立|组建|设立|建立|组成|下设|调整|组织|的|设(?!在))“?(?P<a>(?:(?!{_STOP}"
    rf"|成立|由|、){_CHAR}){{0,24}}?(?:领导小组办公室|领导小组|工作小组|推进小组|协调小组"
    rf"|工作专班|专班|验收组|指挥部|委员会|志愿者队伍|志愿服务队伍|(?<=[㐀-鿿])(?:小组|工作组"
    rf"|服务队|志愿队|宣讲队|巡查队|巡逻队|义工队|志工队|纠察队|义工组|关注组|大使团|队(?=[,。;、由])"
    rf"|联盟|协会|学会)))(?![㐀-鿿]{{0,1}}(?:会议|成员|的))"
)
_OFFICE = re.compile(
    rf"(?:办公室|办事机构|秘书处|工作机构)(?:设|挂靠|设立)(?:在|于)“?(?P<a>{_PREFIX}{_ORG})"
    rf"|[,;]设(?P<b>{_PREFIX}{_ORG})(?=,(?:具体)?(?:牵头|负责))"
)
_FUNDER = re.compile(
    rf"(?:报请|申请|争取|请|其中)“?(?P<a>{_LIST})(?=[^。;,\n]{{0,2}}(?:补助|自筹|资助|拨付|补贴|拨款))"
)
_HALF_DAYS = re.compile("上午|下午|晚上|早上|傍晚|中午|清晨|夜间")
_DATED_PAPER = re.compile(r"@+[^,。;\n]{0,8}(?:函|字第|令)")
_TABLE_BREAK = re.compile(r"\t|[ ]*\|[ ]*")


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor at normalised [start, end)."""

    start: int
    end: int
    role: str
    rule: str


def find_actors(text: str, times: Sequence[Span]) -> list[Actor]:
    """Actors of a normalised text, in order, without overlaps. `times` are hidden first: 于 + time + who."""
    masked = _hide(text, times)
    found: list[tuple[int, int, int, Actor]] = []
    for priority, rule in enumerate(_FINDERS):
        for actor in rule(masked):
            if actor.end - actor.start >= 2:
                found.append((priority, actor.start, -actor.end, actor))
    found.sort(key=lambda entry: entry[:3])
    return _disjoint([entry[3] for entry in found])


def _hide(text: str, times: Sequence[Span]) -> str:
    pieces, here = [], 0
    for start, end in times:
        if start >= here:
            pieces += [text[here:start], TIME * (end - start)]
            here = end
    return _HALF_DAYS.sub(TIME * 2, "".join([*pieces, text[here:]]))


def _disjoint(actors: Sequence[Actor]) -> list[Actor]:
    """The first rule that finds a stretch keeps it."""
    starts: list[int] = []
    kept: list[Actor] = []
    for actor in actors:
        at = bisect_left(starts, actor.start)
        if (at and kept[at - 1].end > actor.start) or (at < len(kept) and kept[at].start < actor.end):
            continue
        starts.insert(at, actor.start)
        kept.insert(at, actor)
    return kept


def _parts(text: str, start: int, end: int, pattern: str = r",?(?:以及|[、和及与])|,") -> Iterator[Span]:
    """The single actors of a list. A bare post (書記、主任) stays with the one before it."""
    pieces: list[list[int]] = []
    here = start
    for cut in [*re.compile(pattern).finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        if pieces and _bare(text[here:stop]) and text[pieces[-1][1] : here] == "、":
            pieces[-1][1] = stop
        else:
            pieces.append([here, stop])
        here = cut.end() if cut else end
    for first, last in pieces:
        span = _stripped(text, first, last)
        if span[0] < span[1]:
            yield span


def _stripped(text: str, first: int, last: int) -> Span:
    """Without blanks and quotation marks around it, and without 一名 behind it."""
    while first < last and text[first] in " “”\t":
        first += 1
    while first < last and text[last - 1] in " “”\t":
        last -= 1
    count = _COUNTED.search(text, first, last)
    return first, count.start() if count else last


_COUNTED = re.compile(r"(?:[一二两三四五]|\d{1,2})[名人位](?=[、和]|$|[担任为])")
_GENERIC = re.compile(r"(?:相关|有关|各)?(?:机构|单位|部门|小组|队伍|分队|组织|中心|代表)")


def _bare(piece: str) -> bool:
    return bool(re.fullmatch(r"(?:副?主任|副?书记|副?[站队组校所]长)", piece))


_LEVELS = re.compile(r"(?:市|区|县|镇|街道|社区)(?:、(?:市|区|县|镇|街道|社区))+(?:两级|三级)?")
_SEPARATOR = re.compile(r",?(?:以及|[、和及与])|,")


def _merged_levels(text: str, start: int, end: int) -> list[Span]:
    """市、区、街道 and 市、区创建领导小组 are one actor each, not three."""
    levels = _LEVELS.match(text, start, end)
    if levels and "、" in levels[0]:
        cut = _SEPARATOR.search(text, levels.end(), end)
        return [(start, cut.start()), *_parts(text, cut.end(), end)] if cut else [(start, end)]
    return list(_parts(text, start, end))


def _actors(text: str, span: Span, role: str, rule: str) -> Iterator[Actor]:
    for start, end in _merged_levels(text, *span):
        title = text[end : end + 1] == "”" and re.search(rf"(?:{words.PLACES}|单位|企业|家庭)$", text[start:end])
        if not title and not text.startswith("每名", start):
            yield Actor(start, end, role, rule)


def _fields(text: str) -> Iterator[Actor]:
    for match in _FIELD.finditer(text):
        start, end = match.span("a")
        for first, last in _parts(text, start, end, r"[、,/]|和|及|[ ]{1,8}"):
            if TIME not in text[first:last]:
                yield Actor(first, last, _role_of(match), "field")


def _role_of(match: re.Match[str]) -> str:
    return next(role for role in words.FIELD_NAMES if match[role])


def _tables(text: str) -> Iterator[Actor]:
    """Cells under a head such as 责任单位; a table ends where the separators end for three lines."""
    columns: dict[int, str] = {}
    position, away, width = 0, 0, 0
    for line in text.split("\n"):
        cells = _cells(line, position)
        position += len(line) + 1
        heads = {i: _role_of(head) for i, (a, b) in enumerate(cells) if (head := _CELL.fullmatch(text, a, b))}
        if len(cells) >= 3 and heads:
            columns, away, width = heads, 0, len(cells)
            continue
        away = 0 if len(cells) >= 3 else away + 1
        if away > 3:
            columns = {}
        extra = 1 if len(cells) == width + 1 else 0  # a serial number that the head does not name
        for index, role in columns.items():
            if index + extra < len(cells) and len(cells) >= 3:
                for start, end in _parts(text, *cells[index + extra], r"[、/;]|,(?!\d)|和|及"):
                    yield Actor(start, end, role, "table")


def _cells(line: str, position: int) -> list[Span]:
    """Where the cells of a flattened table row stand; none for a line that is not one."""
    cells, here = [], 0
    for cut in _TABLE_BREAK.finditer(line):
        cells.append((position + here, position + cut.start()))
        here = cut.end()
    return [*cells, (position + here, position + len(line))] if cells else []


def _roles(text: str) -> Iterator[Actor]:
    before = 0
    for match in _ROLES.finditer(text):
        clause = _CLAUSE_START.search(text, max(0, match.start() - 60), match.start())
        if clause is None:
            continue
        lead = _LEAD_IN.match(clause[0])
        start = max(clause.start() + (lead.end() if lead else 0), before)
        start += text[start : start + 1] in ("、", "和")
        before = match.end()
        yield from _held(text, (start, match.start()), _post_role(match["post"]), "post")


def _holds(text: str) -> Iterator[Actor]:
    """组长由某某担任."""
    for match in _HOLDS.finditer(text):
        yield from _held(text, match.span("a"), _post_role(match["post"]), "post")


def _labelled(text: str) -> Iterator[Actor]:
    for match in _LABELLED.finditer(text):
        for start, end in _parts(text, *match.span("a"), r"[、,]|[ \t]{1,8}"):
            yield Actor(start, end, _post_role(match["post"]), "post-label")


def _seated(text: str) -> Iterator[Actor]:
    """组员包括各科主任, 成员由各处室组成."""
    for match in _SEATED.finditer(text):
        yield from _held(text, match.span("a"), "member", "post")


def _funders(text: str) -> Iterator[Actor]:
    for match in _FUNDER.finditer(text):
        yield from _actors(text, match.span("a"), "funder", "funder")


def _held(text: str, span: Span, role: str, rule: str) -> Iterator[Actor]:
    for start, end in _parts(text, *span):
        yield Actor(start, end, role, rule)


def _post_role(post: str) -> str:
    post = re.sub(r"[ \t]", "", post)
    for role, names in (("liaison", words.LIAISONS), ("deputy", words.DEPUTIES), ("member", words.MEMBERS)):
        if re.fullmatch(names, post):
            return role
    return "leader"


def _by(text: str) -> Iterator[Actor]:
    for match in _BY.finditer(text):
        yield from _actors(text, match.span("a"), _verb_role(match["after"]), "by")


def _verb_role(after: str) -> str:
    """What an actor is, from the verb that follows."""
    for role, verbs in _VERB_ROLES:
        if re.match(verbs, after):
            return role
    return "performer"


_VERB_ROLES = (
    ("office", r"设在|设于|挂靠|设立在"),
    ("founder", r"(?:共同|联合)*(?:成立|组成|组建)"),
    ("body", r"由[^。,]{2,12}(?:带领|率领)"),
    ("leader", r"总负责|总牵头|负总责|带领"),
    ("lead", r"(?:总)?牵头|主办|(?:负责)?(?:全面)?统筹"),
    ("liaison", r"(?:负责)?(?:日常)?联络|负责日常联[络系]"),
    (
        "funder",
        r"(?:全额)?(?:补助|拨付|出资|补贴|资助|支付|列支|承担(?:全部)?(?:费用|经费))|安排(?:专项)?(?:资金|经费)",
    ),
    ("approver", r"(?:负责)?(?:审批|批准|核定|签核|审定|审议|核准|批核|把关)"),
    ("supervisor", r"(?:[㐀-鿿]{0,4})(?:审计|监督|督查|抽查|督导|考核|监察|暗访)"),
    ("partner", r"(?:[㐀-鿿]{0,2})(?:协助|配合|协同|协办)"),
)


def _subjects(text: str) -> Iterator[Actor]:
    for match in _SUBJECT.finditer(text):
        if _DATED_PAPER.match(text, match.end()):
            continue
        after = text[match.end() : match.end() + 14].lstrip(TIME)
        if re.match(r"(?:应|要|将)?(?:相应)?(?:成立|设立|下设)", after):
            continue
        if text[match.end() : match.end() + 1] != TIME and _WORK_NAMED.match(after):
            continue
        role = "performer" if after.startswith("带领") else _verb_role(after)
        yield from _actors(text, match.span("a"), role, "subject")


def _recipients(text: str) -> Iterator[Actor]:
    for match in _RECIPIENT.finditer(text):
        group = "a" if match["a"] else "b"
        decides = group == "a" and re.match(r"(?:会议)?(?:批准|审批|研究|审定|同意|核定|审议)", match["after"] or "")
        yield from _actors(text, match.span(group), "approver" if decides else "recipient", "recipient")


def _approvers(text: str) -> Iterator[Actor]:
    for match in _APPROVER.finditer(text):
        yield from _actors(text, match.span("a"), "approver", "approver")


def _partners(text: str) -> Iterator[Actor]:
    for match in _PARTNER.finditer(text):
        for actor in _actors(text, match.span("a"), "partner", "partner"):
            if not _GENERIC.fullmatch(text[actor.start : actor.end]):
                yield actor


def _moved(text: str) -> Iterator[Actor]:
    for match in _MOVED.finditer(text):
        for actor in _actors(text, match.span("a"), "performer", "moved"):
            written = text[actor.start : actor.end]
            if _GENERIC.fullmatch(written) or (
                re.search(rf"(?:{words.PEOPLE})$", written) and not match[0].startswith("发动")
            ):
                continue
            yield actor


def _bodies(text: str) -> Iterator[Actor]:
    for match in _BODY.finditer(text):
        start, end = match.span("a")
        if not text[start:end].startswith(("小组", "委员会")):
            yield Actor(start, end, "office" if text[start:end].endswith("办公室") else "body", "body")


def _offices(text: str) -> Iterator[Actor]:
    for match in _OFFICE.finditer(text):
        yield Actor(*match.span("a" if match["a"] else "b"), "lead", "office")


_FINDERS = (
    _fields,
    _tables,
    _labelled,
    _holds,
    _roles,
    _seated,
    _funders,
    _bodies,
    _offices,
    _by,
    _approvers,
    _recipients,
    _partners,
    _moved,
    _subjects,
)
