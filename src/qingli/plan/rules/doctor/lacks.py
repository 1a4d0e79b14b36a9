"""What each action lacks: who, when, how much, and what will show that it was done."""

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process

from qingli.reading.normal import simplify

from ..schedule import Schedule
from .copies import bare
from .types import ActionFact, Finding, Fix, PlanFacts, TextEdit, TimeFact

_FREQUENCIES: dict[str, tuple[tuple[str, str, int], ...]] = {
    "Hant": (("每週", "week", 1), ("每月", "month", 1), ("每季度", "month", 3), ("每半年", "month", 6)),
    "Hans": (("每周", "week", 1), ("每月", "month", 1), ("每季度", "month", 3), ("每半年", "month", 6)),
}
ALIKE = 95
"""Two actions this alike (per cent, rapidfuzz ratio) are the same promise written twice."""
SHORT = 10
"""Shorter actions say too little to be called the same."""
MOST_COMPARED = 1000
"""Beyond this many different actions only those with the very same words are found: no plan is that long."""


def lacks(plan: PlanFacts) -> Iterator[Finding]:
    """no-owner, no-schedule, vague-schedule, ambiguous-schedule, no-number and no-evidence of each action."""
    for index, action in enumerate(plan.actions):
        if not action.owners:
            yield Finding("no-owner", "should", action.span, {"title": action.title}, (Fix("set-owner"),), index)
        yield from _when(plan, index, action)
        if not action.quantities:
            yield Finding("no-number", "note", action.span, {"title": action.title}, (Fix("set-number"),), index)
        if not action.evidence:
            yield Finding("no-evidence", "note", action.span, {"title": action.title}, (Fix("set-evidence"),), index)


def _when(plan: PlanFacts, index: int, action: ActionFact) -> Iterator[Finding]:
    times = [plan.times[time] for time in action.times]
    if any(_says_when(time.schedule) for time in times):
        return
    asked = [(time, ask) for time in times for ask in time.schedule.asks]
    if not asked:
        yield Finding("no-schedule", "should", action.span, {"title": action.title}, (Fix("set-schedule"),), index)
    for time, ask in asked:
        if ask.code == "choose-frequency":
            facts = {"title": action.title, "word": time.surface}
            yield Finding("vague-schedule", "should", time.span, facts, _frequencies(plan, time), index)
        elif ask.code == "choose-reading":
            fixes = tuple(Fix("take-reading", value={"index": number}) for number in range(len(ask.readings)))
            yield Finding("ambiguous-schedule", "must", time.span, {"word": time.surface}, fixes, index)
        else:
            facts = {"word": time.surface, "what": ask.what, "ask": ask.code}
            yield Finding("open-schedule", "must", time.span, facts, (Fix("set-schedule"),), index)


def _says_when(schedule: Schedule) -> bool:
    return bool(schedule.rules or schedule.on_event) and not schedule.asks


def _frequencies(plan: PlanFacts, time: TimeFact) -> tuple[Fix, ...]:
    return tuple(
        Fix("set-frequency", (TextEdit(*time.span, words),), {"frequency": frequency, "interval": interval})
        for words, frequency, interval in _FREQUENCIES.get(plan.script, _FREQUENCIES["Hant"])
    )


def duplicates(plan: PlanFacts) -> Iterator[Finding]:
    """Actions that say the same as an earlier one; the fix takes the later one out."""
    for index, earlier in _alike(plan.text, tuple(action.span for action in plan.actions)):
        action, first = plan.actions[index], plan.actions[earlier]
        facts = {"title": action.title, "first": first.title, "first_span": first.span}
        fixes = (Fix("take-out", (TextEdit(*action.span, ""),)),)
        yield Finding("duplicate-action", "should", action.span, facts, fixes, index)


@lru_cache(maxsize=32)
def _alike(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Which passages of a text say the same as which earlier ones. Kept, since all pairs of a plan are compared."""
    flat = simplify(text)  # as long as before
    said: dict[str, int] = {}
    different: list[str] = []
    found = []
    for index, span in enumerate(spans):
        words = bare(flat[slice(*span)])
        if len(words) < SHORT:
            continue
        earlier = said.get(words)
        if earlier is None and len(said) <= MOST_COMPARED:
            alike = process.extractOne(words, different, scorer=fuzz.ratio, score_cutoff=ALIKE)
            earlier = said[alike[0]] if alike else None
        if earlier is None:
            said[words] = index
            different.append(words)
        else:
            found.append((index, earlier))
    return tuple(found)
