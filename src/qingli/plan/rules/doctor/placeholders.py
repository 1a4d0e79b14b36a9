"""What was left to fill in: 20xx, xx社區, **, __, empty quotes."""

import re
from collections.abc import Iterator

from .types import Context, Finding, Fix, PlanFacts, Span, TextEdit

_MASK = r"(?:[xX×ＸｘＯ○〇*＊_＿]\s?){2,}"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("year-range", rf"20\s?{_MASK}\s?[-－—–~～至]+\s?20\s?{_MASK}"),
    ("year", rf"20\s?{_MASK}(?=\s?年)|20(?:[xX×＊*]{{2}}|_{{2,}})|(?<!\d)2[xX×]+(?=年)"),
    ("place", rf"{_MASK}(?=社區|社区|街道|鎮|镇|鄉|乡|區|区|縣|县|市|村|里(?!面|程))"),
    ("quote", r"“\s*”|「\s*」|『\s*』|《\s*》|（\s*）"),
    ("blank", rf"(?<![A-Za-z0-9]){_MASK}(?![A-Za-z0-9])"),
)
_SUFFIX = re.compile(r"社區|社区|街道|[鎮镇鄉乡區区縣县市村里]")


def placeholders(plan: PlanFacts, context: Context) -> Iterator[Finding]:
    """Left-over masks, those of one kind together: all xx社區 are one question with one answer.

    The fix fills in the plan's year or this unit's own names where they are known. facts: surface, kind, spans.
    """
    groups: dict[tuple[str, str], list[Span]] = {}
    taken: set[int] = set()
    for kind, span in _found(plan):
        if not taken.isdisjoint(range(*span)):
            continue
        taken.update(range(*span))
        groups.setdefault((kind, _suffix(span, plan)), []).append(span)
    for (kind, suffix), spans in groups.items():
        facts = {"surface": plan.text[slice(*spans[0])], "kind": kind, "suffix": suffix, "spans": tuple(spans)}
        yield Finding("placeholder", "must", spans[0], facts, _fixes(kind, suffix, spans, plan, context))


def _found(plan: PlanFacts) -> Iterator[tuple[str, Span]]:
    for kind, pattern in _PATTERNS:
        for found in re.finditer(pattern, plan.body):
            yield kind, (found.start() + plan.span[0], found.end() + plan.span[0])
    for mask in plan.masks:
        yield mask.kind, mask.span


def _suffix(span: Span, plan: PlanFacts) -> str:
    """社區 of xx社區, whether the mask's span holds it or it stands behind; "" when there is none."""
    found = _SUFFIX.search(plan.text, *span) or _SUFFIX.match(plan.text, span[1])
    return found[0] if found else ""


def _fixes(kind: str, suffix: str, spans: list[Span], plan: PlanFacts, context: Context) -> tuple[Fix, ...]:
    if kind == "year":
        return tuple(_year(year, spans) for year in _years(plan, context)) or (Fix("fill-in"),)
    name = next((name for name in context.places if suffix and name.endswith(suffix)), None)
    if kind not in ("place", "community") or not name:
        return (Fix("fill-in"),)
    return (Fix("fill-name", tuple(_filled(span, suffix, name, plan) for span in spans), {"name": name}),)


def _filled(span: Span, suffix: str, name: str, plan: PlanFacts) -> TextEdit:
    held = suffix in plan.text[slice(*span)]
    return TextEdit(span[0], span[1] if held else span[1] + len(suffix), name)


def _years(plan: PlanFacts, context: Context) -> tuple[int, ...]:
    """The year that is known, else this year and the next to choose from."""
    if year := plan.year or context.year:
        return (year,)
    return (context.today.year, context.today.year + 1) if context.today else ()


def _year(year: int, spans: list[Span]) -> Fix:
    return Fix("fill-year", tuple(TextEdit(*span, str(year)) for span in spans), {"year": year})
