"""Chinese noun phrases end with their head: in 垃圾分类知识讲座 a lecture is held, and sorting is its subject."""

import re
from collections.abc import Collection, Mapping
from itertools import pairwise

from .words import OBJECT, SLOGAN, Hit

# What may stand between a describing word and the head without parting them.
_BETWEEN = re.compile(
    r"(?:工作|专项|环保|社区|知识|活动|小区|情况|方面|处|内|里|中|上|点|区域)?(?:等)?(?:各项|各类|各种|多项|相关|有关)?(?:的|之)?"
)
# Before something that is held (比賽, 講座) more may stand: 舊物製燈比賽.
_ANYTHING_SHORT = re.compile(r"[^、,，和及与或对向在到并是,]{0,3}")
_WHERE = re.compile(r"(?:在|于|由|到|向)[^,、，的]{0,4}$")
_MOVERS = frozenset(
    [
        "组织",
        "发动",
        "动员",
        "安排",
        "引导",
        "邀请",
        "选派",
        "带领",
        "督促",
        "要求",
        "指导",
        "鼓励",
        "号召",
        "请",
        "劝导",
        "提醒",
        "倡导",
        "派",
        "监督",
        "委托",
        "联系",
    ]
)
_TURNS_ASIDE = ("的", "后", "前", "时")
_ATTRIBUTIVE = 0.5
_LISTED = re.compile(r".{0,3}(?:[、和及与或]|以及).{0,2}")


def modifiers(text: str, objects: list[Hit], verbs: list[Hit], takes: Mapping[str, Collection[str]]) -> list[Hit]:
    """Those objects that describe the object right after them, and those listed beside such a one (甲、乙等制度).

    A head that is also a verb is an act: where the object before it takes that verb (`takes`: object concept → verb
    concepts), as in 垃圾清運, the act is done to it, and it keeps its weight.
    """
    acts = {verb.start: verb for verb in verbs}
    found: list[Hit] = []
    for left, right in reversed(list(pairwise(objects))):
        if left.kind == SLOGAN or right.start < left.end:
            continue
        act = acts.get(left.end)
        between = text[act.end if act else left.end : right.start]
        listed = bool(found) and found[-1] is right and _goes_with(text, left, right, between)
        if listed or (_describes(left, right, between, takes) and not _is_done_to(acts.get(right.start), left, takes)):
            found.append(left)
    return found + _acts_on_others(text, objects, acts, takes) + _agents(text, objects, verbs)


def _describes(left: Hit, right: Hit, between: str, takes: Mapping[str, Collection[str]]) -> bool:
    if right.kind != OBJECT or right.concepts == left.concepts:
        return False
    if _BETWEEN.fullmatch(between):
        return True
    is_event = any("convene" in takes.get(concept, ()) for concept in right.concepts)
    return is_event and _ANYTHING_SHORT.fullmatch(between) is not None


def _goes_with(text: str, left: Hit, right: Hit, between: str) -> bool:
    """Whether left stands beside right, which describes something: in a list that 等 closes, or as the same thing."""
    if left.concepts == right.concepts and _BETWEEN.fullmatch(between):
        return True
    return "等" in text[right.end : right.end + 5] and _LISTED.fullmatch(between) is not None


def _acts_on_others(
    text: str, objects: list[Hit], acts: Mapping[int, Hit], takes: Mapping[str, Collection[str]]
) -> list[Hit]:
    """Objects that are only the verb of another one: 清運 in 大件家具預約清運, where the furniture is the object."""
    found = []
    for hit in objects:
        act = acts.get(hit.start)
        if act is None or act.end != hit.end or len(hit.word) > 2:
            continue
        for thing in objects:
            apart = text[min(hit.end, thing.end) : max(hit.start, thing.start)]
            if (
                thing.kind == OBJECT
                and thing.concepts != hit.concepts
                and "," not in apart
                and _is_done_to(act, thing, takes)
            ):
                found.append(hit)
                break
    return found


def _agents(text: str, objects: list[Hit], verbs: list[Hit]) -> list[Hit]:
    """Those who are moved to do something to something else: 商戶 in 組織商戶學習條例."""
    found = []
    for hit in objects:
        moved = any(verb.word in _MOVERS and 0 <= hit.start - verb.end <= 4 for verb in verbs)
        if not moved:
            continue
        deeds = [verb for verb in verbs if 0 <= verb.start - hit.end <= 4 and verb.word not in _MOVERS]
        stop = text.find(",", hit.end)
        end = stop if stop >= 0 else len(text)
        if any(deed.end <= thing.start < end and thing.kind == OBJECT for deed in deeds for thing in objects):
            found.append(hit)
    return found


def _is_done_to(act: Hit | None, thing: Hit, takes: Mapping[str, Collection[str]]) -> bool:
    return act is not None and any(
        verb in takes.get(concept, ()) for concept in thing.concepts for verb in act.concepts
    )


def stands_where(text: str, hit: Hit) -> bool:
    """Whether the object tells where or by whom something is done: 在樓道張貼提示."""
    return _WHERE.search(text, max(0, hit.start - 5), hit.start) is not None


def weakened(text: str, verb: Hit) -> Hit:
    """The verb, at half its weight where it only tells which thing or when: 上級舉辦的培訓, 清洗後送檢."""
    if text[verb.end : verb.end + 1] in _TURNS_ASIDE:
        return verb._replace(weight=verb.weight * _ATTRIBUTIVE)
    return verb
