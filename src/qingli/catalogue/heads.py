"""Chinese noun phrases end with their head: in 垃圾分类知识讲座 the lecture is held, and sorting is what it is about."""

import re

from .words import BROAD_OBJECT, OBJECT, SLOGAN, Hit

# What may stand between a describing word and the head without parting them.
_BETWEEN = re.compile(r"(?:工作|专项|环保|社区|知识|相关|活动|小区|情况|方面|处|内|里|中|上|点|区域)?(?:的|之)?")


def modifiers(text: str, objects: list[Hit], verbs: list[Hit]) -> list[Hit]:
    """Those objects that describe the object right after them.

    A head that is also a verb (考核, 清运) is an act done to the word before it, so that one keeps its weight.
    """
    acts = {verb.start for verb in verbs}
    found = []
    for left, right in zip(objects, objects[1:], strict=False):
        if right.kind != OBJECT or left.kind == SLOGAN or right.start in acts or right.start < left.end:
            continue
        if left.kind == BROAD_OBJECT or right.concepts != left.concepts:
            between = text[left.end : right.start]
            if len(between) <= 5 and _BETWEEN.fullmatch(between):
                found.append(left)
    return found
