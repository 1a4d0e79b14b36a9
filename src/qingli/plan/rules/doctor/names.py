"""Names of other places and people, kept from a plan that was copied.

A name is read from what stands before 社區, 街道, 鎮, 鄉, 區, 縣, 市: the two or three characters that are left when
function words and common words are cut off. Whatever cannot be told apart from a common word is not taken for a name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qingli.reading.normal import simplify

from .name_words import COMMON_WORDS, FUNCTION_WORDS
from .types import Context, Finding, Fix, PlanFacts, Span, TextEdit

_SUFFIX = re.compile(r"社区|街道|[镇乡区县市](?![域间别民直级委政容场面区政机])")
_RUN = re.compile(r"[\u4e00-\u9fff]{1,10}$")
_COMMON = re.compile("|".join(sorted(COMMON_WORDS, key=len, reverse=True)))
_LEVELS = {
    "镇": "town",
    "乡": "town",
    "街道": "street",
    "社区": "community",
    "区": "district",
    "县": "district",
    "市": "city",
}
_SIGNATURE_LINES = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A place name in the text. level: community, street, town, district or city."""

    name: str
    level: str
    span: Span


def places(text: str, start: int, end: int) -> list[Place]:
    """Every place name of text[start:end], as written."""
    plain = simplify(text[start:end])
    found, floor = [], 0
    for suffix in _SUFFIX.finditer(plain):
        run = _RUN.search(plain, max(floor, suffix.start() - 10), suffix.start())
        stem = _stem(run[0], suffix[0]) if run else ""
        if 2 <= len(stem) <= 3:
            span = start + suffix.start() - len(stem), start + suffix.end()
            found.append(Place(text[slice(*span)], _LEVELS[suffix[0]], span))
            floor = suffix.end()
    return found


def _stem(run: str, suffix: str) -> str:
    """What is left of a run of characters after the last function word or common word; "" when 辖区 itself is one."""
    cut = max((place + 1 for place, sign in enumerate(run) if sign in FUNCTION_WORDS), default=0)
    for word in _COMMON.finditer(run + suffix):
        cut = max(cut, word.end())
    return run[cut:]


def foreign_names(plan: PlanFacts, context: Context) -> Iterator[Finding]:
    """foreign-name, foreign-signature: places that are not the unit's own, each name once with all its `spans`.

    When the unit is unknown: mixed-names where a level has several names, else place-name, to be looked at.
    """
    own = {simplify(name) for name in context.places}
    named: dict[str, list[Place]] = {}
    for place in places(plan.text, *plan.span):
        if not _is_own(place, own):
            named.setdefault(place.name, []).append(place)
    signature = _signature(plan)
    for name, found in named.items():
        level, spans = found[0].level, tuple(place.span for place in found)
        facts = {"name": name, "level": level, "spans": spans}
        rivals = {simplify(other) for other, their in named.items() if their[0].level == level}
        if own:
            signed = level == "community" and spans[0][0] >= signature
            code = "foreign-signature" if signed else "foreign-name"
            yield Finding(code, "must", spans[0], facts, _renamed(spans, _own_at(level, context)))
        elif len(rivals) > 1:
            yield Finding("mixed-names", "should", spans[0], facts | {"count": len(rivals)})
        else:
            yield Finding("place-name", "note", spans[0], facts)


def _is_own(place: Place, own: set[str]) -> bool:
    """Own by its full name, or by a longer name that ends with it (渝中區 for 重慶市渝中區)."""
    name = simplify(place.name)
    return any(mine == name or mine.endswith(name) for mine in own)


def _own_at(level: str, context: Context) -> str | None:
    alike = {level, "town" if level == "street" else "street" if level == "town" else level}
    for name in context.places:
        suffix = _SUFFIX.search(simplify(name), max(len(name) - 2, 0))
        if suffix and _LEVELS[suffix[0]] in alike:
            return name
    return None


def _renamed(spans: tuple[Span, ...], mine: str | None) -> tuple[Fix, ...]:
    keep = Fix("keep-name")
    if not mine:
        return (keep,)
    return Fix("own-name", tuple(TextEdit(*span, mine) for span in spans), {"name": mine}), keep


def _signature(plan: PlanFacts) -> int:
    """Where the last lines begin, if they are short: a plan is signed there."""
    offset, start = plan.span[1], plan.span[1]
    lines = plan.body.splitlines(keepends=True)
    for line in reversed(lines[-_SIGNATURE_LINES:]):
        offset -= len(line)
        if len(line.strip()) > 20:
            break
        start = offset
    return start


def foreign_people(plan: PlanFacts, context: Context) -> Iterator[Finding]:
    """Persons named in the plan whom the unit does not know: still in office, or left over from another plan?"""
    if not context.people:
        return
    known = {simplify(name) for name in context.people}
    for person in plan.people:
        if simplify(person.name) not in known:
            fixes = (Fix("drop-name", (TextEdit(*person.span, ""),)), Fix("keep-name"))
            yield Finding("unknown-person", "should", person.span, {"name": person.name}, fixes)
