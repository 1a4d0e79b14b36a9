"""What the shape of a clause says about its words: which is the head, who only acts, and what only tells where or when.

Chinese noun phrases end with their head: in 垃圾分类知识讲座 a lecture is held, and sorting is its subject.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from .words import OBJECT, SLOGAN, Hit

# What may stand between a describing word and the head without parting them.
_BETWEEN = re.compile(
    r"(?:工作|专项|环保|社区|知识|活动|小区|情况|方面|处|内|里|中|上|点|区域)?(?:等)?(?:各项|各类|各种|多项|相关|有关)?(?:的|之)?"
)
# Before something that is held (比賽, 講座) more may stand: 舊物製燈比賽.
_ANYTHING_SHORT = re.compile(r"[^、,，和及与或对向在到并是]{0,3}")
_LISTED = re.compile(r".{0,3}(?:[、和及与或]|以及).{0,2}")
_WHERE = re.compile(r"(?:在|于|由|到|向)[^,、，的]{0,4}$")
_MOVERS = re.compile(
    r"组织|发动|动员|安排|引导|邀请|选派|带领|督促|要求|指导|鼓励|号召|请|劝导|提醒|倡导|派|监督|委托|联系"
)
# What follows a verb that only tells which thing is meant, or when: the share of its weight that it keeps.
_ASIDE = {"的": 0.5, "后": 0.7, "前": 0.7, "时": 0.7}


@dataclass(frozen=True, slots=True)
class Clause:
    """A normalised clause with the words found in it. `takes`: object concept → the verb concepts it goes with."""

    text: str
    objects: list[Hit]
    verbs: list[Hit]
    takes: Mapping[str, Collection[str]]

    def minor(self) -> list[Hit]:
        """Those objects that are named but not acted on: what describes, what is itself the act, who is moved to it."""
        acts = {verb.start: verb for verb in self.verbs}
        movers = [verb for verb in self.verbs if _MOVERS.fullmatch(verb.word)]
        found = self._describing(acts)
        return found + [hit for hit in self.objects if self._is_act(hit, acts) or self._is_moved(hit, movers)]

    def _describing(self, acts: Mapping[int, Hit]) -> list[Hit]:
        """Objects that describe the next one, and those listed beside such a one (甲、乙等制度).

        A head that is also a verb is an act: where the object before it takes that verb, as in 垃圾清運, it is the
        object that the act is done to, and keeps its weight.
        """
        found: list[Hit] = []
        for left, right in reversed(list(pairwise(self.objects))):
            if left.kind == SLOGAN:
                continue
            between = self._between(left, right, acts)
            listed = bool(found) and found[-1] is right and self._goes_with(left, right, between)
            if listed or (self._describes(left, right, between) and not self._done_to(acts.get(right.start), left)):
                found.append(left)
        return found

    def _between(self, left: Hit, right: Hit, acts: Mapping[int, Hit]) -> str:
        """What parts two objects. A verb after the first belongs to it in 綠化管護等制度, not in 宣傳欄介紹分類."""
        act = acts.get(left.end)
        if act is not None:
            after = self.text[act.end : right.start]
            if after.startswith(("等", "的")):
                return after
        return self.text[left.end : right.start]

    def _describes(self, left: Hit, right: Hit, between: str) -> bool:
        if right.kind != OBJECT or right.concepts == left.concepts:
            return False
        is_held = any("convene" in self.takes.get(concept, ()) for concept in right.concepts)
        if right.start < left.end:  # they share characters, as 節水知識 and 知識講座 do
            return is_held
        if is_held and _ANYTHING_SHORT.fullmatch(between):
            return True
        return _BETWEEN.fullmatch(between) is not None

    def _goes_with(self, left: Hit, right: Hit, between: str) -> bool:
        """Whether left stands beside right, which describes something: in a list that 等 closes, or as the same."""
        if left.concepts == right.concepts and _BETWEEN.fullmatch(between):
            return True
        return "等" in self.text[right.end : right.end + 5] and _LISTED.fullmatch(between) is not None

    def _is_act(self, hit: Hit, acts: Mapping[int, Hit]) -> bool:
        """Whether it is only the verb of another object: 清運 in 大件家具預約清運, where the furniture counts."""
        act = acts.get(hit.start)
        if act is None or act.end != hit.end or len(hit.word) > 2:
            return False
        return any(self._done_to(act, thing) and self._together(hit, thing) for thing in self.objects)

    def _together(self, hit: Hit, thing: Hit) -> bool:
        if thing.kind != OBJECT or thing.concepts == hit.concepts:
            return False
        return "," not in self.text[min(hit.end, thing.end) : max(hit.start, thing.start)]

    def _done_to(self, act: Hit | None, thing: Hit) -> bool:
        if act is None:
            return False
        return any(verb in self.takes.get(concept, ()) for concept in thing.concepts for verb in act.concepts)

    def _is_moved(self, hit: Hit, movers: list[Hit]) -> bool:
        """Whether they are only moved to do something to something else: 商戶 in 組織商戶學習條例."""
        if not any(0 <= hit.start - mover.end <= 4 for mover in movers):
            return False
        deeds = [verb.end for verb in self.verbs if 0 <= verb.start - hit.end <= 4 and verb not in movers]
        if not deeds:
            return False
        stop = self.text.find(",", hit.end)
        end = stop if stop >= 0 else len(self.text)
        return any(min(deeds) <= thing.start < end and thing.kind == OBJECT for thing in self.objects)


def tells_where(text: str, hit: Hit) -> bool:
    """Whether the object tells where or by whom something is done: 在樓道張貼提示."""
    return _WHERE.search(text, max(0, hit.start - 5), hit.start) is not None


def set_aside(text: str, verb: Hit) -> Hit:
    """The verb, at less weight where it only tells which thing or when: 上級舉辦的培訓, 清洗後送檢."""
    share = _ASIDE.get(text[verb.end : verb.end + 1])
    return verb if share is None else verb._replace(weight=verb.weight * share)
