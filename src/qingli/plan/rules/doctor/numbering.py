"""Gaps and repeats in the numbers of headings."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..compose import chinese_number
from .types import Finding, Fix, HeadingFact, PlanFacts, TextEdit

_CHINESE = re.compile(r"[一二三四五六七八九十]+")
_ARABIC = re.compile(r"[0-9０-９]+")
_SIGNS = {  # first sign of each row of twenty (or ten) in Unicode
    "①": (0x2460, 20),
    "⑴": (0x2474, 20),
    "⒈": (0x2488, 20),
    "㈠": (0x3220, 10),
}
_VALUES = {chinese_number(number): number for number in range(1, 100)}


@lru_cache(maxsize=4000)
def value_of(number: str) -> int | None:
    """第三節 → 3, （十二） → 12, ④ → 4; None for letters and other signs."""
    for sign in number:
        for first, count in _SIGNS.values():
            if first <= ord(sign) < first + count:
                return ord(sign) - first + 1
    if found := _ARABIC.search(number):
        return int(found[0])
    found = _CHINESE.search(number)
    return _VALUES.get(found[0]) if found else None


def written_as(number: str, value: int) -> str | None:
    """`number` with another value in the same dress; None where the dress has no such number."""
    for place, sign in enumerate(number):
        for first, count in _SIGNS.values():
            if first <= ord(sign) < first + count:
                return f"{number[:place]}{chr(first + value - 1)}{number[place + 1 :]}" if value <= count else None
    if _ARABIC.search(number):
        return _ARABIC.sub(str(value), number, count=1)
    return _CHINESE.sub(chinese_number(value), number, count=1) if 1 <= value <= 99 else None


def numbering(plan: PlanFacts) -> Iterator[Finding]:
    """number-gap and number-repeat among headings of one parent and style, each with one fix for the whole row.

    A row that starts again at 1 is a new row, not an error.
    """
    for row in _rows(plan.headings):
        values = [value_of(heading.number) for heading in row]
        fix = _renumbered(row, values)
        for heading, value, before in zip(row[1:], values[1:], values, strict=False):
            if value is None or before is None or value == before + 1:
                continue
            code = "number-repeat" if value <= before else "number-gap"
            span = (heading.offset, heading.offset + len(heading.number))
            yield Finding(code, "should", span, {"number": heading.number, "expected": before + 1}, fix)


def _rows(headings: tuple[HeadingFact, ...]) -> Iterator[list[HeadingFact]]:
    rows: dict[tuple[int | None, str], list[HeadingFact]] = {}
    for heading in headings:
        key = (heading.parent, heading.style)
        if value_of(heading.number) == 1 and key in rows and len(rows[key]) > 1:
            yield rows.pop(key)
        rows.setdefault(key, []).append(heading)
    yield from rows.values()


def _renumbered(row: list[HeadingFact], values: list[int | None]) -> tuple[Fix, ...]:
    if values[0] is None:
        return ()
    edits = []
    for right, (heading, value) in enumerate(zip(row, values, strict=True), values[0]):
        if value == right:
            continue
        text = written_as(heading.number, right)
        if text is None:
            return ()
        edits.append(TextEdit(heading.offset, heading.offset + len(heading.number), text))
    return (Fix("renumber", tuple(edits)),) if edits else ()
