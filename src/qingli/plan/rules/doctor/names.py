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
    plain = simplify(text)
    found, floor = [], start
    for suffix in _SUFFIX.finditer(plain, start, end):
        run = _RUN.search(plain, max(floor, suffix.start() - 10), suffix.start())
        stem = _stem(run[0], suffix[0]) if run else ""
        if 2 <= len(stem) <= 3:
            span = suffix.start() - len(stem), suffix.end()
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
    """foreign-name, foreign-signature: places that are not the unit's own.

    When the unit is unknown: mixed-names where a level has several names, else place-name, to be looked at.
    """
    named = places(plan.text, *plan.span)
    own = {simplify(name) for name in context.places}
    signature = _signature(plan)
    by_level: dict[str, set[str]] = {}
    for place in named:
        by_level.setdefault(place.level, set()).add(simplify(place.name))
    for place in named:
        if _is_own(place, own):
            continue
        facts = {"name": place.name, "level": place.level}
        signed = place.span[0] >= signature
        if own:
            yield _foreign(place, facts, _own_at(place.level, context), signed=signed)
        elif len(by_level[place.level]) > 1:
            yield Finding("mixed-names", "should", place.span, facts | {"count": len(by_level[place.level])})
        else:
            yield Finding("place-name", "note", place.span, facts)


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


def _foreign(place: Place, facts: dict[str, str], mine: str | None, *, signed: bool) -> Finding:
    fixes = (Fix("own-name", (TextEdit(*place.span, mine),), {"name": mine}),) if mine else ()
    code = "foreign-signature" if signed and place.level == "community" else "foreign-name"
    return Finding(code, "must", place.span, facts, fixes)


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
