"""How well a read plan agrees with its gold: one-to-one matches, and every miss in words that can be looked up.

The measures are those of the gold's README: an outline item is its number at its offset (and its parent's offset); a
schedule is right strictly when start and end agree; a relaxed match overlaps by at least half of the longer span.
Schedules that are not core are neither right nor wrong when found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Item = dict[str, Any]
Same = Callable[[Item, Item], bool]
NAME_WIDTH = 24


@dataclass
class Count:
    """Hits among what the gold has and what was found; counts of several plans add up."""

    hits: int = 0
    gold: int = 0
    found: int = 0

    def add(self, hits: int, gold: int, found: int) -> None:
        self.hits += hits
        self.gold += gold
        self.found += found

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.gold + self.found) if self.gold + self.found else 1.0


@dataclass
class Score:
    """Counts per measure over any number of plans, and the misses behind them."""

    counts: dict[str, Count] = field(default_factory=dict)
    norms_right: int = 0
    norms_compared: int = 0
    misses: list[str] = field(default_factory=list)

    def f1(self, measure: str) -> float:
        return self.counts[measure].f1

    @property
    def norms(self) -> float:
        return self.norms_right / self.norms_compared if self.norms_compared else 1.0

    def count(self, measure: str, hits: int, gold: int, found: int) -> None:
        self.counts.setdefault(measure, Count()).add(hits, gold, found)

    def summary(self) -> str:
        """A line for each measure."""
        lines = [f"{name:<20} f1 {c.f1:.3f}, {c.hits} of {c.gold}, found {c.found}" for name, c in self.counts.items()]
        return "\n".join([*lines, f"{'norms':<20} {self.norms:.3f}, {self.norms_right} of {self.norms_compared}"])

    def faults(self, *kinds: str) -> str:
        """The misses whose fault begins with one of `kinds`, a line each."""
        return "\n".join(line for line in self.misses if line[NAME_WIDTH + 1 :].startswith(kinds))


@dataclass(frozen=True)
class Page:
    """One plan's text with its name, to show a miss where it stands."""

    name: str
    text: str

    def show(self, fault: str, item: Item) -> str:
        begin, end = span(item)
        around = f"{self.text[max(0, begin - 12) : begin]}⟦{self.text[begin:end]}⟧{self.text[end : end + 12]}"
        notes = {k: v for k, v in item.items() if k in ("kind", "role", "value", "norm", "rule") and v is not None}
        shown = around.replace("\n", "⏎").replace("\t", "⇥").replace("\u200b", "▫")
        return f"{self.name:<{NAME_WIDTH}} {fault:<22} {shown}   {json.dumps(notes, ensure_ascii=False, default=str)}"


def span(item: Item) -> tuple[int, int]:
    return item["offset"], item["offset"] + len(item["surface"])


def strict(gold: Item, found: Item) -> bool:
    return span(gold) == span(found)


def relaxed(gold: Item, found: Item) -> bool:
    (a, b), (c, d) = span(gold), span(found)
    return 2 * max(0, min(b, d) - max(a, c)) >= max(b - a, d - c)


def match(gold: list[Item], found: list[Item], same: Same) -> list[tuple[int, int]]:
    """Pairs of indices, each used once; an exact span is taken before an overlapping one."""
    pairs: list[tuple[int, int]] = []
    for wanted in (lambda g, f: same(g, f) and strict(g, f), same):
        for i, g in enumerate(gold):
            if any(i == pair[0] for pair in pairs):
                continue
            taken = {j for _, j in pairs}
            partner = next((j for j, f in enumerate(found) if j not in taken and wanted(g, f)), None)
            if partner is not None:
                pairs.append((i, partner))
    return pairs


def rule_parts(rule: str) -> list[str]:
    return sorted(part for part in rule.upper().split(";") if part != "INTERVAL=1")


def canonical(norm: Item) -> str:
    """A normal form that compares by value: order inside a rule or a list says nothing; an alternative does."""
    kept = {k: v for k, v in norm.items() if k not in ("condition", "also", "approx") and v is not None}
    value: Any = kept.get("value")
    if kept.get("type") == "rrule":
        kept["value"] = sorted(rule_parts(rule) for rule in (value if isinstance(value, list) else [value]))
    elif isinstance(value, list):
        kept["value"] = sorted(value)
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def unmatched(pairs: list[tuple[int, int]], gold: list[Item], found: list[Item]) -> tuple[list[Item], list[Item]]:
    """What the gold has and was not found, and what was found and is not in the gold."""
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    return [g for i, g in enumerate(gold) if i not in left], [f for j, f in enumerate(found) if j not in right]


