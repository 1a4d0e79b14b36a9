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
    """Every left-over mask, once; the fix fills in the plan's year or this unit's own names where they are known."""
    taken: list[Span] = []
    for kind, span in _found(plan):
        if any(span[0] < end and start < span[1] for start, end in taken):
            continue
        taken.append(span)
        facts = {"surface": plan.text[slice(*span)], "kind": kind}
        yield Finding("placeholder", "must", span, facts, _fixes(kind, span, plan, context))


def _found(plan: PlanFacts) -> Iterator[tuple[str, Span]]:
    for kind, pattern in _PATTERNS:
        for found in re.finditer(pattern, plan.body):
            yield kind, (found.start() + plan.span[0], found.end() + plan.span[0])
    for mask in plan.masks:
        yield mask.kind, mask.span


def _fixes(kind: str, span: Span, plan: PlanFacts, context: Context) -> tuple[Fix, ...]:
    year = plan.year or context.year
    if kind == "year" and year:
        return (Fix("fill-year", (TextEdit(*span, str(year)),), {"year": year}),)
    if kind in ("place", "community"):
        return _own_name(span, plan, context)
    return (Fix("fill-in"),)


def _own_name(span: Span, plan: PlanFacts, context: Context) -> tuple[Fix, ...]:
    surface = plan.text[slice(*span)]
    suffix = _SUFFIX.search(surface) or _SUFFIX.match(plan.text, span[1])
    name = next((name for name in context.places if suffix and name.endswith(suffix[0])), None)
    if not suffix or not name:
        return (Fix("fill-in"),)
    end = span[1] if suffix.end() <= len(surface) and suffix.string is surface else suffix.end()
    return (Fix("fill-name", (TextEdit(span[0], end, name),), {"name": name}),)
