"""What a time rule gives back, and how one is written down."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Norm = Mapping[str, Any]

CORE = frozenset({"recur", "window", "date", "deadline", "festival", "vague"})


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at normalised [start, end)."""

    start: int
    end: int
    kind: str
    norm: dict[str, Any]
    rule: str = ""
    alternatives: tuple[Norm, ...] = ()

    def widened(self, start: int, end: int, **changes: Any) -> "Found":
        return replace(self, start=start, end=end, **changes)


Answer = tuple[str, dict[str, Any]] | tuple[str, dict[str, Any], tuple[Norm, ...]] | None
Build = Callable[[re.Match[str]], Answer]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern, the characters it can begin with, and what it means. `build` may refuse by returning None.

    A group called `hit` narrows the surface to itself; `back` widens it to the event that stands before the match.
    """

    name: str
    pattern: re.Pattern[str]
    starts: str
    build: Build
    back: Callable[[str, int], int] | None = None

    def at(self, text: str, position: int) -> Found | None:
        """What this rule finds exactly at `position`."""
        match = self.pattern.match(text, position)
        answer = self.build(match) if match else None
        if match is None or answer is None:
            return None
        start, end = match.span("hit") if "hit" in self.pattern.groupindex else match.span()
        if self.back is not None:
            start = self.back(text, start)
        start, end = _unquoted(text, start, end)
        return Found(start, end, answer[0], answer[1], self.name, answer[2] if len(answer) > 2 else ())


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Without quotation marks that enclose the whole, or of which only one is inside."""
    opened, closed = text.count("“", start, end), text.count("”", start, end)
    if text[start] == "“" and (not closed or text[end - 1] == "”"):
        start += 1
        opened -= 1
    if end > start and text[end - 1] == "”" and closed > opened:
        end -= 1
    if end > start and text.count('"', start, end) % 2:
        start, end = (start + 1, end) if text[start] == '"' else (start, end - (text[end - 1] == '"'))
    return start, end


def rule(
    name: str, starts: str, pattern: str, back: Callable[[str, int], int] | None = None
) -> Callable[[Build], Rule]:
    """Decorator: `@rule("month", NUMERALS, r"...")` over the function that builds the meaning."""
    return lambda build: Rule(name, re.compile(pattern, re.MULTILINE), starts, build, back)


def firsts(words: Iterable[str]) -> str:
    """The characters with which `words` begin."""
    return "".join(sorted({word[0] for word in words}))


def rrule(value: str, **more: Any) -> dict[str, Any]:
    return {"type": "rrule", "value": value, **more}


def window(first: object, last: object, **more: Any) -> dict[str, Any]:
    return {
        "type": "window",
        "from": None if first is None else str(first),
        "to": None if last is None else str(last),
        **more,
    }