def outline_items(plan: Item) -> Iterator[Item]:
    """Outline items as spans over their number, with the offset of the parent."""
    offsets = {item["id"]: item["offset"] for item in plan["outline"]}
    for item in plan["outline"]:
        number = (item.get("number") or "").strip()
        yield {"offset": item["offset"], "surface": number, "above": offsets.get(item.get("parent"))}


def score_outline(score: Score, page: Page, gold: Item, plans: list[Item]) -> None:
    wanted = list(outline_items(gold))
    found = [item for plan in plans for item in outline_items(plan)]

    def same_number(g: Item, f: Item) -> bool:
        return (g["offset"], g["surface"]) == (f["offset"], f["surface"])

    numbers = match(wanted, found, same_number)
    score.count("outline", len(numbers), len(wanted), len(found))
    placed = match(wanted, found, lambda g, f: same_number(g, f) and g["above"] == f["above"])
    score.count("parents", len(placed), len(wanted), len(found))
    missed, extra = unmatched(numbers, wanted, found)
    score.misses += [page.show("outline missed", item) for item in missed]
    score.misses += [page.show("outline extra", item) for item in extra]
    for i, j in numbers:
        if wanted[i]["above"] != found[j]["above"]:
            above = "top" if wanted[i]["above"] is None else page.text[wanted[i]["above"] :][:8].replace("\n", "⏎")
            score.misses.append(page.show("outline parent", wanted[i]) + f" belongs under {above}")


def score_schedule(score: Score, page: Page, gold: Item, plans: list[Item]) -> None:
    core = [item for item in gold["schedule"] if item["core"]]
    other = [item for item in gold["schedule"] if not item["core"]]
    found = [
        f
        for plan in plans
        for f in plan["schedule"]
        if any(relaxed(c, f) for c in core) or not any(relaxed(o, f) for o in other)
    ]
    exact, close = match(core, found, strict), match(core, found, relaxed)
    score.count("schedule_strict", len(exact), len(core), len(found))
    score.count("schedule_relaxed", len(close), len(core), len(found))
    missed, extra = unmatched(close, core, found)
    score.misses += [page.show("schedule missed", item) for item in missed]
    score.misses += [page.show("schedule extra", item) for item in extra]
    for i, j in close:
        if not strict(core[i], found[j]):
            score.misses.append(page.show("schedule span", core[i]) + f" read as ⟦{found[j]['surface']}⟧")
        score.norms_compared += 1
        if canonical(core[i]["norm"]) == canonical(found[j]["norm"]):
            score.norms_right += 1
        else:
            read = json.dumps(found[j]["norm"], ensure_ascii=False)
            score.misses.append(page.show("schedule norm", core[i]) + f" read as {read}")


def same_role(gold: Item, found: Item) -> bool:
    return bool(gold["role"] == found.get("role"))


def same_amount(gold: Item, found: Item) -> bool:
    return bool(gold["kind"] == found.get("kind") and str(gold["value"]) == str(found.get("value")))


def score_spans(score: Score, page: Page, gold: Item, plans: list[Item], part: str, label: Same) -> None:
    wanted, found = gold[part], [item for plan in plans for item in plan[part]]
    pairs = match(wanted, found, relaxed)
    score.count(f"{part}_relaxed", len(pairs), len(wanted), len(found))
    right = sum(label(wanted[i], found[j]) for i, j in pairs)
    score.count(f"{part}_labelled", right, len(wanted), len(found))
    missed, extra = unmatched(pairs, wanted, found)
    score.misses += [page.show(f"{part} missed", item) for item in missed]
    score.misses += [page.show(f"{part} extra", item) for item in extra]


def score_plan(score: Score, name: str, text: str, gold: Item, plans: list[Item]) -> None:
    """Add one annotated text to the score. `plans` is what the reader found in the whole of `text`.

    Raises AssertionError where a found surface is not what stands at its offset.
    """
    page = Page(name, text)
    for plan in plans:
        for part in ("schedule", "quantities", "actors"):
            for item in plan[part]:
                begin, end = span(item)
                assert text[begin:end] == item["surface"], f"{name}: {item['surface']!r} does not stand at {begin}"
    score_outline(score, page, gold, plans)
    score_schedule(score, page, gold, plans)
    score_spans(score, page, gold, plans, "quantities", same_amount)
    score_spans(score, page, gold, plans, "actors", same_role)
