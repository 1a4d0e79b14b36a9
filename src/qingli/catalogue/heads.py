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
        if left.end <= right.start and _is_second_verb(right, left, verbs, takes):
            found.append(right)
        if left.kind == SLOGAN or right.start < left.end:
            continue
        act = acts.get(left.end)
        between = text[act.end if act else left.end : right.start]
        listed = bool(found) and found[-1] is right and _goes_with(text, left, right, between)
        if listed or (_describes(left, right, between, takes) and not _is_done_to(acts.get(right.start), left, takes)):
            found.append(left)
    return found


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


def _is_second_verb(right: Hit, left: Hit, verbs: list[Hit], takes: Mapping[str, Collection[str]]) -> bool:
    """對水箱清洗消毒: disinfect only goes on with the verb before it, and both are done to the tank."""
    act = next((verb for verb in verbs if verb.start == right.start and verb.end == right.end), None)
    before = next((verb for verb in verbs if verb.end == right.start), None)
    if act is None or before is None or len(act.word) > 2 or set(act.concepts).isdisjoint(before.concepts):
        return False
    return _is_done_to(before, left, takes) and _is_done_to(act, left, takes)


def _is_done_to(act: Hit | None, thing: Hit, takes: Mapping[str, Collection[str]]) -> bool:
    return act is not None and any(
        verb in takes.get(concept, ()) for concept in thing.concepts for verb in act.concepts
    )


def weakened(text: str, verb: Hit) -> Hit:
    """The verb, at half its weight where it only tells which thing is meant: 上級舉辦的培訓 is not held by us."""
    if text[verb.end : verb.end + 1] == "的":
        return verb._replace(weight=verb.weight * _ATTRIBUTIVE)
    return verb
