"""Which heading stands under which: glyph classes stacked as they first appear in this document."""

import re
from collections import defaultdict
from collections.abc import Sequence

from ..normal import Normal
from ..types import Issue, OutlineItem
from .markers import Marker

_ORDER = (
    *("annex", "chapter", "section", "article", "capital", "roman", "cn", "cnbare", "upper", "upperparen", "called"),
    *("term", "stage", "quarter", "month", "week", "weekday", "romanparen", "nth", "ord", "turn"),
    *("cnparen", "bracket", "decimal1", "bare", "row", "num", "decimal2", "decimal3", "decimal4", "paren", "half"),
    *("circle", "stem", "stemparen", "lower", "lowerparen", "smallroman", "smallromanparen", "shi"),
)
# Letters and such have no fixed place: where they first open under a heading they belong to it (1.A. as well as A.1.).
_FREE = frozenset({"upper", "upperparen", "roman", "romanparen", "nth", "ord", "turn", "called", "bracket"})
_RANK = {style: rank for rank, style in enumerate(_ORDER)}
_TIMES = {"term", "stage", "quarter", "month", "week", "weekday"}
_HEADING_END = re.compile(r"[。;\n]|(?<!\d):|:(?!\d)")
_LONGEST_HEADING = 200
_LONGEST_SUBJECT = 10


def build_outline(
    normal: Normal, markers: Sequence[Marker], end: int
) -> tuple[tuple[OutlineItem, ...], tuple[Issue, ...]]:
    """Outline items of the plan that ends at normalised `end`, and what is odd about their numbering."""
    levels, parents = _stack(markers)
    ends = _ends(levels, markers, end)
    limits = [*(marker.start for marker in markers[1:]), end]
    items = tuple(
        _item(normal, marker, (index + 1, levels[index], parents[index]), end=ends[index], limit=limits[index])
        for index, marker in enumerate(markers)
    )
    return items, tuple(_numbering(normal, markers, parents))


def _stack(markers: Sequence[Marker]) -> tuple[list[int], list[int | None]]:
    levels: list[int] = []
    parents: list[int | None] = []
    stack: list[int] = []
    edges: set[tuple[str, str]] = set()
    later = _positions(markers)
    for index, marker in enumerate(markers):
        styles = [markers[i].style for i in stack]
        if marker.style == "annex":
            stack = []
        elif marker.style in styles:
            stack = stack[: styles.index(marker.style)]
        else:
            stack = _room(markers, stack, index, edges=edges, later=later)
        if stack:
            edges.add((markers[stack[-1]].style, marker.style))
        parents.append(stack[-1] if stack else None)
        stack = [*stack, index]
        levels.append(len(stack))
    return levels, parents


def _positions(markers: Sequence[Marker]) -> dict[str, list[int]]:
    where: dict[str, list[int]] = defaultdict(list)
    for index, marker in enumerate(markers):
        where[marker.style].append(index)
    return where


def _room(
    markers: Sequence[Marker], stack: list[int], index: int, *, edges: set[tuple[str, str]], later: dict[str, list[int]]
) -> list[int]:
    """The open items under which a class that is not open may stand.

    A class of higher rank closes a lower one, unless that one goes on counting afterwards or has held the class before.
    """
    marker = markers[index]
    while stack:
        top = markers[stack[-1]]
        if top.style == "row":
            stack = stack[:-1]
            continue
        if top.style == "annex" or _RANK[marker.style] > _RANK[top.style] or (top.style, marker.style) in edges:
            break
        if marker.style in _FREE and marker.value == 1 and later[marker.style][0] == index:
            break
        if _goes_on(markers, top, index, later[top.style]):
            break
        stack = stack[:-1]
    return stack


def _goes_on(markers: Sequence[Marker], top: Marker, index: int, positions: list[int]) -> bool:
    following = next((i for i in positions[_after(positions, index) :]), None)
    return following is not None and markers[following].value == top.value + 1


def _after(positions: list[int], index: int) -> int:
    low, high = 0, len(positions)
    while low < high:
        middle = (low + high) // 2
        if positions[middle] <= index:
            low = middle + 1
        else:
            high = middle
    return low


def _ends(levels: list[int], markers: Sequence[Marker], end: int) -> list[int]:
    """An item ends where the next one of its level or a higher one begins."""
    ends = [end] * len(markers)
    open_items: list[int] = []
    for index, marker in enumerate(markers):
        while open_items and levels[open_items[-1]] >= levels[index]:
            ends[open_items.pop()] = marker.start
        open_items.append(index)
    return ends


def _item(normal: Normal, marker: Marker, place: tuple[int, int, int | None], *, end: int, limit: int) -> OutlineItem:
    """The item at `place` (id, level, position of the parent), whose heading ends before `limit`."""
    number, level, parent = place
    text = normal.text
    begin = marker.end
    while begin < limit and text[begin] in " \t|,":
        begin += 1
    stop = min(begin + _LONGEST_HEADING, max(begin, end))
    if marker.style != "annex":
        stop = min(stop, max(begin, limit))
    found = _HEADING_END.search(text, begin, stop)
    stop = found.start() if found else stop
    while stop > begin and text[stop - 1] in " \t|,、":
        stop -= 1
    subject = found is not None and found[0] == ":" and found.start() == stop and stop - begin <= _LONGEST_SUBJECT
    offset, number_end = normal.span(marker.start, marker.end)
    heading_offset = normal.span(begin, stop)[0] if stop > begin else number_end
    return OutlineItem(
        id=number,
        level=level,
        number=normal.source[offset:number_end].strip(),
        offset=offset,
        heading=normal.surface(begin, stop),
        heading_offset=heading_offset,
        parent=None if parent is None else parent + 1,
        inline=marker.inline,
        subject=subject,
        style=marker.style,
        end=normal.span(marker.start, end)[1] if end > marker.start else number_end,
    )


def _numbering(normal: Normal, markers: Sequence[Marker], parents: Sequence[int | None]) -> list[Issue]:
    """Gaps, repeats and restarts among the items of one parent and one class. Nothing is renumbered."""
    last: dict[tuple[int | None, str], int] = {}
    issues = []
    for marker, parent in zip(markers, parents, strict=True):
        key = (parent, marker.style)
        before = last.get(key)
        last[key] = marker.value
        if marker.style in _TIMES or marker.style == "annex":
            continue
        code = _oddity(before, marker.value)
        if code:
            issues.append(Issue(code, normal.span(marker.start, marker.end), normal.surface(marker.start, marker.end)))
    return issues


def _oddity(before: int | None, value: int) -> str | None:
    expected = 1 if before is None else before + 1
    if value == expected:
        return None
    if before is not None and value == before:
        return "number-repeat"
    if before is not None and value == 1:
        return "number-restart"
    return "number-gap" if value > expected else "number-repeat"
